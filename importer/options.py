# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Options of a script as options of a manifest: names, types, and what their values change."""

import dataclasses
import re

import ctext
import explore
import guards

# Every tool has these; `map` and the like mean what they mean in no script.
BUILT_IN = {"help", "version", "verbose", "json", "csv", "duration", "btf", "check", "ready-fd",
            "exec", "sudo-user", "map", "fail-on-loss", "prometheus"}
LETTERS = {"h", "V", "v"}
# By what they are called: the types that a tool checks and explains.
TYPES = {"pid": "pid", "tid": "pid", "tgid": "pid", "ppid": "pid", "uid": "u32", "port": "port"}
NUMERIC = {"int", "long", "float"}


@dataclasses.dataclass(eq=False)
class Model:
    """An option as the manifest has it, and the settings in which it was tried alone."""
    dest: str
    name: str
    letter: str
    type: str
    help: str
    default: object = None          # text of the script's default
    choices: list = dataclasses.field(default_factory=list)
    unset: object = None            # the number that means "not given" where 0 is a value
    macro: str = ""                 # what the script defines for it
    compared: object = None         # lists.comparisons() of it
    most: int = 0                   # values that it takes where that is more than one
    words: bool = False             # the script takes several as words behind the option
    makes_list: bool = False        # the script has a list of its values
    real: bool = False              # the script takes 0.5 for its value, too
    size: int = 0                   # of a text that has no more room in a map
    sets: str = ""                  # what every tool has and this option says: interval, duration
    settings: list = dataclasses.field(default_factory=list)    # (value, Setting)

    @property
    def c_name(self):
        return self.name.replace("-", "_")

    @property
    def reference(self):
        """What C calls it."""
        return f"opt.{self.c_name}"

    def setting(self, i=0):
        """One of the settings in which it was tried alone; numbers have a value for each `i`."""
        plain = self.is_flag or self.choices
        return self.settings[0 if plain else i % len(self.settings)][1]

    @property
    def is_flag(self):
        return self.type == "flag"

    @property
    def number_default(self):
        """The number that the program has without the option."""
        text = str(self.default)
        return text if not self.is_flag and text.isdigit() else None

    def condition(self, value):
        """C over opt: whether the option is given, or has a value of its choices."""
        if self.choices:
            constant = ctext.choice_constant(self.c_name, value, self.choices)
            return f"{self.reference} == {constant}"
        if self.type in ("string", "path"):
            return f"{self.reference}[0]"
        unset = self.unset if self.unset is not None else int(self.number_default or 0)
        return self.reference + (f" != {unset}" if unset else "")

    def entry(self):
        """Its mapping in the manifest."""
        found = {"short": self.letter} if self.letter else {}
        if not self.is_flag:
            found["type"] = self.type
        if self.size:
            found["size"] = self.size
        if self.sets:
            found["sets"] = self.sets
        if self.choices:
            found["choices"] = self.choices
        if self.most:
            found |= {"type": TYPES.get(self.dest, "u64"), "list": self.most}
        elif self.unset is not None:
            found["default"] = self.unset
        elif self.default is not None and not self.is_flag:
            text = str(self.default)
            found["default"] = int(text) if self.type != "string" and re.fullmatch(r"-?\d+", text) else text
        if self.help:
            found["help"] = self.help
        return found


# Where a help has the default, which the tool shows itself.
DEFAULT = re.compile(r"\s*[\[(,;]?\s*(?:(?:by )?defaults?(?: to| is)?\s*[:=]?\s*)?[\"']?"
                     r"%(?:default\b|\(default\)\w)[\"']?\s*[\])]?", re.IGNORECASE)


def help_text(option):
    """The script's help in one line, without what argparse or optparse would fill in."""
    text = DEFAULT.sub("", option.help)
    text = " ".join(re.sub(r"%\(\w+\)\w|%%", "", text).split())
    return text if option.help != "==SUPPRESS==" else ""


def is_number(option, found):
    """Whether an option's value is a number: the script says so, or puts it in as one."""
    if [value for value, _ in found] != list(explore.NUMBERS):
        return False
    if option.type in NUMERIC or option.attribute in TYPES or str(option.default).isdigit():
        return True
    lines = [re.findall(r"\w+", explore.text(run)) for _, run in found]
    return len({len(line) for line in lines}) == 1 and any(
        guards.straight_line(explore.NUMBERS, words) for words in zip(*lines))


def model_of(option, found):
    """The Model of an option; `found` are the values that it took, with their runs."""
    name = option.word().lstrip("-").replace("_", "-")
    if len(name) == 1:
        name = option.dest.replace("_", "-")
    letters = [flag[1] for flag in option.flags if re.fullmatch(r"-\w", flag)]
    model = Model(option.dest, name, letters[0] if letters else "", "flag", help_text(option))
    model.settings = [(value, explore.Setting(((option.dest, value),))) for value, _ in found]
    if option.is_flag():
        return model
    model.default, model.real = option.default, option.type == "float"
    model.words = option.takes_words()
    model.makes_list = option.makes_list
    if option.choices:
        model.type, model.choices = "choice", option.choices
    elif is_number(option, found):
        negative = str(option.default).startswith("-")
        model.type = "s64" if negative else TYPES.get(option.attribute, "u64")
    elif is_device(found):
        model.type = "path"
    else:
        model.type = "string"
    return model


def is_device(found):
    """Whether an option is a file whose numbers as a device the script puts into the text."""
    texts = {explore.text(run) for value, run in found if value in explore.DEVICES}
    return [value for value, _ in found] == list(explore.DEVICES) and len(texts) == len(found)


def is_word(explorer, option, model, base):
    """Whether an option that takes numbers takes any text, and no program has it in its text. What is
    attached may depend on it: a file, a symbol."""
    if model.is_flag or model.choices or option.type in NUMERIC:
        return False
    if any(explore.program(run)["cflags"] != explore.program(base)["cflags"] or
           explore.text(run) != explore.text(base)
           for run in (explorer.run(setting) for _, setting in model.settings)):
        return False
    return not explore.refused(explorer.run(explore.Setting(((model.dest, explore.TEXTS[0]),))))


def zero_is_a_value(explorer, model, base):
    """Whether the script takes 0 for another value than none."""
    if model.type in ("flag", "choice", "string", "path") or model.default is not None:
        return False
    run = explorer.run(explore.Setting(((model.dest, "0"),)))
    return not explore.refused(run) and not explore.same_program(run, base)
