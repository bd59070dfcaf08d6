# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What old verifiers are particular about loads everywhere and computes what it should."""

from case import Run, equal

TOOL = "loadwords"
N = 50
EXIT_COMM, EXIT_LETTER, FREED, FREED_WRONG, DIVIDED, INDEXED, PRINTED, LITERAL = map(str, range(1, 9))


def check(run, kernel):
    counts = {row["FACT"]: int(row["COUNT"]) for row in run.rows("FACT")}
    for fact in (EXIT_COMM, EXIT_LETTER, LITERAL):
        equal(counts.get(fact), 1, f"fact {fact}")
    equal(counts.get(FREED, 0) > 0, True, "kfree anywhere")
    equal(counts.get(FREED_WRONG), None, "kfree from no address of the kernel")
    for fact in (DIVIDED, INDEXED, PRINTED):
        equal(counts.get(fact), N, f"fact {fact}")
    equal(run.stderr, "", "stderr")


RUNS = [Run(["-p", "{pid}"], workload=["workload", "getppid", str(N)])]
