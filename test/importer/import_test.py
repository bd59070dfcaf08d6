#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Imports small scripts, written for the tests, and compares the source and the manifest.

usage: import_test.py [unittest options]; $BCC2CORE is the command, build/bin/bcc2core by default.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "importer"), str(ROOT / "test/corpus")]

import child  # noqa: E402
import ctext  # noqa: E402
import explore  # noqa: E402
import facts  # noqa: E402
import guards  # noqa: E402
import tool  # noqa: E402
import yaml_text  # noqa: E402

COMMAND = os.environ.get("BCC2CORE", str(ROOT / "build/bin/bcc2core"))
KERNELS = [facts.load(name) for name in facts.KERNELS if name.endswith("x86_64")]
HEAD = """
import argparse
from time import sleep
from bcc import BPF
parser = argparse.ArgumentParser()
"""
# A program with a filter, a number, a toggle and a map with a size.
PROGRAM = '''
text = """
#include <uapi/linux/ptrace.h>
struct event { u32 pid; u64 size; };
BPF_PERF_OUTPUT(events);
BPF_HASH(seen, u32, u64, SIZE);
int on_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
    u32 pid = bpf_get_current_pid_tgid() >> 32;
    FILTER
    if (count < LEAST) return 0;
    if (TOGGLE) return 0;
    struct event e = {.pid = pid, .size = count};
    events.perf_submit(ctx, &e, sizeof(e));
    return 0;
}
"""
'''
TAIL = """
b = BPF(text=text)
b.attach_kprobe(event="vfs_read", fn_name="on_read")
def show(cpu, data, size):
    e = b["events"].event(data)
    print("%-7d %d" % (e.pid, e.size))
print("%-7s %s" % ("PID", "SIZE"))
b["events"].open_perf_buffer(show)
while 1:
    b.perf_buffer_poll()
"""
PLAIN = """
text = text.replace("FILTER", "").replace("LEAST", "0").replace("TOGGLE", "0")
text = text.replace("SIZE", "10240")
"""


class Scripts(unittest.TestCase):
    """Scripts of a test live in a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def script(self, text, name="reads"):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def made(self, text, *args):
        """The Tool of a script, by the answers of the data's kernels."""
        maker = tool.Maker(explore.Explorer(self.script(text), args, KERNELS))
        maker.explore()
        return maker.make()

    def command(self, path, *more):
        out = self.folder / "out"
        return out, subprocess.run([COMMAND, "import", str(path), "-o", str(out), *more],
                                   text=True, capture_output=True, check=False)


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

    def test_built_in_name(self):
        made = self.replaced('parser.add_argument("--duration", type=int, default=9)\n',
                             'text = text.replace("LEAST", str(args.duration))\n')
        self.assertEqual(made.manifest["replace"], {"LEAST": "opt.program_duration"})
        self.assertIn("--duration is the tool's own option, the script's is --program-duration",
                      made.approximated)


