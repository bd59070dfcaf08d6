# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Values of the script's expressions: Python's where everything is known, trees of Expr elsewhere."""

import ast
import dataclasses
import operator

from . import (arithmetic, calls, command_line, folders, formats, gathered, host_numbers, numbered,
               picked, times, trace_lines)
from .expr import (ANYTHING, TEXTUAL, Cell, Expr, Spec, all_of, atoms, both, choices, cond, either, has, is_known,
                   is_maybe, masked, negate, only_options, spread, stack_in, text, text_of, truth, unknown)
from .filled import Filled
from .frames import chosen_items, frames_of, part_of_stack
from .items import Items
from .script import Inner, is_function

OPERATORS = {
    ast.Add: ("+", operator.add), ast.Sub: ("-", operator.sub), ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv), ast.FloorDiv: ("//", operator.floordiv),
    ast.Mod: ("%", operator.mod), ast.LShift: ("<<", operator.lshift),
    ast.RShift: (">>", operator.rshift), ast.BitAnd: ("&", operator.and_),
    ast.BitOr: ("|", operator.or_), ast.BitXor: ("^", operator.xor),
    ast.Pow: ("**", operator.pow),
}
COMPARE = {
    ast.Eq: ("==", operator.eq), ast.NotEq: ("!=", operator.ne), ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le), ast.Gt: (">", operator.gt), ast.GtE: (">=", operator.ge),
    ast.Is: ("==", operator.is_), ast.IsNot: ("!=", operator.is_not),
    ast.In: ("in", lambda a, b: a in b), ast.NotIn: ("not in", lambda a, b: a not in b),
}
MAX_TEXT = 2000         # longer than what is printed: the text of a program
# Files of the host that name its disks.
DEVICES = {"/proc/partitions", "/proc/diskstats"}
RECORDS = ("event", "key", "value")
VIEWS = (type({}.items()), type({}.keys()), type({}.values()), type(reversed([])))


def as_list(items):
    """What enumerate() and its kin give of something known, as a list; other values as they are."""
    return list(items) if isinstance(items, (enumerate, zip, *VIEWS)) else items


