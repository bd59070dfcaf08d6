# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Which command lines a tool is recorded with: none, its own examples, and every option alone.

Called by record.py with what command_line.py found.
"""

import re
import shlex

# What tools need that have no example of their own, or one that depends on the host.
BASES = {
    "biolatpcts": ("/dev/sda",),
    "dirtop": ("-d", "/proc"),
    "mysqld_qslower": ("1234",),
    "netqtop": ("-n", "eth0"),
    "ucalls": ("-l", "java", "1234"),
    "uflow": ("-l", "java", "1234"),
    "ugc": ("-l", "java", "1234"),
    "uobjnew": ("-l", "java", "1234"),
    "uthreads": ("-l", "java", "1234"),
}

# A value for an argument, by its destination in argparse; several make several settings.
SAMPLES = {
    "binary": ["/usr/bin/mysqld"], "caller": ["vfs_read"], "cgroup_path": ["/sys/fs/cgroup"],
    "cgroupmap": ["/sys/fs/bpf/cgroups"], "comm": ["bash"], "command": ["true"], "cpu": ["1"],
    "dev": ["/dev/sda"], "device": ["/dev/pts/2"], "devname": ["virtio0"], "disk": ["sda"],
    "driver": ["virtio_net"], "dump_graph": ["/dev/null"], "errno": ["ENOENT"],
    "extra_lib": ["openssl:/usr/lib/libssl.so.3"], "flag_filter": ["O_WRONLY"],
    "functions": ["vfs_write"], "hcall": ["2"], "include": ["linux/sched.h"], "label": ["host"],
    "laddr": ["10.0.0.1"], "line": ["main"], "localport": ["80"], "lport": ["80"],
    "mntnsmap": ["/sys/fs/bpf/mounts"], "msg_filter": ["config"], "name": ["bash"],
    "obj": ["/usr/lib/libc.so.6"], "path": ["/usr/bin/mysqld"], "pattern": ["vfs_read"],
    "pcts": ["50,99"], "pid": ["1234"], "pids": ["1234"], "port": ["80", "80,443"],
    "probability": ["0.5"], "probes": ["vfs_read"], "raddr": ["10.0.0.2"],
    "remoteport": ["80"], "rootdirs": ["/proc"], "rport": ["80"],
    "shared": ["/usr/lib/libreadline.so"], "signal": ["9"], "sort": ["acq_max"],
    "state": ["1", "2"], "subnets": ["10.0.0.0/8"], "sym_file_list": ["/usr/lib/libc.so.6"],
    "syscall": ["read"], "tids": ["1234"], "uid": ["1000"], "ppid": ["1"], "tid": ["1234"],
    "tgid": ["1234"], "tpid": ["1234"], "vcpu": ["0"], "lock_symbols": ["lock_a"],
    "unlock_symbols": ["unlock_a"], "countspecifier": ["p::vfs_read()"],
    "histspecifier": ["p::vfs_read(void *file, void *buf, size_t size):size_t:size"],
    "min_ms": ["0", "10"], "min_us": ["0", "100"], "filter": ["sched:*"], "lib": ["c"],
}
NUMBER = "2"
# Options that only print: help, or the text that the tool makes without them.
SILENT = {"-h", "--help", "--version", "--ebpf"}


def values(argument):
    """Lists of words, each a value to try."""
    if argument["nargs"] == 0:
        return [[]]
    if argument["choices"]:
        return [[choice] for choice in argument["choices"]]
    return [[value] for value in SAMPLES.get(argument["dest"], [NUMBER])]


def option_settings(arguments, base):
    """Each option of the tool alone, with each value, added to what the tool needs. A positional
    argument takes the place of those that the tool needs."""
    settings = []
    for argument in arguments:
        if SILENT & set(argument["flags"]):
            continue
        flag = argument["flags"][-1:] if argument["flags"] else []
        for words in values(argument):
            settings.append((*(base if flag else ()), *flag, *words))
    return settings


def examples(tool, text):
    """Command lines that the text of a tool's help gives."""
    found = []
    text = text.replace("\\\n", " ")
    for line in text.splitlines():
        match = re.match(rf"\s*(?:#\s*)?(?:\./)?{re.escape(tool)}(?:\.py)?(\s.*|$)", line)
        if not match or "$(" in line:
            continue
        try:
            found.append(tuple(shlex.split(match.group(1), comments=True)))
        except ValueError:
            continue                        # prose, or a quotation over several lines
    return list(dict.fromkeys(found))
