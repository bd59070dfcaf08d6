# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""From the cells of a line to the columns of a manifest: values, types, widths and headers."""

import dataclasses
import errno
import re
import signal

from . import captions, ways
from .c_text import Beyond, Writer
from .expr import (TEXTUAL, Cell, Expr, Spec, all_of, choices, has, is_known, negate, only_options,
                   spread, text_of, walk)
from .rows import Shown, conditions, last_with, under

ERRORS = tuple(sorted(errno.errorcode.items()))
SIGNALS = {one.value: one.name for one in signal.Signals}
SENTENCE = re.compile(r"\.\.\.|Ctrl-C|[a-z] [a-z]+ [a-z]")


class Columns:
    """Makes the columns of one output. `record`: the C type of the record of a buffer."""

    def __init__(self, context, record="", joined=()):
        self.writer, self.code, self.report = Writer(context.machine), context.code, context.report
        self.writer.joined.update(joined)
        self.record = record

    # Values.

    def rendered(self, shown, hint):
        """Properties of a column that say what it shows."""
        value, spec = shown.cell.value, shown.cell.spec
        try:
            return self.known_kind(value, spec, hint)
        except Beyond as beyond:
            line = beyond.line or shown.line
            if has(value, "absent") or \
                    not all(self.writer.machine.in_this_run(test) for test in shown.when):
                raise
            self.report.left(line, f"column '{hint}': {beyond.what}")
            return {"value": self.code.stub(hint, beyond.what, line, self.record)}

    def known_kind(self, value, spec, hint):
        if is_known(value):
            return {"value": self.writer.expression(str(text_of(value)))}
        if spec.kind in "sv":
            value = spread(lambda one: "None" if one is None else one, value)
        method = getattr(self, f"as_{value.op}", None)
        if method and spec.kind in "sv":
            return self.cut(method(value, spec, hint), spec)
        if spec.kind in "xXoceEgG" or (spec.flags.strip("# -") and spec.kind in "df"):
            return {"value": self.code.text(self.writer, hint, value, Spec(
                spec.width if spec.flags else 0, spec.left, spec.precision, spec.kind,
                spec.flags))}
        if spec.kind == "d" and value.op == "cond" and has(value, "total") and \
                has(value.args, "cond"):
            return {"value": self.code.number(self.writer, hint, value)}
        if spec.kind == "d":
            return {"value": self.writer.integer(value)}
        if spec.kind in "fF%":
            self.clock_of(value)
            return {"value": self.writer.real(value),
                    "precision": spec.precision if spec.precision >= 0 else 6}
        return self.plain(value, spec, hint)

    def clock_of(self, value):
        if has(value, "now"):
            self.code.helper("now_ns")

    def plain(self, value, spec, hint):
        """What `%s` shows."""
        if value.op in ("==", "!=", "<", ">", "<=", ">=", "and", "or", "not"):
            value = Expr("cond", (value, "True", "False"), value.line)
        if self.writer.is_real(value):
            self.report.approximated(value.line, f"column '{hint}': a fraction has two digits, "
                                     "where Python shows as many as it has")
            return {"value": self.writer.real(value), "precision": 2}
        if self.writer.is_choice(value):
            return {"value": self.writer.word_of(value)}
        found = {"value": self.writer.expression(value)}
        return self.cut(found, spec) if self.writer.is_text(value) else found

    @staticmethod
    def cut(found, spec):
        """Text with no more characters than a format lets through."""
        if spec.precision >= 0 and "precision" not in found:
            found["precision"] = spec.precision
        return found

    @staticmethod
    def as_names(value):
        """`names[x] if x in names else "?"` as names with a default; None for other choices."""
        test, names, default = value.args
        if not isinstance(names, Expr) or names.op != "enum":
            return None
        key, pairs, _ = names.args
        equal = alternatives(test)
        if any(one.op != "==" or one.args[0] != key for one in equal):
            return None
        asked = {one.args[1] for one in equal}
        pairs = tuple((number, word) for number, word in pairs if number in asked)
        return Expr("enum", (key, pairs, text_of(default)), value.line)

    def as_cond(self, value, spec, hint):
        names = self.as_names(value)
        if names is not None:
            return self.as_enum(names, spec, hint)
        kinds = {self.kind_of(one) for _, one in choices(value)}
        if len(kinds) == 1 and kinds != {"made"}:
            return self.plain(value, spec, hint)
        return {"value": self.code.text(self.writer, hint, value)}

    def kind_of(self, value):
        """Whether C's `?:` can show a value, and as what."""
        if is_known(value):
            return "text" if isinstance(value, (str, bytes)) else "number"
        if value.op == "unknown":
            return "made"
        if value.op in TEXTUAL or value.op in ("cut", "cut_end", "joined", "shorter"):
            return "made"
        return "text" if self.writer.is_text(value) else "number"

    def as_text(self, value, _spec, hint):
        if len(value.args) == 2 and value.args[0] == "0x" and isinstance(value.args[1], Cell) and \
                value.args[1].spec == Spec(kind="x"):
            return {"value": self.writer.expression(value.args[1].value), "type": "hex"}
        if len(value.args) == 1:
            cell = value.args[0]
            return self.known_kind(cell.value, cell.spec, hint)
        return {"value": self.code.text(self.writer, hint, value)}

    def as_digits(self, value, spec, hint):
        if not self.writer.is_real(value):
            return self.known_kind(value.args[0], spec, hint)
        return {"value": self.code.text(self.writer, hint, value)}

    def as_ip4(self, value, _spec, _hint):
        address = value.args[0]
        return {"value": self.writer.expression(address) + self.first_of(address), "type": value.op}

    def first_of(self, value):
        """An address of four bytes may be an array of one number."""
        machine = self.writer.machine
        ctype = machine.type_of(value) if isinstance(value, Expr) else ""
        return "[0]" if re.fullmatch(r"(?:__)?(?:u|be|uint)32(?:_t)?\s*\[\]", ctype or "") else ""

    def as_ip6(self, value, _spec, _hint):
        return {"value": self.writer.expression(value.args[0]), "type": value.op}

    def as_time_of_day(self, value, _spec, _hint):
        if value.args == ("%H:%M:%S",):
            return {"value": "time_of_day()"}
        return {"value": self.code.day(*value.args)}

    def as_shorter(self, value, _spec, _hint):
        day, characters = value.args
        if day.args[0].endswith(".%f") and characters < 6:
            return {"value": self.code.day(*day.args, shorter=characters)}
        raise Beyond("a part of a text", value.line)

    def as_file(self, value, _spec, hint):
        self.report.approximated(value.line,
                                 f"column '{hint}': nothing where the file can't be read")
        return {"value": self.code.text(self.writer, hint, value)}

    def as_cut(self, value, _spec, hint):
        base, size = value.args
        if not is_known(size):
            return {"value": self.writer.expression(base), "type": "string",
                    "size": self.writer.integer(size)}
        if isinstance(size, int) and size > 0 and self.writer.is_text(base):
            return self.cut(self.known_kind(base, Spec(), hint), Spec(precision=size))
        return {"value": self.code.text(self.writer, hint, value)}

    as_cut_end = as_repeat = as_cut

    def as_chr(self, value, _spec, hint):
        return {"value": self.code.text(self.writer, hint, value)}

    def as_ksym(self, value, _spec, _hint):
        found = {"value": self.writer.expression(value.args[0]), "type": "ksym"}
        return {**found, **dict(value.args[1])}

    def as_usym(self, value, _spec, _hint):
        found = {"value": self.writer.expression(value.args[0]), "type": "usym",
                 "pid": self.writer.expression(value.args[1])}
        return {**found, **dict(value.args[2])}

    def as_enum(self, value, _spec, hint):
        key, pairs, default = value.args
        if tuple(sorted(pairs)) == ERRORS:
            return {"value": self.writer.integer(key), "type": "errno"}
        if dict(pairs).items() >= SIGNALS.items():
            return {"value": self.writer.integer(key), "type": "signal"}
        found = {"value": self.writer.integer(key), "type": "enum", "names": dict(pairs)}
        try:
            shown = "%d" if default is None else unnamed(default, key)
        except Beyond:
            return {"value": self.code.text(self.writer, hint, value)}
        if shown != "%d":
            found["else"] = shown
        return found

    def as_flags(self, value, _spec, hint):
        pairs = dict(value.args[1])
        if len(pairs) < len(value.args[1]) or any(bit & (bit - 1) for bit in pairs):
            return {"value": self.code.text(self.writer, hint, value)}
        return {"value": self.writer.integer(value.args[0]), "type": "flags",
                "names": {**pairs, 0: ""}, "else": ""}

    def as_joined(self, value, _spec, hint):
        return {"value": self.code.text(self.writer, hint, value)}

    def as_device(self, value, _spec, _hint):
        return {"value": self.writer.integer(value.args[0]), "type": "device"}

    def as_syscall(self, value, _spec, _hint):
        return {"value": self.writer.integer(value.args[0]), "type": "syscall"}

    def as_hex(self, value, _spec, _hint):
        return {"value": self.writer.expression(value.args[0]), "type": "hex"}

    # Headers.

    def split_headers(self, columns, headers):
        """Columns whose header depends on an option are one column for each way."""
        found = []
        for shown, header in zip(columns, headers):
            for tests, name in choices(header):
                for more in self.ways_of(shown):
                    when = conditions(shown.when, tests, more)
                    if when is not None:
                        cell = under(shown.cell, when)
                        found.append((Shown(cell, when, shown.gap, shown.line), str(name)))
        return found

    def ways_of(self, shown):
        """Options by which a value is of one type or another."""
        ways = choices_of_options(shown.cell.value)
        if len(ways) == 1:
            return [()]
        kinds = {self.kind_of(one) for _, one in ways}
        if "made" in kinds or any(is_known(one) and one in ("", b"") for _, one in ways):
            return [tests for tests, one in ways if not is_known(one) or one not in ("", b"")]
        return [()]

    def make(self, columns, headers, printed=()):
        """The manifest's columns. `printed`: the cells of the script's line of headers."""
        headers = padded(columns, headers, printed)
        columns = spaced(columns)
        made, before = [], not printed or columns[0].gap == printed[0].gap
        for shown, header in self.split_headers(columns, headers):
            hint = header.strip() or self.name_of(shown)
            try:
                found = {"header": header, "hint": hint, **self.rendered(shown, hint)}
            except Beyond as beyond:
                options = ", ".join(sorted({node.args[0] for guard in shown.when
                                            for node in walk(guard) if node.op == "opt"}))
                with_options = f" with the option '{options}'" if options else ""
                self.report.left(beyond.line or shown.line,
                                 f"column '{hint}'{with_options}: {beyond.what}")
                continue
            width = shown.cell.spec.width
            if width:
                found["width"] = -width if shown.cell.spec.left else width
            if before and shown.gap and (shown.cell.spec.left or not width) and \
                    last_with(shown.when, [when for when, _ in made]) < 0:
                found["indent"] = shown.gap
            made.append((shown.when, found))
        return self.named(captions.with_one_value(self.writer, ways.merged(made)))

    def named(self, columns):
        """Columns with their conditions written and a key of their own."""
        made, keys = [], set()
        for when, column in columns:
            hint, header = column.pop("hint"), column["header"]
            if when:
                column["when"] = self.writer.condition(all_of(when))
            key = plain_key = key_of(hint)
            number = 2
            while key in keys:
                key, number = f"{plain_key}_{number}", number + 1
            if key != key_of(captions.plain(header)):
                column["key"] = key
            keys.add(key)
            made.append(ordered(column))
        return made

    @staticmethod
    def name_of(shown):
        """A name for a column without header."""
        names = [node.args[1] for node in walk(shown.cell.value)
                 if node.op in ("member", "absent")]
        kinds = [node.op for node in walk(shown.cell.value) if node.op in ("key", "value")]
        kinds += [node.args[0] for node in walk(shown.cell.value) if node.op == "lookup_map"]
        return (names or kinds or ["column"])[0].upper()


