# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Columns that are there or not, rows that a filter leaves, a table without a header, C that columns call, texts that options choose."""

from case import Run, equal

TOOL = "columnwords"
PARITY = ["even", "odd"]
WORK = ["workload", "getppid", "5"]


def check(run, kernel):
    pid = f"{run.works[0].pid:<7}"
    equal(run.lines()[1:], ["  SEQ PID     PARITY  MARK"] +
          [f"{n:5} {pid} {PARITY[n % 2] + f'-{n}':7} |" for n in range(1, 6)] + ["Numbers:", "2 .", "4 ."], "lines")
    equal(run.stderr, "", "stderr")


def check_choice(run, kernel):
    lines = run.lines()[1:]                # without the banner
    equal(lines[0], "TIME(s)      NR PARITY  CUT  NAME  MARK", "header")
    names = {3: "no 3", 4: "FOUR", 5: "no 5"}
    equal([line[9:] for line in lines[1:4]],
          [f" {n:5} {PARITY[n % 2]:7} {PARITY[n % 2][:3]:4} {names[n]:5} |" for n in range(3, 6)], "events")
    equal(all(float(line[:9]) > 0 for line in lines[1:4]), True, "times")
    equal(lines[4:], ["Pairs:", "4 5 ."], "table")


def check_json(run, kernel):
    rows = [row for row in run.json() if not {"start", "end"} & set(row)]
    equal(rows, [{"seq": n, "pid": run.works[0].pid, "parity": f"{PARITY[n % 2]}-{n}", "mark": "|"} for n in (4, 5)] +
          [{"seq": 4, "mark": "."}], "rows")


RUNS = [
    Run(["-p", "{pid}"], workload=WORK),
    Run(["-p", "{pid}", "--times", "--rows", "--min=3"], workload=WORK, check=check_choice),
    Run(["-p", "{pid}", "--json", "--min=4"], workload=WORK, check=check_json),
]
