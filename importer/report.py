# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Which line of the script a line of the report is about, by the Maker's runs.

| what it is about | line |
|---|---|
| an option | where the script adds it to its parser |
| a text that is put in | the replace() that puts it in; without one, BPF() |
| the program, a flag of the compiler | BPF() |
| an attach | the call that attaches |
| an answer of the host | the question |

Notes say what this host lacks and have no line; nor has what another file than the script does.
"""

import explore


def at(line, text):
    """A line of the report."""
    return f"line {line}: {text}" if line else text


def of_program(run):
    return explore.program(run)["line"]


def of_option(rows, dest):
    """`rows` are the options of the script's parser."""
    return next((row.line for row in rows if row.dest == dest), 0)


def of_change(base, run):
    """The attach that one of two runs has, or has otherwise; BPF() if they attach the same."""
    made = [list(zip(one["attaches"], one["attached_at"]))
            for one in (explore.program(run), explore.program(base))]
    for mine, other in (made, made[::-1]):
        known = [attach for attach, _ in other]
        line = next((line for attach, line in mine if attach not in known), 0)
        if line:
            return line
    return of_program(base)


def of_answer(run, kernel, other):
    """The first question of a run that another kernel answers otherwise; BPF() without one."""
    def answer(one, question, args):
        said = one.ask(question, *args)[0]
        return said == -1 if question == "address" else said     # each kernel has its own addresses
    lines = (line for (question, args, _), line in zip(run["asked"], run["asked_at"])
             if answer(kernel, question, args) != answer(other, question, args))
    return next(lines, 0) or of_program(run)


def of_text(place, base, runs):
    """The replace() of a place of template.py, in a run that has something else there than the
    base: that for the place's name, or the one that the base does not have."""
    known = runs[base]["names"]
    others = [one for one, text in place.contents.items() if text != place.contents[base]]
    for run in (runs[setting] for setting in (*others, base)):
        lines = [line for name, line in zip(run["names"], run["lines"])
                 if name == place.name or not place.name and name not in known]
        if len(lines) == 1:
            return lines[0]
    return of_program(runs[base])
