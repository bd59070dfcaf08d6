# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Outputs that are printed round by round or at the end: histograms, tables, stacks."""

import dataclasses

from . import captions, rows
from .above import Above
from .assemble import (base_of, columns_of, headers_for, is_time_line, note_left, note_stderr,
                       options_only, shown_columns, with_options)
from .c_text import LONG, Beyond
from .columns import key_of
from .expr import (Expr, all_of, atoms, choices, either, has, is_known, negate, only_options, same,
                   text_of, walk)
from .stacks import stack_columns, stack_output
from .truths import can_hold

@dataclasses.dataclass
class Round:
    """What is read of one round, in its order."""
    context: object
    every: object
    last: bool = True           # a round that Ctrl-C ends is shown
    timestamp: object = None
    screen: object = None
    recent: list = dataclasses.field(default_factory=list)
    outputs: list = dataclasses.field(default_factory=list)
    used: list = dataclasses.field(default_factory=list)
    cleared: set = dataclasses.field(default_factory=set)
    headers: list = dataclasses.field(default_factory=list)     # (line before the wait, guard) of tables
    above: object = None        # what stands above the next output
    previous: object = None     # conditions of the last one, and what was printed above it

    def common(self, output, guard, line):
        """Properties that all outputs of rounds have."""
        when = self.context.condition(options_only(guard), line, "when it is shown")
        rest = [atom for atom in guard if not only_options(atom) and
                not has(atom, "state", "filled_map")]
        if rest:
            self.context.report.approximated(line, "it is shown each time, whatever the data is")
        if when:
            output["when"] = when
        output["guard"], output["line"] = options_only(guard), line
        output["every"] = self.every
        if not self.last:
            output["last"] = False
        if self.screen is not None:
            output["screen"] = self.screen
        elif self.timestamp is not None:
            output["timestamp"] = self.timestamp
        self.above.put(output)
        return output


def outputs_of(context, effects, every, last=True):
    """The outputs that the effects of a round make."""
    note_left(context, effects)
    note_stderr(context, effects)
    now = Round(context, every, last or every == "end")
    now.above = Above(now)
    cleared = {effect.data["table"] for effect in effects if effect.kind == "clear"}
    now.cleared = cleared
    find_head(now, effects)
    for effect in effects:
        if effect.kind == "print" and not effect.data["err"]:
            now.recent.append(effect)
        elif effect.kind == "hist":
            histogram(now, effect, cleared)
        elif effect.kind == "rows":
            table(now, effect, cleared)
    flush(now)
    now.above.finish(every == "end")
    return now.outputs


def find_head(now, effects):
    """The line of the time and the screen, which may come in any place of a round."""
    shown = False
    for line in rows.lines_of([one for one in effects if one.kind == "print"]):
        if is_time_line(line):
            for cell in line.open_cells():
                shown = either(shown, all_of(options_only(cell.guard)))
            now.timestamp = now.context.condition(atoms(shown), line.number(), "the time") or "1"
            now.used.append(line.number())
        elif is_load_line(line):
            now.screen = "0"
            now.used.append(line.number())
    for effect in effects:
        if effect.kind == "screen":
            now.screen = now.context.condition(options_only(effect.guard), effect.line,
                                               "the screen") or "1"


def is_load_line(line):
    nodes = list(rows.values_in(line))
    return any(node.op == "time_of_day" for node in nodes) and \
        any(node.op == "file" and node.args[0] == "/proc/loadavg" for node in nodes)


def lookups_in(line):
    """Elements of maps that a line reads, each once."""
    found = []
    for node in [*rows.values_in(line), *(node for atom in base_of(line) for node in walk(atom))]:
        if node.op == "lookup_map" and node not in found:
            found.append(node)
    return found


def joined(now, lookups, own=None):
    """`join` of elements of maps, whose names the expressions of a row know from here on. `own`: the
    map of the row."""
    writer, joins = now.context.columns().writer, []
    for node in lookups:
        table, key = node.args
        if key == Expr("key", (own,)) and table == own:
            now.context.joined[node] = "value"
            continue
        name = f"{table}_{key}" if is_known(key) else table
        now.context.joined[node] = name
        joins.append({"map": table, "key": writer.expression(key)})
        if name != table:
            joins[-1]["name"] = name
        if table in now.cleared:
            joins[-1]["clear"] = True
    return joins


