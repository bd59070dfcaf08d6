#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Imports small scripts that read their command line by argparse's rarer forms, optparse, getopt
or by the place of its words.

usage: command_line_test.py [unittest options]; $BCC2CORE is the command, build/bin/bcc2core by default.
"""

import unittest

from scripts import HEAD, KERNELS, PLAIN, PROGRAM, TAIL, Scripts

import explore
import settle

PUT_PID = ('if {0}:\n    text = text.replace("FILTER", "if (pid != %d) return 0;" % ({0}))\n')
PUT_LEAST = 'text = text.replace("LEAST", str({}))\n'
TIMES = TAIL.replace('    print("%-7d', '    if {}:\n        print("%-9s" % strftime("%H:%M:%S"), end="")\n'
                     '    print("%-7d')
IMPORTS = "import sys\nfrom time import sleep, strftime\nfrom bcc import BPF\n"
FILTER = "if (opt.pid) { if (pid != opt.pid) return 0; }"


class Parsed(Scripts):
    """What there is of `options`, with a time that `shown` decides."""

    def lines(self, head, put="", shown="0", *args):
        self.tool = self.made(head + PROGRAM + put + PLAIN + TIMES.replace("{}", shown), *args)
        return self.tool.missing + self.tool.approximated

    def options(self):
        return self.tool.manifest.get("options")

    def time(self):
        """When the rows have a time."""
        columns = self.tool.manifest["outputs"][0]["columns"]
        return next((one.get("when", "") for one in columns if "time" in str(one["value"])), None)


class Argparse(Parsed):
    """Forms of add_argument()."""

    def parsed(self, options, put="", shown="0", *args):
        head = HEAD + "from time import strftime\n" + options + "\nargs = parser.parse_args()\n"
        return self.lines(head, put, shown, *args)

    def test_a_flag_that_takes_away(self):
        said = self.parsed('parser.add_argument("--no-time", action="store_false", dest="time")', "",
                           "args.time")
        self.assertEqual((self.options(), self.time(), said), ({"no-time": {}}, "!opt.no_time", []))

    def test_a_flag_with_a_value(self):
        said = self.parsed('parser.add_argument("--wide", action="store_const", dest="form", '
                           'const="wide", default="thin")', "", 'args.form == "wide"')
        self.assertEqual((self.time(), said), ("opt.wide", []))

    def test_flags_of_one_attribute(self):
        said = self.parsed('parser.add_argument("--big", action="store_const", dest="n", const=4096)\n'
                           'parser.add_argument("--huge", action="store_const", dest="n", const=65536)',
                           PUT_LEAST.format("args.n or 1"), "args.n == 65536")
        self.assertEqual(self.tool.manifest["replace"]["LEAST"],
                         "(opt.huge ? (65536) : (opt.big ? (4096) : (1)))")
        self.assertEqual(self.time(), "opt.huge")
        self.assertEqual(said, ["line 8: of --big and --huge the script takes the last that is given, "
                                "the tool one of them"])

    def test_both_ways(self):
        said = self.parsed('parser.add_argument("--time", default=True, '
                           "action=argparse.BooleanOptionalAction)", "", "args.time")
        self.assertEqual((self.options(), self.time()), ({"no-time": {}}, "!opt.no_time"))
        self.assertEqual(said, ["line 7: --time is no option of the tool: it says what is so without "
                                "it"])

    def test_how_often_it_is_given(self):
        count = 'parser.add_argument("-q", "--quiet", action="count", default=0)'
        self.assertEqual(self.parsed(count, "", "args.quiet"), [])
        self.assertEqual(self.time(), "opt.quiet")
        said = self.parsed(count, PUT_LEAST.format("args.quiet"))
        self.assertEqual(said, ["line 7: --quiet: the script counts how often it is given, the tool "
                                "takes it once"])
        self.assertEqual(self.parsed(count, "", "args.quiet > 1"),
                         ["line 7: --quiet: nothing that was found depends on it"])

    def test_without_its_word(self):
        said = self.parsed('parser.add_argument("--least", nargs="?", type=int, const=5, default=1)',
                           PUT_LEAST.format("args.least"))
        self.assertEqual(said, ["line 7: --least: the script takes it without a word, too, as '5'"])

    def test_lists_of_one(self):
        for how in ('nargs=1, default=[10]', 'nargs=1'):
            said = self.parsed(f'parser.add_argument("--least", type=int, {how})',
                               PUT_LEAST.format("(args.least or [10])[0]"))
            self.assertIn("opt.least", self.tool.manifest["replace"]["LEAST"])
            self.assertEqual(said, [])

    def test_a_list_that_is_empty_without_it(self):
        self.parsed('parser.add_argument("-p", "--pid", action="append", type=int, default=[])\n'
                    "args = parser.parse_args()\nfor pid in args.pid:\n    print('pid %d' % pid)",
                    "if args.pid:\n" + PUT_PID.format("args.pid[0]").replace("if ", "    if ", 1)
                    .replace("\n    text", "\n        text"))
        self.assertEqual(self.tool.manifest["start"], [{"value": "start_text()", "when": "opt.pid"}])

    def test_a_number_that_the_parser_makes(self):
        shown = "\nargs = parser.parse_args()\nprint('%d bytes' % args.least)"
        said = self.parsed('parser.add_argument("--least", type=lambda word: int(word) * 1024, '
                           "default=4)" + shown, PUT_LEAST.format("args.least"))
        self.assertEqual(said, [])
        self.assertIn("opt.least != 4 ? (long long)(opt.least * 1024) :", self.tool.code)
        said = self.parsed("class Odd(argparse.Action):\n"
                           "    def __call__(self, parser, names, value, option_string=None):\n"
                           "        names.least = int(value) ^ 1\n"
                           'parser.add_argument("--least", action=Odd, default=4)' + shown)
        self.assertIn("what --least gives", said[-1] + said[0])

    def test_several_words(self):
        for flag, name in (("--ends", "--ends"), ("ends", "ends")):
            said = self.parsed(f'parser.add_argument("{flag}", nargs="*", type=int)',
                               PUT_PID.format("args.ends and args.ends[0]"))
            self.assertEqual(said, [f"line 7: {name}: takes several words"])
        said = self.parsed('parser.add_argument("--ends", nargs=2, type=int, default=[0, 9])',
                           PUT_LEAST.format("args.ends[0]"))
        self.assertEqual(said, ["line 7: --ends: takes several words"])

    def test_more_names(self):
        said = self.parsed('parser.add_argument("-p", "-P", "--pid", "--process", type=int)',
                           PUT_PID.format("args.pid"))
        self.assertEqual(said, ["line 7: --pid is not called -P or --process, too"])

    COMMANDS = ('parser.add_argument("-p", "--pid", type=int)\n'
                'commands = parser.add_subparsers(dest="command")\n'
                'big = commands.add_parser("big")\nbig.add_argument("--least", type=int, default=10)')

    def test_commands(self):
        put = PUT_PID.format("args.pid") + PUT_LEAST.format('getattr(args, "least", 0)')
        said = self.parsed(self.COMMANDS, put)
        self.assertEqual(said, ["line 8: the commands 'big' are not in the tool: import the script with "
                                "one of them, behind --"])
        self.assertEqual(self.parsed(self.COMMANDS, put, "0", "big"), [])
        self.assertEqual(self.options(), {"pid": {"short": "p", "type": "pid"},
                                          "least": {"type": "u64", "default": 10}})

    def test_what_is_shown_in_a_way_that_is_not_seen(self):
        head = HEAD + ("from time import strftime\nclass Given:\n    pass\ngiven = Given()\n"
                       'parser.add_argument("-p", "--pid", type=int)\n'
                       "parser.parse_args(namespace=given)\n")
        for shown, said in (("given.pid", ["line 10: --pid: what the script prints with it is not what "
                                           "the tool prints"]), ("0", [])):
            path = self.script(head + PROGRAM + PUT_PID.format("given.pid") + PLAIN
                               + TIMES.replace("{}", shown))
            made = settle.convert(lambda _: "", explore.Explorer(path, (), KERNELS))
            self.assertEqual(made.missing, said)

    def test_a_buffer_that_an_option_leaves_unread(self):
        show = ('def show_{0}(cpu, data, size):\n    print(b["{0}"].event(data).pid)\n'
                '{1}b["{0}"].open_perf_buffer(show_{0})\n')
        program = ("struct record { u32 pid; };\\nBPF_PERF_OUTPUT(one);\\nBPF_PERF_OUTPUT(two);\\n"
                   "int on_read(struct pt_regs *ctx)\\n{\\n    struct record record = {};\\n"
                   "    one.perf_submit(ctx, &record, sizeof(record));\\n"
                   "    two.perf_submit(ctx, &record, sizeof(record));\\n    return RESULT;\\n}\\n")
        path = self.script(
            HEAD + 'parser.add_argument("-p", "--pid", action="store_true")\nargs = parser.parse_args()\n'
            f'b = BPF(text="{program}".replace("RESULT", "1" if args.pid else "0"))\nb.attach_kprobe(event="vfs_read", fn_name="on_read")\n'
            + show.format("one", "") + show.format("two", "if not args.pid:\n    ")
            + "while True:\n    b.perf_buffer_poll()\n")
        made = settle.convert(lambda _: "", explore.Explorer(path, (), KERNELS))
        self.assertEqual([line.partition(": ")[2] for line in made.missing],
                         ["--pid: the script does not read 'two' with it, the tool does"])


class Optparse(Parsed):
    """The options of an OptionParser."""

    HEAD = IMPORTS + """
