# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Loops over the numbers from 0 up to one that is known where the tool runs, with the entries that a map
has under them; and what a loop over a map collects for the question whether it has one."""

from .expr import Expr, is_known, unknown, walk
from .items import Items

NUMBER = Expr("number")         # of a row, of a map that is not known yet


def call_range(machine, args, _kwargs):
    """range(): numbers up to one that is not known here."""
    if len(args) == 1 and isinstance(args[0], Expr) and args[0].op != "unknown":
        return Expr("range", (args[0],), machine.line)
    return unknown("'range()'", machine.line)


def call_number(_machine, args, _kwargs):
    """A number of ctypes: what it is made of."""
    return args[0] if args else 0


def loop(machine, node, numbers):
    """The rows of such a loop; whether it is one: it reads entries of one map, by the number alone."""
    kept, stores, outer = machine.snapshot(), machine.stores, (machine.row, machine.numbered)
    machine.numbered = read = set()
    found, _ = machine.inner(node, NUMBER)
    machine.restore(kept)
    machine.stores, machine.numbered = stores, outer[1]
    if len(read) != 1 or read == {None} or any(effect.kind == "left" for effect in found):
        return False
    table, = read
    machine.row = machine.numbered = table
    found, inner = machine.inner(node, Expr("key", (table,)))
    machine.row, machine.numbered = outer
    machine.note("rows", items=Items(table, "keys", numbers=numbers.args[0]), effects=found,
                 breaks=inner.breaks)
    return True


def entry(machine, table, key):
    """An entry of a map by its key: that of a row by its number, which may be one that the map lacks."""
    if isinstance(machine.numbered, set) and any(one == NUMBER for one in walk(key)):
        machine.numbered.add(table if key == NUMBER else None)
    if machine.numbered == table and key == Expr("key", (table,)):
        return Expr("value", (table,), machine.line)
    return Expr("lookup_map", (table, key), machine.line)


def collects(machine, value):
    """Whether a value is a name that a loop over a map may add items to."""
    return machine.row and isinstance(value, Expr) and value.op == "state" and value.args[1] is None


def collected(machine, items, before):
    """{name: entries} of lists that were empty and to which a loop over all entries of a map adds
    something of each."""
    found = {}
    for name, new in {**machine.after, **machine.scope.names}.items():
        if before.get(name) != []:
            continue
        new = machine.after.get(name, new)
        is_sum = isinstance(new, Expr) and new.op == "collected"
        added = new.args[1:] if is_sum else new if isinstance(new, list) else ()
        if len(added) == 1 and isinstance(added[0], Expr) and \
                {one.op for one in walk(added[0])} <= {"key", "value", "member", "index"}:
            found[name] = Items(items.table, items.what, pair=added[0])
    return found


def contains(machine, item, items):
    """Whether a number is one of the keys that a loop has collected."""
    if items.table == machine.numbered and items.values() == item == Expr("key", (items.table,)) and \
            not items.tests and items.top is None:
        return Expr("present", (items.table,), machine.line)
    return unknown(f"whether '{items.table}' has an entry", machine.line)


def is_of_entry(value, table):
    """Whether a value is an entry's, or a member of it: zero where the map has none."""
    while isinstance(value, Expr) and value.op in ("member", "index"):
        value = value.args[0]
    return value == Expr("value", (table,))


def either(test, one, two):
    """A value where a map has the entry of a row, else zero: that value, which is zero without it;
    None for other choices."""
    if is_known(test) or test.op not in ("present", "not"):
        return None
    if test.op == "not":
        test, one, two = test.args[0], two, one
    if is_known(test) or test.op != "present":
        return None
    if isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        made = [a if a == b else either(test, a, b) for a, b in zip(one, two)]
        return None if None in made else made
    return one if is_known(two) and two == 0 and is_of_entry(one, *test.args) else None
