# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The options choose among four programs: the key of a histogram, the maps, the functions; one for each call."""

from case import Run, equal

TOOL = "variantwords"
WRITES = {(512, 1023): 7}
WORK = [["workload", "write", "/tmp/marker", "7", "600"]]


def slots_of(run):
    return [(one.section, {slot: n for slot, n in one.slots.items() if n}) for one in run.histograms()]


def pid_of(run):
    return run.works[0].pid


def check_plain(run, kernel):
    equal(run.stderr, "", "stderr")
    equal(slots_of(run), [("Tracing... Hit Ctrl-C to end.", WRITES)], "histograms")
    equal(run.counts("PID"), {}, "mkdirs")


def check_processes(run, kernel):
    equal(run.stderr, "", "stderr")
    equal(slots_of(run), [(f"pid = {pid_of(run)}", WRITES)], "histograms")


def check_mkdirs(run, kernel):
    equal(run.counts("PID"), {str(pid_of(run)): 3}, "mkdirs")


def check_unlinks(run, kernel):
    equal(run.stderr, "", "stderr")
    equal([row["GONE"] for row in run.rows("GONE")][:4], [str(pid_of(run))] * 4, "unlinks")
    equal("PID" in run.stdout, False, "a table of mkdirs")


def check_both(run, kernel):
    equal(run.stderr, "", "stderr")
    rows = run.json()
    equal([row for row in rows if "gone" in row], [{"gone": pid_of(run)}] * 4, "unlinks")
    equal({row["pid"] for row in rows if "histogram" in row}, set(), "histograms")


def check_calls(run, kernel):
    equal(run.stderr, "", "stderr")
    equal(run.counts("CALL"), {"1": 6}, "calls")


RUNS = [
    Run(["-p", "{pid}", "-P"], workload=["workload", "getppid", "6"], check=check_calls),
    Run(["-p", "{pid}"], workload=WORK, check=check_plain),
    Run(["-p", "{pid}", "-P"], workload=WORK, check=check_processes),
    Run(["-p", "{pid}"], workload=["workload", "mkdir", "/tmp/folder", "3"], check=check_mkdirs),
    Run(["-p", "{pid}", "-t"], workload=["workload", "unlink", "/tmp/gone", "4"], check=check_unlinks),
    Run(["-p", "{pid}", "-t", "-P", "--json"], workload=["workload", "unlink", "/tmp/gone", "4"], check=check_both),
]
