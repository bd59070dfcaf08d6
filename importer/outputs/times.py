# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Clocks that a script reads, and how it shows them."""

from .expr import Expr, has, text_of, unknown


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


def call_utc(machine, _args, _kwargs):
    return Expr("begin" if machine.before else "now", ("utc",), machine.line)


def call_now(machine, args, _kwargs):
    return Expr("begin" if machine.before else "now", ("clock",), machine.line)


def call_monotonic(machine, _args, _kwargs):
    return Expr("begin" if machine.before else "now", ("monotonic",), machine.line)