def add_rows(context, line, items, joins):
    """Makes rows of what other maps alone have."""
    for join in joins:
        if join["map"] in items.others and join["key"] == "key":
            join["rows"] = True
    lost = set(items.others) - {join["map"] for join in joins if "rows" in join}
    if lost:
        context.report.left(line, f"entries that '{items.table}' does not have, but "
                            f"'{' or '.join(sorted(lost))}' has")


def lookup_line(now, line):
    """A line of elements of maps by known keys is the summary of the first map, to which all of them
    are joined."""
    context = now.context
    base = base_of(line)
    found, own = lookups_in(line), total_in(line)
    if not all(isinstance(node.args[1], int) or node.args[1] == Expr("key", (own,))
               for node in found):
        context.report.left(line.number(), "a line of its own: an element of "
                            f"'{found[0].args[0]}'{with_options(base)}")
        return
    table = own or found[0].args[0]
    joins = joined(now, found, own)
    for join in joins:
        if join["map"] == table:
            join.pop("clear", None)
    output = {"table": table, "summary": True}
    columns, has_headers, _ = own_columns(now, line, base, [], options_only(base))
    if columns:
        output["header"] = "once" if has_headers else False
        tests = [atom for atom in base if not only_options(atom) and not has(atom, "state")]
        condition = context.condition(tests, line.number(), "when a line is shown")
        if condition:
            output["filter"], output["row"] = condition, tuple(tests)
        if joins:
            output["join"] = joins if len(joins) > 1 else joins[0]
        now.common(output, options_only(base), line.number())
        if table in now.cleared:
            clear_last(now, output)
        output["columns"] = columns
        now.outputs.append(output)
    context.joined = {}


def own_columns(now, line, base, head, guard):
    """columns_of() a table with this guard: a line before the wait is the header of the first that
    is there with it."""
    context, before = now.context, now.context.before
    context.before = [one for one in before if not any(
        one is taken and can_hold(*guard, *its) for taken, its in now.headers)]
    try:
        columns, has_headers, header = columns_of(context, line, base, head)
    finally:
        context.before = before
    if any(header is one for one in before):
        now.headers.append((header, guard))
    return columns, has_headers, header


def total_in(line):
    """The map of which a line has sums over all entries; None for others."""
    return next((node.args[0] for node in rows.values_in(line) if node.op == "total"), None)


def clear_last(now, output):
    """The last output of a round that reads a map empties it."""
    for before in now.outputs:
        if before.get("table") == output["table"]:
            before.pop("clear", None)
    output["clear"] = True


def flush(now, guard=(), header=None):
    """What was printed since the last output: lines that are rows of their own, and text above the
    next one. `guard`: its conditions; `header`: the line of its headers."""
    effects = recent(now, guard)
    is_new = effects is now.recent
    if guard:
        now.above.leave(narrowed(effects, (negate(all_of(guard)),)), is_new, guard, header)
    now.above.add(narrowed(effects, guard), header, (lambda line: lookup_line(now, line)) if is_new else (
        lambda _: None))
    now.previous, now.recent = (guard, effects), []


def recent(now, guard):
    """What stands above an output: what was printed before it, or before the one that stands in its
    place under other options."""
    if not now.recent and now.previous and rows.excludes(guard, now.previous[0]):
        return now.previous[1]
    return now.recent


# Histograms.


def histogram(now, effect, cleared):
    """The outputs of one print_log2_hist and its kin: one for each choice of its label."""
    data, context = effect.data, now.context
    flush(now, options_only(effect.guard))
    if data["how"] == "print_json_hist":
        context.report.approximated(effect.line, "the histogram as JSON is what --json prints")
        return
    output = {"histogram": data["table"]}
    if data["how"] == "print_linear_hist":
        output["scale"] = "linear"
    unit = caption_of(now, data.get("val_type", "value"), effect, "the unit")
    if unit:
        output["unit"] = unit
    header = caption_of(now, captions.filled(data.get("section_header", "Bucket ptr")), effect,
                        "the section")
    try:
        section = section_of(now, effect, header)
    except Beyond as beyond:
        context.report.left(effect.line, f"sections of a histogram{with_options(effect.guard)}: "
                            f"{beyond.what}")
        now.above.pending = []
        return
    if section:
        output["section"] = section
    now.common(output, effect.guard, effect.line)
    if data["table"] in cleared:
        output["clear"] = True
    now.outputs.append(output)
    if data.get("bucket_fn") or data.get("bucket_sort_fn"):
        context.report.approximated(effect.line, "the order of a histogram's sections")


