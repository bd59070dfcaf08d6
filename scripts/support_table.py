#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Writes the table of supported bcc words into README.md, from the code that supports them.

usage: support_table.py [--check]     --check: change nothing, fail when README.md is stale
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
README = os.path.join(ROOT, "README.md")
FIRST, LAST = "<!-- support table -->\n", "<!-- end of support table -->"


def text_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as source:
        return source.read()


def macros(path):
    """The BPF_* and *_PROBE words that a prelude header defines."""
    return re.findall(r"^#define (BPF_\w+|\w+_PROBE|TP_\w+)\(", text_of(path), re.M)


def words(names):
    return ", ".join(f"`{name}`" for name in names)


def rows():
    """(what, words) for each line of the table."""
    methods = re.findall(r"^METHOD\((\w+),", text_of("translator/passes/map_methods.def"), re.M)
    folder = "translator/prelude/words"
    kernel_words = "".join(text_of(f"{folder}/{name}")
                           for name in sorted(os.listdir(os.path.join(ROOT, folder))))
    constants = set(re.findall(r"^#define (\w+)", kernel_words, re.M))
    inlines = re.findall(r"^static __always_inline .*?(\w+)\(", kernel_words, re.M)
    return [
        ("maps", words(macros("translator/prelude/maps.h"))),
        ("methods", words(methods)),
        ("probes", words(macros("translator/prelude/programs.h")) +
         ", `kprobe__f`, `kretprobe__f`, `syscall__f`"),
        ("attached by a manifest", words(attach_words())),
        ("kernel words beyond BTF", f"{len(constants)} constants and macros, {len(inlines)} inline "
                                    "functions (`translator/prelude/words`)"),
    ]


def attach_words():
    table = text_of("translator/model_unit.h").split("#define B2C_ATTACH_KINDS(X)")[1].split("\n\n")[0]
    return [word for word in re.findall(r'X\(\w+, "(\w*)",', table) if word]


def table():
    lines = ["| bcc | supported |", "|---|---|"]
    lines += [f"| {what} | {names} |" for what, names in rows()]
    return "\n".join(lines) + "\n"


def main():
    readme = text_of("README.md")
    if FIRST not in readme or LAST not in readme:
        sys.exit("README.md: no place for the support table")
    head, rest = readme.split(FIRST, 1)
    fresh = head + FIRST + table() + LAST + rest.split(LAST, 1)[1]
    if "--check" in sys.argv[1:]:
        sys.exit(0 if fresh == readme else "README.md: the support table is stale; run scripts/support_table.py")
    with open(README, "w", encoding="utf-8") as out:
        out.write(fresh)


main()
