# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Takes the network and the writing of files from this process, as far as the platform allows.

Landlock (Linux 5.13) makes everything but one folder and /dev/null read-only; a network name space
of its own has no network. The numbers are those of linux/landlock.h, linux/sched.h and
linux/prctl.h; the system calls of Landlock have the same numbers on every machine.
"""

import ctypes
import os

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_NO_NEW_PRIVS = 38
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
RULE_PATH_BENEATH = 1
WRITE_FILE = 1 << 1
# Writing, removing and making files of every kind.
WRITES = WRITE_FILE | sum(1 << bit for bit in range(4, 13))


class Ruleset(ctypes.Structure):
    _fields_ = [("handled_access_fs", ctypes.c_uint64)]


class PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def leave_network(libc):
    """Whether this process has no network any more."""
    mine = 0 if os.geteuid() == 0 else CLONE_NEWUSER
    return libc.unshare(mine | CLONE_NEWNET) == 0


def write_only_in(libc, folder):
    """Whether this process can write nowhere else any more."""
    attr = Ruleset(WRITES)
    rules = libc.syscall(CREATE_RULESET, ctypes.byref(attr), ctypes.sizeof(attr), 0)
    if rules < 0:
        return False
    for path, allowed in ((folder, WRITES), (os.devnull, WRITE_FILE)):
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = PathBeneath(allowed, fd)
        libc.syscall(ADD_RULE, rules, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(fd)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    done = libc.syscall(RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return done


def confine(folder):
    """What the platform did not allow, as words; empty where it allowed everything."""
    libc = ctypes.CDLL(None, use_errno=True)
    failed = [] if leave_network(libc) else ["the network"]
    return failed + ([] if write_only_in(libc, folder) else ["writing files"])
