#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What options do to a script's text: replacements, programs of their own, sizes of maps.

usage: texts_test.py [unittest options]
"""

import unittest

from scripts import HEAD, PLAIN, PROGRAM, TAIL, Scripts


class Options(Scripts):
    """What an option puts into the text becomes a replacement that asks for it."""

    def replaced(self, options, code):
        text = HEAD + options + "args = parser.parse_args()\n" + PROGRAM + code + PLAIN + TAIL
        return self.made(text)

    def test_number_in_filter(self):
        made = self.replaced('parser.add_argument("-p", "--pid", help="this process")\n',
                             'if args.pid: text = text.replace("FILTER", '
                             '"if (pid != %s) { return 0; }" % args.pid)\n')
        self.assertEqual(made.manifest["options"],
                         {"pid": {"short": "p", "type": "pid", "help": "this process"}})
        self.assertEqual(made.manifest["replace"],
                         {"FILTER": "if (opt.pid) { if (pid != opt.pid) { return 0; } }"})
        self.assertIn("    FILTER\n", made.source)
        self.assertIn("if (0) return 0;", made.source)
        self.assertEqual(made.missing, [])

    def test_number_with_default(self):
        made = self.replaced('parser.add_argument("-l", "--least", type=int, default=7)\n',
                             'text = text.replace("LEAST", str(args.least * 1000 + 3))\n')
        self.assertEqual(made.manifest["replace"], {"LEAST": "(opt.least * 1000 + 3)"})
        self.assertEqual(made.manifest["options"]["least"],
                         {"short": "l", "type": "u64", "default": 7})

    def test_zero_is_a_value(self):
        made = self.replaced('parser.add_argument("--uid", type=int)\n',
                             'if args.uid is not None: text = text.replace("FILTER", '
                             '"if (pid == %d) return 0;" % args.uid)\n')
        self.assertEqual(made.manifest["options"]["uid"]["default"], -1)
        self.assertEqual(made.manifest["replace"]["FILTER"],
                         "if (opt.uid != -1) { if (pid == opt.uid) return 0; }")

    def test_text_that_only_the_script_reads(self):
        for kind, word in (("", "string"), (", type=int", "u64")):
            found = self.made(
                HEAD + f'parser.add_argument("-n", "--name"{kind})\n'
                "args = parser.parse_args()\n" + PROGRAM + PLAIN + TAIL.replace(
                    '    print("%-7d', '    if args.name: return\n    print("%-7d')).manifest
            self.assertEqual(found["options"]["name"]["type"], word)
            self.assertEqual(found["outputs"][0]["filter"],
                             "!opt.name[0]" if word == "string" else "!opt.name")

    def test_device(self):
        made = self.replaced('''
import os
parser.add_argument("-d", "--disk")
parser.add_argument("-q", "--quick", action="store_true")
''', '''
if args.disk is not None:
    path = os.path.join("/dev", args.disk)
    if not os.path.exists(path): exit(1)
    found = os.stat(path).st_rdev
    text = text.replace("FILTER", "if (%d != count || size != %d || pid == %d) return 0;" %
                        (os.major(found), os.minor(found),
                         os.major(found) << 20 | os.minor(found)))
if args.quick: text = text.replace("FILTER", "return 0;")
''')
        self.assertEqual(made.manifest["options"]["disk"], {"short": "d", "type": "path"})
        self.assertEqual(
            made.manifest["replace"]["FILTER"],
            "if (opt.disk[0]) { if ((opt.disk_rdev >> 20) != count || size != (opt.disk_rdev & "
            "0xfffff) || pid == opt.disk_rdev) return 0; } else if (opt.quick) { return 0; }")
        self.assertIn("line 8: --disk takes the path of a file, as /dev/sda", made.approximated)
        self.assertEqual(made.missing, [])

    def test_one_value_says_nothing_of_others(self):
        made = self.replaced('''
import os
parser.add_argument("-f", "--folder")
parser.add_argument("-q", "--quick", action="store_true")
''', '''
if args.folder is not None:
    if not os.path.isdir(args.folder): exit(1)
    text = text.replace("FILTER", "if (%d) %s" % (len(args.folder), "return 0;"))
if args.quick: text = text.replace("FILTER", "return 0;")
''')
        self.assertIn("line 31: FILTER: what --folder puts in cannot be told from its value", made.missing)

    def test_flag_in_expression(self):
        made = self.replaced('parser.add_argument("--odd", action="store_true")\n',
                             'if args.odd: text = text.replace("TOGGLE", "count & 1")\n')
        self.assertEqual(made.manifest["replace"], {"TOGGLE": "(opt.odd ? (count & 1) : (0))"})

    def test_choices(self):
        made = self.replaced('parser.add_argument("--kind", choices=["odd", "even"])\n',
                             'if args.kind: text = text.replace("TOGGLE", '
                             '"count & 1" if args.kind == "odd" else "!(count & 1)")\n')
        self.assertEqual(made.manifest["replace"]["TOGGLE"],
                         "(opt.kind == OPT_KIND_ODD ? (count & 1) : "
                         "(opt.kind == OPT_KIND_EVEN ? (!(count & 1)) : (0)))")

    def test_one_option_before_another(self):
        made = self.replaced('parser.add_argument("--pid")\nparser.add_argument("--tid")\n',
                             'if args.tid: text = text.replace("FILTER", '
                             '"if ((u32)bpf_get_current_pid_tgid() != %s) return 0;" % args.tid)\n'
                             'elif args.pid: text = text.replace("FILTER", '
                             '"if (pid != %s) return 0;" % args.pid)\n')
        self.assertEqual(made.manifest["replace"]["FILTER"],
                         "if (opt.tid) { if ((u32)bpf_get_current_pid_tgid() != opt.tid) return 0; }"
                         " else if (opt.pid) { if (pid != opt.pid) return 0; }")

    def test_options_that_add(self):
        made = self.replaced('parser.add_argument("--pid")\nparser.add_argument("--most", type=int)\n',
                             'filters = ""\n'
                             'if args.pid: filters += "if (pid != %s) return 0; " % args.pid\n'
                             'if args.most: filters += "if (count > %s) return 0; " % args.most\n'
                             'text = text.replace("FILTER", filters)\n')
        self.assertEqual(made.manifest["replace"]["FILTER"],
                         "if (opt.pid) { if (pid != opt.pid) return 0; } "
                         "if (opt.most) { if (count > opt.most) return 0; }")

    def test_declaration_used_later(self):
        made = self.replaced('parser.add_argument("--twice", action="store_true")\n',
                             'text = text.replace("if (TOGGLE) return 0;", "u64 other = 2; '
                             'count += other;" if args.twice else "u64 other = 1;")\n'
                             'text = text.replace("e.pid", "e.pid + other")\n'
                             'text = text.replace("return 0;\\n}", "return other;\\n}")\n')
        self.assertEqual(list(made.manifest["replace"].values()),
                         [{"when": "opt.twice", "then": "u64 other = 2; count += other;",
                           "else": "u64 other = 1;"}])
        self.assertEqual(made.manifest["options"], {"twice": {"define": "TWICE"}})
        self.assertEqual(made.missing, [])

    def test_three_flags_that_change_a_map(self):
        options = "".join(f'parser.add_argument("--{name}", action="store_true")\n'
                          for name in ("one", "two", "three"))
        made = self.replaced(options, 'size = "u64"\n'
                             'if args.one: size = "u8"\nelif args.two: size = "u16"\n'
                             'elif args.three: size = "u32"\n'
                             'text = text.replace("BPF_HASH(seen, u32, u64, SIZE);", '
                             '"BPF_HASH(seen, u32, %s);" % size)\n')
        self.assertEqual([(one["when"], one["then"]) for one in made.manifest["replace"].values()],
                         [("opt.one", "BPF_HASH(seen, u32, u8);"),
                          ("opt.two && !opt.one", "BPF_HASH(seen, u32, u16);"),
                          ("opt.three && !opt.one && !opt.two", "BPF_HASH(seen, u32, u32);"),
                          ("!opt.one && !opt.two && !opt.three", "BPF_HASH(seen, u32, u64);")])

    def test_functions_of_programs_that_flags_choose(self):
        options = 'parser.add_argument("--one", action="store_true")\n' \
            'parser.add_argument("--two", action="store_true")\n'
        made = self.made(
            HEAD + options + "args = parser.parse_args()\n" + PROGRAM +
            'if args.one: text = text.replace("BPF_HASH(seen, u32, u64, SIZE);", '
            '"BPF_HASH(seen, u32, u8);")\n'
            'if args.two: text = text.replace("BPF_PERF_OUTPUT(events);", '
            '"BPF_PERF_OUTPUT(events); BPF_HASH(more, u32, u8);")\n' + PLAIN + TAIL.replace(
                '    print("%-7d %d" % (e.pid, e.size))\n',
                '    kind = "one " if args.one else ""\n'
                '    print("%-7d %s" % (e.pid, (kind + "large") if e.size > 4096 else '
                '("%d" % e.size)))\n'))
        self.assertEqual([(one.get("when"), one["columns"][1]["value"])
                          for one in made.manifest["outputs"]],
                         [("!opt.one", "size_text(e->size)"), ("opt.one", "size_text_2(e->size)")])
        self.assertIn('static const char *size_text_2(unsigned long long size)', made.code)
        self.assertEqual(made.code.count('return "one large";'), 1)
        self.assertEqual(made.code.count("static const char *set_text("), 1)

    def test_value_that_changes_a_map(self):
        made = self.replaced('parser.add_argument("--name")\n',
                             'if args.name: text = text.replace("u32, u64, SIZE", "u64, u32")\n')
        self.assertNotIn("replace", made.manifest)
        self.assertTrue(any("--name" in line for line in made.missing), made.missing)

    def test_size_of_a_map(self):
        made = self.replaced('parser.add_argument("--entries", type=int, default=512)\n',
                             'text = text.replace("SIZE", str(args.entries))\n')
        self.assertEqual(made.manifest["maps"], {"seen": {"entries": "opt.entries"}})
        self.assertIn("BPF_HASH(seen, u32, u64, 512);", made.source)

    def test_text_without_placeholder(self):
        made = self.made(HEAD + 'parser.add_argument("--pid", type=int, default=0)\n'
                         "args = parser.parse_args()\n" + PROGRAM + PLAIN +
                         'if args.pid: text = text.replace("    struct event", "    if (pid != " + '
                         'str(args.pid) + ") return 0;\\n    struct event")\n' + TAIL)
        self.assertEqual(list(made.manifest["replace"].values()),
                         ["if (opt.pid) { if (pid != opt.pid) return 0; }"])

    MIN = 'parser.add_argument("-m", "--min", type=int, default=1)\n'

    def defined(self, lines, use="LIMIT", others=""):
        """The tool whose program has lines with the option's number, which is used in a function."""
        program = PROGRAM.replace("struct event", f"{lines}\n{others}struct event", 1).replace(
            "LEAST", use)
        return self.made(HEAD + self.MIN + "args = parser.parse_args()\n" + program +
                         'text = text.replace("VALUE", str(args.min))\n' + PLAIN + TAIL)

    def test_number_that_a_macro_is(self):
        for line, said in (("LIMIT VALUE", "opt.min"), ("LIMIT VALUE // bytes", "opt.min"),
                           ("LIMIT (VALUE * 1000) /* bytes */", "(opt.min * 1000)"),
                           ("limit VALUE", "opt.min")):
            name = line.split()[0]
            made = self.defined(f"#define {line}", name)
            self.assertEqual(made.manifest["replace"], {name: said})
            self.assertEqual(made.manifest["options"]["min"]["default"], 1)
            self.assertNotIn("#define", made.source)
            self.assertEqual(made.missing + made.approximated, [])

    def test_number_that_a_macro_is_made_of(self):
        made = self.defined("#define LIMIT VALUE\n#define TWICE (2 * LIMIT)", "TWICE")
        self.assertEqual(made.manifest["replace"], {"TWICE": "(2 * opt.min)"})
        self.assertEqual(made.missing + made.approximated, [])

    def test_macro_that_declares(self):
        made = self.defined("#define LIMIT VALUE", others="struct name { char text[LIMIT]; };\n")
        self.assertEqual(made.missing, ["line 32: LIMIT: --min changes declarations"])

    def test_macro_with_arguments(self):
        made = self.defined("#define LIMIT(x) ((x) * VALUE)", "LIMIT(2)")
        self.assertEqual(made.missing, ["line 31: IF_MIN: what --min puts in cannot be told from its "
                                        "value"])

    def test_built_in_name(self):
        made = self.replaced('parser.add_argument("--duration", type=int, default=9)\n',
                             'text = text.replace("LEAST", str(args.duration))\n')
        self.assertEqual(made.manifest["replace"], {"LEAST": "opt.program_duration"})
        self.assertIn("line 6: --duration is the tool's own option, the script's is --program-duration",
                      made.approximated)


