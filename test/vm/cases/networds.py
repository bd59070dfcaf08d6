# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A packet that opens a connection is seen once at each place; the socket sees it leave and come."""

from case import Run, contains, equal, refusal

TOOL = "networds"
MODULES = ["sch_ingress", "cls_bpf"]
N = 12
WANT = {"0": 2 * N, "1": N, "2": N, "3": N, "4": N, "5": N, "6": N, "7": 0x7F000001, "8": N}


def check(run, kernel):
    hits = {row["SLOT"]: int(row["HITS"]) for row in run.rows("SLOT") if int(row["HITS"])}
    equal(hits, WANT, "hits")
    equal(run.stderr, "", "stderr")


def check_none(run, kernel):
    equal(len(run.stderr.splitlines()), 1, "lines of stderr")
    contains(run.stderr, "there is no interface 'nowhere'", "stderr")


RUNS = [
    Run(workload=["workload", "connect", str(N), "7777", "10", "4"]),
    Run(workload=["workload", "connect", str(N), "7777", "10", "4"], name="again"),
    refusal(["-i", "nowhere"], check=check_none),
]
