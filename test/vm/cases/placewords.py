# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""User probes at an offset and at an address; kretprobes with maxactive are made by tracefs and removed at the end."""

from case import Run, contains, equal

TOOL = "placewords"
EVENTS = "/sys/kernel/tracing/kprobe_events"


def hits_of(run):
    return {int(row["SLOT"]): int(row["HITS"]) for row in run.rows("SLOT") if int(row["HITS"])}


def shell(command):
    return ["sh", "-c", command]


def check_user(run, kernel):
    equal(hits_of(run), {0: 11, 1: 11, 2: 11, 3: 11}, "hits")
    equal(run.stderr, "", "stderr")


def check_verbose(run, kernel):
    contains(run.stderr, "'on_offset' is attached to uprobe '/bin/workload:workload_fixed+0x4'", "stderr")
    contains(run.stderr, "'on_address' is attached to uprobe '/bin/workload:0x300004'", "stderr")


def check_returns(run, kernel):
    equal(hits_of(run), {4: 7}, "hits")
    equal(run.stderr, "", "stderr")


def check_quiet(run, kernel):
    equal(run.stderr, "", "stderr")


def check_nowhere(run, kernel):
    equal(run.stderr, "placewords: program 'on_nowhere': no part of '/bin/workload' is at address 0x7000000\n",
          "stderr")


FIXED = ["workload", "fixed", "11"]
WRITE = ["workload", "write", "/tmp/file", "7", "64"]

RUNS = [
    Run(["-p", "{pid}"], workload=FIXED, check=check_user),
    Run(["-v", "-p", "{pid}"], workload=FIXED, check=check_verbose),
    Run(["--calls", "-p", "{pid}"], workload=[WRITE, shell(f"cat {EVENTS} | while read a b; do case $a in r9:b2c/r_*) "
        "[ $b = vfs_write ] && exit 7;; esac; done; [ $? = 7 ]")], check=check_returns),
    # nothing is left of it; then what a tool would leave that was killed, which the next one removes
    Run([], workload=shell(f"while read a b; do case $a in r9:b2c/*) exit 1;; esac; done < {EVENTS}; "
        f"echo 'r9:b2c/r_99999_0 vfs_read' >> {EVENTS}"), check=check_quiet),
    Run(["--calls", "-p", "{pid}"], workload=[WRITE, shell(f"while read a b; do case $a in *r_99999*) exit 1;; "
        f"esac; done < {EVENTS}")], check=check_returns),
    Run(["--none"], status=1, ready=False, signal=None, check=check_nowhere),
]