class Together(Scripts):
    """Options that change a place together get a table of its texts."""

    def replaced(self, options, code, program=PROGRAM):
        text = HEAD + options + "args = parser.parse_args()\n" + program + code + PLAIN + TAIL
        return self.made(text)

    def test_place_behind_one_that_is_empty(self):
        made = self.replaced('parser.add_argument("--pid")\nparser.add_argument("--least", type=int)\n',
                             'text = text.replace("SECOND", "if (count < %s) return 0;" % args.least'
                             ' if args.least else "")\n'
                             'if args.pid: text = text.replace("FILTER", '
                             '"if (pid != %s) return 0;" % args.pid)\n',
                             PROGRAM.replace("FILTER", "FILTER // not here\n    SECOND"))
        self.assertEqual(made.manifest["replace"],
                         {"FILTER": "if (opt.pid) { if (pid != opt.pid) return 0; }",
                          "SECOND": "if (opt.least) { if (count < opt.least) return 0; }"})
        self.assertIn("FILTER // not here\n    SECOND\n", made.source)

    def test_numbers_with_a_text_of_their_own(self):
        made = self.replaced('parser.add_argument("--low", type=int, default=0)\n'
                             'parser.add_argument("--high", type=int, default=0)\n',
                             'if args.low and args.high: filter = "if (count < %d || count > %d) '
                             'return 0;" % (args.low, args.high)\n'
                             'elif args.low: filter = "if (count < %d) return 0;" % args.low\n'
                             'elif args.high: filter = "if (count > %d) return 0;" % args.high\n'
                             'else: filter = ""\n'
                             'text = text.replace("FILTER", filter)\n')
        self.assertEqual(made.manifest["replace"], {
            "FILTER": "if (opt.high && opt.low) { if (count < opt.low || count > opt.high) "
                      "return 0; } else if (opt.high) { if (count > opt.high) return 0; } "
                      "else if (opt.low) { if (count < opt.low) return 0; }"})
        self.assertEqual([line for line in made.missing if "--" in line], [])

    def test_flag_that_changes_what_another_puts_in(self):
        made = self.replaced('parser.add_argument("--pid")\n'
                             'parser.add_argument("--threads", action="store_true")\n',
                             'if args.pid: text = text.replace("TOGGLE", "%s != %s" % '
                             '("(u32)bpf_get_current_pid_tgid()" if args.threads else "pid", '
                             'args.pid))\n')
        self.assertEqual(made.manifest["replace"], {
            "TOGGLE": "(opt.threads && opt.pid ? ((u32)bpf_get_current_pid_tgid() != opt.pid) : "
                      "(opt.pid ? (pid != opt.pid) : (0)))"})

    def test_flags_that_add_declarations(self):
        made = self.replaced('parser.add_argument("--wide", action="store_true")\n'
                             'parser.add_argument("--more", action="store_true")\n',
                             'size = "u64" if args.wide else "u32"\n'
                             'more = " BPF_HASH(others, u32);" if args.more else ""\n'
                             'text = text.replace("BPF_HASH(seen, u32, u64, SIZE);", '
                             '"BPF_HASH(seen, %s);%s" % (size, more))\n')
        self.assertEqual([(one["when"], one["then"]) for one in made.manifest["replace"].values()],
                         [("opt.more && opt.wide", "BPF_HASH(seen, u64); BPF_HASH(others, u32);"),
                          ("opt.wide && !opt.more", "BPF_HASH(seen, u64);"),
                          ("opt.more && !opt.wide", "BPF_HASH(seen, u32); BPF_HASH(others, u32);"),
                          ("!opt.wide && !opt.more", "BPF_HASH(seen, u32);")])
        self.assertEqual(made.missing, [])

    def test_flags_that_exclude_each_other(self):
        made = self.replaced('parser.add_argument("--wide", action="store_true")\n'
                             'parser.add_argument("--small", action="store_true")\n',
                             'if args.wide and args.small: exit("not both")\n'
                             'size = "u16" if args.small else "u64" if args.wide else "u32"\n'
                             'text = text.replace("u32, u64, SIZE", size)\n')
        self.assertEqual([(one["when"], one["then"]) for one in made.manifest["replace"].values()],
                         [("opt.wide", "u64"), ("opt.small && !opt.wide", "u16"),
                          ("!opt.wide && !opt.small", "u32")])
        self.assertEqual(made.approximated, ["line 7: the script refuses --wide together with --small, "
                                             "the tool then does what it does with --wide"])

    def test_member_that_a_flag_adds(self):
        made = self.replaced('parser.add_argument("--file", action="store_true")\n',
                             'if args.file:\n'
                             '    text = text.replace("u64 size;", "u64 size; u64 file;")\n'
                             '    text = text.replace("    events.", "    e.file = (u64)file; events.")\n')
        self.assertEqual(list(made.manifest["replace"].values()),
                         [{"when": "opt.file", "then": "u64 file;", "else": ""},
                          {"when": "opt.file", "then": "e.file = (u64)file;", "else": ""}])

    def test_word_that_can_be_a_number(self):
        made = self.replaced('parser.add_argument("--name")\n',
                             'if args.name: text = text.replace("TOGGLE", "count == 0")\n')
        self.assertEqual(made.manifest["options"]["name"]["type"], "string")
        self.assertEqual(made.manifest["replace"], {"TOGGLE": "(opt.name[0] ? (count == 0) : (0))"})


