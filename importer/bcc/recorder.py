# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What the stand-in knows and records: the kernel's facts, and the programs that a script makes.

test/corpus/child.py fills `state` before a script runs and reads it when the script has ended.
"""

import dataclasses
import sys

import marks


class Stop(SystemExit):
    """The script reached its first wait: everything is attached."""


@dataclasses.dataclass
class Program:
    """One BPF object of the script. `trial` marks one that only asks whether something compiles."""
    text: str
    cflags: list
    marked: str = ""            # the text with the marks of marks.py
    trial: bool = False
    asked: int = 0              # questions about the kernel before it was made
    attaches: list = dataclasses.field(default_factory=list)
    loads: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class State:
    facts: object = None
    root: str = "/"             # where the package of the script is unpacked
    strict: bool = True
    programs: list = dataclasses.field(default_factory=list)
    missing: list = dataclasses.field(default_factory=list)
    asked: list = dataclasses.field(default_factory=list)
    found: list = dataclasses.field(default_factory=list)       # commands that name a process, and it
    stopped: bool = False
    filters_containers: list = ()        # options that the script filters by
    at_stop: object = None      # called with the script's frame when it reaches its first wait

    def ask(self, question, *args):
        """The kernel's answer to a question of facts.Facts, which is noted."""
        answer, mark = self.facts.ask(question, *args)
        if [question, args, mark] not in self.asked:
            self.asked.append([question, args, mark])
        return answer

    def stop(self, *_args, **_kwargs):
        """End the script here."""
        if self.at_stop and not self.stopped:
            self.stopped = True
            self.at_stop(sys._getframe(1))
        self.stopped = True
        raise Stop(0)

    def lacks(self, what):
        """The kernel has no `what`: fails the script's attach, as the real package would."""
        self.missing.append(what)
        if self.strict:
            raise Exception(f"Failed to attach: this kernel has no {what}")


state = State()


def text_of(value):
    """A str of what the API takes as str, bytes or ArgString, without marks."""
    if isinstance(value, (bytes, bytearray)):
        value = bytes(value).decode("utf-8", "surrogateescape")
    return marks.strip(str(value))
