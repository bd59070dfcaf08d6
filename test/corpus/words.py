#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares the words of bcc's own header with what bcc2core takes.

usage: words.py BCC2CORE [LIBBCC]

The installed libbcc carries the header that bcc gives every program. Its macros, map methods, helpers
and functions are read from there, and each is tried on BCC2CORE. Prints one line a missing word and
then N words, N missing; exit status 1 when any is missing or when the header is not found.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

# Parts of other macros of the header, which no program writes.
INNER = re.compile(r"___?bpf_|\w*(\d|X|_COMMON)$|BPF_ANNOTATE|BPF_QUEUE_STACK|BPF_XDP_REDIRECT_MAP|BCC_SEC|MASK|"
                   r"asm_|CUR_CPU_IDENTIFIER|__PT_REGS_CAST|_BPF_XSKMAP|bpf_target_|__BPF_HELPERS_H|CC_USING_|BPF_QUEUESTACK$|_bpf_|__BCC")
# What the header needs for itself: bcc's rewriter makes calls of these.
OWN = {"bpf_trace_printk_", "bpf_tail_call_", "bcc_get_stackid", "bpf_pseudo_fd", "__attribute__", "if", "switch"}
# Registers that end in a digit are words, not parts.
REGISTER = re.compile(r"PT_REGS_PARM\d(_SYSCALL)?$")


def header_of(library):
    """The text of helpers.h inside the library; the copy with the helpers."""
    with open(library, "rb") as source:
        data = source.read()
    at = data.find(b"#define BPF_F_TABLE(")
    if at < 0:
        sys.exit(f"{library}: no header of bcc in it")
    return data[data.rfind(b"\0", 0, at) + 1:data.find(b"\0", at)].decode()


def words_of(header):
    """(macros, methods, functions) that a program may write."""
    table, rest = header.split("(*bpf_map_lookup_elem)(", 1)
    macros = {name for name in re.findall(r"^[ \t]*#define (\w+)", header, re.M)
              if REGISTER.match(name) or not INNER.match(name)}
    methods = set(re.findall(r"\(\*(\w+)\)\s*\(", table))
    functions = set(re.findall(r"\(\*(bpf_\w+)\)\s*\(", rest)) | {"bpf_map_lookup_elem"}
    functions |= set(re.findall(r"\b(\w+)\([^;{()]*\)\s*(?:\{|asm\()", rest))
    return macros, methods, {name for name in functions - OWN - macros if not name.endswith("_")}


def messages(bcc2core, text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "words.c")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        done = subprocess.run([bcc2core, "check", path], check=False, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode not in (0, 1):
        sys.exit(f"{bcc2core}: exit status {done.returncode}\n{done.stdout}")
    return done.stdout


def missing(bcc2core, words, text_of, pattern):
    """The words for which a program made by `text_of` meets the message `pattern`."""
    found, words = set(), sorted(words)
    for first in range(0, len(words), 8):	# fewer than the compiler's limit of errors
        some = words[first:first + 8]
        found |= set(re.findall(pattern, messages(bcc2core, text_of(some)))) & set(some)
    return sorted(found)


def macro_text(words):
    return "".join(f"#ifndef {word}\n#error bcc2core lacks {word}\n#endif\n" for word in words)


def method_text(words):
    calls = "".join(f"\th.{word}();\n" for word in words)
    return f"BPF_HASH(h);\nint kprobe__vfs_read(struct pt_regs *ctx)\n{{\n{calls}\treturn 0;\n}}\n"


def function_text(words):
    uses = "".join(f"#ifndef {word}\n\tn += (u64){word};\n#endif\n" for word in words)
    return f"int kprobe__vfs_read(struct pt_regs *ctx)\n{{\n\tu64 n = 0;\n{uses}\treturn n;\n}}\n"


def main():
    library = sys.argv[2] if len(sys.argv) > 2 else next(iter(sorted(glob.glob("/usr/lib/*/libbcc.so.0"))), None)
    if not library:
        sys.exit("libbcc.so.0 is not installed; install bpfcc-tools")
    macros, methods, functions = words_of(header_of(library))
    if min(len(macros), len(methods), len(functions)) < 20:
        sys.exit(f"{library}: its header is not read right: "
                 f"{len(macros)} macros, {len(methods)} methods, {len(functions)} functions")
    bad = 0
    for kind, words, text_of, pattern in (
            ("macro", macros, macro_text, r"bcc2core lacks (\w+)"),
            ("method", methods, method_text, r"has no method '(\w+)' \[map-method-unknown\]"),
            ("function", functions, function_text, r"undeclared (?:identifier|function) '(\w+)'.*\[clang\]")):
        pattern = re.compile(pattern)
        lacking = missing(sys.argv[1], words, text_of, pattern)
        for word in lacking:
            print(f"missing {kind} {word}")
        bad += len(lacking)
    print(f"{len(macros) + len(methods) + len(functions)} words, {bad} missing")
    sys.exit(1 if bad else 0)


main()
