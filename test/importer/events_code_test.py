#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Generated functions of C give what the script's Python gives: both are run on the same records."""

import ctypes
import functools
import pathlib
import shutil
import socket
import struct
import subprocess
import tempfile
import textwrap
import unittest
import unittest.mock

from derived import POLL, RECORD as PROGRAM, derived

COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang-19")
RECORD = """
#include <stdint.h>
typedef uint64_t u64; typedef uint32_t u32;
struct record {
	u64 ts; u32 pid; u32 uid; int ret; u32 saddr;
	unsigned __int128 saddr6; u64 address; int stack; char comm[16]; char path[64];
};
"""
MAIN = """
#define SHOW(x) _Generic((x), char *: show_text, const char *: show_text, double: show_real, \\
	int: show_number, long: show_number, long long: show_number, unsigned: show_unsigned, \\
	unsigned long: show_unsigned, unsigned long long: show_unsigned)(x)
static void show_text(const char *text) { puts(text); }
static void show_real(double number) { printf("%.6f\\n", number); }
static void show_number(long long number) { printf("%lld\\n", number); }
static void show_unsigned(unsigned long long number) { printf("%llu\\n", number); }
static struct { int uid, timestamp, milliseconds; char name[64]; unsigned long long rows; } opt;
"""


class Record(ctypes.Structure):
    """What a script has of a record."""
    _fields_ = [("ts", ctypes.c_uint64), ("pid", ctypes.c_uint32), ("uid", ctypes.c_uint32),
                ("ret", ctypes.c_int32), ("saddr", ctypes.c_uint32),
                ("saddr6", ctypes.c_ubyte * 16), ("address", ctypes.c_uint64),
                ("stack", ctypes.c_int32), ("comm", ctypes.c_char * 16),
                ("path", ctypes.c_char * 64)]


NUMBERS = (
    dict(ts=0, pid=0, uid=0, ret=0, saddr=0, address=0, stack=0),
    dict(ts=5000000000, pid=4000000000, uid=4294967295, ret=-1, saddr=0x0100007f, address=1 << 63,
         stack=-14, comm=b"short", path=b"/tmp/x"),
    dict(ts=(1 << 64) - 1, pid=7, uid=1000, ret=-1025, saddr=0xffffffff, address=0x1234, stack=3,
         comm=b"fifteen-letters", path=b"/" + b"p" * 62),
    dict(ts=1, pid=65537, uid=3, ret=2147483647, saddr=0x04030201, address=255, stack=17,
         comm=b"100%", path=b"a b\"c\\"),
    dict(ts=999, pid=2, uid=10, ret=-2147483648, saddr=0x01020304, address=6, stack=2, comm=b"R"),
)


@functools.cache
def records():
    found = []
    for number, values in enumerate(NUMBERS):
        one = Record(**values)
        one.saddr6[:] = bytes(range(number, number + 16)) if number else bytes(16)
        found.append(one)
    return found


def c_record(one):
    """A record as an initialiser."""
    names = ("ts", "pid", "uid", "ret", "saddr", "address", "stack")
    words = [f".{name} = {getattr(one, name)}{'ULL' if getattr(one, name) >= 0 else 'LL'}"
             for name in names]
    words += [f".{name} = {{{', '.join(map(str, getattr(one, name))) or 0}}}"
              for name in ("comm", "path")]
    return "{" + ", ".join(words) + "}"


def by_python(helper, expressions):
    """What the expressions give for each record."""
    names = {"socket": socket, "struct": struct}
    exec(helper, names)
    return [[shown(eval(expression, {**names, "event": one})) for one in records()]
            for expression in expressions]


def shown(value):
    value = value.decode() if isinstance(value, bytes) else value
    return f"{value:.6f}" if isinstance(value, float) else str(value)


