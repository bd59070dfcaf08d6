#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Make runtime/syscall_names.h, the names of the system calls, from the kernel's own headers.

They come from the package linux-libc-dev of the suite that has the newest of the test kernels; numbers are
never given to another call, so that the newest list is right for older kernels too. With --check nothing is
written: exits 1 if the file is not what the headers say.
"""

import argparse
import pathlib
import re
import sys
import tempfile
import textwrap

sys.dont_write_bytecode = True

from fetch_kernels import KERNELS, FetchError, PrivateApt, cache_dir, cache_locked  # noqa: E402

TARGET = pathlib.Path(__file__).resolve().parent.parent / "runtime" / "syscall_names.h"
PACKAGE = "linux-libc-dev"
WIDTH = 100
# Debian's name of the architecture, in the folder of the package, and what the C compiler defines.
MACHINES = [("x86", "__x86_64__"), ("arm64", "__aarch64__")]
HEAD = """\
/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * The system calls of 64-bit programs, by number: CALL(number, name). Made by
 * scripts/syscall_names.py from the headers of Linux {version}; not to be edited.
 */
"""


def numbers(path):
    """[(number, name)] of a header with a #define for each call."""
    text = path.read_text(encoding="ascii")
    found = re.findall(r"^#define __NR_(\w+)\s+(\d+)\s*$", text, re.M)
    if len(found) < 300:
        raise FetchError(f"{path.name} lists only {len(found)} system calls")
    return sorted((int(number), name) for name, number in found)


def header(root, version):
    """The text of the file."""
    text = HEAD.format(version=re.match(r"[\d.]+", version).group(0).rstrip("."))
    for i, (machine, macro) in enumerate(MACHINES):
        [path] = root.glob(f"usr/lib/linux/uapi/{machine}/asm/unistd_64.h")
        text += f"#{'elif' if i else 'if'} defined({macro})\n"
        calls = " ".join(f"CALL({number},\0{name})" for number, name in numbers(path))
        text += textwrap.fill(calls, WIDTH, break_long_words=False).replace("\0", " ") + "\n"
    return text + "#endif\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether the file is right")
    args = parser.parse_args()
    suite = KERNELS[-2].suite
    try:
        with cache_locked(), tempfile.TemporaryDirectory(dir=cache_dir()) as folder:
            apt = PrivateApt(pathlib.Path(folder) / "apt", suite, "amd64")
            root = pathlib.Path(folder) / "root"
            apt.unpack(PACKAGE, root)
            text = header(root, apt.version(PACKAGE))
    except (FetchError, OSError, ValueError) as error:
        print(f"{PACKAGE} of {suite}: {error}", file=sys.stderr)
        return 1
    if not args.check:
        TARGET.write_text(text, encoding="ascii")
    elif TARGET.read_text(encoding="ascii") != text:
        print(f"{TARGET.name} is not what {PACKAGE} of {suite} says", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
