# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Lists that a script fills from some records of a buffer and joins when another one comes.

A dict of lists whose items are texts of records, under a number that they share, is `gather` of the
manifest: what is appended is a part, the record after which a list is deleted ends a row.
"""

import collections
import dataclasses

from .c_text import Beyond
from .expr import Expr, all_of, cond, has, is_known, only_options, unknown


@dataclasses.dataclass
class Lists:
    """A dict of lists. `added`: [(guard, text, line)]; `ends`: guards under which a list goes;
    `changes`: [(test over options, what an item becomes)]."""
    name: str
    by: object = None
    added: list = dataclasses.field(default_factory=list)
    ends: list = dataclasses.field(default_factory=list)
    changes: list = dataclasses.field(default_factory=list)
    joins: list = dataclasses.field(default_factory=list)       # (separator, line)
    problem: tuple = ()         # what can't be said, and its line

    def entry(self, machine, key):
        """The list under a key: the same expression everywhere."""
        if self.by is None:
            self.by = key
        if self.by != key or is_known(key):
            self.fail("lists under several keys", machine.line)
        return Entry(self, Expr("item", (self.name,)))

    def fail(self, what, line):
        self.problem = self.problem or (f"'{self.name}' is kept from one record to the next: {what}",
                                        line)

    def change(self, machine, entry):
        """The list is given what it becomes, each item alone."""
        tests = [atom for atom in machine.guard if atom not in self.end_of(machine)]
        if not isinstance(entry, Entry) or entry.lists is not self or \
                not all(map(only_options, tests)):
            self.fail("a list gets another value", machine.line)
            return
        found = (tuple(tests), entry.item)
        if found not in self.changes:
            self.changes.append(found)
            for _, line in self.joins:
                machine.note("approximated", what=f"the text of '{self.name}' in line {line} is the "
                                                  f"one that line {machine.line} makes of it")

    @staticmethod
    def end_of(machine):
        """The conditions of this place that are about the record."""
        return [atom for atom in machine.guard if has(atom, "event")]

    def text(self):
        """The text of an item, as an expression over its record."""
        found = self.added[0][1]
        for tests, item in self.changes:
            found = cond(all_of(tests), put(item, found), found)
        return found


@dataclasses.dataclass
class Entry:
    """One of the lists, each item of which became `item`."""
    lists: Lists
    item: object

    def append(self, machine, text):
        found = (tuple(machine.guard), text, machine.line)
        if found in self.lists.added:
            return
        if self.lists.added:
            self.lists.fail("items of several records", machine.line)
        self.lists.added.append(found)

    def join(self, machine, separator):
        """The items as one text."""
        if self.item != Expr("item", (self.lists.name,)) or \
                not isinstance(separator, str) or \
                any(separator != other for other, _ in self.lists.joins):
            return unknown("'.join()' of a list in several ways", machine.line)
        if (separator, machine.line) not in self.lists.joins:
            self.lists.joins.append((separator, machine.line))
        return Expr("part", (self.lists.name,), machine.line)


def put(item, text):
    """What an item became, of a text."""
    if not isinstance(item, Expr):
        return item
    if item.op == "item":
        return text
    return Expr(item.op, tuple(
        dataclasses.replace(arg, value=put(arg.value, text)) if dataclasses.is_dataclass(arg) and
        not isinstance(arg, Expr) and hasattr(arg, "value") else put(arg, text)
        for arg in item.args), item.line)


def kept_lists(machine, live):
    """Puts Lists in the place of names that are kept as dicts of lists."""
    machine.lists = {}
    for name in machine.kept:
        value = live.get(name)
        if isinstance(value, collections.defaultdict) and value.default_factory is list and not value:
            machine.lists[name] = machine.kept[name] = Lists(name)


def method(machine, base, name, args):
    """A method of one of the lists; None where it has no meaning here."""
    if name == "append" and len(args) == 1:
        base.append(machine, args[0])
        return None
    return unknown(f"'.{name}()' of a list", machine.line)


def delete(machine, lists, key):
    """`del lists[key]`."""
    lists.entry(machine, key)
    found = tuple(Lists.end_of(machine))
    if len(found) < len(machine.guard) or has(all_of(found), "part", "opt", "state"):
        lists.fail("a list is not always deleted", machine.line)
    if found not in lists.ends:
        lists.ends.append(found)


def comprehension(machine, node, entry, make):
    """[f(item) for item in a list]."""
    generator = node.generators[0]
    if generator.ifs:
        return unknown("some items of a list", machine.line)
    kept = dict(machine.scope.names)
    machine.assign(generator.target, entry.item)
    made = make()
    machine.scope.names.clear()
    machine.scope.names.update(kept)
    return Entry(entry.lists, made)


def gather(context, base, line):
    """(`gather` of the manifest, conditions that it decides) of the lists of a callback; None where
    there are none, or they can't be said. `base`: the conditions of the row."""
    lists = [one for one in context.lists.values() if one.joins or one.added]
    if not lists:
        return None, ()
    problem = next((one.problem for one in lists if one.problem), None)
    found = lists[0]
    if problem is None and len(lists) > 1:
        problem = ("several dicts of lists are kept from one record to the next", line)
    if problem is None and (len(found.ends) != 1 or not found.added or not found.joins or
                            not set(found.ends[0]) <= set(base)):
        problem = (f"'{found.name}' is kept from one record to the next", line)
    if problem:
        context.report.left(problem[1], problem[0])
        return None, ()
    try:
        return said(context, found), found.ends[0]
    except Beyond as beyond:
        context.report.left(beyond.line or line, f"'{found.name}': {beyond.what}")
        return None, ()


def said(context, lists):
    """The lists as `gather`."""
    writer = context.columns().writer
    guard, _, _ = lists.added[0]
    value = lists.text()
    if not writer.is_text(value):
        raise Beyond("items that are no text", lists.added[0][2])
    text = writer.expression(value) if not has(value, "cond", "text", "replaced") else \
        context.code.text(writer, lists.name, value)
    part = {"name": lists.name, "if": condition(writer, guard), "text": text}
    if lists.joins[0][0] != " ":
        part["separator"] = lists.joins[0][0]
    return {"by": writer.expression(lists.by), "when": condition(writer, lists.ends[0]),
            "parts": [part]}


def condition(writer, guard):
    return writer.condition(all_of(without_others(guard)))


def without_others(guard):
    """Conditions without those that say that a value is not one number where another says which."""
    equal = {atom.args[0] for atom in guard if atom.op == "==" and is_known(atom.args[1])}
    return [atom for atom in guard if atom.op != "!=" or atom.args[0] not in equal]