def alternatives(test):
    """The conditions of which one is enough."""
    return [one for arg in test.args for one in alternatives(arg)] if test.op == "or" else [test]


def unnamed(default, key):
    """`else` of a column, of what a script shows of a number without a name."""
    default = text_of(default)
    if is_known(default):
        return str(default).replace("%", "%%")
    words = []
    for part in default.args if default.op == "text" else (default,):
        cell = part if isinstance(part, (str, Cell)) else Cell(part)
        if isinstance(cell, str):
            words.append(cell.replace("%", "%%"))
            continue
        kind = cell.spec.kind if cell.spec == Spec(0, cell.spec.left, -1, cell.spec.kind) else ""
        if cell.value == key and kind and kind in "dsvx":
            words.append("%x" if kind == "x" else "%d")
        elif cell.value == Expr("hex", (key,)) and kind and kind in "sv":
            words.append("0x%x")
        else:
            raise Beyond("the text of a number without a name", default.line)
    return "".join(words)


def choices_of_options(value):
    """As choices(), of conditions over options alone."""
    if not isinstance(value, Expr) or value.op != "cond" or not only_options(value.args[0]):
        return [((), value)]
    test, yes, no = value.args
    return [((test, *rest), one) for rest, one in choices_of_options(yes)] + \
        [((negate(test), *rest), one) for rest, one in choices_of_options(no)]


