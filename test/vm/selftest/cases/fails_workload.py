# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a workload that cannot do its work.
The harness must report it as a failure."""

from case import Run, equal

TOOL = "standin"
EXPECT_FAIL = "workload 'workload open-fail /tmp 1' ended with status 1"
RUNS = [Run(workload=["workload", "open-fail", "/tmp", "1"])]


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 5\n", "stdout")
