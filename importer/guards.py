# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What options put into a placeholder, as C text that asks for them when the tool runs."""

import dataclasses
import itertools
import os
import re

import ctext
import sandbox

# The numbers of a device as C has them of an option that is a path.
DEVICE = {"(%s_rdev >> 20)": os.major, "(%s_rdev & 0xfffff)": os.minor,
          "%s_rdev": lambda number: os.major(number) << 20 | os.minor(number)}
# The bytes of a port in the order of the network.
SWAPS = {"ntohs(%s)": lambda number: (number & 0xff) << 8 | number >> 8}
NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|0|[1-9]\d*)([uUlL]*)")


@dataclasses.dataclass(frozen=True)
class Case:
    """The text that an option puts in; `condition` is C over opt, "" where it always holds."""
    option: str
    value: object               # of a choice; None: any
    condition: str
    text: str                   # with opt.NAME for the value


@dataclasses.dataclass
class Guarded:
    """All that options do to a placeholder: the first case that holds, or all that hold."""
    default: str
    cases: list
    adds: bool = False          # all cases that hold, behind the default

    def options(self):
        """The destinations of the options that it depends on."""
        return {case.option for case in self.cases}

    def select(self, setting, models, own=False):
        """The text under a setting; `own`: see filled()."""
        given = dict(setting.values)
        found = [] if not self.adds else [self.default]
        for case in self.cases:
            model = models[case.option]
            if case.option not in given and (case.condition or model.number_default is None):
                continue
            value = given.get(case.option, model.number_default)
            if case.value is not None and case.value != value:
                continue
            text = filled(case.text, model, value, own)
            if not self.adds:
                return text
            found.append(text)
        return " ".join(found) if self.adds else self.default


def filled(text, model, value, own=False):
    """A case's text with the option's value as the script writes it: `(opt.NAME * 9)` is one number,
    or, if `own`, the script's own words around one."""
    name = re.escape(model.reference)
    if model.type == "path" and value is not None:
        for form, number in DEVICE.items():
            text = text.replace(form % model.reference, str(number(device_of(value))))
    for form, change in SWAPS.items():
        if value is not None and form % model.reference in text:
            text = text.replace(form % model.reference, str(change(int(value))))
    if value is None:
        return text
    if own:
        return re.sub(rf"\b{name}\b", lambda _: str(value), text)
    return re.sub(rf"\({name}(?: \* (\d+))?(?: ([+-]) (\d+))?\)|\b{name}\b",
                  lambda match: str(line_at(match, value)), text)


def gives(text, model, value, wanted):
    """Whether a case's text is the wanted one for a value."""
    return any(ctext.same(filled(text, model, value, own), wanted) for own in (False, True))


def line_at(match, value):
    found = int(value) * int(match[1] or 1)
    return found + int(f"{match[2]}{match[3]}") if match[2] else found


def generalised(model, contents):
    """The text for any value, of the contents for several: [(value, text)]; None if it cannot be
    told."""
    lines = [ctext.tokens(text) for _, text in contents]
    if len({len(line) for line in lines}) != 1:
        return None
    found = []
    for tokens in zip(*lines):
        texts = [token.text for token in tokens]
        if len(set(texts)) == 1:
            found.append(tokens[0].before + texts[0])
            continue
        values = [value for value, _ in contents]
        word = follows(model, values, texts)
        if word is None:
            return None
        found.append(tokens[0].before + word)
    return "".join(found).strip()


def device_of(path):
    """The number of a device of the sandbox; 0 of other files."""
    return sandbox.DEVICES[path][1] if path in sandbox.DEVICES else 0


def follows(model, values, texts):
    """C for words that follow from an option's values; None if they don't."""
    if model.type != "path":
        line = straight_line(values, texts)
        return expression(model.reference, *line) if line else swapped(model, values, texts)
    form = form_of(DEVICE, map(device_of, values), texts)
    return form and form % model.reference


def form_of(forms, numbers, texts):
    """The form in which the texts have these numbers; None if there is none."""
    numbers = list(numbers)
    return next((form for form, change in forms.items()
                 if texts == [str(change(number)) for number in numbers]), None)


def swapped(model, values, texts):
    """C for ports in the order of the network; None for others."""
    if not all(value.isdigit() and int(value) < 1 << 16 for value in values):
        return None
    form = form_of(SWAPS, map(int, values), texts)
    return form and form % model.reference


def straight_line(values, texts):
    """(factor, offset) of numbers that follow from the values; None if they don't."""
    numbers = [NUMBER.fullmatch(text) for text in texts]
    if len(values) < 3 or not all(numbers) or not all(value.isdigit() for value in values):
        return None
    x, y = [int(value) for value in values], [int(number[1], 0) for number in numbers]
    factor, rest = divmod(y[1] - y[0], x[1] - x[0])
    offset = y[0] - factor * x[0]
    if rest or factor < 1 or any(factor * a + offset != b for a, b in zip(x, y)):
        return None
    return factor, offset


def expression(name, factor, offset):
    """C for the straight line."""
    if (factor, offset) == (1, 0):
        return name
    text = name + (f" * {factor}" if factor != 1 else "")
    return f"({text} {'-' if offset < 0 else '+'} {abs(offset)})" if offset else f"({text})"