def key_of(header):
    """As the translator makes a key of a header."""
    return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_") or "column"


def ordered(column):
    """Keys in the order of the manual."""
    order = ("header", "key", "value", "type", "width", "indent", "precision")
    return {**{key: column[key] for key in order if key in column}, **column}


def with_width(shown, width):
    spec = shown.cell.spec
    cell = Cell(shown.cell.value, Spec(width, spec.left, spec.precision, spec.kind, spec.flags))
    return Shown(cell, shown.when, shown.gap, shown.line)


def spaced(columns):
    """Widths such that one blank between columns puts them where the script does."""
    found, moved = [], {}               # moved: by how much columns were widened
    for shown in columns:
        spec, extra = shown.cell.spec, shown.gap - 1
        at = last_with(shown.when, [one.when for one in found])
        last = found[at].cell.spec if at >= 0 else None
        if at < 0:
            extra = shown.gap
        elif moved.get(at) == extra:
            extra = 0
        if extra and last and last.left and last.width + extra > 0 and at not in moved:
            found[at] = with_width(found[at], last.width + extra)
            moved[at] = extra
        elif extra and not spec.left and spec.width + extra > 0 and spec.width:
            shown = with_width(shown, spec.width + extra)
        elif extra == -1 and at >= 0 and at not in moved and ends_in_blank(found[at]):
            found[at], moved[at] = without_blank(found[at]), extra
        found.append(shown)
    return found


