#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Sizes of reads as a histogram: an example of a script for bcc, see docs/importing.md."""

import argparse
from time import sleep, strftime

from bcc import BPF

parser = argparse.ArgumentParser(description="Sizes of reads as a histogram.")
parser.add_argument("-k", "--kilobytes", action="store_true", help="in units of 1024 bytes")
parser.add_argument("-w", "--wide", action="store_true", help="one histogram for each process")
parser.add_argument("-T", "--timestamp", action="store_true", help="print the time")
parser.add_argument("interval", nargs="?", default=99999999, help="seconds between two outputs")
parser.add_argument("count", nargs="?", default=99999999, help="how many outputs")
args = parser.parse_args()

text = """
typedef struct key {
    u32 pid;
    u64 slot;
} key_t;
STORAGE

int on_read(struct pt_regs *ctx, void *file, char *buf, size_t count)
{
    UNIT
    STORE
    return 0;
}
"""
text = text.replace("UNIT", "count /= 1024;" if args.kilobytes else "")
if args.wide:
    text = text.replace("STORAGE", "BPF_HISTOGRAM(sizes, key_t);")
    text = text.replace("STORE", "key_t key = {.pid = bpf_get_current_pid_tgid() >> 32, "
                                 ".slot = bpf_log2l(count)}; sizes.increment(key);")
else:
    text = text.replace("STORAGE", "BPF_HISTOGRAM(sizes);")
    text = text.replace("STORE", "sizes.increment(bpf_log2l(count));")
b = BPF(text=text)
b.attach_kprobe(event="vfs_read", fn_name="on_read")

print("Tracing reads... Hit Ctrl-C to end.")
left = int(args.count)
while True:
    try:
        sleep(int(args.interval))
    except KeyboardInterrupt:
        left = 1
    print()
    if args.timestamp:
        print("%-8s\n" % strftime("%H:%M:%S"), end="")
    b["sizes"].print_log2_hist("kbytes" if args.kilobytes else "bytes", "pid")
    b["sizes"].clear()
    left -= 1
    if left == 0:
        break
