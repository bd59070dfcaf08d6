# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A Tool that can be built: options that stand in the way are left out, and named.

An option stands in the way if 'bcc2core check' refuses what it makes, or if what it shows needs a
function that somebody has to write; what the tool does without options stays, whatever it needs.
"""

import difflib
import re

import explore
import tool


def convert(refusal, explorer):
    """The Tool of a script; refusal(made) is what 'bcc2core check' says against one, or ""."""
    maker = tool.Maker(explorer)
    maker.explore()
    left_out = mixed_options(maker)
    left_out.update(refused_options(maker, refusal, left_out))
    made = maker.make(left_out)
    for dest, said in stubbed_options(maker, made, left_out).items():
        left_out[dest] = said
    made = maker.make(left_out)
    made.missing += [f"--{maker.model(dest).name}: {said}" for dest, said in left_out.items()]
    bad = refusal(made)
    if bad:
        made.missing.append(f"'bcc2core check' refuses the program: {bad}")
    return made


def can_be_made(maker, left_out):
    try:
        maker.make(left_out)
    except explore.ImportFailure:
        return False
    return True


def mixed_options(maker):
    """{destination: reason} of the options whose texts cannot be told apart from the others'."""
    found = {}
    if can_be_made(maker, found):
        return found
    changing = [model.dest for model in maker.models if maker.changes_program(model)]
    reason = "its text cannot be told apart from the others': import it with the option, behind --"
    alone = [dest for dest in changing if can_be_made(maker, [dest])]
    return dict.fromkeys([min(alone, key=lambda dest: likeness(maker, dest))] if alone
                         else changing, reason)


def likeness(maker, dest):
    """How much of the program is the same with an option, 0 to 1."""
    texts = [explore.text(run).split() for run in (maker.base, maker.runs[maker.model(dest).setting()])]
    return difflib.SequenceMatcher(None, *texts, autojunk=False).ratio()


def refused_options(maker, refusal, left_out):
    """{destination: reason} of the options without which check takes the tool."""
    if not refusal(maker.make(left_out)):
        return {}
    changing = [model.dest for model in maker.models if maker.changes_program(model)
                and model.dest not in left_out]
    if refusal(maker.make({*left_out, *changing})):
        return {}
    alone = {dest: refusal(maker.make({*left_out, *changing} - {dest})) for dest in changing}
    found = {dest: said for dest, said in alone.items() if said}
    if not found or refusal(maker.make({*left_out, *found})):
        found = {dest: said or "with others" for dest, said in alone.items()}
    return {dest: f"'bcc2core check' refuses what it makes: {said}"
            for dest, said in found.items()}


def stubs_of(made):
    """What the functions say that somebody has to write."""
    return set(re.findall(r'^#error "(.*?): write this function', made.code, re.M))


def stubbed_options(maker, made, left_out):
    """{destination: reason} of the options without which fewer functions are to be written."""
    stubs, found = stubs_of(made), {}
    if not stubs:
        return found
    for model in maker.models:
        if model.dest in left_out:
            continue
        fewer = stubs - stubs_of(maker.make({*left_out, *found, model.dest}))
        if fewer:
            found[model.dest] = "what it shows is to be written by hand: " \
                                + ", ".join(sorted(fewer))
            stubs -= fewer
    return found
