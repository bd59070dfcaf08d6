# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Records of several types in one buffer go to their outputs; those of nobody are counted."""

from case import Run, equal

TOOL = "recordwords"
N = 4
WORK = ["workload", "-c", "record", "getppid", str(N)]
# The ring's last output takes what is left: hidden records too, which begin like calls.
PERF = [line for n in range(1, N + 1) for line in ([f"{n:3}"] if n != 2 else []) + ["record"]]


def check(run, kernel):
    lines = [line for line in run.lines() if "SEQ" not in line and line != "RING"]
    perf = [line for line in lines if len(line) == 3 or line == "record"]
    equal([line for line in perf if line != "record"], [line for line in PERF if line != "record"], "calls")
    equal(lines.count("record"), 2 * N, "names")
    equal(len(lines) - len(perf), 2 * N, "what is left of the ring")
    equal(run.stderr, f"recordwords: {N} events of no kind that is shown\n", "stderr")


def check_json(run, kernel):
    rows = [row for row in run.json() if not {"start", "end"} & set(row)]
    calls = [row for row in rows if row["record"] == "call_event" and "type" not in row and "kind" not in row]
    equal([row["seq"] for row in calls], [1, 3, 4], "calls")
    equal([row for row in rows if "comm" in row], [{"record": "name_event", "comm": "record"}] * N, "names")
    equal([row for row in rows if "ring" in row], [{"record": "name_event", "ring": "record"}] * N, "ring")
    equal([row["seq"] for row in rows if row.get("kind") == 1], [1, 2, 3, 4], "calls of the ring")


RUNS = [
    Run(["-p", "{pid}"], workload=WORK),
    Run(["-p", "{pid}", "--json"], workload=WORK, check=check_json),
]
