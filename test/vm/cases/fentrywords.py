# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""fentry and fexit read typed arguments and the return value; 6.1 on arm64 has no trampolines and says so."""

from case import Run, contains, equal, refusal

TOOL = "fentrywords"


def has_fentry(kernel):
    return kernel != "6.1-arm64"


def check(run, kernel):
    rows = [line.split() for line in run.lines() if line.split()[-1:] == ["book"]]
    equal(len(rows), 3, "calls")
    equal({row[1] for row in rows}, {"4321"}, "results")
    equal({row[2] for row in rows}, {"4321"}, "sizes")
    equal({row[0] for row in rows}, {str(run.works[0].pid)}, "pids")


def check_refusal(run, kernel):
    equal(len(run.stderr.splitlines()), 1, f"lines of stderr {run.stderr!r}")
    contains(run.stderr, "vfs_read", "stderr")


RUNS = [
    Run(workload=["workload", "read", "/tmp/book", "3", "4321"], check=check, on=has_fentry),
    refusal(check=check_refusal, on=lambda kernel: not has_fentry(kernel)),
]
