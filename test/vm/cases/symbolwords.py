# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Symbols of the kernel and of a module, with offset and module; hidden ones are explained once."""

import re

from case import Run, contains, equal

TOOL = "symbolwords"
WORK = ["workload", "io", "/dev/vda", "6", "4096", "read"]
MODULE = r"virtio_queue_rq\+0x0 \[(virtio_blk|kernel)\]"


def check(run, kernel):
    lines = run.lines()[1:]
    equal(len(lines), 6, "requests")
    for line in lines:
        equal(bool(re.fullmatch(r"blk_mq_start_request +blk_mq_start_request\+0x[0-9a-f] "
                                r"\[kernel\] +" + MODULE, line)), True, f"form of {line!r}")
    equal(run.stderr, "", "stderr")


def check_json(run, kernel):
    rows = [row for row in run.json() if "at" in row]
    equal([row["at"] for row in rows], ["blk_mq_start_request"] * 6, "functions")
    equal({bool(re.fullmatch(MODULE, row["queue"])) for row in rows}, {True}, "module's functions")


def check_hidden(run, kernel):
    lines = run.lines()[1:]
    equal(len(lines), 6, "requests")
    equal({tuple(line.split()) for line in lines}, {("[unknown]",) * 3}, "symbols")
    contains(run.stderr, "kptr_restrict hides their addresses from everybody; "
             "'sysctl kernel.kptr_restrict=1' shows them", "stderr")
    equal(run.stderr.count("kernel functions have no names"), 1, "explanations")


def restrict(to):
    return ["sh", "-c", f"echo {to} > /proc/sys/kernel/kptr_restrict"]


RUNS = [
    Run(["-p", "{pid}"], workload=WORK, check=check),
    Run(["-p", "{pid}", "--json"], workload=WORK, check=check_json),
    # The list is read at the first row, and so it must be hidden until that is over: emulated, a second or two.
    Run(workload=[restrict(2), WORK, ["workload", "sleep", "1", "5000"], restrict(0)], check=check_hidden),
]
