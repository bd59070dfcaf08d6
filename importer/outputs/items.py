# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The entries of a map as a script loops over them: sorted, reversed, cut."""

import dataclasses

from .expr import Expr, choices, cond, is_maybe, unknown


@dataclasses.dataclass(frozen=True)
class Items:
    """`what`: items, keys or values. `sort`: an expression, by which `largest` comes first;
    `top`: how many, None for all, 0 as well; `counted`: with the number of each before it."""
    table: str
    what: str = "items"
    sort: object = None
    largest: bool = False
    top: object = None
    clear: bool = False
    counted: bool = False
    backwards: bool = False     # what is left is shown last first
    tests: tuple = ()           # conditions under which an entry is one of them
    pair: object = None         # what a round has where it isn't the map's own entry
    others: tuple = ()          # maps whose entries are of it as well, where the map has them
    numbers: object = None      # entries of the keys below it, with zeros for those that are not there
    whole: bool = False         # or where it does not, with zeros for what the map has not

    def values(self):
        """What a round of the loop has."""
        if self.pair is not None:
            return self.pair
        key, value = Expr("key", (self.table,)), Expr("value", (self.table,))
        return {"items": (key, value), "keys": key, "values": value}[self.what]

    def sorted(self, sort, largest):
        return dataclasses.replace(self, sort=sort, largest=largest)

    def reversed(self):
        if self.top is not None:
            return dataclasses.replace(self, backwards=not self.backwards)
        return dataclasses.replace(self, largest=not self.largest)

    def cut(self, start, stop):
        """The part between two indices; None where it can't be said."""
        if self.top is not None:
            return None
        if start in (None, 0) and stop is not None:
            return dataclasses.replace(self, top=stop)
        last = -start if isinstance(start, int) and start < 0 else \
            start.args[0] if isinstance(start, Expr) and start.op == "neg" else None
        if stop is None and last is not None:
            return dataclasses.replace(self, top=last, largest=not self.largest, backwards=True)
        return None

    def either(self, test, other):
        """These entries where a test holds, else others; None where that can't be said."""
        if not isinstance(other, Items) or dataclasses.replace(
                self, sort=None, top=None) != dataclasses.replace(
                    other, sort=None, top=None, largest=self.largest, backwards=self.backwards):
            return None
        found = other
        if other.top is None and other.backwards != self.backwards:
            found = dataclasses.replace(other, largest=self.largest, backwards=self.backwards)
            if other.largest == found.largest:
                return None
        if (found.largest, found.backwards) != (self.largest, self.backwards):
            return None
        top = None if self.top is None and found.top is None else \
            cond(test, *(0 if one.top is None else one.top for one in (self, found)))
        return dataclasses.replace(self, sort=cond(test, self.sort, found.sort), top=top)


class Filtered(list):
    """What filter() gives: items that a loop asks a function about only when it comes to them."""

    def __init__(self, test, items):
        super().__init__(items)
        self.test = test


def entries_in(value):
    """Whether a value is one map's entries or another's, as options say."""
    return isinstance(value, Expr) and value.op == "cond" and \
        all(isinstance(one, Items) for _, one in choices(value))


def call_map(machine, args, _kwargs):
    """map(function, items): what the function makes of each."""
    if len(args) == 2 and (is_row(args[1]) or isinstance(args[1], (range, dict, set))):
        return [machine.call(args[0], [item], {}, "map") for item in args[1]]
    if len(args) != 2 or not isinstance(args[1], Items):
        return unknown("map()", machine.line)
    return dataclasses.replace(args[1], pair=machine.call(args[0], [args[1].values()], {}, "map"))


def is_row(value):
    """Whether a list has as many items whatever the data are."""
    return isinstance(value, (list, tuple)) and not any(map(is_maybe, value))


def call_tuple(_machine, args, _kwargs):
    """tuple(items)."""
    found = args[0] if args else ()
    return tuple(found) if is_row(found) else found