class Containers(Scripts):
    """bcc's filter by containers is `filters`."""
    TEXT = HEAD + """
from bcc.containers import filter_by_containers
parser.add_argument("--cgroupmap")
parser.add_argument("--mntnsmap")
args = parser.parse_args()
""" + PROGRAM.replace("    FILTER\n", """
    if (container_should_be_filtered()) {
        return 0;
    }

""") + PLAIN + "text = filter_by_containers(args) + text\n" + TAIL

    def test_program(self):
        made = self.made(self.TEXT)
        self.assertEqual(made.manifest["filters"],
                         {"by": ["cgroupmap", "mntnsmap"], "in": ["on_read"]})
        self.assertEqual(made.done, ["line 8: --cgroupmap and --mntnsmap: 'filters' of the manifest"])
        self.assertEqual(made.missing, [])
        self.assertNotIn("container", made.source)

    def test_function_that_programs_call(self):
        made = self.made(self.TEXT.replace("int on_read(", "static int asks(int a)\n{\n    if "
                                           "(container_should_be_filtered()) return 0;\n    "
                                           "return a;\n}\n\nint on_read(").replace("""
    if (container_should_be_filtered()) {
        return 0;
    }
""", "    asks(1);\n"))
        self.assertEqual(made.manifest["filters"]["in"], ["on_read"])

    def test_another_question(self):
        made = self.made(self.TEXT.replace("if (container_should_be_filtered()) {",
                                           "if (container_should_be_filtered() == 0) {"))
        self.assertEqual(made.manifest["filters"], ["cgroupmap", "mntnsmap"])
        self.assertIn("if (container_should_be_filtered() == 0)", made.source)


