#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Imports small scripts, written for the tests, and compares the source and the manifest.

usage: import_test.py [unittest options]; $BCC2CORE is the command, build/bin/bcc2core by default.
"""

import subprocess
import sys
import unittest

from scripts import COMMAND, HEAD, PLAIN, PROGRAM, ROOT, TAIL, Scripts

import child
import ctext
import explore
import guards
import places
import yaml_text


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

    def test_place_that_no_kernel_has(self):
        made = self.attaches("", 'b.attach_tracepoint(tp="random:gone", fn_name="on_read")\n')
        self.assertEqual([line.partition(": ")[2] for line in made.approximated],
                         ["no kernel of the data has 'random:gone': 'on_read' is attached where a host has it"])

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

    def test_a_library_that_may_lack_the_symbol(self):
        one, other = ('    b.attach_uprobe(name="%s", sym="nap", fn_name="on_read")\n' % name
                      for name in ("old", "c"))
        made = self.attaches("", f"try:\n{one}except Exception:\n{other}")
        self.assertEqual(made.manifest["attach"], [{"first": [
            {"run": "on_read", "uprobe": {"binary": name, "symbol": "nap"}} for name in ("old", "c")]}])
        for code in (f"try:\n{one}except Exception:\n    pass\n",
                     f"try:\n{one}except Exception:\n    name = 'c'\n{other}"):
            self.assertEqual(self.attaches("", code).manifest["attach"],
                             [{"run": "on_read", "uprobe": {"binary": "old", "symbol": "nap"}}])

    def test_interfaces(self):
        load = 'f = b.load_func("on_read", BPF.%s)\n'
        for code, place in (
                (load % "XDP" + 'b.attach_xdp("eth0", f, 0)\n', {"xdp": {"interface": "eth0"}}),
                (load % "XDP" + 'b.attach_xdp("eth0", f, BPF.XDP_FLAGS_SKB_MODE)\n',
                 {"xdp": {"interface": "eth0", "mode": "skb"}}),
                (load % "SOCKET_FILTER" + 'BPF.attach_raw_socket(f, "lo")\n',
                 {"socket_filter": {"interface": "lo"}})):
            made = self.attaches("", code)
            self.assertEqual(made.manifest["attach"], [{"run": "on_read", **place}])

    def test_process_that_a_command_finds(self):
        made = self.attaches("", 'import subprocess\n'
                             'pid = int(subprocess.check_output("pidof sqld".split()))\n'
                             'b.attach_uprobe(name="c", sym="nap", fn_name="on_read", pid=pid)\n')
        self.assertEqual(made.manifest["attach"][0]["pid"], "1234")
        self.assertEqual(made.missing, ["line 30: 'pidof sqld' is not asked: the tool has process 1234"])

    def test_two_flags_that_attach_something_else(self):
        options = ('parser.add_argument("--one", action="store_true")\n'
                   'parser.add_argument("--two", action="store_true")\n')
        text = HEAD + options + "args = parser.parse_args()\n" + PROGRAM + PLAIN + (
            'if args.one: text = text.replace("if (0)", "if (count == 1)")\n'
            'if args.two: text = text.replace("{.pid", "{.pid = 0 * 1, .pid")\n') + TAIL.replace(
                'event="vfs_read"', 'event="vfs_write" if args.one and args.two else "vfs_read"')
        self.assertIn("line 33: what is attached with --one and --two", self.made(text).missing)

    def test_number_that_the_manifest_has(self):
        made = self.attaches('parser.add_argument("-F", "--frequency", type=int, default=49)\n',
                             'b.attach_perf_event(ev_type=1, ev_config=0, fn_name="on_read", '
                             'sample_freq=args.frequency)\n')
        self.assertEqual(made.manifest["attach"], [
            {"run": "on_read", "perf_event": {"software": "cpu-clock", "frequency": 49}}])
        self.assertEqual(made.missing, ["line 30: --frequency: the frequency of an attach is a number of "
                                        "the manifest, not an option"])

    def test_number_that_a_line_shows(self):
        made = self.attaches('parser.add_argument("-c", "--count", type=int)\n',
                             'b.attach_perf_event(ev_type=1, ev_config=0, fn_name="on_read", '
                             'sample_period=args.count or 5)\n'
                             'print("Every %s%d events." % (("", args.count) if args.count else '
                             '("single ", 5)))\n')
        self.assertEqual(made.manifest["start"], ["Every single 5 events."])
        self.assertNotIn("options", made.manifest)
        self.assertEqual(made.missing, ["line 30: --count: the period of an attach is a number of the "
                                        "manifest, not an option"])

    def test_flags_beside_a_value(self):
        made = self.attaches('parser.add_argument("--cpu", type=int)\n'
                             'parser.add_argument("--one", action="store_true")\n'
                             'parser.add_argument("--two", action="store_true")\n',
                             'if args.one: b.attach_kprobe(event="vfs_write", fn_name="on_read")\n'
                             'if args.two: b.attach_kprobe(event="vfs_open", fn_name="on_read")\n'
                             'b.attach_perf_event(ev_type=1, ev_config=0, fn_name="on_read", '
                             'sample_freq=49, cpu=args.cpu or -1)\n')
        self.assertEqual(made.missing, [])

    def test_flag_beside_a_value_of_the_same_attach(self):
        made = self.attaches('parser.add_argument("--shared", default="/bin/sh")\n'
                             'parser.add_argument("--end", action="store_true")\n',
                             'b.attach_uprobe(name=args.shared, sym="main", fn_name="on_read")\n'
                             'if args.end: b.attach_uretprobe(name=args.shared, sym="main", '
                             'fn_name="on_read")\n')
        place = {"binary": "opt.shared", "symbol": "main"}
        self.assertEqual(made.manifest["attach"], [
            {"run": "on_read", "uprobe": place},
            {"run": "on_read", "uretprobe": place, "when": "opt.end"}])

    def test_flags_of_the_compiler(self):
        made = self.made(HEAD + 'parser.add_argument("--big", action="store_true")\n'
                         "args = parser.parse_args()\n" + PROGRAM + PLAIN + TAIL.replace(
                             "BPF(text=text)",
                             'BPF(text=text, cflags=["-O3"] if args.big else [])'))
        self.assertIn("line 29: --big changes flags of the compiler", made.missing)

    def test_a_place_that_all_kernels_have_is_none_of_another(self):
        found, names = [], ("vfs_read", "vfs_write")
        places.merge(found, [{"run": "f", "kprobe": names[1]}], "new")
        places.merge(found, [{"run": "f", "kprobe": name} for name in names], "old")
        self.assertEqual(found, [({"run": "f", "kprobe": names[1]}, {"new", "old"}),
                                 ({"run": "f", "kprobe": names[0]}, {"old"})])

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


class Buffers(Scripts):
    """What a buffer has to be for its rows."""

    def test_cpu(self):
        tail = TAIL.replace('print("%-7d %d" % (e.pid,', 'print("%-7d %d" % (cpu,')
        made = self.made(HEAD + "args = parser.parse_args()\n" + PROGRAM + PLAIN + tail)
        self.assertEqual(made.manifest["maps"]["events"], {"buffer": "perf"})
        self.assertEqual(made.manifest["outputs"][0]["columns"][0]["value"], "cpu()")


class Pauses(Scripts):
    """How long a round is."""

    def test_interval_that_is_an_option(self):
        tail = TAIL[:TAIL.index("def show")] + """
