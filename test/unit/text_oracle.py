#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares symbols and lines of the trace pipe with what the installed bcc makes of the same.

usage: text_oracle.py [FOLDER]     FOLDER: where the driver is built, else a temporary one

bcc's sym(), trace_fields() and trace_print() are taken from its text and run without its C
library; text_driver.c shows the same data through the runtime. Where the runtime differs on
purpose the difference itself is checked: see expected_symbol() and visible().
"""
import ast
import contextlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import types

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = os.path.join(os.path.dirname(os.path.dirname(HERE)), "runtime")
LIBRARY = "/usr/lib/python3/dist-packages/bcc/__init__.py"
PARTS = ["symbol_text", "trace_pipe", "text", "escape", "numbers", "print", "output", "error", "csv"]
OFFSET, MODULE = 1, 2


class Ended(Exception):
    """The trace pipe has no more lines."""


def load_bcc():
    """The functions of bcc that make text, with nothing of its library behind them."""
    with open(LIBRARY, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    wanted = {"sym", "ksym", "trace_fields", "trace_readline", "trace_print"}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in wanted]
    for node in found:
        node.decorator_list = []
    bpf = types.SimpleNamespace()
    names = {"os": os, "sys": sys, "BPF": bpf}
    exec(compile(ast.Module(found, []), LIBRARY, "exec"), names)     # pylint: disable=exec-used
    for name in wanted:
        setattr(bpf, name, names[name])
    return bpf


# ---- symbols ----


def bcc_symbol(bpf, case):
    """What bcc's sym() says of an address that resolves to the case's symbol."""
    parts, offset, name, module = case
    encode = [text.encode() if text != "-" else None for text in (name, module)]
    bpf._sym_cache = lambda pid: types.SimpleNamespace(resolve=lambda addr, demangle: (encode[0], offset, encode[1]))
    return bpf.sym(0xffff, 1, bool(parts & MODULE), bool(parts & OFFSET)).decode()


def expected_symbol(bpf, case):
    """bcc's text, but an offset in a file without symbols, which bcc leaves out, stands behind the file."""
    parts, offset, name, module = case
    text = bcc_symbol(bpf, case)
    if name == "-" and module != "-" and parts == OFFSET | MODULE:
        return text[:-1] + f"+{offset:#x}]"
    return text


def symbol_cases(rng, nr):
    """Symbols with and without name, module and offset."""
    names = ["-", "tcp_sendmsg", "do_idle.isra.0", "std::vector<int>::push_back(int&&)".replace(" ", "_"), "_start"]
    modules = ["-", "kernel", "nf_tables", "/usr/lib/x86_64-linux-gnu/libc.so.6", "/bin/sh", "[vdso]", "bpf"]
    for name in names:
        for module in modules:
            for parts in range(4):
                yield parts, rng.choice((0, 1, 0x1f, 0xffff, 2**63)), name, module
    for _ in range(nr):
        yield rng.randrange(4), rng.randrange(2**rng.randrange(1, 64)), rng.choice(names), rng.choice(modules)


def check_symbols(bpf, driver, rng):
    """How many of how many symbols are the same."""
    cases = list(symbol_cases(rng, 1000))
    lines = "".join(f"{parts} {offset:x} {name} {module}\n" for parts, offset, name, module in cases)
    done = subprocess.run([driver, "symbols"], input=lines, text=True, stdout=subprocess.PIPE, check=True)
    return compare([expected_symbol(bpf, case) for case in cases], done.stdout.split("\n")[:-1])


# ---- the trace pipe ----


def trace_lines(rng, nr):
    """Lines as kernels write them, and what stands between them."""
    tasks = ["bash", "kworker/u8:1", "a b", "x-1 [000]", "<...>", "fifteen-letters", "-", "Web Content", "a: b"]
    texts = ["hit", "", "a: b: c", "pid 7 [003] x", "tab\there", "10% of it", "\x1b[31mred", "quote \" and \\",
             " leading", "1.5: 0x1: y"]
    for _ in range(nr):
        time = f"{rng.randrange(10**rng.randrange(1, 8))}.{rng.randrange(10**6):06d}"
        flags = rng.choice(("....", "d..21", "d...1", ".N.1.", "d.h41", "...11"))
        symbol = rng.choice(("bpf_trace_printk", "0x00000001", "0x1"))
        yield (f"{rng.choice(tasks):>16}-{rng.randrange(4194304):<7} [{rng.randrange(256):03d}] {flags} "
               f"{time}: {symbol}: {rng.choice(texts)}")


