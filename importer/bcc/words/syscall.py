# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Names of system calls: the tool has them (`type: syscall`), the script needs none to be recorded."""

syscalls = {}


def syscall_name(number):
    return syscalls.get(number, f"[unknown: {number}]".encode())
