# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Dicts that a script fills from maps: one entry for each of a map's, by what its key has.

A loop over such a dict is one over the first map, with the others joined to it; an element of it is
an element of the map.
"""

import ast
import dataclasses
import re

from .expr import Cell, Expr, has, is_known, is_maybe, unknown, walk
from .items import Items


# Members that only fill a record up.
PADDING = re.compile(r"_*pad(ding)?_*\d*$")


class Empty(dict):
    """A dict that gives a key which it lacks what a function returns; `zeros`: that is known to be
    nothing but zeros."""

    def __init__(self, machine, function=None):
        super().__init__()
        node = getattr(function, "node", None) or machine.script.definition(function)
        items = getattr(node.body, "elts", [node.body]) if isinstance(node, ast.Lambda) else ()
        self.zeros = function is int or bool(items) and all(
            isinstance(item, ast.Constant) and item.value == 0 for item in items)


def moved(value, change):
    """A value with parts of it replaced by a function of Expr; None leaves a part."""
    if isinstance(value, Cell):
        return Cell(moved(value.value, change), value.spec)
    if isinstance(value, (list, tuple)):
        parts = [moved(part, change) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    if not isinstance(value, Expr):
        return value
    new = change(value)
    if new is not None:
        return new
    return Expr(value.op, tuple(moved(arg, change) for arg in value.args), value.line)


def with_key(value, old, new):
    """A value over the key of one map as one over that of another."""
    return moved(value, lambda part: Expr("key", (new,)) if part == Expr("key", (old,)) else None)


def looked_up(value, table, key):
    """A value over an entry of a map as one over its element by a key."""
    return moved(value, lambda part: Expr("lookup_map", (table, key), part.line)
                 if part == Expr("value", (table,)) else None)


def unnamed(key, members):
    """Members of a map's key that the key of a dict does not have; None if it has something else
    than members as they are."""
    plain = ("member", "key", "ip4", "ip6", "packed", "index")
    nodes = list(walk(key))
    if not nodes or any(node.op not in plain for node in nodes):
        return None
    named = {node.args[1] for node in nodes if node.op == "member"}
    return [name for name in members or () if not PADDING.match(name) and name not in named]


@dataclasses.dataclass(frozen=True)
class Part:
    """What a loop over a map puts into the dict: under which key, in which place, which value, in
    which order."""
    table: str
    key: object
    place: object
    value: object
    sort: object = None
    largest: bool = False


@dataclasses.dataclass(frozen=True)
class Filled:
    """The dict. `parts`: in the order of the loops; the maps' keys are alike in all."""
    parts: tuple = ()
    partial: bool = False       # entries of a map may have one key in the dict
    zeros: bool = False         # a key that one map alone has is there, with zeros for the others

    def add(self, part):
        """With one more part; None if its keys are others than those there."""
        if self.parts and with_key(part.key, part.table, self.parts[0].table) != self.parts[0].key:
            return None
        return Filled((*(one for one in self.parts if (one.table, one.place) !=
                         (part.table, part.place)), part), self.partial, self.zeros)

    def tables(self):
        return list(dict.fromkeys(part.table for part in self.parts))

    def value(self, part, table, key):
        """The value of a part by the key of a row of `table`."""
        return part.value if part.table == table else looked_up(
            with_key(part.value, part.table, table), part.table, key)

    def items(self, what="items"):
        """The entries, as rows of the first map."""
        first = self.parts[0]
        if self.partial:
            return unknown("entries of a dict by a part of a map's key")
        key = Expr("key", (first.table,))
        values = [self.value(part, first.table, key) for part in self.parts]
        if first.place is None:
            values = values[0]
        pair = {"items": (first.key, values), "keys": first.key, "values": values}[what]
        return Items(first.table, what, first.sort, first.largest, pair=pair,
                     others=tuple(self.tables()[1:]),
                     whole=self.zeros and all(part.place is not None for part in self.parts))

    def element(self, key, table):
        """The element by a key that a row of a map has; None if it isn't one of the dict's keys."""
        for part in self.parts:
            if part.place is None and with_key(part.key, part.table, table) == key:
                return self.value(part, table, Expr("key", (table,)))
        return None


def fill(machine, target, value):
    """`dict[key] = v` and `dict[key][0] = v` in a loop over a map; whether it is that."""
    place, inner = None, target
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Subscript):
        place, inner = machine.value(target.slice), target.value
    if not machine.row or not isinstance(inner, ast.Subscript) or \
            not isinstance(inner.value, ast.Name) or not is_known(place):
        return False
    base, key = machine.name_value(inner.value.id), machine.value(inner.slice)
    empty = isinstance(base, dict) and not base
    if not (isinstance(base, Filled) or empty) or has((key, value), "unknown", "state"):
        return False
    members = machine.shapes.members(getattr(machine.shapes.maps.get(machine.row), "key", ""))
    rest = unnamed(key, members)
    if rest is None or has(value, "lookup_map") or \
            rest and (place is not None or len(rest) == len(members)):
        return False
    if rest:
        machine.note("approximated", what=f"entries of '{machine.row}' that '{', '.join(rest)}' alone "
                     f"tells apart are not one in '{inner.value.id}'")
    zeros = getattr(base, "zeros", False)
    made = (Filled(partial=bool(rest), zeros=zeros) if empty else base).add(
        Part(machine.row, key, place, value, machine.row_items.sort, machine.row_items.largest))
    if made is None:
        return False
    machine.give(inner.value.id, made)
    machine.filled += 1
    return True


def fill_list(machine, base, target, value):
    """`list[number] = v` of a list made here, which gets a new value under each of its names; whether
    it is that. What called a function knows the list too, whatever its way."""
    key = machine.value(target.slice) if isinstance(base, list) and not any(map(is_maybe, base)) else None
    if not isinstance(key, int) or not -len(base) <= key < len(base):
        return False
    outer = [call.scope for call in machine.calls]
    places = [(scope, name) for scope in [machine.scope, *outer]
              for name, one in scope.names.items() if one is base]
    if any(scope is not machine.scope for scope, _ in places) and \
            machine.guard != machine.calls[-1].guard:
        return False
    made = [*base]
    made[key] = value
    machine.stores -= all(scope is machine.scope for scope, _ in places)
    for scope, name in places:
        scope.names[name] = made
    return bool(places)
