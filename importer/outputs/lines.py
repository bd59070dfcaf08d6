# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Lines of text that a script prints beside its rows: at the start, above an output, at the end."""

import dataclasses

from . import captions, rows
from .c_text import LONG, Beyond
from .expr import (Cell, Expr, all_of, choices, cond, has, is_known, negate, only_options, text,
                   text_of, walk)
from .filled import moved


@dataclasses.dataclass
class TextLine:
    """A line up to its end: literals and cells, each under conditions beyond `guard`."""
    guard: tuple
    tokens: list
    number: int

    def is_blank(self):
        return not any(isinstance(part, Cell) or part.strip() for _, part in self.tokens)


def parts_of(effect):
    """Literals and cells of what a print shows."""
    value = effect.data["text"]
    if isinstance(value, Expr) and value.op == "text":
        return list(value.args)
    return [value if isinstance(value, str) else Cell(value)]


def rest_of_line(effect):
    """The parts of a print that ends a line and does nothing else; None for others."""
    *parts, last = parts_of(effect)
    if not isinstance(last, str) or not last.endswith("\n"):
        return None
    parts.append(last[:-1])
    return None if any("\n" in part for part in parts if isinstance(part, str)) else parts


def with_one_end(effects):
    """Prints that end a line which others began, either one or the other, as one of a choice."""
    found = []
    for effect in effects:
        before = found[-1] if found else None
        is_other = before and len(found) > 1 and effect.guard and before.guard and \
            effect.guard[:-1] == before.guard[:-1] and \
            negate(effect.guard[-1]) == before.guard[-1]
        ways = [rest_of_line(one) for one in (before, effect)] if is_other else [None]
        if None in ways or ends_line(found[-2]):
            found.append(effect)
            continue
        chosen = cond(before.guard[-1], *(text(parts) for parts in ways))
        found[-1] = dataclasses.replace(before, guard=before.guard[:-1], data={
            **before.data, "text": text([Cell(chosen), "\n"])})
    return found


def ends_line(effect):
    last = parts_of(effect)[-1]
    return isinstance(last, str) and last.endswith("\n")


def text_lines(effects):
    """The lines that effects print."""
    found, tokens = [], []
    for effect in with_one_end([effect for effect in effects if effect.kind == "print" and
                                not effect.data["err"]]):
        for part in parts_of(effect):
            pieces = part.split("\n") if isinstance(part, str) else [part]
            for number, piece in enumerate(pieces):
                if number:
                    found.append(line_of([*tokens, (effect.guard, "")], effect.line))
                    tokens = []
                if piece != "":
                    tokens.append((effect.guard, piece))
    if tokens:
        found.append(line_of(tokens, effects[-1].line))
    return found


def line_of(tokens, number):
    guard = rows.common(one for one, _ in tokens)
    return TextLine(guard, [(tuple(atom for atom in one if atom not in guard), part)
                            for one, part in tokens if part != ""], number)


def blanks(effects, first=True):
    """How many empty lines stand before what effects print, or behind it."""
    shown = [effect for effect in effects if effect.kind == "print" and not effect.data["err"]]
    if not shown:
        return 0
    part = parts_of(shown[0 if first else -1])[0 if first else -1]
    if not isinstance(part, str):
        return 0
    return len(part) - len(part.lstrip("\n")) if first else \
        max(0, len(part) - len(part.rstrip("\n")) - 1)


