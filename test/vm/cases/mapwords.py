# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Every map kind and method counts what it should for N calls of getppid(2)."""

from case import Run, equal

TOOL = "mapwords"
N = 50
COUNTS = {
    "TRIED": {"7": N},
    "INITED": {"7": N},
    "INSERTED": {"7": 100},                 # the first insert stays
    "DELETED": {"1": 200},
    "ATOMICS": {"7": 5 * N},
    "LRU": {"1": 200},                      # the larger of two
    "PERCPU": {"1": N},                     # summed over the CPUs; slot 0 is zero
    "ARRAY": {"3": N},
    "TABLE": {"2": 3 * N},
}


def check(run, kernel):
    for header, want in COUNTS.items():
        equal(run.counts(header), want, header)
    lines = run.lines()
    at = next(i for i, line in enumerate(lines) if line.split()[:1] == ["HASH"])
    equal(lines[at + 1].split(), ["7", "8", str(3 * N)], "HASH")
    equal(run.stderr, "", "stderr")


RUNS = [Run(["-p", "{pid}"], workload=["workload", "getppid", str(N)])]
