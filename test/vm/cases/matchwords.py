# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Probes by pattern are on each function that matches; -v says on how many; nothing that matches is an error."""

from case import Run, between, contains, equal

TOOL = "matchwords"


def check(run, kernel):
    rows = run.rows("NAME")
    hits = {(row["NAME"], row["AT"]): int(row["HITS"]) for row in rows}
    equal({name for name, at in hits if at == "1"} - {"vfs_read"}, {"vfs_write"}, "functions")
    between(hits["vfs_write", "1"], 7, 9, "calls")
    equal([count for (_, at), count in hits.items() if at == "2"], [hits["vfs_write", "1"]],
          "returns are as many as calls")
    equal([count for (_, at), count in hits.items() if at == "4"], [7], "calls with 64 bytes")
    within = "6" if kernel.machine == "arm64" else "5"
    equal([count for (_, at), count in hits.items() if at == within], [hits["vfs_write", "1"]],
          "calls, counted within the function")
    equal({at for _, at in hits} | {"6"}, {"1", "2", "4", within, "6"}, "programs")


def check_verbose(run, kernel):
    contains(run.stderr, "functions that match '^vfs_(read|write)$|^vfs_[0-9]': program 'on_entry' "
             "is attached to 2, 0 are refused", "stderr")
    contains(run.stderr, "'on_barred' is attached to 1, 1 are refused", "stderr")
    contains(run.stderr, "cannot attach program 'on_offset' to kprobe 'vfs_write': no instruction "
             "that can be probed starts at +0x", "stderr")
    contains(run.stderr, "no function that matches 'no_such_function_.*'", "stderr")


def check_none(run, kernel):
    equal(run.stderr, "matchwords: program 'on_none': this kernel has no function that matches "
          "'vfs_ioc_setflags_prep.*'\n", "stderr")


def check_all(run, kernel):
    equal(run.stderr.endswith(" functions match '.*': a tool has up to 1000 probes\n"), True,
          run.stderr)


def check_barred(run, kernel):
    equal(run.stderr, "matchwords: program 'on_none': this kernel lets no function that matches "
          "'^atomic_notifier_call_chain$' be probed; tried: 1\n", "stderr")


WORK = ["workload", "write", "/tmp/file", "7", "64"]

RUNS = [
    Run(["-p", "{pid}"], workload=WORK, check=check),
    Run(["-v", "-p", "{pid}"], workload=WORK, check=check_verbose),
    Run(["--none"], status=1, ready=False, signal=None, check=check_none, on=lambda kernel: "5.10" not in kernel),
    Run(["--all"], status=1, ready=False, signal=None, check=check_all),
    Run(["--barred"], status=1, ready=False, signal=None, check=check_barred),
]