def ends_in_blank(shown):
    """Whether a column is a text of several parts whose last one stands on the left of its place."""
    value = shown.cell.value
    last = value.args[-1] if isinstance(value, Expr) and value.op == "text" else None
    return isinstance(last, Cell) and last.spec.left and last.spec.width > 1 < shown.cell.spec.width


def without_blank(shown):
    """Such a column with one blank less at its end, as there is one between columns."""
    *parts, last = shown.cell.value.args
    parts.append(Cell(last.value, dataclasses.replace(last.spec, width=last.spec.width - 1)))
    cell = Cell(Expr("text", tuple(parts), shown.cell.value.line), shown.cell.spec)
    return with_width(Shown(cell, shown.when, shown.gap, shown.line), cell.spec.width - 1)


def padded(columns, headers, printed):
    """Headers with the blanks that put them where the script does, if its columns have another side or
    less room than their headers."""
    if len(printed) != len(columns):
        return [spread(lambda name: name.strip() if isinstance(name, str) else name, header)
                for header in headers]
    found = []
    for shown, cell, header in zip(spaced(columns), spaced(printed), headers):
        own, spec = cell.cell.spec, shown.cell.spec
        same = own.left == spec.left and own.width <= spec.width
        if not is_known(header) or not spec.width or not own.width or same:
            found.append(spread(lambda name: str(name).strip(), header))
            continue
        width = max(own.width, spec.width)
        name = str(header).strip()
        found.append(name.ljust(width) if own.left else name.rjust(width))
    return found


