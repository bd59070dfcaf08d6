# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Stacks below rows, of processes in another mount namespace, whose program is deleted, that have ended."""

import re

from case import Run, equal

TOOL = "stackwords"


def blocks(run, comm):
    """(row, lines below) of each event of `comm`."""
    equal(run.stdout.split("\n")[0], "COMM             AT", "header")
    equal(run.stderr, "", "stderr")
    found = []
    for block in run.stdout.split("\n", 1)[1].strip("\n").split("\n\n"):
        row, *below = block.split("\n")
        equal([line[:1] for line in below], ["\t"] * len(below), f"lines below {row!r}")
        if row.split()[0] == comm:
            found.append((row, [line[1:] for line in below]))
    return found


def check_strlen(run, kernel):
    found = blocks(run, "lengths")
    equal([row.split(None, 1)[1] for row, _ in found], ["workload_strlen+0x0 [workload]"] * 3, "functions")
    for _, below in found:
        equal(below[0], "workload_strlen [workload]", f"first of {below!r}")
        equal("main [workload]" in below, True, f"main in {below!r}")


def check_sleep(run, kernel, module):
    found = blocks(run, "sleeper")
    equal([row.split(None, 1)[1] for row, _ in found], ["[unknown]"] * 2, "functions")
    for _, below in found:
        equal(bool(re.fullmatch(r"hrtimer_nanosleep\+0x[0-9a-f]+", below[0])), True, f"first of {below!r}")
        equal(f"run_sleep [{module}]" in below, True, f"run_sleep in {below!r}")


def check_namespace(run, kernel):
    check_sleep(run, kernel, "inner")


def check_deleted(run, kernel):
    check_sleep(run, kernel, "gone")


def check_json(run, kernel):
    rows = [row for row in run.json() if row.get("comm") == "sleeper"]
    equal(len(rows), 2, "rows")
    for row in rows:
        equal(row["kernel"][0].startswith("hrtimer_nanosleep+0x"), True, f"{row['kernel']!r}")
        equal("run_sleep [workload]" in row["user"], True, f"{row['user']!r}")
    lengths = [row for row in run.json() if row.get("comm") == "lengths"]
    equal([row["kernel"] for row in lengths], [None], "no stack")


INNER = ("unshare -m sh -c 'mkdir -p /tmp/x; mount -t tmpfs x /tmp/x; cp /bin/workload /tmp/x/inner; "
         "exec /tmp/x/inner -c sleeper sleep 2 50'")
GONE = "cp /bin/workload /tmp/gone; /tmp/gone -c sleeper sleep 2 400 & sleep 0.2; rm /tmp/gone; wait"
SLEEP = ["workload", "-c", "sleeper", "sleep", "2", "30"]

RUNS = [
    Run(workload=["workload", "-c", "lengths", "strlen", "3", "5"], check=check_strlen),
    Run(workload=["sh", "-c", INNER], check=check_namespace),
    Run(workload=["sh", "-c", GONE], check=check_deleted),
    Run(["--json"], workload=[SLEEP, ["workload", "-c", "lengths", "strlen", "1", "5"]], check=check_json),
]
