# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a script prints above each output of a round: the form that the runtime has by itself, an
empty line and the time, or a list of lines. And what it prints below the last one.
"""

import dataclasses

from . import rows
from .assemble import is_time_line, options_only, with_options
from .c_text import Beyond
from .expr import Cell, all_of, has, negate
from .lines import Lines, blanks, is_time, text_lines
from .truths import beyond, can_hold

class Above:
    """Lines that wait for the next output of a round."""

    def __init__(self, now):
        self.now, self.pending = now, []
        self.left = []              # (line that no output has yet, how many were before it)
        self.group = 0              # how many outputs were before the last lines

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
                for token in [*line.tokens, *closing(line)]:
                    found[token.line] = line
        return found

    def leave(self, effects, is_new, guard, header):
        """Keeps the lines without which the next output goes. `effects`: what is printed where its
        guard does not hold, since the last output if `is_new`, else as for the last output; `header`
        is its own."""
        missing = negate(all_of(guard))
        if is_new:
            self.group = len(self.now.outputs)
            owners = self.owners(effects, header)
            self.left += [(line, self.group) for line in text_lines(
                [effect for effect in effects if effect.line not in owners])]
        self.left = [(with_guard(line, missing) if before == self.group else line, before)
                     for line, before in self.left]

    def take(self, guard):
        """The lines that outputs before one with this guard have left to it."""
        taken = [line for line, _ in self.left if can_hold(*line.guard, *guard)]
        self.left = [(with_guard(line, negate(all_of(guard))) if line in taken else line, before)
                     for line, before in self.left]
        return taken

    def is_first(self, guard):
        """Whether no output of the round is there before one with this guard; None: sometimes."""
        before = [output["guard"] for output in self.now.outputs]
        if not any(can_hold(*one, *guard) for one in before):
            return True
        return False if any(not beyond(one, guard) for one in before) else None

    def put(self, output):
        """Gives an output the lines that wait."""
        guard = output["guard"]
        first = self.is_first(guard)
        lines, self.pending = [*self.take(guard), *self.pending], []
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
        if "screen" in output and first is not False:
            return all(line.is_blank() for line in lines)
        if not first or not lines:
            return first is False and not lines and not self.would_stamp(output)
        blank, *rest = lines
        if not blank.is_blank() or options_only(blank.guard):
            return False
        return not rest if "timestamp" not in output else \
            len(rest) == 1 and self.is_plain_time(rest[0])

    def would_stamp(self, output):
        """Whether the runtime may give the time to an output that is not a round's first, since those
        before it have lines of their own."""
        return "timestamp" in output and any("above" in one for one in self.now.outputs)

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

    def put_below(self, line, before):
        """Gives a line to the outputs after which it stands, of those `before` it: to each whose
        options can be given with it. What no output has is told."""
        guard = line.guard
        for output in reversed(self.now.outputs[:before]):
            row = output.get("row", ())
            if not can_hold(*guard, *output["guard"]):
                continue
            if any(atom not in guard for atom in row):      # nothing is below where it is not there
                break
            try:
                entry = Lines(self.now.context, "below").entry(
                    narrowed(dataclasses.replace(line, guard=guard), (*output["guard"], *row)))
            except Beyond:
                break
            columns = {"columns": output.pop("columns")} if "columns" in output else {}
            output.update({"below": [*output.get("below", ()), entry], **columns})
            guard = (*guard, negate(all_of(output["guard"])))
        if can_hold(*guard):
            self.tell(dataclasses.replace(line, guard=guard))

    def finish(self, is_end):
        """What is printed behind the last output."""
        context, outputs = self.now.context, self.now.outputs
        for line, before in self.left if outputs else ():
            if can_hold(*line.guard) and not self.has_time(line):
                self.put_below(line, before)
        last = [line for line in self.pending
                if not line.is_blank() and (is_end or self.is_of_the_end(line))]
        if last and is_end:
            last = self.pending
        elif last:
            first = self.pending.index(last[0])
            last = [*(line for line in self.pending[:first][-1:] if line.is_blank() and
                      (self.is_of_the_end(line) or not outputs)), *last]
        for line in self.pending:
            if line not in last and not self.is_of_the_end(line) and \
                    (outputs or not line.is_blank()):
                self.put_below(line, len(outputs))
        context.end += Lines(context, "end").entries(last)
        self.pending = []

    @staticmethod
    def has_time(line):
        """Whether a line shows the time, which outputs have themselves."""
        return any(isinstance(part, Cell) and has(part.value, "time_of_day")
                   for _, part in line.tokens)

    def tell(self, line):
        """A line that stands behind an output of each round."""
        context = self.now.context
        if line.is_blank():
            context.report.approximated(line.number, "an empty line is not printed"
                                        f"{with_options(line.guard)}")
            return
        try:
            entry = Lines(context, "below").entry(line)
        except Beyond as error:
            context.report.left(line.number, f"a line of its own: {error.what}"
                                f"{with_options(line.guard)}")
            return
        shown = entry.get("text", "...") if isinstance(entry, dict) else entry
        context.report.approximated(line.number, f"the line '{shown.strip()}' is not printed")


def closing(line):
    """The ends of a line without those of empty lines behind it."""
    return [end for number, end in enumerate(line.ends)
            if all(rows.excludes(end.guard, other.guard) for other in line.ends[:number])]


def with_guard(line, atom):
    """A line where one more condition holds."""
    return dataclasses.replace(line, guard=(*line.guard, atom))


def narrowed(line, guard):
    """A line where conditions hold."""
    return dataclasses.replace(
        line, guard=beyond(line.guard, guard),
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

