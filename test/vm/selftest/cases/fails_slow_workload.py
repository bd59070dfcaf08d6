# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a workload that takes longer than it may.
The harness must report it as a failure."""

from case import Run, equal

TOOL = "standin"
EXPECT_FAIL = "ran longer than 0.5 s"
RUNS = [Run(workload=["workload", "sleep", "1", "9000"], limit=0.5)]


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 5\n", "stdout")
