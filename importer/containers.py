# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The filter by containers of bcc's scripts, which is `filters` of the manifest.

The function that programs ask (bcc/words/containers.py) is taken out of the source, with its calls.
"""

import re

CALLED = "container_should_be_filtered"
DEFINED = re.compile(rf"static inline int {CALLED}\(\) \{{\s*return 0;\s*\}}\n?")
ASKED = re.compile(rf"[ \t]*if\s*\(\s*{CALLED}\s*\(\s*\)\s*\)\s*(?:\{{\s*return 0;\s*\}}|return 0;)"
                   r"[ \t]*\n?(?:[ \t]*\n)?")
# The heads of functions at the start of a line.
HEAD = re.compile(r"^(?:\w[\w \t*]*[ \t*]\n?)?(\w+)[ \t]*\([^;{}]*\)\s*\{", re.M)
# Functions that attach themselves by name.
NAMED = re.compile(r"(k(ret)?probe|syscall|(raw_)?tracepoint|k(ret)?func)__\w")


def taken_out(source, attached):
    """(source, functions): the source without its questions, and the programs that asked, [] where
    that cannot be told. `attached` are the functions that the manifest attaches."""
    rest = ASKED.sub("", DEFINED.sub("", source))
    if CALLED in rest:
        return source, []
    programs, asking = set(), {enclosing(source, match.start()) for match in ASKED.finditer(source)}
    seen = set()
    while asking:
        name = asking.pop()
        seen.add(name)
        if name in attached or NAMED.match(name):
            programs.add(name)
        elif name.isupper() or not name:
            return rest, []
        else:
            asking |= callers(source, name) - seen
    return rest, [name for name in dict.fromkeys(HEAD.findall(source)) if name in programs]


def enclosing(source, at):
    """The function that a place of the source is in."""
    found = [match[1] for match in HEAD.finditer(source, 0, at)]
    return found[-1] if found else ""


def callers(source, name):
    """The functions that call a function."""
    heads = {match.start(1) for match in HEAD.finditer(source)}
    return {enclosing(source, match.start())
            for match in re.finditer(rf"\b{re.escape(name)}\s*\(", source)
            if match.start() not in heads}
