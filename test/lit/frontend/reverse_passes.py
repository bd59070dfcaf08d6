# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The order of the passes changes no byte: each source is translated both ways.

usage: reverse_passes.py BCC2CORE FOLDER...

A source that is refused must be refused with the same messages. Prints what differs.
"""
import pathlib
import subprocess
import sys


def translate(tool, source, *flags):
    """Exit status and output of one translation."""
    done = subprocess.run([tool, "check", "--dump=unit", "-v", *flags, str(source)], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def sources(folders):
    """The .c files of the folders, and the tests that hold more than one file not among them."""
    for folder in folders:
        yield from sorted(path for path in pathlib.Path(folder).rglob("*.c")
                          if "Inputs" not in path.parts)


def main():
    tool, folders = sys.argv[1], sys.argv[2:]
    count = bad = 0
    for source in sources(folders):
        count += 1
        forward = translate(tool, source)
        backward = translate(tool, source, "--reverse-passes")
        if forward != backward or forward[0] == 70:
            bad += 1
            print(f"{source}: differs, or is a bug: status {forward[0]} and {backward[0]}")
    print(f"{count} sources, {bad} differ")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
