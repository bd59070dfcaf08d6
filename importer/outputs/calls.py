# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What functions and methods mean that a script calls: Python's, the standard library's, bcc's."""

import builtins
import collections
import ctypes
import dataclasses
import datetime
import errno
import functools
import math
import os
import platform
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import types

from bcc import BPF
from bcc.recorder import state
from bcc.table import Table

from . import attempts, folders, formats, gathered, numbered, picked, texts, times, trace_lines
from .arithmetic import call_abs, call_extreme, call_isinstance, call_round, call_sum
from .expr import Cell, Expr, Spec, cond, is_known, spread, stack_in, text, text_of, truth, unknown
from .filled import Empty, Filled
from .frames import turned
from .items import Filtered, Items, call_map, call_tuple, entries_in, is_row
from .script import Inner

NOT_MINE = object()
# Calls that show nothing, in a statement of their own.
QUIET = {"flush", "signal", "setitimer", "alarm", "cleanup", "close", "detach", "seek", "setlocale",
         "donothing", "kill", "terminate", "clearitem"}
TEXT_METHODS = {"decode", "encode", "strip", "rstrip", "lstrip", "tobytes"}
PURE_MODULES = {"builtins", "math", "posixpath", "_struct", "struct", "_socket", "socket", "errno",
                "ctypes", "_ctypes", "string", "_operator", "itertools", "collections", "re"}
PURE = {len, int, float, str, bytes, bool, abs, min, max, sum, round, ord, chr, hex, range, list,
        tuple, dict, set, sorted, reversed, enumerate, zip, map, any, all, isinstance, getattr,
        hasattr, repr, divmod, pow, type}
WAITS = {"perf_buffer_poll", "ring_buffer_poll", "kprobe_poll", "trace_print", "trace_fields",
         "trace_readline", "ring_buffer_consume", "perf_buffer_consume"}


def is_bpf(value):
    return isinstance(value, BPF)


def is_table(value):
    return isinstance(value, Table)


def open_value(value):
    """Whether something in a value is not known."""
    if isinstance(value, (Expr, Cell, Items, Filled, gathered.Lists)) or is_table(value) or is_bpf(value):
        return True
    if isinstance(value, (list, tuple, set)):
        return any(open_value(item) for item in value)
    if isinstance(value, dict):
        return any(open_value(item) for item in value.values())
    return False


def named(table, key, default, line):
    """A value of a known dict by a key that is not known; `default` None: none is given."""
    if not all(isinstance(name, (int, str, bytes)) for name in table) or not table:
        return unknown("a dict of other things than numbers", line)
    if isinstance(default, Expr) and default.op == "unknown":
        return default
    values = [text_of(value) for value in table.values()]
    if not all(isinstance(value, (str, int, float)) for value in values):
        return unknown("a dict of other things than text", line)
    pairs = tuple(zip(map(text_of, table), values))
    op = "enum" if all(isinstance(value, str) for value in values) and \
        all(isinstance(name, int) for name in table) else "choose"
    return Expr(op, (key, pairs, text_of(default)), line)


# Methods, by what they are called on.


def method(machine, node, base, args, kwargs):
    """The value of `base.name(...)`, or NOT_MINE."""
    name = node.func.attr
    if is_table(base):
        return table_method(machine, base, name, args, kwargs)
    if is_bpf(base) or base is BPF:
        return bpf_method(machine, base, name, args, kwargs)
    if gathered.is_entry(base):
        return gathered.method(machine, node, base, args)
    if isinstance(base, Expr) and picked.are_objects(machine, base):
        return NOT_MINE
    if isinstance(base, Expr):
        return expr_method(machine, base, name, args, kwargs)
    if isinstance(base, Items):
        return base if name in ("items", "copy") else unknown(f"'.{name}()' of entries",
                                                               machine.line)
    if isinstance(base, Filled):
        return base.items(name) if name in ("items", "keys", "values") else \
            unknown(f"'.{name}()' of a dict", machine.line)
    if isinstance(base, list) and name in ("append", "extend", "reverse", "insert"):
        return list_method(machine, node, base, name, args)
    if isinstance(base, (str, bytes)):
        return text_method(machine, base, name, args, kwargs)
    if isinstance(base, dict) and name == "get" and args and isinstance(args[0], Expr):
        found = machine.of_host(node.func.value, args[0])
        if found is not None:
            return found
        if args[0].op == "unknown":
            return args[0]
        return named(base, args[0], args[1] if len(args) > 1 else "None", machine.line)
    if name == "write" and base in (sys.stdout, sys.stderr, getattr(sys.stdout, "buffer", None)):
        return shown(machine, args[0], base is sys.stderr)
    return NOT_MINE


