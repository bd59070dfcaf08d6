# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Macros that some options define: their conditionals and values become places of the text.

A script that puts `#define FILTER_PID 7` before its program, or gives it as a flag of the compiler,
means the same as one that puts text at every `#ifdef FILTER_PID`. So the runs are compared with
these conditionals decided, and what they hold marked as a placeholder of the macro's name.
"""

import re

import ctext
import explore
import marks

DEFINE = re.compile(r"[ \t]*#[ \t]*define[ \t]+(\w+)(?:[ \t]+(.*))?$")
CONDITIONAL = re.compile(r"[ \t]*#[ \t]*(ifdef|ifndef|if|elif|else|endif)\b[ \t]*(.*)$")
ASKED = re.compile(r"(!?)[ \t]*(?:defined[ \t]*\(?[ \t]*)?(\w+)[ \t]*\)?[ \t]*(?://.*|/\*.*)?$")


NUMBER = re.compile(r"\d+")
COMMENT = re.compile(r"\s*(//.*$|/\*.*?\*/)")


class Unknown(Exception):
    """A conditional asks for a macro in a way that is not told here."""


def decided(runs, other_host, flags):
    """(runs, macros): the runs, and that on another host, with the macros decided that vary with
    options, and the macros that stay, by the destination of the flag that defines them."""
    every = {setting: {**run, "marked": defined(run, runs) + run["marked"]}
             for setting, run in (*runs.items(), *other_host.items())}
    known = {setting: values(run["marked"]) for setting, run in every.items()}
    varying = varying_names([known[setting] for setting in runs], known.values())
    base = marks.strip(next(iter(every.values()))["marked"])
    by_flag = {name: flag_of(name, runs, known, flags) for name in varying}
    staying = {name for name in varying if by_flag[name] and is_outside(name, base)}
    while True:
        try:
            return {setting: Decider(run, varying - staying, known[setting], staying).result()
                    for setting, run in every.items()}, {
                        flag: name for flag in flags for name in sorted(staying)
                        if by_flag[name] == flag}
        except Unknown as unknown:
            staying |= {name for name in unknown.args if by_flag[name]}
            varying -= {name for name in unknown.args if not by_flag[name]}


def varying_names(known, every):
    """The macros that are not the same in all runs; those made of such ones get their values, in
    `every` run."""
    names = {name for one in known for name in one}
    found = {name for name in names if len({one.get(name) for one in known}) > 1 and (
        name.isupper() or all(NUMBER.fullmatch(one.get(name, "0")) for one in known))}
    while True:
        words = re.compile(r"\b(" + ("|".join(sorted(found)) or r"\Z.") + r")\b")
        more = {name for name in names - found if name.isupper()
                and any(words.search(one.get(name, "")) for one in known)}
        if not more:
            return found
        for one in every:
            for name in more & set(one):
                one[name] = words.sub(lambda match: one.get(match[0], match[0]), one[name])
        found |= more


def flag_of(name, runs, known, flags):
    """The flag that defines a macro wherever it is given and nowhere else; None without one."""
    if any(known[setting].get(name) not in (None, "", "1") for setting in runs):
        return None
    return next((flag for flag in flags if all((flag in setting.names()) == (name in known[setting])
                                               for setting in runs)), None)


def is_outside(name, text):
    """Whether a conditional asks for a macro outside of functions."""
    depth = 0
    for token in ctext.tokens(text):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        conditional = CONDITIONAL.match(token.text) if token.kind == "directive" else None
        if conditional and depth <= 0 and re.search(rf"\b{name}\b", conditional[2]):
            return True
    return False


def flags_that_vary(runs):
    """The macros among the compiler's flags that are not the same in all runs."""
    given = [set(explore.program(run)["cflags"]) for run in runs.values()]
    return {flag for flag in set().union(*given) - set.intersection(*given)
            if re.match(r"-D\w+(=|$)", flag)}


def defined(run, runs):
    """Lines for the flags of a run that vary."""
    flags = flags_that_vary(runs)
    found = (flag[2:].partition("=") for flag in explore.program(run)["cflags"] if flag in flags)
    return "".join(f"#define {name} {value or 1}\n" for name, _, value in found)


def values(marked):
    """{macro: value} of the lines that define one outside of conditionals."""
    found, depth = {}, 0
    for line in marks.strip(marked).split("\n"):
        conditional, define = CONDITIONAL.match(line), DEFINE.match(line)
        if conditional:
            depth += {"endif": -1, "else": 0, "elif": 0}.get(conditional[1], 1)
        elif define and not depth and not line.endswith("\\"):
            found[define[1]] = COMMENT.sub("", define[2] or "").strip()
    return found


class Decider:
    """Decides the conditionals of one run. `levels` has [macro or None, whether it holds]."""

    def __init__(self, run, varying, known, staying):
        self.run, self.varying, self.known, self.staying = run, varying, known, staying
        self.names, self.levels, self.lines = list(run["names"]), [], []
        self.words = re.compile(r"\b(" + ("|".join(sorted(varying)) or r"\Z.") + r")\b")

    def result(self):
        for line in self.run["marked"].split("\n"):
            self.line(line)
        return {**self.run, "marked": "\n".join(self.lines), "names": self.names}

    def mark(self, name):
        if name not in self.names:
            self.names.append(name)
        return marks.OPEN + chr(marks.FIRST + self.names.index(name))

    def line(self, line):
        conditional, define = CONDITIONAL.match(marks.strip(line)), DEFINE.match(marks.strip(line))
        if conditional:
            self.conditional(line, conditional[1], conditional[2])
        elif not all(holds for _, holds in self.levels):
            return
        elif not (define and define[1] in self.varying | self.staying):
            self.lines.append(self.words.sub(self.value, line))

    def value(self, match):
        value = self.known.get(match[1])
        return self.mark(match[1]) + value + marks.CLOSE if value else match[0]

    def conditional(self, line, word, rest):
        if word in ("else", "elif", "endif"):
            if not self.levels:
                raise Unknown(*self.varying)
            self.further(line, word)
            return
        asked = ASKED.fullmatch(rest)
        name = asked[2] if asked and asked[2] in self.varying else None
        if not name and self.words.search(rest):
            raise Unknown(*self.words.findall(rest))
        shown = all(holds for _, holds in self.levels)
        if name:
            holds = self.known.get(name) is not None
            if word == "if" and "defined" not in rest:
                holds = self.known.get(name) not in (None, "0")
            holds = holds != (word == "ifndef" or asked[1] == "!")
            if shown:
                self.lines.append(self.mark(name))
        elif shown:
            self.lines.append(line)
        self.levels.append([name, holds if name else True])

    def further(self, line, word):
        """The other lines of the innermost conditional."""
        name, holds = self.levels[-1]
        if word == "elif" and name:
            raise Unknown(name)
        shown = all(level[1] for level in self.levels[:-1])
        if word == "endif":
            self.levels.pop()
        elif name:
            self.levels[-1][1] = not holds
        if shown and not name:
            self.lines.append(line)
        elif shown and word == "endif":
            self.lines.append(marks.CLOSE)
