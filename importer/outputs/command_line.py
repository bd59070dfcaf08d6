# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What the script reads of its command line: attributes of what argparse or optparse gives, pairs that
getopt gives, words of sys.argv. Called by evaluate.Evaluator and calls."""

import argparse
import ast
import getopt
import optparse
import sys

from .expr import Expr, cond, is_maybe, unknown
from .frames import maybe

NAMESPACES = (argparse.Namespace, optparse.Values)
SPLITTERS = (getopt.getopt, getopt.gnu_getopt)


class Words(list):
    """sys.argv, with the words that are options of the tool."""


def words(machine, value):
    """A value, or the Words where it is sys.argv and the tool has some of them."""
    if value is not sys.argv:
        return value
    known = {one["place"]: (key, one) for key, one in machine.options.items() if one.get("place")}
    found = list(sys.argv)
    for place, (key, one) in sorted(known.items()):
        is_there = place < len(found)
        test = is_given(machine, key, found[place] if is_there else None)
        word = Expr("opt", (key,), machine.line)
        found[place:place + 1] = [word if is_there else maybe(test, word)]
    return Words(found) if known else value


def count(found):
    """len() of Words: those that are there, up to the last that is given."""
    number = sum(not is_maybe(one) for one in found)
    for at, one in enumerate(found):
        if is_maybe(one):
            number = cond(one.args[0], at + 1, number)
    return number


def word(found, place):
    """One of the Words."""
    return found[place].args[1] if is_maybe(found[place]) else found[place]


def called(machine, function, args):
    """What a function makes of the command line; None for other calls."""
    if function in SPLITTERS:
        return split(machine, args)
    return count(args[0]) if function is len and args and isinstance(args[0], Words) else None


def attribute(machine, namespace, name):
    """An option of the tool, unless the manifest has none for it."""
    value = getattr(namespace, name, None)
    for key, known in machine.options.items():
        if known.get("name") and known.get("attribute", key) == name:
            value = given(machine, key, known, value)
    return value


def given(machine, key, known, value):
    """An attribute with one of the options that set it; `value` is what it is without that."""
    found, first = Expr("opt", (key,), machine.line), not isinstance(value, Expr)
    value = known.get("absent", value) if first else value
    if known.get("odd"):
        return unknown(f"what --{known['name']} gives", machine.line)
    if known["type"] != "flag":
        if not first:
            return unknown(f"--{known['name']}, which is not the only one to say '{known['attribute']}'",
                           machine.line)
        test = is_given(machine, key, value)
        if known.get("wraps") and value == []:
            return [maybe(test, found)]
        if known.get("wraps"):
            return [found] if isinstance(value, list) else cond(test, [found], value)
        if known.get("scale"):
            return machine.held(scaled(machine, found, known, value))
        return found if known.get("unset") is None else machine.held(cond(test, found, value))
    if first and known.get("const", True) is True and not value:
        machine.given[key] = value
        return found
    machine.given[key] = False
    return cond(found, known["const"], value)


def scaled(machine, found, known, value):
    """The number that the script makes of an option's."""
    factor, offset = known["scale"]
    unset = known.get("default") if known.get("unset") is None else known["unset"]
    test = found if unset is None else Expr("!=", (found, int(unset)), machine.line)
    made = machine.operate(ast.Mult, found, factor)
    return cond(test, machine.operate(ast.Add, made, offset) if offset else made, value)


def is_given(machine, key, value):
    """Whether the command line has an option; `value` is that of this run."""
    unset = machine.options[key].get("unset")
    found = Expr("opt", (key,), machine.line)
    machine.given[key] = value if unset is None or value is not None else unset
    return found if unset is None else Expr("!=", (found, unset), machine.line)


def tells_unset(machine, value):
    """Whether an option has a number that means that it is not given."""
    return value.op == "opt" and machine.options[value.args[0]].get("unset") is not None


def split(machine, args):
    """What getopt gives: pairs of flags and their words, each where the option is given; the words
    behind them are those of this run."""
    try:
        _, rest = SPLITTERS[0](*args)
    except (getopt.GetoptError, TypeError):
        return unknown("words of the command line", machine.line)
    found = []
    for key, known in machine.options.items():
        if known.get("pairs") and known.get("name"):
            is_flag = known["type"] == "flag"
            word = "" if is_flag else Expr("opt", (key,), machine.line)
            test = is_given(machine, key, False if is_flag else None)
            found.append(maybe(test, (known["pairs"], word)))
    return found, rest
