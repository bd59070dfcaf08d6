# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Of a choice the first place that the host has is taken, whatever its kind; the others are not loaded."""

from case import Run, between, contains, equal

TOOL = "choicewords"
MODULES = ["xfs"]
XFS = "for i in 1 2; do busybox mount -t xfs /dev/vda /tmp 2>/dev/null; done; :"
NUMBER = {"x86_64": "110", "arm64": "173"}      # getppid
ABSENT = ["raw_absent' is not loaded: this host has no raw_tracepoint 'no_such_event'",
          "user_absent' is not loaded: this host has no uprobe 'workload_no_such' of '/bin/workload'",
          "user_absent' is not loaded: this host has no uprobe 'workload_strlen' of '/bin/no_such'",
          "probe_absent' is not loaded: this host has no usdt 'no__such' of '/bin/workload'",
          "call_absent' is not loaded: this host has no ksyscall 'kexec_no_such'",
          "call_matching' is not loaded: this host has no kprobe that matches 'no_such_function_'",
          "this host has none of: kprobe 'no_such_function_anywhere' (program 'nowhere'), "
          "tracepoint 'kmem:no_such_event' (program 'nowhere_event')"]


def hits_of(run):
    return {int(row["SLOT"]): int(row["HITS"]) for row in run.rows("SLOT") if int(row["HITS"])}


def has_trampolines(kernel):
    return kernel.machine == "x86_64" or kernel.version >= (6, 4)


def check_slots(run, slots):
    equal(run.stderr, "", "stderr")
    hits = hits_of(run)
    for slot in (14, 15, 16, 17):               # samples, and opens of libraries and files
        hits.pop(slot, 0)
    equal(hits, slots, "hits")


def check_io(run, kernel):
    hits = hits_of(run)
    taken = 0 if kernel.version >= (6, 5) else 1
    equal(hits.get(1 - taken, 0), 0, "hits of what is not taken")
    between(hits[taken], 8, 16, "requests")


def check_calls(run, kernel):
    check_slots(run, {5: 20, 11: 20})


def check_wish(run, kernel):
    check_slots(run, {5: 20, 10: 20})


def check_strlen(run, kernel):
    check_slots(run, {7: 5})


def check_usdt(run, kernel):
    between(hits_of(run)[9], 7, 14, "hits of the probe in two places")


def check_module(run, kernel):
    equal(hits_of(run)[20], 2, "buffers that xfs took for the first block of what is no xfs")


def check_samples(run, kernel):
    hits = hits_of(run)
    equal(len({14, 15} & hits.keys()), 1, "one kind of samples")
    between(sum(hits.get(slot, 0) for slot in (14, 15)), 10, 1000000, "samples")


def check_opens(run, kernel):
    hits = hits_of(run)
    equal(len({16, 17} & hits.keys()), 1, "one kind of opens")
    between(sum(hits.get(slot, 0) for slot in (16, 17)), 9, 12, "opens")


def check_unlink(run, kernel):
    check_slots(run, {2 if has_trampolines(kernel) else 3: 3, 19: 3})


def check_verbose(run, kernel):
    for text in ABSENT:
        contains(run.stderr, text, "stderr")
    io = "this host has no tracepoint 'block:block_io_start'"
    equal(io in run.stderr, kernel.version < (6, 5), "whether the tracepoint is missed")


def check_start(run, kernel):
    equal({int(row["slot"]): int(row["hits"]) for row in run.json() if row["slot"] == 11}, {11: 20}, "rows")
    start = run.json("start")
    equal((start["tool"], start["version"].split()[0]), ("choicewords", "bcc2core"), "tool")
    probes = {one["program"]: one for one in start["probes"]}
    equal(list(run.json("start")), ["tool", "version", "probes"], "keys of the start record")
    equal(probes["raw_enter"], {"program": "raw_enter", "kind": "raw_tracepoint", "target": "sys_enter"}, "probe")
    equal(probes["user_strlen"]["target"], "/bin/workload:workload_strlen", "a uprobe")
    equal(probes["probe_start"]["target"], "/bin/workload:b2c:work__start", "a USDT probe")
    matching = probes["call_matching"]
    equal((matching["target"], matching["places"], matching["refused"]), ("^vfs_unlink$", 1, 0), "a pattern")
    equal("raw_absent" in probes or "nowhere" in probes or "wished" in probes, False, "what is not attached")
    taken = probes["io_event" if kernel.version >= (6, 5) else "io_function"]
    equal(taken["target"], {(5, 10): "blk_account_io_start", (6, 1): "submit_bio_noacct"}.get(
        kernel.version, "block:block_io_start"), "a choice")


