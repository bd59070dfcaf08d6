#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares the constants of a folder of words with the uapi headers of an architecture.

usage: compare.py FOLDER x86_64|arm64 INCLUDE

Both are compiled by one Clang: an assertion for each word that the headers define as well.
"""

import pathlib
import re
import shutil
import subprocess
import sys

HEADERS = ["asm/errno.h", "linux/fcntl.h", "linux/stat.h", "linux/in.h", "linux/net.h",
           "asm/socket.h", "linux/sched.h", "linux/limits.h", "linux/if_ether.h",
           "linux/netfilter.h", "linux/mman.h", "linux/capability.h", "sys/socket.h", "signal.h",
           "linux/perf_event.h", "linux/bpf.h", "limits.h", "stdint.h"]
# Words of ours that the headers have as enumerators.
ENUMERATORS = "BPF_DEVCG_"
TARGETS = {"x86_64": "x86_64-linux-gnu", "arm64": "aarch64-linux-gnu"}


def clang(args, source):
    tool = shutil.which("clang-19") or shutil.which("clang")
    return subprocess.run([tool, "-x", "c", *args, "-"], input=source, text=True,
                          capture_output=True, check=False)


def words(folder, arch):
    """Name and value of each constant for the architecture; macros with arguments are left out."""
    for path in sorted(folder.glob("*.h")):
        if path.stem not in TARGETS or path.stem == arch:
            yield from re.findall(r"^#define (\w+) (.*[^\\\n])$", path.read_text("utf-8"), re.M)


def main():
    folder, arch, include = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    target = ["--target=" + TARGETS[arch], "-D_GNU_SOURCE"]
    target += [] if arch == "x86_64" else ["-isystem", include]
    headers = "".join(f"#include <{name}>\n" for name in HEADERS)
    ours = dict(words(folder, arch))
    # A value that libc computes when the program runs is none.
    known = set(re.findall(r"^#define (\w+) (?!.*__libc_)", clang([*target, "-E", "-dM"],
                                                                 headers).stdout, re.M))
    both = [name for name in ours if name in known or name.startswith(ENUMERATORS)]
    # The headers' value is kept in an enumerator before the word gets ours.
    source = headers + "".join(f"static const long long b2c_{name} = (long long)({name});\n"
                               for name in both)
    source += "".join(f"#undef {name}\n" for name in ours)
    source += "".join(f"#define {name} {value}\n" for name, value in ours.items())
    source += "".join(f'_Static_assert(b2c_{name} == (long long)({name}), "{name}");\n'
                      for name in both)
    done = clang([*target, "-fsyntax-only", "-Wno-everything", "-ferror-limit=0"], source)
    differing = re.findall(r"error: (.*)", done.stderr)
    print("\n".join(differing))
    print(f"{len(both)} constants compared, {len(differing)} differ")
    return bool(differing)


sys.exit(main())
