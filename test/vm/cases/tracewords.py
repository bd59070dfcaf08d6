# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Lines of bpf_trace_printk as rows of two outputs, with all of their fields."""

import re

from case import Run, equal

TOOL = "tracewords"
N = 4
TASKS = {"traced", "<...>"}     # the kernel keeps few names
WORK = ["workload", "-c", "traced", "getppid", str(N)]


def check(run, kernel):
    lines = run.lines()
    calls = [line for line in lines if re.fullmatch(r"[0-9]+\.[0-9]{6} +(?:traced|<...>) +([0-9]+) +call of \1", line)]
    ends = [line for line in lines if re.fullmatch(r" *[01] end: of it", line)]
    heads = [line for line in lines if re.fullmatch(r"SECONDS +TASK +PID +CALL|CPU END", line)]
    equal((len(calls), len(ends), bool(heads)), (N, N, True), f"rows in {lines!r}")
    equal(len(lines), 2 * N + len(heads), "lines")
    equal(run.stderr, "", "stderr")


def check_json(run, kernel):
    rows = [row for row in run.json() if "record" in row]
    calls = [row for row in rows if "call" in row]
    equal([row["call"] for row in calls], [f"call of {row['pid']}" for row in calls], "calls")
    equal({row["task"] for row in calls} <= TASKS, True, "tasks")
    equal([row["seconds"] for row in calls], sorted(row["seconds"] for row in calls), "times")
    equal((len(calls), [row["end"] for row in rows if "end" in row]), (N, ["end: of it"] * N), "rows")


RUNS = [
    Run(["-p", "{pid}"], workload=WORK, check=check),
    Run(["-p", "{pid}", "--json"], workload=WORK, check=check_json),
]
