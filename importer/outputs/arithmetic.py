# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Python's functions of numbers, of numbers that are not known. See calls.FUNCTIONS."""

from . import sums
from .expr import Expr, cond, unknown


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