from time import sleep
while 1:
    sleep(args.interval)
    for k, v in b["seen"].items(): print("%d" % v.value)
"""
        made = self.made(HEAD + '''parser.add_argument("-i", "--interval", type=int, default=7)
args = parser.parse_args()\n''' + PROGRAM + PLAIN + tail)
        self.assertEqual(made.manifest["options"]["interval"],
                         {"short": "i", "type": "u32", "sets": "interval", "default": 7})
        self.assertNotIn("arguments", made.manifest)
        self.assertEqual(made.missing + made.approximated, [])


    def test_number_of_waits_of_the_script_itself(self):
        ends = ["line 26: the script ends by itself after its waits: the tool at Ctrl-C, or with "
                "--duration SECONDS"]
        for wait, said in (("for i in range(10): sleep(0.5)", ends), ("sleep(5)", ends),
                           ("sleep(99999999)", [])):
            made = self.made("from time import sleep\nfrom bcc import BPF\n" + PROGRAM + PLAIN +
                             TAIL[:TAIL.index("def show")] + wait + '''
for k, v in b["seen"].items(): print("%d" % v.value)
''')
            self.assertEqual(made.approximated, said)


class Words(Scripts):
    """Words of the command line that the script takes by their place."""

    def test_words_that_are_no_options(self):
        made = self.made("import sys\nfrom bcc import BPF\nlong = int(sys.argv[1]) if len(sys.argv) > 1 "
                         "else 0\n" + PROGRAM + PLAIN + TAIL)
        self.assertIn("line 3: words of the command line that are no options", made.missing)


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

    def test_program_in_a_file(self):
        """Is in the working directory, else beside the script."""
        path = self.script('from bcc import BPF\nb = BPF(src_file="prog.c")\nb.trace_print()\n')
        text = "int kprobe__vfs_read(void *ctx) { return %d; }\n"
        (self.folder / "prog.c").write_text(text % 1, encoding="utf-8")
        out, done = self.command(path)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual((out / "reads.c").read_text(encoding="utf-8"), text % 1)
        other = self.folder / "other"
        other.mkdir()
        (other / "prog.c").write_text(text % 2, encoding="utf-8")
        done = subprocess.run([COMMAND, "import", str(path), "-o", "out"], cwd=other, text=True,
                              capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual((other / "out" / "reads.c").read_text(encoding="utf-8"), text % 2)

    def test_program_in_no_file(self):
        self.refused('from bcc import BPF\nb = BPF(src_file="prog.c")\n', "Could not find file prog.c")

    def test_no_python(self):
        self.refused("int main(void) { return 0; }\n", "invalid syntax")

    def test_no_script_for_bcc(self):
        self.refused("print(1)\n", "it makes no BPF object")

    def test_missing_argument(self):
        self.refused(HEAD + 'parser.add_argument("what")\nparser.parse_args()\n',
                     "the following arguments are required: what")

    def test_failing_script(self):
        self.refused("from bcc import BPF\nraise ValueError('no')\n", "ValueError at reads:2: no")

    def test_what_no_tool_does(self):
        make = ("from bcc import BPF, BPFAttachType\n"
                "b = BPF(text='int f(struct bpf_sock_ops *s) { return 0; }')\n")
        self.refused("import pyroute2\nip = pyroute2.IPRoute()\nip.link('add')\n",
                     "line 3: it asks or sets up the network with pyroute2 ('link')")
        self.refused(make + "f = b.load_func('f', BPF.SOCK_OPS)\n"
                     "b.attach_func(f, 3, BPFAttachType.CGROUP_SOCK_OPS)\n",
                     "line 4: it attaches 'f' by the descriptor of a cgroup or map")
        self.refused("import surely_no_module\n", "it needs the module 'surely_no_module'")

    def test_module_beside_the_script(self):
        (self.folder / "beside_it.py").write_text("WHERE = 'vfs_read'\n", encoding="utf-8")
        made = self.made("from bcc import BPF\nfrom beside_it import WHERE\n"
                         "b = BPF(text='int f(void *ctx) { return 0; }')\n"
                         "b.attach_kprobe(event=WHERE, fn_name='f')\nb.trace_print()\n")
        self.assertEqual(made.manifest["attach"], [{"run": "f", "kprobe": "vfs_read"}])

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
        model = type("Model", (), {"reference": "opt.x", "type": "u64", "number_default": None})
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
