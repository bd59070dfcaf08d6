# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Outputs of perf and ring buffers, from what their callbacks print."""

from . import gathered, rows
from .assemble import (base_of, columns_of, note_left, note_stderr, note_text, shown_columns)
from .expr import has
from .stacks import stack_columns


def outputs_of(context, buffer, line, effects):
    """The outputs of one buffer whose callback is at a line."""
    note_left(context, effects)
    note_stderr(context, effects)
    record = context.machine.record_of(buffer)
    lines = rows.lines_of(effects)
    with_values = [one for one in lines if one.open_cells() or one.extra]
    plain = [one for one in lines if one not in with_values]
    if not with_values:
        for one in plain:
            note_text(context, one)
        if effects and all(effect.kind == "print" for effect in effects):
            context.report.approximated(line, f"records of '{buffer}' are not shown")
            return []
        context.report.left(line, f"no row of the buffer '{buffer}' was found in its callback")
        return []
    ways = exclusive(with_values)
    made, used = [], []
    for number, one in enumerate(ways):
        made += way_output(context, buffer, one, (plain, len(ways) > 1), used)
    for one in plain:
        if one not in used:
            note_text(context, one)
    for one in with_values[1:]:
        if one not in ways:
            context.report.left(one.number(), f"another line for each record of '{buffer}'")
    if len(made) > 1:
        share_header(context, made, used)
        for output in made[:-1]:
            if "if" not in output:
                output["if"] = "1"
        if record and not record.startswith("struct "):
            return made
        for output in made:
            output.setdefault("record", record)
    return made


def share_header(context, outputs, headers):
    """One line of headers above rows of several forms is a line at the start: an output's own comes again
    where its rows follow another's."""
    for header in [one for one in context.headers if sum(one is other for other in headers) > 1]:
        owners = [output for output, one in zip(outputs, headers) if one is header]
        forms = [[(column["header"], column.get("width"), column.get("when")) for column in output["columns"]]
                 for output in owners]
        if any(form != forms[0] for form in forms):
            context.headers[:] = [one for one in context.headers if one is not header]
            for output in owners:
                output["header"] = False


def exclusive(lines):
    """The first line, and those that are printed for other records."""
    found = [lines[0]]
    for line in lines[1:]:
        if all(rows.excludes(data_conditions(line), data_conditions(one)) for one in found):
            found.append(line)
    return found


def data_conditions(line):
    return tuple(atom for atom in base_of(line) if has(atom, "event"))


def way_output(context, buffer, line, around, used):
    """The output of one line; several where it has different columns for different records."""
    plain, one_of_many = around
    base = base_of(line)
    gather, decided = gathered.gather(context, base, line.number())
    if gather and one_of_many:
        context.report.left(line.number(), "several rows of which each has several records")
        gather, decided = None, ()
    if shown_columns(line, base) is None:
        return split_output(context, buffer, line, around, used)
    record = context.machine.record_of(buffer)
    columns, has_headers, header_line = columns_of(context, line, base, plain, record)
    used.append(header_line)
    output = {"events": buffer}
    if gather:
        output["gather"] = gather
    elif not line.ends:
        context.report.approximated(line.number(), f"each record of '{buffer}' is a line of its own: the "
                                    "script ends none")
    condition = context.condition([atom for atom in base if atom not in decided], line.number(), "which records are shown")
    if condition:
        output["if" if one_of_many else "filter"] = condition
    if not has_headers:
        output["header"] = False
    output["columns"] = columns + stack_columns(context, line, record)
    return [output]


def split_output(context, buffer, line, around, used):
    """An output for each way of a line whose ways have different columns."""
    base = base_of(line)
    tests = []
    for token in line.words():
        test = tuple(atom for atom in token.guard if atom not in base and has(atom, "event"))
        if test and test not in tests:
            tests.append(test)
    if any(not rows.excludes(one, two) for one in tests for two in tests if one is not two):
        context.report.left(line.number(), "a line whose columns depend on the record")
        return []
    made = []
    for test in tests:
        way = rows.Line([rows.Token((*token.guard, *(atom for atom in test
                                                     if atom not in token.guard)),
                                    token.part, token.line)
                         for token in line.tokens if not rows.excludes(token.guard, test)],
                        [end for end in line.ends if not rows.excludes(end.guard, test)])
        if shown_columns(way, base_of(way)) is None:
            context.report.left(line.number(), "a line whose columns depend on the record")
            continue
        made += way_output(context, buffer, way, (around[0], True), used)
    return made
