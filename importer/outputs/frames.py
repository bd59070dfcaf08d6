# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Stacks in lists: which of their frames there are, in which order, under which conditions."""

from .expr import Expr, all_of, both, choices, is_known, is_maybe, negate, same, spread


def maybe(test, item):
    """An item of a list that is there where a test holds."""
    if is_maybe(item):
        return Expr("maybe", (both(test, item.args[0]), item.args[1]), item.line)
    return Expr("maybe", (test, item))


def turned(value):
    """A list the other way round, with the stacks in it."""
    if is_maybe(value):
        return Expr("maybe", (value.args[0], turned(value.args[1])), value.line)
    if isinstance(value, Expr) and value.op == "stack":
        table, number, skip, backwards = value.args
        return Expr("stack", (table, number, skip, not backwards), value.line)
    if isinstance(value, Expr):
        return spread(turned, value) if value.op == "cond" else value
    return [turned(item) if isinstance(item, Expr) else item for item in list(value)[::-1]]


def chosen_items(value):
    """A list of which options or the data choose, as one whose items are there or not."""
    ways = choices(value)
    if len(ways) < 2 or not all(isinstance(one, list) or is_known(one) and not one
                                for _, one in ways):
        return value
    return [Expr("maybe", (all_of(tests), item)) for tests, one in ways for item in one or ()]


def part_of_stack(machine, stack, ends):
    """Frames of a stack from one on."""
    if ends[1:] == [None, None] and ends[0] in (None, 0):
        return stack
    if stack.op == "stack" and ends[1:] == [None, None] and isinstance(ends[0], int) and \
            ends[0] > 0 and not stack.args[3]:
        table, number, skip, _ = stack.args
        return Expr("stack", (table, number, skip + ends[0], False), stack.line)
    machine.note("approximated", what="a stack is shown whole where the script leaves "
                 "some of its frames out")
    return stack


def frames_of(machine, stack, generator, make):
    """What a comprehension makes of each frame of a stack; no frames of an empty list."""
    if not isinstance(stack, Expr):
        return []
    machine.assign(generator.target, Expr("frame", (stack,)))
    return Expr("frames", (stack, make()), machine.line)


def either_list(test, one, two):
    """A list or another: what they begin and end with, and between it what depends on the test."""
    start = end = 0
    while start < min(len(one), len(two)) and same(one[start], two[start]):
        start += 1
    while end < min(len(one), len(two)) - start and same(one[-1 - end], two[-1 - end]):
        end += 1
    return [*one[:start], *(maybe(test, item) for item in one[start:len(one) - end]),
            *(maybe(negate(test), item) for item in two[start:len(two) - end]),
            *one[len(one) - end:]]
