#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Measures bcc2core and the tools it builds against what people use instead; README.md has more.

usage: run.py [translate|size|start]... [--rounds N] [--example NAME]... [--kernel NAME]
              [--bcc2core FILE] [--json FILE]

All three parts by default. Prints plain text tables; --json FILE writes every single value too.
No test: a number never fails it, and run-tests does not run it.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import size  # noqa: E402
import start  # noqa: E402
import subjects  # noqa: E402
import translate  # noqa: E402

PARTS = ["translate", "size", "start"]


def parse_args(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all by default")
    add("--rounds", type=int, default=7, metavar="N", help="measured rounds (default 7)")
    add("--example", action="append", default=[], metavar="NAME", help="an example; repeatable")
    add("--kernel", default="6.1-x86_64", metavar="NAME", help="of `start` (default 6.1-x86_64)")
    add("--bcc2core", type=pathlib.Path, default=subjects.ROOT / "build/bin/bcc2core",
        metavar="FILE", help="the compiler (default: build/bin/bcc2core)")
    add("--json", type=pathlib.Path, metavar="FILE", help="write all values there")
    args = parser.parse_args(argv)
    for part in args.parts:
        if part not in PARTS:
            parser.error(f"no part '{part}'; there are {', '.join(PARTS)}")
    if args.rounds < 1:
        parser.error("--rounds is at least 1")
    return args


def machine_note(bcc2core):
    """What the numbers depend on, without naming the machine."""
    cpu = pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines()
    models = [line.partition(":")[2].strip() for line in cpu if line.startswith("model name")]
    version = subprocess.run([str(bcc2core), "--version"], capture_output=True, text=True,
                             check=False).stdout.strip()
    load = pathlib.Path("/proc/loadavg").read_text(encoding="ascii").split()[0]
    return (f"{datetime.date.today()}, {version}, {os.cpu_count()} CPUs ({models[0] if models else '?'}), load average {load} "
            "at the start")


def run_part(part, args, names, folder):
    """(tables, values for JSON) of one part."""
    if part == "translate":
        found = translate.run(args.bcc2core, names, args.rounds, folder)
        return translate.tables(found), translate.as_json(found)
    if part == "size":
        found = size.run(args.bcc2core, names, folder)
        return size.tables(found), size.as_json(found)
    found = start.run(args.bcc2core, names, args.kernel, args.rounds, folder)
    return start.tables(found), start.as_json(found)


def main(argv=None):
    args = parse_args(argv)
    names = subjects.example_names(args.example)
    args.bcc2core = args.bcc2core.resolve()
    if not args.bcc2core.exists():
        raise subjects.BenchError(f"no {args.bcc2core.name}: build it first")
    note = machine_note(args.bcc2core)
    print(note, end="\n\n", flush=True)
    values = {"machine": note, "rounds": args.rounds}
    with tempfile.TemporaryDirectory(prefix="b2c-bench-") as folder:
        for part in args.parts or PARTS:
            tables, values[part] = run_part(part, args, names, pathlib.Path(folder))
            for table in tables:
                print(table.text(), flush=True)
    if args.json:
        args.json.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (subjects.BenchError, start.image.ImageError) as failure:
        print(f"run.py: {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
