# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Lines of bpf_trace_printk as records: what trace_fields() and trace_print() mean, and the words that
scripts cut their text into."""

from .expr import WHOLE, Expr, text_of, unknown

BUFFER = "trace_lines"
RECORD = "struct b2c_trace_line"
# Its members, in the order in which trace_fields() gives them.
MEMBERS = {"task": "char[]", "pid": "int", "cpu": "int", "flags": "char[]", "time": "u64",
           "text": "char[]"}
EVENT = Expr("event", (BUFFER, RECORD))
TIME = Expr("member", (EVENT, "time"))          # in nanoseconds
WAITS = ("trace_print", "trace_fields")


def outputs_of(found):
    """Outputs of the buffer as those of a trace."""
    return [{"trace": True, **{key: value for key, value in output.items() if key not in ("events", "record")}}
            for output in found]


def fields(machine):
    """The tuple of trace_fields()."""
    found = {name: Expr("member", (EVENT, name), machine.line) for name in MEMBERS}
    found["time"] = Expr("/", (TIME, 1e9), machine.line)
    return tuple(found.values())


def split(machine, base, args):
    """`text.split(separator)`."""
    separator = text_of(args[0]) if args else None
    if len(args) > 1 or separator is not None and (not isinstance(separator, str) or len(separator) != 1):
        return unknown("'.split()' of a value", machine.line)
    return Expr("split", (base, separator), machine.line)


def word(machine, value, number):
    """One of the words of a text. Where it is not there the script fails or goes on with the next
    record: there is no row."""
    nr_words = Expr("nr_words", value.args)
    if not any(one.op in ("==", ">") and one.args[0] == nr_words and one.args[1] >= number + (one.op == "==")
               for one in machine.guard):
        machine.guard = (*machine.guard, Expr(">", (nr_words, number), machine.line))
    return Expr("word", (*value.args, number), machine.line)


def words(machine, value, number):
    """So many words of a text that has no others."""
    machine.guard = (*machine.guard, Expr("==", (Expr("nr_words", value.args), number), machine.line))
    return [Expr("word", (*value.args, one), machine.line) for one in range(number)]


def is_text(value):
    """Whether a value is a line's text or a part of it, which int() and float() read."""
    if not isinstance(value, Expr) or value.op != "member":
        return isinstance(value, Expr) and value.op == "word"
    base, name = value.args
    return base.op == "event" and base.args[0] == BUFFER and MEMBERS[name] == "char[]"


def number_of(value, base, line):
    """int() of a text."""
    return Expr("number_of", (value, base if isinstance(base, int) else 10), line)


class Words:
    """Writes C for words of texts; a part of c_text.Writer."""

    def op_word(self, value):
        return f"word_of({self.words_of(value)}, {value.args[2]})", WHOLE

    def op_nr_words(self, value):
        return f"nr_words({self.words_of(value)})", WHOLE

    def words_of(self, value):
        """A text and its separator, as arguments."""
        where, separator = value.args[:2]
        return f"{self.expression(where)}, {'NULL' if separator is None else self.expression(separator)}"

    def op_number_of(self, value):
        where, base = value.args
        return f"strtoll({self.expression(where)}, NULL, {base})", WHOLE

    def op_real_of(self, value):
        return f"strtod({self.expression(value.args[0])}, NULL)", WHOLE
