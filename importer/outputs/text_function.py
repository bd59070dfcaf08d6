# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""One function of C that returns a text: what a script's Python puts together of a record's values.

Its parameters are the places of the record that it reads, so it needs no type of the program. Names
and flags within a longer text are functions of their own.
"""

import re

from . import captions, widths
from .c_text import PLACE, UNARY, WHOLE, Beyond, Writer, literal
from .expr import PLAIN, Cell, Expr, Spec, atoms, is_known, negate, text, text_of, walk
from .rows import decided

NOT_NAMES = {"e", "opt", "text", "buffer", "names", "i", "int", "char", "long", "short", "double",
             "register", "switch", "case", "default", "return", "static", "struct", "if", "else",
             "for", "while", "signed", "unsigned", "float", "union", "enum", "void", "inline",
             "const"}
CONVERSIONS = {"d": "d", "x": "x", "X": "X", "o": "o", "s": "d", "v": "d", "u": "d", "i": "d"}
PLACES = ("member", "index", "key", "value", "lookup_map", "total", "part")
NAMES = ("enum", "flags", "joined")
BEYOND = ("syscall", "device", "frame")
SYMBOLS = ("ksym", "usym")
ONCE = (*NAMES, *SYMBOLS, "digits")       # whose text the next call overwrites
MAX_LINE = 100
QUOTED = r'"(?:\\.|[^"\\])*"'
# What stays together in a line: up to a comma or an operator that may end one.
PIECES = re.compile(rf'(?:{QUOTED}|(?! \|\| | && | : )[^",])+(?:,\s*| \|\| | && | : )?')


def percent_safe(value):
    return value.replace("%", "%%")


def size_of(spec):
    """Flags, width and precision of a directive."""
    size = spec.flags + ("-" if spec.left and spec.width else "") + \
        (str(spec.width) if spec.width else "")
    return size + (f".{spec.precision}" if spec.precision >= 0 else "")


def columns(line):
    return len(line.expandtabs(8))


def wrapped(line):
    """A line of C as lines of at most 100 columns, cut behind commas of its first brackets."""
    if columns(line) <= MAX_LINE or "(" not in line:
        return [line]
    start = line.index("(") + 1
    blank = " " * (columns(line[:start]) % 8)
    indent = "\t" * (columns(line[:start]) // 8) + blank
    found, now = [], line[:start]
    for piece in PIECES.findall(line[start:]):
        if now.strip() and columns(now + piece.rstrip()) > MAX_LINE:
            found.append(now.rstrip())
            now = indent
        now += piece
    return [*found, now]


def settled(value, guard=()):
    """A value without choices that choices around them have made."""
    if isinstance(value, Cell):
        return Cell(settled(value.value, guard), value.spec)
    if not isinstance(value, Expr):
        return "None" if value is None else value
    if value.op == "text":
        return text([settled(part, guard) for part in value.args])
    if value.op != "cond":
        return value
    test = decided(value.args[0], guard)
    if is_known(test):
        return settled(value.args[2 - bool(test)], guard)
    return Expr("cond", (test, settled(value.args[1], (*guard, *(atoms(test) or ()))),
                         settled(value.args[2], (*guard, negate(test)))), value.line)


class Inside(Writer):
    """Writes C within a function: what it reads of a record are its parameters."""

    def __init__(self, function, outer):
        super().__init__(outer.machine)
        self.function, self.outer, self.joined = function, outer, outer.joined

    def write(self, value):
        if isinstance(value, Expr):
            if self.outer.elapsed(value):
                return self.function.parameter("double ", self.outer.real(value), "seconds"), WHOLE
            if value.op in PLACES:
                return self.function.place(value), WHOLE
        return super().write(value)

    def bounded(self, value):
        """A text that is a parameter."""
        written = self.expression(value)
        size = self.function.size_of_place(value) if value.op == "member" else f"strlen({written})"
        return f"{written}, {size}"

    def ctype(self, value):
        """Parameters that are numbers have 64 bits."""
        found = super().ctype(value)
        if isinstance(value, Expr) and value.op in PLACES and not self.is_text(value):
            return (not found or found[0] or found[1] < 64, 64)
        return found


class TextFunction:
    """The function that is being written. `writer` writes what it is called with."""

    def __init__(self, code, writer, name):
        self.code, self.outer, self.name = code, writer, name
        self.inner = Inside(self, writer)
        self.parameters, self.arguments = [], []
        self.addresses = self.single = False
        self.tables = []                # declarations of what the function looks up

    # Parameters.

    def parameter(self, kind, argument, hint):
        """The name under which the function knows an argument."""
        for (known_kind, name), known in zip(self.parameters, self.arguments):
            if (known_kind, known) == (kind, argument):
                return name
        base = name = re.sub(r"\W", "_", hint).lower() or "number"
        number = 2
        while name in {one for _, one in self.parameters} or name in NOT_NAMES:
            name, number = f"{base}_{number}", number + 1
        self.parameters.append((kind, name))
        self.arguments.append(argument)
        return name

    def hint(self, value):
        """What a place is called."""
        if value.op == "member":
            return value.args[1]
        if value.op == "part":
            return value.args[0]
        if value.op == "total" and "largest" in value.args:
            return value.args[3]
        if value.op == "index":
            return self.hint(value.args[0]) if isinstance(value.args[0], Expr) else "number"
        return self.outer.joined.get(value, value.op) if value.op == "lookup_map" else value.op

    def place(self, value):
        """The parameter that has a place of the record."""
        if self.outer.is_text(value):
            kind = "const char *"
        elif self.outer.is_real(value):
            kind = "double "
        else:
            signed, bits = widths.of(self.outer.machine, value) or (True, 64)
            kind = "long long " if signed or bits < 64 else "unsigned long long "
        argument = self.outer.expression(value).removeprefix("(long long)") \
            if value.op == "total" else self.outer.expression(value)
        return self.parameter(kind, argument, self.hint(value))

    def is_open(self, value):
        """Whether a text may have no NUL at its end."""
        return isinstance(value, Expr) and value.op == "member" and \
            self.outer.machine.shapes.is_open(value.args[1])

    def size_of_place(self, value):
        """The parameter that says how many bytes such a text has at most."""
        return self.parameter("int ", f"sizeof({self.outer.expression(value)})",
                              f"{self.hint(value)}_size")

    def address(self, value):
        """The parameter that has the address of a place."""
        if not isinstance(value, Expr) or value.op not in PLACES:
            raise Beyond("an address that is computed", getattr(value, "line", 0))
        return self.parameter("const void *", "&" + self.outer.inside(value, PLACE),
                              self.hint(value))

    # Parts of a text.

    def leaf(self, value, spec):
        """(end of a directive, argument) of one value."""
        writer = self.inner
        if value.op in ("ip4", "ip6"):
            self.addresses = True
            return "s", self.address_text(value, "buffer")
        if writer.is_choice(value):
            return "s", writer.word_of(value)
        if writer.is_list(value) and spec.kind in "sv":
            return "s", self.code.listed(writer.c_name(value))
        if value.op == "time_of_day":
            return "s", self.code.time(*value.args)
        if value.op == "between":
            return "s", f'text[0] ? {literal(value.args[0])} : ""'
        if value.op == "file":
            return "s", self.file(value.args[0])
        if value.op in NAMES:
            return "s", self.nested(value)
        if value.op in ("cut", "cut_end") and is_known(value.args[1]):
            place = writer.expression(value.args[0])
            length = f"strnlen({place}, {self.size_of_place(value.args[0])})" if \
                self.is_open(value.args[0]) else f"strlen({place})"
            size = value.args[1] if value.op == "cut" else f"(int){length} - {value.args[1]}"
            return ".*s", f"{size}, {place}"
        if value.op == "repeat" and not value.args[0].strip(" "):
            self.code.helper("times")
            count = f"times({writer.integer(value.args[1])})"
            return "*s", f'{count} * {len(value.args[0])}, ""'
        if value.op == "chr":
            return "c", f"(int){writer.inside(value.args[0], UNARY)}"
        if value.op == "hex":
            return "#llx", self.number(value.args[0])[1]
        if value.op in SYMBOLS:
            return "s", self.symbol(value)
        if value.op in BEYOND:
            raise Beyond("a name within a longer text", value.line)
        if spec.kind in "feEgG":
            return spec.kind, writer.real(value)
        if writer.is_text(value) and spec.kind in "sv":
            place = writer.expression(value)
            return ("s", place) if not self.is_open(value) or spec.precision >= 0 else \
                (".*s", f"{self.size_of_place(value)}, {place}")
        if value.op == "digits" and spec.kind in "sv" and writer.is_real(value):
            self.code.helper("shortest")
            return "s", f"shortest({writer.real(value.args[0])}, {value.args[1]})"
        if writer.is_real(value) and spec.kind in "sv":
            raise Beyond("a fraction with as many digits as it has", value.line)
        if spec.kind == "c":
            return "c", f"(int){writer.inside(value, UNARY)}"
        if spec.kind not in CONVERSIONS:
            raise Beyond(f"the format '%{spec.kind}'", value.line)
        unsigned, argument = self.number(value)
        end = CONVERSIONS[spec.kind]
        return "ll" + ("u" if unsigned and end == "d" else end), argument

    def symbol(self, value):
        """The call that names the function at an address."""
        parts = []
        for name, shown in value.args[-1]:
            if not is_known(shown):
                raise Beyond("a name that an option makes longer", value.line)
            parts += [f"B2C_SYMBOL_{name.upper()}"] if shown else []
        *numbers, _ = value.args
        arguments = [*map(self.inner.integer, reversed(numbers)), " | ".join(parts) or "0"]
        function = "kernel_symbol_at" if value.op == "ksym" else "user_symbol_at"
        return f"{function}({', '.join(arguments)})"

    def number(self, value):
        """(whether it has no sign, C of 64 bits) of a number."""
        written = self.inner.integer(value)
        signed, bits = self.inner.ctype(value) or (True, 0)
        if bits < 64:
            inner = written if self.inner.guess(written) == WHOLE else f"({written})"
            return False, f"(long long){inner}"
        return not signed, written

    def address_text(self, value, buffer):
        family = "AF_INET" if value.op == "ip4" else "AF_INET6"
        return f"inet_ntop({family}, {self.address(value.args[0])}, {buffer}, sizeof({buffer}))"

    def file(self, path):
        """The call that reads a file whose path may have values in it."""
        self.code.helper("file_text")
        form, arguments = self.piece(path if isinstance(path, str) else Cell(path))
        return f"file_text({', '.join([literal(form), *arguments])})"

    def nested(self, value):
        """The call of a function of its own for names."""
        known = value.args[0] if value.op != "joined" else next(
            (node for node in walk(value) if node.op in PLACES), None)
        hint = self.hint(known) if isinstance(known, Expr) and known.op in PLACES else self.name
        return self.code.text(self.inner, hint.removesuffix("_text"), value,
                              suffix="name" if value.op == "enum" else "names")

    def piece(self, cell):
        """(format, arguments) of a part of a text."""
        if not isinstance(cell, Cell):
            return percent_safe(cell), []
        size = size_of(cell.spec)
        if is_known(cell.value):
            value = text_of(cell.value)
            if not size and isinstance(value, str):
                return percent_safe(value), []
            return "%" + size + "s", [literal(str(value))]
        if cell.value.op == "text":
            if cell.spec != PLAIN:
                raise Beyond("a text of several parts in a column", cell.value.line)
            return self.pieces(cell.value.args)
        if cell.value.op == "cond":
            return self.choice(cell, size)
        end, argument = self.leaf(cell.value, cell.spec)
        return f"%{size}{end}", [argument]

    def pieces(self, parts):
        """(format, arguments) of parts in a row."""
        pieces = [self.piece(part) for part in parts]
        return "".join(one for one, _ in pieces), [arg for _, args in pieces for arg in args]

    def choice(self, cell, size):
        """A value that depends on a condition, within a text."""
        test, yes, no = cell.value.args
        (end, one), (_, other) = (self.side(side, cell.spec) for side in (yes, no))
        return f"%{size}{end}", [f"{self.inner.inside(self.inner.as_test(test), 4)} ? {one} : "
                                 f"{other}"]

    def side(self, value, spec):
        if not is_known(value):
            return self.leaf(value, spec)
        if isinstance(value, (str, bytes)):
            return "s", literal(text_of(value))
        return "lld", f"{value}LL"

    # Statements.

    def is_simple(self, part):
        """Whether a part of a text needs no statement of its own."""
        if not isinstance(part, Cell) or is_known(part.value):
            return True
        value = part.value
        if value.op == "text":
            return part.spec == PLAIN and all(map(self.is_simple, value.args))
        if value.op == "enum":
            return self.single or isinstance(value.args[2], str)
        if value.op != "cond":
            return self.single or value.op not in ONCE
        return self.alike(value.args[1:], part.spec)

    def alike(self, sides, spec):
        """Whether one directive shows both sides of a condition."""
        kinds = set()
        for side in sides:
            if is_known(side):
                kinds.add("text" if isinstance(side, (str, bytes)) else "number")
            elif side.op in ("text", "cond", "ip4", "ip6", "cut", "cut_end", "repeat", "chr", "hex",
                             *ONCE) or spec.kind not in "sdv" or self.is_open(side):
                return False
            else:
                kinds.add("text" if self.inner.is_text(side) else "number")
        return len(kinds) == 1 and (kinds == {"text"} or not any(
            not is_known(side) and (self.inner.ctype(side) or (True, 64)) != (True, 64)
            for side in sides))

    def condition(self, test):
        return self.inner.condition(test)

    def ending(self, value, spec, indent):
        """Lines that return the text of a value."""
        if is_known(value) and not spec.width:
            return [f"{indent}return {literal(str(text_of(value)))};"]
        if is_known(value):
            return self.set_text([Cell(value, spec)], indent)
        if value.op == "cond":
            return self.ways(value, spec, indent)
        if value.op == "enum":
            return self.names(value, spec, indent)
        if value.op in ("flags", "joined") and spec == PLAIN:
            return self.words(value, indent)
        if value.op in ("ip4", "ip6") and not spec.width:
            return [f"{indent}return {self.address_text(value, 'text')};"]
        if value.op == "text" and spec == PLAIN:
            if all(map(self.is_simple, value.args)):
                return self.set_text(value.args, indent)
            return [f"{indent}text[0] = '\\0';", *self.adding(value, spec, indent),
                    f"{indent}return text;"]
        if spec in (PLAIN, Spec(kind="v")) and not self.is_open(value) and (
                value.op in ("file", *SYMBOLS) or value.op in PLACES and self.inner.is_text(value)):
            return [f"{indent}return {self.leaf(value, spec)[1]};"]
        return self.set_text([Cell(value, spec)], indent)

    def set_text(self, parts, indent):
        self.code.helper("set_text")
        form, arguments = self.pieces(parts)
        return [f"{indent}return set_text({', '.join(['text', literal(form), *arguments])});"]

    def ways(self, value, spec, indent):
        """Tests one behind another, of which the first that holds returns."""
        lines = []
        while isinstance(value, Expr) and value.op == "cond":
            test, yes, value = value.args
            body = self.ending(yes, spec, indent + "\t")
            brace = " {" if len(body) > 1 else ""
            lines += [f"{indent}if ({self.condition(test)}){brace}", *body]
            lines += [f"{indent}}}"] if brace else []
        return [*lines, *self.ending(value, spec, indent)]

    def names(self, value, spec, indent):
        """A name for each number."""
        key, pairs, default = value.args
        pad = str.ljust if spec.left else str.rjust
        lines = [f"{indent}switch ({self.inner.integer(key)}) {{"]
        for name, word in sorted(pairs):
            lines += [f"{indent}case {name}:",
                      f"{indent}\treturn {literal(pad(word, spec.width))};"]
        other = self.ending(key, Spec(spec.width, spec.left, kind="d"), indent + "\t") \
            if default is None or default == key else self.ending(default, spec, indent + "\t")
        return [*lines, f"{indent}default:", *other, f"{indent}}}"]

    def words(self, value, indent):
        """Words that are there under conditions, joined."""
        lines = [f"{indent}text[0] = '\\0';"]
        self.code.helper("add_text")
        if value.op == "flags":
            bits, pairs = self.inner.inside(value.args[0], 9), value.args[1]
            lines += [f"{indent}for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)",
                      f"{indent}\tif ({bits} & names[i].bit)",
                      f'{indent}\t\tadd_text(text, "%s%s", text[0] ? "|" : "", names[i].name);']
            table = ["\tstatic const struct {", "\t\tlong long bit;", "\t\tconst char *name;",
                     "\t} names[] = {",
                     *(f"\t\t{{{bit:#x}, {literal(word)}}}," for bit, word in pairs), "\t};"]
            self.tables += table
            return [*lines, f"{indent}return text;"]
        separator, items = value.args
        for item in items:
            test, word = item.args if isinstance(item, Expr) and item.op == "maybe" else \
                (True, item)
            between = Cell(Expr("between", (separator,)))
            deeper = indent if test is True else indent + "\t"
            inner = self.adding(Expr("text", (between, self.as_cell(word))), PLAIN, deeper)
            brace = " {" if len(inner) > 1 else ""
            head = [] if test is True else [f"{indent}if ({self.condition(test)}){brace}"]
            lines += [*head, *inner, *([f"{indent}}}"] if head and brace else [])]
        return [*lines, f"{indent}return text;"]

    @staticmethod
    def as_cell(value):
        return value if isinstance(value, (str, Cell)) else Cell(text_of(value))

    def adding(self, value, spec, indent):
        """Lines that put the text of a value behind what is there."""
        if isinstance(value, Expr) and value.op == "cond":
            return self.adding_ways(value, spec, indent)
        parts = value.args if isinstance(value, Expr) and value.op == "text" and spec == PLAIN \
            else [Cell(value, spec)]
        lines, now = [], []
        for part in [*parts, None]:
            if part is not None and self.is_simple(part):
                now.append(part)
                continue
            lines += self.add_text(now, indent) if now else []
            now = []
            if part is None:
                break
            value = captions.flat(part.value) if isinstance(part, Cell) else part
            if isinstance(value, Expr) and value.op == "text" and part.spec != PLAIN:
                lines.append(self.add_part(value, part.spec, indent))
                continue
            if isinstance(value, Expr) and value.op in ("cond", "text"):
                lines += self.adding(value, part.spec, indent)
            else:
                lines += self.add_text([part], indent)
        return lines

    def add_text(self, parts, indent):
        self.code.helper("add_text")
        form, arguments = self.pieces(parts)
        return [f"{indent}add_text({', '.join(['text', literal(form), *arguments])});"]

    def add_part(self, value, spec, indent):
        """The line that adds a text with values in a column of its own, which a function makes."""
        if any(node.op in PLACES and self.inner.is_text(node) for node in walk(value)):
            raise Beyond("a text with texts in a column of its own", value.line)
        self.code.helper("add_text")
        form = f"%{'-' if spec.left else ''}{spec.width or ''}s"
        return f'{indent}add_text(text, "{form}", {self.code.text(self.inner, "part", value)});'

    def adding_ways(self, value, spec, indent):
        """A chain of if and else."""
        found = []
        while isinstance(value, Expr) and value.op == "cond":
            test, yes, value = value.args
            found.append((f"if ({self.condition(test)})", self.adding(yes, spec, indent + "\t")))
        if value != "":
            found.append(("", self.adding(value, spec, indent + "\t")))
        braces = any(len(body) != 1 for _, body in found)
        lines = []
        for number, (head, body) in enumerate(found):
            word = " ".join(filter(None, ["else" if number else "", head]))
            if number and braces:
                lines.append(f"{indent}}} {word} {{")
            else:
                lines.append(indent + word + (" {" if braces else ""))
            lines += body
        return [*lines, *([indent + "}"] if braces else [])]

    def without_names(self, written):
        """A text of C with numbers for the parameters, to find functions that do the same."""
        numbers = {name: f"${i}" for i, (_, name) in enumerate(self.parameters)}
        return re.sub(rf"{QUOTED}|\w+", lambda word: numbers.get(word[0], word[0]), written)

    def write_number(self, value):
        """The function's C, of one whose result is a whole number."""
        body = []
        while isinstance(value, Expr) and value.op == "cond":
            test, yes, value = value.args
            body += [f"\tif ({self.condition(test)})", f"\t\treturn {self.inner.integer(yes)};"]
        body.append(f"\treturn {self.inner.integer(value)};")
        words = ", ".join(f"{kind}{name}" for kind, name in self.parameters) or "void"
        lines = [one for line in body for one in wrapped(line)]
        return "\n".join([*wrapped(f"static long long {self.name}({words})"), "{", *lines, "}"])

    def write(self, value, spec):
        """The function's C."""
        value = settled(value)
        self.single = sum(node.op in ONCE for node in walk(value)) < 2
        body = [one for line in self.ending(value, spec, "\t") for one in wrapped(line)]
        head = list(self.tables)
        if any(re.search(r"\btext\b", re.sub(QUOTED, "", line)) for line in body):
            head.append("\tstatic char text[TEXT_SIZE];")
        if self.addresses:
            head.append("\tchar buffer[INET6_ADDRSTRLEN];")
        words = ", ".join(f"{kind}{name}" for kind, name in self.parameters) or "void"
        self.body = self.without_names("\n".join([words, *head, *body]))
        return "\n".join([*wrapped(f"static const char *{self.name}({words})"), "{", *head,
                          *([""] if head else []), *body, "}"])
