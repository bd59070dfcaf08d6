# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A probe on finish_task_switch, which from 5.14 on is there as finish_task_switch.isra.0 alone."""

from case import Run, between, equal

TOOL = "copies"
N = 30
COPY = "probe 'finish_task_switch.isra.0', a copy of the function"


def check_counts(run):
    rows = [line.split() for line in run.lines()]
    counts = {row[0]: int(row[1]) for row in rows if row[0].isdigit()}
    between(counts["0"], N, 4 * N, "begun")
    between(counts["1"], N, 4 * N, "ended")


def check(run, kernel):
    check_counts(run)
    equal(run.stderr, "", "stderr")


def check_verbose(run, kernel):
    check_counts(run)
    equal(run.stderr.count(COPY), 0 if kernel.version == (5, 10) else 2, "probes on the copy")


RUNS = [
    Run(["-p", "{pid}"], workload=["workload", "sleep", str(N), "2"], check=check),
    Run(["-v", "-p", "{pid}"], workload=["workload", "sleep", str(N), "2"], check=check_verbose),
]
