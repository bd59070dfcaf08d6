# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a tool that counts one too many.
The harness must report it as a failure."""

from case import Run, equal

TOOL = "standin"
EXPECT_FAIL = "sync 6"
RUNS = [Run(["--wrong"], workload=["workload", "sync", "5"])]


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 5\n", "stdout")