class Attaches(Scripts):
    """Where programs are attached, over options and kernels."""

    def attaches(self, options, code):
        tail = TAIL.replace('b.attach_kprobe(event="vfs_read", fn_name="on_read")\n', code)
        return self.made(HEAD + options + "args = parser.parse_args()\n" + PROGRAM + PLAIN + tail)

    def test_flag(self):
        made = self.attaches('parser.add_argument("--write", action="store_true")\n',
                             'b.attach_kprobe(event="vfs_write" if args.write else "vfs_read", '
                             'fn_name="on_read")\n')
        self.assertEqual(made.manifest["attach"],
                         [{"run": "on_read", "kprobe": "vfs_read", "when": "!opt.write"},
                          {"run": "on_read", "kprobe": "vfs_write", "when": "opt.write"}])

    def test_value(self):
        made = self.attaches('parser.add_argument("-s", "--shared", default="/bin/sh")\n'
                             'parser.add_argument("--pid", type=int)\n',
                             'b.attach_uprobe(name=args.shared, sym="main", fn_name="on_read", '
                             'pid=args.pid or -1)\n')
        self.assertEqual(made.manifest["attach"],
                         [{"run": "on_read", "uprobe": {"binary": "opt.shared", "symbol": "main"},
                           "pid": "opt.pid"}])
        self.assertEqual(made.manifest["options"]["shared"]["default"], "/bin/sh")

    def test_place_after_one_that_failed(self):
        made = self.attaches("", 'try:\n    b.attach_kprobe(event="__vfs_gone", fn_name="on_read")\n'
                             'except Exception:\n'
                             '    b.attach_kprobe(event="vfs_read", fn_name="on_read")\n')
        self.assertEqual(made.manifest["attach"],
                         [{"run": "on_read", "kprobe": ["__vfs_gone", "vfs_read"]}])

    def test_two_flags(self):
        options = ('parser.add_argument("--no-read", action="store_true")\n'
                   'parser.add_argument("--no-write", action="store_true")\n')
        made = self.attaches(options, 'if not args.no_read: '
                             'b.attach_kprobe(event="vfs_read", fn_name="on_read")\n'
                             'if not args.no_write: '
                             'b.attach_kprobe(event="vfs_write", fn_name="on_read")\n')
        self.assertEqual([entry["when"] for entry in made.manifest["attach"]],
                         ["!opt.no_read", "!opt.no_write"])
        self.assertEqual(made.missing, [])

    def test_two_flags_that_attach_something_else(self):
        options = ('parser.add_argument("--one", action="store_true")\n'
                   'parser.add_argument("--two", action="store_true")\n')
        text = HEAD + options + "args = parser.parse_args()\n" + PROGRAM + PLAIN + (
            'if args.one: text = text.replace("if (0)", "if (count == 1)")\n'
            'if args.two: text = text.replace("{.pid", "{.pid = 0 * 1, .pid")\n') + TAIL.replace(
                'event="vfs_read"', 'event="vfs_write" if args.one and args.two else "vfs_read"')
        self.assertIn("what is attached with --one and --two", self.made(text).missing)

    def test_flags_of_the_compiler(self):
        made = self.made(HEAD + 'parser.add_argument("--big", action="store_true")\n'
                         "args = parser.parse_args()\n" + PROGRAM + PLAIN + TAIL.replace(
                             "BPF(text=text)",
                             'BPF(text=text, cflags=["-DMOST=9" if args.big else "-DMOST=1"])'))
        self.assertIn("--big changes flags of the compiler", made.missing)
        self.assertTrue(made.source.startswith("#define MOST 1\n"))

    def test_two_places_are_not_alternatives(self):
        made = self.attaches("", 'for name in ("vfs_read", "vfs_write"):\n'
                             '    b.attach_kprobe(event=name, fn_name="on_read")\n')
        self.assertEqual([entry["kprobe"] for entry in made.manifest["attach"]],
                         ["vfs_read", "vfs_write"])

    def test_places_of_kernels_are(self):
        made = self.attaches("", 'old = "account_page_dirtied"\n'
                             'name = old if BPF.get_kprobe_functions(old.encode()) else "vfs_read"\n'
                             'b.attach_kprobe(event=name, fn_name="on_read")\n')
        self.assertEqual(made.manifest["attach"],
                         [{"run": "on_read", "kprobe": ["vfs_read", "account_page_dirtied"]}])


