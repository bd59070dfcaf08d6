# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a tool that ends well where an error is wanted.
The harness must report it as a failure."""

from case import Run, equal

TOOL = "standin"
EXPECT_FAIL = "ended with status 0, want 1"
RUNS = [Run(workload=["workload", "sync", "5"], status=1)]


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 5\n", "stdout")
