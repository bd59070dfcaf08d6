# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a script prints above each output of a round: the form that the runtime has by itself, an
empty line and the time, or a list of lines. And what it prints below the last one.
"""

import contextlib
import dataclasses

from . import rows
from .assemble import is_time_line, options_only, with_options
from .c_text import Beyond
from .expr import has
from .lines import Lines, TextLine, blanks, is_time, text_lines

class Above:
    """Lines that wait for the next output of a round."""

    def __init__(self, now):
        self.now, self.pending = now, []
        self.first = True           # the next output is the first of its round

    def add(self, effects, header=None, row=None):
        """Takes prints in their order. `header`: a line of them that the next output has itself;
        `row`: makes an output of a line that is one, and says whether it did."""
        owners = self.owners(effects, header)
        waiting, done = [], []
        for effect in effects:
            line = owners.get(effect.line)
            if line is None:
                waiting.append(effect)
            elif not any(line is one for one in done):
                done.append(line)
                self.pending += text_lines(waiting)
                waiting = []
                own = [one for one in effects if owners.get(one.line) is line]
                self.pending += text_lines([dataclasses.replace(own[0], data={
                    **own[0].data, "text": "\n" * blanks(own)})])
                if not self.is_same(line, header) and not self.is_load(line):
                    row(line)
                self.pending += text_lines([dataclasses.replace(own[-1], data={
                    **own[-1].data, "text": "\n" * blanks(own, False)})])
        self.pending += text_lines(waiting)

    def is_load(self, line):
        return self.now.screen is not None and line.number() in self.now.used and \
            not is_time_line(line)

    @staticmethod
    def is_same(line, other):
        return other is not None and line.number() == other.number()

    def owners(self, effects, header):
        """{line of the script: the Line that is no text}."""
        found = {}
        for line in rows.lines_of(effects):
            is_row = any(node.op in ("lookup_map", "total") for node in rows.values_in(line))
            if self.is_same(line, header) or is_row or self.is_load(line):
                for token in [*line.tokens, *line.ends]:
                    found[token.line] = line
        return found

    def put(self, output):
        """Gives an output the lines that wait."""
        guard, first = output["guard"], self.first
        lines, self.pending = self.pending, []
        lines = [narrowed(line, guard) for line in lines if not rows.excludes(line.guard, guard)]
        lines = [line for line in lines if line.is_blank() or not self.is_of_the_end(line)]
        lines = self.with_row(output, lines)
        if not self.is_plain(output, lines, first):
            self.title(output, lines, first)

    def with_row(self, output, lines):
        """Makes lines that stand above a row where that is there its `title`; those before them."""
        row = output.get("row")
        first = len(lines)
        while row and first and all(atom in lines[first - 1].guard for atom in row):
            first -= 1
        try:
            said = [Lines(self.now.context, "above").entry(narrowed(line, row))
                    for line in lines[first:]]
        except Beyond:
            return lines
        if not said or not all(isinstance(one, str) for one in said):
            return lines
        output["title"] = "\n".join(said)
        return lines[:first]

    @staticmethod
    def is_of_the_end(line):
        return any(has(atom, "state") for atom in line.guard)

    def is_plain(self, output, lines, first):
        """Whether the runtime prints these lines by itself."""
        if "screen" in output and first:
            return all(line.is_blank() for line in lines)
        if not first or not lines:
            return not first and not lines
        blank, *rest = lines
        if not blank.is_blank() or options_only(blank.guard):
            return False
        return not rest if "timestamp" not in output else \
            len(rest) == 1 and self.is_plain_time(rest[0])

    @staticmethod
    def is_plain_time(line):
        parts = [part for _, part in line.tokens]
        return len(parts) == 1 and not isinstance(parts[0], str) and is_time(parts[0].value)

    def title(self, output, lines, first):
        """`title` of a histogram where it stands alone, else `above`."""
        context = self.now.context
        entries = Lines(context, "above").entries(lines)
        if "histogram" in output and entries and isinstance(entries[-1], str) and entries[-1] and \
                "screen" not in output and self.is_plain(output, lines[:-1], first):
            output["title"] = entries[-1]
        else:
            output["above"] = entries

    def put_below(self, output):
        """Gives the last output of a round the lines below it that are there with it."""
        guard, found, rest = (*output["guard"], *output.get("row", ())), [], []
        for line in self.pending:
            entry = None
            if not self.is_of_the_end(line) and all(atom in line.guard for atom in guard):
                with contextlib.suppress(Beyond):
                    entry = Lines(self.now.context, "below").entry(narrowed(line, guard))
            if entry is None:
                rest.append(line)
            else:
                found.append(entry)
        if found:
            columns = {"columns": output.pop("columns")} if "columns" in output else {}
            output.update({"below": found, **columns})
        self.pending = rest

    def finish(self, is_end):
        """What is printed behind the last output."""
        context = self.now.context
        if self.now.outputs and not is_end:
            self.put_below(self.now.outputs[-1])
        last = [line for line in self.pending if is_end or self.is_of_the_end(line)]
        last = [line for line in last if not line.is_blank()]
        if last:
            first = self.pending.index(last[0])
            last = [*filter(TextLine.is_blank, self.pending[:first][-1:]), *last]
        lines, self.pending = [line for line in self.pending if not line.is_blank()], []
        context.end += Lines(context, "end").entries(last)
        for line in lines:
            if line not in last:
                self.tell(line)

    def tell(self, line):
        """A line that stands behind an output of each round."""
        context = self.now.context
        try:
            entry = Lines(context, "below").entry(line)
        except Beyond as beyond:
            context.report.left(line.number, f"a line of its own: {beyond.what}"
                                f"{with_options(line.guard)}")
            return
        shown = entry.get("text", "...") if isinstance(entry, dict) else entry
        context.report.approximated(line.number, f"the line '{shown.strip()}' is not printed")


def narrowed(line, guard):
    """A line where conditions hold."""
    return dataclasses.replace(
        line, guard=tuple(atom for atom in line.guard if atom not in guard),
        tokens=[(tuple(atom for atom in one if atom not in guard), rows.under(part, guard))
                for one, part in line.tokens if not rows.excludes(one, guard)])


def start_of(context, effects):
    """`start` of the manifest: lines before the wait that are no headers."""
    headers = {token.line for line in context.headers for token in [*line.tokens, *line.ends]}
    shown = [effect for effect in effects if effect.kind == "print" and not effect.data["err"] and
             effect.line not in headers and not is_program(effect)]
    return Lines(context, "start").entries(text_lines(shown), True)


def is_program(effect):
    """Whether the text of the program is printed."""
    shown = effect.data["text"]
    return isinstance(shown, str) and len(shown) > 1000 or \
        has(shown, "unknown") and "the text of the program" in repr(shown)

