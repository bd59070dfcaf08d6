# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a script prints of an entry with stacks, as `lines` and `fold` of a stacks output."""

import re

from .c_text import Beyond
from .expr import (Cell, Expr, all_of, any_of, atoms, both, choices, has, is_known, is_maybe, negate,
                   only_options, text, text_of, truth, walk)
from .lines import known_text, text_lines

SYMBOLS = ("usym", "ksym")
KERNEL_MARK = "_[k]"            # what profilers put behind functions of the kernel
TAKEN = ("comm", "pid", "count", "unit", "stacks", "timestamp")


class Form:
    """How a frame is shown, under conditions."""

    def __init__(self, guard, indent="", address=0, symbol=None, marked=False):
        self.guard, self.indent, self.address = guard, indent, address
        self.symbol, self.marked = symbol, marked


class Stacks:
    """Makes the lines of one output. `what`: the conditions under which they are all printed."""

    def __init__(self, context):
        self.context, self.writer = context, context.columns().writer
        self.forms = []                 # of all frames
        self.pid = None                 # of the first stack of a process
        self.maps = set()

    # Conditions.

    def when(self, guard, stack=None):
        """The C of conditions; None where they always hold."""
        left = simpler(guard, stack)
        if has(left, "unknown", "state"):
            raise Beyond("a condition that cannot be told")
        return self.writer.condition(all_of(left)) if left else None

    def under(self, guard, line, stack=None):
        when = self.when(guard, stack)
        return {**line, "when": when} if when not in (None, "1") else line

    # Frames.

    def frames(self, effect):
        """The entries of the frames of a stack: one for each form with which options show them."""
        stack = effect.data["stack"]
        forms = [form for line in text_lines(effect.data["effects"]) for form in forms_of(line)]
        self.forms += forms
        found = []
        for shown in dict.fromkeys((form.indent, form.address) for form in forms):
            same = [form.guard for form in forms if (form.indent, form.address) == shown]
            entry = self.stack(stack, next(
                form.symbol for form in forms if (form.indent, form.address) == shown))
            if shown[0]:
                entry["indent"] = shown[0]
            if shown[1]:
                entry["address"] = shown[1]
            guard = atoms(any_of(map(all_of, same))) or ()
            found.append(self.under((*effect.guard, *guard), entry, stack.args[1]))
        return found

    def stack(self, stack, symbol):
        """The entry of a stack whose frames are shown by a symbol."""
        table, number, skip, backwards = stack.args
        self.maps.add(table)
        entry = {"kernel" if symbol.op == "ksym" else "user": self.writer.expression(number)}
        if symbol.op == "usym":
            entry["pid"] = self.writer.expression(symbol.args[1])
            self.pid = self.pid or entry["pid"]
        if skip:
            entry["skip"] = skip
        if backwards:
            entry["reversed"] = True
        return entry

    # Lines.

    def lines(self, effects):
        """The entries of what is printed of an element, line by line."""
        found, open_prints = [], []
        for effect in [*effects, None]:
            if effect is not None and effect.kind == "print" and not effect.data["err"]:
                open_prints.append(effect)
                continue
            if effect is not None and (effect.kind != "frames" or not effect.data["effects"]):
                continue
            for line in text_lines(open_prints):
                found += self.text(line)
            open_prints = []
            if effect is not None:
                found += self.told(lambda one=effect: self.frames(one), effect.line)
        return found

    def told(self, make, line):
        """What a function makes; nothing, which is reported, where it can't."""
        try:
            return make()
        except Beyond as beyond:
            self.context.report.left(beyond.line or line, f"a line with a stack: {beyond.what}")
            return []

    def text(self, line):
        """The entries of a line of text."""
        def entry(guard, parts):
            whole = known_text(text(parts))
            if isinstance(whole, str):
                shown = {"text": whole}
            else:
                shown = {"value": self.context.code.text(self.writer, hint_of(whole), whole)}
            made = self.under((*line.guard, *guard), shown)
            return made["text"] if list(made) == ["text"] else made

        return self.told(lambda: [entry(guard, parts) for guard, parts in ways_of(line)],
                         line.number)

    # The folded line.

    def fold(self, effects):
        """(entries, the count) of the parts of folded lines: `name;frame;frame 12`."""
        found, counts = [], []
        for effect in effects:
            found += self.told(lambda one=effect: self.folded(one, counts), effect.line)
        keyed(found)
        return found, counts

    def folded(self, effect, counts):
        value = effect.data["text"]
        parts = list(value.args) if isinstance(value, Expr) and value.op == "text" else []
        if len(parts) != 4 or parts[1] != " " or parts[3] != "\n" or \
                not has(parts[0].value, "joined") or parts[0].value.op != "joined" or \
                parts[0].value.args[0] != ";":
            raise Beyond("a folded line of another form")
        counts.append(parts[2].value)
        return [entry for item in parts[0].value.args[1]
                for entry in self.part(item, effect.guard)]

    def part(self, item, guard):
        """The entries of one item of a folded line."""
        if is_maybe(item):
            return self.part(item.args[1], (*guard, *(atoms(item.args[0]) or ())))
        ways = choices(item)
        if len(ways) > 1:
            return [entry for tests, one in ways if one not in ([], (), "")
                    for entry in self.part(one, (*guard, *(atoms(all_of(tests)) or ())))]
        if isinstance(item, Expr) and item.op == "frames":
            return self.folded_frames(item, guard)
        if is_known(item):
            return [self.under(guard, {"text": str(text_of(item))})]
        if not self.writer.is_text(item):
            raise Beyond("a part of a folded line that is no text")
        plain = item.op in ("member", "key", "value")
        shown = self.writer.expression(item) if plain else \
            self.context.code.text(self.writer, hint_of(item), item)
        return [self.under(guard, {"value": shown})]

    def folded_frames(self, item, guard):
        stack, shown = item.args
        forms = [form_of(tests, [Cell(one)]) for tests, one in choices(shown)]
        self.forms += forms
        return [self.under(guard, self.stack(stack, forms[0].symbol), stack.args[1])]


