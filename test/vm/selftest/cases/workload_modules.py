# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: what the workloads do that need modules, counted as in workloads.py."""

from case import Run, equal

TOOL = "standin"
MODULES = ["raid1"]


def skip(kernel):
    # Others make no array when its file is opened.
    return None if kernel.startswith("6.1-") else "made for 6.1"


def counted(call, want, *work):
    def check(run, kernel):
        equal(run.rows("CALL"), [{"CALL": call, "COUNT": str(want)}], " ".join(work))
        equal(run.work_output, "", "the workload's output")
    return Run(["-c", "probe", call], workload=["workload", "-c", "probe", *work],
               name=f"{work[0]} {call}", check=check, settle_ms=20)


RUNS = [
    counted("fsync", 3, "md-flush", "/dev/vda", "3"),
]
