#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Options that stand in the way of a tool that can be built are left out, and named."""

import pathlib
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "importer"), str(ROOT / "test/corpus")]

import explore  # noqa: E402
import facts  # noqa: E402
import macros  # noqa: E402
import settle  # noqa: E402

KERNELS = [facts.load(name) for name in facts.KERNELS if name.endswith("x86_64")]
SCRIPT = '''
import argparse
from bcc import BPF
parser = argparse.ArgumentParser()
parser.add_argument("-w", "--wide", action="store_true", help="more")
parser.add_argument("-o", "--other", action="store_true", help="other")
parser.add_argument("-k", "--kind", choices=["odd", "even"], default="odd")
args = parser.parse_args()
text = """
struct event { u32 pid; TYPE more; };
BPF_PERF_OUTPUT(events);
int kprobe__vfs_read(struct pt_regs *ctx) {
    struct event e = {.pid = bpf_get_current_pid_tgid() >> 32};
    OTHER
    events.perf_submit(ctx, &e, sizeof(e));
    return 0;
}
"""
text = text.replace("OTHER", "%s" if args.other else "")
if "@" in text:
    text = "int kprobe__vfs_write(void *ctx) { return 1; } BPF_ARRAY(events, TYPE);"
text = text.replace("TYPE", "u64" if args.wide else "u32")
b = BPF(text=text)
print("%%-8s %%s" %% ("PID", "X"))
def show(cpu, data, size):
    e = b["events"].event(data)
    %s
b["events"].open_perf_buffer(show)
while 1:
    b.perf_buffer_poll()
'''
BEYOND = 'print("%-8d %s" % (e.pid, {1: 2}.__reduce__()[e.pid]))'


def taken(_made):
    return ""


class Settle(unittest.TestCase):
    """settle.convert() with a check of the test's own."""

    def convert(self, show, other="if (!e.pid) return 0;", refusal=taken):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "reads")
            path.write_text(SCRIPT % (other, show), encoding="utf-8")
            return settle.convert(refusal, explore.Explorer(path, (), KERNELS))

    def test_option_that_needs_a_function(self):
        made = self.convert(f"if args.wide: {BEYOND}\n    else: print('%-8d %d' % (e.pid, e.pid))")
        self.assertNotIn("wide", made.manifest["options"])
        self.assertIn("other", made.manifest["options"])
        self.assertEqual(made.code, "")
        said = [line for line in made.missing if line.startswith("line 5: --wide: ")]
        self.assertEqual(len(said), 1)
        self.assertIn("is to be written by hand: line 27 of the script", said[0])

    def test_what_the_tool_always_shows_stays(self):
        made = self.convert(BEYOND)
        self.assertIn("#error", made.code)
        self.assertIn("other", made.manifest["options"])

    def test_option_that_check_refuses(self):
        made = self.convert("print('%-8d %d' % (e.pid, e.pid))",
                            refusal=lambda made: "no such word" if made.manifest.get("options")
                            else "")
        self.assertNotIn("options", made.manifest)
        self.assertIn("line 6: --other: 'bcc2core check' refuses what it makes: no such word",
                      made.missing)

    def test_options_that_check_refuses_together(self):
        made = self.convert("print('%-8d %d' % (e.pid, e.pid))", refusal=lambda made: "both"
                            if {"wide", "other"} <= set(made.manifest.get("options", ())) else "")
        self.assertIn("wide", made.manifest["options"])
        self.assertIn("line 6: --other: 'bcc2core check' refuses what it makes: with others: both",
                      made.missing)

    def test_number_that_was_tried(self):
        made = types.SimpleNamespace(manifest={"replace": {
            "FILTER": {"when": "opt.uid", "then": f"if (uid != {explore.NUMBERS[0]}) return 0;"}}})
        self.assertIn("FILTER", settle.tried_number(made))
        made.manifest["replace"]["FILTER"]["then"] = "if (uid != opt.uid) return 0;"
        self.assertEqual(settle.tried_number(made), "")

    def test_macros_in_the_order_of_their_options(self):
        flags = ["one", "six", "two", "ten", "nine", "five"]

        def run(names):
            marked = "".join(f"#define {name.upper()}\n" for name in names) + "".join(
                f"#ifdef {name.upper()}\nint {name};\n#endif\n" for name in flags)
            return {"programs": [{"trial": False, "cflags": []}], "marked": marked, "names": []}

        runs = {explore.Setting(((flag, True),)): run([flag]) for flag in flags}
        found = macros.decided({explore.Setting(()): run([]), **runs}, {}, flags)[1]
        self.assertEqual(list(found), flags)

    def test_option_whose_text_is_another_program(self):
        made = self.convert("print('%-8d %d' % (e.pid, e.pid))", other="@")
        self.assertNotIn("vfs_write", made.source)
        self.assertNotIn("other", made.manifest["options"])
        self.assertIn("wide", made.manifest["options"])
        self.assertTrue([line for line in made.missing if "--other" in line], made.missing)

    def test_choice_in_an_order(self):
        made = self.convert("print('%-8d %d' % (e.pid, 1 if args.kind == 'odd' else 2))")
        self.assertIn("opt.kind == OPT_KIND_ODD", str(made.manifest["outputs"]))

    def test_program_that_check_refuses(self):
        made = self.convert("print('%-8d %d' % (e.pid, e.pid))", refusal=lambda made: "bad")
        self.assertIn("line 23: 'bcc2core check' refuses the program: bad", made.missing)


if __name__ == "__main__":
    unittest.main()
