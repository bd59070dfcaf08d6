# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""How many bits a C type has, and whether it has a sign: where C's arithmetic is not Python's."""

import re

# Sign and bits, by the names that programs use.
TYPES = {
    "char": (True, 8), "bool": (False, 8), "_Bool": (False, 8), "short": (True, 16),
    "int": (True, 32), "long": (True, 64), "unsigned": (False, 32), "signed": (True, 32),
    "size_t": (False, 64), "ssize_t": (True, 64), "loff_t": (True, 64), "off_t": (True, 64),
    "pid_t": (True, 32), "uid_t": (False, 32), "gid_t": (False, 32), "dev_t": (False, 32),
    "sector_t": (False, 64), "uintptr_t": (False, 64), "dma_addr_t": (False, 64),
}
FIXED = re.compile(r"(?:__)?(u|s|be|le|uint|int)(8|16|32|64)(?:_t)?$")
QUALIFIERS = {"const", "volatile", "struct"}


def integer(ctype):
    """(signed, bits) of a C type; None for others than integers and for what is not known."""
    ctype = ctype.strip()
    if ctype.endswith("*"):
        return (False, 64)
    words = [word for word in ctype.split() if word not in QUALIFIERS]
    if words and words[0] == "enum":
        return (False, 32)
    if len(words) == 1:
        fixed = FIXED.match(words[0])
        if fixed:
            return (fixed.group(1) in ("s", "int"), int(fixed.group(2)))
        return TYPES.get(words[0])
    sizes = [word for word in words if word in ("char", "short", "long")]
    if not words or any(word not in TYPES for word in words):
        return None
    bits = TYPES[sizes[0]][1] if sizes else 32
    return ("unsigned" not in words, bits)


def of(machine, value):
    """(signed, bits) of a place of a record or a map; None for other values."""
    if value.op not in ("member", "index", "key", "value"):
        return None
    ctype = machine.type_of(value)
    ctype = machine.shapes.typedefs.get(ctype, ctype)
    return integer(ctype) if ctype else None


def of_constant(value):
    """(signed, bits) of a constant, as C takes it."""
    if -1 << 31 <= value < 1 << 31:
        return True, 32
    return value < 1 << 63, 64


def common(one, two):
    """What C makes of two operands; None where one is not known."""
    if one is None or two is None:
        return None
    bits = max(32, one[1], two[1])
    return all(signed for signed, size in (one, two) if size == bits), bits


def overflows(op, left, right, by):
    """Whether `left op right` may need more than the 32 bits that C would have for it."""
    if op not in ("+", "-", "*", "<<") or left is None or right is None:
        return False
    if left[1] > 32 or (right[1] > 32 and op != "<<"):
        return False
    constant = by if isinstance(by, int) else None
    if op == "<<" and constant is not None:
        return left[1] + constant > 31
    size = right[1] if constant is None else constant.bit_length()
    return (left[1] + size if op == "*" else max(left[1], size) + 1) > 31
