# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""From what a script prints, piece by piece and under conditions, to lines of columns."""

import dataclasses
import re

from .expr import (PLAIN, Cell, Expr, Spec, all_of, atoms, both, choices, cond, either, has, is_known,
                   negate, only_options, text, truth, walk)

WORDS = re.compile(r"\s+|\S+")


@dataclasses.dataclass
class Token:
    """A literal or a cell of a line, under conditions."""
    guard: tuple
    part: object
    line: int


@dataclasses.dataclass
class Line:
    """What is printed up to the end of a line. `extra`: effects other than text in its course."""
    tokens: list = dataclasses.field(default_factory=list)
    ends: list = dataclasses.field(default_factory=list)
    extra: list = dataclasses.field(default_factory=list)

    def cells(self):
        return [token for token in self.tokens if isinstance(token.part, Cell)]

    def open_cells(self):
        """Cells whose value is not known."""
        return [token for token in self.cells() if not is_known(token.part.value)]

    def words(self):
        return [token for token in self.tokens if token.part != "" and
                (isinstance(token.part, Cell) or token.part.strip())]

    def number(self):
        """Its line in the script."""
        return self.tokens[0].line if self.tokens else self.ends[0].line if self.ends else 0


@dataclasses.dataclass
class Group:
    """What stands between blanks: one column. `gap`: blanks before it."""
    parts: list
    guard: tuple
    gap: int
    line: int


def excludes(one, two):
    """Whether two lists of conditions can't hold together."""
    return any(negate(atom) in two or differs(atom, two) for atom in one)


def differs(atom, others):
    """Whether a value is said to be one number here and another there."""
    return atom.op == "==" and is_known(atom.args[1]) and any(
        other.op == "==" and other.args[0] == atom.args[0] and is_known(other.args[1]) and
        other.args[1] != atom.args[1] for other in others)


def lines_of(effects):
    """The lines that effects print, in their order. A line that ends under a condition goes on
    for what is printed where that condition doesn't hold."""
    lines, now = [], Line()
    for effect in effects:
        if effect.kind == "print" and not effect.data["err"]:
            value = effect.data["text"]
            parts = list(value.args) if isinstance(value, Expr) and value.op == "text" else \
                [value if isinstance(value, str) else Cell(value)]
            now = add_parts(lines, now, effect, parts)
        elif effect.kind == "frames":
            now = now if now.tokens and not now.ends else (lines.pop() if lines else now)
            now.extra.append(effect)
    if now.tokens or now.ends or now.extra:
        lines.append(now)
    return lines


def add_parts(lines, now, effect, parts):
    """Adds the parts of one print to the line that is open; the line that is open then."""
    for part in parts:
        pieces = part.split("\n") if isinstance(part, str) else [part]
        for number, piece in enumerate(pieces):
            if number:
                now.ends.append(Token(effect.guard, "", effect.line))
            if piece == "":
                continue
            if now.ends and (not is_other_way(now, effect.guard) or
                             lines and is_other_way(lines[-1], effect.guard)):
                lines.append(now)
                now = Line()
            now.tokens.append(Token(effect.guard, piece, effect.line))
    return now


def is_other_way(line, guard):
    """Whether a line has ended only where a guard doesn't hold: then what is printed under the guard
    stands in its place. Of several such lines in a row none can be told to be the one."""
    return bool(line.ends) and all(excludes(end.guard, guard) for end in line.ends)


def under(value, guard):
    """A value where conditions hold: choices that they decide are made."""
    if isinstance(value, Cell):
        return Cell(under(value.value, guard), value.spec)
    if not isinstance(value, Expr):
        return value
    if value.op == "cond":
        test = decided(value.args[0], guard)
        return under(value.args[2 - bool(test)], guard) if is_known(test) else \
            cond(test, under(value.args[1], guard), under(value.args[2], guard))
    if value.op == "text":
        return text([under(part, guard) for part in value.args])
    args = tuple(under(arg, guard) if isinstance(arg, (Expr, Cell)) else arg for arg in value.args)
    return Expr(value.op, args, value.line)


def decided(test, guard):
    """A condition where others hold: True, False or what is left of it."""
    if is_known(test):
        return test
    if test in guard:
        return True
    if negate(test) in guard:
        return False
    if test.op == "and":
        return both(*(decided(arg, guard) for arg in test.args))
    if test.op == "or":
        return either(*(decided(arg, guard) for arg in test.args))
    if test.op == "not":
        return negate(decided(test.args[0], guard))
    return test


