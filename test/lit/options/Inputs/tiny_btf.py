#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Writes the smallest BTF that bpftool takes: one int, struct sock with sk_err as its only member."""

import struct
import sys

INT, STRUCT = 1, 4
STRINGS = b"\0int\0sock\0sk_err\0"
TYPES = (struct.pack("<IIII", 1, INT << 24, 4, 1 << 24 | 32) +
         struct.pack("<III", 5, STRUCT << 24 | 1, 4) + struct.pack("<III", 10, 1, 0))
HEADER = struct.pack("<HBBIIIII", 0xeb9f, 1, 0, 24, 0, len(TYPES), len(TYPES), len(STRINGS))

with open(sys.argv[1], "wb") as file:
    file.write(HEADER + TYPES + STRINGS)