def caption_of(now, value, effect, what):
    """A text, or a choice of texts by options; what else decides it is as in this run."""
    try:
        return captions.caption(now.context.columns().writer, value)
    except Beyond:
        found = of_this_run(now, value, effect, what)
        return str(text_of(found)) if is_known(found) else ""


def of_this_run(now, value, effect, what):
    """The choice of this run where options choose; the others are said to differ."""
    found = now.context.machine.as_given(value)
    for tests, one in choices(value):
        if is_known(one) and not same(one, found):
            now.context.report.approximated(effect.line, f"{what} is not '{text_of(one)}'"
                                            f"{with_options(tests)}")
        elif not is_known(one):
            now.context.report.approximated(effect.line, f"{what} is always '{found}'"
                                            f"{with_options([one])}")
    return found


def once(context, outputs):
    """A map is shown in one way: that of this run."""
    machine, found = context.machine, {}
    for output in outputs:
        kind = next(iter(output))
        guard, line = output.pop("guard", ()), output.pop("line", 0)
        output.pop("row", None)
        name = (kind, str(output[kind]), "summary" in output) if kind in ("histogram", "table", "stacks") else \
            ("", len(found))
        holds = all(machine.in_this_run(test) for test in guard)
        if name not in found or holds and not found[name][1]:
            if name in found:
                context.report.left(found[name][2], f"another way to show the map '{name[1]}'"
                                    f"{with_options(found[name][3])}")
            found[name] = (output, holds, line, guard)
        elif is_same_at_end(found[name][0], output):
            found[name][0].pop("last", None)
        elif {**output, "every": ""} != {**found[name][0], "every": ""}:
            context.report.left(line, f"another way to show the map '{name[1]}'"
                                f"{with_options(guard)}")
    return [one[0] for one in found.values()]


def is_same_at_end(output, other):
    """Whether `other` shows at the end, where Ctrl-C is handled, what `output` shows each interval."""
    if any(line != "" for line in output.get("below", ())):
        return False
    end = {**other, "every": output["every"], "last": False}
    return output.get("last") is False and other["every"] == "end" and all(
        end.get(key) == output.get(key) for key in {*end, *output} - {"below"})


def section_of(now, effect, header):
    """The section of a histogram: what its key has before the slot; None without one."""
    shapes, table = now.context.machine.shapes, effect.data["table"]
    found = shapes.maps.get(table)
    members = shapes.members(found.key) if found else None
    if not members:
        tests = options_only(effect.guard)
        if effect.data.get("section_print_fn") and \
                not all(now.context.machine.in_this_run(test) for test in tests):
            raise Beyond("the key has none in this variant", effect.line)
        return None
    names = list(members)[:-1]
    if len(names) != 1:
        raise Beyond("a section of several members", effect.line)
    value = Expr("member", (Expr("key", (table,)), names[0]), effect.line)
    machine, kept = now.context.machine, now.context.machine.effects
    machine.guard = ()
    for name in ("bucket_fn", "section_print_fn"):
        function = effect.data.get(name)
        if function is not None:
            value = machine.call(function, [value], {}, name)
    machine.effects = kept
    if isinstance(value, tuple):
        raise Beyond("a section of several members", effect.line)
    if effect.data.get("section_print_fn") is not None:
        if has(value, "unknown") and not has(machine.as_given(value), "unknown"):
            now.context.report.left(effect.line, f"what a section shows{with_options([value])}")
            value = machine.as_given(value)
    return {"header": header or "section", **section_value(now.context, value, effect)}


