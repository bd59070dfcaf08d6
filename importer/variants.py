# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Flags that change declarations: programs of their own, by `define` of the manifest.

A combination is a set of flags that are given; the others are not.
"""

import itertools

import guards

MOST = 3                        # flags of a tool: eight programs


def condition(given, flags):
    """C over opt: exactly these of the flags are given."""
    return " && ".join(f"opt.{model.c_name}" if model in given else f"!opt.{model.c_name}"
                       for model in flags)


def affecting(place, base, models):
    """The options that change a place."""
    return [model for model in models if guards.cases_of(model, place, base) != []]


def replacements(place, base, models, both, guarded):
    """The replacements that stand at a place one behind another, as mappings of the manifest, or
    the reason why there are none. `both` gives the setting of two options at once; `guarded` is
    what guards.ordered made of the place."""
    flags = affecting(place, base, models)
    if not flags or not all(model.is_flag for model in flags) or len(flags) > MOST:
        return (", ".join(f"--{model.name}" for model in flags) or "its text") + \
            " changes declarations"
    if isinstance(guarded, guards.Guarded) and not guarded.adds:
        return chained(guarded, flags)
    contents = {(): place.contents[base]}
    for model in flags:
        contents[model.dest,] = place.contents[model.settings[0][1]]
    for pair, setting in both.items():
        if set(pair) == {model.dest for model in flags} and setting in place.contents:
            contents[pair] = place.contents[setting]
    if len(flags) != 2 or len(contents) != 4:
        return guarded if isinstance(guarded, str) else "options add to each other"
    return [{"when": condition([model for model in flags if model.dest in dests], flags),
             "then": text, "else": ""} for dests, text in contents.items() if text]


def chained(guarded, flags):
    """Replacements of which the first case that holds is put in."""
    named = {model.dest: f"opt.{model.c_name}" for model in flags}
    if len(guarded.cases) == 1:
        return [{"when": named[guarded.cases[0].option], "then": guarded.cases[0].text,
                 "else": guarded.default}]
    found, before = [], []
    for case in guarded.cases:
        found.append((" && ".join([named[case.option], *before]), case.text))
        before.append(f"!{named[case.option]}")
    found.append((" && ".join(before), guarded.default))
    return [{"when": words, "then": text, "else": ""} for words, text in found if text]


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
