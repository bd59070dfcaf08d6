# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""toplike prints every second what was called in it, or at the interval of the command line."""

import re

from case import Run, between, equal

TOOL = "toplike"
N = 30
WORK = ["workload", "getppid", str(N)]
PAUSE = ["workload", "sleep", "1", "1200"]
LOAD = re.compile(r"^\d\d:\d\d:\d\d loadavg: \d+\.\d\d \d+\.\d\d \d+\.\d\d \d+/\d+ \d+\n\n    PID ", re.M)


def rows_of(run):
    """The numbers of each row: pid, calls, all, rate."""
    return [list(map(float, line.split())) for line in run.lines() if re.match(r"\s*\d+ +\d+ +\d+ ", line)]


def check(run, kernel, rounds):
    rows = rows_of(run)
    equal(sum(row[1] for row in rows), N, "each call is counted once")
    equal(rows[-1][2], N, "the joined map is not cleared")
    for row in rows:
        between(row[1] / row[3], 0.001, 6.5, "seconds in which a row was counted")
    between(len(LOAD.findall(run.stdout)), *rounds, "lines with the load")
    equal("\x1b" in run.stdout, False, "no terminal, nothing is cleared")
    equal(run.stderr, "", "stderr")


RUNS = [
    Run(["-p", "{pid}"], workload=[WORK, PAUSE, PAUSE], check=lambda run, kernel: check(run, kernel, (3, 40)),
        name="second"),
    Run(["-p", "{pid}", "5", "1"], workload=WORK, signal=None, check=lambda run, kernel: check(run, kernel, (1, 1)),
        name="interval"),
    Run(["-p", "{pid}", "--duration", "3"], workload=WORK, signal=None,
        check=lambda run, kernel: check(run, kernel, (3, 3)), name="duration"),
]
