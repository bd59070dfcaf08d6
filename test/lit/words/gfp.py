#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares the flags of prelude/words/gfp.h with what the format of kmem:kmalloc says of them.

usage: gfp.py ROOT

The format of each kernel has a table of flags, as C; Clang compares them for that version.
"""

import lzma
import pathlib
import re
import shutil
import subprocess
import sys


def flags(text):
    """(name, C expression) of the flags in the format of kmem:kmalloc."""
    format_text = re.search(r"^## kmem/kmalloc\n.*?^print fmt: (.*?)$", text, re.M | re.S).group(1)
    return [(name, value) for value, name in
            re.findall(r'\{\s*(\( ?unsigned long\).*?), "(_*GFP_\w+)"\}', format_text)]


def main():
    root = pathlib.Path(sys.argv[1])
    words = (root / "translator/prelude/words/gfp.h").read_text(encoding="utf-8")
    ours = set(re.findall(r"^#define (\w+)", words, re.M))
    compared = 0
    for path in sorted((root / "data/tracepoints").glob("*.txt.xz")):
        major, minor = re.match(r"(\d+)\.(\d+)", path.name).groups()
        known = [(name, value) for name, value in flags(lzma.open(path, "rt").read())
                 if name in ours]
        lines = ["typedef unsigned int gfp_t;",
                 "#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + (c))",
                 f"#define LINUX_VERSION_CODE KERNEL_VERSION({major}, {minor}, 0)", words]
        lines += [f'_Static_assert(({name}) == ({value}), "{name}");' for name, value in known]
        tool = shutil.which("clang-19") or shutil.which("clang")
        done = subprocess.run([tool, "-x", "c", "-fsyntax-only", "-ferror-limit=0", "-"],
                              input="\n".join(lines), text=True, capture_output=True, check=False)
        print("\n".join(f"{path.name}: {line}" for line in done.stderr.splitlines()
                        if "error:" in line))
        compared += len(known)
    print(f"{compared} flags compared")


main()