class Command(Scripts):
    """The command as a user gives it."""

    def test_whole_way(self):
        path = self.script(HEAD + 'parser.add_argument("-p", "--pid", type=int)\n'
                           "args = parser.parse_args()\n" + PROGRAM +
                           'if args.pid: text = text.replace("FILTER", '
                           '"if (pid != %d) return 0;" % args.pid)\n' + PLAIN + TAIL)
        out, done = self.command(path)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(sorted(file.name for file in out.iterdir()), ["reads.c", "reads.yaml"])
        self.assertEqual((out / "reads.yaml").read_text(encoding="utf-8"), """tool: reads
source: reads.c
options:
  pid: {short: p, type: pid}
replace:
  FILTER: "if (opt.pid) { if (pid != opt.pid) return 0; }"
attach:
  - {run: on_read, kprobe: vfs_read}
outputs:
  - events: events
    columns:
      - {header: PID, value: e->pid, width: -7}
      - {header: SIZE, value: e->size}
""")
        checked = subprocess.run([COMMAND, "check", str(out / "reads.c")], text=True,
                                 capture_output=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stderr)

    def refused(self, text, said, *args):
        out, done = self.command(self.script(text), *args)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn(said, done.stderr)
        self.assertTrue(done.stderr.endswith("[import]\n"), done.stderr)
        self.assertFalse(out.exists())

    def test_no_python(self):
        self.refused("int main(void) { return 0; }\n", "invalid syntax")

    def test_no_script_for_bcc(self):
        self.refused("print(1)\n", "it makes no BPF object")

    def test_missing_argument(self):
        self.refused(HEAD + 'parser.add_argument("what")\nparser.parse_args()\n',
                     "the following arguments are required: what")

    def test_failing_script(self):
        self.refused("from bcc import BPF\nraise ValueError('no')\n", "ValueError at reads:2: no")

    def test_fork(self):
        self.refused("import os\nos.fork()\n", "can't fork")

    def needs(self, what):
        """Skips a test of what this host does not allow."""
        code = f"import confine; print(confine.confine({str(self.folder)!r}))"
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "importer", text=True,
                              capture_output=True, check=True)
        if what in done.stdout:
            self.skipTest(f"this host does not keep a process from {what}")

    def test_file_is_not_written(self):
        self.needs("writing files")
        path = self.folder / "made-by-script"
        self.refused(f"open({str(path)!r}, 'w').write('x')\n", "it fails")
        self.assertFalse(path.exists())

    def test_network(self):
        self.needs("the network")
        self.refused("import socket\ns = socket.socket()\ns.connect(('127.0.0.1', 1))\n"
                     "print('connected')\n", "it fails: OSError")

    def test_no_file(self):
        out, done = self.command(self.folder / "absent")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no such file", done.stderr)
        self.assertFalse(out.exists())

    def test_files_that_are_there(self):
        path = self.script(HEAD + "parser.parse_args()\n" + PROGRAM + PLAIN + TAIL)
        out = self.folder / "out"
        out.mkdir()
        (out / "reads.yaml").write_text("mine\n", encoding="utf-8")
        _, done = self.command(path)
        self.assertEqual(done.returncode, 1)
        self.assertIn("exists: remove it", done.stderr)
        self.assertEqual([file.name for file in out.iterdir()], ["reads.yaml"])

    def test_time_limit(self):
        child.CPU_SECONDS, known = 1, child.CPU_SECONDS
        try:
            with self.assertRaisesRegex(explore.ImportFailure, "it loops"):
                self.made("from bcc import BPF\nwhile True: pass\n")
        finally:
            child.CPU_SECONDS = known


class Documents(Scripts):
    """docs/importing.md shows what the command does."""

    def shown(self, name):
        text = (ROOT / "docs/importing.md").read_text(encoding="utf-8")
        manifest = text.partition(f"$ cat {name}/{name}.yaml\n")[2].partition("$ ")[0]
        said = text.partition(f"import/{name}.py -o {name}\n")[2].partition("$ ")[0]
        return said, manifest

    def test_examples(self):
        for name in ("reads", "readsizes"):
            with self.subTest(name):
                out, done = self.command(ROOT / "examples/import" / f"{name}.py")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                manifest = (out / f"{name}.yaml").read_text(encoding="utf-8")
                self.assertEqual((done.stdout, manifest), self.shown(name))
                checked = subprocess.run([COMMAND, "check", str(out / f"{name}.c")], text=True,
                                         capture_output=True, check=False)
                self.assertEqual(checked.returncode, 0, checked.stderr)


class Parts(unittest.TestCase):
    """Rules that whole scripts show too late or not at all."""

    def test_select_is_what_is_written(self):
        case = guards.Case("x", None, "opt.x", "if (a < (opt.x * 1000 + 3)) return 0;")
        model = type("Model", (), {"c_name": "x", "number_default": None})
        found = guards.Guarded("", [case]).select(explore.Setting((("x", "5"),)), {"x": model})
        self.assertEqual(found, "if (a < 5003) return 0;")

    def test_slide_to_a_statement(self):
        base = ctext.tokens("{ if (a) { return 0; } b(); }")
        other = ctext.tokens("{ if (c) { return 0; } if (a) { return 0; } b(); }")
        (start, end), = ctext.Alignment(base, other).hunks()
        content = ctext.Alignment(base, other).content(start, end)
        self.assertEqual(ctext.joined(content).strip(), "if (c) { return 0; }")

    def test_yaml(self):
        text = yaml_text.text({"tool": "a", "replace": {"X": "yes", "Y": "a: b", "Z": "p\nq"}})
        self.assertEqual(text, 'tool: a\nreplace:\n  X: "yes"\n  Y: "a: b"\n  Z: |\n    p\n    q\n')


if __name__ == "__main__":
    unittest.main()
