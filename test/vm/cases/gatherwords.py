# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Rows of several records: their words are joined, those without a beginning are counted."""

from case import Run, contains, equal

TOOL = "gatherwords"
N = 3
WORK = ["workload", "-c", "gather", "exec", str(N), "/bin/true", "one", "two"]
ROWS = ["gather     true         0 /bin/true|one|two"] * N


def check(run, kernel):
    equal(run.lines(), ["BEFORE     NOW        RET WORDS", *ROWS], "rows")
    equal(run.stderr, "", "stderr")


def check_twice(run, kernel):
    equal(run.lines()[1:], ROWS, "rows")
    equal(run.stderr, f"gatherwords: {N} rows without an earlier event, not shown\n", "stderr")


def check_json(run, kernel):
    rows = run.json()
    equal([row["words"] for row in rows if "words" in row], ["/bin/true|one|two"] * N, "words")
    contains(run.stdout, f'"dropped":0,"incomplete":{N},', "counts")


RUNS = [
    Run(["-p", "{pid}"], workload=WORK, check=check),
    Run(["-p", "{pid}", "--twice"], workload=WORK, check=check_twice),
    Run(["-p", "{pid}", "--twice", "--json"], workload=WORK, check=check_json),
]
