# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Functions of C that make texts which no column type makes, and marked stubs for what is beyond.

They take what they show as parameters, so they need no type of the program.
"""

import re

from .c_text import Beyond, literal
from .expr import PLAIN, Cell, Expr, choices, has, is_known, text_of

SIZE = 256
NOT_NAMES = {"e", "key", "value", "opt", "long", "double", "text", "address", "char", "int",
             "strcmp", "strstr", "strncmp", "unsigned", "U", "UL", "if", "else", "for", "while",
             "register", "short", "switch", "case", "default", "return", "static", "struct"}
CONVERSIONS = {"d": "lld", "x": "llx", "X": "llX", "o": "llo", "c": "c", "s": "lld", "v": "lld"}


def percent_safe(value):
    return value.replace("%", "%%")


class TextFunction:
    """One function that returns a text in a buffer of its own."""

    def __init__(self, writer, name):
        self.writer, self.name = writer, name
        self.parameters, self.arguments = [], []
        self.addresses = False

    def parameter(self, kind, argument, hint=None):
        """The name under which the function knows an argument."""
        for (known_kind, name), known in zip(self.parameters, self.arguments):
            if (known_kind, known) == (kind, argument):
                return name
        words = [hint] if hint else [word for word in re.findall(r"[A-Za-z_]\w*", argument)
                                     if word not in NOT_NAMES]
        base = name = words[-1].lower() if words else "number"
        number = 2
        while name in {one for _, one in self.parameters} or name in NOT_NAMES:
            name, number = f"{base}_{number}", number + 1
        self.parameters.append((kind, name))
        self.arguments.append(argument)
        return name

    def test(self, condition):
        return self.parameter("bool ", self.writer.condition(condition), "is_so")

    def leaf(self, value, spec):
        """(directive's end, argument) of one value."""
        writer = self.writer
        if value.op in ("ip4", "ip6"):
            self.addresses = True
            family = "AF_INET" if value.op == "ip4" else "AF_INET6"
            place = self.parameter("const void *", "&" + writer.inside(value.args[0], 15))
            return "s", f"inet_ntop({family}, {place}, address, sizeof(address))"
        if value.op == "time_of_day":
            return "s", writer.expression(value)
        if spec.kind in "feEgG":
            return spec.kind, self.parameter("double ", writer.real(value))
        if writer.is_text(value) and spec.kind in "sv":
            return "s", self.parameter("const char *", writer.expression(value))
        if value.op in ("ksym", "usym", "enum", "frame"):
            raise Beyond("a name within a longer text", value.line)
        if writer.is_real(value) and spec.kind in "sv":
            raise Beyond("a fraction with as many digits as it has", value.line)
        return CONVERSIONS[spec.kind], self.parameter("long long ", writer.integer(value))

    def piece(self, cell):
        """(format, arguments) of a part of a text."""
        if not isinstance(cell, Cell):
            return percent_safe(cell), []
        spec = cell.spec
        size = spec.flags + ("-" if spec.left and spec.width else "") + \
            (str(spec.width) if spec.width else "")
        size += f".{spec.precision}" if spec.precision >= 0 else ""
        if is_known(cell.value):
            return "%" + size + "s", [literal(str(text_of(cell.value)))]
        if cell.value.op == "text":
            if cell.spec != PLAIN:
                raise Beyond("a text of several parts in a column", cell.value.line)
            pieces = [self.piece(part) for part in cell.value.args]
            return "".join(one for one, _ in pieces), [arg for _, args in pieces for arg in args]
        if cell.value.op == "cond":
            return self.choice(cell, size)
        end, argument = self.leaf(cell.value, spec)
        return f"%{size}{end}", [argument]

    def choice(self, cell, size):
        """A value that depends on a condition, within a text."""
        test, yes, no = cell.value.args
        ends, sides = [], []
        for side in (yes, no):
            if is_known(side) and isinstance(side, (str, bytes)):
                ends.append("s")
                sides.append(literal(text_of(side)))
            elif is_known(side):
                ends.append(CONVERSIONS.get(cell.spec.kind, cell.spec.kind))
                sides.append(str(side))
            elif side.op in ("ip4", "ip6", "text", "cond"):
                raise Beyond("a choice within a text", side.line)
            else:
                end, argument = self.leaf(side, cell.spec)
                ends.append(end)
                sides.append(argument)
        if len(set(ends)) > 1:
            raise Beyond("a number or a text within a text", cell.value.line)
        return f"%{size}{ends[0]}", [f"{self.test(test)} ? {sides[0]} : {sides[1]}"]

    def statements(self, value, spec, indent="\t"):
        """Lines that put the text of a value into `text`."""
        if isinstance(value, Expr) and value.op == "cond":
            return [f"{indent}if ({self.test(value.args[0])})" + " {",
                    *self.statements(value.args[1], spec, indent + "\t"), f"{indent}}} else {{",
                    *self.statements(value.args[2], spec, indent + "\t"), f"{indent}}}"]
        if is_known(value) and isinstance(value, (str, bytes)):
            return [f'{indent}snprintf(text, sizeof(text), "%s", {literal(text_of(value))});']
        form, arguments = self.piece(Cell(value, spec))
        words = ", ".join([literal(form), *arguments])
        return [f"{indent}snprintf(text, sizeof(text), {words});"]

    def write(self, value, spec):
        """The function's C."""
        body = self.statements(value, spec)
        lines = [f"\tstatic char text[{SIZE}];"]
        if self.addresses:
            lines.append("\tchar address[INET6_ADDRSTRLEN];")
        words = ", ".join(f"{kind}{name}" for kind, name in self.parameters) or "void"
        return "\n".join([f"static const char *{self.name}({words})", "{", *lines, "", *body,
                          "\treturn text;", "}"])


class Code:
    """The file `code` of a manifest."""

    def __init__(self):
        self.functions, self.stubs, self.helpers = {}, [], {}

    def unique(self, hint):
        name = re.sub(r"\W+", "_", hint.lower()).strip("_") or "column"
        name = base = f"{name}_text"
        number = 2
        while name in self.functions:
            name, number = f"{base}_{number}", number + 1
        return name

    def text(self, writer, hint, value, spec=PLAIN):
        """The call of a function that makes a text."""
        if has(value, "unknown", "absent", "state"):
            for _, one in choices(value):
                writer.expression(one) if isinstance(one, Expr) and one.op != "text" else None
            node = next(node for node in _nodes(value) if node.op in ("unknown", "absent", "state"))
            writer.write(node)
        function = TextFunction(writer, self.unique(hint))
        written = function.write(value, spec)
        for name, known in self.functions.items():
            if known == written.replace(function.name + "(", name + "(", 1):
                return f"{name}({', '.join(function.arguments)})"
        self.functions[function.name] = written
        return f"{function.name}({', '.join(function.arguments)})"

    def clock(self):
        """The time in the clock of bpf_ktime_get_ns()."""
        self.helpers["now_ns"] = "\n".join([
            "static unsigned long long now_ns(void)", "{", "\tstruct timespec now;", "",
            "\tclock_gettime(CLOCK_MONOTONIC, &now);",
            "\treturn now.tv_sec * 1000000000ULL + now.tv_nsec;", "}"])

    def day(self, form):
        """The call of a function that gives the time of day in another form."""
        for name, known in self.helpers.items():
            if f"{literal(form)}, " in known:
                return f"{name}()"
        name = f"time_text{len(self.helpers) or ''}"
        self.helpers[name] = "\n".join([
            f"static const char *{name}(void)", "{", "\tstatic char text[64];",
            "\ttime_t now = time(NULL);", "\tstruct tm tm;", "", "\tlocaltime_r(&now, &tm);",
            f"\tstrftime(text, sizeof(text), {literal(form)}, &tm);", "\treturn text;", "}"])
        return f"{name}()"

    def stub(self, hint, what, line, record):
        """The call of a function that somebody has to write: it fails the build until then."""
        name = self.unique(hint).removesuffix("_text") + "_to_write"
        number = 2
        while any(f" *{name}(" in stub for stub in self.stubs):
            name, number = self.unique(hint).removesuffix("_text") + f"_to_write_{number}", number + 1
        parameter = f"const {record} *e" if record else "void"
        says = what.replace("\\", "\\\\").replace('"', "'")
        self.stubs.append("\n".join([
            f"/* Line {line} of the script: {what.replace('*/', '* /')}. */",
            f'#error "line {line} of the script: {says}: write this function, remove this line"',
            f"static const char *{name}({parameter})", "{", '\treturn "";', "}"]))
        return f"{name}({'e' if record else ''})"

    def source(self):
        """The file; "" if nothing needs it."""
        bodies = [*self.helpers.values(), *self.functions.values(), *self.stubs]
        if not bodies:
            return ""
        headers = ["arpa/inet.h", "stdbool.h", "stdio.h", "string.h", "time.h"]
        includes = "\n".join(f"#include <{header}>" for header in headers)
        return includes + "\n\n" + "\n\n".join(bodies) + "\n"


def _nodes(value):
    from .expr import walk
    return walk(value)
