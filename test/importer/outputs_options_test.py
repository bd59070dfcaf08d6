#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Rows of records under options: where headers stand, which columns there are, callbacks that a script
makes with its options."""

import unittest

from derived import POLL, columns_of, derived
from scripts import HEAD, PLAIN, PROGRAM, TAIL, Scripts


class Headers(unittest.TestCase):
    """Headers and columns stand where the script puts them."""

    def test_header_behind_a_padded_one(self):
        self.assertEqual([column["header"] for column in columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%08o " % event.uid, end="")
    print("%s" % event.path)
print("%-9s" % "FLAGS", end="")
print("PATH")
""" + POLL)], ["FLAGS   ", "PATH"])

    def test_header_on_the_other_side(self):
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%5d %-6d %-4d %s" % (event.pid, event.uid, event.ret, event.comm))
print("%-5s %6s %-8s %s" % ("PID", "UID", "RET", "COMM"))
""" + POLL), [
            {"header": "PID  ", "value": "e->pid", "width": 5},
            {"header": "   UID", "value": "e->uid", "width": -6},
            {"header": "RET     ", "value": "e->ret", "width": -4},
            {"header": "COMM", "value": "e->comm"}])

    def test_blanks_of_a_column_that_an_option_adds(self):
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    if args.uid:
        print("%6d " % event.uid, end="")
    print("%8d %s" % (event.pid, event.comm))
if args.uid:
    print("%6s " % "UID", end="")
print("%8s %s" % ("PID", "COMM"))
""" + POLL)[:2], [
            {"header": "UID", "value": "e->uid", "width": 6, "when": "opt.uid"},
            {"header": "PID", "value": "e->pid", "width": 8}])

    def test_ways_of_a_line_by_an_option(self):
        self.assertEqual(columns_of("""
import os
fmt, error_fmt, error = "%8d %-16s", "%3s ", str
if args.uid:
    fmt, error_fmt, error = "%10d %-16s", "%-25s ", os.strerror
def show(cpu, data, size):
    event = b["events"].event(data)
    if args.timestamp:
        print(error_fmt % error(event.ret), end="")
    print(fmt % (event.pid, event.comm))
""" + POLL), [
            {"header": "RET", "value": "strerror(e->ret)", "width": -25,
             "when": "opt.timestamp && opt.uid"},
            {"header": "RET_2", "value": "e->ret", "width": 3,
             "when": "opt.timestamp && !opt.uid"},
            {"header": "PID", "value": "e->pid", "width": 10, "when": "opt.uid"},
            {"header": "PID_2", "value": "e->pid", "width": 8, "when": "!opt.uid"},
            {"header": "COMM", "value": "e->comm", "width": -16}])


    def test_pattern_with_a_value_in_it(self):
        self.assertEqual(columns_of("""
def when(event):
    if args.uid:
        return "%-10d " % event.uid
    if args.timestamp:
        return "%-10.6f " % (event.ts / 1e6)
    return ""
def show(cpu, data, size):
    event = b["events"].event(data)
    print((when(event) + "%-6d %s") % (event.pid, event.comm))
if args.uid:
    print("%-10s " % "UID", end="")
elif args.timestamp:
    print("%-10s " % "TIME", end="")
print("%-6s %s" % ("PID", "COMM"))
""" + POLL), [
            {"header": "UID", "value": "e->uid", "width": -10, "when": "opt.uid"},
            {"header": "TIME", "value": "e->ts / 1e6", "width": -10, "precision": 6,
             "when": "!opt.uid && opt.timestamp"},
            {"header": "PID", "value": "e->pid", "width": -6},
            {"header": "COMM", "value": "e->comm"}])

    def test_word_of_a_choice(self):
        found = derived("""
print("Tracing %s ones." % args.kind)
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-9s %d" % (args.kind, event.pid))
""" + POLL)
        word = ('opt.kind == OPT_KIND_ODD ? "odd" : opt.kind == OPT_KIND_EVEN ? "even" : '
                '"no-number"')
        self.assertEqual(found["outputs"][0]["columns"][0]["value"], word)
        self.assertEqual(found["start"], [{"value": "start_text()"}])
        self.assertIn('"Tracing %s ones.",', found["code"])
        self.assertIn(word, " ".join(found["code"].split()))


