# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Outputs of stacks: a loop over a map whose body walks stacks and prints their frames."""

import dataclasses

from . import rows
from .assemble import with_options
from .c_text import Beyond
from .expr import (Cell, Expr, all_of, any_of, atoms, both, choices, either, has, is_known, negate,
                   only_options, walk)
from .stack_lines import Stacks, option_of


def symbols_in(effect):
    """Symbol calls in what is printed for a frame."""
    return [node for inner in effect.data["effects"] if inner.kind == "print"
            for node in walk(inner.data["text"]) if node.op in ("usym", "ksym")]


def stack_output(context, effect):
    """The output of a loop that prints stacks; None if it can't be said."""
    items = effect.data["items"]
    inner = [one for one in effect.data["effects"] if is_shown(context, one)]
    flat = [one for one in inner if one.kind == "print" and has(one.data["text"], "joined")]
    folded = any_of(all_of(atom for atom in one.guard if only_options(atom)) for one in flat)
    lines, fold = Stacks(context), Stacks(context)
    entries = lines.lines(where([one for one in inner if one not in flat], negate(folded)))
    if not lines.maps:
        return None
    output = {"stacks": items.table}
    parts, counts = fold.fold(where(flat, folded))
    count(output, lines.writer, counts, inner)
    task(output, lines.writer, lines.pid or fold.pid, inner)
    output["lines"] = entries
    if parts:
        output["fold"] = [without_key(part, output) for part in parts]
        output["folded"] = lines.writer.condition(folded)
    forms(output, lines, fold, folded)
    maps = lines.maps | fold.maps
    if len(maps) == 1 and sum(one.kind == "stacks" for one in
                              context.machine.shapes.maps.values()) > 1:
        output["stack_map"] = maps.pop()
    order(context, output, items, effect.line)
    return output


def is_shown(context, effect):
    """Whether an effect is of what is printed; of frames that show no symbol it is reported."""
    if effect.kind == "frames" and effect.data["effects"] and not symbols_in(effect):
        context.report.left(effect.line, "frames of a stack that are not shown as symbols")
        return False
    return effect.kind == "print" and not effect.data["err"] or \
        effect.kind == "frames" and bool(effect.data["effects"])


def where(effects, condition):
    """Effects without the conditions under which the output comes to them."""
    known = atoms(condition) or ()
    return [dataclasses.replace(one, guard=tuple(atom for atom in one.guard if atom not in known))
            for one in effects]


def without_key(part, output):
    """A part of the folded line; the name of the process has a key of the output's own."""
    if isinstance(part, dict) and part.get("value") == output.get("comm"):
        return {key: value for key, value in part.items() if key != "key"}
    return part


def count(output, writer, counts, inner):
    """What is counted: what ends the folded line, or the number that stands with a stack."""
    numbers = counts or [
        part.value for one in inner if one.kind == "print" for part in cells_of(one)
        if part.spec.kind in "dsv" and has(part.value, "value") and not writer.is_text(part.value)]
    if numbers and writer.integer(numbers[0]) != "value":
        output["count"] = writer.integer(numbers[0])


def task(output, writer, pid, inner):
    """The process whose stack it is, and the first name that stands with it."""
    if pid is None:
        return
    output["pid"] = pid
    for one in inner:
        for part in cells_of(one) if one.kind == "print" else ():
            if part.value.op == "member" and writer.is_text(part.value):
                output["comm"] = writer.expression(part.value)
                return


def cells_of(effect):
    """The values of a print that are not known."""
    value = effect.data["text"]
    parts = value.args if isinstance(value, Expr) and value.op == "text" else (Cell(value),)
    return [part for part in parts if isinstance(part, Cell) and not is_known(part.value)]


def forms(output, lines, fold, folded):
    """`offset`, `module` and `annotated`, by the options that decide how frames are shown."""
    tests = {"annotated": lambda form: form.marked}
    for key in ("offset", "module"):
        tests[key] = lambda form, key=key: dict(form.symbol.args[-1]).get(key, False)
    for key, test in tests.items():
        one, other = option_of(lines.forms, test), option_of(fold.forms, test)
        shown = one if one == other or not fold.forms else \
            either(both(negate(folded), one), both(folded, other))
        if shown is not False:
            output[key] = lines.writer.condition(shown)


def order(context, output, items, line):
    """`sort`, but that smallest counts stand first anyway."""
    writer = context.columns().writer
    if items.sort is None:
        context.report.approximated(line, "stacks are sorted by what they count")
        return
    try:
        written = writer.inside(items.sort, 3 if items.largest else 14)
    except Beyond as beyond:
        context.report.left(line, f"the order of the stacks: {beyond.what}")
        return
    if items.largest:
        output["sort"] = written
    elif written != output.get("count", "value"):
        output["sort"] = f"-{written}"


def stack_columns(context, line, record):
    """Columns of stacks that are printed below a line."""
    found = []
    for effect in line.extra:
        header = f"STACK{len(found) + 1 if found else ''}"
        if effect.data["stack"].args[2:] != (0, False):
            context.report.approximated(effect.line, "a stack is shown whole, the innermost frame "
                                        "first, where the script leaves frames out or turns them")
        try:
            found += stack_ways(context.columns(record).writer, effect, header)
        except Beyond as beyond:
            context.report.left(effect.line, f"a stack{with_options(effect.guard)}: {beyond.what}")
    return found


def stack_ways(writer, effect, header):
    """The column of a stack whose frames are printed, for each way that options show the frames."""
    column = {"header": header, "value": writer.expression(effect.data["stack"].args[1]),
              "type": "stack"}
    symbols = symbols_in(effect)
    if symbols and symbols[0].op == "usym":
        column["pid"] = writer.expression(symbols[0].args[1])
    found = []
    for guard, how in ways_in(effect) or [((), ())]:
        when = dict.fromkeys((*rows.split_guard(effect.guard)[0], *guard))
        found.append({**column, **{key: True for key, shown in how if shown},
                      **({"when": writer.condition(all_of(when))} if when else {})})
    return found


def ways_in(effect):
    """[(conditions over options, what is shown of a symbol)] of the frames of a stack."""
    ways = {}
    for inner in effect.data["effects"]:
        if inner.kind == "print":
            guard = rows.split_guard(inner.guard)[0]
            for tests, part in ((tests, part) for cell in cells_of(inner)
                                for tests, part in choices(cell.value)):
                how = [node.args[-1] for node in walk(part) if node.op in ("usym", "ksym")]
                if how:
                    ways.setdefault(how[0], rows.split_guard((*guard, *tests))[0])
    return [(guard, how) for how, guard in ways.items()] if all(ways.values()) else \
        [((), next(iter(ways), ()))]
