# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The declarations of a BPF program's text, one by one, with the marks of what a script put in."""

import dataclasses
import re

import ctext
import marks
import template

# Macros that make a function which attaches itself: arguments that name its place, the name of the
# function, the manifest's kind and place.
PROBES = {
    "TRACEPOINT_PROBE": (2, "tracepoint__{0}__{1}", "tracepoint", "{0}:{1}"),
    "RAW_TRACEPOINT_PROBE": (1, "raw_tracepoint__{0}", "raw_tracepoint", "{0}"),
    "KFUNC_PROBE": (1, "kfunc__{0}", "fentry", "{0}"),
    "KRETFUNC_PROBE": (1, "kretfunc__{0}", "fexit", "{0}"),
}
# The heads of the same functions under another name.
HEADS = {
    "TRACEPOINT_PROBE": "int {name}(struct tracepoint__{0}__{1} *args)",
    "RAW_TRACEPOINT_PROBE": "int {name}(struct bpf_raw_tracepoint_args *ctx)",
    "KFUNC_PROBE": "int {name}(unsigned long long *ctx{rest})",
    "KRETFUNC_PROBE": "int {name}(unsigned long long *ctx{rest})",
}
# Names by which functions attach themselves.
NAMES = (("kprobe__", "kprobe"), ("kretprobe__", "kretprobe"))


@dataclasses.dataclass
class Declaration:
    """What stands between two semicolons or closing braces of the text's top level. `kernels` are
    the texts that have it, by their numbers."""
    tokens: list
    kernels: set = dataclasses.field(default_factory=set)
    original: tuple = ()        # its key() before it asked what is otherwise on another kernel
    is_variant: bool = False    # it has another name than in its own text
    entry: dict = None          # the manifest's of a function that attached itself by its old name

    def key(self):
        return tuple(token.key() + (token.content,) for token in self.tokens if token.kind != "end")

    def body(self):
        """Where a function's body begins; None if it is none."""
        depth, before = 0, ""
        for i, token in enumerate(self.tokens):
            if token.text == "{" and not depth and before == ")":
                return i
            depth += {"(": 1, ")": -1, "{": 1, "}": -1}.get(token.text, 0)
            before = before_end(token) or before
        return None

    def head(self):
        """(what is in front of the parentheses, what is within) of a function, as texts."""
        words = [word for word in map(ctext.text_of, self.tokens[:self.body()]) if word.strip()]
        at = words.index("(") if "(" in words else len(words)
        return words[:at], words[at + 1:-1]

    def name(self):
        """What is declared, the same in all texts that declare it; "" where that is not known."""
        words = [ctext.text_of(token) for token in self.tokens if ctext.text_of(token)]
        if self.body() is not None:
            macro, program = self.head()[0][-1], self.program()
            return program["run"] if program else macro
        if words and self.tokens[0].kind == "directive":
            found = re.match(r"\s*#\s*define\s+(\w+)", words[0])
            return found[1] if found else ""
        text = " ".join(words)
        found = re.match(r"typedef .* (\w+) ;$|(?:struct|union|enum) (\w+) \{|BPF_\w+ \( (\w+)|"
                         r".*?(\w+) [\[=;(]", text)
        return next(filter(None, found.groups()), "") if found else ""

    def macro(self):
        """The macro that a line defines; "" for others."""
        return self.name() if self.tokens[0].kind == "directive" else ""

    def words(self):
        """All words that are used, within what is put in and within directives, too."""
        return set(re.findall(r"[A-Za-z_]\w*", " ".join(map(ctext.text_of, self.tokens))))

    def program(self):
        """The manifest's entry of a function that attaches itself, or None."""
        if self.entry:
            return self.entry
        before, within = self.head() if self.body() is not None else ([""], [])
        if before[-1] in PROBES:
            nr, name, kind, place = PROBES[before[-1]]
            given = [word for word in within if word != ","][:nr]
            return {"run": name.format(*given), kind: place.format(*given)}
        for start, kind in NAMES:
            if before[-1].startswith(start):
                return {"run": before[-1], kind: before[-1][len(start):]}
        return None

    def parameters(self):
        """{name: its declaration} of a function's parameters."""
        found, words = {}, []
        for word in [*self.head()[1], ","]:
            if word != ",":
                words.append(word)
            elif words:
                found[words[-1]], words = " ".join(words), []
        return found

    def renamed(self, name):
        """The function under another name, which attaches nothing by itself."""
        program = self.program()
        macro = self.head()[0][-1]
        if macro in HEADS:
            given = [word for word in self.head()[1] if word != ","][:PROBES[macro][0]]
            rest = "".join(f", {one}".replace("* ", "*") for one in list(self.parameters().values())[len(given):])
            tokens = [*ctext.tokens(HEADS[macro].format(*given, name=name, rest=rest)),
                      *self.tokens[self.body():]]
            tokens[0] = dataclasses.replace(tokens[0], before=self.tokens[0].before)
        else:
            tokens = [dataclasses.replace(token, text=name) if token.text == macro else token
                      for token in self.tokens]
        return Declaration(tokens, set(self.kernels), entry=program and {**program, "run": name})


def split_all(runs):
    """The declarations of each run's text. What a script put in between them is a placeholder where
    all runs have the same."""
    lines = [ctext.tokens(run["marked"], run["names"]) for run in runs]
    known = [{token.key() + (token.content,) for token in line if token.kind == "placeholder"
              and is_whole(token.content)} for line in lines]
    same = set.intersection(*known)
    return [split(list(expanded(line, same))) for line in lines]


def is_whole(text):
    """Whether a text is some words, or declarations that need nothing around them."""
    return not re.search(r"[(){}]", text) or text.rstrip().endswith(";") and \
        all(text.count(one) == text.count(other) for one, other in ("{}", "()"))


def split(line):
    """The declarations of a text."""
    found, tokens, depth, before = [], [], 0, ""
    is_function = False
    for i, token in enumerate(line):
        tokens.append(token)
        last = before_end(token) or before
        if token.text == "{" and not depth:
            is_function = before == ")"
        depth += {"(": 1, ")": -1, "{": 1, "}": -1}.get(token.text, 0)
        before = last
        closes = last == ";" or last == "}" and (is_function or token.kind == "placeholder")
        if not depth and (closes or token.kind in ("directive", "end") or i + 1 == len(line)):
            found.append(Declaration(tokens))
            tokens = []
    return found


def before_end(token):
    """The last word of a token."""
    if token.kind != "placeholder":
        return token.text
    return next((one.text for one in reversed(ctext.tokens(token.content)) if one.text), "")


def expanded(line, same):
    """Tokens without those placeholders outside of functions that are not `same` in all runs."""
    depth = 0
    for token in line:
        keep = depth or token.kind != "placeholder" or token.key() + (token.content,) in same
        inner = [token] if keep else template.flat([token], ())
        for one in inner:
            depth += {"{": 1, "}": -1}.get(one.text, 0)
        yield from inner


def marked(declarations, names):
    """The text of declarations with its marks."""
    return "".join(text_with_marks(token, names) for one in declarations for token in one.tokens)


def text_with_marks(token, names):
    if token.kind != "placeholder":
        return token.before + token.text
    return token.before + marks.OPEN + chr(marks.FIRST + names.index(token.text)) + token.content \
        + marks.CLOSE
