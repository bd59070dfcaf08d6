# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Bytes of the static binaries, against the twins and the libraries those load; called by run.py."""

import dataclasses
import struct

import report
import subjects

SHF_WRITE, SHF_ALLOC = 1, 2
SHT_NOBITS = 8
ARCHES = ["x86_64", "arm64"]


@dataclasses.dataclass
class Size:
    """`text` and `data` are what size(1) counts: loaded and read-only, loaded and writable."""
    file: int
    text: int
    data: int


def size_of(path):
    """Reads the section table of a 64-bit little-endian ELF file."""
    data = path.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        raise subjects.BenchError(f"{path.name} is no 64-bit ELF file")
    table, = struct.unpack_from("<Q", data, 40)
    entry, count = struct.unpack_from("<HH", data, 58)
    size = Size(len(data), 0, 0)
    for i in range(count):
        kind, flags = struct.unpack_from("<IQ", data, table + i * entry + 4)
        length, = struct.unpack_from("<Q", data, table + i * entry + 32)
        if not flags & SHF_ALLOC or kind == SHT_NOBITS:
            continue
        if flags & SHF_WRITE:
            size.data += length
        else:
            size.text += length
    return size


def measure_twin(twin):
    libraries = subjects.shared_libraries(twin.path())
    return {"name": twin.name, "size": size_of(twin.path().resolve()),
            "libraries": {path.name: path.resolve().stat().st_size for path in libraries}}


def run(bcc2core, names, folder):
    """{example: {arch: Size, "twin": ...}}."""
    sizes = {name: {} for name in names}
    for arch in ARCHES:
        tools = subjects.build_tools(bcc2core, names, arch, folder / f"size-{arch}")
        for name, path in tools.items():
            sizes[name][arch] = size_of(path)
    for name, twin in subjects.example_twins(names).items():
        sizes[name]["twin"] = measure_twin(twin)
    return sizes


def row(name, sizes):
    ours = [value for arch in ARCHES
            for value in (sizes[arch].file, sizes[arch].text, sizes[arch].data)]
    if "twin" not in sizes:
        return [name, *ours, None, None, None, None, None]
    twin = sizes["twin"]
    libraries = sum(twin["libraries"].values())
    file = sizes["x86_64"].file
    return [name, *ours, twin["name"], twin["size"].file, libraries,
            report.ratio(file, twin["size"].file), report.ratio(file, twin["size"].file + libraries)]


def tables(sizes):
    headers = ["example", *(f"{arch} {what}" for arch in ARCHES for what in ("file", "text", "data")),
               "twin", "twin file", "libraries", "file/twin", "file/twin+libs"]
    used = sorted({item for of_one in sizes.values() if "twin" in of_one
                   for item in of_one["twin"]["libraries"].items()})
    notes = ["file/...: the x86_64 binary, which loads nothing, against the twin alone and with "
             "its shared libraries"]
    if used:
        notes.append("libraries: " + ", ".join(f"{name} {size}" for name, size in used))
    return [report.Table("size: bytes", headers,
                         [row(name, of_one) for name, of_one in sizes.items()], notes)]


def as_json(sizes):
    return {name: {arch: dataclasses.asdict(of_one[arch]) for arch in ARCHES}
            | ({"twin": of_one["twin"] | {"size": dataclasses.asdict(of_one["twin"]["size"])}}
               if "twin" in of_one else {})
            for name, of_one in sizes.items()}
