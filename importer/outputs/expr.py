# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Values that are not known while a script is read: trees over the record, the entry, the options.

Everything known is an ordinary Python object; an Expr stands for the rest. The functions below build
trees and simplify what costs nothing to simplify, so that equal things are equal.
"""

import dataclasses

UNARY, PLACE, WHOLE = 14, 15, 16        # how tightly C binds what has no two operands
COMPARISONS = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
BOOLEAN = {*COMPARISONS, "not", "and", "or", "in", "matches"}
# Operations whose value is text.
TEXTUAL = {"text", "time_of_day", "enum", "ip4", "ip6", "ksym", "usym", "flags", "syscall", "hex",
           "file", "chr", "repeat",
           "device", "strerror", "part", "item", "replaced", "word"}
# Operations whose value is not known.
ANYTHING = ("event", "key", "value", "opt", "state", "now", "begin", "unknown", "lookup_map", "first", "member",
            "time_of_day", "frame", "stack", "text", "cpu", "size", "absent", "part", "item", "entry",
            "spread", "replaced", "matches", "split", "word", "number_of")


@dataclasses.dataclass(frozen=True)
class Expr:
    """An operation and its operands; `line` is the script's and takes no part in equality."""
    op: str
    args: tuple = ()
    line: int = dataclasses.field(default=0, compare=False)

    def __repr__(self):
        return f"{self.op}({', '.join(map(repr, self.args))})"

    def __bool__(self):
        raise TypeError(f"{self!r} is not known here")


@dataclasses.dataclass(frozen=True)
class Spec:
    """How a format directive shows a value. `left` aligns to the left; `precision` -1: none."""
    width: int = 0
    left: bool = False
    precision: int = -1
    kind: str = "s"
    flags: str = ""


@dataclasses.dataclass(frozen=True)
class Cell:
    """A value in a text, with its format."""
    value: object
    spec: Spec = Spec()


PLAIN = Spec()


def is_known(value):
    return not isinstance(value, (Expr, Cell))


def walk(value):
    """Every Expr of a tree, from the top."""
    if isinstance(value, Cell):
        yield from walk(value.value)
    elif isinstance(value, Expr):
        yield value
        for arg in value.args:
            yield from walk(arg)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from walk(item)


def has(value, *ops):
    return any(node.op in ops for node in walk(value))


def unknown(what, line=0):
    return Expr("unknown", (what,), line)


def unknowns(value):
    return [node for node in walk(value) if node.op == "unknown"]


def only_options(value):
    """Whether a condition is about options alone."""
    leaves = {node.op for node in walk(value) if node.op in LEAVES}
    return bool(leaves) and leaves == {"opt"}


LEAVES = {"opt", "event", "key", "value", "state", "now", "begin", "unknown", "time_of_day", "cpu",
          "size", "lookup_map", "first", "part"}