def section_value(context, value, effect):
    """What a section shows: of its types those that the manifest has."""
    columns = context.columns()
    shown = rows.Shown(rows.Cell(value), (), 0, effect.line)
    made = columns.rendered(shown, "section")
    if made.get("type") in ("enum", "flags"):
        made = {"value": context.code.text(columns.writer, "section", value)}
    return {key: made[key] for key in ("value", "type", "offset", "module", "pid") if key in made}


# Tables.


def table(now, effect, cleared):
    """The output of a loop over a map's entries."""
    context = now.context
    inner = narrowed(effect.data["effects"], effect.guard)
    items = effect.data["items"]
    lines = [line for line in rows.lines_of(inner) if line.open_cells()]
    if any(one.kind == "frames" for one in inner) and not is_row(now, lines):
        output = stack_output(context, effect)
        flush(now, options_only(effect.guard))
        if output:
            now.outputs.append(now.common(output, effect.guard, effect.line))
            clear(output, items, cleared)
        return
    if not lines:
        context.report.left(effect.line, f"a loop over '{items.table}' that prints no row"
                            f"{with_options(effect.guard)}")
        return
    head = rows.lines_of(narrowed(recent(now, options_only(effect.guard)), effect.guard))
    output = {"table": items.table}
    base = base_of(lines[0])
    lookups = lookups_in(lines[0])
    if items.pair is not None and not items.whole and \
            any(node.args[0] != items.table for node in lookups):
        context.report.approximated(effect.line, f"only entries that '{items.table}' has are shown")
    try:
        joins = joined(now, lookups, items.table)
    except Beyond as beyond:
        context.report.left(effect.line, f"an element of another map: {beyond.what}")
        joins = []
    if joins:
        output["join"] = joins if len(joins) > 1 else joins[0]
    if items.whole:
        add_rows(context, effect.line, items, joins)
    columns, has_headers, header_line = own_columns(now, lines[0], base, head,
                                                    options_only(effect.guard))
    if columns is None:
        context.report.left(lines[0].number(), "a row whose columns depend on the entry")
        return
    for line in lines[1:]:
        context.report.left(line.number(), f"another line for each entry of '{items.table}'")
    if not has_headers:
        output["header"] = False
    elif header_line not in head:
        output["header"] = "once"
    flush(now, options_only(effect.guard), header_line)
    condition = context.condition([atom for atom in base if not has(atom, "state")],
                                  lines[0].number(), "which entries are shown")
    if condition:
        output["filter"] = condition
    order(context, output, columns, effect)
    number_rows(context, output, items, effect.line)
    now.common(output, effect.guard, effect.line)
    clear(output, items, cleared)
    output["columns"] = columns + stack_columns(context, lines[0], "")
    context.joined = {}
    now.outputs.append(output)


def narrowed(effects, guard):
    """The effects of a loop where the conditions around it hold."""
    found = []
    for effect in effects:
        if rows.excludes(effect.guard, guard):
            continue
        data = dict(effect.data)
        if effect.kind == "print":
            data["text"] = rows.under(data["text"], guard)
        found.append(dataclasses.replace(effect, data=data, guard=tuple(
            atom for atom in effect.guard if atom not in guard)))
    return found


def is_row(now, lines):
    """Whether entries with stacks are rows of a table that has headers."""
    columns = lines and shown_columns(lines[0], base_of(lines[0]))
    return bool(columns) and len(lines[0].open_cells()) > 2 and \
        headers_for(now.context, columns, rows.lines_of(now.recent))[0] is not None


def clear(output, items, cleared):
    if items.clear or items.table in cleared:
        output["clear"] = True


def number_rows(context, output, items, line):
    """`rows` of a table with a row for each number below one."""
    if items.numbers is None:
        return
    try:
        output["rows"] = context.columns().writer.integer(items.numbers)
    except Beyond as beyond:
        context.report.left(beyond.line or line, f"how many rows there are: {beyond.what}")


def key_that_shows(columns, value, line):
    """The key of the column with a value: the order of text."""
    for column in columns:
        if column["value"] == value:
            return column.get("key") or key_of(captions.plain(column["header"]))
    raise Beyond("an order by text that no column has", line)


