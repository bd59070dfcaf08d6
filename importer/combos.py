# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Places that options change together in a way that no order of them explains: a table of texts.

The script is run for every combination of the options that matter at a place; each row's text is
the script's own for it, with the options' values for the numbers that follow from them.
"""

import dataclasses
import itertools

import ctext
import guards

MOST = 32                       # rows of a table


@dataclasses.dataclass(frozen=True)
class State:
    """What is given of an option: `value` is that of a setting, `condition` C over opt."""
    model: object
    given: bool
    value: object
    condition: str

    def part(self):
        return ((self.model.dest, self.value),) if self.given else ()


def negated(words):
    return f"!({words})" if " " in words else f"!{words}"


def states(model, sentinel):
    """The states of an option; numbers have the value `sentinel`."""
    absent = State(model, False, None, negated(model.condition(None)))
    if model.choices:
        listed = [State(model, True, value, model.condition(value)) for value, _ in model.settings]
        if str(model.default) in [state.value for state in listed]:
            return listed
        return [State(model, False, None, " && ".join(f"!({state.condition})"
                                                      for state in listed)), *listed]
    return [absent, State(model, True, sentinel, model.condition(None))]


def rows(models):
    """All combinations of the states of options, as tuples; [] if there are too many."""
    listed, numbers = [], 0
    for model in models:
        value = model.setting(numbers).values[0][1]
        numbers += not model.is_flag and not model.choices
        listed.append(states(model, value))
    found = list(itertools.islice(itertools.product(*listed), MOST + 1))
    return found if len(found) <= MOST and numbers <= 3 else []


def values_of(row):
    """The values of a row's options, for a Setting."""
    return tuple(value for state in row for value in state.part())


def taken(values, never):
    """The values that count of those given together: without the last ones if the script refuses
    all of them at once."""
    while values and frozenset(values) in never:
        values = values[:-1]
    return values


def lines(model, contents):
    """(factor, offset) of the numbers that follow from an option's value at a place."""
    texts = [contents.get(setting) for _, setting in model.settings]
    if None in texts or model.is_flag or model.choices:
        return set()
    texts = [ctext.tokens(text) for text in texts]
    if len({len(line) for line in texts}) != 1:
        return set()
    values = [value for value, _ in model.settings]
    found = {guards.straight_line(values, [token.text for token in tokens])
             for tokens in zip(*texts) if len({token.text for token in tokens}) > 1}
    return found - {None}


def general(text, row, known):
    """A row's text for any value of its options; None if two of them would give a number."""
    found = []
    for token in ctext.tokens(text):
        number, words = guards.NUMBER.fullmatch(token.text), []
        for state in row if number else ():
            words += [guards.expression(state.model.reference, *line)
                      for line in known[state.model] if state.given
                      and int(state.value) * line[0] + line[1] == int(number[1], 0)]
        if len(words) > 1:
            return None
        found.append(token.before + (words[0] if words else token.text))
    return "".join(found).strip()


def involved(place, base, models):
    """The options that change a place, alone or with others."""
    found = set()
    for setting, text in place.contents.items():
        less = [other for other in place.contents if set(other.values) < set(setting.values)]
        if text is not None and not any(ctext.same(place.contents[other] or "", text)
                                        for other in less):
            found |= set(setting.names())
    return [model for model in models if model.dest in found]


def is_told(model, found, place, base):
    """Whether the values of an option that were tried say what another value does: a number follows
    from it, or all do the same."""
    if model.is_flag or model.choices or found:
        return True
    texts = [place.contents.get(setting) for _, setting in model.settings]
    if None in texts:
        return False
    return all(ctext.same(texts[0], text) for text in texts) and (
        len(texts) > 1 or ctext.same(texts[0], place.contents[base] or ""))


def told(place, base, models, never):
    """The Table of a place, the reason why there is none, or None where runs are lacking.
    `never` are the settings' values that the script refuses, as sets."""
    known = {model: lines(model, place.contents) for model in models}
    for model in models:
        if not is_told(model, known[model], place, base):
            return f"what --{model.name} puts in cannot be told from its value"
    by_values = {frozenset(setting.values): text for setting, text in place.contents.items()}
    found = []
    for row in rows(models):
        key = frozenset(taken(values_of(row), never))
        if key not in by_values:
            return None
        text = by_values[key] and general(by_values[key], row, known)
        if text is None:
            return "the texts of the options cannot be told apart here"
        found.append((row, text))
    if not found:
        return "too many options change it together"
    for model in models:
        if model.number_default is not None and not model.choices:
            found = without_default(found, model)
    return Table(found, models)


def without_default(found, model):
    """The rows without those for an option that is not given, if its default does the same."""
    given = {less(row, model): text for row, text in found
             if any(state.model is model and state.given for state in row)}
    same = all(guards.gives(given[less(row, model)], model, model.number_default, text)
               for row, text in found if less(row, model) in given
               and any(state.model is model and not state.given for state in row))
    return list(given.items()) if same else found


def less(row, model):
    return tuple(state for state in row if state.model is not model)


class Table:
    """The texts of a place by what is given: [(row, text)]. Does what guards.Guarded does."""
    adds = False

    def __init__(self, found, models):
        self.rows, self.models = found, models
        groups = grouped(found)
        last = max(groups, key=lambda group: (not group[1], len(group[0])))
        groups.remove(last)
        groups.sort(key=lambda group: -max(sum(state.given for state in row) for row in group[0]))
        self.default, self.cases, left = last[1], [], [row for row, _ in found]
        for chosen, text in groups:     # each is asked where those before it do not hold
            self.cases.append(guards.Case("", None, condition(chosen, left), text))
            left = [row for row in left if row not in chosen]

    def options(self):
        return {model.dest for model in self.models}

    def select(self, setting, _models, own=False):
        """The text under a setting; `own`: see guards.filled()."""
        given = dict(setting.values)
        for row, text in self.rows:
            if all(self.holds(state, given) for state in row):
                for model in self.models:
                    text = guards.filled(text, model, given.get(model.dest, model.number_default)
                                         if not model.choices else None, own)
                return text
        return self.default

    @staticmethod
    def holds(state, given):
        if state.model.choices:
            return given.get(state.model.dest) == state.value
        return (state.model.dest in given) == state.given

    def split(self, flags):
        """[(states of the flags, Table of the others)]."""
        found = {}
        for row, text in self.rows:
            key = tuple(state for state in row if state.model in flags)
            rest = tuple(state for state in row if state.model not in flags)
            found.setdefault(key, []).append((rest, text))
        others = [model for model in self.models if model not in flags]
        return [(key, Table(rest, others)) for key, rest in found.items()]


def grouped(found):
    """[(rows, text)] with the rows of each text together, in their order."""
    groups = []
    for row, text in found:
        same = next((group for group in groups if ctext.same(group[1], text)), None)
        if same:
            same[0].append(row)
        else:
            groups.append(([row], text))
    return groups


def condition(chosen, every):
    """C that holds for these rows and for no other; "" if they are all."""
    if len(chosen) == len(every):
        return ""
    parts = dict.fromkeys(state for row in every for state in row)
    parts = sorted(parts, key=lambda state: not state.given)
    for size in (1, 2, 3):
        for some in itertools.combinations(parts, size):
            if [row for row in every if set(some) <= set(row)] == chosen:
                return joined(some)
    return " || ".join(f"({joined(row)})" for row in chosen)


def joined(some):
    """C for conditions that all hold."""
    return " && ".join(f"({state.condition})" if "||" in state.condition else state.condition
                       for state in some)
