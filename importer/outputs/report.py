# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What could not be derived, and what differs from what the script shows: each with its line."""


class Report:
    """Two lists of {"line", "what"}, each entry once."""

    def __init__(self):
        self.lists = {"left": [], "approximated": []}

    def _add(self, name, line, what):
        entry = {"line": line, "what": what}
        if entry not in self.lists[name]:
            self.lists[name].append(entry)

    def left(self, line, what):
        self._add("left", line, what)

    def approximated(self, line, what):
        self._add("approximated", line, what)
