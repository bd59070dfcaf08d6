# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Contexts that are read on ways that meet: every verifier takes the programs, and the sums are right."""

from case import Run, equal

TOOL = "mergedresult"


def check(run, kernel):
    found = [row for row in run.rows("CALLS") if row["COMM"] == "writer"]
    equal([(row["KIND"], row["CALLS"], row["BYTES"]) for row in found], [("1", "30", "122880")], "sums")
    sizes = {row["SIZE"]: row["VALUE"] for row in run.rows("SIZE") if row["COMM"] == "writer"}
    equal(sizes.get("4096"), "50", "writes of 4096 bytes, and reads")


RUNS = [Run(workload=[["workload", "-c", "writer", "write", "/tmp/written", "30", "4096"],
                      ["workload", "-c", "writer", "read", "/tmp/written", "20", "4096"]])]
