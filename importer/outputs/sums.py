# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a loop over a map's entries leaves behind: nothing, or sums over all of them."""

from .expr import Expr, has
from .script import assigned


def is_idle(machine, node, before):
    """Whether a loop has changed nothing but names that it assigns."""
    own, (names_before, stores) = assigned([node]), before
    return machine.stores == stores and all(names.get(name) is old.get(name)
               for names, old in zip(machine.snapshot(), names_before)
               for name in {*names, *old} - own)


def totals(items, loop, after):
    """(name, sum) of names to which a loop over all entries of a map adds something of each."""
    if loop.breaks or loop.continues or items.tests or items.top is not None or \
            items.pair is not None or items.counted:
        return
    for name, value in after.items():
        if not isinstance(value, Expr) or value.op != "+" or has(value.args[1], "state", "unknown"):
            continue
        old, one = value.args
        if not isinstance(old, Expr) or old.op != "state" or old.args[0] != name or \
                not isinstance(old.args[1], (int, float)) or not has(one, "key", "value"):
            continue
        total = Expr("total", (items.table, one), value.line)
        yield name, Expr("+", (total, old.args[1]), value.line) if old.args[1] else total
