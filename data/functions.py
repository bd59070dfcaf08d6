# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The functions that a kernel and its modules have beyond the kernel's BTF, for regenerate.py.

One line `NAME`, `NAME MODULE` or `NAME -`, sorted. BTF lacks the copies that the compiler made
(.isra, .constprop, .part), functions with several prototypes under one name and all modules; a
name of several modules stands once, with the first. `-`: BTF has the name, but only a copy or
nothing is left of the function. Left out is what the kernel refuses a kprobe on: without
CONFIG_KPROBE_EVENTS_ON_NOTRACE that is every function that has no call of ftrace (assembly, most
of what a tracepoint brings), and one that shares its name with another of the kernel.
"""

import bisect
import collections
import re
import struct

ABSENT = "-"
NAME = re.compile(r"[A-Za-z_]\w*(\.(isra|constprop|part|llvm)\.\d+)*", re.ASCII)
UNWANTED = re.compile(r"__pfx_|__cfi_|__SC[TK]__|__initcall_|__ksymtab_|__kstrtab"
                      r"|_[se]?text$|__\w+_text_(start|end)$")
MODULE_SECTION = re.compile(r"\.(text|ref\.text|sched\.text|spinlock\.text)")
HIDDEN_SECTIONS = ["noinstr_text", "entry_text", "kprobes_text", "static_call_text"]
# Where a module lists the calls of ftrace, and how far one is from its function's start.
TRACE_SECTIONS = ("__mcount_loc", "__patchable_function_entries")
TRACE_BEFORE = 8
TRACE_WITHIN = 16
BTF_FUNC = 12
# How many bytes follow the head of a BTF type, by kind: fixed, and for each of its members.
BTF_FIXED = {1: 4, 3: 12, 14: 4, 17: 4}
BTF_EACH = {4: 12, 5: 12, 6: 8, 13: 8, 15: 12, 19: 12}
ELF_SYMTAB = 2
ELF_RELA = 4
ELF_FUNC = 2
ELF_SYMBOL = struct.Struct("<IBBHQQ")
ELF_RELOCATION = struct.Struct("<QIIq")
ELF_SECTION = struct.Struct("<IIQQQQIIQQ")


def string_at(data, offset):
    return data[offset:data.index(b"\0", offset)].decode()


def is_wanted(name):
    return NAME.fullmatch(name) and not UNWANTED.match(name)


def btf_functions(data):
    """The names of all FUNCs of raw BTF."""
    head, at, size, strings = struct.unpack_from("<IIII", data, 4)
    at += head
    end, names = at + size, set()
    while at < end:
        name, info = struct.unpack_from("<II", data, at)
        kind = info >> 24 & 31
        if kind == BTF_FUNC:
            names.add(string_at(data, head + strings + name))
        at += 12 + BTF_FIXED.get(kind, 0) + BTF_EACH.get(kind, 0) * (info & 0xffff)
    return names


def kernel_functions(kallsyms, traceable):
    """(all, wanted): the names of text symbols, and those of them that can be probed."""
    symbols = [(int(address, 16), kind, name)
               for address, kind, name in map(str.split, kallsyms.splitlines())]
    where = {name: address for address, _, name in symbols}
    hidden = [(where[f"__{name}_start"], where[f"__{name}_end"]) for name in HIDDEN_SECTIONS
              if f"__{name}_start" in where]
    hidden.append((where["_sinittext"], where["_einittext"]))
    text = [(address, name) for address, kind, name in symbols if kind in "tTwW"]
    number = collections.Counter(name for _, name in text)
    # An address is listed under one of its names.
    traced = {address for address, name in text if name in traceable}
    wanted = {name for address, name in text
              if address in traced and number[name] == 1 and is_wanted(name)
              and not any(start <= address < end for start, end in hidden)}
    return set(number), wanted


class Module:
    """A module's ELF file, as far as its functions go."""

    def __init__(self, data):
        at, = struct.unpack_from("<Q", data, 40)
        size, number, names = struct.unpack_from("<HHH", data, 58)
        self.data = data
        self.sections = [ELF_SECTION.unpack_from(data, at + i * size) for i in range(number)]
        strings = self.sections[names][4]
        self.names = [string_at(data, strings + section[0]) for section in self.sections]
        self.symtab = next(s for s in self.sections if s[1] == ELF_SYMTAB)
        self.symbols = list(ELF_SYMBOL.iter_unpack(self.content(self.symtab)))

    def content(self, section):
        return self.data[section[4]:section[4] + section[5]]

    def traced(self):
        """Where ftrace is called: sorted pairs of a section's index and an offset."""
        places = []
        for section in self.sections:
            if section[1] != ELF_RELA or self.names[section[7]] not in TRACE_SECTIONS:
                continue
            for _, _, symbol, addend in ELF_RELOCATION.iter_unpack(self.content(section)):
                _, _, _, index, value, _ = self.symbols[symbol]
                places.append((index, value + addend))
        return sorted(places)

    def functions(self):
        """The names of the functions that can be probed."""
        text = {i for i, name in enumerate(self.names) if MODULE_SECTION.match(name)}
        strings, places = self.sections[self.symtab[6]][4], self.traced()
        for name, info, _, index, value, _ in self.symbols:
            if info & 15 != ELF_FUNC or index not in text:
                continue
            at = bisect.bisect_left(places, (index, value - TRACE_BEFORE))
            if at < len(places) and places[at] < (index, value + TRACE_WITHIN):
                yield string_at(self.data, strings + name)


def functions_text(btf, kernel, modules):
    """The list of a kernel. `kernel` is what kernel_functions returned; `modules` are pairs of a
    name and the content of an ELF file."""
    known = btf_functions(btf)
    present, wanted = kernel
    owners = {name: ABSENT for name in known - present}
    for module, data in sorted(modules):
        for name in filter(is_wanted, Module(data).functions()):
            if name not in present and owners.get(name, ABSENT) == ABSENT:
                owners[name] = module
    owners.update(dict.fromkeys(wanted - known, ""))
    return "".join(f"{name} {owner}".rstrip() + "\n" for name, owner in sorted(owners.items()))