from optparse import OptionGroup, OptionParser, make_option
parser = OptionParser(version="1", option_list=[make_option("-T", "--time", action="store_true")])
parser.add_option("-p", "--pid", type="int", help="this one")
more = OptionGroup(parser, "More")
more.add_option("-l", "--least", type="int", default=10, help="so many bytes [default: %default]")
more.add_option("--mode", type="choice", choices=["all", "some"], default="all", help="%default")
parser.add_option_group(more)
options, args = parser.parse_args()
"""

    def test_options(self):
        put = PUT_PID.format("options.pid") + PUT_LEAST.format("options.least") + \
            'text = text.replace("TOGGLE", "1" if options.mode == "some" else "0")\n'
        self.assertEqual(self.lines(self.HEAD, put, "options.time"), [])
        self.assertEqual(self.options(), {
            "time": {"short": "T"}, "pid": {"short": "p", "type": "pid", "help": "this one"},
            "least": {"short": "l", "type": "u64", "default": 10, "help": "so many bytes"},
            "mode": {"type": "choice", "choices": ["all", "some"], "default": "all"}})
        self.assertEqual(self.tool.manifest["replace"]["FILTER"], FILTER)
        self.assertEqual(self.time(), "opt.time")

    def test_several(self):
        said = self.lines(self.HEAD + 'print(" ".join(args))\n')
        self.assertIn("line 7: --pid: nothing that was found depends on it", said)

    def test_actions(self):
        head = IMPORTS + """
