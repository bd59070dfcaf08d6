# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""syncgap sees every sync(2) but the first; its twin without a manifest prints the same events."""

from case import Run, between, equal

TOOL = "syncgap"
WORK = ["workload", "-c", "syncer", "sync", "6", "50"]


def check(run, kernel):
    rows = run.rows("GAP(ms)")
    equal(len(rows), 5, "rows")
    equal({row["COMM"] for row in rows}, {"syncer"}, "commands")
    equal({row["PID"] for row in rows}, {str(run.works[0].pid)}, "pids")
    for row in rows:
        between(float(row["GAP(ms)"]), 50, 900, "gap")
    equal(run.stderr, "", "stderr")


def check_json(run, kernel):
    rows = run.json()
    equal(len(rows), 5, "objects")
    equal({row["comm"] for row in rows}, {"syncer"}, "commands")
    equal({row["pid"] for row in rows}, {run.works[0].pid}, "pids")


def check_plain(run, kernel):
    # The design's defaults print the map as well, when the tool ends.
    rows = [row for row in run.rows("GAP") if row["COMM"] == "syncer"]
    equal(len(rows), 5, "rows")
    equal({row["PID"] for row in rows}, {str(run.works[0].pid)}, "pids")
    for row in rows:
        between(int(row["GAP"]), 50_000_000, 900_000_000, "gap in ns")


RUNS = [
    Run(workload=WORK),
    Run(["--json"], workload=WORK, check=check_json),
    Run(workload=WORK, tool="syncgap_plain", signal="TERM", check=check_plain),
]
