#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Prints reads of files: an example of a script for bcc, see docs/importing.md."""

import argparse

from bcc import BPF

parser = argparse.ArgumentParser(description="Print reads of files.")
parser.add_argument("-p", "--pid", type=int, help="this process only")
parser.add_argument("-l", "--least", type=int, default=0, help="reads of this many bytes or more")
parser.add_argument("-u", "--uid", action="store_true", help="print who reads")
args = parser.parse_args()

text = """
#include <linux/fs.h>

struct event {
    u32 pid;
    u32 uid;
    u64 bytes;
    char comm[16];
};
BPF_PERF_OUTPUT(events);

int on_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
    struct event event = {};
    u32 pid = bpf_get_current_pid_tgid() >> 32;

    FILTER_PID
    if (count < LEAST)
        return 0;
    event.pid = pid;
    event.uid = bpf_get_current_uid_gid();
    event.bytes = count;
    bpf_get_current_comm(&event.comm, sizeof(event.comm));
    events.perf_submit(ctx, &event, sizeof(event));
    return 0;
}
"""
if args.pid:
    text = text.replace("FILTER_PID", "if (pid != %d) return 0;" % args.pid)
else:
    text = text.replace("FILTER_PID", "")
text = text.replace("LEAST", str(args.least))
b = BPF(text=text)
b.attach_kprobe(event="vfs_read", fn_name="on_read")


def show(cpu, data, size):
    event = b["events"].event(data)
    if args.uid:
        print("%-6d" % event.uid, end="")
    print("%-7d %-16s %8d" % (event.pid, event.comm.decode("utf-8", "replace"), event.bytes))


if args.uid:
    print("%-6s" % "UID", end="")
print("%-7s %-16s %8s" % ("PID", "COMM", "BYTES"))
b["events"].open_perf_buffer(show)
while True:
    try:
        b.perf_buffer_poll()
    except KeyboardInterrupt:
        break