def order(context, output, columns, effect):
    """`sort` and `top` of a table."""
    items = effect.data["items"]
    top_rows(context, output, items, effect)
    writer = context.columns().writer
    if items.sort is not None:
        sort = items.sort
        if isinstance(sort, (tuple, list)):
            context.report.approximated(effect.line, "rows are sorted by the first of the keys")
            sort = sort[0]
        try:
            if writer.is_text(sort):
                output["sort"] = ("-" if items.largest else "") + \
                    key_that_shows(columns, writer.expression(sort), effect.line)
                return
            largest = items.largest
            if isinstance(sort, Expr) and sort.op == "neg":
                sort, largest = sort.args[0], not largest
            written = writer.inside(by_option(context, sort), 3 if largest else 14)
            output["sort"] = written if largest else f"-{written}"
        except Beyond as beyond:
            context.report.left(effect.line, f"the order of the rows: {beyond.what}")


def top_rows(context, output, items, effect):
    """`top` of a table."""
    writer = context.columns().writer
    top = items.top if items.top is not None else top_of(effect)
    if items.backwards:
        output["reversed"] = True
    if top is not None:
        try:
            output["top"] = top if isinstance(top, int) else writer.integer(top)
        except Beyond as beyond:
            context.report.left(effect.line, f"how many rows there are: {beyond.what}")


def by_option(context, sort):
    """`getattr(value, option)` as a choice between what the option may be."""
    for node in walk(sort):
        if node.op != "getattr":
            continue
        base, option = node.args
        chain = 0
        for name in reversed(context.machine.options.get(option.args[0], {}).get("choices", ())):
            member = context.machine.attribute(base, name)
            if isinstance(member, Expr) and member.op == "absent":
                continue
            chain = Expr("cond", (Expr("==", (option, name)), member, chain), node.line)
        if chain == 0:
            raise Beyond("an option that names a member", node.line)
        return replaced(sort, node, chain)
    return sort


def replaced(value, old, new):
    """A tree with another part."""
    if value is old or value == old:
        return new
    if not isinstance(value, Expr):
        return value
    return Expr(value.op, tuple(replaced(arg, old, new) for arg in value.args), value.line)


def top_of(effect):
    """How many rows a loop prints that counts them and breaks; None if it doesn't."""
    for guard in effect.data["breaks"]:
        for atom in guard or ():
            if atom.op in (">=", "==", ">") and has(atom.args[0], "state") and \
                    not has(atom.args[1], "state", "key", "value"):
                limit = atom.args[1]
                counts_first = atom.args[0].op == "+"
                if atom.op == ">" and is_known(limit):
                    return limit + 1 if counts_first else limit
                return limit
    return None


def every_of(context, pause, line):
    """`every` of a pause, and whether it is the tool's argument."""
    if pause is None:
        return "end", False
    if is_known(pause):
        try:
            seconds = float(pause)
        except (TypeError, ValueError):
            return "end", False
        return ("end" if seconds >= LONG or seconds < 1 else int(seconds)), False
    names = [node.args[0] for node in walk(pause) if node.op == "opt"]
    if not names:
        context.report.left(line, "how long a round is")
        return "interval", True
    known = context.machine.options.get(names[0], {})
    default = str(known.get("default", ""))
    seconds = float(default) if default.replace(".", "", 1).isdigit() else 0
    if known.get("name") != "interval":
        context.report.approximated(line, f"the option '{names[0]}' is the argument 'interval'")
    return (int(seconds) if 1 <= seconds < LONG else "interval"), True


def duration_of(story):
    """The option that says how long the only wait of a script is, or "argv"; "" if none does."""
    if not story.once or story.wait != "sleep":
        return ""
    if story.argument:
        return "argv"
    names = {node.args[0] for node in walk(story.pause) if node.op == "opt"} \
        if isinstance(story.pause, Expr) else set()
    return names.pop() if len(names) == 1 else ""


def ends_alone(story):
    """Whether a script ends after waits whose number and seconds it has itself."""
    if not story.once or story.wait != "sleep":
        return story.counted
    try:
        return is_known(story.pause) and story.pause is not None and float(story.pause) < LONG
    except (TypeError, ValueError):
        return False


def is_quiet(guard):
    """Whether conditions are about the end of the tool alone."""
    return all(has(atom, "state") for atom in guard) and bool(atoms(all_of(guard)))
