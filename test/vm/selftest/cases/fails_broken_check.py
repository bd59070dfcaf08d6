# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Self-test: a check with a mistake in it.
The harness must report it as a failure."""

from case import Run

TOOL = "standin"
EXPECT_FAIL = "the check itself failed: KeyError"
RUNS = [Run(workload=["workload", "sync", "5"])]


def check(run, kernel):
    assert run.rows()[0]["NO SUCH COLUMN"]
