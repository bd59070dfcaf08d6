# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Elements of containers by a key that is not known, where they are no texts or numbers: rows of a
table, functions, objects of the script; and what calling one of them gives.
"""

import ast

from .expr import Cell, Expr, choices, cond, is_known, negate, unknown
from .filled import Filled
from .items import Items
from .script import Inner, is_function

MAX_WAYS = 16       # elements of which one is chosen by tests


def element(machine, base, key):
    """base[key] of a dict whose values are rows, functions or objects; None for others."""
    values = list(base.values())
    if not values or not all(isinstance(name, (int, str, bytes)) for name in base):
        return None
    if all(isinstance(value, (list, tuple)) for value in values):
        lengths = {len(value) for value in values}
        if len(lengths) != 1:
            return None
        return [machine.pick({name: row[i] for name, row in base.items()}, key)
                for i in range(lengths.pop())]
    if len(values) > MAX_WAYS or not all(is_way(machine, value) for value in values):
        return None
    *first, last = base.items()
    found = last[1]
    for name, value in reversed(first):
        found = cond(machine.compare(ast.Eq, key, name), value, found)
    return found


def is_way(machine, value):
    """Whether a value is a function of the script, or an object of one of its classes."""
    if isinstance(value, Inner):
        return True
    if is_function(value):
        return machine.script.definition(value) is not None
    return is_object(machine, value)


def is_object(machine, value):
    """Whether a value is an object whose methods the script defines."""
    if isinstance(value, (Expr, Cell, Items, Filled, type)):
        return False
    return any(is_function(part) and machine.script.definition(part) is not None
               for part in vars(type(value)).values())


def are_objects(machine, value):
    """Whether a choice is one of objects of the script."""
    return value.op == "cond" and all(is_known(one) and is_object(machine, one)
                                      for _, one in choices(value))


def are_functions(machine, value):
    """Whether a choice is one of functions of the script."""
    return value.op == "cond" and all(is_known(one) and is_way(machine, one)
                                      for _, one in choices(value))


def call(machine, function, args, kwargs):
    """What the functions of a choice give, each under its condition."""
    if not isinstance(function, Expr):
        return machine.invoke(function, args, kwargs)
    test, yes, no = function.args
    found = {}

    def way(name, one):
        found[name] = call(machine, one, args, kwargs)
    machine.branch(test, lambda: way("yes", yes), lambda: way("no", no))
    if len(found) < 2:
        return next(iter(found.values()), unknown("a call", machine.line))
    return cond(test, found["yes"], found["no"])


def of_choice(machine, base, key):
    """base[key] of a choice of dicts, without the ways that conditions around it exclude."""
    if not isinstance(base, Expr) or base.op != "cond":
        return machine.index(base, key)
    test, yes, no = base.args
    if test in machine.guard:
        return of_choice(machine, yes, key)
    if negate(test) in machine.guard:
        return of_choice(machine, no, key)
    return cond(test, of_choice(machine, yes, key), of_choice(machine, no, key))


def are_dicts(value):
    """Whether a choice is one of dicts."""
    return value.op == "cond" and all(isinstance(one, (dict, Filled)) for _, one in choices(value))
