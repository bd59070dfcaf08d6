# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Functions of C that make texts which no column type makes, and marked stubs for what is beyond.

They take what they show as parameters, so they need no type of the program.
"""

import re

from .c_text import Beyond, literal
from .expr import PLAIN, Cell, Expr, Spec, is_known, text_of, walk

SIZE = 256
NOT_NAMES = {"e", "key", "value", "opt", "long", "double", "text", "address", "char", "int",
             "strcmp", "strstr", "strncmp", "unsigned", "U", "UL", "if", "else", "for", "while",
             "register", "short", "switch", "case", "default", "return", "static", "struct"}
CONVERSIONS = {"d": "lld", "x": "llx", "X": "llX", "o": "llo", "c": "c", "s": "lld", "v": "lld"}
HELPERS = {
    "now_ns": """static unsigned long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}""",
    "add_text": f"""static void add_text(char *text, const char *format, ...)
{{
	size_t size = strlen(text);
	va_list args;

	va_start(args, format);
	vsnprintf(text + size, {SIZE} - size, format, args);
	va_end(args);
}}""",
    "file_text": f"""/* What a file has up to the end of its first line; nothing if it can't be read. */
static const char *file_text(const char *format, ...)
{{
	static char text[{SIZE}];
	char path[{SIZE}];
	va_list args;
	FILE *file;

	va_start(args, format);
	vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	text[0] = '\\0';
	file = fopen(path, "re");
	if (!file)
		return text;
	if (fgets(text, sizeof(text), file))
		text[strcspn(text, "\\n")] = '\\0';
	fclose(file);
	return text;
}}""",
}


def percent_safe(value):
    return value.replace("%", "%%")


def size_of(spec):
    """Flags, width and precision of a directive."""
    size = spec.flags + ("-" if spec.left and spec.width else "") + \
        (str(spec.width) if spec.width else "")
    return size + (f".{spec.precision}" if spec.precision >= 0 else "")


class TextFunction:
    """One function that returns a text in a buffer of its own."""

    def __init__(self, code, writer, name):
        self.code, self.writer, self.name = code, writer, name
        self.parameters, self.arguments = [], []
        self.addresses = self.between = False

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

    # Parts.

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
        if value.op == "file":
            return "s", self.file(value.args[0])
        if value.op in ("cut", "cut_end") and is_known(value.args[1]):
            place = self.parameter("const char *", writer.expression(value.args[0]))
            size = value.args[1] if value.op == "cut" else f"(int)strlen({place}) - {value.args[1]}"
            return ".*s", f"{size}, {place}"
        if value.op == "repeat" and not value.args[0].strip(" "):
            count = self.parameter("long long ", writer.integer(value.args[1]))
            return "*s", f'(int){count} * {len(value.args[0])}, ""'
        if value.op == "chr":
            return "c", f"(int){self.parameter('long long ', writer.integer(value.args[0]))}"
        if value.op == "hex":
            return "#llx", self.parameter("long long ", writer.integer(value.args[0]))
        if spec.kind in "feEgG":
            return spec.kind, self.parameter("double ", writer.real(value))
        if value.op in ("ksym", "usym", "enum", "flags", "syscall", "device", "frame"):
            raise Beyond("a name within a longer text", value.line)
        if writer.is_text(value) and spec.kind in "sv":
            return "s", self.parameter("const char *", writer.expression(value))
        if writer.is_real(value) and spec.kind in "sv":
            raise Beyond("a fraction with as many digits as it has", value.line)
        return CONVERSIONS[spec.kind], self.parameter("long long ", writer.integer(value))

    def file(self, path):
        """The call that reads a file whose path may have values in it."""
        self.code.helper("file_text")
        form, arguments = self.piece(path if isinstance(path, str) else Cell(path))
        return f"file_text({', '.join([literal(form), *arguments])})"

    def piece(self, cell):
        """(format, arguments) of a part of a text."""
        if not isinstance(cell, Cell):
            return percent_safe(cell), []
        size = size_of(cell.spec)
        if is_known(cell.value):
            return "%" + size + "s", [literal(str(text_of(cell.value)))]
        if cell.value.op == "text":
            if cell.spec != PLAIN:
                raise Beyond("a text of several parts in a column", cell.value.line)
            pieces = [self.piece(part) for part in cell.value.args]
            return "".join(one for one, _ in pieces), [arg for _, args in pieces for arg in args]
        if cell.value.op == "cond":
            return self.choice(cell, size)
        end, argument = self.leaf(cell.value, cell.spec)
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
            else:
                end, argument = self.leaf(side, cell.spec)
                ends.append(end)
                sides.append(argument)
        if len(set(ends)) > 1:
            raise Beyond("a number or a text within a text", cell.value.line)
        return f"%{size}{ends[0]}", [f"{self.test(test)} ? {sides[0]} : {sides[1]}"]

    # Statements.

    def is_simple(self, part):
        """Whether a part of a text needs no statement of its own."""
        if not isinstance(part, Cell) or is_known(part.value):
            return True
        if part.value.op == "text":
            return part.spec == PLAIN and all(map(self.is_simple, part.value.args))
        if part.value.op in ("enum", "flags"):
            return False
        return part.value.op != "cond" or not any(
            isinstance(side, Expr) and side.op in ("text", "cond", "ip4", "ip6", "enum", "flags")
            for side in part.value.args[1:])

    def statements(self, value, spec, indent="\t", adds=False):
        """Lines that put the text of a value into `text`, or behind what is there."""
        if isinstance(value, Expr) and value.op == "cond":
            return self.ways(value, spec, indent, adds)
        if isinstance(value, Expr) and value.op == "text" and \
                not all(map(self.is_simple, value.args)):
            lines = [] if adds else [f"{indent}text[0] = '\\0';"]
            for part in value.args:
                one = part if isinstance(part, str) else part.value
                inner = part.spec if isinstance(part, Cell) else PLAIN
                lines += self.statements(one, inner, indent, True)
            return lines
        if isinstance(value, Expr) and value.op == "enum":
            return self.names(value, spec, indent, adds)
        if isinstance(value, Expr) and value.op == "flags" and not spec.width:
            return self.flags(value, indent, adds)
        return [indent + self.statement(value, spec, adds)]

    def ways(self, value, spec, indent, adds):
        """A chain of if and else."""
        lines, word = [], "if"
        while isinstance(value, Expr) and value.op == "cond":
            test, yes, value = value.args
            lines += [f"{indent}{word} ({self.test(test)}) {{",
                      *self.statements(yes, spec, indent + "\t", adds)]
            word = "} else if"
        if value != "" or not adds:
            lines += [f"{indent}}} else {{",
                      *self.statements(value, spec, indent + "\t", adds)]
        return [*lines, f"{indent}}}"]

    def names(self, value, spec, indent, adds):
        """A name for each number."""
        key, pairs, default = value.args
        pad = str.ljust if spec.left else str.rjust
        pairs = [(name, pad(word, spec.width)) for name, word in pairs]
        default = pad(default, spec.width) if isinstance(default, str) else default
        number = self.parameter("long long ", self.writer.integer(key))
        lines = [f"{indent}switch ({number}) {{"]
        for name, word in pairs:
            lines += [f"{indent}case {name}:", indent + "\t" + self.statement(word, PLAIN, adds),
                      f"{indent}\tbreak;"]
        other = self.statement(default, PLAIN, adds) if isinstance(default, str) else \
            self.statement(Expr("text", (Cell(key, Spec(spec.width, spec.left, kind="d")),)),
                           PLAIN, adds)
        return [*lines, f"{indent}default:", f"{indent}\t{other}", f"{indent}}}"]

    def flags(self, value, indent, adds):
        """Names of bits, joined."""
        bits = self.parameter("long long ", self.writer.integer(value.args[0]))
        lines = [] if adds else [f"{indent}text[0] = '\\0';"]
        self.between = True
        self.code.helper("add_text")
        lines.append(f'{indent}between = "";')
        for bit, word in value.args[1]:
            lines += [f"{indent}if ({bits} & {bit:#x}) {{",
                      f"{indent}\tadd_text(text, {literal('%s' + percent_safe(word))}, between);",
                      f'{indent}\tbetween = "|";', f"{indent}}}"]
        return lines

    def statement(self, value, spec, adds):
        if value == "" and not adds:
            return "text[0] = '\\0';"
        if is_known(value) and isinstance(value, (str, bytes)) and not spec.width:
            form, arguments = percent_safe(text_of(value)), []
        else:
            form, arguments = self.piece(Cell(value, spec))
        words = ", ".join([literal(form), *arguments])
        if adds:
            self.code.helper("add_text")
            return f"add_text(text, {words});"
        return f"snprintf(text, sizeof(text), {words});"

    def write(self, value, spec):
        """The function's C."""
        body = self.statements(value, spec)
        lines = [f"\tstatic char text[{SIZE}];"]
        if self.addresses:
            lines.append("\tchar address[INET6_ADDRSTRLEN];")
        if self.between:
            lines.append("\tconst char *between;")
        words = ", ".join(f"{kind}{name}" for kind, name in self.parameters) or "void"
        return "\n".join([f"static const char *{self.name}({words})", "{", *lines, "", *body,
                          "\treturn text;", "}"])


