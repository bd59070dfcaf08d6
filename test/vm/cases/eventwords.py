# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""perf_event: on every CPU, those that come online later too, or on one; breakpoints in a process and in the kernel."""

from case import Run, between, contains, equal

TOOL = "eventwords"
ONLINE = "/sys/devices/system/cpu/cpu1/online"
SPIN = ["workload", "spin", "1500"]


def hits_of(run, slot):
    return {int(row["CPU"]): int(row["HITS"]) for row in run.rows("SLOT") if row["SLOT"] == str(slot)}


def check_all(run, kernel):
    equal(set(hits_of(run, 0)), {0, 1}, "CPUs")
    equal(run.stderr, "", "stderr")


def check_one(run, kernel):
    equal(set(hits_of(run, 1)), {1}, "CPUs of the program that is for one")
    equal(set(hits_of(run, 0)), {0, 1}, "CPUs of the one that is for all")


def check_no_cpu(run, kernel):
    equal(run.stderr, "eventwords: program 'on_one_cpu': CPU 7 is not online\n", "stderr")


def check_calls(run, kernel):
    equal(sum(hits_of(run, 2).values()), 11, "instructions")


def check_ticks(run, kernel):
    between(sum(hits_of(run, 3).values()), 50, 100000, "ticks")


def check_absent(run, kernel):
    equal(run.stderr, "eventwords: program 'on_absent': this kernel has no symbol for 'mem:no_such_symbol/8:w', "
          "or hides its address (see /proc/sys/kernel/kptr_restrict)\n", "stderr")


def check_offline(run, kernel):
    contains(run.stderr, "program 'on_clock' is attached to perf_event 'cpu-clock', on 2 CPUs", "stderr")


def check_online(run, kernel):
    contains(run.stderr, "program 'on_clock' is attached to perf_event 'cpu-clock', on 1 CPUs", "stderr")
    contains(run.stderr, "program 'on_clock' samples 'cpu-clock' on CPU 1, which is new", "stderr")
    equal(set(hits_of(run, 0)), {0, 1}, "CPUs")


RUNS = [
    Run(workload=SPIN, check=check_all),
    Run(["-c", "1"], workload=SPIN, check=check_one),
    Run(["-c", "7"], status=1, ready=False, signal=None, check=check_no_cpu),
    Run(["--calls", "-p", "{pid}"], workload=["workload", "fixed", "11"], check=check_calls),
    Run(["--ticks"], workload=SPIN, check=check_ticks, on=lambda kernel: "x86_64" in kernel),
    Run(["--absent"], status=1, ready=False, signal=None, check=check_absent),
    Run(["-v"], workload=["sh", "-c", f"echo 0 > {ONLINE}"], check=check_offline),
    Run(["-v"], workload=[["sh", "-c", f"echo 1 > {ONLINE}"], SPIN, SPIN], check=check_online),
]
