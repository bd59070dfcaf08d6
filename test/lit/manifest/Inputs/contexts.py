# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""For each mapping of a manifest the least program and manifest that an example of it fits into."""

import json
import re

COUNT = "BPF_HASH(counts, u32, u64);\nBPF_ARRAY(hits, u64, 1);\n"
BODY = "\n{\n\thits.atomic_increment(0);\n\treturn 0;\n}\n"


def function(context="struct pt_regs *ctx", name="on_entry", result="0"):
    return f"int {name}({context})" + BODY.replace("return 0", f"return {result}")


ENTRY = COUNT + function()
KPROBE = {"run": "on_entry", "kprobe": "vfs_read"}

# What a function of each kind of attach gets, and its least value in the manifest.
ATTACH = {
    "kprobe": ("struct pt_regs *ctx", "vfs_read"),
    "kretprobe": ("struct pt_regs *ctx", "vfs_read"),
    "ksyscall": ("struct pt_regs *ctx", "openat"),
    "kretsyscall": ("struct pt_regs *ctx", "openat"),
    "tracepoint": ("void *ctx", "sched:sched_switch"),
    "raw_tracepoint": ("struct bpf_raw_tracepoint_args *ctx", "sched_switch"),
    "fentry": ("void *ctx", "vfs_read"),
    "fexit": ("void *ctx", "vfs_read"),
    "fmod_ret": ("void *ctx", "security_file_open"),
    "lsm": ("void *ctx", "file_open"),
    "iter": ("struct bpf_iter__task *ctx", "task"),
    "uprobe": ("struct pt_regs *ctx", {"binary": "libc.so.6", "symbol": "malloc"}),
    "uretprobe": ("struct pt_regs *ctx", {"binary": "libc.so.6", "symbol": "malloc"}),
    "usdt": ("struct pt_regs *ctx", {"binary": "/usr/sbin/mysqld", "probe": "query__start"}),
    "perf_event": ("struct bpf_perf_event_data *ctx", {"software": "cpu-clock", "frequency": 49}),
    "socket_filter": ("struct __sk_buff *ctx", {"interface": "eth0"}),
    "xdp": ("struct xdp_md *ctx", {"interface": "eth0"}),
    "tc": ("struct __sk_buff *ctx", {"interface": "eth0", "hook": "egress"}),
    "cgroup": ("struct bpf_sock_addr *ctx", {"hook": "connect4", "path": "/sys/fs/cgroup"}),
    "sockops": ("struct bpf_sock_ops *ctx", {"path": "/sys/fs/cgroup"}),
    "sk_skb": ("struct __sk_buff *ctx", {"map": "socks", "hook": "verdict"}),
    "sk_msg": ("struct sk_msg_md *ctx", {"map": "socks"}),
    "sk_lookup": ("struct bpf_sk_lookup *ctx", {"netns": "/proc/self/ns/net"}),
    "flow_dissector": ("struct __sk_buff *ctx", {"netns": "/proc/self/ns/net"}),
    "lwt": ("struct __sk_buff *ctx", "xmit"),
    "tc_action": ("struct __sk_buff *ctx", True),
}
OBJECTS = ("lwt", "tc_action")
OPTIONS = {"pid": {"type": "pid"}, "cpu": {"type": "int", "default": -1}, "queued": None}


def program_of(kind):
    """The least program with a function of the kind."""
    maps = COUNT + ("BPF_SOCKMAP(socks, 16);\n" if kind.startswith("sk_") else "")
    result = "XDP_PASS" if kind == "xdp" else "1" if kind in ("cgroup", "sk_skb", "sk_msg", "sk_lookup") else "0"
    return maps + function(ATTACH[kind][0], result=result)


def attached(kind, value, **keys):
    """The manifest that attaches the function of program_of(kind)."""
    return {"options": OPTIONS, "attach": [{"run": "on_entry", kind: value, **keys}]}


EVENTS = """struct event {
	u32 pid, type, address, length;
	int ret;
	u64 delta_us, ip, ts;
	u64 flags;
	int stack;
	char name[16];
};
BPF_PERF_OUTPUT(events);
BPF_STACK_TRACE(stacks, 1024);

int on_entry(struct pt_regs *ctx)
{
	struct event e = {};

	e.stack = stacks.get_stackid(ctx, 0);
	events.perf_submit(ctx, &e, sizeof(e));
	return 0;
}
"""

RECORDS = """struct open_event {
	u32 type, pid;
	int ret;
};
struct close_event {
	u32 type, pid;
	u64 bytes;
};
BPF_PERF_OUTPUT(events);

int on_entry(struct pt_regs *ctx)
{
	struct open_event opened = {};
	struct close_event closed = {};

	events.perf_submit(ctx, &opened, sizeof(opened));
	events.perf_submit(ctx, &closed, sizeof(closed));
	return 0;
}
"""