class Host(Scripts):
    """What a text has from the host are facts."""

    def made_with(self, code, program=PROGRAM, tail=TAIL):
        return self.made("import os, resource\n" + HEAD + "args = parser.parse_args()\n" + program +
                         code + PLAIN + tail)

    def test_number(self):
        made = self.made_with('text = text.replace("LEAST", str(resource.getpagesize()))\n')
        self.assertEqual(made.manifest["facts"], ["page_size"])
        self.assertEqual(made.manifest["replace"], {"LEAST": "host.page_size"})

    def test_size_of_a_map(self):
        made = self.made_with('text = text.replace("SIZE", str(os.cpu_count()))\n')
        self.assertEqual(made.manifest["facts"], ["cpus"])
        self.assertEqual(made.manifest["maps"], {"seen": {"entries": "host.cpus"}})

    def test_flag_of_the_compiler(self):
        made = self.made_with('text = text.replace("SIZE", "MOST")\n', tail=TAIL.replace(
            "BPF(text=text)", 'BPF(text=text, cflags=["-DMOST=%d" % os.cpu_count()])'))
        self.assertEqual(made.manifest["maps"], {"seen": {"entries": "host.cpus"}})
        self.assertTrue(made.source.startswith("#define MOST 2\n"))

    def test_flag_that_is_no_size_alone(self):
        made = self.made_with('text = text.replace("SIZE", "MOST").replace("LEAST", "MOST")\n',
                              tail=TAIL.replace("BPF(text=text)", 'BPF(text=text, cflags='
                                                '["-DMOST=%d" % os.cpu_count()])'))
        self.assertIn("line 30: MOST: the script takes '2' from the host", made.missing)

    def test_own_process_and_symbol(self):
        made = self.made_with('text = text.replace("TOGGLE", "pid == %d" % os.getpid())\n'
                              'text = text.replace("LEAST", hex(BPF.ksymname("vfs_read")))\n')
        self.assertEqual(made.manifest["facts"], [{"symbol": "vfs_read"}, "pid"])
        self.assertIn("if (count < host.vfs_read) return 0;", made.source)
        self.assertIn("if (pid == host.pid) return 0;", made.source)

    def test_member_of_a_variable_that_is_called_host(self):
        made = self.made_with('text = text.replace("LEAST", "host.limit")\n')
        self.assertIn("if (count < host.limit) return 0;", made.source)
        self.assertNotIn("facts", made.manifest)

    def test_own_process_in_what_is_printed(self):
        made = self.made_with("mine = os.getpid()\n", tail=TAIL.replace(
            '    print("%-7d', '    if e.pid == mine: return\n    print("%-7d'))
        self.assertEqual(made.manifest["facts"], ["pid"])
        self.assertIn("host.pid", made.manifest["outputs"][0]["filter"])

    def test_what_no_fact_is(self):
        made = self.made_with('text = text.replace("LEAST", str(os.cpu_count() * 1000))\n')
        self.assertEqual(made.missing, ["line 25: LEAST: the script takes '2000' from the host"])


