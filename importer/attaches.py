# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""From the attaches that a script made to the manifest that asks bcc2core for the same.

Every attach becomes an entry; none is left out because bcc2core may not know its
kind yet. `simple` gives the nearest entries of kinds that it knows, to see past such a refusal.
"""

import json
import re

SYSCALLS = ("__x64_sys_", "__arm64_sys_")
SOFTWARE = ["cpu-clock", "task-clock", "page-faults", "context-switches", "cpu-migrations",
            "minor-faults", "major-faults", "alignment-faults", "emulation-faults", "dummy",
            "bpf-output"]
HARDWARE = ["cpu-cycles", "instructions", "cache-references", "cache-misses",
            "branch-instructions", "branch-misses", "bus-cycles", "stalled-cycles-frontend",
            "stalled-cycles-backend", "ref-cycles"]
MODES = {2: "skb", 4: "drv", 8: "hw"}     # XDP_FLAGS_*
# Kinds whose functions bcc names in a macro of the source: they attach themselves.
NAMED = {"kfunc", "kretfunc", "lsm"}


def literal(pattern):
    """The one name that a pattern can match, or None."""
    name = pattern.removeprefix("^").removesuffix("$")
    return name if re.fullmatch(r"[\w:]+", name) else None


def probe_entry(attach, kernels):
    """kprobe and kretprobe: a function, a system call, or a pattern."""
    kind, event = attach["kind"], attach.get("event", "")
    entry = {}
    if "event_re" in attach:
        found = {tuple(kernel.matching(attach["event_re"])) for kernel in kernels}
        if literal(attach["event_re"]):
            entry[kind] = literal(attach["event_re"])
        elif all(len(names) == 1 for names in found):
            entry[kind] = sorted(names[0] for names in found)
        else:
            entry = {kind: {"match": attach["event_re"]}}
    elif event.startswith(SYSCALLS):
        kind = {"kprobe": "ksyscall", "kretprobe": "kretsyscall"}[kind]
        entry[kind] = event.partition("_sys_")[2]
    else:
        entry[kind] = event
    for key, name in (("event_off", "offset"), ("maxactive", "maxactive")):
        if key in attach:
            entry[name] = attach[key]
    return entry


def uprobe_entry(attach, _kernels):
    place = {"binary": attach.get("name", "")}
    if literal(attach.get("sym_re", "")):
        attach = {"sym": literal(attach["sym_re"]), **attach}
        del attach["sym_re"]
    for key, name in (("sym", "symbol"), ("sym_re", "regex"), ("addr", "address"),
                      ("sym_off", "offset")):
        if key in attach:
            place[name] = attach[key]
    entry = {attach["kind"]: place}
    if "pid" in attach:
        entry["pid"] = str(attach["pid"])
    return entry


def tracepoint_entry(attach, _kernels):
    if literal(attach.get("tp_re", "")):
        return {"tracepoint": literal(attach["tp_re"])}
    if "tp_re" in attach:
        return {"tracepoint": {"match": attach["tp_re"]}}
    return {"tracepoint": attach["tp"]}


def perf_event_entry(attach, _kernels):
    names, key = (SOFTWARE, "software") if attach["ev_type"] == 1 else (HARDWARE, "hardware")
    event = {key: names[attach["ev_config"]]}
    for given, name in (("sample_freq", "frequency"), ("sample_period", "period")):
        if given in attach:
            event[name] = attach[given]
    entry = {"perf_event": event}
    for key in ("pid", "cpu"):
        if key in attach:
            entry[key] = str(attach[key])
    return entry


def usdt_entry(attach, _kernels):
    place = {"probe": attach["probe"]}
    if "binary" in attach:
        place["binary"] = attach["binary"]
    entry = {"usdt": place}
    if "pid" in attach:
        entry["pid"] = str(attach["pid"])
    return entry


def interface_entry(attach, _kernels):
    """socket_filter and xdp: the interface. Of flags the mode is kept: a tool's link takes no
    other program's place anyway."""
    place = {"interface": attach["dev"]}
    mode = next((name for bit, name in MODES.items() if attach.get("flags", 0) & bit), None)
    if mode:
        place["mode"] = mode
    return {attach["kind"]: place}


WRITERS = {"kprobe": probe_entry, "kretprobe": probe_entry, "uprobe": uprobe_entry,
           "uretprobe": uprobe_entry, "tracepoint": tracepoint_entry,
           "raw_tracepoint": lambda attach, _: {"raw_tracepoint": attach["tp"]},
           "xdp": interface_entry, "socket_filter": interface_entry,
           "perf_event": perf_event_entry, "usdt": usdt_entry}


def entries(attaches, kernels):
    """Entries of the manifest's `attach`, each once, in the script's order."""
    found = []
    for attach in attaches:
        if attach["kind"] in NAMED:
            continue
        writer = WRITERS.get(attach["kind"])
        place = writer(attach, kernels) if writer else {attach["kind"]: dict(attach)}
        entry = {"run": attach["fn"], **place}
        if entry not in found:
            found.append(entry)
    return found


def simple(entry):
    """The nearest entry that needs nothing but a plain place."""
    entry = {key: value for key, value in entry.items()
             if key not in ("offset", "maxactive", "cpu", "pid")}
    if "usdt" in entry:
        entry["uprobe"] = {"binary": "libc.so.6", "symbol": entry.pop("usdt")["probe"]}
    for kind in ("uprobe", "uretprobe"):
        if kind in entry:
            place = entry[kind]
            symbol = place.get("symbol") or place.get("regex", "x").strip("^$")
            entry[kind] = {"binary": place["binary"], "symbol": symbol}
    for kind in ("kprobe", "kretprobe"):
        place = entry.get(kind, "vfs_read")
        if isinstance(place, str) and not place.replace("_", "a").isalnum():
            entry[kind] = "vfs_read"
    if isinstance(entry.get("tracepoint"), dict):
        entry["tracepoint"] = entry["tracepoint"]["match"].strip("^$")
    return entry


def yaml_of(found):
    """A manifest with these entries; JSON's forms are YAML's."""
    lines = ["attach:"]
    for entry in found:
        parts = (f"{key}: {json.dumps(value)}" for key, value in entry.items())
        lines.append(f"  - {{{', '.join(parts)}}}")
    return "\n".join(lines) + "\n"
