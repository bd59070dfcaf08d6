# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""kprobe pairs, tracepoint arguments, raw tracepoints and uprobe arguments carry the right values."""

from case import Run, between, equal

TOOL = "probewords"
ARGS = ["-p", "{pid}", "--parent", "1"]


def rows_of(run, kind):
    rows = [row for row in run.rows("KIND") if row["KIND"] == str(kind)]
    equal({row["PID"] for row in rows} <= {str(run.works[0].pid)}, True, "pids")
    equal({row["PPID"] for row in rows} <= {"1"}, True, "parents")
    return rows


def check_open(run, kernel):
    rows = [row for row in rows_of(run, 1) if row["NAME"] == "marker"]
    equal(len(rows), 4, "opens")
    equal({row["NUMBER"] for row in rows}, {"6"}, "name lengths")
    equal({int(row["MODE"], 16) & 0o170000 for row in rows}, {0o100000}, "file types")
    equal(run.stderr, "", "stderr")


def check_unlink(run, kernel):
    rows = rows_of(run, 2)
    equal([row["NAME"] for row in rows], ["/tmp/gone"] * 3, "paths")
    equal({row["NUMBER"] for row in rows}, {"0"}, "flags")


def check_raw(run, kernel):
    rows = rows_of(run, 3)
    between(len(rows), 30, 40, "system calls that returned the parent")
    equal({row["MODE"] for row in rows}, {"0x1"}, "the register and the argument agree")


def check_uprobe(run, kernel):
    rows = rows_of(run, 4)
    equal(len(rows), 2 * 5, "calls")
    equal(sorted({len(row["NAME"]) for row in rows}), [3, 9], "lengths of the strings read")
    equal({chr(int(row["NUMBER"])) for row in rows}, {rows[0]["NAME"][0]}, "first letters")


RUNS = [
    Run(ARGS, workload=["workload", "open", "/tmp/marker", "4"], check=check_open),
    Run(ARGS, workload=["workload", "unlink", "/tmp/gone", "3"], check=check_unlink),
    Run(ARGS, workload=["workload", "getppid", "30"], check=check_raw),
    Run(ARGS, workload=["workload", "strlen", "5", "3", "9"], check=check_uprobe),
]
