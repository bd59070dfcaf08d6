#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Prints a stretch of two files side by side, equal lines next to each other; called by demo.

usage: side_by_side.py LEFT RIGHT FIRST LAST

The stretch starts, in LEFT, at the first line with the text FIRST and ends at
the next one with the text LAST; of RIGHT it shows what stands in their place.
"""
import difflib
import itertools
import sys

TAB = 2


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read().expandtabs(TAB).splitlines()


def rows_of(before, after):
    """(index in before, left, right) of both files, aligned; a line that one file has alone goes with the next."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for _, i, i_end, j, j_end in matcher.get_opcodes():
        for at, left, right in itertools.zip_longest(range(i, i_end), before[i:i_end], after[j:j_end]):
            yield i_end if at is None else at, left or "", right or ""


def main():
    left_path, right_path, first, last = sys.argv[1:]
    before, after = lines_of(left_path), lines_of(right_path)
    begin = next(i for i, line in enumerate(before) if first in line)
    end = next(i for i in range(begin, len(before)) if last in before[i])
    width = max(len(line) for line in before[begin:end + 1])
    for at, left, right in rows_of(before, after):
        if begin <= at <= end:
            print(f"{left:{width}} | {right}".rstrip())


main()
