# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a script attaches to where the library or symbol of a user probe is not there.

A run tells nothing of it, since the importer's host is not asked for libraries: it is read from
the script. Called by places.Places.
"""

import ast

import attaches

PROBES = {"attach_uprobe": "uprobe", "attach_uretprobe": "uretprobe"}


def place_of(statements):
    """The manifest's entry of a body that only attaches a user probe to a place that it names, or
    None."""
    call = statements[0].value if len(statements) == 1 and isinstance(statements[0], ast.Expr) \
        else None
    if not isinstance(call, ast.Call) or getattr(call.func, "attr", "") not in PROBES or call.args:
        return None
    given = {one.arg: getattr(one.value, "value", None) for one in call.keywords}
    if not isinstance(given.get("fn_name"), str) or None in given.values():
        return None
    given["fn"] = given.pop("fn_name")
    return attaches.entries([{"kind": PROBES[call.func.attr], **given}], ())[0]


def pairs(source):
    """[(entry, the one in its place if that fails)] of a script."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Try) and len(node.handlers) == 1 and not node.orelse:
            pair = place_of(node.body), place_of(node.handlers[0].body)
            if None not in pair:
                found.append(pair)
    return found


def with_choices(entries, source):
    """The entries, with a choice in place of each that has another in its place."""
    others = pairs(source)

    def choice(entry):
        other = next((other for one, other in others if one == entry), None)
        return {"first": [entry, other]} if other else entry
    return [choice(entry) for entry in entries]