from optparse import OptionParser
parser = OptionParser()
parser.add_option("--no-time", action="store_false", dest="time", default=True)
parser.add_option("-p", action="append", type="int", dest="pids")
parser.add_option("--ends", nargs=2, type="int")
parser.add_option("-q", action="count", dest="quiet", default=0)
(options, args) = parser.parse_args()
"""
        said = self.lines(head, PUT_PID.format("options.pids and options.pids[0]")
                          + PUT_LEAST.format("options.quiet"), "options.time")
        self.assertEqual(said, [
            "line 9: --ends: takes several words",
            "line 8: --pids: the script takes several values, the tool takes one",
            "line 10: --quiet: the script counts how often it is given, the tool takes it once"])
        self.assertEqual(self.time(), "!opt.no_time")


class Getopt(Parsed):
    """The flags that a script asks getopt for."""

    HEAD = IMPORTS + """
import getopt
def usage():
    print('''usage: reads [-h] [-p PID]
      -p PID, --pid=PID   this one
      -T                  print the time''')
pid, least, time = None, 0, False
try:
    opts, args = getopt.getopt(sys.argv[1:], "hp:l:T", ["help", "pid=", "time"])
except getopt.GetoptError as error:
    usage()
    sys.exit(2)
for o, a in opts:
    if o in ("-h", "--help"):
        usage()
        sys.exit()
    elif o in ("-p", "--pid"):
        pid = int(a)
    elif o == "-l":
        least = int(a)
    elif o == "-T" or o == "--time":
        time = True
