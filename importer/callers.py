# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Where a script says what a stand-in is asked for: the line that the report names.

Used by child.py while the script runs.
"""

import ast
import functools

from bcc.recorder import state


class Words:
    """The texts in the statements of a script."""

    def __init__(self, script):
        self.script = script
        self.given = ()         # the words of the script's command line

    @functools.cached_property
    def by_line(self):
        """{line: texts in the innermost statement there}."""
        found = {}
        for node in ast.walk(ast.parse(self.script.read_bytes())):      # outer ones come first
            if isinstance(node, ast.stmt):
                words = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
                found |= dict.fromkeys(range(node.lineno, node.end_lineno + 1), words)
        return found

    def line(self, *words):
        """The line that the innermost frame is at whose statement has one of the words: a function
        of the script's own that is called for many says none of them. Without one, the innermost
        frame's."""
        lines = [frame.f_lineno for frame in state.frames()]
        said = (line for line in lines if not self.by_line.get(line, set()).isdisjoint(words))
        return next(said, lines[0] if lines else 0)
