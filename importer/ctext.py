# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The text of a BPF program as tokens of C, with the parts that a script has put in.

Texts of several runs are compared token by token, so that white space and comments say nothing.
"""

import dataclasses
import difflib
import re

import marks

TOKEN = re.compile(r"""
    (?P<space> \s+ | //[^\n]* | /\*.*?\*/ )
  | (?P<directive> (?<![^\n]) [ \t]* \# (?:\\\n|[^\n])* )
  | (?P<text> "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)+' )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<number> \.?\d(?:[eEpP][+-]|[\w.])* )
  | (?P<mark> """ + f"{marks.OPEN}[\ue000-\uf8ef]" + r""" )
  | (?P<sign> -> | \+\+ | -- | << | >> | && | \|\| | [<>=!+*/&|^%-]= | . )
""", re.S | re.X)


def choice_constant(option, value, choices):
    """The enumerator of a choice of an option, as the manifest's reader makes it: words that are
    alike but for their case have their number behind them from the second on."""
    def plain(word):
        return f"OPT_{option}_{re.sub(r'[^0-9A-Za-z_]', '_', str(word))}".upper()
    before = [plain(word) for word in choices[:choices.index(value)]] if value in choices else []
    return f"{plain(value)}_{len(before)}" if plain(value) in before else plain(value)


@dataclasses.dataclass
class Token:
    """A token of C; a `placeholder` has the text that stands for it, and its name as `text`."""
    kind: str
    text: str
    before: str = ""            # white space and comments in front of it
    content: str = ""

    def key(self):
        """What it has in common with the same token of another run."""
        if self.kind == "directive":
            return self.kind, " ".join(self.text.split())
        return self.kind, self.text


def mark_end(text, at):
    """Where the mark that begins at `at` is closed."""
    depth = 0
    while at < len(text):
        if text[at] == marks.OPEN:
            depth += 1
        elif text[at] == marks.CLOSE:
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return at


def tokens(text, names=()):
    """The tokens of a marked text; those of placeholders are one each."""
    found, at, before = [], 0, ""
    while at < len(text):
        match = TOKEN.match(text, at)
        kind, word = match.lastgroup, match.group()
        at = match.end()
        if kind == "space":
            before += word
            continue
        if kind == "mark":
            end = mark_end(text, match.start())
            found.append(Token("placeholder", names[ord(word[1]) - marks.FIRST], before,
                               marks.strip(text[at:end - 1])))
            at = end
        else:
            found.append(Token(kind, marks.strip(word), before))
        before = ""
    if before:
        found.append(Token("end", "", before))
    return found


def words(text):
    """The keys of a plain text's tokens."""
    return [token.key() for token in tokens(text) if token.kind != "end"]


def same(one, other):
    """Whether two plain texts are the same to a compiler."""
    return one == other or words(one) == words(other)


def joined(found):
    """The text of tokens, what is put in for placeholders included."""
    return "".join(token.before + text_of(token) for token in found)


def bare(found):
    """The text of tokens without comments, and without what stands in front of the first."""
    return "".join((gap(token.before) if i else "") + text_of(token)
                   for i, token in enumerate(found)).strip()


def gap(before):
    """White space without its comments."""
    if not before.strip():
        return before
    return "\n" if "\n" in before else " "


def text_of(token):
    return token.content if token.kind == "placeholder" else token.text


class Alignment:
    """Where each token of one text is in another."""

    def __init__(self, base, other):
        self.other = other
        keys = [[token.key() for token in one] for one in (base, other)]
        if keys[0] == keys[1]:
            self.codes = [("equal", 0, len(base), 0, len(other))]
        else:
            matcher = difflib.SequenceMatcher(None, *keys, autojunk=False)
            self.codes = [slid(keys, code) for code in matcher.get_opcodes()]
            self.mend()

    def mend(self):
        """Equal parts follow what was slid between them."""
        codes = self.codes
        for i, (op, i1, i2, j1, j2) in enumerate(codes):
            if op == "equal":
                i1, j1 = (codes[i - 1][2], codes[i - 1][4]) if i else (0, 0)
                if i + 1 < len(codes):
                    i2, j2 = codes[i + 1][1], codes[i + 1][3]
                codes[i] = (op, i1, i2, j1, j2)

    def hunks(self):
        """(from, to) of each part of the base that is otherwise in the other text."""
        return [(i1, i2) for op, i1, i2, _, _ in self.codes if op != "equal"]

    def place(self, at, is_end):
        """Where the other text has what is at `at` of the base."""
        found = []
        for op, i1, i2, j1, j2 in self.codes:
            if op == "equal" and i1 <= at <= i2:
                found.append(j1 + at - i1)
            elif op != "equal" and at == i1 and not is_end:
                found.append(j1)
            elif op != "equal" and at == i2 and is_end:
                found.append(j2)
        return (max(found) if is_end else min(found)) if found else None

    def content(self, start, end):
        """The other text's tokens for a part of the base, or None where they are not told apart."""
        first, last = self.place(start, False), self.place(end, True)
        return None if first is None or last is None else self.other[first:last]


def slid(keys, code):
    """An insertion or deletion moved to where a statement begins, if the same tokens allow it."""
    op, i1, i2, j1, j2 = code
    if op not in ("insert", "delete"):
        return code
    line, first, last = (keys[1], j1, j2) if op == "insert" else (keys[0], i1, i2)
    by = step(line, first, last, i1 if op == "insert" else j1)
    if by > 0 and keys[0][i2:i2 + by] != keys[1][j2:j2 + by]:
        return code
    return op, i1 + by, i2 + by, j1 + by, j2 + by


def step(line, first, last, before):
    """How far the tokens `first` to `last` can be moved to begin a statement, back if negative;
    0 if they can't. `before` tokens stand in front of them in the other text."""
    by = 0
    while first + by > 0 and line[first + by - 1][1] not in (";", "{", "}"):
        if line[first + by - 1] != line[last + by - 1] or -by == before:
            break
        by -= 1
    else:
        return by
    by = 0
    while last + by < len(line) and line[first + by] == line[last + by]:
        by += 1
        if line[first + by - 1][1] in (";", "{", "}"):
            return by
    return 0
