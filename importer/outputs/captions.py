# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Texts above and beside values (units, titles, headers): a text, or a choice of texts by options as
the manifest has it, {"when": ..., "then": ..., "else": ...}."""

from .c_text import Beyond
from .expr import Cell, Expr, Spec, cond, is_known, only_options, text_of
from .ways import opposite


def flat(value):
    """A text whose parts options choose, as a choice of whole texts; other values as they are."""
    if not isinstance(value, Expr) or value.op != "text":
        return value
    whole = ""
    for part in value.args:
        if isinstance(part, Cell) and part.spec != Spec(0, part.spec.left):
            return value
        whole = behind(whole, part.value if isinstance(part, Cell) else part)
    return whole


def behind(left, right):
    """Two texts as one, each of which options may choose."""
    if isinstance(left, Expr) and left.op == "cond":
        return cond(left.args[0], behind(left.args[1], right), behind(left.args[2], right))
    if isinstance(right, Expr) and right.op == "cond":
        return cond(right.args[0], behind(left, right.args[1]), behind(left, right.args[2]))
    if is_known(left) and is_known(right):
        return f"{text_of(left)}{text_of(right)}"
    return Expr("text", (left, right))


def filled(value):
    """A choice without texts that are empty: where one is, nothing is shown that it belongs to."""
    if not isinstance(value, Expr) or value.op != "cond":
        return value
    test, yes, no = value.args
    yes, no = filled(yes), filled(no)
    if is_known(yes) and not yes:
        return no
    if is_known(no) and not no:
        return yes
    return cond(test, yes, no)


def caption(writer, value):
    """A text, or a choice of texts; Beyond what options decide."""
    value = flat(value)
    if is_known(value):
        return str(text_of(value))
    if value.op != "cond" or not only_options(value.args[0]):
        raise Beyond("a text that depends on the data", value.line)
    test, yes, no = value.args
    return {"when": writer.condition(test), "then": caption(writer, yes),
            "else": caption(writer, no)}


def with_one_value(writer, columns):
    """Columns, each a pair of its conditions and what it is; two neighbours of which one is there,
    and that differ in their header alone, are one whose header options choose."""
    found = []
    for when, column in columns:
        last = found[-1] if found else None
        test = opposite(last[0], when) if last else None
        if test is None or not only_options(test) or not column["header"] or \
                not last[1]["header"] or headless(last[1]) != headless(column):
            found.append((when, column))
            continue
        header = {"when": writer.condition(test), "then": last[1]["header"],
                  "else": column["header"]}
        found[-1] = (tuple(atom for atom in last[0] if atom != test),
                     {**column, "header": header, "hint": plain(header)})
    return found


def headless(column):
    return {name: value for name, value in column.items() if name not in ("header", "hint")}


def plain(found):
    """Of a choice the text where none of its conditions holds."""
    while isinstance(found, dict):
        found = found["else"]
    return found
