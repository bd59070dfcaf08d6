# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""fmod_ret runs before each call of its function; 6.1 on arm64 has no trampolines and says so."""

from case import Run, between, contains, equal, refusal

TOOL = "hooks"


def check(run, kernel):
    lines = run.lines()
    between(int(lines[-1].split()[-1]), 20, 22, "opens")
    equal(run.stderr, "", "stderr")


def check_arm64(run, kernel):
    equal(len(run.stderr.splitlines()), 1, "lines of stderr")
    contains(run.stderr, "'security_file_open': this kernel does not support it", "stderr")


RUNS = [
    Run(["-p", "{pid}"], workload=["workload", "open", "/tmp/marker", "20"], check=check,
        on=lambda kernel: "x86_64" in kernel),
    refusal(["-p", "1"], check=check_arm64, on=lambda kernel: "arm64" in kernel),
]
