# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""An iterator over tasks prints init, kthreadd and the tool itself, then the tool ends."""

from case import Run, equal

TOOL = "tasks"


def check(run, kernel):
    rows = {line.split()[0]: line.split()[1:] for line in run.lines()}
    equal(rows["1"][0], "0", "parent of init")
    equal(rows["2"], ["0", "kthreadd"], "the kernel's own")
    equal(rows[str(run.pid)], ["1", "tasks"], "the tool itself")
    equal(run.stderr, "", "stderr")


def check_json(run, kernel):
    equal("2 0 kthreadd" in [row["text"] for row in run.json()], True, "kthreadd among the lines")


RUNS = [Run(signal=None), Run(["--json"], signal=None, check=check_json)]
