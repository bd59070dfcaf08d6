# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Derives the outputs of a manifest from a bcc script that has reached its first wait.

The script's Python is read from its callbacks and from the wait on, with the values that the live
frames have; what is unknown (records, entries, options, the time) stays an expression. Rules are
about Python and bcc's API, never about one script.
"""

import dataclasses
import re

from . import above, assemble, code_file, events, presets, rounds, rows, trace_lines
from . import flow as flows
from .functions import Code
from .machine import TooLong
from .report import Report
from .script import Script
from .shapes import Shapes

TRACES = ("trace_print", "trace_fields", "trace_readline", "trace_open")


@dataclasses.dataclass
class Derived:
    """Plain data: mappings of `outputs`, what is left and approximated with lines of the script,
    whether the arguments interval and count are used, the destination of the option after whose
    seconds it ends ("argv" for a word of the command line), the text of the file `code`, and the lists
    `start` and `end` of the manifest."""
    outputs: list
    left: list
    approximated: list
    arguments: dict
    code: str
    functions: list         # of the file: [(name, text)]
    needed: list            # functions of the C library that the outputs call
    start: list = dataclasses.field(default_factory=list)
    end: list = dataclasses.field(default_factory=list)
    presets: dict = dataclasses.field(default_factory=dict)     # elements of maps, by their names
    sizes: dict = dataclasses.field(default_factory=dict)       # of options that are texts in these


@dataclasses.dataclass(frozen=True)
class Run:
    """What is known of the run beside its frames: texts of the programs, tables in their order."""
    program: str
    tables: tuple


def text_of(program):
    """The text of a recorder.Program, with what its cflags define."""
    flags = (re.match(r"-D\s*(\w+)(?:=(.*))?$", flag) for flag in program.cflags)
    return "".join(f"#define {flag.group(1)} {flag.group(2) or 1}\n" for flag in flags
                   if flag) + program.text


def derive(script_path, frame, options, run):
    """The Derived of a script at its first wait. `frame`: the caller's of the wait. `options`: for
    each attribute of argparse's Namespace that the manifest has, {"name", "type", "default",
    "choices"}; what is not there, or has no name, is as in this run."""
    script = Script(script_path)
    machine = flows.new_machine(script, frame, options, Shapes(run.program))
    context = assemble.Context(machine, Report(), Code())
    flow = flows.Flow(script, frame, machine)
    try:
        return result_of(context, flow.read(run.tables), frame.f_lineno)
    except (TooLong, RecursionError):
        context.report.left(frame.f_lineno, "the script has too many ways to read")
        return result(dataclasses.replace(context, code=Code()), [], {})


def result_of(context, story, line):
    """The Derived of a story."""
    maps, sizes = presets.of(context, story.before)
    for effect in story.before:
        if effect.kind == "counted":
            context.report.approximated(effect.line, effect.data["what"])
    before = printed_before(story)
    context.before = rows.lines_of(before)
    outputs, arguments = told(context, story, line)
    if not outputs:
        context.report.left(line, "no output was found")
    start = above.start_of(context, before)
    return dataclasses.replace(result(context, outputs, arguments), start=start, end=context.end,
                               presets=maps, sizes=sizes)


def printed_before(story):
    """What a run prints before the wait; a run that ends there is none."""
    exits = [effect.guard for effect in story.before if effect.kind == "exit"]
    return [effect for effect in story.before if effect.kind == "print" and
            not any(set(guard) <= set(effect.guard) for guard in exits if guard)]


def told(context, story, line):
    """(outputs, arguments) of a story."""
    outputs, arguments = [], {"interval": False, "count": False}
    for buffer, (at, effects, lists) in story.records.items():
        context.lists = lists
        if buffer != trace_lines.BUFFER:
            outputs += events.outputs_of(context, buffer, at, effects)
        elif effects:
            outputs += trace_lines.outputs_of(events.outputs_of(context, buffer, at, effects))
    if story.wait.startswith(TRACES) and not any("trace" in output for output in outputs):
        outputs.append({"trace": True})
        if story.wait != "trace_print" or story.records.get(trace_lines.BUFFER, (0, ()))[1]:
            context.report.approximated(line, "lines of bpf_trace_printk are shown as they are")
    every, given = rounds.every_of(context, story.pause, line) if story.wait == "sleep" and \
        not story.once else ("end", False)
    if story.argument and every == "end":
        every = "interval"
    if story.shown:
        context.report.left(story.shown, "a text with a word of the command line")
    ends_after = rounds.duration_of(story)
    if ends_after:
        arguments["duration"] = ends_after
    elif rounds.ends_alone(story):
        context.report.approximated(line, "the script ends by itself after its waits: the tool at "
                                          "Ctrl-C, or with --duration SECONDS")
    found = rounds.outputs_of(context, story.rounds, every, story.last)
    if found and not story.once:
        arguments["interval"] = given or story.argument
        names = {known.get("name") for known in context.machine.options.values()}
        arguments["count"] = given and "count" in names or story.argument
    found += rounds.outputs_of(context, story.end, "end")
    return rounds.once(context, outputs + found), arguments


def result(context, outputs, arguments):
    """The Derived of what was found."""
    lists = context.report.lists
    context.code.needed |= set(re.findall(r"\b(?:str(?:n?cmp|str|len|error|toll|tod)|ntohs)(?=\()",
                                          repr(outputs)))
    context.code.help_calls(repr(outputs))
    return Derived(outputs, sorted(lists["left"], key=lambda one: one["line"]),
                   sorted(lists["approximated"], key=lambda one: one["line"]), arguments,
                   code_file.source_of(context.code.written(), context.code.needed),
                   context.code.written(), sorted(context.code.needed))


def as_data(derived):
    """A Derived as mappings and lists."""
    return dataclasses.asdict(derived)
