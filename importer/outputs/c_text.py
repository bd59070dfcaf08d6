# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Expressions of C for what a script computes, with Python's meaning where C's differs."""

import re

import ctext

from . import folders, trace_lines, widths
from .expr import (BOOLEAN, PLACE, TEXTUAL, UNARY, WHOLE, Expr, both, either, has, is_known, negate, text_of, walk)

# How tightly operators bind, as in C.
BINDING = {"*": 13, "/": 13, "//": 13, "%": 13, "+": 12, "-": 12, "<<": 11, ">>": 11, "<": 10,
           "<=": 10, ">": 10, ">=": 10, "==": 9, "!=": 9, "&": 8, "^": 7, "|": 6, "and": 5,
           "or": 4, "cond": 3}
SIGNS = {"and": "&&", "or": "||", "//": "/"}
# What a number of units a second has to be multiplied with to be nanoseconds.
NANOSECONDS = {1000000000: 1, 1000000: 1000}
ARGUMENTS = ("interval", "count")
LONG = 86400            # nobody waits so long for a round
TEXT_OPTIONS = {"string", "comm", "path"}


class Beyond(Exception):
    """C can't say it, or the importer can't; `what` and the script's line."""

    def __init__(self, what, line=0):
        super().__init__(what)
        self.what, self.line = what, line


def literal(value):
    """A text as a literal of C."""
    value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    value = value.replace("\t", "\\t")
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\{ord(m[0]):03o}", value) + '"'


