# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Medians, ratios and plain text tables for the measurements; called by run.py and its parts.

A cell that nothing was measured for is None and printed as `-`.
"""

import dataclasses
import statistics


@dataclasses.dataclass
class Table:
    """Rows of cells under headers, a title above and notes below."""
    title: str
    headers: list
    rows: list
    notes: list = dataclasses.field(default_factory=list)

    def text(self):
        """Columns as wide as they need; the first is left aligned, the others right."""
        lines = [[str(word) for word in self.headers]]
        lines += [["-" if cell is None else str(cell) for cell in row] for row in self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.headers))]
        shown = ["  ".join(cell.rjust(width) if i else cell.ljust(width)
                           for i, (cell, width) in enumerate(zip(line, widths))).rstrip()
                 for line in lines]
        rule = "-" * len(max(shown, key=len))
        notes = [f"  {note}" for note in self.notes]
        return "\n".join([self.title, "", shown[0], rule, *shown[1:], *([""] if notes else []),
                          *notes, ""])


def median(values):
    """The median of what is not None; None when nothing is left."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def spread(values, scale=1.0, digits=2):
    """`median (lowest-highest)`, each times `scale`."""
    known = [value * scale for value in values if value is not None]
    if not known:
        return None
    return (f"{statistics.median(known):.{digits}f} "
            f"({min(known):.{digits}f}-{max(known):.{digits}f})")


def ratio(one, other, digits=2):
    """`one / other`, or None when either is missing."""
    return f"{one / other:.{digits}f}" if one and other else None


def paired(ones, others):
    """The ratios of neighbours, which load that comes and goes hits alike."""
    return [one / other for one, other in zip(ones, others) if one and other]


def scaled(value, scale, digits=0):
    return None if value is None else f"{value * scale:.{digits}f}"


def geometric_mean(values):
    """The mean of what is not None; None when nothing is left."""
    known = [value for value in values if value]
    return statistics.geometric_mean(known) if known else None
