#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Every line of the importer's report has the line of the script that it is about."""

import re
import unittest

from scripts import HEAD, KERNELS, PLAIN, PROGRAM, TAIL, Scripts

import explore
import settle

OPTION = 'parser.add_argument("--unused", action="store_true")\n'
PLACED = re.compile(r"line [1-9]\d*: ")


class Lines(Scripts):
    def report(self, text, *args, refusal=lambda _: ""):
        """The report, with each line's place checked: `# HERE` marks that of the script."""
        made = settle.convert(refusal, explore.Explorer(self.script(text), args, KERNELS))
        lines = made.done + made.approximated + made.missing
        self.assertEqual([line for line in lines if not PLACED.match(line)], [])
        self.assertTrue(lines)
        here = [number for number, line in enumerate(text.splitlines(), 1) if "# HERE" in line]
        return [line.removeprefix(f"line {here[0]}: ") for line in lines] if here else lines

    def option(self, add, more="", tail=TAIL):
        """The report on a script that adds its options in some way."""
        return self.report(HEAD + add + "args = parser.parse_args()\n" + PROGRAM + PLAIN + more +
                           tail)

    NOTHING = "--unused: nothing that was found depends on it"

    def test_option_of_several_lines(self):
        self.assertEqual(self.option('parser.add_argument(  # HERE\n    "--unused",\n'
                                     '    action="store_true")\n'), [self.NOTHING])

    def test_option_of_a_group(self):
        self.assertEqual(self.option('group = parser.add_mutually_exclusive_group()\n'
                                     'group.add_argument("--unused", action="store_true") # HERE\n'),
                         [self.NOTHING])

    def test_option_by_a_function_of_the_script(self):
        self.assertEqual(self.option("def option(name):\n"
                                     '    parser.add_argument(name, action="store_true")\n'
                                     'option("--unused")  # HERE\n'), [self.NOTHING])

    def test_option_of_a_list(self):
        self.assertEqual(self.option('for name in ("--unused",):\n'
                                     '    parser.add_argument(name, action="store_true")  # HERE\n'),
                         [self.NOTHING])

    def test_options_in_a_function(self):
        self.assertEqual(self.option("def fill():\n    " + OPTION.strip() + "  # HERE\nfill()\n"),
                         [self.NOTHING])

    def test_option_of_several_words(self):
        self.assertEqual(self.option('parser.add_argument("--names", nargs=2)  # HERE\n'),
                         ["--names: takes several words"])

    def test_option_that_makes_no_program(self):
        said = self.option('parser.add_argument("--dump", action="store_true")  # HERE\n',
                           "if args.dump: exit()\n")
        self.assertEqual(said, ["--dump: no program is made with it"])

    FOLDER = 'import os\nparser.add_argument("--folder")\n'

    def test_text(self):
        said = self.report(HEAD + self.FOLDER + "args = parser.parse_args()\n" + PROGRAM +
                           'if args.folder:\n    text = (text.replace("TOGGLE", "0")\n'
                           '            .replace("LEAST", str(len(args.folder) * 7)))  # HERE\n' +
                           PLAIN + TAIL)
        self.assertEqual(said, ["LEAST: what --folder puts in cannot be told from its value"])

    def test_text_by_a_function_of_the_script(self):
        said = self.report(HEAD + self.FOLDER + "args = parser.parse_args()\n" + PROGRAM +
                           "def put(name, what): return text.replace(name, what)\n"
                           'text = put("LEAST", str(len(args.folder or "") * 7))  # HERE\n' +
                           PLAIN + TAIL)
        self.assertEqual(said, ["LEAST: what --folder puts in cannot be told from its value"])

    def test_text_without_a_name(self):
        said = self.option(self.FOLDER, 'text = text.partition("(count < 0)")\n'
                           'text = text[0] + "(count < %d)" % len(args.folder or "") + text[2]\n',
                           TAIL.replace("BPF(text=text)", "BPF(text=text)  # HERE"))
        self.assertEqual(said, ["IF_FOLDER: what --folder puts in cannot be told from its value"])

    def test_attach(self):
        said = self.option('parser.add_argument("--rate", type=int, default=49)\n', tail=TAIL.replace(
            "\ndef show", '\nb.attach_perf_event(ev_type=1, ev_config=0, fn_name="on_read",  # HERE\n'
            "    sample_freq=args.rate)\ndef show"))
        self.assertEqual(said, ["--rate: the frequency of an attach is a number of the manifest, not an "
                                "option"])

    def test_attaches_of_a_list(self):
        said = self.option('parser.add_argument("--where", default="a")\n', tail=TAIL.replace(
            "\ndef show", '\nplaces = ["vfs_open", "vfs_write", "vfs_statx", "vfs_fsync", "vfs_readv"]\n'
            'for place in places[:len(args.where)]:\n'
            '    b.attach_kprobe(event=place, fn_name="on_read")  # HERE\ndef show'))
        self.assertEqual(said, ["--where changes what is attached"])

    def test_probe_of_a_user(self):
        said = self.option('parser.add_argument("--where", default="a")\n', tail=TAIL.replace(
            "b = BPF(text=text)", "from bcc import USDT\nu = USDT(pid=1234)\n"
            "for i in range(len(args.where)):\n"
            '    u.enable_probe(probe="entry%d" % i, fn_name="on_read")  # HERE\n'
            "b = BPF(text=text, usdt_contexts=[u])"))
        self.assertEqual(said, ["--where changes what is attached"])

    def test_flags_of_the_compiler(self):
        said = self.option("", tail=TAIL.replace(
            "BPF(text=text)", 'BPF(text=text,  # HERE\n    cflags=["-O3"])'))
        self.assertEqual(said, ["the compiler's flag -O3 is left out"])

    def test_question_that_kernels_answer_otherwise(self):
        said = self.option("", 'if BPF.ksymname("vfs_read") == -1:\n    exit()\n'
                           'if not BPF.kernel_struct_has_field("task_struct", "__state"):  # HERE\n'
                           '    text = text.replace("if (0)", "if (count)")\n')
        self.assertEqual(said, ["the text for 5.10-x86_64: !host.task_struct___state: other lines in "
                                "on_read"])

    def test_kernels_with_declarations_of_their_own(self):
        said = self.option("", 'if not BPF.kernel_struct_has_field("task_struct", "__state"):  # HERE\n'
                           '    text = text.replace("u32 pid;", "u64 pid;")\n')
        self.assertEqual(len(said), 1)
        self.assertTrue(said[0].startswith("the text is the one for 7.2-x86_64; "), said)

    def test_process_that_a_command_finds(self):
        said = self.option("", tail=TAIL.replace("\ndef show", "\nimport subprocess\n"
                           'pid = int(subprocess.check_output(["pidof", "sqld"]))  # HERE\ndef show'))
        self.assertIn("'pidof sqld' is not asked: the tool has process 1234", said)

    def test_what_check_refuses(self):
        said = self.report(HEAD + PROGRAM + PLAIN + TAIL.replace("text=text)", "text=text)  # HERE"),
                           refusal=lambda _: "bad")
        self.assertEqual(said, ["'bcc2core check' refuses the program: bad"])

    def test_option_that_check_refuses(self):
        said = self.report(
            HEAD + 'parser.add_argument("--pid", type=int)  # HERE\nargs = parser.parse_args()\n' +
            PROGRAM + 'if args.pid: text = text.replace("FILTER", "if (pid != %d) return 0;" % '
            "args.pid)\n" + PLAIN + TAIL,
            refusal=lambda made: "bad" if made.manifest.get("replace") else "")
        self.assertEqual(said, ["--pid: 'bcc2core check' refuses what it makes: bad"])

    def test_what_is_printed(self):
        said = self.option("", tail=TAIL.replace(
            '    print("%-7d', '    for _ in range(e.pid): print("more")  # HERE\n    print("%-7d'))
        self.assertTrue(said)
        self.assertFalse([line for line in said if PLACED.match(line)])

    def test_manifest(self):
        path = self.script(HEAD + OPTION + "args = parser.parse_args()\n" + PROGRAM + PLAIN + TAIL)
        out, done = self.command(path)
        self.assertEqual(done.stdout, f"missing: line 6: {self.NOTHING}\n")
        text = (out / "reads.yaml").read_text(encoding="utf-8")
        self.assertTrue(text.startswith(f"# Missing of the script:\n# - line 6: {self.NOTHING}\n"))


if __name__ == "__main__":
    unittest.main()
