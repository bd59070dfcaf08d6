# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Clocks that a script reads, and how it shows them."""

import re
import sys

from .expr import Expr, has, text_of, unknown

WIDTHS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2, "%f": 6}


def call_strftime(machine, args, _kwargs):
    form = text_of(args[0]) if args else ""
    if len(args) > 1 and not has(args[1], "now", "begin"):
        return unknown("strftime() of a time", machine.line)
    return day_of(form, args[1]) if len(args) > 1 else Expr("time_of_day", (form,), machine.line)


def call_asctime(machine, args, _kwargs):
    """Its form is that of C, which fills the day with a blank."""
    if args and not has(args[0], "now", "begin"):
        return unknown("asctime() of a time", machine.line)
    return day_of("%a %b %e %H:%M:%S %Y", args[0] if args else Expr("now", ("clock",), machine.line))


def day_of(form, when):
    """The time of day in a form, of the host's zone or of UTC."""
    zone = ("utc",) if has(when, "now", "begin") and "utc" in when.args else ()
    return Expr("time_of_day", (form, *zone), when.line)


def part_of(value, ends, line):
    """Characters of a time of day, or of a file's text, which loses the end of its line."""
    begin, end, step = ends
    if begin is None and isinstance(end, int) and end < 0:
        return value if value.op == "file" else Expr("shorter", (value, -end), line)
    found = None
    if value.op == "time_of_day" and step is None and \
            all(one is None or isinstance(one, int) and one >= 0 for one in (begin, end)):
        found = form_between(value.args[0], begin or 0, sys.maxsize if end is None else end)
    return Expr("time_of_day", (found, *value.args[1:]), line) if found else \
        unknown("a part of a value", line)


def form_between(form, begin, end):
    """The form of some characters, where all before them have known widths; None for half of a number."""
    at, kept = 0, ""
    for piece in re.findall(r"%.|[^%]", form):
        if at >= end:
            break
        width = WIDTHS.get(piece, 1 if len(piece) == 1 else None)
        if width is None or at < begin < at + width or at < end < at + width:
            return None
        kept += piece if begin <= at else ""
        at += width
    return kept


def call_utc(machine, _args, _kwargs):
    return Expr("begin" if machine.before else "now", ("utc", "date"), machine.line)


def call_date(machine, args, kwargs):
    """datetime.now(): of the host's zone."""
    if any(zone is not None for zone in (*args, *kwargs.values())):
        return unknown("datetime.now() of a zone", machine.line)
    return Expr("begin" if machine.before else "now", ("clock", "date"), machine.line)


def call_now(machine, args, _kwargs):
    return Expr("begin" if machine.before else "now", ("clock",), machine.line)


def call_monotonic(machine, _args, _kwargs):
    return Expr("begin" if machine.before else "now", ("monotonic",), machine.line)
