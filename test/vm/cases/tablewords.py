# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""tablewords shows maps whose content is known for N calls of getppid(2), in every form."""

import csv

from case import Run, between, equal

TOOL = "tablewords"
N = 20
WORK = ["workload", "getppid", str(N)]
NUMBERS = {kind: list(range(kind, N, 4)) for kind in range(4)}


def blocks(run):
    """The blocks of CSV, each a list of dicts."""
    return [list(csv.DictReader(block.splitlines(keepends=True))) for block in run.stdout.split("\n\n")]


def check_csv(run, kernel):
    kinds, dist, tens = blocks(run)
    equal([(row["kind"], row["name"], row["calls"], float(row["mean"])) for row in kinds],
          [(str(kind), f"k{kind}", "5", 8.0 + kind) for kind in (3, 2, 1, 0)], "rows of the table")
    equal({row["histogram"] for row in dist}, {"dist"}, "name")
    for kind, numbers in NUMBERS.items():
        rows = [row for row in dist if row["kind"] == str(kind)]
        equal(sum(int(row["count"]) for row in rows), len(numbers), "counts of a section")
        for row in rows:
            if row["low"] != "0":
                inside = [n for n in numbers if int(row["low"]) <= n <= int(row["high"])]
                equal(int(row["count"]), len(inside), f"count of {row['low']}")
    equal([(row["low"], row["count"]) for row in tens], [("0", "10"), ("1", "10")], "tens")
    between(run.lasted_ms, 4000, 30_000, "duration in ms")
    equal(run.stderr, "", "stderr")


RUNS = [
    Run(["-p", "{pid}", "--csv", "--duration", "4"], workload=WORK, signal=None, check=check_csv, name="csv"),
]
