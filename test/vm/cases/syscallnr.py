# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""args->__syscall_nr is the call's number on its way in and out, on both architectures."""

from case import Run, equal

TOOL = "syscallnr"
N = 5


def check(run, kernel):
    number = "34" if "arm64" in kernel.name else "258"
    rows = sorted((row for row in run.rows("PID") if row["PID"] == str(run.works[0].pid)),
                  key=lambda row: row["EXIT"])
    want = {"PID": str(run.works[0].pid), "NUMBER": number, "CALL": "mkdirat", "COUNT": str(N)}
    equal(rows, [dict(want, EXIT="0"), dict(want, EXIT="1")], "calls")
    equal(run.stderr, "", "stderr")


RUNS = [Run(workload=["workload", "mkdir", "/tmp/numbered", str(N)])]