def keyed(entries):
    """Gives values of a folded line the keys that they have in JSON, and second stacks theirs."""
    names = {}
    for entry in entries:
        side = next((key for key in ("kernel", "user", "value") if key in entry), None)
        if side is None:
            continue
        plain = re.fullmatch(r"(?:key|value)\.(\w+)", entry[side])
        key = names.get((side, entry[side]))
        if key is None:
            key = side if side != "value" else plain.group(1) if plain else ""
            if key in names.values():
                key = plain.group(1) if plain else ""
            names[side, entry[side]] = key
        if key and key != side and key not in TAKEN:
            entry["key"] = key


def simpler(guard, stack=None):
    """Conditions without those that follow from others, and without that a stack is there: of none
    no frames are shown."""
    kept = []
    for atom in dict.fromkeys(guard):
        if stack is not None and Expr(">=", (stack, 0)) in ors(atom):
            continue
        others = [other for other in guard if other != atom]
        if len(ors(atom)) > 1 and any(one in others for one in ors(atom)):
            continue
        if atom.op == "!=" and any(other.op == ">=" and other.args[0] == atom.args[0] and
                                   is_number(other.args[1]) and is_number(atom.args[1]) and
                                   other.args[1] > atom.args[1] for other in others):
            continue
        kept.append(atom)
    return kept


def is_number(value):
    return isinstance(value, int) and not isinstance(value, bool)


def ors(atom):
    """The conditions of which one is enough."""
    if atom.op == "not" and atom.args[0].op == "and":
        return [one for arg in atom.args[0].args for one in ors(negate(arg))]
    return [one for arg in atom.args for one in ors(arg)] if atom.op == "or" else [atom]


def ways_of(line):
    """[(conditions, parts)] of a line whose parts depend on conditions."""
    ways = [((), [])]
    for more, part in line.tokens:
        chosen = choices(part.value) if isinstance(part, Cell) and \
            isinstance(part.value, Expr) and part.value.op == "cond" else [((), None)]
        found = []
        for guard, parts in ways:
            if more and not set(more) <= set(guard):
                found.append(((*guard, negate(all_of(more))), parts))
            if not any(negate(atom) in guard for atom in more):
                found += [((*guard, *more, *tests), [*parts, part if one is None else
                                                     Cell(one, part.spec)])
                          for tests, one in chosen]
        ways = [(guard, parts) for guard, parts in found
                if not any(negate(atom) in guard for atom in guard)]
    return ways


def forms_of(line):
    """The Forms in which a line of a loop over frames shows one."""
    return [form_of((*line.guard, *guard), parts) for guard, parts in ways_of(line)]


def form_of(guard, parts):
    """The Form of a frame's line: blanks, maybe the address, the symbol."""
    whole = text(parts)
    parts = list(whole.args) if isinstance(whole, Expr) and whole.op == "text" else [Cell(whole)]
    form = Form(guard)
    if isinstance(parts[0], str):
        form.indent = parts.pop(0)
    if len(parts) > 2 and isinstance(parts[0], Cell) and parts[0].value.op == "frame" and \
            parts[0].spec.kind == "x" and parts[1] == " ":
        spec = parts[0].spec
        form.address = -spec.width if spec.left else max(spec.width, 1)
        del parts[:2]
    if len(parts) > 1 and parts[1] == KERNEL_MARK:
        form.marked = True
        del parts[1]
    plain = len(parts) == 1 and isinstance(parts[0], Cell) and isinstance(parts[0].value, Expr) \
        and parts[0].value.op in SYMBOLS and parts[0].value.args[0].op == "frame"
    if not plain or parts[0].spec.width or parts[0].spec.precision >= 0:
        raise Beyond("frames that are shown in another form")
    form.symbol = parts[0].value
    return form


def hint_of(whole):
    """What the function of a line is called after: its first word, or what it shows."""
    parts = whole.args if isinstance(whole, Expr) and whole.op == "text" else (whole,)
    words = [word for part in parts for word in re.findall(
        r"[A-Za-z]\w+", str(text_of(part.value)) if isinstance(part, Cell) and
        is_known(part.value) else part if isinstance(part, str) else "")]
    names = [node.args[1] for node in walk(whole) if node.op == "member"]
    kinds = ["count" for node in walk(whole) if node.op == "value"]
    return (words or names or kinds or ["line"])[0]


def option_of(forms, test):
    """Under which options frames are shown in a way: a condition, or a bool."""
    shown = [(atoms_of_options(form.guard), truth(test(form))) for form in forms]
    if not any(is_known(how) is False or how for _, how in shown):
        return False
    if all(how is True for _, how in shown):
        return True
    return any_of(both(guard, how) for guard, how in shown)


def atoms_of_options(guard):
    return all_of(atom for atom in guard if only_options(atom))
