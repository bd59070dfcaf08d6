# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Runs small scripts, written for the tests, up to their first wait and derives their outputs."""

import functools
import gc
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "importer"), str(ROOT / "test/corpus")]

import bcc  # noqa: E402
import child  # noqa: E402
import facts  # noqa: E402
import outputs  # noqa: E402   before the sandbox, as the importer does

RECORD = """
struct record {
    u64 ts;
    u32 pid;
    u32 uid;
    int ret;
    u32 saddr;
    unsigned __int128 saddr6;
    u64 address;
    int stack;
    char comm[16];
    char path[64];
};
struct entry { u32 pid; char comm[16]; };
struct counts { u64 reads; u64 bytes; };
struct slot { u32 cpu; u64 slot; };
BPF_PERF_OUTPUT(events);
BPF_HASH(counts, struct entry, struct counts);
BPF_HASH(totals, u32, u64);
BPF_HISTOGRAM(dist);
BPF_HISTOGRAM(by_cpu, struct slot);
BPF_STACK_TRACE(stacks, 64);
int probe(void *ctx) {
    struct record data = {};
    events.perf_submit(ctx, &data, sizeof(data));
    return 0;
}
"""
HEAD = """
import argparse, errno, socket, struct, sys, time
from time import sleep, strftime
from bcc import BPF
parser = argparse.ArgumentParser()
parser.add_argument("-t", "--timestamp", action="store_true")
parser.add_argument("-u", "--uid", action="store_true")
parser.add_argument("-m", "--milliseconds", action="store_true")
parser.add_argument("-n", "--name")
parser.add_argument("-r", "--rows", type=int, default=20)
parser.add_argument("-k", "--kind", choices=["odd", "even", "no-number"], default="odd")
parser.add_argument("interval", nargs="?", default=99999999)
parser.add_argument("count", nargs="?", default=99999999)
args = parser.parse_args()
b = BPF(text=RECORD)
"""
OPTIONS = {
    "timestamp": {"name": "timestamp", "type": "flag"}, "uid": {"name": "uid", "type": "flag"},
    "milliseconds": {"name": "milliseconds", "type": "flag"},
    "name": {"name": "name", "type": "string"}, "rows": {"name": "rows", "type": "s64"},
    "kind": {"name": "kind", "type": "choice", "default": "odd",
             "choices": ["odd", "even", "no-number"]},
    "interval": {"name": "interval", "type": "u32", "default": "99999999"},
    "count": {"name": "count", "type": "u32", "default": "99999999"},
}
# What follows a callback in a script that prints records.
POLL = """
b["events"].open_perf_buffer(show)
while True:
    b.perf_buffer_poll()
"""


@functools.cache
def kernel():
    """A kernel that has nothing that a script could ask for."""
    return facts.Facts("6.1-x86_64", [], {}, [])


def derive(script, frame, programs):
    """What the child calls at the first wait."""
    tables = [table for one in gc.get_objects() if type(one) is bcc.BPF
              for table in one.tables.values()]
    run = outputs.Run("\n".join(program.text for program in programs), tuple(tables))
    return outputs.as_data(outputs.derive(script, frame, OPTIONS, run))


def derived(body, program=RECORD):
    """The Derived of a script whose end is `body`; an empty first line of it is line 1."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "script.py"
        head = "; ".join(["import io", f"exec({HEAD.replace('RECORD', repr(program))!r})"])
        path.write_text(head + "\n" + body.removeprefix("\n"), encoding="utf-8")
        found = child.run(child.Job(path, (), kernel(), derive=derive))
    if found["end"] != "stopped" or not found["derived"]:
        raise AssertionError(f"{found['end']}: {found['output']}")
    return found["derived"]


def columns_of(body):
    """The columns of the only output of a script, which must leave nothing over."""
    found = derived(body)
    if found["left"] or len(found["outputs"]) != 1:
        raise AssertionError(f"{found['left']}, {found['outputs']}")
    return found["outputs"][0]["columns"]


def one_value(expression, form="%d"):
    """The one column of a callback that prints an expression."""
    return columns_of(f"""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("{form}" % ({expression}))
""" + POLL)[0]
