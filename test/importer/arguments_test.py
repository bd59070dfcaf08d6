#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Imports small scripts that take words behind their options, and options for the run itself.

usage: arguments_test.py [unittest options]; $BCC2CORE is the command, build/bin/bcc2core by default.
"""

import unittest

from scripts import HEAD, PLAIN, PROGRAM, TAIL, Scripts

COUNTS = """
from bcc import BPF
import sys
from time import sleep
b = BPF(text='''
BPF_HASH(counts, u32, u64);
int on_read(void *ctx) { u32 key = 0; counts.increment(key); return 0; }
''')
b.attach_kprobe(event="vfs_read", fn_name="on_read")
"""
ROWS = """
for k, v in b["counts"].items():
    print("%6d %6d" % (k.value, v.value))
"""


def indented(text):
    return "".join(f"    {line}\n" for line in text.strip().splitlines())


class Words(Scripts):
    """Words behind the options that are numbers or texts of the program."""

    def events(self, options, code, *args):
        return self.made(HEAD + options + "args = parser.parse_args()\n" + PROGRAM + code
                         + PLAIN + TAIL, *args)

    LEAST = 'parser.add_argument("min_ms", nargs="?", default="10", help="at least")\n'
    PUT = 'text = text.replace("LEAST", "%d" % (int(args.min_ms) * 1000))\n'

    def test_a_number(self):
        made = self.events(self.LEAST, self.PUT)
        self.assertEqual(made.manifest["arguments"], ["min-ms"])
        self.assertEqual(made.manifest["options"]["min-ms"],
                         {"type": "u64", "default": 10, "help": "at least"})
        self.assertEqual(made.manifest["replace"]["LEAST"], "(opt.min_ms * 1000)")
        self.assertEqual(made.missing, [])

    def test_the_second_of_two(self):
        made = self.events(self.LEAST + 'parser.add_argument("pid", nargs="?", type=int)\n',
                           self.PUT + 'if args.pid:\n    text = text.replace("FILTER", '
                           '"if (pid != %d) return 0;" % args.pid)\n')
        self.assertEqual(made.manifest["arguments"], ["min-ms", "pid"])
        self.assertEqual(made.manifest["options"]["pid"]["type"], "pid")
        self.assertIn("pid != opt.pid", made.manifest["replace"]["FILTER"])

    def test_a_word_that_does_nothing_ends_them(self):
        made = self.events('parser.add_argument("unused", nargs="?", type=int)\n' + self.LEAST,
                           self.PUT)
        self.assertNotIn("arguments", made.manifest)
        self.assertEqual(made.missing, ["line 6: --unused: nothing that was found depends on it"])

    def test_a_word_that_is_given_is_part_of_the_tool(self):
        made = self.events(self.LEAST, self.PUT, "3")
        self.assertNotIn("arguments", made.manifest)
        self.assertIn("count < 3000", made.source)


class Durations(Scripts):
    """How long a script runs, and how often it prints."""

    def test_a_word_after_whose_seconds_it_ends(self):
        made = self.made(HEAD + 'parser.add_argument("seconds", nargs="?", default=99999999, '
                         'type=int)\nargs = parser.parse_args()\n' + COUNTS
                         + "try:\n    sleep(args.seconds)\nexcept KeyboardInterrupt:\n    pass\n"
                         + ROWS)
        self.assertEqual(made.manifest["arguments"], ["seconds"])
        self.assertEqual(made.manifest["options"]["seconds"], {"type": "u32", "sets": "duration"})
        self.assertEqual(made.manifest["outputs"][0]["every"], "end")

    def test_a_default_that_is_shown_stays(self):
        made = self.made(HEAD + 'parser.add_argument("seconds", nargs="?", default=99999999, '
                         'type=int)\nargs = parser.parse_args()\n' + COUNTS
                         + 'if args.seconds < 99999999:\n    print("For %d s." % args.seconds)\n'
                         "while True:\n    sleep(args.seconds)\n" + indented(ROWS) + "    exit()\n")
        self.assertEqual(made.manifest["options"]["seconds"],
                         {"type": "u32", "sets": "duration", "default": 99999999})
        self.assertEqual(made.manifest["start"],
                         [{"value": "start_text()", "when": "opt.seconds < 99999999"}])

    def test_a_word_that_the_script_reads_itself(self):
        made = self.made(COUNTS + "seconds = 99999999\nif len(sys.argv) > 1:\n"
                         "    seconds = int(sys.argv[1])\nsleep(seconds)\n" + ROWS)
        self.assertEqual(made.manifest["arguments"], ["duration"])
        self.assertEqual(made.missing, [])

    def test_a_text_with_such_a_word(self):
        made = self.made(COUNTS + "seconds = 99999999\nif len(sys.argv) > 1:\n"
                         "    seconds = int(sys.argv[1])\nprint('For %d s.' % seconds)\n"
                         "sleep(seconds)\n" + ROWS)
        self.assertEqual(len(made.missing), 1)
        self.assertIn("a text with a word of the command line", made.missing[0])

    def test_parts_of_seconds(self):
        made = self.made(HEAD + 'parser.add_argument("-i", "--interval", type=float, default=2)\n'
                         "args = parser.parse_args()\n" + COUNTS + "while True:\n"
                         "    sleep(args.interval)\n" + indented(ROWS))
        self.assertEqual(made.manifest["options"]["interval"],
                         {"short": "i", "type": "u32", "sets": "interval", "default": 2})
        self.assertEqual(made.approximated, ["line 6: --interval takes whole seconds"])

    def test_a_number_that_the_wait_makes(self):
        made = self.made(HEAD + 'parser.add_argument("-i", "--interval")\n'
                         "args = parser.parse_args()\n" + COUNTS + "while True:\n"
                         "    sleep(int(args.interval or 99999999))\n" + indented(ROWS))
        self.assertEqual(made.manifest["options"]["interval"],
                         {"short": "i", "type": "u32", "sets": "interval"})
        self.assertEqual(made.missing, [])

    def test_a_duration_that_is_a_number_late(self):
        made = self.made(HEAD + 'parser.add_argument("-D", "--duration")\n'
                         "args = parser.parse_args()\n" + COUNTS + "seconds = 0\nwhile True:\n"
                         "    sleep(1)\n    seconds += 1\n" + indented(ROWS)
                         + "    if args.duration and seconds >= int(args.duration):\n"
                         "        exit()\n")
        self.assertEqual(made.manifest["options"]["duration"],
                         {"short": "D", "type": "u32", "sets": "duration"})

    def test_a_duration_that_is_a_word(self):
        made = self.made(HEAD + 'parser.add_argument("-D", "--duration")\n'
                         "args = parser.parse_args()\n" + COUNTS + "while True:\n"
                         "    sleep(1)\n    print(args.duration)\n" + indented(ROWS))
        self.assertNotIn("options", made.manifest)

    def test_options_for_both(self):
        made = self.made(HEAD + 'parser.add_argument("-i", "--interval", type=int)\n'
                         'parser.add_argument("-d", "--duration", type=int)\n'
                         "args = parser.parse_args()\n" + COUNTS + "seconds = 0\nwhile True:\n"
                         "    sleep(args.interval or 99999999)\n"
                         "    seconds += args.interval or 99999999\n" + indented(ROWS)
                         + "    if args.duration and seconds >= args.duration:\n        exit()\n")
        self.assertNotIn("arguments", made.manifest)
        self.assertEqual(made.manifest["options"], {
            "interval": {"short": "i", "type": "u32", "sets": "interval"},
            "duration": {"short": "d", "type": "u32", "sets": "duration"}})
        self.assertEqual(made.manifest["outputs"][0]["every"], "interval")
        self.assertEqual((made.missing, made.approximated), ([], []))


if __name__ == "__main__":
    unittest.main()
