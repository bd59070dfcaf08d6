#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Pack one file of kernel facts for embedding: pack.py KIND INPUT.xz OUTPUT.zst

KIND `btf` is only recompressed, because zstd is unpacked many times faster than xz. Of the
`tracepoints` what a translation needs is kept: a line `#CATEGORY/EVENT` for each event, then one
line `DECLARATION;OFFSET;SIZE;SIGNED` for each field but the common ones. The list of functions
becomes two, sorted by name: `functions` with lines `NAME` or `NAME MODULE`, and `absent` with the
names that BTF has and the kernel not. Run by CMake; needs the command `zstd`.
"""

import lzma
import pathlib
import re
import subprocess
import sys

KINDS = ("btf", "tracepoints", "functions", "absent")
FIELD = re.compile(r"\tfield:(.*);\toffset:(\d+);\tsize:(\d+);(?:\tsigned:(\d+);)?$")


def compact(text):
    """The formats of all events in the short form. Raises ValueError on an unknown line."""
    lines = [""]
    for line in text.splitlines():
        if line.startswith("## "):
            lines.append("#" + line[3:].strip())
        elif line.startswith("\tfield:"):
            match = FIELD.match(line)
            if not match:
                raise ValueError(f"not a field: {line!r}")
            declaration, offset, size, signed = match.groups()
            if int(offset) < 8 and re.search(r"\bcommon_\w+$", declaration):
                continue
            lines.append(f"{' '.join(declaration.split())};{offset};{size};{signed or 0}")
    return "\n".join(lines) + "\n"


def functions(text, absent):
    """The lines of one of the two lists of functions. Raises ValueError on an unsorted file."""
    lines = text.splitlines()
    if [line.split()[0] for line in lines] != sorted({line.split()[0] for line in lines}):
        raise ValueError("not sorted by name, or a name stands twice")
    wanted = [line.removesuffix(" -") for line in lines if line.endswith(" -") == absent]
    return "".join(f"{line}\n" for line in wanted)


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS:
        sys.exit(__doc__.splitlines()[0])
    kind, source, target = sys.argv[1:]
    content = lzma.decompress(pathlib.Path(source).read_bytes())
    if kind == "btf" and not content.startswith(b"\x9f\xeb"):
        sys.exit(f"{source}: not little-endian BTF")
    if kind == "tracepoints":
        content = compact(content.decode()).encode()
    if kind in ("functions", "absent"):
        content = functions(content.decode(), kind == "absent").encode()
    subprocess.run(["zstd", "-q", "-19", "-f", f"--stream-size={len(content)}", "-o", target],
                   input=content, check=True)


if __name__ == "__main__":
    main()
