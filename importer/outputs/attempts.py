# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What differs between hosts before the wait: attaches that fail, answers to questions about the
kernel. And what a `try` may come to later, a division by zero. Called by machine.Machine and calls.
"""

import ast

from bcc.recorder import state

from . import script as source
from .expr import Expr, all_of, cond, is_known, text_of, unknown

KPROBES = {"attach_kprobe", "attach_kretprobe"}


def answer(machine, name, args, otherwise):
    """What a method of the BPF object says of the host, where it is asked before the wait. That a
    tracepoint is there is known: without it the tool attaches nothing."""
    words = [text_of(arg) for arg in args]
    if machine.before and name == "get_kprobe_functions" and words and words[0].isidentifier():
        return cond(Expr("host", (words[0],), machine.line), [args[0]], [])
    if machine.before and name == "tracepoint_exists" and len(words) == 2:
        return state.ask("event", ":".join(words))
    return otherwise


def run(machine, node):
    """A `try` with its ways."""
    if machine.before:
        before_wait(machine, node)
    else:
        of_round(machine, node)
    if machine.guard is not None:
        machine.run(node.finalbody)


def of_round(machine, node):
    """From the wait on: all that fails is a division."""
    handler = next((one for one in node.handlers if source.catches_zero(one)), None)
    test = divides(machine, node) if handler else True
    if is_known(test):
        machine.run([*node.body, *node.orelse])
    else:
        machine.branch(test, lambda: machine.run([*node.body, *node.orelse]),
                       lambda: machine.run(handler.body))


def divides(machine, node):
    """The condition under which nothing is divided by zero in a `try`."""
    start, guard, effects, outer = machine.snapshot(), machine.guard, machine.effects, \
        machine.divisors
    machine.divisors, machine.effects = [], []
    machine.run(node.body)
    test = all_of(Expr("!=", (divisor, 0)) for divisor in machine.divisors)
    machine.restore(start)
    machine.guard, machine.effects, machine.divisors = guard, effects, outer
    return test


def before_wait(machine, node):
    """Before it: what a handler prints that goes on belongs to the hosts where the body fails."""
    handler = next((one for one in node.handlers if takes_all(one)), None)
    if handler is None or not prints(handler):
        machine.run([*node.body, *node.orelse])
        return
    test = attached(node.body)
    machine.branch(test, lambda: machine.run([*node.body, *node.orelse]),
                   lambda: handle(machine, handler))


def handle(machine, handler):
    """A handler; what it prints on its way to the script's end is none of a tool that runs."""
    known = len(machine.effects)
    machine.run(handler.body)
    if machine.guard is None:
        del machine.effects[known:]


def takes_all(handler):
    return handler.type is None or ast.unparse(handler.type) in ("Exception", "BaseException")


def prints(handler):
    return any(isinstance(call, ast.Call) and
               getattr(call.func, "id", "") in ("print", "printb") for call in ast.walk(handler))


def attached(body):
    """The condition under which a body that only puts probes on functions of the kernel does not
    fail."""
    names = [function_of(one.value) if isinstance(one, ast.Expr) else None for one in body]
    if not all(names):
        return unknown("whether it fails on a host")
    return all_of(Expr("host", (name,)) for name in dict.fromkeys(names))


def function_of(call):
    """The function that a call puts a probe on, None if it does something else."""
    if not isinstance(call, ast.Call) or getattr(call.func, "attr", "") not in KPROBES:
        return None
    given = [one.value for one in call.keywords if one.arg == "event"] or call.args
    name = getattr(given[0], "value", None) if given else None
    name = name.decode() if isinstance(name, bytes) else name
    return name if isinstance(name, str) and name.isidentifier() else None
