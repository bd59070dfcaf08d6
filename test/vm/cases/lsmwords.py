# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A security hook denies a process its opens, where the kernel has BPF among the security modules that
it was built or booted with; elsewhere, and on arm64 before 6.4, the tool says what is missing."""

from case import Run, contains, equal, refusal

TOOL = "lsmwords"
N = 6
NOT_CALLED = "this kernel calls no BPF at its security hooks; boot it with 'bpf' in lsm="
NO_TRAMPOLINES = "security hook 'file_open': this kernel does not support it"


def is_called(kernel):
    return kernel in ("6.1-x86_64", "6.12-x86_64", "7.2-x86_64")


def check(run, kernel):
    rows = [line.split() for line in run.lines()]
    equal([row for row in rows if row[0] == "0"], [["0", str(N)]], "denied opens")
    equal(run.stderr, "", "stderr")


def check_refusal(run, kernel):
    equal(len(run.stderr.splitlines()), 1, "lines of stderr")
    contains(run.stderr, NOT_CALLED if kernel.machine == "x86_64" else NO_TRAMPOLINES, "stderr")


RUNS = [
    Run(["-p", "{pid}"], workload=["workload", "open-fail", "/bin/true", str(N), "1"], on=is_called),
    refusal(["-p", "1"], check=check_refusal, on=lambda kernel: not is_called(kernel)),
]
