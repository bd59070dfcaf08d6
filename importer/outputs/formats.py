# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Python's three ways to format, as texts of literals and cells."""

import re
import string

from .arithmetic import undone
from .expr import Cell, Expr, Spec, choices, is_known, spread, text, text_of, unknown

PERCENT = re.compile(r"%(?:\((\w+)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])")
FIELD = re.compile(r"(?:(.)?([<>^=]))?([-+ ]?)(#?)(0?)(\d+)?(,?)(?:\.(\d+))?([bcdeEfFgGnosxX%])?$")
INTEGERS = "diu"


def has_width(pattern):
    """Whether a pattern of `%` makes columns."""
    return any(match.group(3) for match in PERCENT.finditer(pattern))


class Arguments:
    """The right side of `%`, taken one by one; an `open` one is a tuple of unknown length."""

    def __init__(self, values):
        self.values = list(values)

    def take(self):
        return self.values.pop(0) if self.values else unknown("an argument of a format")


def known_number(value):
    return value if isinstance(value, int) else None


def as_known(directive, value):
    """A known value through its directive, as text."""
    try:
        return directive % (value,)
    except TypeError:
        return str(text_of(value))


def percent_cell(match, arguments):
    """One directive of `%` as a part of a text."""
    _, flags, width, precision, kind = match.groups()
    if kind == "%":
        return "%"
    sizes = []
    for number in (width, precision):
        sizes.append(known_number(arguments.take()) if number == "*" else
                     int(number) if number else None)
    value = arguments.take()
    left = "-" in flags or (sizes[0] or 0) < 0
    flags = flags.replace("-", "")
    spec = Spec(abs(sizes[0] or 0), left, -1 if sizes[1] is None else sizes[1],
                "d" if kind in INTEGERS else "s" if kind in "ra" else kind, flags)
    if isinstance(value, bytes) and kind == "s":
        value = text_of(value)
    value = value if kind in "sra" else undone(value)
    return Cell(value, spec)


def percent(pattern, values):
    """`pattern % values` as a text, of each tuple where a condition chooses one. Of a pattern that
    has values in it their text is kept."""
    if any(isinstance(one, (tuple, dict)) for conditions, one in choices(values) if conditions):
        return spread(lambda one: percent(pattern, one), values)
    named = values if isinstance(values, dict) else None
    arguments = Arguments(values if isinstance(values, tuple) else (values,))
    if not isinstance(pattern, Expr):
        return text(directives(text_of(pattern), arguments, named))
    parts = []
    for part in pattern.args:
        parts += directives(part, arguments, named) if isinstance(part, str) else [part]
    return text(parts)


def directives(pattern, arguments, named):
    """The parts of a pattern, with values for its directives."""
    parts, at = [], 0
    for match in PERCENT.finditer(pattern):
        parts.append(pattern[at:match.start()])
        if match.group(1) and named is not None:
            arguments.values.insert(0, named.get(match.group(1)))
        parts.append(percent_cell(match, arguments))
        at = match.end()
    return [*parts, pattern[at:]]


def field_cell(value, form, conversion=""):
    """One replacement field of str.format or an f-string."""
    if is_known(form) is False:
        return Cell(unknown("a format that is computed"))
    match = FIELD.match(form or "")
    if not match:
        return Cell(unknown(f"the format '{form}'"))
    _, align, sign, alt, zero, width, _, precision, kind = match.groups()
    textual = isinstance(value, str) or (isinstance(value, Expr) and kind in (None, "s"))
    left = align == "<" or (align is None and textual)
    kind = {None: "s" if textual or conversion else "v", "n": "d"}.get(kind, kind)
    value = value if kind in "sv" else undone(value)
    return Cell(text_of(value), Spec(int(width or 0), left, int(precision) if precision else -1,
                                     kind, sign + alt + zero))


def braces(pattern, args, kwargs):
    """`pattern.format(*args, **kwargs)` as a text."""
    parts, position = [], 0
    for literal, name, form, conversion in string.Formatter().parse(text_of(pattern)):
        parts.append(literal)
        if name is None:
            continue
        if name == "":
            name, position = str(position), position + 1
        if name.isdigit() and int(name) < len(args):
            value = args[int(name)]
        else:
            value = kwargs.get(name, unknown(f"'{{{name}}}' in a format"))
        parts.append(field_cell(value, form, conversion or ""))
    return text(parts)