def cases_of(model, place, base):
    """The cases of one option at a place; [] if it changes nothing there, None if it cannot be
    told."""
    default = place.contents[base]
    contents = [(value, place.contents[setting]) for value, setting in model.settings]
    if all(ctext.same(text, default) for _, text in contents):
        return []
    if model.is_flag:
        return [Case(model.dest, None, model.reference, contents[0][1])]
    if model.choices:
        return [Case(model.dest, value, model.condition(value), text) for value, text in contents
                if not ctext.same(text, default)]
    text = generalised(model, contents)
    if text is None or (model.type in ("string", "path") and model.reference not in text):
        return None
    always = model.number_default is not None and gives(text, model, model.number_default, default)
    return [Case(model.dest, None, "" if always else model.condition(None), text)]


def ordered(place, base, models, both):
    """The Guarded of a place, or the reason why there is none. `both` gives the contents of a place
    under two options at once: {(name, name): (first alone, second alone, both)}."""
    default, groups = place.contents[base], []
    for model in models:
        cases = cases_of(model, place, base)
        if cases is None:
            return f"what --{model.name} puts in cannot be told from its value"
        if cases:
            groups.append(cases)
    relations = {}
    for one, two in itertools.combinations(groups, 2):
        relation = related(both.get((one[0].option, two[0].option)), default)
        if relation is None:
            return f"--{one[0].option} with --{two[0].option} makes a text of its own"
        relations[one[0].option, two[0].option] = relation
    if any(relation == "both" for relation in relations.values()):
        if any(relation not in ("both", "never") for relation in relations.values()):
            return "some options add to each other and some do not"
        return Guarded(default, [case for group in groups for case in added(group, default)], True)
    return chain(default, groups, relations)


def added(group, default):
    """Cases whose text comes behind the default."""
    skip = len(default)
    return [dataclasses.replace(case, text=case.text[skip:].strip()) for case in group]


def related(texts, default):
    """Which of two options wins: first, second, both, never (they exclude each other) or None."""
    if texts is None:
        return "never"
    one, two, together = texts
    if ctext.same(together, one):
        return "first"
    if ctext.same(together, two):
        return "second"
    if one.startswith(default) and two.startswith(default) and ctext.same(
            together, f"{one} {two[len(default):]}"):
        return "both"
    return None


def chain(default, groups, relations):
    """Groups in an order in which the winner comes first."""
    left, order = list(groups), []
    while left:
        for group in left:
            losers = [other for other in left if other is not group
                      and beats(relations, other[0].option, group[0].option)]
            if not losers:
                order.append(group)
                left.remove(group)
                break
        else:
            return "options overrule each other in a circle"
    return Guarded(default, [case for group in order for case in group])


def beats(relations, one, two):
    return relations.get((one, two)) == "first" or relations.get((two, one)) == "second"


# From cases to C.


def is_statements(text):
    return not text or text.rstrip().endswith((";", "}"))


def is_expression(text):
    return bool(text) and not re.search(r"[;{}#]", text)


def declared(text):
    """The variables that statements declare; in a block they end with it."""
    return set(re.findall(r"(?:^|[;{}])\s*(?:struct\s+\w+|(?!return\b|goto\b|else\b)\w+)"
                          r"(?:\s*\*\s*|\s+)(\w+)\s*(?:=|;|\[)", text))


def balanced(text):
    """Whether every bracket is closed within the text."""
    left, closing = [], {")": "(", "]": "[", "}": "{"}
    for token in ctext.tokens(text):
        if token.text in closing.values():
            left.append(token.text)
        elif token.text in closing and (not left or left.pop() != closing[token.text]):
            return False
    return not left


def c_text(guarded, around):
    """C that chooses among the cases when the tool runs; None where only the compiler can choose."""
    texts = [guarded.default, *(case.text for case in guarded.cases)]
    if not around.is_inside or not all(balanced(text) for text in texts):
        return None
    if len(guarded.cases) == 1 and not guarded.cases[0].condition:
        return guarded.cases[0].text
    if around.begins_statement and all(is_statements(text) for text in texts):
        if any(declared(text) & around.used_after for text in texts):
            return None
        return statements(guarded)
    if around.is_value and not guarded.adds and all(is_expression(text) for text in texts):
        return conditional(guarded)
    return None


def block(text):
    return f"{{ {text} }}" if text else "{ }"


def statements(guarded):
    if guarded.adds:
        parts = [guarded.default] if guarded.default else []
        return " ".join(parts + [f"if ({case.condition}) {block(case.text)}"
                                 for case in guarded.cases])
    text = " else ".join(f"if ({case.condition}) {block(case.text)}" if case.condition
                         else block(case.text) for case in guarded.cases)
    if guarded.default and all(case.condition for case in guarded.cases):
        text += f" else {block(guarded.default)}"
    return text


def conditional(guarded):
    text = f"({guarded.default})"
    for case in reversed(guarded.cases):
        text = f"({case.condition} ? ({case.text}) : {text})" if case.condition else f"({case.text})"
    return text