def list_method(machine, node, base, name, args):
    """A list that grows gets a new value, so that other ways keep theirs."""
    target = node.func.value
    more = [args[-1]] if name in ("append", "insert") else args[0] if name == "extend" else []
    if isinstance(more, list) and more and isinstance(more[0], Expr) and more[0].op == "frame":
        more = [more[0].args[0]]            # each frame of a stack: the stack
    more = [more] if stack_in(more) is not None else more
    if isinstance(more, Expr) and more.op == "cond":
        test, yes, no = more.args
        more = machine.either_of(test, yes, no) if isinstance(yes, list) else more
    if not hasattr(target, "id") or target.id not in machine.scope.names or \
            not isinstance(more, (list, tuple)):
        machine.left(f"'.{name}()' of a list")
        return None
    first = name == "insert" and args[0] == 0
    machine.give(target.id, turned(base) if name == "reverse" else
                 [*more, *base] if first else [*base, *more])
    return None


def text_method(machine, base, name, args, kwargs):
    if not any(map(open_value, (*args, *kwargs.values()))):
        try:
            return getattr(base, name)(*args, **kwargs)
        except (TypeError, ValueError, AttributeError, LookupError):
            pass
        try:
            return getattr(text_of(base), name)(*map(text_of, args), **kwargs)
        except (TypeError, ValueError, AttributeError, LookupError):
            return unknown(f"'.{name}()' of a text", machine.line)
    if name == "format":
        return formats.braces(base, args, kwargs)
    if name == "join" and args and gathered.is_entry(args[0]):
        return gathered.join(machine, args[0], text_of(base))
    if name == "join" and args and isinstance(args[0], (list, tuple)):
        if any(isinstance(item, Expr) and (item.op == "maybe" or stack_in(item) is not None)
               for item in args[0]):
            return flags_of(text_of(base), args[0], machine.line)
        parts = []
        for item in args[0]:
            parts += [text_of(base), machine.part(item)]
        return text(parts[1:])
    if name in ("replace", "format_map") or name == "join":
        return unknown(f"'.{name}()' of a text", machine.line)
    return NOT_MINE


def flags_of(separator, items, line):
    """Names that are there if a bit is set, joined: a value's flags. Other conditions stay."""
    pairs, values = [], set()
    for item in items:
        test, name = item.args if isinstance(item, Expr) and item.op == "maybe" else (None, None)
        bit = test.args[1] if isinstance(test, Expr) and test.op == "&" else None
        if separator != "|" or not isinstance(bit, int) or not isinstance(text_of(name), str):
            return Expr("joined", (separator, tuple(items)), line)
        pairs.append((bit, text_of(name)))
        values.add(test.args[0])
    if len(values) > 1:
        return Expr("joined", (separator, tuple(items)), line)
    return Expr("flags", (values.pop(), tuple(pairs), None), line)


def expr_method(machine, base, name, args, kwargs):
    if base.op == "unknown" or name in TEXT_METHODS or base.op == "file" and \
            name in ("read", "readline", "__enter__", "close"):
        return base
    if base.op == "cond" and name in ("ljust", "rjust", "format", "strftime", "isoformat") and \
            not any(map(open_value, args)):
        return spread(lambda one: getattr(one, name)(*args) if is_known(one) else
                      expr_method(machine, one, name, args, kwargs), base)
    if base.op == "cond" and name == "format":
        return spread(lambda one: text_method(machine, one, name, args, kwargs) if is_known(one)
                      else expr_method(machine, one, name, args, kwargs), base)
    if name in ("ljust", "rjust", "center") and args and isinstance(args[0], int):
        return text([Cell(base, Spec(args[0], name == "ljust"))])
    if name == "isoformat" or name == "strftime" and base.op == "now":
        return times.day_of(args[0] if args else "%Y-%m-%dT%H:%M:%S", base)
    if name in ("total_seconds", "seconds", "__str__"):
        return base
    if name == "startswith" and args:
        return Expr("starts", (base, text_of(args[0])), machine.line)
    if name == "split":
        return trace_lines.split(machine, base, args)
    if name == "replace" and len(args) == 2 and not any(map(open_value, args)):
        return texts.replaced(machine, base, args)
    if name == "find" and args:
        return Expr("find", (base, text_of(args[0])), machine.line)
    return unknown(f"'.{name}()' of a value", machine.line)


