# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Numbers that a script reads by their names from a file of /proc whose lines are "Name: number"."""

import ast

from .expr import Expr, text_of


def read_by(tree):
    """({name of a dict: file}, lines of the loops) of a script that fills dicts with the numbers."""
    found, lines = {}, set()
    for function in [*ast.walk(tree)]:
        for loop in getattr(function, "body", ()) if isinstance(function, (ast.FunctionDef, ast.Module)) \
                else ():
            path = path_of(loop) if isinstance(loop, ast.For) else None
            for store in stores(loop) if path else ():
                lines.add(loop.lineno)
                found[store] = path
                for name in results_of(function, store, tree):
                    found[name] = path
    return found, lines


def path_of(loop):
    """The file of /proc over whose lines a loop goes that cuts them at a colon; None for others."""
    call = loop.iter
    path = getattr(call.args[0], "value", None) if isinstance(call, ast.Call) and call.args and \
        getattr(call.func, "id", "") == "open" else None
    cuts = any(isinstance(one, ast.Call) and getattr(one.func, "attr", "") == "split" and one.args and
               getattr(one.args[0], "value", None) == ":" for one in ast.walk(loop))
    return path if isinstance(path, str) and path.startswith("/proc/") and cuts else None


def stores(loop):
    """Names of the dicts to which a loop gives such numbers as they are, of one that does nothing
    else."""
    names = []
    for one in loop.body:
        if not isinstance(one, ast.Assign) or any(isinstance(part, (ast.BinOp, ast.IfExp))
                                                  for part in ast.walk(one)):
            return []
        target = one.targets[0]
        if isinstance(target, ast.Subscript):
            if not isinstance(target.value, ast.Name) or not isinstance(one.value, ast.Call) or \
                    getattr(one.value.func, "id", "") != "int":
                return []
            names.append(target.value.id)
    return names


def results_of(function, store, tree):
    """Names that are given the dict which a function returns."""
    returned = [one.value for one in ast.walk(function) if isinstance(one, ast.Return)]
    if not isinstance(function, ast.FunctionDef) or [getattr(one, "id", "") for one in returned] != [store]:
        return []
    return [target.id for one in ast.walk(tree) if isinstance(one, ast.Assign) and
            isinstance(one.value, ast.Call) and getattr(one.value.func, "id", "") == function.name
            for target in one.targets if isinstance(target, ast.Name)]


def number(machine, name, key):
    """The number of a name, of a dict of such numbers; None for others."""
    path = machine.script.numbers.get(name)
    key = text_of(key)
    return Expr("host_number", (path, key), machine.line) if path and isinstance(key, str) else None
