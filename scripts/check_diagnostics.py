#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Checks that every diagnostic is documented and tested.

Each row of translator/diagnostics.def and translator/frontend/semantics.def needs docs/diagnostics/ID.md and a test under test/lit that
expects a message with [ID]; for our bugs, which no input is known to show, a unit test will do. Each
page needs a row. Prints `file:line: message` and exits 1 when something is missing; prints nothing
when all is there.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROWS = ROOT / "translator" / "diagnostics.def"
LEDGER = ROOT / "translator" / "frontend" / "semantics.def"
PAGES = ROOT / "docs" / "diagnostics"
TESTS = ROOT / "test"
MESSAGE = re.compile(r"(?:error|warning|remark|semantics)\b.*?\[([a-z0-9-]+)\](?:\\n\"|$)")
ROW = re.compile(r'^DIAG\((\w+), "([a-z0-9-]+)", (B2C_\w+), "[^"]+"\)$')

LEDGER_ROW = re.compile(r'^SEMANTICS\((\w+), "([a-z0-9-]+)", ')


def read_ledger():
    """(line number, id) of each row of the semantics ledger."""
    lines = LEDGER.read_text(encoding="utf-8").splitlines()
    return [(number, match[2] if match[1].replace("_", "-") == match[2] else None)
            for number, line in enumerate(lines, 1) if (match := LEDGER_ROW.match(line))]


def read_rows():
    """(line number, id, severity) of each row; the id is None in a row that is not well formed."""
    rows = []
    for number, line in enumerate(ROWS.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("DIAG("):
            continue
        match = ROW.match(line)
        if match and match[1].replace("_", "-") == match[2]:
            rows.append((number, match[2], match[3]))
        else:
            rows.append((number, None, None))
    return rows


def tested_ids(folder):
    """The id of every message that a test below the folder expects."""
    ids = set()
    for path in sorted((TESTS / folder).rglob("*")):
        if not path.is_file() or path.suffix not in (".c", ".test", ".yaml"):
            continue
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            ids.update(MESSAGE.findall(line.rstrip()))
    return ids


def page_problem(path, name):
    """What is wrong with the page of a diagnostic, or None."""
    if not path.exists():
        return f"'{name}' has no page docs/diagnostics/{name}.md"
    text = path.read_text(encoding="utf-8")
    if f"\n# {name}\n" not in text:
        return f"docs/diagnostics/{name}.md has no heading '# {name}'"
    if f"[{name}]" not in text:
        return f"docs/diagnostics/{name}.md does not show a message with [{name}]"
    return None


def main():
    problems = []
    rows = [("diagnostics.def", *row) for row in read_rows()]
    rows += [("frontend/semantics.def", *row, "semantics") for row in read_ledger()]
    tested = {"lit": tested_ids("lit"), "unit": tested_ids("unit")}
    for file, number, name, severity in rows:
        place = f"translator/{file}:{number}"
        if name is None:
            problems.append(f'{place}: a row begins with some_id, "some-id"')
            continue
        problem = page_problem(PAGES / f"{name}.md", name)
        if problem:
            problems.append(f"{place}: {problem}")
        if name not in tested["unit" if severity == "B2C_BUG" else "lit"]:
            problems.append(f"{place}: no test under test/lit expects a message with [{name}]")
    names = {name for _, _, name, _ in rows}
    for path in sorted(PAGES.glob("*.md")):
        if path.stem not in names and path.stem != "README":
            problems.append(f"docs/diagnostics/{path.name}:1: no row of diagnostics.def has this id")
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
