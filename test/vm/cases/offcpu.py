# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""offcpu finds the stack in which the workload sleeps, and how long it slept."""

import re

from case import Run, between, contains, equal

TOOL = "offcpu"
WORK = ["workload", "-c", "sleeper", "sleep", "20", "30"]


def check_folded(run, kernel):
    lines = [line for line in run.lines() if line.startswith("sleeper;") and "nanosleep" in line]
    equal(len(lines) > 0, True, f"folded stacks in {run.stdout[:2000]!r}")
    between(sum(int(line.rsplit(" ", 1)[1]) for line in lines), 20 * 30_000, 20 * 400_000, "microseconds asleep")
    # by then the process has ended
    equal([line for line in lines if ";run_sleep;" in line] != [], True, f"its function in {lines!r}")
    for line in lines:
        equal(bool(re.fullmatch(r"sleeper;\S.*;\S+ \d+", line)), True, f"form of {line!r}")
    # the tool waits too, and two of all stacks may have one place in the map
    said = [line for line in run.stderr.splitlines() if "others have their places in map 'stacks'" not in line]
    equal(said, [], "stderr")


def check_lines(run, kernel):
    contains(run.stdout, "nanosleep", "stdout")
    equal(len([line for line in run.lines() if "sleeper" in line]) > 0, True, "a stack of the sleeper")


RUNS = [
    Run(["-f"], workload=WORK, check=check_folded),
    Run(workload=WORK, check=check_lines),
]