class Evaluator:
    """The expressions of a Machine."""

    def value(self, node):
        method = getattr(self, f"ev_{type(node).__name__}", None)
        if method is None:
            return unknown(ast.unparse(node), self.line)
        return method(node)

    def ev_Constant(self, node):
        return node.value

    def ev_Name(self, node):
        return self.held(command_line.words(self, self.name_value(node.id)))

    def held(self, value):
        """What a choice is where the conditions that hold here decide it."""
        if isinstance(value, Expr) and value.op == "cond" and self.guard and \
                only_options(value.args[0]):
            test, yes, no = value.args
            return yes if test in self.guard else no if negate(test) in self.guard else value
        return value

    def ev_Tuple(self, node):
        parts = []
        for item in node.elts:
            if isinstance(item, ast.Starred):
                parts.extend(self.sequence(self.value(item.value)))
            else:
                parts.append(self.value(item))
        return tuple(parts)

    def ev_List(self, node):
        return list(self.ev_Tuple(node))

    def ev_Set(self, node):
        return list(self.ev_Tuple(node))

    def ev_Dict(self, node):
        keys = [self.value(key) if key else None for key in node.keys]
        if any(isinstance(key, (Expr, list, dict)) for key in keys):
            return unknown("a dict with computed keys", self.line)
        return dict(zip(keys, [self.value(value) for value in node.values]))

    def ev_Lambda(self, node):
        return Inner(node, self.scope)

    def ev_IfExp(self, node):
        test = truth(self.value(node.test))
        if is_known(test):
            return self.value(node.body if test else node.orelse)
        return cond(test, self.value(node.body), self.value(node.orelse))

    def ev_JoinedStr(self, node):
        return text([self.value(part) if isinstance(part, ast.FormattedValue) else part.value
                     for part in node.values])

    def ev_FormattedValue(self, node):
        form = self.value(node.format_spec) if node.format_spec else ""
        value = self.value(node.value)
        if isinstance(form, Expr):
            return Cell(value, Spec())
        return formats.field_cell(value, form, "" if node.conversion < 0 else "r")

    def ev_Starred(self, node):
        return self.value(node.value)

    def sequence(self, value):
        if isinstance(value, (tuple, list, range)):
            return list(value)
        if gathered.is_entry(value):
            return [Expr("spread", (value,), self.line)]
        return [unknown("the parts of a value", self.line)]

    def comprehension(self, node, make):
        """Of what is known; others are unknown."""
        if len(node.generators) != 1:
            return unknown(ast.unparse(node), self.line)
        generator = node.generators[0]
        items = as_list(self.value(generator.iter))
        if isinstance(items, Items):
            return self.made_of(items, generator, make)
        if gathered.is_entry(items):
            return gathered.comprehension(self, node, items, make)
        if not isinstance(items, (list, tuple, dict, range, set)) or len(items) > 256:
            if stack_in(items) is not None and stack_in(items).op == "stack":
                return spread(lambda one: frames_of(self, one, generator, make), items)
            return unknown(ast.unparse(node), self.line)
        kept, found = dict(self.scope.names), []
        for item in list(items):
            stack = stack_in(item.args[1] if is_maybe(item) else item)
            if stack is not None and stack.op == "stack":
                made = frames_of(self, stack, generator, make)
                found.append(Expr("maybe", (item.args[0], made), self.line) if is_maybe(item)
                             else made)
                continue
            given, item = item.args if is_maybe(item) else (True, item)
            self.assign(generator.target, item)
            test = all_of([truth(self.value(test)) for test in generator.ifs])
            test = both(given, test)
            if is_known(test):
                found += [make()] if test else []
            elif isinstance(node, (ast.ListComp, ast.GeneratorExp)):
                found.append(Expr("maybe", (test, make()), self.line))
            else:
                found = unknown(ast.unparse(node), self.line)
                break
        self.scope.names.clear()
        self.scope.names.update(kept)
        return found

    def made_of(self, items, generator, make):
        """A list of something made of each entry of a map, of those that pass its tests."""
        kept = dict(self.scope.names)
        self.assign(generator.target, items.values())
        tests = [atoms(truth(self.value(test))) for test in generator.ifs]
        made = make()
        self.scope.names.clear()
        self.scope.names.update(kept)
        if None in tests:
            return []
        return dataclasses.replace(items, pair=made, tests=(
            *items.tests, *(atom for found in tests for atom in found)))

    def ev_ListComp(self, node):
        return self.comprehension(node, lambda: self.value(node.elt))

    ev_GeneratorExp = ev_SetComp = ev_ListComp

    def ev_DictComp(self, node):
        found = self.comprehension(node, lambda: (self.value(node.key), self.value(node.value)))
        try:
            return dict(found) if isinstance(found, list) else found
        except TypeError:
            return unknown(ast.unparse(node), self.line)

    # Operators.

    def ev_BinOp(self, node):
        return self.operate(type(node.op), self.value(node.left), self.value(node.right))

    def operate(self, kind, left, right):
        """left OP right."""
        sign, function = OPERATORS.get(kind, ("", None))
        if function is None:
            return unknown("an operator", self.line)
        if sign == "%" and isinstance(text_of(left), str):
            return self.format(left, right)
        if sign == "%" and self.is_choice_of_text(left):
            return spread(lambda one: self.format(one, right), left)
        left, right = arithmetic.undone(left), arithmetic.undone(right)
        if sign == "+" and (self.is_choice_of_text(left) or self.is_choice_of_text(right)):
            return self.concatenate(left, right)
        if sign == "*" and isinstance(left, (str, bytes)) and isinstance(right, Expr):
            return Expr("repeat", (text_of(left), right), self.line)
        if is_known(left) and is_known(right) and not has((left, right), *RECORDS, "opt"):
            try:
                return function(left, right)
            except (TypeError, ValueError, ArithmeticError):
                return unknown("an operation", self.line)
        if sign == "+" and isinstance(right, list) and numbered.collects(self, left):
            return Expr("collected", (left, *right), self.line)
        if sign == "+" and isinstance(left, list):
            more = [right] if stack_in(right) is not None else chosen_items(right)
            return left + more if isinstance(more, list) else unknown("a sum of lists", self.line)
        if isinstance(left, (list, tuple, dict, Items)) or isinstance(right, (list, tuple, dict)):
            return unknown(f"'{sign}' of containers", self.line)
        for one in (left, right):
            if isinstance(one, Expr) and one.op == "unknown":
                return one
        if sign == "&" and isinstance(left, int):
            left, right = right, left
        if sign == "&" and isinstance(right, int):
            left, mask = masked(left)
            right &= mask
        if sign in ("/", "//") and has(right, "lookup_map", "key", "value") and \
                right not in self.divisors:
            self.divisors.append(right)
        return Expr(sign, (left, right), self.line)

    def format(self, pattern, values):
        pattern = text_of(pattern)
        if isinstance(pattern, Expr) and pattern.op == "text":
            return formats.percent(pattern, values)
        if not isinstance(pattern, str):
            return pattern if has(pattern, "unknown") else unknown("a format", self.line)
        if len(pattern) > MAX_TEXT:
            return unknown("the text of the program", self.line)
        if not has(values, *ANYTHING) and not formats.has_width(pattern):
            try:
                return pattern % (tuple(map(text_of, values)) if isinstance(values, tuple)
                                  else text_of(values))
            except (TypeError, ValueError, KeyError):
                pass
        return formats.percent(pattern, values)

    @staticmethod
    def is_text(value):
        return isinstance(value, (str, bytes)) or \
            isinstance(value, Expr) and value.op in TEXTUAL

    def is_choice_of_text(self, value):
        if isinstance(value, Expr) and value.op == "cond":
            return all(self.is_choice_of_text(arg) for arg in value.args[1:])
        return self.is_text(value)

    def concatenate(self, left, right):
        for value in (left, right):
            if isinstance(value, (str, bytes)) and len(value) > MAX_TEXT:
                return unknown("the text of the program", self.line)
        if is_known(left) and is_known(right):
            left, right = text_of(left), text_of(right)
            return left + right if isinstance(right, str) and isinstance(left, str) else \
                unknown("a sum of text", self.line)
        return self.by_options(lambda a: self.by_options(
            lambda b: text([self.part(a), self.part(b)]), right), left)

    @staticmethod
    def by_options(function, value):
        """The function applied to each choice that options make."""
        if isinstance(value, Expr) and value.op == "cond" and only_options(value.args[0]):
            return spread(function, value)
        return function(value)

    @staticmethod
    def part(value):
        value = text_of(value)
        return value if isinstance(value, str) else Cell(value)

    def ev_UnaryOp(self, node):
        value = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return negate(value)
        if is_known(value):
            try:
                return {ast.USub: operator.neg, ast.UAdd: operator.pos,
                        ast.Invert: operator.invert}[type(node.op)](value)
            except TypeError:
                return unknown("an operation", self.line)
        if isinstance(node.op, ast.UAdd):
            return value
        return Expr("neg" if isinstance(node.op, ast.USub) else "inv", (value,), self.line)

    def ev_BoolOp(self, node):
        is_and = isinstance(node.op, ast.And)
        result = self.value(node.values[0])
        for other in node.values[1:]:
            known = is_known(result)
            if known and bool(result) != is_and:
                return result
            value = self.value(other)
            if known:
                result = value
            elif is_known(value) and not isinstance(value, bool) or \
                    self.has_number(result) and self.has_number(value):
                result = cond(result, value, result) if is_and else cond(result, result, value)
            else:
                result = (both if is_and else either)(truth(result), truth(value))
        return result

    def has_number(self, value):
        """Whether a value is that of an option which is no flag, maybe one of several."""
        return all(is_known(one) or one.op == "opt" and
                   self.options[one.args[0]].get("type", "flag") != "flag"
                   for _, one in choices(value))

    def ev_Compare(self, node):
        left, result = self.value(node.left), True
        for op, other in zip(node.ops, node.comparators):
            right = self.value(other)
            if isinstance(op, (ast.In, ast.NotIn)):
                found = self.of_host(other, left)
                if found is not None and found.op == "device":
                    return isinstance(op, ast.In)
                right = right if found is None else found
            result = both(result, self.compare(type(op), left, right))
            left = right
        return result

    def compare(self, kind, left, right):
        sign, function = COMPARE[kind]
        if is_known(left) and is_known(right) and not has((left, right), *ANYTHING) and \
                not calls.is_table(right):
            try:
                return bool(function(left, right))
            except TypeError:
                return unknown("a comparison", self.line)
        if sign in ("in", "not in"):
            found = self.contains(left, right)
            return negate(found) if sign == "not in" else found
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Expr) and one.op == "chr" and isinstance(other, (str, bytes)) and \
                    len(other) == 1:
                return self.compare(kind, one.args[0], ord(other))
            if isinstance(one, Expr) and one.op in ("ksym", "usym") and is_known(other):
                self.note("approximated", what=f"a symbol is not compared with '{text_of(other)}'")
                return sign == "!="
            if isinstance(one, Expr) and one.op == "cond" and is_known(other):
                return truth(spread(lambda way: self.compare(kind, way, other) if one is left
                                    else self.compare(kind, other, way), one))
            if isinstance(one, Expr) and one.op == "unknown":
                return one
            if other is None and isinstance(one, Expr) and (one.op not in ("opt", "state") or
                                                            command_line.tells_unset(self, one)):
                return sign == "!="
        return Expr(sign, (left, right), self.line)

    def contains(self, item, where):
        """`item in where`."""
        if isinstance(where, Expr) and where.op == "unknown":
            return where
        if isinstance(where, Expr) and where.op == "cond":
            return truth(spread(lambda one: self.contains(item, one), where))
        if where is None:                   # an error of the script, which shows nothing
            return False
        if isinstance(where, Items):
            return numbered.contains(self, item, where)
        if calls.is_table(where):
            return Expr("present", (where.name,)) if self.numbered == where.name else item == Expr("key", (where.name,)) or \
                unknown(f"whether '{where.name}' has an entry", self.line)
        if is_known(item) and item in ("", b""):
            return True
        if isinstance(where, dict):
            where = list(where)
        if isinstance(where, (list, tuple, set)):
            result = False
            for one in where:
                test, one = one.args if is_maybe(one) else (True, one)
                result = either(result, both(test, self.compare(ast.Eq, item, one)))
            return result
        return Expr("in", (item, where), self.line)

    # Places.

    def ev_Attribute(self, node):
        return self.attribute(self.value(node.value), node.attr)

    def attribute(self, base, name):
        if isinstance(base, command_line.NAMESPACES):
            return command_line.attribute(self, base, name)
        if isinstance(base, Expr):
            return self.member(base, name)
        if isinstance(base, Items):
            return unknown(f"'.{name}' of a map's entries", self.line)
        try:
            return command_line.words(self, getattr(base, name))
        except AttributeError:
            return unknown(f"'.{name}'", self.line)

    def as_given(self, value):
        """A value with the options of this run."""
        if not isinstance(value, Expr):
            return value
        if value.op == "opt":
            return self.given.get(value.args[0])
        args = [Cell(self.as_given(arg.value), arg.spec) if isinstance(arg, Cell) else
                self.as_given(arg) for arg in value.args]
        if value.op == "cond":
            return cond(truth(args[0]), args[1], args[2])
        if value.op == "text":
            return text(args)
        rules = {"not": negate, "and": lambda a, b: both(truth(a), truth(b)),
                 "or": lambda a, b: either(truth(a), truth(b))}
        if value.op in rules:
            return rules[value.op](*args)
        known = {"==": operator.eq, "!=": operator.ne}
        if value.op in known and all(map(is_known, args)):
            return known[value.op](*args)
        return Expr(value.op, tuple(args), value.line)

    def in_this_run(self, condition):
        """Whether a condition over options holds in this run."""
        return truth(self.as_given(condition)) is True

    def member(self, base, name):
        """`record.name`."""
        if base.op == "unknown":
            return base
        if base.op == "cond":
            return spread(lambda one: self.member(one, name) if isinstance(one, Expr)
                          else self.attribute(one, name), base)
        if base.op == "thousandths":
            return base
        if base.op == "event" and name == "contents":
            return base
        if base.op not in (*RECORDS, "member", "index", "lookup_map"):
            return unknown(f"'.{name}' of a value", self.line)
        members = self.shapes.members(self.type_of(base))
        if name == "value" and (members is None or "value" not in members):
            return base if members is None else unknown("a number that is a record", self.line)
        if members is None and base.op in ("key", "value", "lookup_map") and self.type_of(base):
            return Expr("absent", (base, name), self.line)
        if members is not None and name not in members:
            return Expr("absent", (base, name), self.line)
        found = Expr("member", (base, name), self.line)
        return Expr("chr", (found,), self.line) if self.type_of(found) == "char" else found

    def type_of(self, expr):
        """The C type of a place; "" if it isn't known."""
        if expr.op == "event":
            return expr.args[1]
        if expr.op in ("key", "value"):
            found = self.shapes.maps.get(expr.args[0])
            return getattr(found, expr.op, "") if found else ""
        if expr.op == "lookup_map":
            found = self.shapes.maps.get(expr.args[0])
            return found.value if found else ""
        if expr.op == "member":
            return self.shapes.type_of(self.type_of(expr.args[0]), [expr.args[1]])
        if expr.op == "index":
            return self.type_of(expr.args[0]).removesuffix("[]")
        return ""

    def ev_Subscript(self, node):
        base = self.value(node.value)
        if isinstance(node.slice, ast.Slice):
            return self.slice(base, node.slice)
        key = self.value(node.slice)
        found = self.of_host(node.value, key)
        return self.index(base, key) if found is None else found

    def of_host(self, node, key):
        """An element of a container that the script fills from the host: the name of a device where
        that is what it reads; None for others."""
        name = getattr(node, "id", getattr(node, "attr", None))
        files = self.script.from_host.get(name)
        if files is None or is_known(key):
            return host_numbers.number(self, name, key)
        if files & DEVICES and not self.is_choice_of_text(key):
            return Expr("device", (key,), self.line)
        if files & DEVICES and isinstance(key, Expr) and key.op == "text" and \
                len(key.args) == 3 and key.args[1] in (",", ":") and \
                isinstance(key.args[0], Cell) and isinstance(key.args[2], Cell):
            major, minor = key.args[0].value, key.args[2].value
            number = Expr("|", (Expr("<<", (major, 20)), minor), self.line)
            return Expr("device", (number,), self.line)
        return unknown(f"'{name}', which the script reads from the host", self.line)

    def index(self, base, key):
        if calls.is_bpf(base) and is_known(key):
            try:
                return base.get_table(key)
            except KeyError:
                return unknown(f"the map '{text_of(key)}'", self.line)
        if calls.is_table(base):
            key = getattr(key, "value", key) if is_known(key) else key
            if isinstance(key, Expr) and key.op == "unknown":
                return key
            return numbered.entry(self, base.name, key)
        if isinstance(base, Expr):
            if base.op in ("unknown", folders.FILE):
                return base if base.op == "unknown" else folders.letter(base, key)
            if base.op in ("member", "index"):
                return Expr("index", (base, key), self.line)
            if base.op == "split" and isinstance(key, int) and key >= 0:
                return trace_lines.word(self, base, key)
            if picked.are_dicts(base):
                return picked.of_choice(self, base, key)
            return unknown("a part of a value", self.line)
        if isinstance(base, Items) or has(base, "unknown"):
            return unknown("one of a map's entries", self.line)
        return self.pick(base, key)

    def pick(self, base, key):
        """base[key] of a container that is known."""
        if isinstance(base, gathered.Lists):
            return base.entry(self, key)
        if isinstance(base, Filled):
            found = base.element(key, self.row)
            return unknown("an element of a dict", self.line) if found is None else found
        if isinstance(base, command_line.Words) and isinstance(key, int) and 0 <= key < len(base):
            return command_line.word(base, key)
        if isinstance(base, (list, tuple)) and any(map(is_maybe, base)):
            return unknown("an item of a list whose length depends on the data", self.line)
        if is_known(key):
            try:
                if hasattr(base, "default_factory") and key not in base:
                    return unknown("a dict that is filled later", self.line)
                return base[key]
            except (KeyError, IndexError, TypeError, AttributeError):
                return unknown(f"an element {key!r}", self.line)
        if key.op == "unknown":
            return key
        if key.op == "cond" and all(is_known(one) for _, one in choices(key)):
            return spread(lambda one: self.pick(base, one), key)
        if isinstance(base, (list, tuple)):
            base = dict(enumerate(base))
        found = picked.element(self, base, key)
        return calls.named(base, key, None, self.line) if found is None else found

    def slice(self, base, part):
        ends = [self.value(end) if end else None for end in (part.lower, part.upper, part.step)]
        if calls.entries_in(base) and ends[2] is None:
            return spread(lambda one: one.cut(ends[0], ends[1]) or
                          unknown("a part of a map's entries", self.line), base)
        if isinstance(base, command_line.Words) and all(end is None or isinstance(end, int) for end in ends):
            return command_line.Words(list(base)[slice(*ends)])
        if isinstance(base, Items):
            cut = base.cut(ends[0], ends[1]) if ends[2] is None else None
            return cut or unknown("a part of a map's entries", self.line)
        if is_known(base) and not any(isinstance(end, Expr) for end in ends) and \
                not (isinstance(base, list) and any(map(is_maybe, base))):
            try:
                return base[slice(*ends)]
            except TypeError:
                return unknown("a part of a value", self.line)
        if isinstance(base, Expr) and base.op == "cond":
            return spread(lambda one: self.slice(one, part), base)
        if isinstance(base, Expr) and base.op in ("file", "time_of_day"):
            return times.part_of(base, ends, self.line)
        if stack_in(base) is not None:
            return part_of_stack(self, base, ends)
        if isinstance(base, Expr) and ends[0] in (None, 0) and ends[2] is None and \
                base.op in ("member", "opt"):
            if isinstance(ends[1], int) and ends[1] < 0:
                return Expr("cut_end", (base, -ends[1]), self.line)
            return Expr("cut", (base, ends[1]), self.line)
        return unknown("a part of a value", self.line)

    # Calls.

    def ev_Call(self, node):
        args, kwargs = [], {}
        for arg in node.args:
            if isinstance(arg, ast.Starred):
                args.extend(self.sequence(self.value(arg.value)))
            else:
                args.append(self.value(arg))
        for word in node.keywords:
            if word.arg:
                kwargs[word.arg] = self.value(word.value)
        if isinstance(node.func, ast.Attribute):
            base = self.value(node.func.value)
            found = calls.method(self, node, base, args, kwargs)
            if found is not calls.NOT_MINE:
                return found
            function = self.attribute(base, node.func.attr)
        else:
            function = self.value(node.func)
        return self.call(function, args, kwargs, ast.unparse(node.func))

    def call(self, function, args, kwargs, name):
        """function(*args, **kwargs); `name` is how the script calls it."""
        if isinstance(function, Expr) and function.op == "cond" and all(
                calls.is_plain(self, one) for _, one in choices(function)):
            return spread(lambda one: self.call(one, args, kwargs, name), function)
        if isinstance(function, Expr) and picked.are_functions(self, function):
            return picked.call(self, function, args, kwargs)
        if isinstance(function, Expr):
            return function if function.op == "unknown" else unknown(f"'{name}()'", self.line)
        if str(getattr(function, "__module__", "")).startswith("bcc.") and \
                calls.handler_of(function):
            return calls.handler_of(function)(self, args, kwargs)
        if isinstance(function, Inner) or \
                is_function(function) and self.script.definition(function) is not None:
            return self.invoke(function, args, kwargs)
        found = command_line.called(self, function, args)
        return calls.known(self, function, args, kwargs, name) if found is None else found