def header_texts(shown):
    """The header of a column as it is printed, maybe with a choice over options."""
    def known_text(value):
        if not isinstance(value, Expr) or value.op != "text":
            return value
        parts = [part.value if isinstance(part, Cell) else part for part in value.args]
        return "".join(str(part) for part in parts if is_known(part))

    value = spread(known_text, shown.cell.value)
    if isinstance(value, Expr) and value.op == "cond" and not only_options(value.args[0]):
        return None
    for _, one in choices(value):
        if not is_known(one):
            return None
    return value


def places(columns):
    """[(first, last + 1)] of each column in a line."""
    found, at = [], 0
    for shown in columns:
        size = shown.cell.spec.width
        if not size:
            value = shown.cell.value
            size = len(str(value)) if is_known(value) else 1
        at += shown.gap
        found.append((at, at + size))
        at += size
    return found


def match_headers(columns, headers):
    """A header for each column, of the words of a header line; None where they don't fit."""
    names = [header_texts(shown) for shown in headers]
    if any(name is None for name in names):
        return None
    if len(names) == len(columns):
        return names
    single = [shown for number, shown in enumerate(columns)
              if not number or not instead(columns[number - 1], shown)]
    if len(names) == len(single):
        return [name for _, name in repeated(columns, iter(names))]
    by_when = matched_by_option(columns, headers, names) or matched_by_way(columns, headers, names)
    if by_when:
        return by_when
    if any(not is_known(name) for name in names) or len(names) < len(columns):
        return None
    found = ["" for _ in columns]
    edges = places(columns)
    for (start, stop), name in zip(places(headers), names):
        best = min(range(len(edges)), key=lambda i: distance(edges[i], (start, stop)))
        found[best] = f"{found[best]} {name}".strip()
    return found if all(found) else None


def instead(one, two):
    """Whether a column is there where its neighbour isn't."""
    return bool(two.when) and any(negate(atom) in one.when for atom in two.when)


def repeated(columns, names):
    """(column, name): neighbours of which one is there have one name."""
    last = name = None
    for shown in columns:
        if last is None or not instead(last, shown):
            name = next(names)
        last = shown
        yield shown, name


def distance(one, two):
    """How far two places are apart; 0 where they share one."""
    return max(0, one[0] - two[1] + 1, two[0] - one[1] + 1)


def matched_by_way(columns, headers, names):
    """A line of headers for rows that options print in several ways."""
    ways = {shown.when for shown in columns if shown.when}
    if not ways:
        return None
    found = {}
    for way in ways:
        indices = [i for i, shown in enumerate(columns) if shown.when in ((), way)]
        there = [name for shown, name in zip(headers, names)
                 if all(atom in way for atom in shown.when)]
        if len(indices) != len(there):
            return None
        for index, name in zip(indices, there):
            if found.setdefault(index, name) != name:
                return None
    return [found[index] for index in range(len(columns))]


def matched_by_option(columns, headers, names):
    """Headers of columns that are there under the same options."""
    left = {}
    for shown, name in zip(headers, names):
        left.setdefault(shown.when, []).append(name)
    counts = {}
    for shown in columns:
        counts[shown.when] = counts.get(shown.when, 0) + 1
    if any(len(left.get(when, ())) != count for when, count in counts.items()):
        return None
    return [left[shown.when].pop(0) for shown in columns]