# bcc's own.


def table_method(machine, table, name, args, kwargs):
    """A method of a map."""
    if name == "event":
        return Expr("event", (table.name, machine.record_of(table.name)))
    if name in ("items", "iteritems", "items_lookup_batch", "__iter__"):
        return Items(table.name)
    if name == "items_lookup_and_delete_batch":
        machine.note("clear", table=table.name)
        return Items(table.name, clear=True)
    if name in ("keys", "values", "itervalues"):
        return Items(table.name, name.removeprefix("iter"))
    if name in ("clear", "zero", "items_delete_batch"):
        machine.note("clear", table=table.name)
        return None
    if name in ("print_log2_hist", "print_linear_hist", "print_json_hist"):
        names = ("val_type", "section_header", "section_print_fn", "bucket_fn",
                 "strip_leading_zero", "bucket_sort_fn")
        machine.note("hist", table=table.name, how=name, **{**dict(zip(names, args)), **kwargs})
        return None
    if name == "walk":
        return Expr("stack", (table.name, args[0], 0, False), machine.line) if args else \
            unknown("the walk of a stack", machine.line)
    if name in ("Key", "Leaf"):
        return args[0] if len(args) == 1 else unknown(f"a new {name.lower()}", machine.line)
    if name in ("sum", "lookup"):
        return Expr("lookup_map", (table.name, args[0] if args else 0), machine.line)
    if name in ("open_perf_buffer", "open_ring_buffer") and machine.before and args:
        machine.callbacks[table.name] = args[0]
    if name in ("open_perf_buffer", "open_ring_buffer", "open_perf_event") or machine.before:
        return None
    return unknown(f"'{table.name}.{name}()'", machine.line)


def symbol(kind, args, extra, line):
    """The name of an address, for each way that options show it."""
    for number, (key, shown) in enumerate(extra):
        if not is_known(shown):
            ways = [symbol(kind, args, (*extra[:number], (key, one), *extra[number + 1:]), line)
                    for one in (True, False)]
            return cond(truth(shown), *ways)
    return Expr(kind, (*args, extra), line)


def bpf_method(machine, base, name, args, kwargs):
    """A method of the BPF object."""
    if name == "get_table" and is_bpf(base) and args and is_known(args[0]):
        return machine.index(base, args[0])
    if name in ("ksym", "sym"):
        extra = tuple(sorted((key.removeprefix("show_"), value) for key, value in kwargs.items()
                             if key in ("show_module", "show_offset")))
        names = ("show_module", "show_offset")
        extra += tuple((key.removeprefix("show_"), value) for key, value in
                       zip(names, args[1 if name == "ksym" else 2:]))
        process = () if name == "ksym" else (args[1] if len(args) > 1 else -1,)
        return symbol("ksym" if name == "ksym" else "usym", (args[0], *process), extra, machine.line)
    if name in ("ksymname", "monotonic_time") and not args:
        return Expr("begin" if machine.before else "now", ("monotonic",))
    if name == "trace_fields":
        return trace_lines.fields(machine)
    if name in WAITS:
        return None
    if name.startswith(("attach_", "detach_", "load_", "remove_")):
        return None
    if any(map(open_value, args)):
        return unknown(f"'{name}()' of the BPF object", machine.line)
    return attempts.answer(machine, name, args, NOT_MINE)


# Functions.


def trace_print(machine, pattern):
    """What trace_print() prints of a line, if it has a format."""
    if pattern is not None:
        call_print(machine, [formats.braces(pattern, trace_lines.fields(machine), {})], {})


