# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Columns of rows that a script prints in one of several ways, by its options, as one list: what the
ways have in common stands once.
"""

from .expr import negate


def runs_of(columns):
    """[(conditions, columns)] of neighbours with the same conditions."""
    runs = []
    for when, column in columns:
        if not runs or runs[-1][0] != when:
            runs.append((when, []))
        runs[-1][1].append((when, column))
    return runs


def opposite(one, two):
    """The condition that holds in one way and not in the other; None if they differ in more."""
    more = [atom for atom in one if atom not in two]
    less = [atom for atom in two if atom not in one]
    if len(more) == len(less) == 1 and negate(more[0]) == less[0]:
        return more[0]
    return None


def without(column, *atoms):
    when, found = column
    return tuple(atom for atom in when if atom not in atoms), found


def merged(columns):
    """Columns, each a pair of its conditions and what it is, without those that are there twice."""
    runs = runs_of(columns)
    at = 0
    while at + 1 < len(runs):
        (one, first), (two, second) = runs[at:at + 2]
        test = opposite(one, two)
        if test is None:
            at += 1
            continue
        common = tuple(atom for atom in one if atom != test)
        runs[at:at + 2] = [(common, aligned(first, second, test))]
        at = 0
    return [column for _, found in runs for column in found]


def aligned(first, second, test):
    """Two lists as one, in the order of both; a longest common part is found as diff does."""
    plain_first = [without(column, test) for column in first]
    plain_second = [without(column, negate(test)) for column in second]
    lengths = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) - 1, -1, -1):
        for j in range(len(second) - 1, -1, -1):
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if plain_first[i] == plain_second[j] else \
                max(lengths[i + 1][j], lengths[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        if plain_first[i] == plain_second[j]:
            found.append(plain_first[i])
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            found.append(first[i])
            i += 1
        else:
            found.append(second[j])
            j += 1
    return [*found, *first[i:], *second[j:]]
