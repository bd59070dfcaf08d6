# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Patterns for tracepoints, raw tracepoints and functions of a file, in one link or one by one: the same counts."""

from case import Run, between, contains, equal

TOOL = "patternwords"


def hits_of(run, at):
    return {row["IP"]: int(row["HITS"]) for row in run.rows("AT") if row["AT"] == str(at)}


def check_calls(run, kernel):
    equal(hits_of(run, 1), {"0x0": 20}, "tracepoints")
    between(sum(hits_of(run, 2).values()), 40, 60, "raw tracepoints")


def check_strlen(run, kernel):
    equal(run.stderr, "", "stderr")
    calls = hits_of(run, 3)
    equal((list(calls.values()), "0x0" in calls), ([10], False), "calls, by address")
    equal(hits_of(run, 4), {"0x3": 5, "0x9": 5}, "returns, by value")
    equal(sum(hits_of(run, 5).values()), 10, "calls, by the first letter")
    equal("0x0" in hits_of(run, 5), False, "whether a letter could not be read")


def check_verbose(run, kernel):
    # the first kernels with such links took a thread for a process
    since = (6, 10) if "--only" in run.args else (6, 6)
    way = "uprobe_multi" if kernel.version >= since else "one by one"
    contains(run.stderr, f"'on_return' is attached to uretprobe '^workload_str' in 1 places, {way}; 0 "
             "refused", "stderr")
    contains(run.stderr, "'on_event' is attached to tracepoint '^syscalls:sys_enter_getp(pid|gid)$' in 2 "
             "places, one by one; 0 refused", "stderr")
    contains(run.stderr, "raw_tracepoint '^sys_e(nter|xit)$' in 2 places, one by one; 0 refused",
             "stderr")


def check_none(run, kernel):
    equal(run.stderr, "patternwords: program 'on_none': this file has no function that matches '^no_such'\n",
          "stderr")


STRLEN = ["workload", "strlen", "5", "3", "9"]

RUNS = [
    Run(["-p", "{pid}"], workload=["workload", "getppid", "20"], check=check_calls),
    Run(["-p", "{pid}"], workload=STRLEN, check=check_strlen),
    Run(["-p", "{pid}", "--only", "{pid}"], workload=STRLEN, check=check_strlen),
    # others run the same functions, which are probed for one process alone
    Run(["--only", "{pid}"], workload=[STRLEN, STRLEN, ["workload", "strlen", "7", "4"]], check=check_strlen),
    Run(["-v", "-p", "{pid}"], workload=STRLEN, check=check_verbose),
    Run(["-v", "-p", "{pid}", "--only", "{pid}"], workload=STRLEN, check=check_verbose),
    Run(["--none"], status=1, ready=False, signal=None, check=check_none),
]