def shown(machine, value, to_stderr=False):
    """What is written as it is."""
    for guard, one in machine.split_text(value):
        outer = machine.guard
        machine.guard = (*outer, *guard)
        machine.note("print", text=one if isinstance(one, Expr) else str(text_of(one)),
                     err=to_stderr)
        machine.guard = outer


def call_print(machine, args, kwargs):
    """print(), and bcc's printb()."""
    end = kwargs.get("end", kwargs.get("nl", "\n"))
    end = end if end is not None else "\n"
    if isinstance(end, int):
        end = "\n" if end else ""
    separator = kwargs.get("sep", " ")
    parts = []
    for arg in args:
        parts.append(arg if not isinstance(arg, (list, dict, set, Items)) else
                     unknown("a container that is printed", machine.line))
        parts.append(separator)
    whole = ""
    for part in [*parts[:-1], end]:
        if not machine.is_choice_of_text(part):
            part = text([Cell(text_of(part), Spec(kind="v"))]) if isinstance(part, Expr) else \
                str(text_of(part))
        whole = machine.concatenate(whole, part)
    stream = kwargs.get("file")
    shown(machine, whole, stream is sys.stderr)


def call_pack(machine, args, _kwargs):
    """struct.pack of one value is that value's bytes."""
    return Expr("packed", (text_of(args[0]), args[1]), machine.line) if len(args) == 2 else \
        unknown("struct.pack()", machine.line)


def call_inet_ntop(machine, args, _kwargs):
    """An address; a family that depends on a condition gives a choice."""
    def of(family):
        value = args[1]
        if isinstance(value, Expr) and value.op == "cond":
            return spread(lambda one: call_inet_ntop(machine, (family, one), {}), value)
        if isinstance(value, Expr) and value.op == "packed":
            value = value.args[1]
        if isinstance(value, Expr) and value.op == "unknown":
            return value
        op = {socket.AF_INET: "ip4", socket.AF_INET6: "ip6"}.get(family)
        return Expr(op, (value,), machine.line) if op else unknown("inet_ntop()", machine.line)
    return spread(of, args[0])


def call_swap(machine, args, _kwargs):
    return Expr("ntohs", (args[0],), machine.line)


def call_int(machine, args, kwargs):
    value = args[0] if args else 0
    if trace_lines.is_text(value):
        return trace_lines.number_of(value, args[1] if len(args) > 1 else kwargs.get("base"), machine.line)
    return spread(lambda one: one if isinstance(one, Expr) and one.op in ("opt", "unknown", "host_number") else
                  Expr("int", (one,), machine.line) if isinstance(one, Expr) else
                  known(machine, int, [one], {}, "int"), value)


def call_float(machine, args, _kwargs):
    if args and trace_lines.is_text(args[0]):
        return Expr("real_of", (args[0],), machine.line)
    return spread(lambda one: one if isinstance(one, Expr) and one.op in ("opt", "unknown") else
                  Expr("float", (one,), machine.line) if isinstance(one, Expr) else
                  known(machine, float, [one], {}, "float"), args[0])


def function_is_bytes(machine, value):
    """Whether a value is an array, whose bytes are what it is."""
    return value.op in ("member", "index", "key", "value") and \
        ("[]" in machine.type_of(value) or "128" in machine.type_of(value))


def call_str(machine, args, _kwargs):
    value = args[0] if args else ""
    if isinstance(value, Expr) and (value.op == "opt" or function_is_bytes(machine, value)):
        return value
    if isinstance(value, Expr) and not machine.is_choice_of_text(value) and value.op != "unknown":
        return text([Cell(value, Spec(kind="v"))])
    return value


def call_same(_machine, args, _kwargs):
    return args[0] if args else []


def call_len(machine, args, _kwargs):
    value = args[0]
    if isinstance(value, Expr) and value.op == "split":
        return Expr("nr_words", value.args, machine.line)
    if isinstance(value, Expr) and value.op != "unknown":
        return Expr("len", (value,), machine.line)
    return unknown("len()", machine.line)


def known_sorted(machine, items, key, largest):
    """sorted() of what is known, by a function of the script."""
    keys = [machine.call(key, [item], {}, "key") if key else item for item in items]
    if open_value(keys) or not is_known(largest):
        return unknown("sorted()", machine.line)
    try:
        order = sorted(range(len(items)), key=lambda index: keys[index], reverse=bool(largest))
    except TypeError:
        return unknown("sorted()", machine.line)
    return [items[index] for index in order]


