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
    `changes`: [(tests over options, what an item becomes, tests over the record)]."""
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
        return Expr("entry", (self.name, Expr("item", (self.name,)), False), machine.line)

    def fail(self, what, line):
        self.problem = self.problem or (f"'{self.name}' is kept from one record to the next: {what}",
                                        line)

    def change(self, machine, entry):
        """The list is given what it becomes, each item alone."""
        tests = [atom for atom in machine.guard if not has(atom, "event")]
        if not is_entry(entry) or entry.args[0] != self.name or entry.args[2] or \
                not all(map(only_options, tests)):
            self.fail("a list gets another value", machine.line)
            return
        found = (tuple(tests), entry.args[1], tuple(atom for atom in machine.guard
                                                    if atom not in tests))
        if found not in self.changes:
            self.changes.append(found)
            for _, line in self.joins:
                machine.note("approximated", what=f"the text of '{self.name}' in line {line} is the "
                                                  f"one that line {machine.line} makes of it")

    def text(self):
        """The text of an item, as an expression over its record."""
        found = self.added[0][1]
        for tests, item, _ in self.changes:
            found = cond(all_of(tests), put(item, found), found)
        return found


def is_entry(value):
    """Whether a value is one of the lists: entry(name, what its items became, reversed)."""
    return isinstance(value, Expr) and value.op == "entry"


def append(machine, entry, text):
    lists = machine.lists[entry.args[0]]
    found = (tuple(machine.guard), text, machine.line)
    if found in lists.added:
        return
    if lists.added:
        lists.fail("items of several records", machine.line)
    lists.added.append(found)


def join(machine, entry, separator):
    """The items as one text; `separator` None: as the names of a path."""
    name, item, backwards = entry.args
    lists = machine.lists[name]
    if item != Expr("item", (name,)) or backwards != (separator is None) or \
            any(separator != other for other, _ in lists.joins):
        return unknown("a list that is joined in another way", machine.line)
    if (separator, machine.line) not in lists.joins:
        lists.joins.append((separator, machine.line))
    return Expr("part", (name,), machine.line)


def call_path(machine, args, _kwargs):
    """os.path.join() of a list."""
    if len(args) == 1 and isinstance(args[0], Expr) and args[0].op == "spread":
        return join(machine, args[0].args[0], None)
    return unknown("os.path.join()", machine.line)


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


def method(machine, node, base, args):
    """A method of one of the lists."""
    name, target = node.func.attr, getattr(node.func.value, "id", None)
    if name == "append" and len(args) == 1:
        append(machine, base, args[0])
        return None
    if name == "reverse" and not args and target in machine.scope.names:
        key, item, backwards = base.args
        machine.give(target, Expr("entry", (key, item, not backwards), machine.line))
        return None
    machine.lists[base.args[0]].fail(f"'.{name}()' of a list", machine.line)
    return unknown(f"'.{name}()' of a list", machine.line)


def delete(machine, lists, key):
    """`del lists[key]`."""
    lists.entry(machine, key)
    found = tuple(machine.guard)
    if any(has(atom, "part", "state") for atom in found):
        lists.fail("a list is not always deleted", machine.line)
    if found not in lists.ends:
        lists.ends.append(found)


def comprehension(machine, node, entry, make):
    """[f(item) for item in a list]."""
    generator = node.generators[0]
    if generator.ifs:
        return unknown("some items of a list", machine.line)
    kept = dict(machine.scope.names)
    machine.assign(generator.target, entry.args[1])
    made = make()
    machine.scope.names.clear()
    machine.scope.names.update(kept)
    return Expr("entry", (entry.args[0], made, entry.args[2]), machine.line)


def gather(context, base, line):
    """(`gather` of the manifest, conditions that it decides) of the lists of a callback; None where
    there are none, or they can't be said. `base`: the conditions of the row."""
    lists = [one for one in context.lists.values() if one.joins or one.added]
    if not lists:
        return None, ()
    problem = next((one.problem for one in lists if one.problem), None)
    found, end = lists[0], end_of(lists[0])
    if problem is None and len(lists) > 1:
        problem = ("several dicts of lists are kept from one record to the next", line)
    if problem is None and (end is None or not set(end) <= set(base)):
        problem = (f"'{found.name}' is kept from one record to the next", line)
    if problem:
        context.report.left(problem[1], problem[0])
        return None, ()
    try:
        return said(context, found, end), end
    except Beyond as beyond:
        context.report.left(beyond.line or line, f"'{found.name}': {beyond.what}")
        return None, ()


def end_of(lists):
    """The conditions of the record that ends a row; None if there is none, or more than one. Of
    options the condition of what is kept says enough."""
    if len(lists.ends) != 1 or not lists.added or not lists.joins:
        return None
    options = [atom for atom in lists.ends[0] if only_options(atom)]
    if any(atom not in lists.added[0][0] for atom in options):
        return None
    end = tuple(atom for atom in lists.ends[0] if atom not in options)
    return end if all(set(guard) <= set(end) for _, _, guard in lists.changes) else None


def said(context, lists, end):
    """The lists as `gather`."""
    writer = context.columns().writer
    guard, _, _ = lists.added[0]
    value = lists.text()
    if not writer.is_text(value):
        raise Beyond("items that are no text", lists.added[0][2])
    text = writer.expression(value) if not has(value, "cond", "text", "replaced") else \
        context.code.text(writer, lists.name, value)
    part = {"name": lists.name, "if": condition(writer, guard), "text": text}
    if lists.joins[0][0] is None:
        part["path"] = True
    elif lists.joins[0][0] != " ":
        part["separator"] = lists.joins[0][0]
    return {"by": writer.expression(lists.by), "when": condition(writer, end),
            "parts": [part]}


def condition(writer, guard):
    return writer.condition(all_of(without_others(guard)))


def without_others(guard):
    """Conditions without those that say that a value is not one number where another says which."""
    equal = {atom.args[0] for atom in guard if atom.op == "==" and is_known(atom.args[1])}
    return [atom for atom in guard if atom.op != "!=" or atom.args[0] not in equal]
