# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The entries of a map as a script loops over them: sorted, reversed, cut."""

import dataclasses

from .expr import Expr


@dataclasses.dataclass(frozen=True)
class Items:
    """`what`: items, keys or values. `sort`: an expression, by which `largest` comes first;
    `top`: how many, None for all; `counted`: with the number of each before it."""
    table: str
    what: str = "items"
    sort: object = None
    largest: bool = False
    top: object = None
    clear: bool = False
    counted: bool = False
    pair: object = None         # what a round has where it isn't the map's own entry

    def values(self):
        """What a round of the loop has."""
        if self.pair is not None:
            return self.pair
        key, value = Expr("key", (self.table,)), Expr("value", (self.table,))
        return {"items": (key, value), "keys": key, "values": value}[self.what]

    def sorted(self, sort, largest):
        return dataclasses.replace(self, sort=sort, largest=largest)

    def reversed(self):
        return dataclasses.replace(self, largest=not self.largest)

    def cut(self, start, stop):
        """The part between two indices; None where it can't be said."""
        if start in (None, 0) and stop is not None:
            return dataclasses.replace(self, top=stop)
        if stop is None and isinstance(start, int) and start < 0:
            return dataclasses.replace(self, top=-start)
        return None


class Filtered(list):
    """What filter() gives: items that a loop asks a function about only when it comes to them."""

    def __init__(self, test, items):
        super().__init__(items)
        self.test = test