def call_sorted(machine, args, kwargs):
    items, key, largest = args[0], kwargs.get("key"), truth(kwargs.get("reverse", False))
    if isinstance(items, list):
        return known_sorted(machine, items, key, largest)
    if entries_in(items):
        return spread(lambda one: call_sorted(machine, [one], kwargs), items)
    if not isinstance(items, Items) or not is_known(largest):
        return unknown("sorted()", machine.line)
    order = items.values()
    if key is not None:
        order = machine.call(key, [order], {}, "key")
    elif isinstance(order, tuple):
        order = order[0]
    return items.sorted(order, bool(largest))


def call_filter(machine, args, _kwargs):
    if not isinstance(args[1], (list, tuple)) or args[0] is None:
        return unknown("filter()", machine.line)
    return Filtered(args[0], args[1])


def call_reversed(machine, args, _kwargs):
    if isinstance(args[0], Items):
        return args[0].reversed()
    return turned(args[0])


def call_enumerate(machine, args, _kwargs):
    if isinstance(args[0], Items):
        return dataclasses.replace(args[0], counted=True)
    return [(number, item) for number, item in enumerate(args[0], *args[1:])] \
        if is_row(args[0]) and is_known(args[-1]) else unknown("enumerate()", machine.line)


def call_partial(_machine, args, kwargs):
    return functools.partial(*args, **kwargs) if callable(args[0]) else \
        unknown("a part of a call")


def call_zip(machine, args, _kwargs):
    return list(zip(*args)) if all(map(is_row, args)) else unknown("zip()", machine.line)


def call_getattr(machine, args, _kwargs):
    if isinstance(args[1], Expr):
        return Expr("getattr", (args[0], args[1]), machine.line)
    return machine.attribute(args[0], args[1])


def call_cast(machine, args, _kwargs):
    """ctypes.cast(data, ctypes.POINTER(Record)): the record of the buffer."""
    if isinstance(args[0], Expr) and args[0].op == "data":
        return Expr("event", (args[0].args[0], machine.record_of(args[0].args[0])))
    return unknown("a cast", machine.line)


def call_exit(machine, _args, _kwargs):
    machine.leave()


def call_syscall(machine, args, _kwargs):
    return Expr("syscall", (args[0],), machine.line)


def call_hex(machine, args, _kwargs):
    return Expr("hex", (args[0],), machine.line)


def call_chr(machine, args, _kwargs):
    return Expr("chr", (args[0],), machine.line)


def call_screen(machine, args, _kwargs):
    words = args[0] if args else ""
    words = words if isinstance(words, (str, bytes)) else " ".join(map(str, words)) \
        if is_known(words) and not open_value(words) else ""
    if text_of(words).split()[:1] == ["clear"]:
        machine.note("screen")
        return None
    return unknown(f"the command '{text_of(words)}'", machine.line)


def call_open(machine, args, _kwargs):
    """A file's text, by its path."""
    path = text_of(args[0]) if args else ""
    if not isinstance(path, str) and (not isinstance(path, Expr) or path.op != "text"):
        return unknown("a file", machine.line)
    return Expr("file", (path,), machine.line)


FUNCTIONS = {
    print: call_print, time.strftime: times.call_strftime, time.time: times.call_now,
    time.monotonic: times.call_monotonic, time.localtime: times.call_now,
    time.gmtime: times.call_utc, struct.pack: call_pack, socket.inet_ntop: call_inet_ntop,
    socket.ntohs: call_swap, socket.htons: call_swap, int: call_int, float: call_float,
    str: call_str, bytes: call_str, list: call_same, tuple: call_tuple, iter: call_same,
    len: call_len, sorted: call_sorted, reversed: call_reversed, map: call_map,
    enumerate: call_enumerate, getattr: call_getattr, open: call_open, hex: call_hex,
    chr: call_chr, os.strerror: texts.call_strerror, abs: call_abs, sum: call_sum,
    re.search: texts.call_search, os.path.join: gathered.call_path,
    max: call_extreme("max"), min: call_extreme("min"),
    filter: call_filter, zip: call_zip, functools.partial: call_partial, ctypes.cast: call_cast,
    sys.exit: call_exit, builtins.exit: call_exit, builtins.quit: call_exit, os._exit: call_exit,
    subprocess.call: call_screen, os.system: call_screen, round: call_round,
    isinstance: call_isinstance, range: numbered.call_range, time.asctime: times.call_asctime,
}
# Those to which a known value is nothing special, so that they stand for every call.
ALWAYS = {call_print, times.call_strftime, times.call_asctime, times.call_now, times.call_date, times.call_utc,
          times.call_monotonic,
          call_exit, call_screen, call_open, call_cast, call_filter, call_partial}


