# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A stand-in for the `bcc` package that records what a script would load and attach.

It is written from bcc's public API. Host questions are answered from the facts of one kernel
(recorder.state); the first wait ends the script. Modules of pure Python that make text or tables
(containers, syscall, tcp, utils) are those of words/, or of the package in $B2C_BCC_MODULES.
"""

import os
import re

__path__.append(os.environ.get("B2C_BCC_MODULES") or f"{__path__[0]}/words")

from . import perf  # noqa: E402
from .libbcc import lib  # noqa: E402
from .perf import Perf, PerfEventSampleFormat, PerfHWConfig, PerfSWConfig, PerfType  # noqa: E402
from .recorder import Program, state, text_of  # noqa: E402
from .table import Table  # noqa: E402
from .usdt import USDT, USDTException  # noqa: E402
from .utils import ArgString, StrcmpRewrite, printb  # noqa: E402

__version__ = "0.0.0-standin"

# Positional arguments of the methods that attach, in the API's order.
SIGNATURES = {
    "kprobe": ("event", "event_off", "fn_name", "event_re"),
    "kretprobe": ("event", "fn_name", "event_re", "maxactive"),
    "uprobe": ("name", "sym", "sym_re", "addr", "fn_name", "pid", "sym_off"),
    "uretprobe": ("name", "sym", "sym_re", "addr", "fn_name", "pid"),
    "tracepoint": ("tp", "tp_re", "fn_name"),
    "raw_tracepoint": ("tp", "fn_name"),
    "kfunc": ("fn_name",),
    "kretfunc": ("fn_name",),
    "lsm": ("fn_name",),
    "perf_event": ("ev_type", "ev_config", "fn_name", "sample_period", "sample_freq", "pid", "cpu",
                   "group_fd"),
    "perf_event_raw": ("attr", "fn_name", "pid", "cpu", "group_fd"),
}
SYSCALL_PREFIXES = ("__x64_sys_", "__arm64_sys_", "__se_sys_", "sys_")
# Functions that attach themselves by name.
AUTOLOAD = re.compile(r"\b(kprobe|kretprobe)__(\w+)\s*\(")
# A program that only asks whether a struct has a member.
TRIAL = re.compile(r"^\w[\w ]*\bdummy\(struct (\w+) \*(\w+)\)\s*\{\s*return \2->(\w+);\s*\}",
                   re.MULTILINE)


class BPFAttachType:
    """Numbers that attach_func takes, which is refused."""
    CGROUP_SOCK_OPS, SK_SKB_STREAM_PARSER, SK_SKB_STREAM_VERDICT, CGROUP_DEVICE = range(3, 7)
    CGROUP_INET_INGRESS, CGROUP_INET_EGRESS, CGROUP_INET_SOCK_CREATE = range(3)
    SK_MSG_VERDICT = 7


class Function:
    """What load_func returns."""

    def __init__(self, bpf, name, kind):
        self.bpf, self.name, self.kind, self.fd = bpf, name, kind, -1

    @property
    def sock(self):
        """The socket of attach_raw_socket."""
        state.refuse("it reads packets from the socket of attach_raw_socket(), which no tool does: send "
                     "what is to be shown through a perf or ring buffer of the program")


def arguments(kind, args, kwargs):
    """The arguments of an attach by name, without those left at nothing."""
    given = {**dict(zip(SIGNATURES[kind], args)), **kwargs}
    return {name: text_of(value) if isinstance(value, (str, bytes, ArgString)) else value
            for name, value in given.items() if value not in (None, "", b"", 0, -1) or
            name in ("ev_type", "ev_config")}


def source(path):
    """The text of a file that is in the working directory or beside the script."""
    if not os.path.isfile(text_of(path)):
        raise Exception(f"Could not find file {text_of(path)}")
    with open(text_of(path), encoding="utf-8") as file:
        return file.read()


class BPF:
    """Records the text, the flags and every attach."""
    (SOCKET_FILTER, KPROBE, SCHED_CLS, SCHED_ACT, TRACEPOINT, XDP, PERF_EVENT, CGROUP_SKB,
     CGROUP_SOCK, LWT_IN, LWT_OUT, LWT_XMIT, SOCK_OPS, SK_SKB, CGROUP_DEVICE, SK_MSG,
     RAW_TRACEPOINT, CGROUP_SOCK_ADDR) = range(1, 19)
    CGROUP_SOCKOPT, TRACING, LSM = 25, 26, 29
    (XDP_FLAGS_UPDATE_IF_NOEXIST, XDP_FLAGS_SKB_MODE, XDP_FLAGS_DRV_MODE, XDP_FLAGS_HW_MODE,
     XDP_FLAGS_REPLACE) = (1 << bit for bit in range(5))
    XDP_ABORTED, XDP_DROP, XDP_PASS, XDP_TX, XDP_REDIRECT = range(5)

    def __init__(self, src_file=b"", hdr_file=b"", text=None, debug=0, **options):
        if src_file and hdr_file:
            source(hdr_file)
        if text is None:
            text = source(src_file)
        self.debug, self.module = debug, None
        self.program = Program(text_of(text),
                               [text_of(flag) for flag in options.get("cflags") or ()],
                               text if isinstance(text, str) else text_of(text))
        self.program.line = state.line()
        for line, attach in (one for usdt in options.get("usdt_contexts") or ()
                             for one in usdt.attaches):
            self.program.attach(line, **attach)
        self.tables, self.funcs = {}, {}
        self.kprobe_fds, self.uprobe_fds, self.tracepoint_fds, self.perf_buffers = {}, {}, {}, {}
        self.raw_tracepoint_fds, self.open_perf_events = {}, {}
        self.program.asked = len(state.asked)
        state.programs.append(self.program)
        trial = TRIAL.search(self.program.text)
        self.program.trial = bool(trial) or not self.program.text.strip()
        if trial and not self.kernel_struct_has_field(trial.group(1), trial.group(3)):
            raise Exception("Failed to compile BPF text")
        for kind, event in AUTOLOAD.findall(self.program.text):
            self.kprobe_fds[f"{kind} {event}"] = {}

    # Maps and functions.

    def get_table(self, name, keytype=None, leaftype=None, reducer=None):
        name = text_of(name)
        if not re.search(rf"\b{re.escape(name)}\b", self.program.text):
            raise KeyError(name)
        return self.tables.setdefault(name, Table(name))

    __getitem__ = get_table

    def load_func(self, func_name, prog_type, device=None, attach_type=-1):
        name = text_of(func_name)
        self.program.loads.append({"fn": name, "type": prog_type, "attach_type": attach_type})
        return Function(self, name, prog_type)

    def load_funcs(self, prog_type=KPROBE):
        return []

    def add_module(self, modname):
        """Only names symbols."""

    # Attaching.

    def _attach(self, kind, args, kwargs):
        given = arguments(kind, args, kwargs)
        given["fn"] = given.pop("fn_name", "")
        self.program.attach(state.line(), kind=kind, **given)
        return given

    def _lacks(self, what):
        """The kernel has not what the last attach is for."""
        self.program.attaches[-1]["lacking"] = True
        state.lacks(what)

    def _probe(self, kind, args, kwargs):
        given = self._attach(kind, args, kwargs)
        pattern, event = given.get("event_re"), given.get("event", "")
        if pattern:
            found = state.ask("matching", pattern)
        else:
            found = [event] if state.ask("address", event) != -1 else []
        if not found:
            self._lacks(f"function '{pattern or event}'")
        for name in found or [event]:
            self.kprobe_fds[f"{kind} {name}"] = {given["fn"]: -1}
        return self

    def attach_kprobe(self, *args, **kwargs):
        return self._probe("kprobe", args, kwargs)

    def attach_kretprobe(self, *args, **kwargs):
        return self._probe("kretprobe", args, kwargs)

    def attach_uprobe(self, *args, **kwargs):
        given = self._attach("uprobe", args, kwargs)
        self.uprobe_fds[str(given)] = -1
        return self

    def attach_uretprobe(self, *args, **kwargs):
        given = self._attach("uretprobe", args, kwargs)
        self.uprobe_fds[str(given)] = -1
        return self

    def attach_tracepoint(self, *args, **kwargs):
        given = self._attach("tracepoint", args, kwargs)
        pattern, name = given.get("tp_re"), given.get("tp", "")
        found = self.get_tracepoints(pattern) if pattern else [name]
        for event in found:
            self.tracepoint_fds[event] = -1
        if not found or (name and not state.ask("event", name)):
            self._lacks(f"tracepoint '{pattern or name}'")
        return self

    def attach_raw_tracepoint(self, *args, **kwargs):
        given = self._attach("raw_tracepoint", args, kwargs)
        if not state.ask("raw_event", given["tp"]):
            self._lacks(f"tracepoint '{given['tp']}'")
        return self

    def attach_kfunc(self, *args, **kwargs):
        self._attach("kfunc", args, kwargs)
        return self

    def attach_kretfunc(self, *args, **kwargs):
        self._attach("kretfunc", args, kwargs)
        return self

    def attach_lsm(self, *args, **kwargs):
        self._attach("lsm", args, kwargs)
        return self

    def attach_perf_event(self, *args, **kwargs):
        self._attach("perf_event", args, kwargs)

    def attach_perf_event_raw(self, *args, **kwargs):
        self._attach("perf_event_raw", args, kwargs)

    @staticmethod
    def attach_raw_socket(fn, dev):
        fn.bpf.program.attach(state.line(), kind="socket_filter", fn=fn.name, dev=text_of(dev))

    @staticmethod
    def attach_xdp(dev, fn, flags=0):
        fn.bpf.program.attach(state.line(), kind="xdp", fn=fn.name, dev=text_of(dev), flags=flags)

    @staticmethod
    def attach_func(fn, *_args, **_kwargs):
        state.refuse(f"it attaches '{fn.name}' by the descriptor of a cgroup or map, which a manifest "
                     "names: say there 'sockops: {path: CGROUP}', 'cgroup: {path: CGROUP, hook: HOOK}' "
                     "or 'sk_msg: {map: NAME}'")

    def _nothing(self, *_args, **_kwargs):
        return None

    detach_kprobe = detach_kretprobe = detach_uprobe = detach_uretprobe = _nothing
    detach_tracepoint = detach_raw_tracepoint = detach_perf_event = _nothing
    detach_kfunc = detach_kretfunc = detach_func = remove_xdp = cleanup = close = _nothing
    donothing = free_bcc_memory = _nothing

    def num_open_kprobes(self):
        return len(self.kprobe_fds)

    def num_open_uprobes(self):
        return len(self.uprobe_fds)

    def num_open_tracepoints(self):
        return len(self.tracepoint_fds)

    # Questions about the kernel.

    @staticmethod
    def get_kprobe_functions(event_re):
        return [name.encode() for name in state.ask("matching", text_of(event_re))]

    @staticmethod
    def get_probe_limit():
        return 1000

    @staticmethod
    def tracepoint_exists(category, event):
        return state.ask("event", f"{text_of(category)}:{text_of(event)}")

    @staticmethod
    def get_tracepoints(tp_re):
        return [name.encode() for name in state.ask("events", text_of(tp_re))]

    @staticmethod
    def kernel_struct_has_field(struct_name, field_name):
        return state.ask("member", text_of(struct_name), text_of(field_name))

    @staticmethod
    def ksymname(name):
        return state.ask("address", text_of(name))

    @staticmethod
    def support_kfunc():
        return BPF.ksymname("bpf_trampoline_link_prog") != -1

    support_fmodret = support_kfunc

    @staticmethod
    def support_lsm():
        return BPF.ksymname("bpf_lsm_bpf") != -1

    @staticmethod
    def support_raw_tracepoint():
        return BPF.ksymname("bpf_get_raw_tracepoint") != -1

    @staticmethod
    def support_raw_tracepoint_in_module():
        return BPF.ksymname("bpf_trace_modules") != -1

    def get_syscall_prefix(self):
        return state.ask("prefix").encode()

    def get_syscall_fnname(self, name):
        return self.get_syscall_prefix() + text_of(name).encode()

    def fix_syscall_fnname(self, name):
        name = text_of(name)
        for prefix in SYSCALL_PREFIXES:
            if name.startswith(prefix):
                return self.get_syscall_fnname(name[len(prefix):])
        return name.encode()

    # Questions about programs of the host: it has whatever a script asks for.

    @staticmethod
    def find_library(libname):
        name = text_of(libname)
        if "/" in name:
            return None
        return f"/usr/lib/x86_64-linux-gnu/lib{name}.so.6".encode() if name else None

    @staticmethod
    def find_exe(bin_path):
        name = text_of(bin_path)
        return name.encode() if "/" in name else f"/usr/bin/{name}".encode()

    @staticmethod
    def get_user_functions_and_addresses(name, sym_re):
        """One function that the pattern matches, at a made-up address."""
        pattern = text_of(sym_re)
        symbol = re.sub(r"\\w[+*]?|\.[+*]?|[\^$()]", lambda m: "x" if m[0][0] in "\\." else "",
                        pattern)
        return [(symbol.encode(), 0x1000)] if re.match(pattern, symbol) else []

    @staticmethod
    def get_user_functions(name, sym_re):
        return [pair[0] for pair in BPF.get_user_functions_and_addresses(name, sym_re)]

    @staticmethod
    def get_user_addresses(name, sym_re):
        return [pair[1] for pair in BPF.get_user_functions_and_addresses(name, sym_re)]

    @staticmethod
    def generate_auto_includes(program_words):
        """Headers for words that occur in any of the given strings."""
        headers = {"linux/time.h": ["time"], "linux/fs.h": ["fs", "file"],
                   "linux/blkdev.h": ["bio", "request"], "linux/slab.h": ["alloc"],
                   "linux/netdevice.h": ["sk_buff", "net_device"]}
        return "".join(f"#include <{header}>\n" for header, words in headers.items()
                       if any(key in word for key in words for word in program_words))

    @staticmethod
    def monotonic_time():
        return 0

    @staticmethod
    def sym(addr, pid, show_module=False, show_offset=False, demangle=True):
        return b"[unknown]"

    @staticmethod
    def ksym(addr, show_module=False, show_offset=False):
        return b"[unknown]"

    # Waits.

    perf_buffer_poll = perf_buffer_consume = kprobe_poll = state.stop
    ring_buffer_poll = ring_buffer_consume = state.stop
    trace_print = trace_open = trace_fields = trace_readline = state.stop


