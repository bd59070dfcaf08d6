# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a tool that crashes before it is ready.
The harness must report it as a failure."""

from case import Run, equal

TOOL = "standin"
EXPECT_FAIL = "was killed by signal 6"
RUNS = [Run(["--crash"], workload=["workload", "sync", "5"])]


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 5\n", "stdout")
