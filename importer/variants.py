# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Flags that change declarations: programs of their own, by `define` of the manifest.

A combination is a set of flags that are given; the others are not.
"""

import itertools

import combos
import guards

MOST = 4                        # flags of a tool: sixteen programs


def condition(given, flags):
    """C over opt: exactly these of the flags are given."""
    return " && ".join(model.reference if model in given else f"!{model.reference}"
                       for model in flags)


def replacements(table, flags, around):
    """The replacements that stand at a place one behind another, as mappings of the manifest, or
    None. `table` is the combos.Table of the place, of which `flags` choose the program."""
    texts = []
    for key, rest in table.split(flags):
        text = rest.default if not rest.cases else guards.c_text(rest, around)
        if text is None:
            return None
        texts.append((key, text))
    groups, every = combos.grouped(texts)[::-1], [key for key, _ in texts]
    words = [combos.condition(chosen, every) for chosen, _ in groups]
    if len(groups) == 2:
        first = 0 if not words[0].startswith("!") else 1
        return [{"when": words[first], "then": groups[first][1], "else": groups[1 - first][1]}]
    return [{"when": when, "then": text, "else": ""}
            for when, (_, text) in zip(words, groups) if text]


def combinations(flags):
    """All sets of flags, as tuples, the empty one first."""
    return [given for size in range(len(flags) + 1)
            for given in itertools.combinations(flags, size)]


def merged(found, flags):
    """Outputs of all combinations as one list: [(given, outputs)] to outputs with `when`."""
    order, where = [], {}
    for given, outputs in found:
        for output in outputs:
            key = repr(output)
            if key not in where:
                order.append(output)
            where.setdefault(key, []).append(given)
    every = [given for given, _ in found]
    return [with_when(output, simplest(where[repr(output)], every, flags)) for output in order]


def merged_lines(found, flags):
    """The same of lines of text."""
    lists = [(given, [line if isinstance(line, dict) else {"text": line} for line in lines])
             for given, lines in found]
    return [line["text"] if list(line) == ["text"] else line for line in merged(lists, flags)]


def simplest(wanted, every, flags):
    """C over opt that is true for these combinations alone; "" for all."""
    if len(wanted) == len(every):
        return ""
    left, terms = list(wanted), []
    while left:                         # the term that says most of what is left, in the fewest words
        term = max((one for one in products(flags) if holds_only(one, wanted, every)),
                   key=lambda one: (sum(holds(one, given) for given in left),
                                    -sum(value is not None for value in one.values())))
        terms.append(term)
        left = [given for given in left if not holds(term, given)]
    words = [" && ".join(("" if value else "!") + f"opt.{c_name}"
                         for c_name, value in term.items() if value is not None) for term in terms]
    return " || ".join(f"({one})" if " && " in one and len(words) > 1 else one for one in words)


def products(flags):
    """Terms that have each flag as given (True), as not given (False), or not at all (None)."""
    names = [model.c_name for model in flags]
    return [dict(zip(names, values))
            for values in itertools.product((True, False, None), repeat=len(names))]


def holds(term, given):
    names = {model.c_name for model in given}
    return all(value is None or value == (name in names) for name, value in term.items())


def holds_only(term, wanted, every):
    return all(given in wanted for given in every if holds(term, given))


def with_when(output, words):
    if not words:
        return output
    known = output.get("when")
    return {**output, "when": f"({known}) && ({words})" if known else words}
