# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The statements of a script that ask which flag of getopt they have: `if o in ("-p", "--pid"):`, or
that take its word: `pid = int(given["-p"])`.

Flags that one statement asks for are one option; it is called by its long name, else by what the
statement gives a value, and explained as the text says that shows the script's usage.
"""

import ast
import dataclasses
import re

# A line of a usage: flags and their words, a gap, what they do.
USAGE = re.compile(r"\s*(-{1,2}\w.*?)(?:\s{2,}|\t|\s+[:#-]+\s+|:\s+)(\S.*)")


@dataclasses.dataclass
class Branch:
    """What is done for some flags, and where."""
    flags: list
    line: int
    name: str = ""
    help: str = ""


def of_flags(script, takes_word):
    """{flag: its Branch}; `takes_word` says of each flag whether a word stands behind it."""
    tree, found = ast.parse(script.read_bytes()), {}
    for test, body in asked(tree):
        words = {node.value for node in ast.walk(test) if isinstance(node, ast.Constant)}
        flags = [flag for flag in takes_word if flag in words and flag not in found]
        if isinstance(body[0], ast.Assign) and test is body[0].value and len(flags) > 1:
            continue                    # a list of flags
        if flags and len({takes_word[flag] for flag in flags}) == 1:
            found |= dict.fromkeys(flags, Branch(flags, getattr(test, "lineno", body[0].lineno), first_name(body),
                                                 explained(tree, flags)))
    return found


def asked(tree):
    """(test, statements behind it) of a script, in their order."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If):
            yield node.test, node.body
        elif type(node).__name__ == "match_case":
            yield node.pattern, node.body
        elif isinstance(node, ast.Assign):
            yield node.value, [node]


def first_name(body):
    """What statements give a value first."""
    for node in body:
        for target in getattr(node, "targets", ()):
            name = getattr(target, "id", getattr(target, "attr", ""))
            if name:
                return name
    return ""


def explained(tree, flags):
    """What a usage says of flags."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for found in filter(None, map(USAGE.fullmatch, node.value.splitlines())):
                if set(flags) & set(re.split(r"[\s,|/=<\[]+", found[1])):
                    return found[2].strip()
    return ""
