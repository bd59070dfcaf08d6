# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a kernel would answer to the questions of a bcc script: functions, struct members, tracepoints.

Read by record.py from data/btf, data/functions and data/tracepoints; the digest is kept as JSON in
$B2C_CACHE or ~/.cache/bcc2core, under a name that changes with the data.
"""

import functools
import hashlib
import json
import lzma
import os
import pathlib
import re
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "importer"))

from kernel_facts import Facts  # noqa: E402

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
KERNELS = ("5.10-x86_64", "6.1-x86_64", "6.12-x86_64", "7.2-x86_64", "6.1-arm64")
KIND_STRUCT, KIND_UNION, KIND_FUNC = 4, 5, 12
# Bytes behind the 12 of a type: once, and for each of its members.
EXTRA = {1: (4, 0), 3: (12, 0), 4: (0, 12), 5: (0, 12), 6: (0, 8), 13: (0, 8), 14: (4, 0),
         15: (0, 12), 17: (4, 0), 19: (0, 12)}

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
