# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What the script reads of its command line: attributes of what argparse or optparse gives, pairs that
getopt gives. Called by evaluate.Evaluator and calls."""

import argparse
import getopt
import optparse

from .expr import Expr, cond, unknown
from .frames import maybe

NAMESPACES = (argparse.Namespace, optparse.Values)
SPLITTERS = (getopt.getopt, getopt.gnu_getopt)


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
    if known["type"] != "flag":
        if not first:
            return unknown(f"--{known['name']}, which is not the only one to say '{known['attribute']}'",
                           machine.line)
        test = is_given(machine, key, value)
        if known.get("wraps"):
            return [found] if isinstance(value, list) else cond(test, [found], value)
        return found if known.get("unset") is None else machine.held(cond(test, found, value))
    if known.get("odd"):
        return unknown(f"what --{known['name']} gives", machine.line)
    if first and known.get("const", True) is True and not value:
        machine.given[key] = value
        return found
    machine.given[key] = False
    return cond(found, known["const"], value)


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
