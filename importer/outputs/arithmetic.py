# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Python's functions of numbers, of numbers that are not known. See calls.FUNCTIONS."""

from . import sums
from .c_text import Writer
from .expr import Expr, cond, is_known, spread, unknown


def call_extreme(op):
    def call(machine, args, _kwargs):
        if len(args) != 2:
            return unknown(f"{op}()", machine.line)
        sign = ">" if op == "max" else "<"
        if op == "max" and args[0] == 0 and sums.is_natural(machine, args[1]):
            return args[1]
        return cond(Expr(sign, (args[0], args[1])), args[0], args[1])
    return call


def call_sum(machine, args, _kwargs):
    if not isinstance(args[0], (list, tuple)) or not args[0]:
        return unknown("sum()", machine.line)
    total = args[0][0]
    for one in args[0][1:]:
        total = Expr("+", (total, one), machine.line)
    return total


def call_abs(machine, args, _kwargs):
    return cond(Expr("<", (args[0], 0)), Expr("neg", (args[0],)), args[0])


def call_round(machine, args, _kwargs):
    """A whole number, or one of some digits, which a format of its own makes again."""
    if len(args) == 1:
        return Expr("round", (args[0],), machine.line)
    return Expr("digits", tuple(args), machine.line) if isinstance(args[1], int) and args[1] >= 0 \
        else args[0]


def undone(value):
    """A number without the rounding that no text of it as it is shows."""
    return value.args[0] if isinstance(value, Expr) and value.op == "digits" else value


def call_isinstance(machine, args, _kwargs):
    """Whether a value is a number with a fraction, or without."""
    kinds = args[1] if isinstance(args[1], tuple) else (args[1],)
    writer = Writer(machine)

    def is_one(value):
        if is_known(value):
            return isinstance(value, kinds)
        if value.op == "unknown" or writer.is_text(value) or not set(kinds) <= {int, float}:
            return unknown("isinstance()", machine.line)
        return (float if writer.is_real(value) else int) in kinds
    return spread(is_one, args[0]) if isinstance(args[0], Expr) else \
        unknown("isinstance()", machine.line)
