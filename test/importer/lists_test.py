#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Options that take several numbers.

usage: lists_test.py [unittest options]
"""

import unittest

from scripts import HEAD, PLAIN, PROGRAM, TAIL, Scripts

COMMAS = 'parser.add_argument("-p", "--port", help="these ports")\n'
JOINED = '''
if args.port:
    tests = ' %s '.join("size %s %%d" %% int(one) for one in args.port.split(","))
    text = text.replace("FILTER", "if (%%s) { return 0; }" %% tests)
'''
SWAPPED = '''
import socket
if args.port:
    text = text.replace("FILTER", "if (%s) return 0;" % " && ".join(
        "(u16)size != %d" % socket.ntohs(int(one)) for one in args.port.split(",")))
'''


class Lists(Scripts):
    """A function asks whether a number is one of the option's."""

    def tool(self, options, code):
        text = HEAD + options + "args = parser.parse_args()\n" + PROGRAM + code + PLAIN + TAIL
        return self.made(text)

    def test_none_of_them(self):
        made = self.tool(COMMAS, JOINED % ("&&", "!="))
        self.assertEqual(made.manifest["options"]["port"],
                         {"short": "p", "type": "port", "list": 64, "help": "these ports"})
        self.assertEqual(made.manifest["replace"],
                         {"FILTER": "if (opt.nr_port) { if (!is_port(size)) { return 0; } }"})
        self.assertIn("if (opt.port[i] == number)", made.source)
        self.assertLess(made.source.rindex("#include"), made.source.index("is_port(u64 number)"))
        self.assertEqual(made.missing + made.approximated, [])

    def test_one_of_them(self):
        made = self.tool(COMMAS, JOINED % ("||", "=="))
        self.assertEqual(made.manifest["replace"],
                         {"FILTER": "if (opt.nr_port) { if (is_port(size)) { return 0; } }"})

    def test_ports_of_the_network(self):
        made = self.tool(COMMAS, SWAPPED)
        self.assertEqual(made.manifest["replace"],
                         {"FILTER": "if (opt.nr_port) { if (!is_port(ntohs((u16)size))) return 0; }"})

    def test_port_of_the_network_alone(self):
        made = self.tool(COMMAS, SWAPPED.replace('args.port.split(",")', "[args.port]"))
        self.assertNotIn("list", made.manifest["options"]["port"])
        self.assertIn("(u16)size != ntohs(opt.port)", made.manifest["replace"]["FILTER"])

    def test_shown_at_the_start(self):
        numbers = ('def numbers(text):\n    return [int(one) for one in text.split(",")]\n'
                   'parser.add_argument("-p", "--port", type=numbers)\n')
        made = self.tool(numbers, """
if args.port is not None:
    print("Ports %s only" % args.port)
    text = text.replace("FILTER", "if (%s) { return 0; }" % " && ".join(
        "size != %d" % one for one in args.port))
""")
        self.assertEqual(made.manifest["start"],
                         [{"value": "start_text()", "when": "opt.nr_port"}])
        self.assertIn('return set_text(text, "Ports %s only", all_of_port());', made.code)
        self.assertIn("i < opt.nr_port", made.code)
        self.assertEqual(made.missing + made.approximated, [])

    def test_given_again(self):
        made = self.tool('parser.add_argument("-s", "--size", type=int, action="append")\n', '''
if args.size:
    tests = " || ".join("size == %d" % one for one in args.size)
    text = text.replace("FILTER", "if (!(%s)) return 0;" % tests)
''')
        self.assertEqual(made.manifest["options"]["size"],
                         {"short": "s", "type": "u64", "list": 64})
        self.assertIn("is_size(size)", made.manifest["replace"]["FILTER"])

    WORDS = 'parser.add_argument("-s", "--size", type=int, nargs="%s")\n'
    EACH = '''
if args.size:
    tests = " || ".join("size == %d" % one for one in args.size)
    text = text.replace("FILTER", "if (!(%s)) return 0;" % tests)
'''

    def test_words(self):
        for number in "+*":
            made = self.tool(self.WORDS % number, self.EACH)
            self.assertEqual(made.manifest["options"]["size"],
                             {"short": "s", "type": "u64", "list": 64})
            self.assertEqual(made.manifest["replace"],
                             {"FILTER": "if (opt.nr_size) { if (!(is_size(size))) return 0; }"})
            self.assertEqual((made.missing, made.approximated), (
                [], ["line 6: --size takes its values with commas between them"]))

    def test_words_that_are_no_list(self):
        for number, code in (("+", self.EACH.replace("==", "<")), ("+", ""), ("+", '''
if args.size:
    for size in args.size[1:]: text = text.replace("FILTER", "if (size == %d) return 0;" % size)
''')):
            made = self.tool(self.WORDS % number, code)
            self.assertNotIn("options", made.manifest)
            self.assertEqual(made.missing, ["line 6: --size: takes several words"])
        made = self.tool(self.WORDS.replace('"%s"', "2"), self.EACH)
        self.assertEqual(made.missing, ["line 6: --size: takes several words"])

    def test_last_one_counts(self):
        made = self.tool('parser.add_argument("-s", "--size", type=int)\n',
                         'if args.size: text = text.replace("FILTER", '
                         '"if (size != %d) return 0;" % args.size)\n')
        self.assertNotIn("list", made.manifest["options"]["size"])
        self.assertEqual(made.approximated, [])

    def test_no_comparison(self):
        made = self.tool(COMMAS, '''
if args.port:
    total = "+".join(args.port.split(","))
    text = text.replace("FILTER", "if (size < %s) return 0;" % total)
''')
        self.assertNotIn("list", made.manifest["options"]["port"])
        self.assertIn("line 6: --port: the script takes several values, the tool takes one",
                      made.approximated)


if __name__ == "__main__":
    unittest.main()