class Code:
    """The file `code` of a manifest."""

    def __init__(self):
        self.functions, self.stubs, self.helpers = {}, [], {}
        self.needed = False             # expressions use what it includes

    def helper(self, name):
        self.helpers[name] = HELPERS[name]

    def unique(self, hint):
        name = base = f"{re.sub(r'[^a-z0-9]+', '_', hint.lower()).strip('_') or 'column'}_text"
        number = 2
        while name in self.functions:
            name, number = f"{base}_{number}", number + 1
        return name

    def text(self, writer, hint, value, spec=PLAIN):
        """The call of a function that makes a text."""
        for node in walk(value):
            if node.op in ("unknown", "absent", "state", "joined"):
                writer.write(node)
        function = TextFunction(self, writer, self.unique(hint))
        written = function.write(value, spec)
        for name, known in self.functions.items():
            if known == written.replace(function.name + "(", name + "(", 1):
                return f"{name}({', '.join(function.arguments)})"
        self.functions[function.name] = written
        return f"{function.name}({', '.join(function.arguments)})"

    def day(self, form, shorter=0):
        """The call of a function that gives the time of day in another form."""
        milliseconds = form.endswith(".%f")
        name = "time_text"
        lines = [f"static const char *{name}(void)", "{", "\tstatic char text[64];",
                 "\tstruct timespec now;", "\tstruct tm tm;", "",
                 "\tclock_gettime(CLOCK_REALTIME, &now);", "\tlocaltime_r(&now.tv_sec, &tm);",
                 f"\tstrftime(text, sizeof(text), {literal(form.removesuffix('.%f'))}, &tm);"]
        if milliseconds:
            lines.append("\tsnprintf(text + strlen(text), sizeof(text) - strlen(text), "
                         f"\".%0{6 - shorter}ld\",")
            lines.append(f"\t\t now.tv_nsec / {10 ** (3 + shorter)});")
        written = "\n".join([*lines, "\treturn text;", "}"])
        number = 2
        while self.helpers.get(name, written) != written:
            written = written.replace(f"{name}(void)", f"time_text_{number}(void)")
            name, number = f"time_text_{number}", number + 1
        self.helpers[name] = written
        return f"{name}()"

    def stub(self, hint, what, line, record):
        """The call of a function that somebody has to write: it fails the build until then."""
        base = name = self.unique(hint).removesuffix("_text") + "_to_write"
        number = 2
        while any(f" *{name}(" in stub for stub in self.stubs):
            name, number = f"{base}_{number}", number + 1
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
        if not bodies and not self.needed:
            return ""
        headers = ["arpa/inet.h", "stdarg.h", "stdbool.h", "stdio.h", "string.h", "time.h"]
        includes = "\n".join(f"#include <{header}>" for header in headers)
        return "\n\n".join([includes, *bodies]) + "\n"
