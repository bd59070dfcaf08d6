# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a tool that never says that it is ready.
The harness must report it as a failure."""

from case import Run, equal

TOOL = "standin"
EXPECT_FAIL = "not ready within 0.5 s"
RUNS = [Run(["--mute"], workload=["workload", "sync", "5"], ready_timeout=0.5)]


def check(run, kernel):
    equal(run.stdout, "CALL COUNT\nsync 5\n", "stdout")
