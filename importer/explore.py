# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Runs a script for every kernel and for the options that it has, and keeps what each run made."""

import ast
import copy
import dataclasses
import functools
import gc
import json
import pathlib

import bcc
import child
import command_line
import ctext
import outputs
import positions

# Numbers that no program has by chance, of processes and of ports; three of them tell a line.
NUMBERS = command_line.NUMBERS
# Files that are devices of the sandbox, with other numbers each.
DEVICES = ("/", "/dev/sda", "/dev/nvme0n1")
# What else an argument may have to be.
TEXTS = ("qzone", "qztwo", "127.0.0.1", "10.0.0.0/8", "9", "1000", "80", "root", *DEVICES)
# Of the package's own: what they do is to print.
SILENT = {"-h", "--help", "--version"}


class ImportFailure(Exception):
    """The script cannot be imported; the text is one line for the user."""


@dataclasses.dataclass
class Option:
    """An option of the script's parser, by row() of command_line.py. `dest` is its own, `attribute`
    what the script calls the value; `const` what a flag gives it."""
    flags: list
    dest: str
    type: str
    nargs: object
    metavar: object
    required: bool
    choices: list
    default: object
    help: str
    line: int
    attribute: str = ""
    makes_list: bool = False
    const: object = None
    gives: bool = False         # const is known
    counts: bool = False        # the script counts how often it is given
    odd: bool = False           # what it gives cannot be told
    commands: list = ()         # it is no option but names of commands, with parsers of their own
    ahead: bool = False         # it stands before the command
    place: int = 0              # of sys.argv
    filler: object = None       # a word there that changes nothing
    absent: object = Ellipsis   # what the script has where it is not given
    scale: list = ()            # factor and offset of the number that the script makes of it
    wraps: bool = False         # its value is a list of one
    pairs: bool = False         # of getopt

    def word(self):
        """How it is given: the long name where there is one."""
        return next((flag for flag in self.flags if flag.startswith("--")),
                    self.flags[0] if self.flags else self.dest)

    def for_outputs(self):
        """What outputs asks beside what the manifest has: as the script has the value."""
        return {"attribute": self.attribute, "wraps": self.wraps, "odd": self.odd, "scale": self.scale,
                "place": self.place,
                "pairs": self.word() if self.pairs else "",
                **({"const": self.const} if self.gives else {}),
                **({"absent": self.absent} if self.absent is not Ellipsis else {})}

    def says_default(self):
        """Whether a flag gives what the script has without it."""
        return self.gives and (not self.const if self.default is None else
                               str(self.const) == self.default)

    def is_flag(self):
        return self.nargs == 0

    def is_argument(self):
        """Whether it is a word behind the options that need not be there."""
        return not self.flags and self.nargs == "?"

    def is_given(self, args):
        """Whether a command line has it: what it does is then what the script always does."""
        return any(flag == word[:2] if len(flag) == 2 else
                   len(word) > 2 and flag.startswith(word.partition("=")[0])
                   for flag in self.flags for word in args)

    def takes_words(self):
        """Whether one or more words stand behind it."""
        return bool(self.flags) and self.nargs in ("+", "*")

    def given(self, args):
        """The value that a command line gives it."""
        for word, value in zip(args, (*args[1:], None)):
            name, sign, rest = word.partition("=")
            if word[:2] in self.flags and word[1:2] != "-":
                return word[2:] or value
            if len(name) > 2 and any(flag.startswith(name) for flag in self.flags):
                return rest if sign else value
        return None

    def takes_one(self):
        return self.nargs in (None, "?", 1)


@dataclasses.dataclass(frozen=True)
class Setting:
    """Options with a value each, beside the user's own arguments."""
    values: tuple = ()          # (dest, value or None for a flag)

    def names(self):
        return tuple(name for name, _ in self.values)


OTHER_HOST = Setting((("other host", None),))


