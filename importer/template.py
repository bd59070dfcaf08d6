# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The text that all runs of a script have in common, and where they differ: its placeholders."""

import dataclasses
import itertools
import re

import ctext

WORD = re.compile(r"[A-Za-z_]\w*")


@dataclasses.dataclass
class Place:
    """Tokens `start` to `end` of the base's text that some run has otherwise."""
    start: int
    end: int
    name: str = ""              # what the script calls it, "" if it has no name for it
    contents: dict = dataclasses.field(default_factory=dict)    # by setting
    line: int = 0               # of the script that put it in


def flat(line, named):
    """Tokens in which only these placeholders are one token each."""
    found = []
    for token in line:
        if token.kind != "placeholder" or token.text in named:
            found.append(token)
            continue
        inner = [one for one in ctext.tokens(token.content) if one.kind != "end"]
        if inner:
            inner[0] = dataclasses.replace(inner[0], before=token.before + inner[0].before)
        found += inner
    return found


def free_name(name, taken):
    """The name, or with the first number behind it that makes it one that is not taken."""
    numbered = (f"{name}_{number}" for number in itertools.count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


@dataclasses.dataclass
class Around:
    """What stands around a place."""
    is_inside: bool             # of a function
    begins_statement: bool
    is_value: bool              # it can be an expression
    used_after: set             # words of the function behind it


class Template:
    """The base's tokens and the places where the settings differ from it."""

    def __init__(self, base, runs):
        """`runs` is {setting: run}; `base` is the setting that the others are compared with."""
        self.base = base
        self.tokens = {setting: ctext.tokens(run["marked"], run["names"])
                       for setting, run in runs.items()}
        self.line = self.tokens[base]
        named = {token.text for token in self.line if token.kind == "placeholder"}
        self.tokens = {setting: flat(found, named) for setting, found in self.tokens.items()}
        self.aligned = {setting: ctext.Alignment(self.line, found)
                        for setting, found in self.tokens.items()}
        self.places = [self.filled(start, end) for start, end in self.regions()]
        self.lost = [place for place in self.places if None in place.contents.values()]

    def regions(self):
        """(start, end) of all differences, those that touch or overlap as one."""
        found = []
        for alignment in self.aligned.values():
            found += alignment.hunks()
        for i, token in enumerate(self.line):
            if token.kind == "placeholder" and self.varies(i):
                found.append((i, i + 1))
        merged = []
        for start, end in sorted({self.whole_words(*region) for region in found}):
            if merged and (start < merged[-1][1] or (start, end) == merged[-1]):
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def varies(self, at):
        token = self.line[at]
        for alignment in self.aligned.values():
            content = alignment.content(at, at + 1)
            if content is None or not ctext.same(ctext.joined(content), token.content):
                return True
        return False

    def whole_words(self, start, end):
        """With the parts of words that a placeholder is pasted to."""
        while start < end and start > 0 and self.pasted(start - 1):
            start -= 1
        while start < end < len(self.line) and self.pasted(end - 1):
            end += 1
        return start, end

    def pasted(self, at):
        """Whether the tokens `at` and `at` + 1 are one word in the text."""
        one, next_one = self.line[at], self.line[at + 1]
        if next_one.before or "placeholder" not in (one.kind, next_one.kind):
            return False
        ends = (one.content if one.kind == "placeholder" else one.text)[-1:]
        starts = (next_one.content if next_one.kind == "placeholder" else next_one.text)[:1]
        return bool(re.match(r"\w\w", ends + starts))

    def filled(self, start, end):
        place = Place(start, end)
        held = [token for token in self.line[start:end] if token.kind == "placeholder"]
        if len(held) == 1 and end == start + 1:
            place.name = held[0].text
        for setting, alignment in self.aligned.items():
            content = alignment.content(start, end)
            place.contents[setting] = None if content is None else ctext.bare(content)
        return place

    def widened(self, place):
        """A place that is a member of something with all that it is a member of."""
        start, end = place.start, place.end
        while start > 1 and self.line[start - 1].text in ("->", ".") and \
                self.line[start - 2].kind in ("word", "placeholder"):
            start -= 2
        if start < place.start:
            while end + 1 < len(self.line) and self.line[end].text in ("->", "."):
                end += 2
            widened = self.filled(start, end)
            place.start, place.end, place.contents = start, end, widened.contents
        return place

    def depth(self, place):
        """How many braces and parentheses are open in front of a place."""
        braces = parentheses = 0
        for token in ctext.tokens(ctext.joined(self.line[:place.start])):
            braces += {"{": 1, "}": -1}.get(token.text, 0)
            parentheses += {"(": 1, ")": -1}.get(token.text, 0)
        return braces, parentheses

    def in_function(self, place):
        """Whether a place is in a function's body, and not in a record that it declares."""
        braces, before = [], [ctext.Token("sign", "")] * 3
        for token in ctext.tokens(ctext.joined(self.line[:place.start])):
            if token.text == "{":
                is_record = {one.text for one in before[-2:]} & {"struct", "union", "enum"}
                braces.append(before[-1].text == ")" if not braces else not is_record)
            elif token.text == "}" and braces:
                braces.pop()
            before.append(token)
        return bool(braces) and all(braces)

    def around(self, place):
        """The Around of a place."""
        before = [token for token in self.line[:place.start] if token.kind != "end"]
        after = [token for token in self.line[place.end:] if token.kind != "end"]
        last = self.edge(before, -1) or ctext.Token("directive", "")
        follows = self.edge(after, 0) or ctext.Token("sign", "")
        return Around(
            is_inside=self.in_function(place),
            begins_statement=(last.text in (";", "{", "}", ")", ":", "else")
                              or last.kind == "directive"),
            is_value=last.text not in (".", "->") and follows.kind not in ("word", "text"),
            used_after=self.words_after(place))

    @staticmethod
    def edge(tokens, at):
        """The first or last token of C, past placeholders that are empty; None without one."""
        for token in tokens if not at else reversed(tokens):
            if token.kind != "placeholder":
                return token
            inner = [one for one in ctext.tokens(token.content) if one.kind != "end"]
            if inner:
                return inner[at]
        return None

    def is_whole(self, source, names):
        """Whether the source with the base's texts in its places is the base's text."""
        texts = {}
        for place, name in zip(self.places, names):
            for i, word in enumerate(name.split() if name else []):
                texts[word] = "" if i else place.contents[self.base] or ""
        source = re.sub(r"\w+", lambda match: texts.get(match[0], match[0]), source)
        return ctext.same(source, ctext.joined(self.line))

    def words_after(self, place):
        """The words of the function behind a place."""
        found, depth = set(), self.depth(place)[0]
        for token in ctext.tokens(ctext.joined(self.line[place.end:])):
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if depth <= 0:
                break
            found.add(token.text)
        return found

    def map_of(self, place):
        """The map whose declaration a place is a number of, or None."""
        tokens = self.line[:place.start]
        for i in range(len(tokens) - 1, 1, -1):
            if tokens[i].text in (";", "{", "}"):
                return None
            if tokens[i].text == "(" and tokens[i - 1].text.startswith("BPF_"):
                return tokens[i + 1].text if i + 1 < len(tokens) else None
        return None

    def names(self, labels):
        """An identifier for each place, the script's own where it can be one, or the label of the
        place; places with the same contents share it."""
        taken = {token.text for token in ctext.tokens(ctext.joined(self.line))}
        chosen, names = {}, []
        for place, label in zip(self.places, labels):
            key = (place.name, tuple(place.contents.values()))
            if key not in chosen:
                name = re.sub(r"\W+", "_", place.name).strip("_") or label
                chosen[key] = free_name(name if WORD.fullmatch(name) else label, taken)
                taken.add(chosen[key])
            names.append(chosen[key])
        return names

    def source(self, names):
        """The text with the names in their places; a place without a name stays as it is."""
        found, at = [], 0
        for place, name in zip(self.places, names):
            if name is None:
                continue
            before = self.line[place.start].before if place.start < len(self.line) else " "
            found.append(ctext.joined(self.line[at:place.start]))
            found.append((before or self.gap(found[-1])) + name)
            if place.start == place.end:        # nothing is there in the base
                found.append(" " if not before else "")
            at = place.end
        found.append(ctext.joined(self.line[at:]))
        return "".join(found)

    @staticmethod
    def gap(text):
        return " " if re.search(r"\w$", text) else ""