def by_c(code, values):
    """What C gives."""
    lines = ["#include <stdio.h>", "#include <string.h>", RECORD, MAIN, code,
             "int main(void)", "{", "\tstatic struct record records[] = {",
             *(f"\t\t{c_record(one)}," for one in records()), "\t};",
             *(f"\tfor (int i = 0; i < 16; i++) ((unsigned char *)&records[{number}].saddr6)[i] = "
               f"{one.saddr6[0]} + i * {one.saddr6[1] - one.saddr6[0]};"
               for number, one in enumerate(records()))]
    for value in values:
        lines += [f"\tfor (int i = 0; i < {len(records())}; i++) {{",
                  "\t\tconst struct record *e = &records[i];", f"\t\tSHOW({value});", "\t}"]
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "code.c"
        source.write_text("\n".join([*lines, "\treturn 0;", "}", ""]), encoding="utf-8")
        done = subprocess.run([COMPILER, "-std=gnu11", "-Wall", "-Wextra", "-Werror",
                               "-Wno-unused", "-fsanitize=undefined", "-o", f"{folder}/code",
                               str(source)], check=False, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(done.stderr + code)
        found = subprocess.run([f"{folder}/code"], check=True, capture_output=True, text=True)
    lines = found.stdout.splitlines()
    count = len(records())
    return [lines[at:at + count] for at in range(0, len(lines), count)]


class Same(unittest.TestCase):
    """`helper` defines functions; each expression over `event` is a column."""

    def check(self, helper, *expressions):
        helper = textwrap.dedent(helper)
        words = " ".join("%d" if word.startswith("int(") else "%s" for word in expressions)
        found = derived(helper + f"""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("{words}" % ({", ".join(expressions)},))
""" + POLL)
        self.assertEqual((found["left"], found["approximated"]), ([], []))
        columns = found["outputs"][0]["columns"]
        self.assertEqual(len(columns), len(expressions))
        self.assertEqual(by_c(found["code"], [column["value"] for column in columns]),
                         by_python(helper, expressions))
        for line in found["code"].splitlines():
            self.assertLessEqual(len(line.expandtabs(8)), 100, line)
        return found["code"]

    def test_numbers(self):
        self.check("", "event.ret // 1024", "event.ret % 1000", "event.uid // 7", "event.ret % -7",
                   "event.pid - event.uid", "event.uid * 1000 + 5", "event.ret - 1",
                   "event.pid << 8", "int(event.ret / 1000)", "event.ret & 0xff",
                   "event.ret & 0xffffffff", "event.ret >> 3", "event.ts % 1000 - 999",
                   "(event.stack - 3) // 2", "-event.stack", "~event.ret", "event.ts",
                   "1 if event.uid == -1 else 2", "1 if event.uid > -1 else 2")

    def test_chain(self):
        self.check("""
        def kind(number):
            if number < 0:
                return "error %d" % -number
            elif number == 0:
                return "none"
            elif number > 100000:
                return "%d k" % (number // 1000)
            return str(number)
        """, "kind(event.ret)", "kind(event.stack)")

    def test_repeated(self):
        self.check("", "'  ' * (event.stack - 1) + '->%d' % event.uid")

    def test_text_with_values_in_a_column(self):
        self.check("""
        def short(number):
            if number > 1000:
                return "%.2fK" % (number / 1000.0)
            return str(number)
        """, "'|%-11s|%9s|' % (short(event.uid), short(event.stack)) + '%d' % event.uid")

    def test_fractions_with_the_digits_that_they_have(self):
        code = self.check("""
        def short(number):
            if number > 1000000:
                return str(round(number / (1024 * 1024.0), 2)) + "M"
            elif isinstance(number, float):
                return str(round(number, 2))
            return str(number)
        """, "short(event.uid)", "short(event.stack / 3)", "short(event.ret / 8.0)",
            "str(round(event.ts / 1e7, 1))", "str(round(event.uid * 1e12 / 7, 3))",
            "str(round(event.stack / 1e5, 6))", "'%.1f|' % round(event.ret / 7, 3)",
            "'%-9s|' % round(event.stack / 4, 1)")
        self.assertIn("/ 1048576.0, 2)", code)

    def test_table_of_flags(self):
        code = self.check("""
        FLAGS = [("READ", 1), ("WRITE", 2), ("APPEND", 0x400)]
        def named(flags):
            found = []
            for name, bit in FLAGS:
                if flags & bit:
                    found.append(name)
            return "|".join(found)
        def listed(flags):
            return ",".join(name for name, bit in FLAGS if flags & bit)
        """, "'<%s>' % named(event.uid)", "listed(event.pid)")
        self.assertIn("{0x400, \"APPEND\"},", code)

    def test_rest_of_flags(self):
        self.check("""
        FLAGS = [("READ", 1), ("WRITE", 2), ("APPEND", 0x400)]
        def named(flags):
            found = []
            for name, bit in FLAGS:
                if flags & bit:
                    found.append(name)
                flags &= ~bit
            if flags or not found:
                found.append("0x{:x}".format(flags))
            return "|".join(found)
        """, "named(event.uid)", "named(event.address)")

    def test_lazy_filter(self):
        self.check("""
        FLAGS = [{"name": "ONE", "bits": 3}, {"name": "TWO", "bits": 6}, {"name": "X", "bits": 8}]
        def named(flags):
            there = filter(lambda one: one["bits"] & flags, FLAGS)
            text = "0x%x" % flags
            if not flags:
                return text
            text += " ("
            count = 0
            for one in there:
                if count:
                    text += "|"
                text += one["name"]
                flags &= ~one["bits"]
                count += 1
            if flags != 0 or not count:
                if count:
                    text += "|"
                text += "0%o" % flags
            return text + ")"
        """, "named(event.uid)", "named(event.pid)")

    def test_characters_of_a_number(self):
        self.check("""
        def marks(bits):
            text, bit = "", 1
            for letter in "FTNRr":
                text += letter if bits & bit else "."
                bit *= 2
            return text
        """, "marks(event.uid)", "marks(event.ret)")

    def test_names(self):
        code = self.check("""
        NAMES = {1: "HUP", 9: "KILL", 17: 'CH"LD'}
        def ended(status):
            if status & 0x7f:
                text = "signal %d (%s)" % (status & 0x7f, NAMES.get(status & 0x7f, "unknown"))
                if status & 0x80:
                    text += ", core dumped"
                return text
            return "0" if status == 0 else "code {}".format(status >> 8)
        """, "ended(event.stack)", "ended(event.ret)", "ended(event.uid)")
        self.assertIn('return "CH\\"LD";', code)

    def test_texts(self):
        self.check("", '"%s:%d" % (event.comm.decode(), event.pid)',
                   'event.comm.decode() + "/" + event.path.decode()',
                   '"{}-{:>6}|{:<4}|".format(event.uid, event.pid, event.stack) if event.uid '
                   'else "%-5s|%5s|" % (event.comm.decode(), event.pid)',
                   '"%05d.%x.%X.%o" % (event.stack if event.stack > 0 else 0, event.uid,'
                   ' event.pid, event.uid)',
                   'f"{event.comm.decode()}={event.uid:08x}"', '"%.3f%%" % (event.pid / 1e6)',
                   '"[%s]" % ("yes" if event.uid else "no")', '"<%s>" % chr(65 + event.stack % 26)',
                   "event.comm.decode()[:3] + '...'")

    def test_addresses(self):
        self.check("", 'socket.inet_ntop(socket.AF_INET, struct.pack("I", event.saddr)) + ":%d" % '
                   "event.pid", '"[" + socket.inet_ntop(socket.AF_INET6, event.saddr6) + "]"')

    def test_text_without_end(self):
        program = PROGRAM.replace(
            "events.perf_submit", "bpf_probe_read_user(&data.path, sizeof(data.path), ctx);\n"
            "    events.perf_submit")
        expressions = ('"<%s>" % event.path.decode()',
                       '(event.path.decode()[:-3] + "...") if event.pid > 7 else event.path')
        found = derived(f"""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s %s" % ({", ".join(expressions)}))
""" + POLL, program)
        values = [column["value"] for column in found["outputs"][0]["columns"]]
        self.assertEqual(values[0], "path_text(e->path, sizeof(e->path))")
        whole = Record(pid=9, path=b"x" * 64)
        for one in (whole, Record(pid=9, path=b"short"), Record(pid=1, path=b"y" * 64)):
            with unittest.mock.patch(f"{__name__}.records", lambda one=one: [one]):
                self.assertEqual(by_c(found["code"], values), by_python("", expressions))

    def test_truncation_shows(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % (event.path.decode() + "x" * 600 + str(event.pid)))
""" + POLL)
        column = found["outputs"][0]["columns"][0]
        for text in by_c(found["code"], [column["value"]])[0]:
            self.assertEqual((len(text), text[-5:]), (511, "xx..."))


if __name__ == "__main__":
    unittest.main()
