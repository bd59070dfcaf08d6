# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Each attach kind of a manifest is hit as often as the workload calls; optional and unwished ones are not."""

from case import Run, between, equal

TOOL = "attachwords"
NUMBER = {"x86_64": "110", "arm64": "173"}      # getppid


def hits_of(run):
    return {row["SLOT"]: int(row["HITS"]) for row in run.rows("SLOT") if int(row["HITS"])}


def check(run, kernel):
    hits = hits_of(run)
    hits.pop("6", None)
    equal(hits, {"0": 20, "1": 20, "2": 20, "3": 20}, "hits")
    equal(run.stderr, "", "stderr")


def check_wish(run, kernel):
    hits = hits_of(run)
    hits.pop("6", None)
    equal(hits, {"0": 20, "1": 20, "2": 20, "3": 20, "5": 20}, "hits")



def check_two(run, kernel):
    between(hits_of(run)["6"], 7, 9, "reads and writes, by one program on two functions")


def args(machine, *more):
    return ["-p", "{pid}", "-n", NUMBER[machine], *more]


def runs(machine, on):
    work = ["workload", "getppid", "20"]
    return [Run(args(machine), workload=work, check=check, on=on),
            Run(args(machine, "--wish"), workload=work, check=check_wish, on=on),
            Run(args(machine), workload=["workload", "write", "/tmp/file", "7", "64"], check=check_two, on=on)]


RUNS = [
    *runs("x86_64", lambda kernel: "x86_64" in kernel),
    *runs("arm64", lambda kernel: "arm64" in kernel),
]
