# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Runs statements of the script on values that may be unknown, and notes what they would show.

A branch on an unknown condition is run both ways and what the ways leave behind is joined again, so
a script costs one pass. What is printed, cleared and so on becomes an Effect with the conditions
under which it happens.
"""

import ast
import builtins
import dataclasses
import functools
from collections.abc import Collection

from . import attempts, filled, folders, gathered, numbered, presets
from . import script as source
from . import sums, trace_lines
from .calls import entries_in, is_table
from .evaluate import Evaluator, as_list
from .expr import (Expr, all_of, atoms, choices, cond, either, has, is_known, is_maybe, negate, same,
                   stack_in, truth, unknown)
from .filled import Filled
from .frames import either_list
from .items import Filtered, Items

MAX_STEPS = 60000
MAX_DEPTH = 25
MAX_ROUNDS = 64
MISSING = object()


class TooLong(Exception):
    """The script has more to read than is reasonable."""


@dataclasses.dataclass
class Effect:
    """Something that a script does to the world, under conditions, at a line."""
    kind: str
    guard: tuple
    line: int
    data: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Scope:
    """Names of one function: what was given here, what the frame has, what it shares."""
    names: dict
    live: dict
    shared: dict
    declared: set = dataclasses.field(default_factory=set)

    def target(self, name):
        return self.shared if name in self.declared else self.names

    def find(self, name):
        for names in ((self.shared,) if name in self.declared else (self.names, self.live)):
            if name in names:
                return names[name]
        return self.shared.get(name, MISSING)


@dataclasses.dataclass
class Call:
    """A function that is being run: the guard at its start, the scope of the call, and what it returned
    under which guard."""
    guard: tuple
    scope: Scope
    returned: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Loop:
    """A loop that is being run: how it was left."""
    breaks: list = dataclasses.field(default_factory=list)
    continues: list = dataclasses.field(default_factory=list)


class Machine(Evaluator):
    """`live`: the script's globals; `shared`: what differs from them while it is read."""

    def __init__(self, script, live, options, shapes):
        self.script, self.live, self.options, self.shapes = script, live, options, shapes
        self.shared, self.effects, self.guard = {}, [], ()
        self.scope = Scope(self.shared, live, self.shared)
        self.calls, self.loops, self.steps = [], [], 0
        self.buffer = None              # of the callback that is being read
        self.before = False             # reading what ran before the wait
        self.callbacks = {}             # what the script opens buffers with, as it is read
        self.kept = {}                  # names whose value outlives an event or a round
        self.line = 0
        self.filled = 0                 # elements of dicts that loops over maps gave a value
        self.row_items = None
        self.row = None                 # the map over whose entries a loop goes
        self.numbered = None            # the same, where it goes over numbers that are its keys
        self.members = {}               # of structures that are made before the wait, by their id
        self.foreign = 0                # functions of other files that are being read
        self.given = {}                 # options that were asked for, with their values
        self.stores = 0                 # elements and members that were given a value
        self.after = {}                 # names at the end of a round of the last loop
        self.divisors = []              # what a `try` that is being tried divides by

    def note(self, kind, **data):
        """Adds an effect."""
        if self.guard is not None:
            self.effects.append(Effect(kind, tuple(self.guard), self.line, data))

    def left(self, what):
        self.note("left", what=what)

    # Names.

    def name_value(self, name):
        value = self.scope.find(name)
        if value is MISSING and name in self.kept and name not in self.scope.names:
            return self.kept[name]
        if value is MISSING:
            value = self.live.get(name, MISSING)
        elif name in self.kept and value is self.live.get(name, MISSING) and \
                name not in self.shared:
            return self.kept[name]
        if value is MISSING:
            value = getattr(builtins, name, MISSING)
        return unknown(f"'{name}'", self.line) if value is MISSING else value

    def give(self, name, value):
        self.scope.target(name)[name] = value

    # Statements.

    def run(self, body):
        """The statements of a block; stops where none goes on."""
        for node in body:
            if self.guard is None:
                return
            self.steps += 1
            if self.steps > MAX_STEPS:
                raise TooLong()
            if not self.foreign:
                self.line = node.lineno
            method = getattr(self, f"do_{type(node).__name__}", None)
            if method:
                method(node)
            elif not self.before:
                self.left(f"a statement '{type(node).__name__.lower()}'")

    def do_Pass(self, _node):
        """Nothing."""

    do_Import = do_ImportFrom = do_Assert = do_Nonlocal = do_Pass

    def do_Global(self, node):
        self.scope.declared.update(node.names)

    def do_FunctionDef(self, node):
        if node.name not in self.live or self.scope.names is not self.shared:
            self.give(node.name, source.Inner(node, self.scope))

    def do_ClassDef(self, node):
        """Live classes are the frame's."""

    def do_Expr(self, node):
        value = node.value
        if isinstance(value, ast.Constant):
            return
        found = self.value(value)
        if isinstance(found, Expr) and found.op == "unknown" and not self.before:
            self.note("left", what=found.args[0])

    def do_Assign(self, node):
        value = self.value(node.value)
        for target in node.targets:
            self.assign(target, value)

    def do_AnnAssign(self, node):
        if node.value:
            self.assign(node.target, self.value(node.value))

    def do_AugAssign(self, node):
        old = self.value(self.as_load(node.target))
        self.assign(node.target, self.operate(type(node.op), old, self.value(node.value)))

    @staticmethod
    def as_load(target):
        copy = ast.parse(ast.unparse(target), mode="eval").body
        return ast.copy_location(copy, target)

    def assign(self, target, value):
        """Gives a target a value, part by part where it is a tuple."""
        if isinstance(target, ast.Name) and self.before and target.id in self.scope.live and \
                isinstance(value, Expr) and value.op == "unknown":
            self.scope.target(target.id).pop(target.id, None)       # it is what the frame says
            self.members.pop(id(self.scope.live[target.id]), None)
        elif isinstance(target, ast.Name):
            self.give(target.id, value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            self.assign_parts(target.elts, value)
        elif not self.before:
            self.assign_place(target, value)
        elif isinstance(target, ast.Subscript) and self.is_table(self.value(target.value)):
            presets.noted(self, self.value(target.value).name, self.value(target.slice), value)
        elif isinstance(target, ast.Attribute):
            presets.set_member(self, self.value(target.value), target.attr, value)

    def assign_parts(self, targets, value):
        parts = list(value) if isinstance(value, (tuple, list)) else \
            trace_lines.words(self, value, len(targets)) if isinstance(value, Expr) and \
            value.op == "split" else []
        if len(parts) != len(targets):
            parts = [unknown("a part of a value", self.line)] * len(targets)
        for target, part in zip(targets, parts):
            self.assign(target, part)

    def assign_place(self, target, value):
        """`x.y = v`, `x[y] = v`: only a container made here may be changed."""
        self.stores += 1
        if filled.fill(self, target, value):
            return
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            name = target.value.id
            base, key = self.value(target.value), self.value(target.slice)
            if isinstance(base, dict) and name in self.scope.names and is_known(key):
                self.give(name, {**base, key: value})
                return
        base = self.value(target.value)
        if isinstance(target, ast.Subscript) and filled.fill_list(self, base, target, value):
            return
        if isinstance(base, gathered.Lists):
            base.change(self, value)
        elif self.is_table(base):
            self.note("left", what=f"it writes to the map '{base.name}'")
        elif not has(base, "unknown"):
            self.note("left", what=f"'{ast.unparse(target)}' is given a value")

    def do_Delete(self, node):
        if not self.before:
            for target in node.targets:
                base = self.value(target.value) if isinstance(target, ast.Subscript) else None
                if isinstance(base, gathered.Lists):
                    gathered.delete(self, base, self.value(target.slice))
                elif not isinstance(target, ast.Name):
                    self.left(f"'del {ast.unparse(target)}'")

    # Ways.

    def snapshot(self):
        return dict(self.scope.names), dict(self.shared)

    def restore(self, kept):
        for names, old in zip((self.scope.names, self.shared), kept):
            names.clear()
            names.update(old)

    def joined(self, test, one, two):
        """Names after two ways: those that differ depend on the test."""
        for number, names in enumerate((self.scope.names, self.shared)):
            merged = {}
            for name in {**one[number], **two[number]}:
                a, b = one[number].get(name, MISSING), two[number].get(name, MISSING)
                old = self.kept.get(name, self.live.get(name, MISSING))
                a, b = old if a is MISSING else a, old if b is MISSING else b
                if a is MISSING or b is MISSING:
                    merged[name] = b if a is MISSING else a
                else:
                    merged[name] = a if same(a, b) else self.either_of(test, a, b)
            names.clear()
            names.update(merged)

    @staticmethod
    def either_of(test, one, two):
        """A value that depends on a test; of lists, each item does."""
        if isinstance(one, Items) and one.either(test, two):
            return one.either(test, two)
        if entries_in(one) and entries_in(two) and one.args[0] == two.args[0]:
            return Expr("cond", (one.args[0], *(Machine.either_of(test, a, b) for a, b in
                                                zip(one.args[1:], two.args[1:]))), one.line)
        entry = numbered.either(test, one, two)
        if entry is not None:
            return entry
        lists = isinstance(one, list) and isinstance(two, list)
        return (either_list if lists else cond)(test, one, two)

    def do_If(self, node):
        test = truth(self.value(node.test))
        if is_known(test):
            self.run(node.body if test else node.orelse)
        else:
            self.branch(test, lambda: self.run(node.body), lambda: self.run(node.orelse))

    def branch(self, test, yes, no):
        """Runs both ways of a condition and joins them."""
        guard, start = self.guard, self.snapshot()
        ends, begun = [], []
        for condition, way in ((test, yes), (negate(test), no)):
            more = [atom for atom in atoms(condition) or () if atom not in guard]
            self.guard = None if self.contradicts(guard, more) else (*guard, *more)
            self.restore(start)
            begun.append(self.guard)
            if self.guard is not None:
                way()
            ends.append((self.guard, self.snapshot()))
        (guard_yes, names_yes), (guard_no, names_no) = ends
        if guard_yes is None or guard_no is None:
            self.guard = guard_no if guard_yes is None else guard_yes
            self.restore(names_no if guard_yes is None else names_yes)
            if self.before and self.guard is not None:
                self.guard = guard
        else:
            self.joined(test, names_yes, names_no)
            self.guard = guard if [guard_yes, guard_no] == begun else \
                self.join_guards(guard, guard_yes, guard_no)

    @staticmethod
    def contradicts(guard, more):
        return any(negate(atom) in guard for atom in more)

    @staticmethod
    def join_guards(guard, yes, no):
        """The guard after two ways that both go on."""
        rest = [all_of(atom for atom in way if atom not in guard) for way in (yes, no)]
        if any(is_known(one) for one in rest) or rest[0] == negate(rest[1]):
            return guard
        more = atoms(either(*rest)) or []
        return (*guard, *more)

    # Functions.

    def do_Return(self, node):
        value = self.value(node.value) if node.value else None
        if self.calls:
            self.calls[-1].returned.append((self.guard, value))
        self.guard = None

    def invoke(self, function, args, kwargs):
        """Runs a function of the script; its value."""
        node, scope, args = self.entered(function, args)
        if node is None or len(self.calls) > MAX_DEPTH:
            return unknown("a call that is too deep", self.line)
        self.bind(node.args, scope, args, kwargs)
        outer, line, loops = self.scope, self.line, self.loops
        guard, call = self.guard, Call(self.guard, self.scope)
        self.scope, self.loops = scope, []
        self.calls.append(call)
        foreign = self.is_foreign(function)
        self.foreign += foreign
        if isinstance(node, ast.Lambda):
            call.returned.append((self.guard, self.value(node.body)))
            self.guard = None
        else:
            self.run(node.body)
            if self.guard is not None:
                call.returned.append((self.guard, None))
        self.calls.pop()
        self.foreign -= foreign
        self.scope, self.line, self.loops = outer, line, loops
        self.guard = guard if call.returned else None
        return self.result(call)

    def is_foreign(self, function):
        code = getattr(getattr(function, "__func__", function), "__code__", None)
        return code is not None and not self.script.owns(code)

    def entered(self, function, args):
        """(AST, scope, arguments with self) of a function."""
        if isinstance(function, source.Inner):
            around = {**function.scope.live, **function.scope.names}
            return function.node, Scope({}, around, self.shared), args
        if hasattr(function, "__self__"):
            args, function = (function.__self__, *args), function.__func__
        live = {}
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or ()):
            try:
                live[name] = cell.cell_contents
            except ValueError:
                continue
        node = self.script.definition(function)
        if node is not None and not self.script.owns(function.__code__):
            live = {**function.__globals__, **live}
        scope = Scope({}, live, self.shared)
        if node is not None and function.__defaults__:
            names = [arg.arg for arg in node.args.args][-len(function.__defaults__):]
            scope.names.update(zip(names, function.__defaults__))
        return node, scope, args

    def bind(self, formal, scope, args, kwargs):
        names = [arg.arg for arg in formal.args]
        for name, default in zip(names[len(names) - len(formal.defaults):], formal.defaults):
            if name not in scope.names:
                scope.names[name] = self.value(default)
        scope.names.update(zip(names, args))
        if formal.vararg:
            scope.names[formal.vararg.arg] = tuple(args[len(names):])
        for name, value in kwargs.items():
            scope.names[name] = value
        for name in names:
            scope.names.setdefault(name, unknown(f"'{name}'", self.line))

    @staticmethod
    def result(call):
        """One value of what a function returned under each guard."""
        value = None
        for number, (guard, one) in enumerate(reversed(call.returned)):
            more = all_of(atom for atom in guard if atom not in call.guard)
            value = one if number == 0 or is_known(more) else cond(more, one, value)
        return value

    # Loops.

    def do_Break(self, _node):
        if self.loops:
            self.loops[-1].breaks.append(self.guard)
        self.guard = None

    def do_Continue(self, _node):
        if self.loops:
            self.loops[-1].continues.append(self.guard)
        self.guard = None

    def do_While(self, node):
        test = truth(self.value(node.test))
        if test is False:
            return
        presets.skipped(self, node)
        if not self.before:
            self.left("a loop whose end depends on the data")
        for name in source.assigned(node.body):
            self.give(name, unknown(f"'{name}', which a loop makes", node.lineno))

    def do_For(self, node):
        self.loop(node, as_list(self.value(node.iter)))

    def loop(self, node, items):
        """A loop over what is there."""
        if entries_in(items):
            test, one, other = items.args
            self.branch(test, lambda: self.loop(node, one), lambda: self.loop(node, other))
            return
        items = items.items("keys") if isinstance(items, Filled) else items
        stack = stack_in(items) if isinstance(items, Expr) else None
        if isinstance(items, Items):
            self.rows(node, items)
        elif isinstance(items, Expr) and (
                folders.is_folder(items) and folders.loop(self, node, items) or
                items.op == "range" and not self.before and numbered.loop(self, node, items)):
            return
        elif stack is not None and items.op == "cond":
            test, one, other = items.args
            self.branch(test, lambda: self.loop(node, one), lambda: self.loop(node, other))
        elif stack is not None:
            self.frames(node, stack)
        elif isinstance(items, Collection) and not is_table(items) and len(items) <= MAX_ROUNDS:
            self.rounds(node, items)
        else:
            presets.skipped(self, node)
            if not self.before and node.lineno not in self.script.number_loops:
                self.left(f"a loop over '{ast.unparse(node.iter)}'")
            for name in source.assigned([node]):
                self.give(name, unknown(f"'{name}', which a loop makes", node.lineno))

    def rounds(self, node, items):
        """A loop over what is known, round by round."""
        guard = self.guard
        loop = Loop()
        self.loops.append(loop)
        for item in list(items):
            test, item = item.args if is_maybe(item) else (True, item)
            test = truth(self.call(items.test, [item], {}, "filter")) if \
                isinstance(items, Filtered) else test
            if test is True:
                self.round(node, item)
            elif not is_known(test):
                self.branch(test, functools.partial(self.round, node, item), lambda: None)
            if self.guard is None:
                if loop.breaks:
                    break
                self.guard = guard if loop.continues else None
                loop.continues.clear()
                if self.guard is None:
                    break
        self.loops.pop()
        if self.guard is None and loop.breaks:
            self.guard = guard

    def round(self, node, item):
        """The body of a loop with one item, or with each frame of a stack."""
        if stack_in(item) is not None:
            return self.loop(node, item)
        return self.assign(node.target, item) or self.run(node.body)

    def inner(self, node, values, tests=()):
        """Runs a loop's body once for all its rounds; (effects, loop)."""
        effects, guard, loop = self.effects, self.guard, Loop()
        self.effects, self.guard = [], tests
        for name in source.assigned(node.body):
            self.give(name, Expr("state", (name, self.plain(self.name_value(name)))))
        self.assign(node.target, values)
        self.loops.append(loop)
        self.run(node.body)
        self.loops.pop()
        found, self.effects, self.guard = self.effects, effects, guard
        self.after = {name: self.scope.find(name) for name in source.assigned(node.body)}
        for name in source.assigned([node]):
            self.give(name, unknown(f"'{name}', which a loop leaves behind", node.lineno))
        return found, loop

    @staticmethod
    def plain(value):
        return value if isinstance(value, (int, float, str, type(None))) else None

    def rows(self, node, items):
        """A loop over the entries of a map."""
        line = node.lineno
        if items.others and not items.whole:
            self.line = line
            self.left(f"entries that '{items.table}' does not have, but "
                      f"'{' or '.join(items.others)}' has")
        if items.counted:
            values = (Expr("state", ("enumerate", 0)), items.values())
        else:
            values = items.values()
        outer, self.row, self.row_items = self.row, items.table, items
        filled, before = self.filled, (self.snapshot(), self.stores)
        found, loop = self.inner(node, values, items.tests)
        self.line, self.row = line, outer
        totals = dict(sums.totals(self, items, loop))
        if sums.is_over_all(items, loop):
            totals |= numbered.collected(self, items, before[0][0])
        for name, total in totals.items():
            self.give(name, total)
        summed = sums.elements(self, node, before,
                               items.table if sums.is_over_all(items, loop) else None)
        if all(effect.kind == "approximated" for effect in found) and (
                self.filled > filled or
                (totals or not self.after) and sums.is_idle(self, node, before, {*totals, *summed})):
            self.effects += found
            return
        self.note("rows", items=items, effects=found, breaks=loop.breaks)

    def frames(self, node, stack):
        """A loop over the frames of a stack."""
        frame = Expr("frame", (stack,)) if stack.op == "stack" else stack.args[1]
        stack = stack if stack.op == "stack" else stack.args[0]
        found, _ = self.inner(node, frame)
        if not found and source.copies(node):
            return
        self.note("frames", stack=stack, effects=found)

    # Errors and the rest.

    def do_Try(self, node):
        attempts.run(self, node)

    def do_With(self, node):
        for item in node.items:
            value = self.value(item.context_expr)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, value)
        self.run(node.body)

    def do_Raise(self, _node):
        if not self.before:
            self.left("an error that it raises")
        self.guard = None

    def leave(self):
        """exit(): nothing follows on this way."""
        self.note("exit")
        self.guard = None

    def split_text(self, value):
        """[(guard atoms, text)] of a text that depends on conditions."""
        for conditions, one in choices(value):
            yield atoms(all_of(conditions)) or (), one

    def record_of(self, buffer):
        """The C type of a buffer's records."""
        found = self.shapes.maps.get(buffer)
        return found.value if found else ""

    @staticmethod
    def is_table(value):
        return is_table(value)
