# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""cpustacks samples the workload in the function that burns the CPU."""

import csv

from case import Run, between, contains, equal

TOOL = "cpustacks"
WORK = ["workload", "-c", "spinner", "spin", "3500"]
LONG_WORK = [*WORK[:-1], "8000"]


def check_folded(run, kernel):
    lines = [line for line in run.lines() if line.startswith("spinner;")]
    # On arm64 a leaf function keeps no frame, so that its caller is not in the chain.
    leaf = "workload_spin_leaf" if kernel.machine == "arm64" else "workload_spin;workload_spin_leaf"
    spun = [line for line in lines if leaf in line]
    equal(len(spun) > 0, True, f"stacks with workload_spin_leaf in {run.stdout[:2000]!r}")
    between(sum(int(line.rsplit(" ", 1)[1]) for line in spun), 60, 400, "samples")
    # A stack can come between what is read of it and what is cleared, which the tool says.
    said = [line for line in run.stderr.splitlines() if "map 'stacks' does not have them any more" not in line]
    equal(said, [], "stderr")


def check_lines(run, kernel):
    contains(run.stdout, "workload_spin_leaf", "stdout")
    contains(run.stdout, "spinner", "stdout")


def check_csv(run, kernel):
    rows = list(csv.DictReader(run.lines()))
    spun = [row for row in rows if "workload_spin_leaf" in row["user"].split(";") and row["comm"] == "spinner"]
    between(sum(int(row["count"]) for row in spun), 60, 900, "samples")
    equal({row["pid"] for row in spun}, {str(run.works[0].pid)}, "pids")


RUNS = [
    # Printed every second, while the process is there to be asked for its symbols.
    Run(["-f", "-p", "{pid}", "1"], workload=WORK, check=check_folded),
    Run(["1"], workload=WORK, check=check_lines),
    Run(["--csv", "-p", "{pid}", "1"], workload=LONG_WORK, check=check_csv),
]