class Macros(Scripts):
    """Macros that options define."""
    ASKS = PROGRAM.replace("    FILTER\n", """#ifdef ONLY_PID
    if (pid != ONLY_PID)
        return 0;
#endif
#ifdef WIDE
    if (!count) return 0;
#else
    if (count > 9) return 0;
#endif
""")

    def made_with(self, options, code, program=ASKS, tail=TAIL):
        return self.made(HEAD + options + "args = parser.parse_args()\n" + program + code + PLAIN +
                         tail)

    def test_value_and_flag_within_functions(self):
        made = self.made_with('parser.add_argument("--pid", type=int)\n'
                              'parser.add_argument("--wide", action="store_true")\n',
                              'if args.pid: text = "#define ONLY_PID %d\\n" % args.pid + text\n'
                              'if args.wide: text = "#define WIDE\\n" + text\n')
        self.assertEqual({name: " ".join(text.split())
                          for name, text in made.manifest["replace"].items()}, {
            "ONLY_PID": "if (opt.pid) { if (pid != opt.pid) return 0; }",
            "WIDE": "if (opt.wide) { if (!count) return 0; } else { if (count > 9) return 0; }"})
        self.assertNotIn("#ifdef", made.source)
        self.assertEqual(made.missing, [])

    def test_flag_of_declarations(self):
        made = self.made_with('parser.add_argument("--wide", action="store_true")\n',
                              'if args.wide: text = "#define WIDE\\n" + text\n',
                              self.ASKS.replace("BPF_HASH(seen", "#ifdef WIDE\nBPF_HASH(more, u32);\n"
                                                "#endif\nBPF_HASH(seen"))
        self.assertEqual(made.manifest["options"], {"wide": {"define": "WIDE"}})
        self.assertNotIn("replace", made.manifest)
        self.assertEqual(made.source.count("#ifdef WIDE"), 2)
        self.assertNotIn("#define WIDE", made.source)

    def test_flags_of_the_compiler(self):
        made = self.made_with('parser.add_argument("--least", type=int, default=3)\n', "",
                              PROGRAM.replace("LEAST", "MOST + 1"), TAIL.replace(
                                  "BPF(text=text)", 'BPF(text=text, cflags=["-DMOST=%d" % '
                                  'args.least, "-DSAME=1"])'))
        self.assertEqual(made.manifest["replace"], {"MOST": "opt.least"})
        self.assertIn("if (count < MOST + 1) return 0;", made.source)
        self.assertTrue(made.source.startswith("#define SAME 1\n"))


if __name__ == "__main__":
    unittest.main()
