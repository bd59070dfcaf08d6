# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Whether conditions can hold together, and what one of them says more than others."""

import itertools

from .expr import Expr, is_known, negate

MOST = 10                       # tests that are tried in all ways
NEGATED = {"!=": "==", ">=": "<", ">": "<="}


def plain(test):
    """(test, whether it has to hold): a test without its negation."""
    return (Expr(NEGATED[test.op], test.args), False) if test.op in NEGATED else (test, True)


def tests_of(condition):
    """The tests that a condition is made of."""
    if is_known(condition):
        return []
    if condition.op in ("and", "or", "not"):
        return [test for arg in condition.args for test in tests_of(arg)]
    return [plain(condition)[0]]


def holds(condition, given):
    """A condition by what its tests say: [(test, bool)]."""
    if is_known(condition):
        return bool(condition)
    if condition.op in ("and", "or"):
        return (all if condition.op == "and" else any)(holds(arg, given) for arg in condition.args)
    if condition.op == "not":
        return not holds(condition.args[0], given)
    test, wanted = plain(condition)
    return next(said for one, said in given if one == test) == wanted


def are_values(tests):
    """Whether a value is said to be two numbers or texts at once."""
    equal = [test.args for test in tests if test.op == "==" and is_known(test.args[1])]
    return any(one[0] == two[0] and one[1] != two[1]
               for one, two in itertools.combinations(equal, 2))


def can_hold(*conditions):
    """Whether all conditions can hold at once; True where that is not known."""
    tests = []
    for test in (test for condition in conditions for test in tests_of(condition)):
        if test not in tests:
            tests.append(test)
    if len(tests) > MOST:
        return True
    for values in itertools.product((True, False), repeat=len(tests)):
        given = list(zip(tests, values))
        if not are_values([test for test, said in given if said]) and \
                all(holds(condition, given) for condition in conditions):
            return True
    return False


def beyond(conditions, known):
    """The conditions that do not follow from those that are known."""
    return tuple(one for one in conditions if can_hold(*known, negate(one)))
