# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: the kernel dies under a tool; the last case, so that nothing is lost with it.
The harness must report it as a failure."""

from case import Run

TOOL = "standin"
EXPECT_FAIL = "Kernel panic"
RUNS = [Run(["--panic"], workload=["workload", "sync", "5"])]


def check(run, kernel):
    raise AssertionError("the kernel did not die")