class Explorer:
    """The runs of one script. `args` are the user's, which every run has."""

    def __init__(self, script, args, kernels):
        self.script = pathlib.Path(script)
        self.args = tuple(args)
        self.kernels = kernels
        self.known, self.derived = {}, {}
        self.options = []
        self.newest = kernels[-1]   # of those that have what the script attaches to
        self.texts = None           # united.Texts where kernels have texts of their own
        self.apart = ""             # why they cannot be one text
        self.united = {}
        self.unlike = set()         # functions whose parameters are not found by their names

    def start_again(self, unlike):
        """Forgets the texts of all kernels; these functions are not the same in all."""
        self.texts, self.united, self.derived, self.unlike = None, {}, {}, unlike

    def job(self, args, kernel, **how):
        same = self.known.setdefault((args, *how.items()), [])
        found = next((one for one in same if kernel.agrees(one["asked"])), None)
        if not found:
            found = child.run(child.Job(self.script, args, kernel, confined=True, **how))
            same.append(found)
        return found

    def describe(self):
        """The options of the script's parser; what getopt says nothing of is a number if the script
        takes no text for it."""
        end = self.job(self.args, self.newest, options=True)["end"]
        rows = end[0] if isinstance(end, list) else []
        self.options = [Option(**row) for row in rows]
        if not isinstance(end, list):
            self.take_places()
        for option in [one for one in self.options if not one.type]:
            text, number = (self.run(Setting(((option.dest, word),))) for word in (TEXTS[0], NUMBERS[0]))
            option.type = "int" if refused(text) and not refused(number) else "str"
        return self.options

    def option(self, dest):
        return next(option for option in self.options if option.dest == dest)

    def words(self, setting):
        """The command line of a setting."""
        ahead, found, given = [], [], {}
        for name, value in setting.values:
            if self.option(name).is_argument():
                given[name] = value
                continue
            option = self.option(name)
            words = ahead if option.ahead else found
            words.append(option.word())
            if value is not None:
                words += value.split() if option.takes_words() else [value]
        return (*ahead, *self.by_place(given), *self.arguments(given), *found)

    def take_places(self):
        """Makes options of the words that the script takes by their places, if one changes the
        program."""
        base = self.run()
        for row in positions.rows(self.reads, self.args):
            self.options.append(Option(**row))
            tried = (row["default"], "0", "1", "-1", "")
            fillers = [word for word in tried if word is not None and
                       self.does_same(Setting(((row["dest"], word),)), base)]
            if not fillers:
                break
            self.options[-1].filler = fillers[0]
        if all(same_program(run, base) for option in self.options
               for _, run in self.values(option)):
            self.options = []

    def does_same(self, setting, base):
        """Whether the script takes a setting and makes the program of another run."""
        run = self.run(setting)
        return not refused(run) and same_program(run, base)

    def arguments(self, given):
        """The words behind the options: those before the last one that is given are as they are
        without it."""
        rows = [option for option in self.options if option.is_argument() and not option.place]
        last = max((i for i, option in enumerate(rows) if option.dest in given), default=-1)
        return [given.get(option.dest, "1" if option.default is None else option.default)
                for option in rows[:last + 1]]

    def by_place(self, given):
        """The user's arguments, with words that the script takes by their places."""
        places = {option.place: option for option in self.options if option.place}
        last = max((place for place, option in places.items() if option.dest in given), default=0)
        words = list(self.args) + [None] * (last - len(self.args))
        for place in range(1, last + 1):
            option = places[place]
            words[place - 1] = given.get(option.dest, words[place - 1] if words[place - 1] is not None
                                         else option.filler)
        return words

    @functools.cached_property
    def reads(self):
        """What the text of the script reads of its command line."""
        return positions.Reads(ast.parse(self.script.read_bytes()))

    def takes_words(self, carried):
        """The line where the script reads words of its command line otherwise than those that are
        carried over, or all of them if that is True; 0: nowhere."""
        places = [option.place for option in self.options if option.dest in carried] \
            if carried is not True else range(positions.LAST + 1)
        lines = [line for line, place, _ in self.reads.places if place not in places]
        return min([*lines, *self.reads.others], default=0)

    def attaches_on(self, kernel):
        """Whether the script comes to its first wait on a kernel."""
        return self.job(self.args, kernel)["end"] == "stopped"

    def run(self, setting=Setting(), kernel=None, marks=True):
        """The result of a run: of the tool on all kernels, or on one kernel; with marks where they
        change nothing, or without them."""
        if kernel or not self.texts:
            return self.alone(setting, kernel or self.newest, marks)
        if setting not in self.united:
            self.united[setting] = self.unite(
                setting, [self.alone(setting, group.kernels[0]) for group in self.texts.groups])
        return self.united[setting]

    def alone(self, setting, kernel, marks=True):
        """The result of a run on one kernel."""
        args = self.words(setting)
        plain = self.job(args, kernel)
        if plain["end"] != "stopped" and plain["missing"]:
            plain = self.job(args, kernel, strict=False)
        if not marks:
            return plain
        return with_marks(plain, self.job(args, kernel, marked=True, strict=False))

    def unite(self, setting, runs):
        """One run of those on several kernels; that without a program where one makes none."""
        without = next((run for run in runs if not program(run)), None)
        return without or self.texts.unite(setting, runs)

    def elsewhere(self):
        """The result of the run on another host: the same kernels with other numbers; None if it
        makes no program there."""
        kernels = [group.kernels[0] for group in self.texts.groups] if self.texts else [self.newest]
        runs = [self.other_host(kernel) for kernel in kernels]
        if None in runs:
            return None
        return self.unite(OTHER_HOST, runs) if self.texts else runs[0]

    def other_host(self, kernel):
        plain = self.job(self.args, kernel, strict=False, other_host=True)
        marked = self.job(self.args, kernel, strict=False, other_host=True, marked=True)
        return with_marks(plain, marked) if program(plain) else None

    def outputs(self, options, setting=Setting()):
        """What outputs.derive finds under a setting, as data, with options by their destination;
        {"end": reason} if nothing can be told."""
        key = (json.dumps(options, sort_keys=True), setting)
        if key not in self.derived:
            self.derived[key] = self.derive(options, setting)
        return copy.deepcopy(self.derived[key])

    def derive(self, options, setting):
        def derive(script, frame, programs):
            made = [one for one in gc.get_objects() if type(one) is bcc.BPF]
            tables = [table for one in made for table in one.tables.values()]
            text = "\n".join(outputs.text_of(program) for program in programs
                             if not program.trial)
            return outputs.as_data(outputs.derive(script, frame, options,
                                                  outputs.Run(text, tuple(tables))))
        run = child.run(child.Job(self.script, self.words(setting), self.newest, derive=derive,
                                  strict=self.attaches_on(self.newest), confined=True))
        if not run.get("derived"):
            return {"end": run["end"]}
        return run["derived"]

    def values(self, option):
        """Values that the option takes, as (value, run); none if it takes none of those tried."""
        if option.is_flag():
            return [(None, self.run(Setting(((option.dest, None),))))]
        found = []
        tried = option.choices or (*NUMBERS, *TEXTS)
        for value in tried:
            result = self.run(Setting(((option.dest, value),)))
            if not refused(result):
                found.append((value, result))
            if not option.choices and len(found) == len(NUMBERS):
                break
        return found


def with_marks(plain, marked):
    """A run with the marks of a second one, where they change nothing."""
    mine, its = program(plain), program(marked)
    if mine and its and its["text"] == mine["text"]:
        return {**plain, "marked": its["marked"], "names": marked["names"], "lines": marked["lines"]}
    return {**plain, "marked": mine["text"] if mine else "", "names": [], "lines": []}


def program(result):
    """The program of a run that is loaded, or None. Of several the last."""
    made = [one for one in result["programs"] if not one["trial"]]
    return made[-1] if made else None


def refused(result):
    """Whether the script did not take its command line."""
    return program(result) is None


def text(result):
    made = program(result)
    return made["text"] if made else ""


def same_program(one, other):
    """Whether two runs load and attach the same."""
    mine, its = program(one), program(other)
    return (ctext.same(mine["text"], its["text"]) and mine["cflags"] == its["cflags"]
            and mine["attaches"] == its["attaches"])
