# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Words of the command line that a script takes without a parser, by their places:
`pid = int(sys.argv[1])`.

Those that change the program are `arguments` of the tool; what is given of them behind -- is their
default. Of the others explore.Explorer.takes_words has the line.
"""

import ast

PARSERS = {"parse_args", "parse_known_args", "getopt", "gnu_getopt"}
LAST = 9                                # of the places that count


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""


class Reads:
    """What the text of a script reads: `places` are [(line, place, statement)], `others` lines."""

    def __init__(self, tree):
        self.is_bare = any(isinstance(node, ast.ImportFrom) and node.module == "sys" and
                           any(name.name == "argv" for name in node.names)
                           for node in ast.walk(tree))
        self.left = {name for node in ast.walk(tree) for name in left_over(node)}
        self.given = set()              # parameters that are sys.argv
        self.find_parameters(tree)
        self.places, self.others = [], []
        for node in ast.walk(tree):
            self.read(node)

    def is_argv(self, node):
        if isinstance(node, ast.Attribute):
            return node.attr == "argv" and getattr(node.value, "id", "") == "sys"
        name = getattr(node, "id", "")
        return self.is_bare and name == "argv" or name in self.given

    def find_parameters(self, tree):
        """What functions call the words that they are called with."""
        functions = {node.name: node.args.args for node in ast.walk(tree)
                     if isinstance(node, ast.FunctionDef)}
        for node in ast.walk(tree):
            known = functions.get(called(node), ())
            for parameter, given in zip(known, getattr(node, "args", ()) if known else ()):
                if self.is_argv(given):
                    self.given.add(parameter.arg)
                elif self.is_words(given):
                    self.left.add(parameter.arg)

    def is_words(self, node):
        """Whether a value is a list of words: all of them, or what a parser has left."""
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            node = node.value
        return self.is_argv(node) or getattr(node, "id", "") in self.left

    def read(self, node):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            for part in ast.walk(node):
                self.read_place(part, node)
        elif isinstance(node, (ast.If, ast.While)):
            for part in ast.walk(node.test):
                self.read_place(part, node)
        asked = isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)) and \
            self.is_words(node.comparators[0])
        if asked or isinstance(node, (ast.For, ast.comprehension)) and self.is_words(node.iter):
            self.others.append(getattr(node, "lineno", getattr(node.target, "lineno", 0))
                               if not asked else node.lineno)

    def read_place(self, node, statement):
        if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Constant):
            return
        place = node.slice.value
        if getattr(node.value, "id", "") in self.left and isinstance(place, int):
            self.others.append(node.lineno)
        elif self.is_argv(node.value) and place in range(1, LAST + 1):
            self.places.append((node.lineno, place, statement))


def left_over(node):
    """Names of the words that a parser leaves."""
    if isinstance(node, ast.Assign) and called(node.value) in PARSERS:
        for target in node.targets:
            if isinstance(target, ast.Tuple) and len(target.elts) == 2:
                yield getattr(target.elts[1], "id", "") or "_"


def rows(reads, args):
    """Rows for explore.Option, by their places from the first to the last without a gap."""
    found, names = [], set()
    for place in range(1, LAST + 1):
        here = [(line, statement) for line, at, statement in reads.places if at == place]
        if not here:
            break
        given = args[place - 1] if place <= len(args) else None
        if given is not None and given.startswith("-"):
            break
        line, name = named(here, place)
        name += str(place) if name in names else ""
        names.add(name)
        found.append({"flags": [], "dest": name, "attribute": name, "type": "", "nargs": "?",
                      "metavar": None, "required": False, "choices": [], "default": given,
                      "help": "", "line": line, "place": place})
    return found


def named(here, place):
    """(line, name) of a word: what the first statement is called that gives a name the word itself."""
    for line, statement in sorted(here, key=lambda one: one[0]):
        value = getattr(statement, "value", None)
        if called(value) in ("int", "float", "str"):
            value = value.args[0]
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name) and \
                isinstance(value, (ast.Subscript, ast.IfExp)):
            return line, statement.targets[0].id.lower()
    return min(line for line, _ in here), f"word{place}"