TABLE = """struct entry {
	u32 pid, disk;
};
BPF_HASH(starts, u32, u64);
BPF_PERCPU_HASH(counts, struct entry, u64);

int on_entry(struct pt_regs *ctx)
{
	struct entry entry = {};
	u64 one = 1;

	starts.update(&entry.pid, &one);
	counts.update(&entry, &one);
	return 0;
}
"""

HISTOGRAM = """struct slot {
	u64 ip;
	u32 pid, disk;
	int slot;
};
BPF_HISTOGRAM(dist, struct slot);

int on_entry(struct pt_regs *ctx)
{
	struct slot slot = {};

	dist.increment(slot);
	return 0;
}
"""

LINEAR = HISTOGRAM.replace("struct slot slot", "int slot").replace(", struct slot)", ")").replace("= {}", "= 0")

STACKS = """struct entry {
	u32 pid;
	int kernel_stack, user_stack;
	char name[16];
};
BPF_STACK_TRACE(stacks, 1024);
BPF_HASH(counts, struct entry, u64);

int on_entry(struct pt_regs *ctx)
{
	struct entry entry = {};

	entry.kernel_stack = stacks.get_stackid(ctx, 0);
	entry.user_stack = stacks.get_stackid(ctx, BPF_F_USER_STACK);
	counts.increment(entry);
	return 0;
}
"""

SHOWN = {name: None for name in ("timestamp", "folded", "delimited", "annotated", "offset", "disks",
                                 "noclear", "milliseconds")}
SHOWN |= {"rows": {"type": "u32"}, "by": {"type": "string"}}
COUNTED = [{"header": "COUNT", "value": "value"}, {"header": "BYTES", "value": "value"}]
SECTION = {"header": "disk", "value": "key.disk"}
STACKED = {"stacks": "counts", "kernel": "key.kernel_stack"}

# Outputs by kind: the program, and the output that a key is added to.
OUTPUT = {
    "events": (EVENTS, {"events": "events", "columns": [{"header": "PID", "value": "e->pid"}]}),
    "table": (TABLE, {"table": "counts", "columns": COUNTED}),
    "histogram": (HISTOGRAM, {"histogram": "dist", "section": SECTION}),
    "stacks": (STACKS, STACKED),
    "trace": (ENTRY.replace("\treturn", '\tbpf_trace_printk("hit\\n");\n\treturn'), {"trace": True}),
}
# An option that the program asks for with #ifdef, and text that asks.
DEFINE = {"define": "PER_DISK"}
DEFINED = "#if defined(PER_DISK) || defined(PER_DISK_READ)\nstruct disk_key {\n\tu64 slot;\n};\n#endif\n"
# Where a key needs another program.
RECORD_KEYS = ("record", "if")
# What a line of a trace has in the place of members of an event.
LINE = {"type": "cpu", "ret": "pid", "name": "text"}


def repeated(program, name, items):
    """The program with a map for each item in place of the one, as each_of() has them."""
    return re.sub(rf"^(.*)\b{name}\b(.*)$",
                  lambda line: "\n".join(f"{line[1]}{item}_{name}{line[2]}" for item in items), program, flags=re.M)


def each_of(kind, value):
    """The program and the manifest that `each` of an output fits into."""
    program, base = OUTPUT[kind]
    output = {**base, kind: f"{value['name']}_{base[kind]}", "each": value}
    if "number" in value:
        output["columns"] = [{"header": "N", "value": f"value + {value['number']}"}]
    return repeated(program, base[kind], value["in"]), {"attach": [KPROBE], "outputs": [output]}


def output_of(kind, key, value):
    """The program and the manifest that an output's key fits into."""
    if key == "each":
        return each_of(kind, value)
    program, base = OUTPUT[kind]
    if kind == "trace" and key != "trace":
        base = {"trace": True, "columns": [{"header": "PID", "value": "e->pid"}]}
        value = json.loads(re.sub(r"e->(\w+)", lambda word: f"e->{LINE.get(word[1], word[1])}", json.dumps(value)))
    if key == "when" and kind in ("events", "trace"):
        return DEFINED + program, {"options": {"disks": DEFINE}, "attach": [KPROBE], "outputs": [{**base, key: value}]}
    if key in RECORD_KEYS and kind == "events":
        base = {"events": "events", "record": "struct open_event"}
        rest = {"events": "events", "record": "struct close_event"}
        return RECORDS, {"attach": [KPROBE], "outputs": [{**base, "if": "e->type == 2", key: value}, rest]}
    if key == "scale" or key == "buckets":
        program, base = LINEAR, {"histogram": "dist"}
    if key in ("user", "lines"):
        base = {"stacks": "counts"}
    if key == "fold":
        base = {"stacks": "counts", "lines": [{"kernel": "key.kernel_stack"}]}
    return program, {"options": SHOWN, "attach": [KPROBE], "outputs": [{**base, key: value}]}