def handler_of(function):
    """The rule for a function, by what it is or where it comes from."""
    try:
        found = FUNCTIONS.get(function)
    except TypeError:
        return None
    if found:
        return found
    name, module = getattr(function, "__name__", ""), getattr(function, "__module__", "") or ""
    if function is builtins.open:
        return call_open
    if name == "syscall_name" and module == "bcc.syscall":
        return call_syscall
    if name == "printb" and module == "bcc.utils":
        return call_print
    if isinstance(getattr(function, "__self__", None), type) and \
            issubclass(function.__self__, datetime.datetime) and name in ("now", "utcnow", "today"):
        return times.call_utc if name == "utcnow" else times.call_date
    if name in ("exit", "quit") or type(function).__name__ == "Quitter":
        return call_exit
    if name == "check_output" or name == "call" or name == "check_call":
        return call_screen
    if isinstance(function, type) and issubclass(function, ctypes._SimpleCData):
        return numbered.call_number if function._type_ in "bBhHiIlLqQ" else None
    return {"strftime": times.call_strftime, "open": call_open,
            "listdir": folders.call_listdir}.get(name)


def is_plain(machine, function):
    """Whether a call of a function does nothing but give a value."""
    return callable(function) and machine.script.definition(function) is None and (
        handler_of(function) or is_pure(function)) and handler_of(function) not in ALWAYS


def known(machine, function, args, kwargs, name):
    """A call of what is no function of the script."""
    handler = handler_of(function)
    is_open = any(map(open_value, (*args, *kwargs.values()))) or \
        handler is call_map and any(isinstance(arg, Inner) for arg in args)
    for arg in args:
        if isinstance(arg, Expr) and arg.op == "unknown" and handler not in ALWAYS:
            return arg
    if handler is call_sorted and args and not open_value(args[0]):
        args = [list(args[0]), *args[1:]]
        return call_sorted(machine, args, kwargs)
    if handler in ALWAYS or (handler and is_open):
        return handler(machine, args, kwargs)
    if isinstance(function, types.MethodDescriptorType) and args and \
            getattr(function, "__objclass__", None) in (bytes, str):
        if isinstance(args[0], Expr):
            return expr_method(machine, args[0], function.__name__, args[1:], kwargs)
        return text_method(machine, args[0], function.__name__, args[1:], kwargs)
    if isinstance(function, type) and issubclass(function, tuple) and \
            hasattr(function, "_fields"):
        return function(*args, **kwargs)
    if function is collections.defaultdict:
        return Empty(machine, *args[:1])
    if function == state.stop or name.rpartition(".")[2] in QUIET:
        return None
    if is_open or not is_pure(function):
        return unknown(f"'{name}()'", machine.line)
    try:
        return function(*args, **kwargs)
    except Exception:                       # what the script would have met
        return unknown(f"'{name}()'", machine.line)


def is_pure(function):
    """Whether calling it here changes nothing."""
    try:
        if function in PURE or function in (errno.errorcode.get, math.ceil):
            return True
    except TypeError:
        return False
    module = getattr(function, "__module__", None)
    if getattr(function, "__name__", "") in ("eval", "exec", "compile", "__import__", "breakpoint"):
        return False
    if module is None and isinstance(getattr(function, "__self__", None),
                                     (str, bytes, dict, tuple, frozenset)):
        return getattr(function, "__name__", "") not in ("pop", "popitem", "clear", "update",
                                                         "setdefault")
    return module in PURE_MODULES or \
        function in (signal.Signals, os.path.basename, platform.machine)
