# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""opens prints one row for each openat(2), with the descriptor or the error."""

from case import Run, contains, equal, refusal

TOOL = "opens"
GOOD = ["workload", "-c", "opener", "open", "/tmp/marker", "5"]
BAD = ["workload", "-c", "loser", "open-fail", "/tmp/no/such", "3"]


def rows_of(run, comm):
    return [row for row in run.rows("COMM") if row["COMM"] == comm]


def check(run, kernel):
    rows = rows_of(run, "opener")
    equal([row["PATH"] for row in rows if row["PATH"] == "/tmp/marker"], ["/tmp/marker"] * 5, "paths")
    equal({row["ERR"] for row in rows}, {"0"}, "errors")
    rows = rows_of(run, "loser")
    equal([(row["FD"], row["ERR"], row["PATH"]) for row in rows], [("-1", "ENOENT", "/tmp/no/such")] * 3,
          "failed opens")
    equal(run.stderr, "", "stderr")


def check_failed(run, kernel):
    equal(len(rows_of(run, "opener")), 0, "rows of good opens")
    equal(len(rows_of(run, "loser")), 3, "rows of failed opens")


def check_pid(run, kernel):
    rows = run.rows("COMM")
    equal({row["PID"] for row in rows}, {str(run.works[0].pid)}, "pids")
    equal(len(rows), 5, "rows")


def check_user(run, kernel):
    equal(len(run.stderr.splitlines()), 1, "lines of stderr")
    contains(run.stderr, "root", "stderr")


def check_btf(run, kernel):
    equal(len(run.stderr.splitlines()), 1, "lines of stderr")
    contains(run.stderr, "BTF", "stderr")


def check_usage(run, kernel):
    equal(len(run.stderr.splitlines()), 1, "lines of stderr")
    contains(run.stderr, "--pid", "stderr")


RUNS = [
    Run(workload=[GOOD, BAD]),
    Run(["-x"], workload=[GOOD, BAD], check=check_failed),
    Run(["-p", "{pid}"], workload=[GOOD, BAD], check=check_pid),
    refusal(uid=65534, check=check_user),
    refusal(hide_btf=True, tool="tcpcon_plain", check=check_btf),
    refusal(["--pid", "many"], check=check_usage),
]
