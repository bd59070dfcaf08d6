# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Words behind the options, and options that say what every tool can take: how long it runs, and how
often it prints."""

import ast
import re

import explore

LONG = 10000000                     # more seconds than anybody waits: a script's "until Ctrl-C"
POSITIONAL = ("interval", "count")  # what a tool can take by position without an option


def rounds_of(rows):
    """{destination: interval or count}: the interval, and the word behind it, which is the count
    whatever the script calls it."""
    words = [option for option in rows if not option.flags]
    places = [i for i, option in enumerate(words) if option.dest == POSITIONAL[0]]
    return {option.dest: name
            for name, option in zip(POSITIONAL, words[places[0]:] if places else [])}


def is_duration(explorer, option, model):
    """Whether an option that changes no program says how many seconds the script runs."""
    if model.name != "duration" or not takes_numbers(model):
        return False
    word = explore.Setting(((option.dest, explore.TEXTS[0]),))
    return explore.refused(explorer.run(word)) or option.type in ("int", "float") or \
        makes_number(explorer, option.attribute)


def makes_number(explorer, name):
    """Whether the script makes a number of an option, as a word of its own statements."""
    return any(isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("int", "float") and
               call.args and getattr(call.args[0], "attr", "") == name
               for call in ast.walk(ast.parse(explorer.script.read_bytes())))


def give(model, setting):
    """Makes an option the tool's own interval or duration."""
    model.sets, model.type = setting, "u32"
    if not str(model.default).isdigit() or int(model.default) >= 1 << 32:
        model.default = None


def takes_numbers(model):
    return [value for value, _ in model.settings] == list(explore.NUMBERS)


def set_by(models, taken):
    """Gives the options by whose value the script waits what they set; whether any is new."""
    found = False
    for model in models:
        setting = "duration" if model.dest == taken.get("duration") else \
            "interval" if model.name == "interval" and taken.get("interval") else ""
        if setting and takes_numbers(model) and model.sets != setting:
            give(model, setting)
            found = True
    return found


def without_long_default(model, text):
    """Leaves out a default that means "until Ctrl-C", where no text of the tool shows it."""
    if model.sets and str(model.default).isdigit() and int(model.default) >= LONG and \
            not re.search(rf"\bopt\.{model.c_name}\b", text):
        model.default = None


def words_of(rows, models, listed, taken):
    """`arguments` of the manifest: what the words behind the options are."""
    named, found = rounds_of(rows), []
    behind = [option for option in rows if option.is_argument() or option.dest in named]
    if not behind:
        own = {model.sets for model in models}
        found = [name for name in POSITIONAL if taken.get(name) and "interval" not in own]
        return found or (["duration"] if taken.get("duration") == "argv" else [])
    for option in behind:
        model = next((model for model in models if model.dest == option.dest), None)
        name = named.get(option.dest) or (model and model.name)
        if not name:
            continue                # the words behind -- have it
        if not taken.get(name) if option.dest in named else name not in listed:
            break
        found.append(name)
    return found
