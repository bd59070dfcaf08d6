# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What the stand-in knows and records: the kernel's facts, and the programs that a script makes.

test/corpus/child.py fills `state` before a script runs and reads it when the script has ended.
"""

import dataclasses
import sys

import marks


class Stop(SystemExit):
    """The script reached its first wait: everything is attached."""


class Refused(BaseException):
    """The script does what no tool can: why."""


@dataclasses.dataclass
class Program:
    """One BPF object of the script. `trial` marks one that only asks whether something compiles."""
    text: str
    cflags: list
    marked: str = ""            # the text with the marks of marks.py
    trial: bool = False
    asked: int = 0              # questions about the kernel before it was made
    attaches: list = dataclasses.field(default_factory=list)
    attached_at: list = dataclasses.field(default_factory=list)     # the line of each attach
    line: int = 0               # where the script makes it
    loads: list = dataclasses.field(default_factory=list)

    def attach(self, line, **what):
        """Keeps an attach, and the script's line that asks for it."""
        self.attaches.append(what)
        self.attached_at.append(line)


@dataclasses.dataclass
class State:
    facts: object = None
    script: str = ""            # its path, as its frames have it
    root: str = "/"             # where the package of the script is unpacked
    cwd: str = ""               # where the import was started
    strict: bool = True
    programs: list = dataclasses.field(default_factory=list)
    missing: list = dataclasses.field(default_factory=list)
    asked: list = dataclasses.field(default_factory=list)
    asked_at: list = dataclasses.field(default_factory=list)    # the line of each question
    found: list = dataclasses.field(default_factory=list)       # commands, the process that each names, lines
    stopped: bool = False
    filters_containers: list = ()        # options that the script filters by
    at_stop: object = None      # called with the script's frame when it reaches its first wait

    def ask(self, question, *args):
        """The kernel's answer to a question of facts.Facts, which is noted."""
        answer, mark = self.facts.ask(question, *args)
        if [question, args, mark] not in self.asked:
            self.asked.append([question, args, mark])
            self.asked_at.append(self.line())
        return answer

    def frames(self):
        """The frames of the script that are running now, the innermost first."""
        frame = sys._getframe(1)
        while frame:
            if frame.f_code.co_filename == self.script:
                yield frame
            frame = frame.f_back

    def line(self):
        """The line of the script that is being run; 0 if none is."""
        return next((frame.f_lineno for frame in self.frames()), 0)

    def refuse(self, what):
        """Ends a script that does what no tool can."""
        raise Refused(f"line {self.line()}: {what}")

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
