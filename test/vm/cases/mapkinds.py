# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Queues, stacks, tries, pinned maps and the others give what they should for N calls of getppid(2)."""

from case import Run, equal, refusal

TOOL = "mapkinds"
N = 20
RESULTS = {
    "0": (1 + 20) * N,      # 1, then 2 ten times, out of the queue
    "1": 2 * N,             # under the top of the stack, which is empty afterwards
    "2": 16 * N,            # the longer of two prefixes
    "3": 8 * N,
    "4": 8 * 4096 * N,      # the size of the ring buffer
    "5": N,                 # nothing fills these
    "6": N,
    "7": N,
    "8": N,
    "9": N - 1,             # the first call finds no value yet
}


def check_all(run, kept):
    equal(run.counts("RESULT"), RESULTS, "results")
    equal(run.counts("ROUTE"), {"16": 16, "8": 8}, "routes")
    equal(run.counts("PERCPU"), {"5": N}, "per-CPU LRU hash")
    equal(run.counts("KEPT"), {"5": kept}, "pinned hash")
    equal(run.counts("PUBLIC"), {"5": N}, "public hash")
    equal(run.counts("SHARED"), {"1": N}, "shared array")
    equal(run.stderr, "", "stderr")


def check_first(run, kernel):
    check_all(run, N)


def check_second(run, kernel):
    """The pinned map is still there, with what it counted."""
    check_all(run, 2 * N)


def check_no_fs(run, kernel):
    equal(run.stderr, "badpin: map 'counts' cannot be pinned at 'mappath', which is in no BPF file system\n",
          "stderr")


def check_other(run, kernel):
    equal(run.stderr, "otherpin: the map pinned at '/sys/fs/bpf/mapkinds' has another type, size or flags "
          "than 'counts'\n", "stderr")


RUNS = [
    Run(["-p", "{pid}"], workload=["workload", "getppid", str(N)], check=check_first),
    Run(["-p", "{pid}"], workload=["workload", "getppid", str(N)], check=check_second),
    refusal(tool="badpin", check=check_no_fs),
    refusal(tool="otherpin", check=check_other),
]
