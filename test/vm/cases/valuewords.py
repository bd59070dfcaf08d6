# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Every type of a column shows what is known of getppid(2), as text, JSON and CSV."""

import re

from case import Run, equal

TOOL = "valuewords"
WORK = ["workload", "-c", "value", "getppid", "3"]
NAMES = ["CALL", "CGROUP", "SIZE", "KIND", "PIDTYPE", "TCP", "FLAGS"]
TEXT = [
    ["getppid", "/", "512", "zero", "PID", "0", "TOP"],
    ["getppid", "/", "1.0K", "one", "TGID", "ESTABLISHED", "TOP|A"],
    ["getppid", "/", "2.0K", "2", "PGID", "SYN_SENT", "TOP|B"],
]
VALUES = [
    ["getppid", "/", 512, "zero", "PID", 0, "TOP"],
    ["getppid", "/", 1024, "one", "TGID", "ESTABLISHED", "TOP|A"],
    ["getppid", "/", 2048, 2, "PGID", "SYN_SENT", "TOP|B"],
]
LAST = ["76", "76 61 v", "76 61 6c va"]


def is_ordered(values):
    return all(before <= after for before, after in zip(values, values[1:]))


def check(run, kernel):
    cells = [line.split(None, 12) for line in run.lines()[1:]]
    equal([line[3:4] + line[5:11] for line in cells], TEXT, "values")
    equal([" ".join(line[11:]) for line in cells], LAST, "bytes")
    equal([bool(re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3}\+0000", line[0])) for line in cells], [True] * 3, "times")
    equal(is_ordered([float(line[1]) for line in cells]), True, "seconds since the start")
    equal(cells[0][2], "0.000000", "first delta")
    equal(all(0 < float(line[2]) < 5 for line in cells[1:]), True, "deltas")
    equal([line[4] in ("0", "root") for line in cells], [True] * 3, "users")
    equal(run.stderr, "", "stderr")


def check_json(run, kernel):
    rows = [row for row in run.json() if not {"start", "end"} & set(row)]
    equal([[row[name.lower()] for name in NAMES] for row in rows],
          VALUES, "values")
    equal([(row["hex"], row["text"]) for row in rows], [("76", ""), ("7661", "v"), ("76616c", "va")], "bytes")
    equal([bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z", row["time"])) for row in rows],
          [True] * 3, "times")
    equal(rows[0]["delta"], 0, "first delta")
    equal(is_ordered([row["since"] for row in rows]), True, "seconds since the start")


def check_csv(run, kernel):
    lines = [line.split(",") for line in run.lines()]
    equal([line[3:4] + line[5:11] for line in lines[1:]],
          [[str(cell) for cell in row] for row in VALUES], "values")
    equal([line[11:] for line in lines[1:]], [["76", ""], ["7661", "v"], ["76616c", "va"]], "bytes")
    equal(all(line[0].endswith("Z") for line in lines[1:]), True, "times")


RUNS = [
    Run(["-p", "{pid}"], workload=WORK),
    Run(["-p", "{pid}", "--json"], workload=WORK, check=check_json),
    Run(["-p", "{pid}", "--csv"], workload=WORK, check=check_csv),
]
