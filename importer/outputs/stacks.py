# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Outputs of stacks: a loop over a map whose body walks stacks and prints their frames."""

from . import rows
from .assemble import with_options
from .c_text import Beyond
from .expr import Cell, Expr, all_of, both, either, has, is_known, only_options, text_of, truth, walk


# How a tool prints a stack in lines, with "@" for values.
FRAME = "    @\n"
BELOW = {"    -                @ (@)\n", "        @\n\n", "    -\n", "    --\n"}


def form_of(effect):
    """What an effect prints, with "@" for each value that is not known."""
    value = effect.data["text"]
    found = []
    for part in value.args if isinstance(value, Expr) and value.op == "text" else (value,):
        if isinstance(part, Cell) and is_known(part.value):
            shown = str(text_of(part.value))
            part = (shown.ljust if part.spec.left else shown.rjust)(part.spec.width)
        found.append(part if isinstance(part, str) else "@")
    return "".join(found)


def tell_layout(context, inner):
    """Says where stacks look otherwise with a tool, by the first such line."""
    for effect in inner:
        if effect.kind == "frames":
            forms = [one for one in effect.data["effects"] if one.kind == "print" and
                     form_of(one) != FRAME and symbols_in(effect)]
        else:
            forms = [effect] if effect.kind == "print" and not effect.data["err"] and \
                not has(effect.data["text"], "joined") and form_of(effect) not in BELOW else []
        for one in forms:
            if "[Missed" not in form_of(one):
                context.report.approximated(one.line, "stacks look otherwise: frames, then '-', the "
                                            "name and the process, then the count")
                return


def symbols_in(effect):
    """Symbol calls in what is printed for a frame."""
    return [node for inner in effect.data["effects"] if inner.kind == "print"
            for node in walk(inner.data["text"]) if node.op in ("usym", "ksym")]


def stack_output(context, effect):
    """The output of a loop that prints stacks; None if it can't be said."""
    inner, items = effect.data["effects"], effect.data["items"]
    output = {"stacks": items.table}
    writer = context.columns().writer
    maps, shown = set(), []
    for walked in (one for one in inner if one.kind == "frames"):
        if not walked.data["effects"]:
            continue
        if not symbols_in(walked):
            context.report.left(walked.line, "frames of a stack that are not shown as symbols")
            continue
        shown.append(walked)
        maps.add(walked.data["stack"].args[0])
        add_stack(context, output, walked)
    if "kernel" not in output and "user" not in output:
        return None
    options(context, output, inner, shown)
    tell_layout(context, inner)
    cells(context, output, inner)
    if len(maps) == 1 and sum(one.kind == "stacks" for one in
                              context.machine.shapes.maps.values()) > 1:
        output["stack_map"] = maps.pop()
    if items.sort is None or items.largest:
        if items.sort is not None:
            output["sort"] = writer.expression(items.sort)
    return output


def add_stack(context, output, walked):
    """`kernel`, or `user` with its process, of a stack whose frames are printed."""
    writer, symbol = context.columns().writer, symbols_in(walked)[0]
    name = "kernel" if symbol.op == "ksym" else "user"
    try:
        value = writer.expression(walked.data["stack"].args[1])
        if output.get(name, value) != value:
            context.report.left(walked.line, f"a second {name} stack of an entry")
            return
        output[name] = value
        if name == "user":
            output["pid"] = writer.expression(symbol.args[1])
        for key in ("offset", "module"):
            shown = how_shown(walked, key)
            if shown is not False:
                output[key] = writer.condition(shown)
    except Beyond as beyond:
        context.report.left(beyond.line or walked.line, f"a stack: {beyond.what}")


def how_shown(walked, key):
    """When the names of frames have an offset or a module, by options: a condition, or a bool."""
    result = False
    for inner in walked.data["effects"]:
        symbols = [node for node in walk(inner.data.get("text")) if node.op in ("usym", "ksym")]
        shown = dict(symbols[0].args[-1]).get(key, False) if symbols else False
        when = all_of(atom for atom in inner.guard if only_options(atom))
        result = either(result, both(when, truth(shown)))
    return result


def options(context, output, inner, shown):
    """`folded` and `delimited`, from the options that decide what is printed."""
    writer = context.columns().writer
    base = rows.common(one.guard for one in shown)
    for effect in inner:
        if effect.kind == "print" and has(effect.data["text"], "joined"):
            folded = [atom for atom in effect.guard if only_options(atom)]
            output["folded"] = writer.condition(all_of(folded)) if folded else "1"
    for effect in inner:
        if effect.kind != "print" or not isinstance(effect.data["text"], str) or \
                effect.data["text"].strip() not in ("-", "--"):
            continue
        tests = [atom for atom in effect.guard if only_options(atom) and atom not in base]
        output["delimited"] = writer.condition(all_of(tests)) if tests else "1"


def cells(context, output, inner):
    """`comm` and `count`: the text and the number that stand below a stack."""
    for effect in inner:
        value = effect.data.get("text")
        if effect.kind != "print" or not isinstance(value, Expr):
            continue
        for part in value.args if value.op == "text" else (Cell(value),):
            if not isinstance(part, Cell) or is_known(part.value):
                continue
            try:
                cell(context, output, part, effect.line)
            except Beyond as beyond:
                context.report.left(effect.line, f"a value with a stack: {beyond.what}")


def cell(context, output, part, line):
    """One value that stands with a stack."""
    writer = context.columns().writer
    name = name_of(writer, part)
    written = writer.integer(part.value) if name == "count" else writer.expression(part.value) \
        if not has(part.value, "joined", "frame", "ksym", "usym") else None
    if name and name not in output:
        output[name] = written
    elif written and written not in output.values():
        context.report.approximated(line, f"'{written}' is not shown with the stacks")


def name_of(writer, part):
    if has(part.value, "unknown", "frame", "stack", "state", "joined"):
        return None
    if writer.is_text(part.value) and has(part.value, "key"):
        return "comm"
    return "count" if has(part.value, "value") and part.spec.kind in "dsv" else None


def stack_columns(context, line, record):
    """Columns of stacks that are printed below a line."""
    found = []
    for effect in line.extra:
        header = f"STACK{len(found) + 1 if found else ''}"
        try:
            found.append(stack_column(context.columns(record).writer, effect, header))
        except Beyond as beyond:
            context.report.left(effect.line, f"a stack{with_options(effect.guard)}: {beyond.what}")
    return found


def stack_column(writer, effect, header):
    """The column of a stack whose frames are printed."""
    column = {"header": header, "value": writer.expression(effect.data["stack"].args[1]),
              "type": "stack"}
    symbols = symbols_in(effect)
    if symbols and symbols[0].op == "usym":
        column["pid"] = writer.expression(symbols[0].args[1])
    if symbols:
        column.update((key, shown) for key, shown in symbols[0].args[-1] if is_known(shown))
    when = rows.split_guard(effect.guard)[0]
    if when:
        column["when"] = writer.condition(all_of(when))
    return column
