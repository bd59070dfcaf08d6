# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""blklat counts each I/O of the scratch disk once, under the disk's name."""

from case import Run, between, contains, equal

TOOL = "blklat"
WORK = ["workload", "io", "/dev/vda", "40", "4096", "write"]


def check(run, kernel):
    found = {one.section: one for one in run.histograms()}
    contains(" ".join(found), "disk = vda", "sections")
    one = found["disk = vda"]
    equal(one.unit, "usecs", "unit")
    between(one.total, 40, 44, "I/Os")
    equal(run.stderr, "", "stderr")


RUNS = [Run(workload=WORK)]
