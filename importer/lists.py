# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Options that take several numbers, with commas between them, given again, or as words behind it.

A script joins what it compares with each: `a != 1 && a != 2`, `a == 1 || a == 2`. tool.Maker asks
for the comparisons of an option; program.Program puts a function in their place.
"""

import dataclasses
import re

import ctext
import explore
import guards

MOST = 64                       # values on a command line
JOINTS = {"!=": "&&", "==": "||"}
ENDS = {"&&", "||", "!", ",", ";", "{", "}", "?", ":", "=", "return", "&", "|", "^"}
OPENING, CLOSING = {"(", "["}, {")", "]"}


@dataclasses.dataclass(frozen=True)
class Comparison:
    """What is compared with each value; `form` has `%s` for the value as the text has it."""
    operand: tuple              # tokens
    sign: str
    form: str

    def pattern(self, name):
        words = [*self.operand, self.sign, self.form % name]
        return re.compile(r"\s*".join(re.escape(word) for word in words))

    def call(self, function):
        """The comparison with all values."""
        number = self.form % "".join(self.operand)      # swapping bytes undoes itself
        return f"{'!' if self.sign == '!=' else ''}{function}({number})"


def several(model):
    """The settings that give two values at once."""
    (one, _), (two, _) = model.settings[:2]
    return (explore.Setting(((model.dest, f"{one},{two}"),)),
            explore.Setting(((model.dest, one), (model.dest, two))),
            *([explore.Setting(((model.dest, f"{one} {two}"),))] if model.words else []))


def comparisons(explorer, model):
    """The Comparisons of an option with each of several values; None if it takes but one, "" if it
    takes several and the text is no such comparison."""
    if model.type not in ("u64", "s64", "pid", "port") or model.default is not None:
        return None
    one, two = (explorer.run(setting) for _, setting in model.settings[:2])
    for setting in several(model):
        both = explorer.run(setting)
        if explore.refused(both) or explore.same_program(both, two):
            continue
        if len(setting.values) == 1 and setting.values[0][1] in explore.text(both):
            continue                    # put in as it is
        words = [[token.text for token in ctext.tokens(explore.text(run))] for run in (one, two, both)]
        return compared(model, *words) or ""
    return None


def compared(model, one, two, both):
    """The Comparisons if the text `both` joins those of `one` and `two`; None if it does not."""
    if len(one) != len(two):
        return None
    found, joined, end = [], [], 0
    for i in [i for i, words in enumerate(zip(one, two)) if words[0] != words[1]]:
        form, start = form_of(model, one[i], two[i]), start_of(one, i)
        if not form or start is None or start < end:
            return None
        joined += [*one[end:i + 1], JOINTS[one[i - 1]], *two[start:i + 1]]
        found.append(Comparison(tuple(one[start:i - 1]), one[i - 1], form))
        end = i + 1
    return found if joined + one[end:] == both else None


def form_of(model, *words):
    """How the text has a value; None if it cannot be told."""
    numbers = [int(value) for value, _ in model.settings[:2]]
    return guards.form_of({"%s": int, **guards.SWAPS}, numbers, list(words))


def start_of(words, i):
    """Where the comparison begins whose value is words[i]; None if it is no comparison."""
    if i < 2 or words[i - 1] not in JOINTS:
        return None
    depth, start = 0, i - 1
    for at in range(i - 2, -1, -1):
        depth += (words[at] in CLOSING) - (words[at] in OPENING)
        if depth < 0 or (not depth and words[at] in ENDS):
            break
        start = at
    return start if start < i - 1 else None


def function(model):
    """The function's name."""
    return f"is_{model.c_name}"


def definition(model):
    """C that asks whether a number is one of the option's."""
    return (f"/* Whether a number is one of --{model.name}. */\n"
            f"static inline bool {function(model)}(u64 number)\n{{\n"
            f"\tfor (u32 i = 0; i < {MOST}; i++) {{\n"
            f"\t\tif (i >= opt.nr_{model.c_name})\n\t\t\tbreak;\n"
            f"\t\tif ({model.reference}[i] == number)\n\t\t\treturn true;\n"
            "\t}\n\treturn false;\n}\n")


def with_functions(source, models):
    """The source with the functions of the options behind what it includes first."""
    if not models:
        return source
    head = re.match(r"(?:[ \t]*(?:#\s*(?:include|define)\b[^\n]*|//[^\n]*)?\n|[ \t]*/\*(?s:.*?)\*/[ \t]*\n)*", source)
    above = source[:head.end()].strip("\n")
    return "\n".join(filter(None, [above and f"{above}\n", *map(definition, models),
                                   source[head.end():]]))


def for_all(model, text):
    """A text for one value, for all of them; None if the value is used for more."""
    for one in model.compared:
        text = one.pattern(model.reference).sub(one.call(function(model)), text)
    condition = re.escape(model.condition(None))
    text = re.sub(rf"(?<=\(){condition}(?=\)| \?)", f"opt.nr_{model.c_name}", text)
    return None if re.search(rf"\b{re.escape(model.reference)}\b", text) else text


def put_in(models, listed, source):
    """Replacements {name: text} for all values of the options that take several; returns them and
    the options."""
    taken = []
    for model in [model for model in models if model.compared]:
        texts = {name: for_all(model, text) if isinstance(text, str) else text
                 for name, text in listed.items()}
        others = [text for text in texts.values() if not isinstance(text, str)]
        if texts != listed and None not in texts.values() \
                and model.reference not in repr(others) and function(model) not in source:
            taken.append(model)
            listed = texts
    return listed, taken
