# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What scripts ask of texts that are not known, or make of them."""

from .expr import Expr, text_of, unknown


def call_search(machine, args, _kwargs):
    """re.search() in a condition, with the regular expressions of POSIX."""
    if len(args) != 2 or not isinstance(args[1], Expr):
        return unknown("re.search()", machine.line)
    machine.note("approximated", what="regular expressions are those of regcomp(3)")
    return Expr("matches", tuple(map(text_of, args)), machine.line)


def call_strerror(machine, args, _kwargs):
    return Expr("strerror", (args[0],), machine.line)


def replaced(machine, base, args):
    """`text.replace(old, new)` of what is known."""
    old, new = map(text_of, args)
    if not old or not isinstance(old, str) or not isinstance(new, str):
        return unknown("'.replace()' of a value", machine.line)
    return Expr("replaced", (base, old, new), machine.line)