class Callbacks(unittest.TestCase):
    """What a buffer is opened with."""

    def test_callback_that_a_function_makes(self):
        for made in ("printer(args.uid)", "functools.partial(show, args.uid)",
                     "lambda *rest: show(args.uid, *rest)"):
            self.assertEqual(columns_of(f"""
import functools
def show(with_uid, cpu, data, size):
    event = b["events"].event(data)
    if with_uid:
        print("%-6d " % event.uid, end="")
    print("%-6d" % event.pid)
def printer(with_uid):
    def callback(cpu, data, size):
        show(with_uid, cpu, data, size)
    return callback
b["events"].open_perf_buffer({made})
while True:
    b.perf_buffer_poll()
"""), [{"header": "UID", "value": "e->uid", "width": -6, "when": "opt.uid"},
       {"header": "PID", "value": "e->pid", "width": -6}])

    def test_callback_under_the_name_of_the_module(self):
        self.assertEqual(columns_of("""
def printer(with_uid):
    def callback(cpu, data, size):
        event = b["events"].event(data)
        if with_uid:
            print("%-6d %-6d" % (event.pid, event.uid))
        else:
            print("%-6d" % event.pid)
    return callback
if __name__ == "__main__":
    args = parser.parse_args()
    b = BPF(text=b.program.text)
    b["events"].open_perf_buffer(printer(args.uid))
    if args.uid:
        print("%-6s %-6s" % ("PID", "UID"))
    else:
        print("%-6s" % "PID")
    while True:
        b.perf_buffer_poll()
"""), [{"header": "PID", "value": "e->pid", "width": -6},
       {"header": "UID", "value": "e->uid", "width": -6, "when": "opt.uid"}])



class Given(Scripts):
    """Options on the command line that is imported are what the tool always does."""

    def test_given(self):
        tail = TAIL.replace('print("%-7d %d" % (e.pid,', 'print("%-7d %s" % (e.pid, "u" if '
                            'args.upper else "l") if args.upper else "%-7d %d" % (e.pid,')
        text = HEAD + 'parser.add_argument("-u", "--upper", action="store_true")\n' \
            "args = parser.parse_args()\n" + PROGRAM + PLAIN + tail
        self.assertIn("upper", self.made(text).manifest["options"])
        for word in ("-u", "--upper", "--up"):
            made = self.made(text, word)
            self.assertNotIn("options", made.manifest)
            self.assertEqual(made.manifest["outputs"][0]["columns"][1]["value"], '"u"')
            self.assertEqual(made.missing, [])

    def test_values_in_a_list(self):
        found = derived("""
def message(values, texts):
    for at in texts:
        values[at] = values[at].decode("utf-8", "replace")
    return "%s %d" % tuple(values)
def show(cpu, data, size):
    event = b["events"].event(data)
    values = list(map(lambda name: getattr(event, name), ["comm", "pid"]))
    print("%-7d %s" % (event.uid, message(values, [0])))
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertEqual([column["value"] for column in found["outputs"][0]["columns"]],
                         ["e->uid", "e->comm", "e->pid"])

    def test_list_that_a_function_changes(self):
        found = derived("""
def change(values):
    values[0] = 1
def sometimes(values, test):
    if test:
        values[0] = 1
def show(cpu, data, size):
    event = b["events"].event(data)
    values, others = [event.pid, event.uid], [event.pid, event.uid]
    change(values)
    sometimes(others, event.ret)
    print("%d:%d:%d" % (values[0], values[1], others[0]))
""" + POLL)
        self.assertEqual([one["what"] for one in found["left"]], ["'values[0]' is given a value"])
        self.assertIn('"1:%lld:%lld", uid, pid', found["code"])


if __name__ == "__main__":
    unittest.main()