def number(value):
    """A number as C has it."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        short = f"{value:.0e}"
        return short.replace("e+0", "e").replace("e+", "e") if abs(value) >= 1e6 and \
            float(short) == value else repr(value)
    if not -1 << 63 <= value < 1 << 63:
        return hex(value & (1 << 64) - 1) + "UL"
    if value > 0xffff and value & (value + 1) == 0:
        return hex(value) + ("U" if value <= 0xffffffff else "UL")
    return str(value)


def mask(value):
    """A constant of bits."""
    if value < -1:
        written = f"~{mask(~value)}"
        return written if written.endswith("L") or ~value < 1 << 31 else f"{written}LL"
    return hex(value) if 9 < value < 1 << 31 and value & (value + 1) or value in (127, 255) else \
        number(value)


class Writer(trace_lines.Words):
    """Writes C for one output: `machine` knows types, `options` how options are called."""

    def __init__(self, machine):
        self.machine, self.options = machine, machine.options
        self.joined = {}                # names of the elements of maps that a row reads

    # Kinds of values.

    def is_text(self, value):
        if is_known(value):
            return isinstance(value, (str, bytes))
        if value.op == "opt":
            known = self.options.get(value.args[0], {})
            return self.is_list(value) or known.get("type") in TEXT_OPTIONS and \
                not self.is_argument(value)
        if value.op in ("member", "index", "value", "key"):
            return self.machine.shapes.is_text(self.machine.type_of(value))
        if value.op == "cond":
            return any(self.is_text(arg) for arg in value.args[1:])
        return value.op in TEXTUAL or value.op in ("cut", "cut_end")

    def is_list(self, value):
        """Whether an option has several values."""
        return value.op == "opt" and bool(self.options.get(value.args[0], {}).get("list"))

    def is_argument(self, value):
        """Whether an option is the tool's interval or count."""
        known = self.options.get(value.args[0], {})
        return known.get("name") in ARGUMENTS and known.get("type") != "flag"

    def has_default(self, value):
        """Whether a round has an end where the command line says none."""
        default = str(self.options.get(value.args[0], {}).get("default"))
        return default.isdigit() and 0 < int(default) < LONG

    def is_real(self, value):
        if is_known(value):
            return isinstance(value, float)
        if value.op in ("/", "float"):
            return True
        if value.op == "digits":
            return self.is_real(value.args[0])
        if value.op == "opt":
            return self.is_argument(value) and not self.has_default(value) and \
                self.options[value.args[0]]["name"] == "interval"
        if value.op in ("+", "-", "*", "neg", "cond", "**"):
            return any(self.is_real(arg) for arg in value.args[value.op == "cond":])
        if value.op == "total":
            return self.is_real(value.args[1])
        return value.op in ("since", "thousandths", "first_seconds", "real_of")

    # Writing.

    def condition(self, value):
        """A condition, as C has it."""
        return self.write(self.as_test(value))[0]

    def as_test(self, value):
        """Text that must not be empty is asked for its first character."""
        if is_known(value):
            return value
        if value.op in ("and", "or"):
            return (both if value.op == "and" else either)(*map(self.as_test, value.args))
        if value.op == "not":
            return negate(self.as_test(value.args[0]))
        if value.op == "len":
            return self.as_test(value.args[0])
        if value.op == "opt" and self.is_argument(value):
            known = self.options[value.args[0]]
            return Expr("round_seconds") if known["name"] == "interval" and \
                not known.get("default") else True
        if self.is_text(value):
            return Expr("filled", (value,), value.line)
        return value

    def expression(self, value):
        return self.write(value)[0]

    def integer(self, value):
        """An expression that `%d` shows: what Python cuts off, C's division does."""
        if is_known(value):
            return number(int(value))
        if self.elapsed(value):
            return f"(long long)({self.elapsed(value)[0]})"
        if value.op == "int":
            return self.integer(value.args[0])
        if value.op == "float":
            return self.integer(value.args[0])
        if value.op in ("/", "//") and value.args[1] == 1:
            return self.integer(value.args[0])
        if value.op == "/" and not any(map(self.is_real, value.args)):
            return self.binary("//", value.args)[0]
        if value.op == "/" and isinstance(value.args[0], Expr) and \
                value.args[0].op == "float" and not self.is_real(value.args[1]):
            return self.binary("//", (value.args[0].args[0], value.args[1]))[0]
        if value.op == "cond":
            test, yes, no = value.args
            return f"{self.condition(test)} ? {self.integer(yes)} : {self.integer(no)}"
        if self.is_real(value):
            return f"(long long){self.inside(value, UNARY)}"
        return self.expression(value)

    def real(self, value):
        """An expression with a fraction."""
        if is_known(value):
            return number(float(value))
        if self.is_real(value) or self.elapsed(value):
            return self.expression(value)
        return f"(double){self.inside(value, UNARY)}"

    def inside(self, value, binding):
        """An operand, in brackets where it binds less tightly."""
        written, own = self.write(value)
        return written if own >= binding else f"({written})"

    def write(self, value):
        """(C, how tightly it binds)."""
        if is_known(value):
            value = text_of(value)
            if isinstance(value, str):
                return literal(value), WHOLE
            if isinstance(value, (int, float)):
                return number(value), WHOLE if value >= 0 else UNARY
            if value is None:
                return "0", WHOLE
            raise Beyond(f"a value of type {type(value).__name__}")
        special = self.elapsed(value)
        if special:
            return special
        if value.op in ("//", "%") and not any(map(self.is_real, value.args)):
            return self.floored(value)
        if value.op in BINDING and value.op != "cond":
            return self.comparison(value) or self.binary(value.op, value.args)
        method = getattr(self, f"op_{value.op}", None)
        if method is None:
            if value.op == "unknown":
                raise Beyond(value.args[0], value.line)
            raise Beyond(f"'{value.op}' in an expression", value.line)
        return method(value)

    def binary(self, op, args):
        left, right = args
        binding = BINDING[op]
        if op == "/":
            return self.quotient(left, right)
        if op == "-" and all(has(arg, "lookup_map") and not self.is_real(arg) for arg in args):
            return (f"(long long)({self.inside(left, binding)} - "
                    f"{self.inside(right, binding + 1)})", UNARY)
        if op in ("&", "|", "^", "==", "!=", "and", "or"):
            binding_in = max(binding, 9 if op in ("&", "|", "^") else binding)
            sides = [self.inside(one, binding_in + (op in ("&", "|", "^"))) for one in args]
        else:
            sides = [self.inside(left, binding), self.inside(right, binding + 1)]
        if op in ("&", "|", "^"):
            sides = [mask(one) if isinstance(one, int) else side for one, side in zip(args, sides)]
        if op == "or":
            sides = [f"({side})" if " && " in side and not side.startswith("(") else side
                     for side in sides]
        if widths.overflows(op, self.ctype(left), self.ctype(right), right):
            sides[0] = f"(long long){self.inside(left, UNARY)}"
        written = f" {SIGNS.get(op, op)} ".join(sides)
        if op == "-" and False in {kind[0] for kind in map(self.ctype, args) if kind} and \
                widths.common(*map(self.ctype, args)) == (False, 64):
            return f"(long long)({written})", UNARY
        return written, binding

    def floored(self, value):
        """`//` and `%`: C rounds towards zero, which is the same where nothing is negative."""
        left, right = value.args
        known = self.ctype(left)
        if known is None or not known[0] or self.is_positive(left):
            return self.binary(value.op, value.args)
        name = "floor_div" if value.op == "//" else "floor_mod"
        return f"{name}({self.expression(left)}, {self.expression(right)})", WHOLE

    @staticmethod
    def is_positive(value):
        """Whether a number is a constant, or masked by one, that has no sign."""
        if is_known(value):
            return value >= 0
        return value.op == "&" and any(is_known(arg) and arg >= 0 for arg in value.args)

    def ctype(self, value):
        """(signed, bits) that C gives the expression of a number; None where that is not known."""
        if is_known(value):
            return widths.of_constant(value) if isinstance(value, int) else None
        if value.op in ("int", "float", "packed") and not self.is_real(value.args[0]):
            return self.ctype(value.args[0])
        if value.op == "total":
            return True, 64
        if value.op in BOOLEAN:
            return True, 32
        if value.op == "cond":
            return widths.common(*map(self.ctype, value.args[1:]))
        if value.op == "&":
            masks = [arg for arg in value.args if is_known(arg) and isinstance(arg, int)
                     and arg >= 0]
            return widths.of_constant(masks[0]) if masks and masks[0] < 1 << 31 else \
                widths.common(*map(self.ctype, value.args))
        if value.op in (">>", "<<", "neg", "inv"):
            return widths.common(self.ctype(value.args[0]), (True, 32))
        if value.op in ("+", "-", "*", "|", "^", "//", "%") and not self.is_real(value):
            kinds = [self.ctype(arg) for arg in value.args]
            found = widths.common(*kinds)
            wide = widths.overflows(value.op, *kinds, value.args[1]) or value.op == "-" and found
            return (True, 64) if wide else found
        return widths.of(self.machine, value)

    def quotient(self, left, right):
        """Python's `/` has a fraction."""
        left = left.args[0] if isinstance(left, Expr) and left.op == "float" and \
            is_known(right) else left
        if is_known(right) and isinstance(right, (int, float)):
            return f"{self.inside(left, 13)} / {number(float(right))}", 13
        top = self.inside(left, 13) if self.is_real(left) or self.is_real(right) else \
            f"(double){self.inside(left, UNARY)}"
        return f"{top} / {self.inside(right, UNARY)}", 13

    def comparison(self, value):
        """Comparisons of text, and with None; None for others."""
        if value.op not in BOOLEAN or value.op in ("and", "or", "not"):
            return None
        left, right = value.args
        if isinstance(left, Expr) and left.op == "find" and value.op in ("==", "!=", ">=", "<"):
            return self.found(value)
        if right is None or left is None:
            one = left if right is None else right
            return self.write(Expr("filled" if self.is_text(one) else "given", (one,))) \
                if value.op == "!=" else \
                (f"!{self.inside(Expr('filled', (one,)), UNARY)}" if self.is_text(one)
                 else f"!{self.inside(one, UNARY)}", UNARY)
        if self.is_choice(left) and value.op in ("==", "!="):
            return self.chosen(value)
        if not (self.is_text(left) or self.is_text(right)):
            return self.sign_compared(value)
        if text_of(right) == "" and isinstance(right, (str, bytes)):
            test = self.inside(Expr("filled", (left,)), UNARY)
            return (f"!{test}", UNARY) if value.op == "==" else (test, PLACE)
        if value.op not in ("==", "!="):
            raise Beyond("an order of text", value.line)
        sides = ", ".join(self.expression(side) for side in value.args)
        return (f"!strcmp({sides})", UNARY) if value.op == "==" else (f"strcmp({sides})", WHOLE)

    def is_choice(self, value):
        return isinstance(value, Expr) and value.op == "opt" and \
            bool(self.options.get(value.args[0], {}).get("choices"))

    def word_of(self, value):
        """The word that an option of choices has, as text."""
        words = self.options[value.args[0]]["choices"]
        return self.write(Expr("choose", (value, tuple(zip(words, words))[:-1], words[-1])))[0]

    def chosen(self, value):
        """Whether an option of choices is one of them."""
        option, word = self.options[value.args[0].args[0]], text_of(value.args[1])
        if word not in option["choices"]:
            return str(int(value.op == "!=")), WHOLE
        constant = ctext.choice_constant(option["name"].replace("-", "_"), word,
                                         option["choices"])
        return f"{self.expression(value.args[0])} {value.op} {constant}", BINDING[value.op]

    def sign_compared(self, value):
        """A comparison of a number without sign with a negative one, which C would take for a large
        one; None for others."""
        left, right = value.args
        known = self.ctype(left)
        if not is_known(right) or not isinstance(right, int) or right >= 0 or not known or known[0]:
            return None
        if known[1] < 64:
            return f"(long long){self.inside(left, UNARY)} {value.op} {number(right)}", \
                BINDING[value.op]
        return str(int(value.op in ("!=", ">", ">="))), WHOLE

    def found(self, value):
        """`text.find(word) == 0` and its kin."""
        where, word = value.args[0].args
        if not (isinstance(value.args[1], int) and value.args[1] in (0, -1)):
            raise Beyond("a place in a text", value.line)
        if value.op == "==" and value.args[1] == 0:
            return self.write(Expr("starts", (where, word), value.line))
        test = self.write(Expr("in", (word, where), value.line))
        positive = (value.op, value.args[1]) in (("!=", -1), (">=", 0))
        return test if positive else (f"!{test[0]}", UNARY)

    def op_filled(self, value):
        place = value.args[0]
        if isinstance(place, Expr) and self.is_list(place):
            return f"opt.nr_{self.c_name(place)}", PLACE
        if isinstance(place, Expr) and place.op in ("member", "opt", "key", "value", "index"):
            return f"{self.inside(place, PLACE)}[0]", PLACE
        return f"*{self.inside(place, UNARY)}", UNARY

    def op_given(self, value):
        return self.write(value.args[0])

    def op_cond(self, value):
        test, yes, no = value.args
        return (f"{self.inside(self.as_test(test), 4)} ? {self.inside(yes, 4)} : "
                f"{self.inside(no, 3)}", 3)

    def op_not(self, value):
        inner = self.as_test(value.args[0])
        if isinstance(inner, Expr) and inner.op in ("and", "or"):
            return self.write((either if inner.op == "and" else both)(*map(negate, inner.args)))
        return f"!{self.inside(self.as_test(value.args[0]), UNARY)}", UNARY

    def op_neg(self, value):
        return f"-{self.inside(value.args[0], UNARY)}", UNARY

    def op_inv(self, value):
        return f"~{self.inside(value.args[0], UNARY)}", UNARY

    def op_int(self, value):
        written = self.integer(value.args[0])
        return written, self.guess(written)

    def op_round(self, value):
        return f"rounded({self.real(value.args[0])})", WHOLE

    def op_float(self, value):
        if self.is_real(value.args[0]):
            return self.write(value.args[0])
        return f"(double){self.inside(value.args[0], UNARY)}", UNARY

    @staticmethod
    def guess(written):
        return WHOLE if re.fullmatch(r"[\w.>\-\[\]()]*", written.replace("->", ".")) else \
            3 if " ? " in written else 4

    def op_opt(self, value):
        known = self.options.get(value.args[0], {})
        is_argument = self.is_argument(value)
        if is_argument and known["name"] == "interval":
            return "seconds_of_round()" if self.has_default(value) else "seconds_counted()", WHOLE
        if is_argument:
            raise Beyond("the argument 'count'", value.line)
        if self.is_list(value):
            raise Beyond("an option with several values", value.line)
        return f"opt.{self.c_name(value)}", PLACE

    def c_name(self, value):
        """What C calls an option."""
        return self.options[value.args[0]]["name"].replace("-", "_")

    def op_round_seconds(self, _value):
        return "seconds_of_round()", WHOLE

    def op_host(self, value):
        return f"host.{value.args[0]}", PLACE

    def op_event(self, value):
        return "*e", UNARY

    def op_key(self, _value):
        return "key", PLACE

    def op_value(self, _value):
        return "value", PLACE

    def op_member(self, value):
        base, name = value.args
        if base.op == "event":
            return f"e->{name}", PLACE
        return f"{self.inside(base, PLACE)}.{name}", PLACE

    def op_len(self, value):
        if not self.is_text(value.args[0]):
            raise Beyond("len()", value.line)
        return f"strlen({self.expression(value.args[0])})", WHOLE

    def op_lookup_map(self, value):
        if value not in self.joined:
            raise Beyond(f"an element of '{value.args[0]}'", value.line)
        return self.joined[value], PLACE

    def op_cpu(self, value):
        if value.args[0] not in self.machine.shapes.perf_buffers():
            raise Beyond("the context of a ring buffer", value.line)
        return "cpu()", WHOLE

    def op_total(self, value):
        word = "largest" if "largest" in value.args else "total"
        call = f"{word}({self.expression(value.args[1])})"
        return (call, WHOLE) if self.is_real(value) else (f"(long long){call}", UNARY)

    def op_index(self, value):
        return f"{self.inside(value.args[0], PLACE)}[{self.expression(value.args[1])}]", PLACE

    def op_in(self, value):
        word, where = value.args
        return f"strstr({self.expression(where)}, {self.expression(word)})", WHOLE

    def op_starts(self, value):
        where, word = value.args
        return f"!strncmp({self.expression(where)}, {literal(word)}, {len(word)})", UNARY

    def op_time_of_day(self, value):
        if value.args != ("%H:%M:%S",):
            raise Beyond(f"the time as '{value.args[0]}'", value.line)
        return "time_of_day()", WHOLE

    def op_ksym(self, value):
        if value.args[1]:
            raise Beyond("a function's name with more", value.line)
        return f"kernel_symbol_at({self.expression(value.args[0])}, 0)", WHOLE

    def op_digits(self, value):
        return self.write(value.args[0])

    def op_interrupted(self, _value):
        return "interrupted()", WHOLE

    def op_host_number(self, value):
        return f"file_number({', '.join(map(literal, value.args))})", WHOLE

    def op_files(self, value):
        call = folders.call_of(self, value, literal)
        if call is None:
            raise Beyond("files of a folder", value.line)
        return call, WHOLE

    def op_ntohs(self, value):
        return f"ntohs({self.expression(value.args[0])})", WHOLE

    def op_strerror(self, value):
        return f"strerror({self.integer(value.args[0])})", WHOLE

    def op_part(self, value):
        return value.args[0], PLACE

    def op_replaced(self, value):
        where, old, new = value.args
        if not self.is_text(where) or has(where, "replaced", "text") or not old:
            raise Beyond("'.replace()' of a text that is made", value.line)
        return f"replaced({self.bounded(where)}, {literal(old)}, {literal(new)})", WHOLE

    def op_matches(self, value):
        pattern, where = value.args
        if not self.is_text(where) or not self.is_text(pattern):
            raise Beyond("'re.search()'", value.line)
        return f"matches({self.bounded(where)}, {self.expression(pattern)})", WHOLE

    def bounded(self, value):
        """A text and how many bytes it has at most, as arguments."""
        written = self.expression(value)
        is_array = value.op == "member"
        return f"{written}, {f'sizeof({written})' if is_array else f'strlen({written})'}"

    def op_packed(self, value):
        return self.write(value.args[1])

    def op_choose(self, value):
        """A constant for each number, as a chain."""
        key, pairs, default = value.args
        chain = 0 if default is None else default
        for name, result in reversed(pairs):
            chain = Expr("cond", (Expr("==", (key, name)), result, chain), value.line)
        return self.write(chain)

    op_enum = op_choose

    def op_absent(self, value):
        raise Beyond(f"the record has no '{value.args[1]}' in this variant", value.line)

    def op_state(self, value):
        raise Beyond(f"'{value.args[0]}' is kept from one record to the next", value.line)

    # Times.

    def elapsed(self, value):
        """Seconds since the first record, or since the start; None for other values."""
        if value.op in ("/", "//") and is_known(value.args[1]):
            scale, difference = value.args[1], value.args[0]
        elif value.op == "*" and value.args[1] in (1e-9, 1e-6, 1e-3):
            scale, difference = round(1 / value.args[1]), value.args[0]
        else:
            scale, difference = None, value
        while isinstance(difference, Expr) and difference.op in ("float", "int"):
            difference = difference.args[0]
        if not isinstance(difference, Expr) or difference.op != "-":
            return None
        return self.difference(difference, scale)

    def difference(self, value, scale):
        new, old = [arg.args[0] if isinstance(arg, Expr) and arg.op == "float" else arg
                    for arg in value.args]
        if not isinstance(old, Expr):
            return None
        call = None
        if old.op == "first" and self.unwrap(old.args[0]) == new:
            call = "seconds_since_first"
            if new.op == "/" and is_known(new.args[1]):
                new, scale = new.args[0], (scale or 1) * new.args[1]
        elif old.op == "begin" and old.args[0] == "monotonic" and not has(new, "now", "begin"):
            call = "seconds_since_start"
        elif old.op == "begin" and isinstance(new, Expr) and new.op == "now" and scale is None:
            return "seconds_since_start(now_ns())", WHOLE
        if call is None:
            return None
        unit = self.unit_of(new) or NANOSECONDS.get(scale)
        if unit is None:
            raise Beyond("a time in an unknown unit", value.line)
        inner = self.expression(new) if unit == 1 else f"{self.inside(new, 13)} * {unit}"
        factor = 1e9 / unit / (scale or 1)
        if factor == 1:
            return f"{call}({inner})", WHOLE
        return f"{call}({inner}) * {number(factor)}", 13

    def unit_of(self, value):
        """How many nanoseconds a unit of a time is, as the program fills it."""
        if value == trace_lines.TIME:
            return 1
        names = [node.args[1] for node in walk(value) if node.op == "member"]
        return self.machine.shapes.nanoseconds(names[-1]) if len(names) == 1 else None

    @staticmethod
    def unwrap(value):
        while isinstance(value, Expr) and value.op in ("float", "int"):
            value = value.args[0]
        return value


def lines_of(value):
    """Lines of the script that a value comes from."""
    return sorted({node.line for node in walk(value) if node.line})
