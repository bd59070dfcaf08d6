#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Writes docs/reference/README.md: every word of bcc that bcc2core takes, with the tests that show it.

usage: reference_table.py [--check]     --check: change nothing; fail when the file is stale

The rows come from the code that gives the words their meaning. A word that no test of test/lit writes
is an error: it has no place in the table then.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIT = os.path.join(ROOT, "test", "lit")
PAGES = os.path.join(ROOT, "docs", "reference")
TABLE = os.path.join(PAGES, "README.md")
PRELUDE = os.path.join(ROOT, "translator", "prelude")
HEAD = """<!-- SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only -->
<!-- written by scripts/reference_table.py -->
# Reference

Every word of bcc and of the kernel's headers that bcc2core gives a meaning, with the page that shows what becomes of it and
the tests of `test/lit` that prove it. Types, members and enumerators of the kernel come from BTF and are not listed.
"""
MOST_TESTS = 2	# links a cell


def text_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as source:
        return source.read()


def code_of(path):
    """A test's text without what lit and a reader see: comments and RUN lines."""
    text = re.sub(r"/\*.*?\*/", "", text_of(path), flags=re.S)
    return "\n".join(line.split("//")[0] for line in text.split("\n")
                     if not re.match(r"\s*(#|//) ?(RUN|CHECK|[A-Z]+(-[A-Z]+)?:)", line))


def files(folder, suffixes):
    return sorted(os.path.relpath(os.path.join(base, name), ROOT)
                  for base, _, names in os.walk(folder) for name in names if name.endswith(suffixes))


def defined(path, pattern=r"\w+"):
    """The macros and functions that a prelude header defines for programs."""
    text = re.sub(r"/\*.*?\*/", "", text_of(path), flags=re.S)
    names = re.findall(rf"^# *define ({pattern})\b", text, re.M)
    names += re.findall(rf"^(?!#)[\w \t*]*\b({pattern})\([^;{{]*\)[^;{{]*[;{{]", text, re.M)
    return [name for name in dict.fromkeys(names) if not name.lower().startswith("b2c") and not name.startswith("_")]


def rows():
    """(section, word, pattern of a use) for each row."""
    for path in files(PRELUDE, ".h"):
        stem = os.path.splitext(os.path.basename(path))[0]
        if stem == "prelude" or "/words/" in path:
            continue
        for name in defined(path):
            yield stem, name, rf"\b{name}\b"
    for name in re.findall(r"^METHOD\((\w+),", text_of("translator/passes/map_methods.def"), re.M):
        yield "methods", name, rf"[.>]{name}\s*\("
    for prefix in re.findall(r'^\t\{"(\w+__)",', text_of("translator/frontend/programs.cpp"), re.M):
        yield "names", prefix, rf"\b{prefix}\w"
    table = text_of("translator/model.h").split("#define B2C_ATTACH_KINDS(X)")[1].split("\n\n")[0]
    for word in re.findall(r'X\(\w+, "(\w+)",', table):
        yield "attach", word, rf"\b{word}:"


TITLES = {"maps": "Maps", "methods": "Methods of maps", "programs": "Programs and helpers", "names": "Names of functions",
          "attach": "Attach kinds of the manifest", "constants": "Words of kernel headers"}


def cell(paths):
    links = [f"[{os.path.relpath(path, 'test/lit')}](../../{path})" for path in paths[:MOST_TESTS]]
    return " ".join(links)


def page_of(word, pages):
    """The page whose title or code names the word."""
    titled = [name for name, text in pages if re.search(rf"^# .*\b{word}\b", text, re.M)]
    named = titled or [name for name, text in pages if re.search(rf"`[^`\n]*\b{word}", text)] or \
        [name for name, text in pages if re.search(rf"\b{word}", text)]
    return f"[{named[0][:-3]}]({named[0]})" if named else ""


def table():
    tests = [(path, code_of(path)) for path in files(LIT, (".c", ".test", ".yaml"))]
    pages = [(name, text_of(os.path.join(PAGES, name))) for name in sorted(os.listdir(PAGES))
             if name.endswith(".md") and name != "README.md"]
    sections, lacking, seen = {}, [], set()
    for section, word, pattern in rows():
        if (section, word) in seen:
            continue
        seen.add((section, word))
        using = [path for path, code in tests if re.search(pattern, code)]
        errors = [path for path in using if "error" in path]
        works = [path for path in using if path not in errors]
        works.sort(key=lambda path: ("/passes/" not in path, len(code_of(path)), path))
        if not works:
            lacking.append(word)
        sections.setdefault(section, []).append(
            f"| `{word}` | {page_of(word, pages)} | {cell(works)} | {cell(errors)} |")
    if lacking:
        sys.exit("no test of test/lit uses " + ", ".join(lacking))
    text = HEAD
    for section, lines in sections.items():
        text += f"\n## {TITLES.get(section, section.capitalize())}\n\n| word | page | works | errors |\n|---|---|---|---|\n"
        text += "\n".join(lines) + "\n"
    programs = sum(1 for path, _ in tests if path.endswith((".c", ".test")))
    return text + f"\n{len(seen)} words, {programs} files of tests.\n"


def main():
    fresh = table()
    if "--check" in sys.argv[1:]:
        old = text_of(TABLE) if os.path.exists(TABLE) else ""
        sys.exit(0 if fresh == old else "docs/reference/README.md is stale; run scripts/reference_table.py")
    with open(TABLE, "w", encoding="utf-8") as out:
        out.write(fresh)


main()