"""

    def test_options(self):
        said = self.lines(self.HEAD, PUT_PID.format("pid") + PUT_LEAST.format("least"), "time")
        self.assertEqual(said, [])
        self.assertEqual(self.options(), {
            "pid": {"short": "p", "type": "pid", "help": "this one"},
            "least": {"short": "l", "type": "u64"},
            "time": {"short": "T", "help": "print the time"}})
        self.assertEqual(self.tool.manifest["replace"]["FILTER"], FILTER)
        self.assertEqual(self.time(), "opt.time")

    def test_in_a_function(self):
        head, body = self.HEAD.split("pid, least")
        body = "".join(f"    {line}\n" for line in ("pid, least" + body).splitlines())
        said = self.lines(head + "def parse():\n" + body + "    return pid, least, time\n"
                          "pid, least, time = parse()\n",
                          PUT_PID.format("pid") + PUT_LEAST.format("least"), "time")
        self.assertEqual((said, self.time(), len(self.options())), ([], "opt.time", 3))

    def test_one_that_is_shown(self):
        said = self.lines(self.HEAD + 'if pid:\n    print("Process %d" % pid)\n',
                          PUT_PID.format("pid"))
        self.assertEqual(self.tool.manifest["start"],
                         [{"value": "start_text()", "when": "opt.pid"}])
        self.assertEqual([line for line in said if "--pid" in line], [])

    def test_a_zero_that_is_given(self):
        head = IMPORTS + """
from getopt import gnu_getopt
uid = None
for o, a in gnu_getopt(sys.argv[1:], "u:")[0]:
    if o == "-u":
        uid = int(a)
if uid is not None:
    print("uid %d" % uid)
"""
        self.lines(head, PUT_LEAST.format("uid if uid is not None else 77"))
        self.assertEqual(self.options(), {"uid": {"short": "u", "type": "s64", "default": -1}})
        self.assertEqual(self.tool.manifest["start"],
                         [{"value": "start_text()", "when": "opt.uid != -1"}])


class Places(Parsed):
    """Words that a script takes by their places, without a parser."""

    HEAD = IMPORTS + """
def usage():
    print("usage: reads [least [pid]]")
    exit()
least, pid = 0, None
if len(sys.argv) > 1:
    if sys.argv[1] == "-h":
        usage()
    least = int(sys.argv[1])
    if len(sys.argv) > 2:
        pid = int(sys.argv[2])
"""
    COUNTS = IMPORTS + """
from sys import argv
pid, interval = 0, 99999999
if len(argv) > 1:
    pid = int(argv[1])
if len(argv) > 2:
    interval = int(argv[2])
text = '''
BPF_HASH(counts, u32, u64);
int on_read(void *ctx)
{
    u32 pid = bpf_get_current_pid_tgid() >> 32;
    if (OTHER) return 0;
    counts.increment(pid);
    return 0;
}
'''
b = BPF(text=text.replace("OTHER", "pid != %d" % pid if pid else "0"))
b.attach_kprobe(event="vfs_read", fn_name="on_read")
while 1:
    try:
        sleep(interval)
    except KeyboardInterrupt:
        exit()
    for k, v in b["counts"].items():
        print("%-6d %d" % (k.value, v.value))
    b["counts"].clear()
