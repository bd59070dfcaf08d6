# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""A Tool that can be built: options that stand in the way are left out, and named.

An option stands in the way if 'bcc2core check' refuses what it makes, or if what it shows needs a
function that somebody has to write; what the tool does without options stays, whatever it needs.
"""

import difflib
import re

import explore
import forms
import report
import tool
import united


TRIED = "a number that an option gives cannot be told from the others' texts in"


def convert(refusal, explorer):
    """The Tool of a script; refusal(made) is what 'bcc2core check' says against one, or ""."""
    made = settled(explored(explorer), refusal)
    if made.refused and explorer.texts:
        explorer.apart = f"'bcc2core check' refuses what is made of all: {made.refused}"
        made = settled(explored(explorer), refusal)
    unlike = unlike_functions(explorer.texts, made)
    if unlike:
        explorer.start_again(unlike)
        made = settled(explored(explorer), refusal)
    return made


def unlike_functions(texts, made):
    """Functions that were taken as the same in all texts, and whose parameters bcc2core does not
    find by their names."""
    lines = made.source.splitlines()
    return {name for name in texts.alike if any(
        re.search(rf"\b{name}\s*\(", " ".join(lines[max(number - 4, 0):number]))
        for number in made.unbound)} if texts else set()


def settled(maker, refusal):
    """The Tool of a Maker, without the options that stand in the way."""
    left_out = mixed_options(maker)
    said_of = Refusals(maker, refusal)
    left_out.update(refused_options(maker, said_of, left_out))
    left_out.update(stubbed_options(maker, left_out))
    made = maker.make(left_out)
    made.missing += [maker.of_option(dest, f"--{maker.model(dest).name}: {said}")
                     for dest, said in left_out.items()]
    made.missing += forms.unseen(maker, made.manifest.get("options", ()), left_out)
    made.refused = bad = said_of(left_out)
    if bad:
        made.missing.append(report.at(report.of_program(maker.base),
                                      f"'bcc2core check' refuses the program: {bad}"))
    made.unbound = said_of.unbound[frozenset(left_out)]
    return made


def explored(explorer):
    """The Maker of a script, with one text for all kernels where there can be one."""
    maker = tool.Maker(explorer)
    try:
        maker.explore()
    except united.Apart as apart:
        explorer.apart = str(apart)
        maker = tool.Maker(explorer)
        maker.explore()
    return maker


class Refusals:
    """What check says against the tool without some options, asked once."""

    def __init__(self, maker, refusal):
        self.maker, self.refusal, self.known, self.unbound = maker, refusal, {}, {}

    def __call__(self, left_out):
        key = frozenset(left_out)
        if key not in self.known:
            made = self.maker.make(key)
            self.known[key] = tried_number(made) or self.refusal(made)
            self.unbound[key] = made.unbound
        return self.known[key]


def tried_number(made):
    """What is said of a text with a number that was tried for an option, in place of its value."""
    for name, text in made.manifest.get("replace", {}).items():
        if re.search(rf"\b({'|'.join(explore.NUMBERS)})\b", str(text)):
            return f"{TRIED} {name}"
    return ""


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


def refused_options(maker, said_of, left_out):
    """{destination: reason} of the options without which check takes the tool. Where those that it
    refuses alone are not all, the others come back one by one."""
    if not said_of(left_out):
        return {}
    changing = [model.dest for model in maker.models if maker.changes_program(model)
                and model.dest not in left_out]
    if said_of({*left_out, *changing}):
        return {}
    alone = {dest: said_of({*left_out, *changing} - {dest}) for dest in changing}
    found, kept = {dest: said for dest, said in alone.items() if said}, set()
    if not found or said_of({*left_out, *found}):
        for dest in [dest for dest in changing if dest not in found]:
            said = said_of({*left_out, *changing} - kept - {dest})
            if said:
                found[dest] = f"with others: {said}"
            else:
                kept.add(dest)
    return {dest: said if TRIED in said else f"'bcc2core check' refuses what it makes: {said}"
            for dest, said in found.items()}


def stubs_of(made):
    """What the functions say that somebody has to write."""
    return set(re.findall(r'^#error "(.*?): write this function', made.code, re.M))


def stubbed_options(maker, left_out):
    """{destination: reason} of the options without which fewer functions are to be written."""
    stubs, found = stubs_of(maker.make(left_out)), {}
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
