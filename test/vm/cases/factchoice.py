# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Facts about what a kernel has choose functions before the load, and code within one."""

from case import Run, equal

TOOL = "factchoice"
N = 20


def check(run, kernel):
    is_old = kernel.name.startswith("5.10")
    want = {"0": N, "4": N} if is_old else {"1": N, "3": N}
    counts = {key: count for key, count in run.counts("RESULT").items() if count}
    equal(counts, {**want, "2": N, "5": N}, "results")
    equal(run.stderr, "", "stderr")


RUNS = [Run(["-p", "{pid}"], workload=["workload", "getppid", str(N)])]
