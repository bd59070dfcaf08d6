# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The functions that a kernel and its modules have beyond the kernel's BTF, for regenerate.py.

One line `NAME`, `NAME MODULE` or `NAME -`, sorted. BTF lacks the copies that the compiler made
(.isra, .constprop, .part), functions with several prototypes under one name, assembly and all
modules; a name of several modules stands once, with the first. `-`: BTF has the name, but only a
copy or nothing is left of the function. Left out is what no probe can be on: code that is
discarded after boot, entry code and what kprobes refuse by section, trampolines and paddings.
"""

import re
import struct

ABSENT = "-"
NAME = re.compile(r"[A-Za-z_]\w*(\.(isra|constprop|part|llvm)\.\d+)*", re.ASCII)
UNWANTED = re.compile(r"__pfx_|__cfi_|__SC[TK]__|__kvm_nvhe_|__initcall_|__ksymtab_|__kstrtab"
                      r"|__x86_(indirect|return)_|_[se]text$|__\w+_text_(start|end)$")
MODULE_SECTION = re.compile(r"\.(text|ref\.text|sched\.text|spinlock\.text)")
HIDDEN_SECTIONS = ["noinstr_text", "entry_text", "kprobes_text", "static_call_text", "hyp_text",
                   "hyp_idmap_text", "idmap_text"]
BTF_FUNC = 12
# How many bytes follow the head of a BTF type, by kind: fixed, and for each of its members.
BTF_FIXED = {1: 4, 3: 12, 14: 4, 17: 4}
BTF_EACH = {4: 12, 5: 12, 6: 8, 13: 8, 15: 12, 19: 12}
ELF_SYMTAB = 2
ELF_FUNC = 2
ELF_SYMBOL = struct.Struct("<IBBHQQ")
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


def kernel_functions(kallsyms):
    """(all, wanted): the names of text symbols, and those of them that can be probed."""
    symbols = [(int(address, 16), kind, name)
               for address, kind, name in map(str.split, kallsyms.splitlines())]
    where = {name: address for address, _, name in symbols}
    hidden = [(where[f"__{name}_start"], where[f"__{name}_end"]) for name in HIDDEN_SECTIONS
              if f"__{name}_start" in where]
    text = {(address, name) for address, kind, name in symbols if kind in "tTwW"}
    wanted = {name for address, name in text
              if where["_stext"] <= address < where["_etext"] and is_wanted(name)
              and not any(start <= address < end for start, end in hidden)}
    return {name for _, name in text}, wanted


def module_functions(data):
    """The names of the functions of a module's ELF file that can be probed."""
    at, = struct.unpack_from("<Q", data, 40)
    size, number, names = struct.unpack_from("<HHH", data, 58)
    sections = [ELF_SECTION.unpack_from(data, at + i * size) for i in range(number)]
    text = {i for i, section in enumerate(sections)
            if MODULE_SECTION.match(string_at(data, sections[names][4] + section[0]))}
    for section in sections:
        if section[1] != ELF_SYMTAB:
            continue
        table = data[section[4]:section[4] + section[5]]
        for name, info, _, index, _, _ in ELF_SYMBOL.iter_unpack(table):
            if info & 15 == ELF_FUNC and index in text:
                yield string_at(data, sections[section[6]][4] + name)


def functions_text(btf, kallsyms, modules):
    """The list of a kernel; `modules` are pairs of a name and the content of an ELF file."""
    known = btf_functions(btf)
    present, wanted = kernel_functions(kallsyms)
    owners = {name: ABSENT for name in known - present}
    for module, data in sorted(modules):
        for name in filter(is_wanted, module_functions(data)):
            if name not in present and owners.get(name, ABSENT) == ABSENT:
                owners[name] = module
    owners.update(dict.fromkeys(wanted - known, ""))
    return "".join(f"{name} {owner}".rstrip() + "\n" for name, owner in sorted(owners.items()))
