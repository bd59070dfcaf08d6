# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Elements that a script puts into maps before its wait, as `preset` of the manifest.

A value is a number, or a structure of ctypes whose members were given numbers and texts before. Keys
are numbers. What is neither, or is put in under a condition, is left to the report.
"""

import ast
import ctypes

from bcc.table import Table

from .c_text import Beyond, literal
from .expr import Expr, has, text_of

INTEGERS = set("bBhHiIlLqQ")


def is_structure(value):
    return isinstance(value, (ctypes.Structure, ctypes.Union))


def set_member(machine, base, name, value):
    """`structure.name = v` before the wait."""
    if is_structure(base):
        machine.members.setdefault(id(base), {})[name] = \
            value if machine.guard == () else Expr("unknown", ("a value under a condition",))


def noted(machine, table, key, value):
    """What an assignment to a map puts there."""
    given = dict(machine.members.get(id(value), {})) if is_structure(value) else None
    machine.note("fill", table=table, key=key, value=value, members=given)


def skipped(machine, node):
    """Notes what a loop before the wait would put into maps that is not read."""
    for child in ast.walk(node) if machine.before else ():
        base = machine.value(child.value) if isinstance(child, ast.Subscript) and \
            isinstance(child.ctx, ast.Store) else None
        if isinstance(base, Table):
            noted(machine, base.name, Expr("unknown", ("a key that a loop makes",)), None)


def number_of(value):
    """A number, plain or of ctypes; other values as they are."""
    return value.value if isinstance(value, ctypes._SimpleCData) else value


def is_number(value):
    value = number_of(value)
    return isinstance(value, int) or isinstance(value, Expr) and not has(value, "unknown", "text")


def written(writer, value):
    """C for a number."""
    if not is_number(value) or isinstance(value, Expr) and writer.is_text(value):
        raise Beyond("a value that is no number")
    return writer.integer(number_of(value))


def number(writer, value):
    """The same as a manifest has it."""
    found = written(writer, value)
    return int(found) if found.lstrip("-").isdigit() else found


def fields_of(value, members):
    """[(name, ctype, value)] of a structure; what was not given before must be zero."""
    found = []
    for name, kind, *bits in value._fields_:
        if bits:
            raise Beyond("a structure with bits")
        place = getattr(type(value), name)
        if name in members:
            found.append((name, kind, members[name]))
        elif any(bytes(value)[place.offset:place.offset + place.size]):
            raise Beyond(f"a structure whose '{name}' was given elsewhere")
    return found


class Presets:
    """The elements of all maps; `sizes`: of options that are texts in them."""

    def __init__(self, context):
        self.context, self.maps, self.sizes = context, {}, {}
        self.writer = context.columns().writer

    def add(self, effect):
        """One of them, or a line of the report."""
        table = effect.data["table"]
        try:
            if effect.guard:
                raise Beyond("under a condition")
            found = self.element(effect.data)
        except (Beyond, TypeError, ValueError):
            self.context.report.left(effect.line, f"it writes to the map '{table}'")
            return
        same = self.maps.setdefault(table, [])
        same[:] = [one for one in same if one["key"] != found["key"]] + [found]

    def element(self, data):
        key, value = {"key": number(self.writer, data["key"])}, data["value"]
        if not is_structure(value):
            return {**key, "value": number(self.writer, value)}
        known = self.context.machine.shapes.maps.get(data["table"])
        members = list(self.context.machine.shapes.members(getattr(known, "value", "")) or ())
        names = [name for name, *_ in value._fields_]
        if members[:len(names)] != names:
            raise Beyond("a structure that is not the map's")
        fields = fields_of(value, data["members"])
        texts = [one for one in fields if is_array(one[1])]
        if len(texts) > 1:
            raise Beyond("several texts")
        found = dict(key)
        numbers = [f".{name} = {written(self.writer, one)}" for name, kind, one in fields
                   if not is_array(kind)]
        if numbers or not texts:
            found["value"] = f"{{ {', '.join(numbers)} }}" if numbers else "{ 0 }"
        for name, kind, one in texts:
            found |= {"text": self.text(kind, one), "member": name}
        return found

    def text(self, kind, value):
        """C for a text; an option has no more room than the map."""
        value = text_of(value)
        if isinstance(value, str):
            return literal(value)
        if not isinstance(value, Expr) or value.op != "opt" or not self.writer.is_text(value):
            raise Beyond("a text that is made")
        name = value.args[0]
        self.sizes[name] = min(ctypes.sizeof(kind), self.sizes.get(name, 4096))
        return self.writer.expression(value)


def is_array(kind):
    """Whether a type of ctypes is a text; numbers are the only others."""
    if getattr(kind, "_type_", None) is ctypes.c_char:
        return True
    if getattr(kind, "_type_", None) not in INTEGERS:
        raise Beyond("a member that is neither a number nor a text")
    return False


def of(context, effects):
    """(elements by map, sizes of options) of what is put into maps."""
    presets = Presets(context)
    for effect in effects:
        if effect.kind == "fill":
            presets.add(effect)
    return presets.maps, presets.sizes