# What a key of a column needs beside it.
COLUMN = {
    "align": {"width": 10},
    "precision": {"value": "e->delta_us / 1000.0"},
    "prefix": {"of": "skb_drop_reason"},
}
VALUES = {"time": "e->ts", "enum": "e->type", "flags": "e->flags", "string": "e->name", "hexdump": "e->name",
          "ksym": "e->ip", "usym": "e->ip", "stack": "e->stack", "ip4": "e->address", "comm": "e->name",
          "ip6": "e->name", "since_start": "e->ts", "delta": "e->ts"}


def column_of(key, value, kind=None):
    """The program and the manifest that a column's key fits into."""
    kind = value if key == "type" else kind
    column = {"header": "H", "value": VALUES.get(kind, "e->pid"), **COLUMN.get(key, {})}
    if kind:
        column["type"] = kind
    if kind == "usym":
        column["pid"] = "e->pid"
    if kind == "flags" or kind == "enum" and "of" not in (key, *column):
        column["names"] = {"1": "ONE"}
    return EVENTS, {"options": SHOWN, "attach": [KPROBE],
                    "outputs": [{"events": "events", "columns": [{**column, key: value}]}]}


def section_of(key, value):
    """The program and the manifest that a key of a section fits into."""
    section = dict(SECTION)
    if key in ("offset", "module", "pid"):
        section |= {"value": "key.ip", "type": "usym", "pid": "key.pid"}
    return HISTOGRAM, {"attach": [KPROBE], "outputs": [{"histogram": "dist", "section": {**section, key: value}}]}


def text_of(key, value):
    """The program and the manifest with a unit that options choose."""
    unit = {"when": "opt.disks", "then": "blocks", "else": "bytes", key: value}
    return HISTOGRAM, {"options": SHOWN, "attach": [KPROBE], "outputs": [{"histogram": "dist", "unit": unit}]}


# The map that each row of `maps` fills, under the name of its example.
FILLED = {
    "programs": "BPF_PROG_ARRAY(handlers, 4);\n" + function(name="on_read") + function(name="on_write"),
    "perf_event": "BPF_PERF_ARRAY(cycles, 64);\n",
    "cgroups": "BPF_CGROUP_ARRAY(groups, 1);\n",
    "interfaces": "BPF_DEVMAP(ports, 2);\n",
    "cpus": "BPF_CPUMAP(cpus, 2);\n",
    "queue": "BPF_CPUMAP(cpus, 2);\n",
    "maps": 'BPF_ARRAY(inner, u64, 1);\nBPF_HASH_OF_MAPS(outer, u32, "inner", 4);\n',
    "preset": "BPF_HASH(limits, u32, u64);\nBPF_HASH(ports, u16, u64);\n"
              "struct names {\n\tchar name[16];\n\tchar last[16];\n};\nBPF_HASH(names, u32, struct names);\n",
    "entries": "",
    "buffer": "struct event {\n\tu32 pid;\n};\nBPF_PERF_OUTPUT(events);\n" + function(name="on_event").replace(
        "hits.atomic_increment(0)", "struct event e = {};\n\tevents.perf_submit(ctx, &e, sizeof(e))"),
}
FILLING = {"pid": {"type": "pid"}, "ports": {"type": "port", "list": 16}, "size": {"type": "u32", "default": 64},
           "cgroup": {"type": "string", "size": 256}, "to": {"type": "string", "size": 16},
           "name": {"type": "string", "size": 16}}


def map_of(key, maps):
    """The program and the manifest that an example of `maps` fits into."""
    program = COUNT + FILLED[key] + function()
    return program, {"options": FILLING, "attach": [KPROBE], "maps": maps}


# What calls of expressions get for the names of their arguments.
ARGUMENTS = {"EXPRESSION": "value", "part": "value", "whole": "100", "sum": "value", "count": "2", "number": "value"}


def calls_of(texts):
    """A table with a column for each call that expressions may have."""
    columns = [{"header": text.split("(")[0],
                "value": re.sub(r"\b[a-zA-Z]+\b(?!\()", lambda word: ARGUMENTS[word.group()], text)} for text in texts]
    return TABLE, {"attach": [KPROBE], "outputs": [{"table": "counts", "percpu": "list", "columns": columns}]}


OPTION = {"default": {"type": "u32"}, "size": {"type": "string"}, "list": {"type": "port"},
          "sets": {"type": "u32"}, "choices": {"type": "choice"}}
