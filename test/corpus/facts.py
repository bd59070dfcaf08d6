# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a kernel would answer to the questions of a bcc script: functions, struct members, tracepoints.

Read by record.py from data/btf, data/functions and data/tracepoints; the digest is kept as JSON in
$B2C_CACHE or ~/.cache/bcc2core, under a name that changes with the data.
"""

import dataclasses
import functools
import hashlib
import json
import lzma
import os
import pathlib
import re
import struct

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
KERNELS = ("5.10-x86_64", "6.1-x86_64", "6.12-x86_64", "7.2-x86_64", "6.1-arm64")
# What a machine calls itself, and its prefix of system calls.
MACHINES = {"x86_64": ("x86_64", "__x64_sys_"), "arm64": ("aarch64", "__arm64_sys_")}

KIND_STRUCT, KIND_UNION, KIND_FUNC = 4, 5, 12
# Bytes behind the 12 of a type: once, and for each of its members.
EXTRA = {1: (4, 0), 3: (12, 0), 4: (0, 12), 5: (0, 12), 6: (0, 8), 13: (0, 8), 14: (4, 0),
         15: (0, 12), 17: (4, 0), 19: (0, 12)}

# Symbols that scripts look for and BTF does not list, or not of every kernel. All test kernels have them.
DATA_SYMBOLS = ("bpf_get_raw_tracepoint", "_stext", "vm_zone_stat", "bpf_trace_modules",
                "ext4_file_operations", "btrfs_file_operations", "f2fs_file_operations")
FIRST_ADDRESS = 0xffffffff81000000


@dataclasses.dataclass
class Facts:
    """The answers of one kernel."""
    name: str
    functions: list
    structs: dict
    tracepoints: list

    def __post_init__(self):
        version, _, self.arch = self.name.partition("-")
        self.release = version + ".0"
        self.machine, self.syscall_prefix = MACHINES[self.arch]
        heads = (name.partition(":sys_enter_") for name in self.tracepoints)
        syscalls = [self.syscall_prefix + name for head, _, name in heads
                    if head == "syscalls" and name]
        self.functions = sorted({*self.functions, *syscalls})
        # Data first: an address that a script pastes is the same for every kernel.
        symbols = [*DATA_SYMBOLS, *self.functions]
        self.addresses = {name: FIRST_ADDRESS + 64 * i for i, name in enumerate(symbols)}
        self.has_tracepoint = set(self.tracepoints)
        self.answers = {}

    def ask(self, question, *args):
        """(answer, its fingerprint) of one of the questions below."""
        key = (question, *args)
        if key not in self.answers:
            answer = getattr(self, question)(*args)
            mark = hashlib.sha256(repr(answer).encode("utf-8", "surrogateescape")).hexdigest()[:16]
            self.answers[key] = answer, mark
        return self.answers[key]

    def agrees(self, asked):
        """Whether this kernel gives the same answers; `asked` is a list of [question, arguments,
        fingerprint]. What a script does depends on nothing else."""
        return all(self.ask(question, *args)[1] == mark for question, args, mark in asked)

    # Questions.

    def matching(self, pattern):
        """Functions that a pattern matches as a whole, as bcc has it."""
        if not re.search(r"[^\w]", pattern):
            return [pattern] if pattern in self.addresses else []
        return [name for name in self.functions if re.fullmatch(pattern, name)]

    def address(self, name):
        """Of a symbol; -1 without one."""
        return self.addresses.get(name, -1)

    def event(self, name):
        """Whether there is a tracepoint, by category:event."""
        return name in self.has_tracepoint

    def events(self, pattern):
        """Tracepoints that a pattern matches from their start."""
        return [name for name in self.tracepoints if re.match(pattern, name)]

    def raw_event(self, name):
        """Whether there is a tracepoint of this name in any category."""
        return any(one.endswith(f":{name}") for one in self.tracepoints)

    def member(self, struct_name, name):
        """1 or 0: whether a struct has the member; -1: there is no such struct."""
        fields = self.structs.get(struct_name)
        return -1 if fields is None else int(name in fields)

    def uname(self):
        return self.release, self.machine

    def prefix(self):
        """Of the functions of system calls."""
        return self.syscall_prefix

    def kallsyms(self):
        return "".join(f"{address:016x} T {name}\n" for name, address in self.addresses.items())


def cache_dir():
    """The project's cache folder for the corpus; made if absent."""
    base = os.environ.get("B2C_CACHE") or pathlib.Path.home() / ".cache" / "bcc2core"
    path = pathlib.Path(base) / "corpus"
    path.mkdir(parents=True, exist_ok=True)
    return path


def parse_btf(data):
    """(names of functions, {struct or union: names of its members}) of a BTF blob."""
    header, types, types_size, strings, strings_size = struct.unpack_from("<IIIII", data, 4)
    text = data[header + strings:header + strings + strings_size]

    def name(offset):
        return text[offset:text.index(b"\0", offset)].decode()

    functions, structs = set(), {}
    at, end = header + types, header + types + types_size
    while at < end:
        name_at, info, _ = struct.unpack_from("<III", data, at)
        kind, members = info >> 24 & 0x1f, info & 0xffff
        fixed, each = EXTRA.get(kind, (0, 0))
        at += 12
        if kind == KIND_FUNC:
            functions.add(name(name_at))
        elif kind in (KIND_STRUCT, KIND_UNION) and name_at:
            offsets = [struct.unpack_from("<I", data, at + 12 * i)[0] for i in range(members)]
            structs[name(name_at)] = [name(offset) for offset in offsets if offset]
        at += fixed + each * members
    return sorted(functions), structs


def corrected(functions, lines):
    """BTF's functions with those that it lacks and without those that can't be probed, of the
    lines of data/functions. Functions of modules are there as if all were loaded."""
    words = [line.split() for line in lines]
    absent = {word[0] for word in words if word[1:] == ["-"]}
    return sorted({*functions, *(word[0] for word in words)} - absent)


@functools.cache
def load(name):
    """The Facts of a kernel of KERNELS."""
    btf = (DATA / "btf" / f"{name}.btf.xz").read_bytes()
    events = (DATA / "tracepoints" / f"{name}.txt.xz").read_bytes()
    more = (DATA / "functions" / f"{name}.txt.xz").read_bytes()
    code = pathlib.Path(__file__).read_bytes()
    digest = hashlib.sha256(btf + events + more + code).hexdigest()[:16]
    path = cache_dir() / f"facts-{name}-{digest}.json"
    if not path.exists():
        functions, structs = parse_btf(lzma.decompress(btf))
        functions = corrected(functions, lzma.decompress(more).decode().splitlines())
        heads = re.findall(r"^## (.+)/(.+)$", lzma.decompress(events).decode(), re.MULTILINE)
        facts = [functions, structs, [f"{category}:{event}" for category, event in heads]]
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(facts), encoding="utf-8")
        temporary.replace(path)
    return Facts(name, *json.loads(path.read_text(encoding="utf-8")))
