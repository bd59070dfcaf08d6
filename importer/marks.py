# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Which parts of a program's text a script has put in for a placeholder.

A script's calls of str.replace() on text of several lines are told apart from the rest: what is
put in stands between two characters of Unicode's private area, behind a third that says for which
placeholder. `strip` takes them out again.
"""

import ast
import re

OPEN, CLOSE, FIRST = "\uf8f0", "\uf8f1", 0xe000
MARKS = re.compile(f"{OPEN}[\ue000-\uf8ef]|{CLOSE}")
CALL = "__b2c_replace__"


class Names:
    """The placeholders of one run, by the order in which they were first replaced; `lines` are the
    script's that do so, which `line_of` tells of a placeholder."""

    def __init__(self, line_of=lambda _: 0):
        self.line_of = line_of
        self.names, self.lines = [], []

    def replace(self, text, old, new):
        """In place of text.replace(old, new)."""
        plain = isinstance(text, str) and isinstance(old, str) and isinstance(new, str)
        if not plain or "\n" not in text or old not in text or not old.strip():
            return text.replace(old, new)
        if old not in self.names:
            self.names.append(old)
            self.lines.append(self.line_of(old))
        return text.replace(old, OPEN + chr(FIRST + self.names.index(old)) + new + CLOSE)


def strip(text):
    """The text alone."""
    return MARKS.sub("", text)


class Rewriter(ast.NodeTransformer):
    """Turns X.replace(A, B) into a call of Names.replace."""

    def visit_Call(self, node):
        self.generic_visit(node)
        called = node.func
        if (isinstance(called, ast.Attribute) and called.attr == "replace"
                and len(node.args) == 2 and not node.keywords):
            call = ast.Call(ast.Name(CALL, ast.Load()), [called.value, *node.args], [])
            ast.copy_location(call, node)
            # Of several calls that are one expression, each has its own line.
            call.lineno, call.col_offset = node.args[0].lineno, node.args[0].col_offset
            return call
        return node


def compiled(source, path):
    """The code of a script whose replacements are marked."""
    tree = Rewriter().visit(ast.parse(source, path))
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