def bcc_lines(bpf, lines, call):
    """Calls a function of bcc that reads the trace pipe until it has read all lines."""
    class Pipe(io.BytesIO):
        """Says so at the end, where the kernel's would wait."""
        def readline(self, size=-1):
            line = super().readline(size)
            if not line:
                raise Ended
            return line

    pipe = Pipe("".join(line + "\n" for line in lines).encode())
    reader = types.SimpleNamespace(trace_open=lambda nonblocking: pipe)
    for name in ("trace_fields", "trace_readline"):
        setattr(reader, name, types.MethodType(getattr(bpf, name), reader))
    with contextlib.suppress(Ended):
        call(reader)


def visible(text):
    """Control characters as the runtime writes them, so that no text drives a terminal."""
    return "".join(f"\\x{ord(c):02x}" if ord(c) < 32 else c for c in text)


def bcc_printed(bpf, lines):
    """What trace_print() prints: the lines, without what bcc strips from their ends."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        bcc_lines(bpf, lines, bpf.trace_print)
    return [visible(ast.literal_eval(line).decode()) for line in out.getvalue().split("\n")[:-1]]


def bcc_fields(bpf, lines):
    """What trace_fields() gives."""
    rows = []

    def read_all(reader):
        while True:
            task, pid, cpu, flags, time, text = bpf.trace_fields(reader)
            rows.append((task.decode(), pid, cpu, flags.decode(), time, text.decode()))

    bcc_lines(bpf, lines, read_all)
    return rows


def check_trace(bpf, driver, rng, folder):
    """How many of how many lines and rows of fields are the same."""
    lines = list(trace_lines(rng, 1000))
    with open(os.path.join(folder, "trace_pipe"), "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
    shown = {form: subprocess.run([driver, form, folder], text=True, stdout=subprocess.PIPE, check=True).stdout
             for form in ("text", "json", "rows")}
    ours = [line.rstrip() for line in shown["text"].split("\n")[:-1]]
    same, of = compare(bcc_printed(bpf, lines), ours)
    # bcc strips the end of the line, hence of an empty text and the blank before it
    theirs = bcc_fields(bpf, lines)
    for form in ("json", "rows"):
        rows = [json.loads(line) for line in shown[form].split("\n")[:-1]]
        more = compare(theirs, [tuple(row[key] for key in ("task", "pid", "cpu", "flags", "time", "text"))
                                for row in rows])
        same, of = same + more[0], of + more[1]
    return same, of


def compare(theirs, ours):
    """(how many are the same, how many there are); shows the first that differ."""
    different = [pair for pair in zip(theirs, ours) if pair[0] != pair[1]]
    for pair in different[:3]:
        print(f"--- bcc\n{pair[0]!r}\n--- runtime\n{pair[1]!r}")
    return min(len(theirs), len(ours)) - len(different), max(len(theirs), len(ours))


def build_driver(folder):
    """Compiles the driver with what it needs of the runtime."""
    driver = os.path.join(folder, "text_driver")
    sources = [os.path.join(HERE, "text_driver.c")] + [os.path.join(RUNTIME, f"{part}.c") for part in PARTS]
    subprocess.run(["cc", "-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror",
                    "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
                    "-I", os.path.join(RUNTIME, "include"), *sources, "-lbpf", "-lm", "-o", driver], check=True)
    return driver


def main():
    if not os.path.exists(LIBRARY):
        print("text_oracle: python3-bpfcc is not installed; scripts/install_packages.sh does it")
        return 1
    bpf, rng = load_bcc(), random.Random(2026)
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        driver = build_driver(folder)
        symbols = check_symbols(bpf, driver, rng)
        lines = check_trace(bpf, driver, rng, folder)
    print(f"text_oracle: {symbols[0]} of {symbols[1]} symbols and {lines[0]} of {lines[1]} lines of the trace pipe "
          "are the same")
    return 1 if symbols[0] < symbols[1] or lines[0] < lines[1] else 0


if __name__ == "__main__":
    sys.exit(main())
