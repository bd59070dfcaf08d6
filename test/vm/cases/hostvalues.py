# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Enumerators have the host's values, branches on version and configuration are the host's, and
each access to a device is seen: N opens to read, N to write, and what both workloads have for stdin."""

from case import Run, equal

TOOL = "hostvalues"
N = 9
# By the BTF of each kernel: ITER_BVEC, PGFAULT, DROP_SLAB.
VALUES = {"5.10-x86_64": (16, 20, 43), "6.1-x86_64": (2, 23, 48), "6.12-x86_64": (2, 23, 49),
          "7.2-x86_64": (2, 23, 38), "6.1-arm64": (2, 20, 45)}
BRANCH = {(5, 10): 1, (6, 1): 2, (6, 12): 3, (7, 2): 3}


def check(run, kernel):
    bvec, fault, drop = VALUES[kernel.name]
    major, minor = kernel.version
    equal(run.counts("RESULT"), {
        "0": bvec, "1": fault, "2": drop, "3": major << 8 | minor, "4": BRANCH[kernel.version],
        "5": 1, "6": 2 * (N + 1), "7": 2 + N + 2 * N}, "results")
    equal(run.stderr, "", "stderr")


RUNS = [Run(["-p", "{pid}"], workload=[["workload", "getppid", "1"],
                                       ["workload", "open", "/dev/null", str(N)],
                                       ["workload", "open", "/dev/null", str(N), "1"]])]
