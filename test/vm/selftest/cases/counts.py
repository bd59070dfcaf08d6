# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: right counts pass, by process and by comm, with every way to end a tool.
The first run's tool also parses the kernel's BTF, so that libbpf, libelf and zlib are exercised."""

from case import Run, contains, equal

TOOL = "standin"


def check(run, kernel):
    [row] = run.rows("CALL")
    equal(row, {"CALL": "sync", "COUNT": "5"}, "counted system calls")
    equal(run.stderr, "", "stderr")
    equal(len(run.works), 2 if run.name == "pid" else 1, "workloads")


def check_number(run, kernel):
    check(run, kernel)
    equal(run.works[0].pid, 1234, "the workload's process")


def check_silent(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 0\n", "stdout without a workload")
    contains(kernel.release, ".".join(map(str, kernel.version)), "release")


RUNS = [
    Run(["--btf"], workload=["workload", "sync", "5"]),
    Run(name="TERM", workload=["workload", "sync", "5", "1"], signal="TERM"),
    Run(["-p", "{pid}"], name="pid",
        workload=[["workload", "sync", "5"], ["workload", "sync", "3"]]),
    Run(["-p", "1234"], name="number", pid=1234, workload=["workload", "sync", "5"],
        check=check_number),
    Run(["-c", "probe"], name="comm", workload=["workload", "-c", "probe", "sync", "5"]),
    Run(["--duration-ms", "100"], name="own end", signal=None, check=check_silent),
]
