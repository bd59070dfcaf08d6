#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Writes docs/reference/README.md: every word of bcc that bcc2core takes, with the tests that show it.

usage: reference_table.py [--check]     --check: change nothing; fail when the file is stale

The rows come from the code that gives the words their meaning. Each needs tests of test/lit in four
forms: it works, it stands inside something else, a macro of the program writes it, it is used wrongly
and a message with its id says so. A file's name says which form it shows (errors, nested, macro, else
works); lines `// form: NAME` say it for what follows them. A form that makes no sense for a row is in
test/lit/reference/forms.absent with the reason. A form that is neither shown nor there is an error.
"""
import fnmatch
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
the tests of `test/lit` that prove it: that it works, inside something else (an expression, a called function, a branch), through
a macro of the program, and used wrongly. Types, members and enumerators of the kernel come from BTF and are not listed.
"""
FORMS = ("works", "nested", "macro", "error")
ABSENT = os.path.join(LIT, "reference", "forms.absent")


def text_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as source:
        return source.read()


def code_of(text):
    """A test's text without what lit and a reader see: comments and RUN lines."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return "\n".join(line.split("//")[0] for line in text.split("\n")
                     if not re.match(r"\s*(#|//) ?(RUN|CHECK|[A-Z]+(-[A-Z]+)?:)", line))


def form_of(path):
    """What a file shows by its name."""
    name = os.path.relpath(path, "test/lit")
    return next((form for form, word in (("error", "error"), ("nested", "nested"), ("macro", "macro"))
                 if word in name), "works")


def shown(path):
    """(form, code) of each part of a test."""
    parts = re.split(r"^\s*(?://|#) form: (\w+)$", text_of(path), flags=re.M)
    for form, text in zip([form_of(path), *parts[1::2]], parts[::2]):
        if form not in FORMS:
            sys.exit(f"{path}: no form '{form}'; there are {', '.join(FORMS)}")
        code = code_of(text)
        if form == "macro":	# what macros say, not who uses them
            code = "\n".join(re.findall(r"^[ \t]*#define (?:.*\\\n)*.*", code, re.M))
        yield form, code


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
        yield "names", prefix, rf"\b{prefix}(?:\w|##)"
    table = text_of("translator/model_unit.h").split("#define B2C_ATTACH_KINDS(X)")[1].split("\n\n")[0]
    for word in re.findall(r'X\(\w+, "(\w+)",', table):
        yield "attach", word, rf"\b{word}:"
    for path in files(os.path.join(PRELUDE, "words"), ".h"):
        words = defined(path)
        yield "constants", os.path.basename(path), rf"\b(?:{'|'.join(words)})\b"


TITLES = {"maps": "Maps", "methods": "Methods of maps", "programs": "Programs and helpers", "names": "Names of functions",
          "attach": "Attach kinds of the manifest", "constants": "Words of kernel headers"}


def cell(paths):
    """A link to the test that says most about the word alone."""
    if not paths:
        return ""
    best = min(paths, key=lambda path: ("/passes/" not in path, len(text_of(path)), path))
    return f"[{os.path.relpath(best, 'test/lit')}](../../{best})"


def page_of(word, pages):
    """The page whose title or code names the word."""
    word = re.escape(word)
    titled = [name for name, text in pages if re.search(rf"^# .*\b{word}\b", text, re.M)]
    named = titled or [name for name, text in pages if re.search(rf"`[^`\n]*\b{word}", text)] or \
        [name for name, text in pages if re.search(rf"\b{word}", text)]
    return f"[{named[0][:-3]}]({named[0]})" if named else ""


def read_absent():
    """(pattern of SECTION/WORD, forms, reason) of each line `PATTERN FORM...: REASON`."""
    with open(ABSENT, encoding="utf-8") as source:
        for line in source.read().splitlines():
            if line and not line.startswith("#"):
                head, _, reason = line.partition(": ")
                pattern, *forms = head.split()
                yield pattern, forms, reason


class Absent:
    """The forms that make no sense, each with the number of its reason."""

    def __init__(self):
        self.lines, self.used = list(read_absent()), set()
        self.reasons = list(dict.fromkeys(reason for _, _, reason in self.lines))

    def reason(self, section, word, form):
        for pattern, forms, reason in self.lines:
            if form in forms and fnmatch.fnmatchcase(f"{section}/{word}", pattern):
                self.used.add((pattern, form))
                return self.reasons.index(reason) + 1
        return 0

    def stale(self):
        return [f"{pattern} {form}" for pattern, forms, _ in self.lines
                for form in forms if (pattern, form) not in self.used]

    def text(self):
        return "".join(f"{number}. {reason}\n" for number, reason in enumerate(self.reasons, 1))


def cells_of(section, word, pattern, tests, absent):
    """A row's cells, and what is wrong with them. A form that makes no sense is not looked for."""
    cells, wrong = [], []
    for form in FORMS:
        number = absent.reason(section, word, form)
        found = [] if number else sorted({path for path, of, code in tests
                                          if of == form and re.search(pattern, code)})
        if not found and not number:
            wrong.append(f"{section}/{word}: no test shows '{form}'")
        cells.append(cell(found) or f"({number})")
    return cells, wrong


def table():
    paths = files(LIT, (".c", ".test", ".yaml"))
    tests = [(path, form, code) for path in paths for form, code in shown(path)]
    pages = [(name, text_of(os.path.join(PAGES, name))) for name in sorted(os.listdir(PAGES))
             if name.endswith(".md") and name != "README.md"]
    absent, sections, problems, seen = Absent(), {}, [], set()
    for section, word, pattern in rows():
        if (section, word) in seen:
            continue
        seen.add((section, word))
        cells, wrong = cells_of(section, word, pattern, tests, absent)
        problems += wrong
        sections.setdefault(section, []).append(f"| `{word}` | {page_of(word, pages)} | {' | '.join(cells)} |")
    problems += [f"forms.absent: '{line}' is of no row" for line in absent.stale()]
    if problems:
        sys.exit("\n".join(problems))
    text = HEAD
    for section, lines in sections.items():
        text += f"\n## {TITLES.get(section, section.capitalize())}\n\n| word | page | {' | '.join(FORMS)} |\n"
        text += "|---" * (2 + len(FORMS)) + "|\n" + "\n".join(lines) + "\n"
    programs = sum(1 for path in paths if path.endswith((".c", ".test")))
    return text + f"\n## Forms that make no sense\n\n{absent.text()}\n{len(seen)} words, {programs} files of tests.\n"


def main():
    fresh = table()
    if "--check" in sys.argv[1:]:
        old = text_of(TABLE) if os.path.exists(TABLE) else ""
        sys.exit(0 if fresh == old else "docs/reference/README.md is stale; run scripts/reference_table.py")
    with open(TABLE, "w", encoding="utf-8") as out:
        out.write(fresh)


main()
