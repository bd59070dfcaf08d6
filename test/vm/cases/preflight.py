# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""--check says what a tool needs of this kernel and what is missing, and its status says whether all is there."""

import json

from case import Run, contains, equal

OLDEST = "5.10-x86_64"


def verdicts(run):
    """{(need, name): (verdict, reason)} of the text."""
    found = {}
    for line in run.lines():
        verdict, need, rest = line.split(None, 2) if " type " not in line else \
            (line.split(None, 3)[0], " ".join(line.split(None, 3)[1:3]), line.split(None, 3)[3])
        name, _, reason = rest.partition(": ")
        found[need, name] = verdict, reason
    return found


def check_all(run, kernel):
    equal(run.stderr, "", "stderr")
    found = verdicts(run)
    equal({verdict for verdict, _ in found.values()}, {"ok"}, f"verdicts {found}")
    for need in (("capabilities", "CAP_SYS_ADMIN"), ("lockdown", "allows tracing"), ("BTF", "/sys/kernel/btf/vmlinux"),
                 ("tracefs", "/sys/kernel/tracing"), ("ksyscall", "getppid"), ("program type", "kprobe"),
                 ("helper", "bpf_perf_event_output"), ("helper", "bpf_ringbuf_output"), ("map type", "hash"),
                 ("map type", "ringbuf"), ("map type", "perf_event_array")):
        contains(found, need, "needs")


def check_json(run, kernel):
    rows = [json.loads(line) for line in run.lines()]
    equal({tuple(row) for row in rows}, {("verdict", "need", "name", "reason")}, "keys")
    equal(sorted(row["name"] for row in rows if row["need"] == "map type"),
          ["array", "hash", "perf_event_array", "ringbuf"], "map types")


def check_user(run, kernel):
    found = verdicts(run)
    equal(found["capabilities", "CAP_BPF and CAP_PERFMON"][0], "missing", "capabilities")
    equal([key for key in found if key[0] == "helper"], [], "helpers that could not be asked about")


def check_btf(run, kernel):
    equal(verdicts(run)["BTF", "/sys/kernel/btf/vmlinux"],
          ("missing", "No such file or directory; give one with --btf FILE"), "BTF")


def check_helper(run, kernel):
    verdict, reason = verdicts(run)["helper", "bpf_get_func_ip"]
    equal(verdict, "missing" if kernel.name == OLDEST else "ok", "verdict")
    if kernel.name == OLDEST:
        equal(reason, "for kprobe programs this kernel does not have it", "reason")


def check_map(run, kernel):
    verdict, reason = verdicts(run)["map type", "task_storage"]
    equal(verdict, "missing" if kernel.name == OLDEST else "ok", "verdict")
    if kernel.name == OLDEST:
        equal(reason, "map 'marks' is one; this kernel is too old for it", "reason")


def check_place(run, kernel):
    verdict, reason = verdicts(run)["kprobe", "vfs_ioc_setflags_prepare" if kernel.name == OLDEST
                                    else "'vfs_ioc_setflags_prepare', 'vfs_ioc_fssetxattr_check'"]
    equal(verdict, "ok" if kernel.name == OLDEST else "missing", "verdict")
    contains(reason, "program '", "reason")


def asks(tool, check, args=(), **fields):
    return Run(["--check", *args], tool=tool, check=check, signal=None, ready=False, **fields)


def on_oldest(kernel):
    return kernel == OLDEST


def on_newer(kernel):
    return kernel != OLDEST


RUNS = [
    asks("flood", check_all),
    asks("flood", check_json, ["--json"]),
    asks("flood", check_user, uid=65534, status=1),
    asks("flood", check_btf, hide_btf=True, status=1),
    asks("lackhelper", check_helper, status=1, on=on_oldest),
    asks("lackhelper", check_helper, on=on_newer),
    asks("lackmap", check_map, status=1, on=on_oldest),
    asks("lackmap", check_map, on=on_newer),
    asks("noprobe", check_place, status=1, on=on_newer),
    asks("noprobe", check_place, on=on_oldest),
]
