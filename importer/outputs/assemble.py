# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What the outputs of records and of rounds have in common: lines to columns, headers, conditions."""

import dataclasses
import re

from . import rows
from .c_text import Beyond
from .columns import SENTENCE, Columns, match_headers
from .expr import all_of, has, is_known, only_options, walk
from .functions import Code
from .report import Report


@dataclasses.dataclass
class Context:
    """What every output is made with. `before`: lines that were printed before the wait."""
    machine: object
    report: Report
    code: Code
    before: list = dataclasses.field(default_factory=list)
    headers: list = dataclasses.field(default_factory=list)     # of these, those above columns
    end: list = dataclasses.field(default_factory=list)         # lines when the tool has ended
    lists: dict = dataclasses.field(default_factory=dict)       # of gathered.py, of this buffer
    joined: dict = dataclasses.field(default_factory=dict)

    def columns(self, record=""):
        return Columns(self, record, self.joined)

    def condition(self, guard, line, what):
        """A guard as C; None where it holds always or can't be said."""
        atoms = [atom for atom in guard if not has(atom, "state")]
        if len(atoms) < len(guard):
            self.report.left(line, f"{what} depends on what came before")
        said = []
        equal = [atom.args for atom in atoms if atom.op == "==" and is_known(atom.args[1])]
        atoms = [atom for atom in atoms if atom.op != "!=" or not is_known(atom.args[1]) or not any(
            place == atom.args[0] and one != atom.args[1] for place, one in equal)]
        for atom in atoms:
            if has(atom, "absent") and self.machine.in_this_run(atom):
                self.report.left(line, f"{what}: the record differs{with_options([atom])}")
                continue
            try:
                said.append((atom, self.columns().writer.condition(atom)))
            except Beyond as beyond:
                self.report.left(beyond.line or line, f"{what}: {beyond.what}")
        whole = self.columns().writer.condition(all_of(atom for atom, _ in said)) if said else "1"
        return whole if whole != "1" else None


def with_options(guard):
    """Which options a guard asks for, as words for a report."""
    names = sorted({node.args[0] for atom in guard for node in walk(atom) if node.op == "opt"})
    return f" (with {', '.join(names)})" if names else ""


def note_left(context, effects):
    """What statements could not be read, of effects and of the loops in them."""
    for effect in effects:
        if effect.kind == "left":
            context.report.left(effect.line, effect.data["what"] + with_options(effect.guard))
        if effect.kind == "approximated":
            context.report.approximated(effect.line, effect.data["what"])
        note_left(context, effect.data.get("effects", ()))


def note_text(context, line):
    """A line of text that no output prints."""
    words = rows.plain_text(line).strip()
    if words:
        context.report.approximated(line.number(), f"the line '{words}' is not printed")


def note_stderr(context, effects):
    for effect in effects:
        if effect.kind == "print" and effect.data["err"]:
            context.report.approximated(effect.line, "a message on stderr is not printed")


def base_of(line):
    """The conditions under which all of a line is printed."""
    guards = [token.guard for token in line.words()]
    guards += [effect.guard for effect in line.extra] if not guards else []
    return rows.common(guards)


def shown_columns(line, base):
    """The columns of a line, as rows.Shown; None where two ways have different ones."""
    return rows.merge_ways(rows.groups_of(line, base))


def headers_for(context, columns, lines):
    """(headers, their line, its cells) for columns: the last line that fits them, of those given and
    of those before the wait."""
    for line in [*reversed(lines), *reversed(context.before)]:
        if not line.words() or not is_text(line):
            continue
        if SENTENCE.search(rows.plain_text(line)):
            continue
        headers = shown_columns(line, base_of(line))
        others = {shown.when for shown in headers or ()} - {shown.when for shown in columns} - {()}
        if others and len(headers) != len(columns):     # options that the rows do not ask for
            headers = [shown for shown in headers
                       if all(map(context.machine.in_this_run, shown.when))]
        found = match_headers(columns, headers) if headers else None
        if found and any(not is_known(name) or name for name in found):
            return found, line, headers
    return None, None, ()


def is_text(line):
    """Whether most of a line is text that is known, or that options choose."""
    open_cells = [token for token in line.open_cells() if any(
        node.op not in ("cond", "opt", "not", "and", "or", "text", "==", "!=")
        for node in walk(token.part.value))]
    return 2 * len(open_cells) < len(line.words())


def columns_of(context, line, base, lines, record=""):
    """(columns of the manifest, whether they have headers, the header's line) of a line."""
    shown = shown_columns(line, base)
    if shown is None:
        return None, False, None
    headers, header_line, cells = headers_for(context, shown, lines)
    if headers is None:
        shown = rows.merge_ways(rows.glued(rows.groups_of(line, base))) or shown
        headers, header_line, cells = headers_for(context, shown, lines)
    while headers is None and len(shown) > 2 and rows.is_conditional(shown[-1]):
        shown = [*shown[:-2], rows.in_one_column(*shown[-2:])]
        headers, header_line, cells = headers_for(context, shown, lines)
    if headers and any(node.op == "time_of_day" for cell in cells
                       for node in walk(cell.cell.value)):
        context.report.approximated(header_line.number(), "a header has no time")
    if any(header_line is one for one in context.before):
        context.headers.append(header_line)
    made = context.columns(record).make(shown, headers or [""] * len(shown), cells)
    if not headers:
        for column in made:
            column["header"] = column.get("key", "column").upper()
            column.pop("key", None)
    return made, bool(headers), header_line


def is_time_line(line):
    """Whether a line has nothing but the time of day."""
    cells = line.open_cells()
    return bool(cells) and not re.search(r"\w", rows.plain_text(line)) and \
        all(cell.part.value.op == "time_of_day" for cell in cells)


def options_only(guard):
    return tuple(atom for atom in guard if only_options(atom))