def common(guards):
    """Conditions that are in all of some lists."""
    guards = list(guards)
    return tuple(atom for atom in guards[0] if all(atom in guard for guard in guards)) \
        if guards else ()


def groups_of(line, base):
    """The groups of a line; their guards are what they have beyond `base`."""
    groups, blanks = [], []             # blanks: [(how many groups are before, conditions, count)]
    for token in line.tokens:
        guard = tuple(atom for atom in token.guard if atom not in base)
        part = under(token.part, token.guard)
        if isinstance(part, Cell) and is_known(part.value) and part.value == "" and \
                not part.spec.width:
            continue
        pieces = WORDS.findall(part) if isinstance(part, str) else [part]
        for piece in pieces:
            if isinstance(piece, str) and piece.isspace():
                blanks.append((len(groups), guard, len(piece)))
                continue
            last = groups[-1] if groups else None
            if last is None or blanks and blanks[-1][0] == len(groups) or last.guard != guard or \
                    apart(last.parts[-1], piece):
                groups.append(Group([piece], guard, gap_before(guard, groups, blanks), token.line))
            else:
                last.parts.append(piece)
    return groups


def gap_before(guard, groups, blanks):
    """How many blanks a group has before it, behind the last one that can be there with it. Those that
    are there only with that one are its own: at least the one that columns have between them."""
    at = last_with(guard, [group.guard for group in groups])
    between = [(when, count) for place, when, count in blanks
               if place > at and not excludes(when, guard)]
    own = [count for when, count in between if all(atom in guard for atom in when)]
    if at < 0 or len(own) == len(between):
        return sum(own)
    return sum(own) + (sum(count for when, count in between if when == groups[at].guard) or 1)


def last_with(guard, guards):
    """The index of the last of some conditions that can hold with others; -1: none."""
    return max((i for i, one in enumerate(guards) if not excludes(one, guard)), default=-1)


def glued(groups):
    """Groups of which none is words alone: these stand before the next value, or behind the last."""
    found, words = [], []
    for group in groups:
        if words and group.guard != words[0].guard:
            found += words
            words = []
        if all(isinstance(part, str) for part in group.parts):
            words.append(group)
            continue
        found.append(joined([*words, group]))
        words = []
    if words and found and found[-1].guard == words[0].guard:
        return [*found[:-1], joined([found[-1], *words])]
    return [*found, joined(words)] if words else found


def joined(groups):
    """Groups as one, with the blanks between them."""
    parts = list(groups[0].parts)
    for group in groups[1:]:
        parts += [" " * group.gap, *group.parts]
    first = groups[0]
    return Group([part for part in parts if part != ""], first.guard, first.gap, first.line)


def apart(last, piece):
    """Whether two neighbours without a blank are two columns: padding stands between them."""
    if isinstance(last, Cell) and last.spec.width > 1 and last.spec.left:
        return not isinstance(piece, str) or \
            is_known(last.value) and len(str(last.value)) < last.spec.width
    return isinstance(piece, Cell) and piece.spec.width > 0 and not piece.spec.left and \
        isinstance(last, Cell)


def cell_of(group):
    """A group as one cell: its own, or a text of several."""
    if len(group.parts) == 1:
        part = group.parts[0]
        return part if isinstance(part, Cell) else Cell(part)
    whole = text(group.parts)
    if isinstance(whole, str):
        return Cell(whole)
    width = 0
    for part in group.parts:
        size = part.spec.width if isinstance(part, Cell) else len(part)
        if not size:
            return Cell(whole)
        width += size
    first = group.parts[0]
    left = isinstance(first, Cell) and first.spec.left
    return Cell(whole, dataclasses.replace(PLAIN, width=width, left=left))


def split_guard(guard):
    """(conditions over options, conditions over the data) of a guard."""
    when = tuple(atom for atom in guard if only_options(atom))
    return when, tuple(atom for atom in guard if atom not in when)


@dataclasses.dataclass
class Shown:
    """A column to be: the cell, when it is there, blanks before it, its line."""
    cell: Cell
    when: tuple
    gap: int
    line: int