def text_of(value):
    """A str of what a script may hold as bytes."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    return value


def is_plainly_known(cell):
    """Whether a cell is a known text, or a known number shown as it is."""
    return is_known(cell.value) and (cell.spec == PLAIN or isinstance(cell.value, int) and
                                     cell.spec == dataclasses.replace(PLAIN, kind="d"))


def date_shown(part):
    """A part of a text; a date and time as the text that Python makes of it."""
    if not isinstance(part, Cell) or not isinstance(part.value, Expr) or part.value.op != "now" or \
            "date" not in part.value.args or part.spec.kind not in "sv":
        return part
    zone = ("utc",) if "utc" in part.value.args else ()
    value = Expr("time_of_day", ("%Y-%m-%d %H:%M:%S.%f", *zone), part.value.line)
    return Cell(value, dataclasses.replace(part.spec, kind="s"))


def text(parts):
    """A text of literals and cells, flattened; a str if nothing in it is open."""
    flat = []
    for part in map(date_shown, parts):
        if isinstance(part, Cell) and part.spec == PLAIN and isinstance(part.value, Expr) and \
                part.value.op == "text":
            flat.extend(part.value.args)
        elif isinstance(part, Cell) and is_plainly_known(part):
            flat.append(str(text_of(part.value)))
        else:
            flat.append(part)
    joined = []
    for part in flat:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    if not joined:
        return ""
    if len(joined) == 1 and isinstance(joined[0], str):
        return joined[0]
    if len(joined) == 1 and joined[0].spec == PLAIN and isinstance(joined[0].value, Expr) and \
            joined[0].value.op in TEXTUAL:
        return joined[0].value
    return Expr("text", tuple(joined))


def same(one, two):
    """Whether two values are equal and of one type; True for the same object."""
    if one is two:
        return True
    try:
        return type(one) is type(two) and bool(one == two)
    except (TypeError, ValueError):
        return False


def negate(condition):
    """Its opposite."""
    condition = truth(condition)
    if is_known(condition):
        return not condition
    if condition.op == "not":
        return condition.args[0]
    if condition.op in COMPARISONS:
        return Expr(COMPARISONS[condition.op], condition.args, condition.line)
    return Expr("not", (condition,), condition.line)


def truth(value):
    """A value as a condition."""
    if hasattr(value, "print_log2_hist"):           # a map of the stand-in, which is always empty
        return Expr("filled_map", (value.name,))
    if getattr(value, "pair", None) is not None:    # what is made of each entry of a map
        return Expr("filled_map", (value.table,))
    if hasattr(value, "parts"):                     # a dict that the script fills from maps
        return Expr("filled_map", tuple(value.tables()))
    if isinstance(value, (list, tuple)) and value and all(map(is_maybe, value)):
        return any_of(item.args[0] for item in value)
    if is_known(value):
        return bool(value)
    if value.op == "cond":
        test, yes, no = value.args
        return either(both(test, truth(yes)), both(negate(test), truth(no)))
    if value.op == "bool":
        return truth(value.args[0])
    if value.op == "+" and is_counter(value):
        return any_of(map(truth, value.args))
    return value


def both(one, two):
    """Logical and of conditions."""
    for a, b in ((one, two), (two, one)):
        if is_known(a):
            return b if a else False
    if one == two:
        return one
    if one == negate(two):
        return False
    return Expr("and", (one, two), one.line)


def either(one, two):
    """Logical or of conditions."""
    for a, b in ((one, two), (two, one)):
        if is_known(a):
            return True if a else b
    if one == two:
        return one
    if negate(one) == two:
        return True
    for a, b in ((one, two), (two, one)):           # a or (not a and c) is a or c
        if b.op == "and" and b.args[0] == negate(a):
            return either(a, b.args[1])
    return Expr("or", (one, two), one.line)


def atoms(condition):
    """A condition as a list of which each must hold; None if it never does."""
    condition = truth(condition)
    if is_known(condition):
        return [] if condition else None
    if condition.op == "and":
        lists = [atoms(arg) for arg in condition.args]
        return None if None in lists else [atom for found in lists for atom in found]
    if condition.op == "not" and condition.args[0].op == "or":
        return atoms(both(*(negate(arg) for arg in condition.args[0].args)))
    return [condition]


def all_of(conditions):
    """Logical and of a list."""
    result = True
    for condition in conditions:
        result = both(result, condition)
    return result


def any_of(conditions):
    """Logical or of a list."""
    result = False
    for condition in conditions:
        result = either(result, condition)
    return result


def is_maybe(item):
    """Whether an item of a list is there only under a condition."""
    return isinstance(item, Expr) and item.op == "maybe"


def is_first(test, new, old):
    """Whether `old` is kept once it is set: the value of the first event."""
    if not isinstance(old, Expr) or old.op != "state" or is_known(new):
        return False
    name = old.args[0]
    unset = test.args[0] if test.op == "not" else test
    if unset == old:
        return test.op == "not"
    return test.op == "==" and old in test.args and name is not None and \
        any(arg in (0, None) for arg in test.args if is_known(arg))


def is_unset(test, yes, no):
    """Whether `no` is what an option is where it is not given, and `yes` the option."""
    asked = test.args if test.op == "or" else (test,)
    return isinstance(yes, Expr) and yes.op == "opt" and is_known(no) and no in (None, 0, "") and \
        any(one == yes or isinstance(one, Expr) and one.op == "or" and is_unset(one, yes, no)
            for one in asked)


def cond(test, yes, no):
    """`yes` where the test holds, else `no`."""
    test = truth(test)
    if is_known(test):
        return yes if test else no
    if same(yes, no) or is_unset(test, yes, no):
        return yes
    if test.op == "not":
        return cond(test.args[0], no, yes) if not is_first(test, yes, no) else \
            Expr("first", (yes,), test.line)
    if is_first(test, yes, no):
        return Expr("first", (yes,), test.line)
    if is_first(negate(test), no, yes):
        return Expr("first", (no,), test.line)
    if isinstance(yes, Expr) and yes.op == "cond" and yes.args[0] == test:
        yes = yes.args[1]
    if isinstance(no, Expr) and no.op == "cond" and no.args[0] == test:
        no = no.args[2]
    if isinstance(no, Expr) and no.op == "cond" and no.args[0] == negate(test):
        no = no.args[1]
    no = without(no, negate(test))
    more = added(test, yes, no)
    return Expr("cond", (test, yes, no), test.line) if more is None else more


def without(value, known):
    """A chain of choices without a condition in their tests that is known to hold."""
    if not isinstance(value, Expr) or value.op != "cond":
        return value
    test, yes, no = value.args
    tests = atoms(test) or ()
    rest = without(no, known)
    if known not in tests:
        return value if rest is no else Expr("cond", (test, yes, rest), value.line)
    return cond(all_of(atom for atom in tests if atom != known), yes, rest)


def added(test, yes, no):
    """A choice between a value and the same with more, as the value and what a condition adds to it:
    what a loop adds up stays as long as the loop. None for other choices."""
    if isinstance(yes, Expr) and yes.op == "+" and yes.args[0] == no and is_counter(yes):
        return Expr("+", (no, cond(test, yes.args[1], 0)), test.line)
    if masked(yes)[0] == masked(no)[0] == masked(test)[0] and test.op == "&" and \
            masked(yes)[1] == masked(no)[1] & ~masked(test)[1]:
        return yes                              # bits are taken away, which need not be there
    if only_options(test) or not isinstance(yes, Expr) or yes.op != "text":
        return None
    before = parts_of(no)
    if not before or yes.args[:len(before)] != before and not starts(yes.args, before) or \
            any("\n" in part for part in yes.args if isinstance(part, str)):
        return None
    last = len(before) - 1
    more = list(yes.args[len(before):])
    if isinstance(before[last], str):
        more.insert(0, yes.args[last][len(before[last]):])
    return text([*before, Cell(cond(test, text(more), ""))])


def masked(value):
    """(value, mask) of bits of a value; all of them where there is no mask."""
    if isinstance(value, Expr) and value.op == "&" and isinstance(value.args[1], int):
        return value.args
    return value, -1


def parts_of(value):
    """The parts of a text that is not empty; none of other values."""
    if isinstance(value, str):
        return (value,) if value else ()
    return value.args if isinstance(value, Expr) and value.op == "text" else ()


def starts(parts, before):
    """Whether parts of a text begin with others, of which the last may go on."""
    last = len(before) - 1
    return len(parts) > last and parts[:last] == before[:last] and \
        isinstance(before[last], str) and isinstance(parts[last], str) and \
        parts[last].startswith(before[last])


def is_counter(value):
    """Whether a number is 0 or more, put together of such constants."""
    if is_known(value):
        return isinstance(value, int) and value >= 0
    if value.op == "cond":
        return all(map(is_counter, value.args[1:]))
    return value.op == "+" and all(map(is_counter, value.args))


def choices(value):
    """[(conditions, value)] of a conditional value, [((), value)] of any other."""
    if not isinstance(value, Expr) or value.op != "cond":
        return [((), value)]
    test, yes, no = value.args
    return [((test, *rest), one) for rest, one in choices(yes)] + \
        [((negate(test), *rest), one) for rest, one in choices(no)]


def stack_in(value):
    """The stack that a value is where it isn't empty; None for others."""
    for _, one in choices(value):
        if isinstance(one, Expr) and one.op in ("stack", "frames"):
            return one
        if one not in ([], ()) and not isinstance(one, Expr):
            return None
    return None


def spread(function, value):
    """The function applied to each choice of a value, as a choice again."""
    if isinstance(value, Expr) and value.op == "cond":
        test, yes, no = value.args
        return cond(test, spread(function, yes), spread(function, no))
    return function(value)
