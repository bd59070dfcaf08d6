#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares what the translator takes options of the kernel for with the kernels' own configurations.

usage: configs.py BCC2CORE ROOT

A program asks for each row of configs.def; every kernel of data/configs must have the option as the
translator says for its architecture; of a CONFIG_SOME row some have it and some have not. Prints what
differs; exits 1 if anything does.
"""

import lzma
import pathlib
import re
import subprocess
import sys
import tempfile


def rows(root, kinds):
    text = (root / "translator/frontend/configs.def").read_text("utf-8")
    return re.findall(rf"^CONFIG_(?:{kinds})\((\w+)", text, re.M)


def taken(command, arch, options):
    """The options that the translator takes as set."""
    source = "".join(f"#ifdef CONFIG_{option}\nint set_{option};\n#endif\n" for option in options)
    source += "int kprobe__vfs_read(struct pt_regs *ctx)\n{\n\treturn 0;\n}\n"
    with tempfile.NamedTemporaryFile("w", suffix=".c", encoding="utf-8") as program:
        program.write(source)
        program.flush()
        done = subprocess.run([command, "check", "--dump=unit", "--arch", arch, program.name],
                              capture_output=True, text=True, check=True)
    if done.stderr:
        sys.exit(done.stderr)
    return set(re.findall(r"^int set_(\w+);", done.stdout, re.M))


def main():
    command, root = sys.argv[1], pathlib.Path(sys.argv[2])
    options, some = rows(root, "FIELD|ARCH|HOST"), rows(root, "SOME")
    differing, having, kernels = 0, [], sorted((root / "data/configs").glob("*.txt.xz"))
    for path in kernels:
        kernel = path.name.removesuffix(".txt.xz")
        config = lzma.decompress(path.read_bytes()).decode()
        ours = taken(command, kernel.rpartition("-")[2], options)
        theirs = {option for option in options + some
                  if re.search(rf"^CONFIG_{option}=(?!n$)", config, re.M)}
        having += theirs & set(some)
        theirs -= set(some)
        for option in sorted(ours ^ theirs):
            differing += 1
            print(f"{kernel}: CONFIG_{option} is {'' if option in theirs else 'not '}set")
    for option in some:
        if not 0 < having.count(option) < len(kernels):
            differing += 1
            print(f"CONFIG_{option} is set on {having.count(option)} kernels")
    print(f"{len(options)} options, {len(kernels)} kernels, {differing} differ")
    return bool(differing)


sys.exit(main())