def check_none(run, kernel):
    equal(run.stderr, "choicewords: this host has none of: kprobe 'vfs_ioc_setflags_prepare' "
          "(program 'nowhere'), tracepoint 'kmem:kmalloc_node' (program 'nowhere_event')\n", "stderr")


def choices_of(run):
    """What --check says of the choices, and of the events of perf: (verdict, need, rest)."""
    rows = [line.split(None, 2) for line in run.lines()]
    return [tuple(row) for row in rows if row[1] in ("choice", "perf_event")]


def check_preflight(run, kernel):
    equal(run.stderr, "", "stderr")
    rows = choices_of(run)
    taken = [row[2] for row in rows if row[1] == "choice"]
    for text in ("raw_tracepoint 'sys_enter': program 'raw_enter' is taken, number 2 of 2",
                 "uprobe 'workload_strlen' of '/bin/workload': program 'user_strlen' is taken, number 3 of 3",
                 "ksyscall 'getppid': program 'unwished' is taken, number 2 of 2",
                 "kprobe that matches '^vfs_unlink$': program 'call_matching' is taken, number 2 of 2",
                 "none: this host has none of 2; the tool does without"):
        contains(taken, text, "choices")
    new = kernel.version >= (6, 5)
    io = next(row for row in rows if "'io_" in row[2])
    equal((io[0], "'io_event'" in io[2]), ("ok", True) if new else ("fallback", False), "the choice of requests")
    events = {row[2].split(":")[0].strip("'"): row for row in rows if row[1] == "perf_event"}
    equal(events["cpu-clock"][0], "ok", "an event of software")
    has_counters = events["cpu-cycles"][0] == "ok"
    equal("virtual machines often have no" in events["cpu-cycles"][2], not has_counters, "why there is no counter")
    wanted = "'counter_cycles' is taken, number 1 of 2" if has_counters else "'counter_clock' is taken, number 2 of 2"
    equal(sum(wanted in text for text in taken), 1, "the choice of events")


def check_refused(run, kernel):
    event = next(row for row in choices_of(run) if row[1] == "perf_event" and "cpu-clock" in row[2])
    contains(event[2], "Permission denied (see /proc/sys/kernel/perf_event_paranoid)", "reason")


def args(machine, *more):
    return ["-p", "{pid}", "-n", NUMBER[machine], *more]


def runs(machine, on):
    return [
        Run(args(machine), workload=["workload", "io", "/dev/vda", "8", "4096"], check=check_io, on=on),
        Run(args(machine), workload=["workload", "getppid", "20"], check=check_calls, on=on),
        Run(args(machine, "-w"), workload=["workload", "getppid", "20"], check=check_wish, on=on),
        Run(args(machine), workload=["workload", "strlen", "5", "3"], check=check_strlen, on=on),
        Run(args(machine), workload=["workload", "usdt", "7"], check=check_usdt, on=on),
        Run(workload=["sh", "-c", XFS], check=check_module, on=on),
        Run(args(machine), workload=["workload", "spin", "2000"], check=check_samples, on=on),
        Run(args(machine), workload=["workload", "open", "/tmp/marker", "9"], check=check_opens, on=on),
        Run(args(machine), workload=["workload", "unlink", "/tmp/gone", "3"], check=check_unlink, on=on),
        Run(args(machine, "-v"), workload=["workload", "getppid", "20"], check=check_verbose, on=on),
        Run(args(machine, "--json"), workload=["workload", "getppid", "20"], check=check_start, on=on),
    ]


RUNS = [
    *runs("x86_64", lambda kernel: "x86_64" in kernel),
    *runs("arm64", lambda kernel: "arm64" in kernel),
    Run(["--check"], ready=False, signal=None, check=check_preflight),
    Run(["--check"], ready=False, signal=None, check=check_refused, uid=65534, status=1),
    Run(["--none"], status=1, ready=False, signal=None, check=check_none, on=lambda kernel: "5.10" not in kernel),
]
