# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Task storage keeps a value for each task until it is deleted, here at every tenth call."""

from case import Run, equal

TOOL = "storagewords"
N = 20
CREATED, SUM, DELETED = 2, 2 * sum(range(1, 11)), 2


def skip(kernel):
    return "kernels have task storage from 5.11" if kernel.startswith("5.10") else None


def check(run, kernel):
    rows = [line.split() for line in run.lines()]
    counts = {row[0]: int(row[1]) for row in rows if row[0].isdigit()}
    equal(counts, {"0": CREATED, "1": SUM, "2": DELETED}, "results")
    equal(run.stderr, "", "stderr")


RUNS = [Run(["-p", "{pid}"], workload=["workload", "getppid", str(N)])]
