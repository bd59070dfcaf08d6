# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a kernel would answer to the questions of a bcc script: functions, struct members, tracepoints.

The command writes what its data has as lines (translator/kernel_facts.c).
"""

import dataclasses
import hashlib
import re

# What a machine calls itself, and its prefix of system calls.
MACHINES = {"x86_64": ("x86_64", "__x64_sys_"), "arm64": ("aarch64", "__arm64_sys_")}

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
    moved: list = ()            # (record, paths to the same member of it), of all kernels

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


def read(path):
    """The Facts of every kernel in a file of the command, oldest first."""
    kernels, moved = [], []
    with open(path, encoding="ascii") as file:
        for line in file:
            word, _, rest = line.rstrip("\n").partition(" ")
            if word == "kernel":
                kernels.append((rest, [], {}, [], moved))
            elif word == "function":
                kernels[-1][1].append(rest)
            elif word == "record":
                tag, *members = rest.split(" ")
                kernels[-1][2][tag] = members
            elif word == "tracepoint":
                kernels[-1][3].append(rest.replace("/", ":"))
            elif word == "moved":
                record, *paths = rest.split(" ")
                moved.append((record, paths))
    return [Facts(*kernel) for kernel in kernels]
