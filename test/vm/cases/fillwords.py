# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Maps that the manifest fills: tail calls, counters, cgroups, inner maps, presets, interfaces, CPUs,
for N calls of getppid(2); and what a host that lacks one of them says."""

from case import Run, contains, equal, refusal

TOOL = "fillwords"
N, PACKETS, MOST, ROOM = 20, 9, 5, 6
SUM = N * (N + 1) // 2
WANT = {"0": N, "1": N, "2": N, "3": N, "4": N, "5": N, "6": N, "7": 2 * SUM, "8": SUM, "9": MOST,
        "10": 7 * N, "11": 16 * N, "12": PACKETS, "13": PACKETS, "14": PACKETS, "15": ROOM}

FULL = "fillwords: map 'small' was full with its {} entries: {} inserts failed (--map small=N makes room for N)\n"


def check(run, kernel):
    equal(run.counts("RESULT"), WANT, "results")
    equal(run.stderr, FULL.format(ROOM, N - ROOM), "stderr")


def check_other(run, kernel):
    """Other sizes, another cgroup and an interface in what was left empty."""
    want = dict(WANT, **{"6": 0, "9": 3, "13": 0, "15": 3})
    equal(run.counts("RESULT"), {slot: n for slot, n in want.items() if n}, "results")
    equal(run.stderr, FULL.format(3, N - 3), "stderr")


def check_cgroup(run, kernel):
    contains(run.stderr, "cannot put cgroup '/tmp' into map 'cgroups': it is no folder of a cgroup2 file system",
             "stderr")


def check_interface(run, kernel):
    equal(run.stderr, "fillwords: cannot put interface 'none0' into map 'devices': there is none of that name\n",
          "stderr")


def check_text(run, kernel):
    equal(run.stderr, "fillwords: cannot put 'abcdefgh' into map 'limits': it has more than 7 bytes\n", "stderr")


WORK = [["workload", "getppid", str(N)], ["workload", "packets", str(PACKETS), "253"]]
RUNS = [
    Run(["-p", "{pid}"], workload=WORK),
    Run(["-p", "{pid}", "--second", "/sys/fs/cgroup", "--to", "lo", "--room", "3", "--most", "3"],
        workload=WORK, check=check_other),
    refusal(["--cgroup", "/tmp"], check=check_cgroup),
    refusal(["--to", "none0"], check=check_interface),
    refusal(["--label", "abcdefgh"], check=check_text),
]
