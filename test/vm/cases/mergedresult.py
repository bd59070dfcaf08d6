# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A result that is read where two ways meet: every verifier takes the program, and the sums are right."""

from case import Run, equal

TOOL = "mergedresult"


def check(run, kernel):
    found = [row for row in run.rows("CALLS") if row["COMM"] == "writer"]
    equal([(row["KIND"], row["CALLS"], row["BYTES"]) for row in found], [("1", "30", "122880")], "sums")


RUNS = [Run(workload=[["workload", "-c", "writer", "write", "/tmp/written", "30", "4096"]])]
