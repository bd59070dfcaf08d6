# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""strlens draws the lengths that the workload measures; a symbol that is not there is refused."""

from case import Run, contains, equal, refusal

TOOL = "strlens"
TARGET = ["-b", "/bin/workload", "-s", "workload_strlen"]


def check(run, kernel):
    found = run.histograms()
    equal(len(found), 1, "histograms")
    slots = {low: count for (low, _), count in found[0].slots.items() if count}
    equal(slots, {3: 7, 5: 7, 8: 7}, "lengths")
    equal(found[0].unit, "length", "unit")
    equal(run.stderr, "", "stderr")


def check_missing(run, kernel):
    equal(len(run.stderr.splitlines()), 1, "lines of stderr")
    contains(run.stderr, "no_such_function", "stderr")


RUNS = [
    Run(TARGET, workload=["workload", "strlen", "7", "3", "5", "8"]),
    refusal(["-b", "/bin/workload", "-s", "no_such_function"], check=check_missing),
]
