# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A kprobe that can be fentry or fexit is one where the host has trampolines, and counts what the kprobe counts."""

from case import Run, contains, equal

TOOL = "formwords"
READS = ["workload", "read", "/tmp/book", "7", "4321"]


def has_trampolines(kernel):
    return kernel.machine == "x86_64" or kernel.version >= (6, 4)


def check_counts(run, kernel):
    equal(run.stderr, "", "stderr")
    rows = run.json()
    hits = {row["slot"]: row["hits"] for row in rows if row.get("hits")}
    equal(hits, {0: 7, 1: 7, 2: 7, 3: 7}, "hits of both forms")
    events = [row for row in rows if "got" in row]
    equal([(row["pid"], row["got"], row["size"]) for row in events], [(run.works[0].pid, 4321, 4321)] * 7, "events")
    probes = {one["program"]: one for one in run.json("start")["probes"]}
    fast = has_trampolines(kernel)
    entry, back = ("on_entry_fentry", "on_return_fexit") if fast else ("on_entry", "on_return")
    equal(probes[entry], {"program": entry, "kind": "fentry" if fast else "kprobe", "target": "vfs_read"}, "entry")
    equal(probes[back], {"program": back, "kind": "fexit" if fast else "kretprobe", "target": "vfs_read"}, "return")
    equal(probes["probe_entry"]["kind"], "kprobe", "what may not")
    equal(probes["probe_return"]["kind"], "kretprobe", "what may not return")
    there = kernel.version < (5, 13)
    equal("nowhere" in probes or "nowhere_fentry" in probes, there, "what only old kernels have")


def check_list(run, kernel):
    hits = {int(row["SLOT"]): int(row["HITS"]) for row in run.rows("SLOT") if int(row["HITS"])}
    equal((hits.get(4), hits.get(5)), (3, 3), "hits")
    form = "fentry" if has_trampolines(kernel) else "kprobe"
    name = "on_unlink_fentry" if has_trampolines(kernel) else "on_unlink"
    contains(run.stderr, f"program '{name}' is attached to {form} 'vfs_unlink'", "stderr")
    contains(run.stderr, "program 'on_registers' is attached to kprobe 'vfs_unlink'", "stderr")
    if not has_trampolines(kernel):
        contains(run.stderr, "program 'on_entry_fentry' is not loaded: this host has no fentry 'vfs_read'", "stderr")



RUNS = [
    Run(["--json"], workload=READS, check=check_counts),
    Run(["--unlink", "-v"], workload=["workload", "unlink", "/tmp/gone", "3"], check=check_list),
]