"""

    def test_words_that_may_be_there(self):
        said = self.lines(self.HEAD + 'if pid:\n    print("Process %d" % pid)\n',
                          PUT_PID.format("pid") + PUT_LEAST.format("least"), "pid")
        self.assertEqual(said, [])
        self.assertEqual(self.options(), {"least": {"type": "u64"}, "pid": {"type": "pid"}})
        self.assertEqual(self.tool.manifest["arguments"], ["least", "pid"])
        self.assertEqual(self.tool.manifest["replace"]["FILTER"], FILTER)
        self.assertEqual(self.tool.manifest["start"][0],
                         {"value": "start_text()", "when": "opt.pid"})
        self.assertEqual(self.time(), "opt.pid")

    def test_one_that_must_be_there(self):
        head = IMPORTS + ('if len(sys.argv) != 2:\n    sys.exit("usage: reads PID")\n'
                          "pid = sys.argv[1]\n")
        said = self.lines(head, PUT_PID.format("int(pid)"), "0", "55")
        self.assertEqual(said, [])
        self.assertEqual(self.options(), {"pid": {"type": "pid", "default": 55}})
        self.assertEqual(self.tool.manifest["arguments"], ["pid"])

    def test_those_of_a_function(self):
        head = IMPORTS + ("def parse(words):\n    return int(words[1]) if len(words) > 1 else 0\n"
                          "pid = parse(sys.argv)\n")
        self.assertEqual(self.lines(head, PUT_PID.format("pid"), "pid"), [])
        self.assertEqual(self.tool.manifest["arguments"], ["word1"])
        self.assertEqual(self.time(), "opt.word1")

    def test_an_interval_behind(self):
        made = self.made(self.COUNTS)
        self.assertEqual(made.manifest["arguments"], ["pid", "interval"])
        self.assertEqual(made.manifest["replace"], {"OTHER": "(opt.pid ? (pid != opt.pid) : (0))"})
        self.assertEqual(made.manifest["outputs"][0]["every"], "interval")
        self.assertEqual(made.missing + made.approximated, [])

    def test_what_is_part_of_the_tool(self):
        head = IMPORTS + 'time = len(sys.argv) > 1 and sys.argv[1] == "-t"\n'
        self.assertEqual(self.lines(head, "", "time"),
                         ["line 4: words of the command line that are no options"])
        self.assertEqual(self.lines(head, "", "time", "-t"),
                         ["line 4: words of the command line that are no options: '-t' is part of the "
                          "tool"])
        self.assertEqual(self.time(), "")

    def test_others(self):
        said = "words of the command line that are no options"
        for head, put in (('pid = "-p" in sys.argv\n', ""),
                          ("pid = 0\nfor word in sys.argv[1:]:\n    pid = int(word)\n", ""),
                          ("from optparse import OptionParser\n"
                           "options, args = OptionParser().parse_args()\n"
                           "pid = args[0] if args else None\n", "")):
            lines = self.lines(IMPORTS + head, put)
            self.assertEqual(len(lines), 1)
            self.assertIn(said, lines[0])

    def test_the_place_of_a_probe(self):
        made = self.made(IMPORTS + "name = sys.argv[1] if len(sys.argv) > 1 else 'vfs_read'\n"
                         + PROGRAM + PLAIN + TAIL.replace('"vfs_read"', "name"))
        self.assertEqual(made.manifest["attach"], [{"run": "on_read", "kprobe": "vfs_read"}])
        self.assertEqual([line.partition(": ")[2] for line in made.missing],
                         ["--name: the kprobe of an attach is a name of the manifest, not an option",
                          "words of the command line that are no options"])


if __name__ == "__main__":
    unittest.main()
