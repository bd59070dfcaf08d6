# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""hello prints one line of the trace pipe for each mkdirat(2)."""

from case import Run, contains, equal

TOOL = "hello"


def check(run, kernel):
    lines = [line for line in run.lines() if "Hello, directory!" in line]
    equal(len(lines), 4, "lines")
    equal(lines, run.stdout.splitlines(), "all lines, without blank ones")
    for line in lines:
        contains(line, f"-{run.works[0].pid} ", "line")
        equal(line.endswith("Hello, directory!"), True, f"end of {line!r}")
    equal(run.stderr, "", "stderr")


RUNS = [Run(workload=[["workload", "-c", "maker", "mkdir", "/tmp/made", "4"]])]
