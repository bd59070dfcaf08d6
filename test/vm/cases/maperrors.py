# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Methods that fail give negative errors on every kernel, also where the helper gives 32 bits of one."""

from case import Run, equal

TOOL = "maperrors"
ENOENT, E2BIG, EEXIST = 2, 7, 17
ERRORS = [E2BIG, EEXIST, EEXIST, E2BIG, ENOENT, ENOENT, ENOENT, ENOENT]


def check(run, kernel):
    rows = sorted(run.rows("METHOD"), key=lambda row: row["METHOD"])
    equal([(row["NUMBER"], row["NEGATIVE"]) for row in rows], [(str(-error), "1") for error in ERRORS], "errors")


RUNS = [Run(["-p", "{pid}"], workload=["workload", "getppid", "1"])]
