# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Small scripts for the tests of the importer, and how they are imported.

Imported by import_test.py and texts_test.py; $BCC2CORE is the command, build/bin/bcc2core by default.
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

import explore  # noqa: E402
import facts  # noqa: E402
import tool  # noqa: E402

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
