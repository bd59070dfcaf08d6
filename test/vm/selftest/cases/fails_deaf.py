# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a tool that does not end when it is told to.
The harness must report it as a failure."""

from case import Run, equal

TOOL = "standin"
EXPECT_FAIL = "did not end within 0.5 s of SIGINT"
RUNS = [Run(["--deaf"], workload=["workload", "sync", "5"], limit=0.5)]


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 5\n", "stdout")
