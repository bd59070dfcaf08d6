# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: of two runs only the second is wrong.
The harness must report it as a failure."""

from case import Run, equal

TOOL = "standin"
EXPECT_FAIL = "run 2: stdout: got"
RUNS = [Run(workload=["workload", "sync", "5"]),
        Run(["--wrong"], workload=["workload", "sync", "5"])]


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 5\n", "stdout")
