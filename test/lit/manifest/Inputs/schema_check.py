#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares the schema with the parser on every manifest of the tree, good and wrong.

What the parser takes the schema must take; what the parser refuses the schema must refuse, unless
all that is wrong is of the kinds below, which no schema can say. Prints each difference.

usage: schema_check.py BCC2CORE ROOT
"""
import pathlib
import re
import sys
import tempfile

import yaml

import manifests

# Messages of what a schema can't say: (what, pattern). Each has to occur in the tree.
BEYOND = (
    ("the same thing twice", r"is given twice|two columns have|two names for|have a '\w+' already|"
     r"has the C name of|defines '\w+' already|every tool has '-|is the letter of option"),
    ("an opt.NAME or a host.NAME that is not declared, an argument that is no option",
     r"^the manifest has no (option|fact) |^'arguments' names no option|is a flag, which has no|"
     r"is not the \w+ that every tool|sets the \w+ already"),
    ("`interval` and `count` that need each other, in `arguments` and in outputs",
     r"needs 'interval'"),
    ("a default that does not fit its option's type", r"^the default of '|can't be on by default|^'default' is empty"),
    ("words of C as names", r"is a word of C and no name"),
    ("numbers in quotes, booleans in quotes, numbers with leading zeros",
     r"must be (a number|true or false|\d.*), not (the string |)'"),
    ("names and numbers that have no form of their own: patterns, formats of times, breakpoints",
     r"is no field of a time|^'length' must be|has no 'length'|is not a name of the kernel|"
     r"^'.*' (has ('\W|a '.' with|a quantifier)|ends in|is no regular)"),
    ("numbers that must grow", r"must grow"),
    ("keys that need or exclude keys of another place: a usdt's `pid`, `offset` and `maxactive` "
     "beside a pattern or an address, `lines` and keys of stacks, `optional` and `each` in a choice, kinds that no choice has, `align` "
     "and the sign of `width`, `prefix` without `of`, `separator`, `path` and `member` without `text`, "
     "conditions of a trace without `columns`",
     r"^a usdt needs|^a place by pattern is|^places by pattern have|^an address is exact|"
     r"belongs beside 'first'|can't be one of several|'align|'prefix' needs 'of'|^a part with '|"
     r"^'lines' say|^'fold' needs|beside 'lines' needs|^the stack of a process|^'member' belongs to|^a trace without|the stack of a process$|^a text has no frames|^JSON has"),
    ("tags", r"has the tag"),
    ("what has to be known before the tool runs: `when` of a replacement and of events",
     r"is not known (when the tool is built|before the tool runs)"),
    ("options that are filters", r"must have the type '\w+' to be a filter"),
)
# What the schema says of an entry as it stands, and not of those that its `each` makes of it; the
# parser reads only these, and the schema is compared with it on them. Each has to occur as well.
EACH = {
    False: "an item of `each` that makes another text wrong",
    True: "a word of `each` where a number or one of some words belongs, which is right and refused",
}


def judged(schema, text):
    """What the schema refuses of a manifest with the entries of `each`, and of it as it stands."""
    return [next(iter(schema.iter_errors(read(text))), None) for read in (manifests.expanded, manifests.load)]


def beyond(errors):
    """The kinds of mistakes that no schema can say, or None if there is another one."""
    kinds = set()
    for ident, message in errors:
        kind = next((i for i, (_, pattern) in enumerate(BEYOND) if re.search(pattern, message)), None)
        if ident == "manifest-yaml":
            return {-1}
        if kind is None:
            return None
        kinds.add(kind)
    return kinds


def main():
    bcc2core, root = sys.argv[1:]
    schema = manifests.schema_of(bcc2core)
    counts, seen = {"good": 0, "wrong": 0, "beyond": 0}, set()
    with tempfile.TemporaryDirectory() as temporary:
        for name, text in manifests.manifests_of(root):
            errors, _ = manifests.parse(bcc2core, pathlib.Path(temporary), text)
            kinds = beyond(errors)
            if kinds == {-1}:
                continue
            try:
                found, written = judged(schema, text)
            except yaml.YAMLError as error:
                print(f"{name}: no YAML: {error}")
                continue
            if kinds:
                seen |= kinds
            elif bool(found) != bool(written):
                seen.add(EACH[bool(written)])
            if errors and kinds is not None:
                counts["beyond"] += 1
            elif errors:
                counts["wrong"] += 1
                if not found:
                    print(f"{name}: missing in the schema: {errors}")
            else:
                counts["good"] += 1
                if found:
                    print(f"{name}: the schema refuses what the parser takes: {found.message} "
                          f"at {list(found.absolute_path)}")
    for what in {*range(len(BEYOND)), *EACH.values()} - seen:
        print(f"no manifest shows: {BEYOND[what][0] if isinstance(what, int) else what}")
    print(" ".join(f"{key}: {count}" for key, count in counts.items()))


if __name__ == "__main__":
    main()
