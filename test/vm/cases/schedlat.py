# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""schedlat counts every wakeup of a thread that sleeps; its twin without a manifest too."""

from case import Run, between, equal

TOOL = "schedlat"
WORK = ["workload", "sleep", "60", "5"]


def check(run, kernel):
    found = run.histograms()
    equal(len(found), 1, "histograms")
    between(found[0].total, 60, 100_000, "wakeups")
    equal(run.stderr, "", "stderr")


def check_unit(run, kernel):
    check(run, kernel)
    equal(run.histograms()[0].unit, "usecs", "unit")


RUNS = [
    Run(workload=WORK, check=check_unit),
    Run(workload=WORK, tool="schedlat_plain", check=check),
]
