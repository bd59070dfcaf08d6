# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""One text of those that a script makes on several kernels.

What the newest kernel's text lacks is added to it, and each function that not all kernels have is
attached where the host answers as they do (kernel_texts.py). Members that moved, and parameters of
functions that are traced, bcc2core finds by itself: they make no difference.
"""

import dataclasses
import difflib

import ctext
import declarations
import explore
import guards
import kernel_texts
import marks
import template
from attaches import SYSCALLS

OTHER = explore.Setting((("another kernel", None),))


# Where C takes no value that depends: constants, and what is given a value or has its address taken.
NO_VALUE_BEHIND = {"case", "[", "&", "++", "--"}
NO_VALUE_BEFORE = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "++", "--"}


class Apart(Exception):
    """The texts cannot be one; says what stands in the way."""


class Texts:
    """The texts of the groups of kernels of one script."""

    def __init__(self, kernels, groups, unlike):
        self.groups, self.unlike = groups, unlike
        self.moved = [set(paths) for record, paths in kernels[-1].moved
                      if record in {group.question.args[0] for group in groups[1:]
                                    if group.question and group.question.kind == "member"}]
        self.having = {}        # functions that some kernels lack: the numbers of the texts
        self.entries = {}       # by setting: the manifest's for those that attach themselves
        self.names = {}         # (number of a text, function): its name in the tool
        self.asking = set()     # functions that ask the host where the texts differ
        self.alike = set()      # functions whose parameters are not the same in all texts

    def unite(self, setting, runs):
        """The run of the tool, of the runs of each group; the attaches are those of the first."""
        mine, *texts = declarations.split_all(runs)
        for one in mine:
            one.kernels = {0}
        for number, text in enumerate(texts, 1):
            merge = Merge(self, number, mine, runs)
            merge.add(text)
        if any(explore.program(run)["cflags"] != explore.program(runs[0])["cflags"] for run in runs):
            raise Apart("flags of the compiler")
        check_macros(mine)
        self.note(setting, mine)
        text = declarations.marked(mine, merge.names)
        program = {**explore.program(runs[0]), "text": marks.strip(text)}
        return {**runs[0], "marked": text, "names": merge.names,
                "lines": [*merge.lines.values()], "programs": [program]}

    def number(self, kernel):
        """The number of the text of a kernel."""
        return next((number for number, group in enumerate(self.groups)
                     if kernel in group.kernels), 0)

    def has(self, kernel, function):
        return self.number(kernel) in self.having.get(function, range(len(self.groups)))

    def when(self, function):
        """C over host: a function is attached; "" for always."""
        return kernel_texts.condition(self.groups, self.having[function]) \
            if function in self.having else ""

    def differing(self, number):
        """(the functions that another text has and the first has not, those that it has not)."""
        return [[name for name, numbers in self.having.items()
                 if one in numbers and other not in numbers]
                for one, other in ((number, 0), (0, number))]

    def facts(self):
        return list({group.question: group.question.fact() for group in self.groups[1:]}.values())

    def note(self, setting, mine):
        """Keeps which functions the kernels have with a setting of the options."""
        self.entries[setting] = []
        for one in mine:
            name = one.name() if one.body() is not None else ""
            if not name or len(one.kernels) == len(self.groups):
                continue
            if self.having.setdefault(name, one.kernels) != one.kernels:
                raise Apart("its options change which kernels have a function")
            self.entries[setting] += [one.program()] if one.program() else []


class Merge:
    """Adds the declarations of another text to those of the tool, which are changed in place."""

    def __init__(self, texts, number, mine, runs):
        self.texts, self.number, self.mine = texts, number, mine
        self.lines = {name: line for run in reversed(runs)
                      for name, line in zip(run["names"], run["lines"])}
        self.names = list(self.lines)
        attaches = [attach for run in runs for attach in explore.program(run)["attaches"]]
        self.attached = {attach["fn"] for attach in attaches}
        # parameters of others are those of registers, by their place
        self.bound = self.attached - texts.unlike - {
            attach["fn"] for attach in attaches if attach["kind"] != "kprobe"
            or attach.get("event", "").startswith(SYSCALLS)}

    def add(self, others):
        keys = [[one.key() for one in side] for side in (self.mine, others)]
        matcher = difflib.SequenceMatcher(None, *keys, autojunk=False)
        more = 0
        for op, i1, i2, j1, j2 in matcher.get_opcodes():
            if op == "equal":
                for one in self.mine[i1 + more:i2 + more]:
                    one.kernels.add(self.number)
                continue
            at = i2 + more
            for other in others[j1:j2]:
                found = self.added(other)
                if found:
                    self.mine.insert(at, found)
                    at, more = at + 1, more + 1

    def added(self, other):
        """What is to be added for a declaration of the other text, None where it is there."""
        same = next((one for one in self.mine if other.key() == one.key()), None)
        name = other.name()
        if same is None and name:
            same = next((one for one in self.mine if one.name() == name), None)
        if same is None:
            if other.tokens[0].kind == "directive" and not name \
                    and "include" not in other.tokens[0].text:
                raise Apart("a conditional of the preprocessor")
            other.kernels = {self.number}
            return other
        spelled = self.spelled(same, other)
        if other.key() in (same.key(), same.original) or self.is_alike(same, spelled) or \
                self.asks(same, spelled):
            same.kernels.add(self.number)
            return None
        return self.variant(other)

    def asks(self, same, other):
        """Whether a function can ask the host where its texts differ; it then does."""
        if same.body() is None or other.body() is None or same.original:
            return False
        pair = {side: {"marked": declarations.marked([one], self.names), "names": self.names}
                for side, one in ((explore.Setting(), same), (OTHER, other))}
        made = template.Template(explore.Setting(), pair)
        words = kernel_texts.condition(self.texts.groups, {self.number})
        tokens, at = [], 0
        for place in [place for place in made.places if None in place.contents.values()
                      or not ctext.same(*place.contents.values())]:
            text = self.asking(made, made.widened(place), words)
            if text is None or place.start < at:
                return False
            tokens += made.line[at:place.start]
            inner = ctext.tokens(text)
            before = made.line[place.start].before if place.start < place.end else " "
            inner[0] = dataclasses.replace(inner[0], before=before)
            tokens, at = tokens + inner, place.end
        same.original, same.tokens = same.key(), tokens + made.line[at:]
        self.texts.asking.add(same.name())
        return True

    def asking(self, made, place, words):
        """C for a place of a function; None where it cannot ask."""
        mine, its = place.contents[explore.Setting()], place.contents[OTHER]
        before, after = ([token.text for token in tokens if token.text] for tokens in
                         (made.line[:place.start], made.line[place.end:]))
        if mine is None or its is None or before and before[-1] in NO_VALUE_BEHIND \
                or after and after[0] in NO_VALUE_BEFORE:
            return None
        return guards.c_text(guards.Guarded(mine, [guards.Case(OTHER, None, words, its)]),
                             made.around(place))

    def variant(self, other):
        """Another function for the same attach, under a name of its own."""
        name = other.name()
        if name not in self.attached and not other.program():
            raise Apart(f"another '{name}'")
        known = next((one for one in self.mine if one.is_variant and
                      other.renamed(one.name()).key() == one.key()), None)
        # The name of one that attaches itself says where: this one's says nothing.
        new = known.name() if known else \
            f"{'on_' if other.program() else ''}{name}_{self.number + 1}"
        if not known and any(one.name() == new for one in self.mine):
            raise Apart(f"another '{name}'")
        self.texts.names[self.number, name] = new
        if known:
            known.kernels.add(self.number)
            return None
        found = other.renamed(new)
        found.kernels, found.is_variant = {self.number}, True
        return found

    def is_alike(self, one, other):
        """Whether bcc2core makes the same of two declarations on every kernel."""
        one, other = (declarations.Declaration(template.flat(which.tokens, ()))
                      for which in (one, other))
        alignment = ctext.Alignment(one.tokens, other.tokens)
        body, its = one.body(), other.body()
        parameters = False
        for op, i1, i2, j1, j2 in alignment.codes:
            if op == "equal":
                continue
            if body is not None and its is not None and i2 <= body and j2 <= its:
                parameters = True
            else:
                return False
        if parameters and not self.same_parameters(one, other):
            return False
        if parameters:
            self.texts.alike.add(one.name())
        return True

    def spelled(self, same, other):
        """The other declaration, its members that moved as the tool has them."""
        return declarations.Declaration(self.respelled(same.tokens, other.tokens))

    def respelled(self, mine, others):
        tokens = list(others)
        for op, i1, i2, j1, j2 in reversed(ctext.Alignment(mine, tokens).codes):
            if op == "equal":
                for i, j in zip(range(i1, i2), range(j1, j2)):
                    if mine[i].kind == "placeholder" and i and j:
                        tokens[j] = self.refilled(mine[i - 1:i + 1], tokens[j])
            elif any(mine[i1 - before - 1].text == "->" and
                     self.is_moved(mine[i1 - before:i2 + after], tokens[j1 - before:j2 + after])
                     for before in range(min(3, i1, j1)) for after in range(3)):
                tokens[j1:j2] = mine[i1:i2]
        return tokens

    def refilled(self, mine, other):
        """What is put in, likewise; `mine` is what is in front of it, too."""
        sides = [[mine[0], *ctext.tokens(one.content)] for one in (mine[1], other)]
        return dataclasses.replace(other, content=ctext.joined(self.respelled(*sides)[1:]))

    def is_moved(self, one, other):
        """Whether two pieces of a text are paths to the same member."""
        paths = {"".join(map(ctext.text_of, tokens)) for tokens in (one, other)}
        return any(paths <= moved for moved in self.texts.moved)

    def same_parameters(self, one, other):
        """Whether a function that is traced uses parameters of the same names and types."""
        if one.name() not in self.bound or one.head()[0] != other.head()[0]:
            return False
        mine, its = one.parameters(), other.parameters()
        used = {token.text for token in one.tokens[one.body():]}
        return all(mine.get(name) == its.get(name) for name in used & {*mine, *its})


def check_macros(mine):
    """A macro that some texts define means another thing in what the others have, too."""
    for one in mine:
        used = [other for other in mine if one.macro() and one.macro() in other.words()
                and not other.kernels <= one.kernels]
        if used:
            raise Apart(f"the macro '{one.macro()}'")


def texts_of(explorer):
    """(the Texts of a script, the kernels whose text is another one): (None, []) where there is one
    text; (None, kernels) where nothing that a fact asks tells them apart."""
    def run(kernel):
        return explorer.alone(explore.Setting(), kernel, marks=False)
    groups = kernel_texts.groups_of(explorer, run)
    if len(groups) == 1:
        return None, []
    others = [kernel for group in groups[1:] for kernel in group.kernels]
    if not kernel_texts.decide(groups, run):
        return None, others
    return Texts(explorer.kernels, groups, explorer.unlike), others
