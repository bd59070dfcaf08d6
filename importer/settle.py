# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A Tool that can be built: options that stand in the way are left out, and named.

An option stands in the way if 'bcc2core check' refuses what it makes, or if what it shows needs a
function that somebody has to write; what the tool does without options stays, whatever it needs.
"""

import re

import tool


def convert(refusal, explorer):
    """The Tool of a script; refusal(made) is what 'bcc2core check' says against one, or ""."""
    maker = tool.Maker(explorer)
    maker.explore()
    left_out = refused_options(maker, refusal)
    made = maker.make(left_out)
    for dest, said in stubbed_options(maker, made, left_out).items():
        left_out[dest] = said
    made = maker.make(left_out)
    made.missing += [f"--{maker.model(dest).name}: {said}" for dest, said in left_out.items()]
    bad = refusal(made)
    if bad:
        made.missing.append(f"'bcc2core check' refuses the program: {bad}")
    return made


def refused_options(maker, refusal):
    """{destination: reason} of the options without which check takes the tool."""
    if not refusal(maker.make()):
        return {}
    changing = [model.dest for model in maker.models if maker.changes_program(model)]
    if refusal(maker.make(changing)):
        return {}
    alone = {dest: refusal(maker.make([one for one in changing if one != dest]))
             for dest in changing}
    found = {dest: said for dest, said in alone.items() if said}
    if not found or refusal(maker.make(found)):
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