def merge_ways(groups):
    """Columns of groups; what depends on the data is one column with a choice. None if two ways
    have different columns."""
    runs = []
    for group in groups:
        when, test = split_guard(group.guard)
        if not runs or runs[-1][0] != test:
            runs.append((test, []))
        runs[-1][1].append(Shown(cell_of(group), when, group.gap, group.line))
    shown, at = [], 0
    while at < len(runs):
        test, columns = runs[at]
        if not test:
            shown += columns
            at += 1
            continue
        ways = [(test, columns)]
        while at + len(ways) < len(runs) and runs[at + len(ways)][0] and \
                all(excludes(runs[at + len(ways)][0], way) for way, _ in ways):
            ways.append(runs[at + len(ways)])
        merged = merge_columns(ways)
        if merged is None and not shown and at + len(ways) == len(runs):
            return None
        shown += merged or [in_one(ways)]
        at += len(ways)
    return shown


def in_one(ways):
    """Ways with different columns as one column that has them whole."""
    value = ""
    for test, columns in reversed(ways):
        parts = []
        for number, shown in enumerate(columns):
            gap = shown.gap if number else 0
            parts += [" " * gap, shown.cell] if gap else [shown.cell]
        value = cond(all_of(test), text(parts), value)
    first = ways[0][1][0]
    return Shown(Cell(value), first.when, first.gap, first.line)


def is_conditional(shown):
    """Whether a column has something in it only under a condition of the data."""
    value = shown.cell.value
    return isinstance(value, Expr) and value.op == "cond" and \
        any(one == "" for _, one in choices(value))


def in_one_column(one, two):
    """Two columns as one text."""
    parts = [one.cell, " " * two.gap, two.cell]
    return Shown(Cell(text([part for part in parts if part != ""])), one.when, one.gap, one.line)


def merge_columns(ways):
    """[(conditions, columns)] as columns with choices; None if they are not alike."""
    sizes = {len(columns) for _, columns in ways}
    if len(sizes) > 1:
        return None
    complete = len(ways) > 1 and covers([test for test, _ in ways])
    merged = []
    for cells in zip(*(columns for _, columns in ways)):
        if len({(shown.cell.spec.width, shown.cell.spec.left) for shown in cells}) > 1:
            return None
        merged.append(merge_cells([test for test, _ in ways], cells, complete))
    return merged


def merge_cells(tests, cells, complete):
    """One column of the cells of all ways."""
    specs = {shown.cell.spec for shown in cells}
    spec = cells[0].cell.spec
    values = [shown.cell.value for shown in cells]
    if len(specs) > 1 or not complete:
        values = [text([Cell(value, dataclasses.replace(shown.cell.spec, width=0))])
                  for value, shown in zip(values, cells)]
        spec = Spec(spec.width, spec.left)
    value = values[-1] if complete else ""
    rest = values[:-1] if complete else values
    for test, one in reversed(list(zip(tests, rest))):
        value = cond(all_of(test), one, value)
    return Shown(Cell(value, spec), cells[0].when, cells[0].gap, cells[0].line)


def covers(tests):
    """Whether one of some lists of conditions always holds."""
    result = False
    for test in tests:
        result = either(result, all_of(test))
    return result is True


def without_states(guard):
    """Conditions without those about what outlives a round, which only say when a tool ends."""
    return tuple(atom for atom in guard if not has(atom, "state"))


def as_condition(guard):
    """A guard as one condition."""
    return all_of(guard)


def plain_text(line):
    """The text of a line, without its values."""
    words = []
    for token in line.tokens:
        if isinstance(token.part, Cell) and not is_known(token.part.value):
            continue
        if isinstance(token.part, Cell):
            width = token.part.spec.width
            word = str(token.part.value)
            words.append(word.ljust(width) if token.part.spec.left else word.rjust(width))
        else:
            words.append(token.part)
    return "".join(words)


def values_in(line):
    """Every Expr of a line's cells."""
    for token in line.cells():
        yield from walk(token.part.value)


def conditions(*guards):
    """The conditions of several guards, each once; None if they exclude each other."""
    found = []
    for guard in guards:
        for atom in guard:
            more = atoms(truth(atom))
            if more is None or excludes(more, found):
                return None
            found += [one for one in more if one not in found]
    return tuple(found)
