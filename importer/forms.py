# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Forms of a script's options that the tool's options do not have: lines of the report."""

import re

import explore
import report


def approximated(maker, listed):
    """Lines on the options `listed` of the manifest, Models."""
    for model in listed:
        row = maker.row(model)
        if row.counts and counts(maker, model):
            yield report.at(row.line, f"--{model.name}: the script counts how often it is given, the "
                            "tool takes it once")
        if row.nargs == "?" and row.flags and row.const is not None:
            yield report.at(row.line, f"--{model.name}: the script takes it without a word, too, as "
                            f"'{row.const}'")
        others = [flag for flag in row.flags if flag not in (f"-{model.letter}", row.word())]
        if others:
            yield report.at(row.line, f"--{model.name} is not called {' or '.join(others)}, too")
    yield from of_one_attribute(maker, listed)


def of_one_attribute(maker, listed):
    """Options that say one thing: the script takes the last one."""
    known = {}
    for model in listed:
        known.setdefault(maker.attribute(model), []).append(model)
    for same in known.values():
        if len(same) > 1:
            names = " and ".join(f"--{model.name}" for model in same)
            yield maker.of_option(same[-1].dest, f"of {names} the script takes the last that is "
                                  "given, the tool one of them")


def counts(maker, model):
    """Whether a flag that is given twice does something else than once."""
    once, twice = (explore.Setting(((model.dest, None),) * number) for number in (1, 2))
    runs = [maker.explorer.run(setting) for setting in (once, twice)]
    if explore.refused(runs[1]) or not explore.same_program(*runs):
        return True
    known = maker.known_options()
    if model.dest not in known:
        return False
    more = {**known, model.dest: {**known[model.dest], "const": 2}}
    return maker.explorer.outputs(known) != maker.explorer.outputs(more)


def missing(row, args):
    """A line on words behind the options that the tool does not have; ""."""
    if row.commands and not set(row.commands) & set(args):
        names = ", ".join(f"'{name}'" for name in row.commands)
        return report.at(row.line, f"the commands {names} are not in the tool: import the script with "
                         "one of them, behind --")
    if not row.flags and row.nargs == "*" and not args:
        return report.at(row.line, f"{row.dest}: takes several words")
    return ""


def unseen(maker, listed, left_out):
    """Lines on options `listed` of the manifest that nothing of what is printed asks for, and with
    which the script prints something else: read at the wait of a run with the option, it is not what
    there is without."""
    known = {dest: one for dest, one in maker.known_options().items() if dest not in left_out}
    without = shown(maker.explorer.outputs(known))
    for model in maker.models:
        if model.name not in listed or model.dest not in known or model.sets or \
                re.search(rf"\b{re.escape(model.reference)}\b", repr(without)):
            continue
        given = shown(maker.explorer.outputs(known, model.settings[-1][1]))
        if without and given and given != without:
            unread = buffers(without[0]) - buffers(given[0])
            yield maker.of_option(model.dest, f"--{model.name}: " + (
                f"the script does not read {' and '.join(map(repr, sorted(unread)))} with it, the tool does"
                if unread and all(one in without[0] for one in given[0]) else
                "what the script prints with it is not what the tool prints"))


def buffers(outputs):
    """The buffers that outputs are of."""
    return {output["events"] for output in outputs if "events" in output}


def shown(found):
    """What outputs.derive says of what is printed; None if it says nothing."""
    return [found[key] for key in ("outputs", "start", "end", "functions")] if "outputs" in found \
        else None
