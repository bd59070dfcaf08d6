# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Tables of maps in maps: the elements of every inner map, with the outer key."""

from case import Run, contains, equal

TOOL = "nestwords"
WORK = ["workload", "getppid", "5"]


def check(run, kernel):
    equal(run.stderr, "", "stderr")
    lines = [line.split() for line in run.lines()]
    at = lines.index(["USER", "KEY", "N"])
    equal(lines[at + 1:at + 5], [["9", "4", "500"], ["9", "1", "50"], ["7", "1", "5"], ["TOTAL", "555"]], "by user")
    contains(run.stdout, "By slot", "title")
    equal(lines[-1], ["2", "2", "15"], "by slot")


def check_json(run, kernel):
    rows = [row for row in run.json() if "user" in row]
    equal(rows, [{"user": 9, "key": 4, "n": 500}, {"user": 9, "key": 1, "n": 50},
                 {"user": 7, "key": 1, "n": 5}], "rows")


RUNS = [Run(["-p", "{pid}"], workload=WORK), Run(["-p", "{pid}", "--json"], workload=WORK, check=check_json)]
