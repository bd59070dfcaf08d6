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


def way(kernel):
    """One link is for all from 5.18 on, where the kernel is built with fprobes, which Debian's 6.1 is not."""
    has_multi = kernel.version >= (6, 12) and kernel.machine == "x86_64"
    return "kprobe_multi" if has_multi else "one by one"


def check_verbose(run, kernel):
    contains(run.stderr, "program 'on_entry' is attached to kprobe '^vfs_(read|write)$|^vfs_[0-9]' in "
             f"2 places, {way(kernel)}; 0 refused", "stderr")
    contains(run.stderr, "'on_barred' is attached to kprobe '^(atomic_notifier_call_chain|vfs_write)$' in "
             f"1 places, {way(kernel)}; 1 refused", "stderr")
    contains(run.stderr, "cannot attach program 'on_offset' to kprobe 'vfs_write': no instruction "
             "that can be probed starts at +0x", "stderr")
    contains(run.stderr, "no function that matches 'no_such_function_.*'", "stderr")


def check_none(run, kernel):
    equal(run.stderr, "matchwords: program 'on_none': this kernel has no function that matches "
          "'vfs_ioc_setflags_prep.*'\n", "stderr")


def check_many(run, kernel):
    contains(run.stderr, " functions match '^(acpi|ext4|tcp|blk|pci|crypto)_': a tool has up to 1000 "
             "probes that are attached one by one\n", "stderr")


def check_many_at_once(run, kernel):
    equal(way(kernel), "kprobe_multi", "way")
    probes = {one["target"]: one for one in run.json("start")["probes"]}
    many = probes["^(acpi|ext4|tcp|blk|pci|crypto)_"]
    between(many["places"], 1001, 20000, "functions")
    between(many["refused"], 0, 20, "refused functions")


def check_barred(run, kernel):
    equal(run.stderr, "matchwords: program 'on_none': this kernel lets no function that matches "
          "'^atomic_notifier_call_chain$' be probed; tried: 1\n", "stderr")


AT_ONCE = ("6.12-x86_64", "7.2-x86_64")
WORK = ["workload", "write", "/tmp/file", "7", "64"]

RUNS = [
    Run(["-p", "{pid}"], workload=WORK, check=check),
    Run(["-v", "-p", "{pid}"], workload=WORK, check=check_verbose),
    Run(["--none"], status=1, ready=False, signal=None, check=check_none, on=lambda kernel: "5.10" not in kernel),
    Run(["--many"], status=1, ready=False, signal=None, check=check_many,
        on=lambda kernel: kernel not in AT_ONCE),
    Run(["--many", "--json"], workload=WORK, check=check_many_at_once,
        on=lambda kernel: kernel in AT_ONCE),
    Run(["--barred"], status=1, ready=False, signal=None, check=check_barred),
]
