# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Which kernels a script makes another text for, and the question about the kernel that decides it."""

import copy
import dataclasses
import re

import ctext
import host

# Questions of kernel_facts.Facts that facts of the manifest ask a host, the plainest first.
KINDS = ("member", "event", "matching", "address")


@dataclasses.dataclass(frozen=True)
class Question:
    """Something that a kernel has or lacks."""
    kind: str
    args: tuple

    def holds(self, kernel):
        answer = kernel.ask(self.kind, *self.args)[0]
        if self.kind == "matching":
            return bool(answer)
        return answer == 1 if self.kind in ("member", "event") else answer != -1

    def words(self):
        """(key, value) of the manifest's fact."""
        if self.kind == "member":
            return "member", ".".join(self.args)
        return ("tracepoint" if self.kind == "event" else "function"), self.args[0]

    def is_fact(self, kernels):
        """Whether a fact can ask it: of functions by their whole names, not of data."""
        key, value = self.words()
        if key == "function":
            return any(value in kernel.functions for kernel in kernels)
        return re.fullmatch(r"\w+[.:]\w+", value) is not None

    def reference(self):
        return f"host.{host.name_of(self.fact())}"

    def fact(self):
        return dict([self.words()])


@dataclasses.dataclass
class Group:
    """Kernels with one text."""
    kernels: list
    question: Question = None   # None: of the base
    sign: bool = True           # what the question's answer is there

    def literal(self, holds=True):
        return ("" if holds == self.sign else "!") + self.question.reference()


def groups_of(explorer, run):
    """The Groups of the kernels on which the script makes a program; run(kernel) is its run there.
    The first is that of the newest kernel, whose text is the tool's."""
    newest, groups = explorer.newest, [Group([explorer.newest])]
    for kernel in reversed(explorer.kernels):
        text = text_of(run(kernel))
        if kernel is newest or text is None:
            continue
        same = next((one for one in groups if same_text(text, text_of(run(one.kernels[0])))), None)
        if same:
            same.kernels.append(kernel)
        else:
            groups.append(Group([kernel]))
    return groups


def text_of(result):
    """(flags of the compiler, text), None without a program."""
    made = [one for one in result["programs"] if not one["trial"]]
    return (made[-1]["cflags"], made[-1]["text"]) if made else None


def same_text(one, other):
    return one is not None and other is not None and one[0] == other[0] and \
        ctext.same(one[1], other[1])


def decide(groups, run):
    """Finds the question of each group but the first; whether all have one."""
    every = [kernel for group in groups for kernel in group.kernels]
    asked = {}
    for group in groups:
        result = run(group.kernels[0])
        made = [one for one in result["programs"] if not one["trial"]][-1]
        for kind, args, _ in result["asked"][:made["asked"]]:
            asked[kind, tuple(args)] = None
    questions = [Question(kind, args) for kind, args in asked if kind in KINDS]
    questions = sorted((one for one in questions if one.is_fact(every)),
                       key=lambda one: KINDS.index(one.kind))
    for group in groups[1:]:
        group.question = next((one for one in questions if separates(one, group, every)
                               and decides(one, groups[0], group, run)), None)
        group.sign = group.question is None or group.question.holds(group.kernels[0])
    return all(group.question for group in groups[1:])


def separates(question, group, every):
    """Whether the kernels of a group answer otherwise than all others."""
    there = {kernel.name for kernel in every if question.holds(kernel)}
    mine = {kernel.name for kernel in group.kernels}
    return there in (mine, {kernel.name for kernel in every} - mine)


def decides(question, base, group, run):
    """Whether the first group's kernel has another group's text when it gives that one's answer."""
    kernel, key = copy.copy(base.kernels[0]), (question.kind, *question.args)
    kernel.answers = {**kernel.answers, key: group.kernels[0].ask(*key)}
    return same_text(text_of(run(kernel)), text_of(run(group.kernels[0])))


def condition(groups, numbers):
    """C over host: the text is one of these of the groups; "" for all. A host for which several
    questions hold has the text of the first."""
    others = set(range(1, len(groups))) - numbers
    if len(numbers) == len(groups):
        return ""
    if 0 not in numbers:
        return " || ".join(term(groups, number, numbers) for number in sorted(numbers))
    words = " || ".join(term(groups, number, others) for number in sorted(others))
    if "&&" in words:
        return f"!({words})"
    return " && ".join(groups[number].literal(False) for number in sorted(others))


def term(groups, number, others):
    """C over host: the text is that of a group, or of one of the others."""
    words = [group.literal(False) for i, group in enumerate(groups[:number]) if i and i not in others]
    return " && ".join([groups[number].literal(), *words])
