# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Every line of bpf_trace_printk comes out on every kernel; before 5.13 with what that kernel's formats have."""

from case import Run, equal

TOOL = "printwords"
SINCE_5_16 = ["width [   42] [one  ]", "50% of x, AB", "[one] [two]", "1 2 3 4 one", "in a macro 00ff"]
BEFORE_5_13 = ["width [42] [one]", "50%", " of x, ab", "[one", "] [two]", "1 2 3", " 4 one", "in a macro ff"]


def check(run, kernel):
    own = f"-{run.works[0].pid} "               # the pipe may still have lines of tools before
    lines = [line.split("bpf_trace_printk: ", 1)[1] for line in run.lines() if own in line]
    equal(lines, SINCE_5_16 if kernel.version >= (5, 16) else BEFORE_5_13, "lines")


RUNS = [Run([], workload=["workload", "getppid", "1"])]
