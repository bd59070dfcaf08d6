# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Parameters that the kernels have at different positions: every kernel gives the right ones."""

from case import Run, equal

TOOL = "movedargs"


def rows_of(run, kind, pid=None):
    return [row for row in run.rows("KIND") if row["KIND"] == str(kind)
            and pid in (None, int(row["PID"]))]


def check_files(run, kernel):
    made = rows_of(run, 1, run.works[0].pid)
    equal([row["NAME"] for row in made], ["moved"] * 3, "names of the files made")
    equal({int(row["NUMBER"]) & 0o170000 for row in made}, {0o100000}, "their modes")
    gone = rows_of(run, 2, run.works[0].pid)
    equal([row["NAME"] for row in gone], ["moved"] * 3, "names of the files removed")
    equal({row["NUMBER"] for row in gone}, {"5"}, "lengths of the names")
    equal({row["INODE"] for row in gone}, {"1"}, "whether their folder is another inode")


def check_received(run, kernel):
    rows = [row for row in rows_of(run, 3) if row["INODE"] == "7531"]
    equal(sum(int(row["NUMBER"]) for row in rows), 2 * 1234, "bytes received")


RUNS = [
    Run(workload=["workload", "unlink", "/tmp/moved", "3"], check=check_files),
    Run(workload=["workload", "connect", "2", "7531", "1234", "4"], check=check_received,
        on=lambda kernel: kernel != "6.1-arm64"),
]
