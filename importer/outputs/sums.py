# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a loop over a map's entries leaves behind: nothing, sums over all of them, or the largest value
of those that pass a test."""

import ast

from . import widths
from .expr import Expr, cond, has, same, unknown
from .script import assigned


def is_idle(machine, node, before, known=()):
    """Whether a loop has changed nothing but names that it assigns, and those that are `known`."""
    own, (names_before, stores) = assigned([node]) | set(known), before
    return machine.stores == stores and all(names.get(name) is old.get(name)
               for names, old in zip(machine.snapshot(), names_before)
               for name in {*names, *old} - own)


def is_over_all(items, loop):
    """Whether a loop does the same with each entry of a map."""
    return not (loop.breaks or loop.continues or items.tests or items.top is not None or
                items.pair is not None or items.counted)


def elements(machine, node, before, table):
    """Gives elements of lists that a loop over a map's entries changes what they are behind it: sums
    over all of them, where it does nothing but add (`table` is None where it may do else)."""
    summed = set()
    for name, new in list(machine.scope.names.items()):
        old = before[0][0].get(name)
        if isinstance(new, list) and isinstance(old, list) and len(new) == len(old) and new is not old:
            own = table if adds_alone(node, name) else None
            made = [value if same(value, was) else element(machine, value, was, own)
                    for value, was in zip(new, old)]
            machine.give(name, made)
            if not has(made, "unknown"):
                summed.add(name)
    return summed


def adds_alone(node, name):
    """Whether statements give elements of a list nothing but a sum with what they were."""
    given = [one for one in ast.walk(node) for target in
             [*getattr(one, "targets", ()), getattr(one, "target", None)]
             if isinstance(target, ast.Subscript) and getattr(target.value, "id", "") == name]
    return all(isinstance(one, ast.AugAssign) and isinstance(one.op, ast.Add) for one in given)


def element(machine, value, was, table):
    """The sum of what a loop adds to a number of a list; unknown for others."""
    if table is None or not isinstance(was, (int, float)) or not isinstance(value, Expr) or \
            value.op != "+" or not same(value.args[0], was) or \
            not has(value.args[1], "key", "value") or has(value.args[1], "state", "unknown"):
        return unknown("an element of a list that a loop leaves behind", machine.line)
    total = Expr("total", (table, value.args[1]), value.line)
    return Expr("+", (total, was), value.line) if was else total


def is_last(machine, items, name, value):
    """Whether a name that was 0 has the value of the last entry that passes a test, which is the
    largest of them as the loop goes."""
    if not isinstance(value, Expr) or value.op != "cond" or value.args[2] != Expr("state", (name, 0)):
        return False
    test, one, _ = value.args
    return items.sort == one and items.largest is False and one == Expr("value", (items.table,)) and \
        has(test, "key") and not has(test, "state", "unknown") and is_natural(machine, one)


def is_natural(machine, value):
    """Whether a number of a map has no sign."""
    known = widths.of(machine, value) if isinstance(value, Expr) else None
    return known is not None and not known[0]


def totals(machine, items, loop):
    """(name, sum) of names to which a loop over all entries of a map adds something of each, and
    (name, largest) of those that it gives the last that it finds."""
    if not is_over_all(items, loop):
        return
    for name, value in machine.after.items():
        if is_last(machine, items, name, value):
            test, one, _ = value.args
            yield name, Expr("total", (items.table, cond(test, one, 0), "largest", name),
                             value.line)
        if not isinstance(value, Expr) or value.op != "+" or has(value.args[1], "state", "unknown"):
            continue
        old, one = value.args
        if not isinstance(old, Expr) or old.op != "state" or old.args[0] != name or \
                not isinstance(old.args[1], (int, float)) or not has(one, "key", "value"):
            continue
        total = Expr("total", (items.table, one), value.line)
        yield name, Expr("+", (total, old.args[1]), value.line) if old.args[1] else total
