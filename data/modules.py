# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Types that only modules have, added to the kernel's BTF for regenerate.py.

A module's BTF is split: its types and strings count on from the kernel's, which it refers to. Added
is every named record, enum and typedef that the kernel's BTF lacks, with what it needs; of several
modules' the first. Left out are functions, and the records of tracepoints: a program reads those
where the formats say, also on kernels whose modules have no BTF.
"""

import dataclasses
import struct

import functions

# Modules whose types programs name. A kernel may lack some, or have them without BTF.
MODULES = ["ib_core", "rdma_cm", "rdma_ucm", "kvm", "sunrpc", "nfs", "nfsv4", "xfs", "btrfs",
           "nf_conntrack", "nf_tables"]

HEADER = struct.Struct("<HBBIIIII")
TYPE = struct.Struct("<III")
WORD = struct.Struct("<I")
PTR, ARRAY, STRUCT, UNION, ENUM, FWD, TYPEDEF = 2, 3, 4, 5, 6, 7, 8
VOLATILE, CONST, RESTRICT, FUNC_PROTO, TYPE_TAG, ENUM64 = 9, 10, 11, 13, 18, 19
NAMED = (STRUCT, UNION, ENUM, TYPEDEF, ENUM64)
UNION_FLAG = 1 << 31
# Kinds whose third word is a type.
REFERRING = (PTR, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC_PROTO, TYPE_TAG)
# Words behind the three of a type that are types or names: (of the whole, of each member).
TYPES_AT = {ARRAY: ((0, 1), ()), STRUCT: ((), (1,)), UNION: ((), (1,)), FUNC_PROTO: ((), (1,))}
NAMES_AT = {STRUCT: (0,), UNION: (0,), ENUM: (0,), FUNC_PROTO: (0,), ENUM64: (0,)}
UNWANTED = ("trace_event_", "btf_trace_", "bpf_raw_event_map", "bpf_trace_")


@dataclasses.dataclass
class Type:
    """One type; `words` are those behind the first three, `each` of them a member's."""
    name: str
    info: int
    third: int
    words: list

    @property
    def kind(self):
        return self.info >> 24 & 31

    @property
    def each(self):
        return functions.BTF_EACH.get(self.kind, 0) // WORD.size

    @property
    def fixed(self):
        return len(self.words) - self.each * (self.info & 0xffff)

    def places(self):
        """Indices in `words` of types, and of names."""
        fixed, member = TYPES_AT.get(self.kind, ((), ()))
        starts = range(self.fixed, len(self.words), self.each or 1)
        types = [*fixed, *(start + at for start in starts for at in member)]
        names = [start + at for start in starts for at in NAMES_AT.get(self.kind, ())]
        return types, names


@dataclasses.dataclass
class Btf:
    """Types by number, and strings from offset `base_size` on; those before are `base`'s."""
    types: dict
    strings: bytes
    base_size: int = 0
    base: object = None

    def string(self, offset):
        if offset < self.base_size:
            return self.base.string(offset)
        return functions.string_at(self.strings, offset - self.base_size)


def parse(data, base=None):
    """The types of raw BTF, of a module's with the kernel's for base."""
    head, types, types_size, strings, strings_size = HEADER.unpack_from(data)[3:]
    btf = Btf({}, data[head + strings:head + strings + strings_size],
              len(base.strings) if base else 0, base)
    at, end = head + types, head + types + types_size
    number = len(base.types) + 1 if base else 1
    while at < end:
        name, info, third = TYPE.unpack_from(data, at)
        kind = info >> 24 & 31
        size = functions.BTF_FIXED.get(kind, 0) + \
            functions.BTF_EACH.get(kind, 0) * (info & 0xffff)
        at += TYPE.size
        words = list(struct.unpack_from(f"<{size // WORD.size}I", data, at))
        btf.types[number] = Type(btf.string(name), info, third, words)
        at, number = at + size, number + 1
    return btf


class Merged:
    """The kernel's BTF as it grows."""

    def __init__(self, data):
        self.data = data
        self.base = parse(data)
        self.known = {}
        for number, one in self.base.types.items():
            if one.name and one.kind in NAMED:
                self.known.setdefault((one.kind, one.name), number)
        self.next = len(self.base.types) + 1
        self.types, self.strings, self.offsets = [], bytearray(), {}
        at = 0
        for text in self.base.strings.decode().split("\0"):
            self.offsets.setdefault(text, at)
            at += len(text) + 1

    def offset(self, text):
        """Of a string, which is added if it is not there."""
        if text not in self.offsets:
            self.offsets[text] = len(self.base.strings) + len(self.strings)
            self.strings += text.encode() + b"\0"
        return self.offsets[text]

    def reserve(self):
        """The number of the next type."""
        self.types.append(b"")
        self.next += 1
        return self.next - 1

    def defined(self, one):
        """The number of the definition that a type stands for, or None."""
        kind = one.kind
        if kind == FWD:
            kind = UNION if one.info & UNION_FLAG else STRUCT
        return self.known.get((kind, one.name)) if one.name and kind in NAMED else None

    def add(self, module):
        """Adds what the kernel's BTF lacks of a module."""
        placed, work = {}, []

        def number_of(old):
            if old in self.base.types or not old:
                return old
            one = module.types[old]
            if self.defined(one):
                return self.defined(one)
            if old not in placed:
                placed[old] = self.reserve()
                if one.name and one.kind in NAMED:
                    self.known[one.kind, one.name] = placed[old]
                work.append(old)
            return placed[old]

        for old, one in module.types.items():
            if one.name and one.kind in NAMED and not one.name.startswith(UNWANTED):
                number_of(old)
        while work:
            old = work.pop()
            self.write(placed[old], module, module.types[old], number_of)

    def write(self, number, module, one, number_of):
        """Puts a module's type in its place, with the numbers and names of the whole."""
        words = list(one.words)
        types, names = one.places()
        for at in types:
            words[at] = number_of(words[at])
        for at in names:
            words[at] = self.offset(module.string(words[at]))
        third = number_of(one.third) if one.kind in REFERRING else one.third
        packed = TYPE.pack(self.offset(one.name), one.info, third)
        self.types[number - len(self.base.types) - 1] = \
            packed + struct.pack(f"<{len(words)}I", *words)

    def content(self):
        """The raw BTF of all."""
        magic, version, flags, head, types, size, strings, strings_size = \
            HEADER.unpack_from(self.data)
        added = b"".join(self.types)
        header = HEADER.pack(magic, version, flags, head, 0, size + len(added), size + len(added),
                             strings_size + len(self.strings))
        return b"".join([header, self.data[head + types:head + types + size], added,
                         self.base.strings, self.strings])


def add_types(btf, modules):
    """The kernel's BTF with the types of modules; `modules` yields (name, ELF file)."""
    merged = Merged(btf)
    wanted = {name: functions.Module(data) for name, data in modules if name in MODULES}
    for module in (wanted[name] for name in MODULES if name in wanted):
        if ".BTF" in module.names:
            section = module.sections[module.names.index(".BTF")]
            merged.add(parse(module.content(section), merged.base))
    return merged.content()
