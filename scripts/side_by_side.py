#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Prints a stretch of two files side by side; called by demo.

usage: side_by_side.py LEFT RIGHT FIRST LAST

The stretch starts, in LEFT, at the first line with the text FIRST and ends at
the next line with the text LAST. The right one is as many lines around the
places where the two differ as it takes.
"""
import itertools
import sys

WIDTH = 52


def stretch(lines, first, last):
    """The lines from the first with `first` to the next with `last`, both included."""
    begin = next(i for i, line in enumerate(lines) if first in line)
    end = next(i for i in range(begin + 1, len(lines)) if last in lines[i])
    return lines[begin:end + 1]


def main():
    left_path, right_path, first, last = sys.argv[1:]
    with open(left_path, encoding="utf-8") as left, open(right_path, encoding="utf-8") as right:
        before = left.read().expandtabs(4).splitlines()
        after = right.read().expandtabs(4).splitlines()
    shown = stretch(before, first, last)
    name = shown[0].split("(")[1].split(",")[0]
    end = next(i for i, line in enumerate(after) if f"}} {name} SEC" in line)
    begin = max(i for i in range(end) if after[i].startswith("struct {"))
    tail = next(i for i in range(end, len(after)) if last in after[i])
    for one, two in itertools.zip_longest(shown, after[begin:tail + 1], fillvalue=""):
        print(f"{one[:WIDTH]:{WIDTH}} | {two}")


main()