class Lines:
    """Makes entries of a manifest's lists of lines."""

    def __init__(self, context, hint):
        self.context, self.hint = context, hint     # what functions of C are called after
        self.writer = context.columns().writer

    def entries(self, lines, at_start=False):
        """Entries for lines; what can't be said is reported."""
        found = []
        for line in lines:
            try:
                found += self.chosen(line)
            except Beyond as beyond:
                if at_start:
                    self.context.report.approximated(
                        line.number, f"a line at the start is not printed: {beyond.what}")
                    continue
                self.context.report.left(line.number, f"a line of text: {beyond.what}")
        return found

    def entry(self, line):
        """A text, or a mapping with `value` or `when`."""
        guard = [self.of_round(self.of_interrupt(atom)) for atom in line.guard]
        guard = [atom for atom in guard if not has(atom, "state", "filled_map")]
        for atom in guard:
            if not is_known(atom) and not only_about_options(atom):
                raise Beyond("it depends on the data", line.number)
        when = self.writer.condition(all_of(guard)) if guard else "1"
        whole = text([self.token(more, part) for more, part in line.tokens])
        whole = known_text(whole)
        shown = {"text": whole} if isinstance(whole, str) else {"value": self.value(whole)}
        if when != "1":
            return {**shown, "when": when}
        return shown if "value" in shown else whole

    def chosen(self, line):
        """The entries of a line: one for each text that options choose."""
        whole = captions.flat(text([self.token(more, part) for more, part in line.tokens]))
        ways = choices(whole)
        if len(ways) == 1 or not all(is_known(known_text(one)) for _, one in ways):
            return [self.entry(line)]
        return [self.entry(dataclasses.replace(
            line, guard=(*line.guard, *conditions), tokens=[((), known_text(one))]))
            for conditions, one in ways]

    def token(self, guard, part):
        """A part of a line that is there under conditions of its own."""
        if isinstance(part, Cell):
            part = Cell(self.of_round(part.value), part.spec)
        tests = [self.of_round(atom) for atom in guard]
        if not tests:
            return part
        if not all(is_known(test) or only_about_options(test) for test in tests):
            raise Beyond("a part of it depends on the data")
        return Cell(cond(all_of(tests), text([part]), ""))

    def value(self, whole):
        """C for a text that is not known here."""
        if has(whole, "state", "lookup_map", "key", "value", "event"):
            raise Beyond("values that are no entry of a map")
        if time_of(whole) is not None:
            return self.context.code.time(*time_of(whole))
        return self.context.code.text(self.writer, self.hint, whole)

    def of_interrupt(self, atom):
        """What is true once Ctrl-C was caught, of a line at the end."""
        names = self.context.machine.script.on_interrupt if self.hint == "end" else ()
        return Expr("interrupted") if isinstance(atom, Expr) and atom.op == "state" and \
            atom.args[0] in names else atom

    def of_round(self, value):
        """The argument `interval`, as seconds of a round: a number where it is given, else 0."""
        if is_known(value):
            return value
        options = self.context.machine.options

        def default(node):
            known = options.get(node.args[0], {})
            if known.get("name") != "interval" or known.get("type") == "flag":
                return None
            return str(known.get("default") or 0)

        def change(node):
            if node.op in ("<", "!=", "==", ">=") and isinstance(node.args[0], Expr) and \
                    node.args[0].op == "opt" and default(node.args[0]) and \
                    isinstance(node.args[1], int) and node.args[1] >= LONG:
                given = Expr("round_seconds", ())
                return given if node.op in ("<", "!=") else Expr("not", (given,))
            if node.op in ("int", "float") and isinstance(node.args[0], Expr) and \
                    node.args[0].op == "opt" and default(node.args[0]):
                return change(node.args[0])
            if node.op == "opt" and default(node):
                number = default(node)
                if number.isdigit() and int(number) >= LONG:
                    return Expr("round_seconds", ("long",))
                return Expr("round_seconds", ())
            return None
        return moved(value, change)


def known_text(whole):
    """A text of cells that are all known, as a str."""
    if not isinstance(whole, Expr) or whole.op != "text":
        return whole
    found = []
    for part in whole.args:
        if isinstance(part, Cell):
            if not is_known(part.value) or part.spec.precision >= 0 or part.spec.flags or \
                    part.spec.kind not in "sdv":
                return whole
            shown = str(text_of(part.value))
            part = (shown.ljust if part.spec.left else shown.rjust)(part.spec.width)
        if not isinstance(part, str):
            return whole
        found.append(part)
    return "".join(found)


def only_about_options(atom):
    return only_options(atom) or {node.op for node in walk(atom)} <= {
        "round_seconds", "interrupted", "host", "not", "and", "or", "opt", "==", "!="}


def time_of(whole):
    """Format and zone of the time of day where a text is nothing else; None for others."""
    if isinstance(whole, Expr) and whole.op == "text" and len(whole.args) == 1:
        cell = whole.args[0]
        return time_of(cell.value) if isinstance(cell, Cell) and cell.spec.width <= 8 and \
            cell.spec.precision < 0 else None
    return tuple(map(text_of, whole.args)) if isinstance(whole, Expr) and \
        whole.op == "time_of_day" else None


def is_time(whole):
    """Whether a text is the time of day alone, as HH:MM:SS."""
    return time_of(whole) in (("%H:%M:%S",), ("%X",))
