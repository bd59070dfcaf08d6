#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Time and memory of `bcc2core object` over the texts of bcc's tools: the distribution.

Every distinct x86-64 text of both packages that is translated, one at a time. No test; README.md has results.
"""

import argparse
import pathlib
import statistics
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import report  # noqa: E402
import subjects  # noqa: E402

# In front: both folders have a run.py and a translate.py.
sys.path.insert(0, str(subjects.ROOT / "test/corpus"))

import packages  # noqa: E402
import record  # noqa: E402
import run as corpus  # noqa: E402
import translate  # noqa: E402

GOALS = ["goal: under 1 s and under 150 MB, median"]


def texts_of(args):
    """Each distinct text once, every `args.step`th of them."""
    distinct = {}
    for version in packages.VERSIONS:
        for text in record.cached(version)["texts"]:
            if text["arch"] == "x86_64" and (not args.tool or text["tool"] in args.tool):
                corpus.prepare(text, version)
                distinct.setdefault(text["digest"], text)
    return list(distinct.values())[::args.step]


def measure(texts, bcc2core, folder):
    """(wall seconds, CPU seconds, MB) of each text that is translated, and its id."""
    samples = []
    for text in texts:
        began = time.monotonic()
        outcome = translate.translate(str(bcc2core), text, folder / text["package"] / text["id"])
        wall = time.monotonic() - began
        if outcome.ok():
            samples.append((wall, outcome.seconds, outcome.megabytes, text["id"]))
    return samples


def row(name, values, digits):
    values = sorted(values)
    shown = [statistics.median(values), values[int(len(values) * 0.95)], values[-1]]
    return [name, *(f"{value:.{digits}f}" for value in shown)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bcc2core", type=pathlib.Path,
                        default=subjects.ROOT / "build/bin/bcc2core", metavar="FILE")
    parser.add_argument("--step", type=int, default=1, metavar="N", help="every Nth text only")
    parser.add_argument("tool", nargs="*", help="only these")
    args = parser.parse_args()
    texts = texts_of(args)
    with tempfile.TemporaryDirectory(prefix="b2c-bench-") as folder:
        samples = measure(texts, args.bcc2core.resolve(), pathlib.Path(folder))
    if not samples:
        print("corpus.py: no text was translated", file=sys.stderr)
        return 1
    walls, cpus, megabytes, names = zip(*samples)
    longest, largest = names[walls.index(max(walls))], names[megabytes.index(max(megabytes))]
    notes = [*GOALS, f"{len(samples)} of {len(texts)} texts; the longest is {longest}, the largest {largest}"]
    rows = [row("wall, s", walls, 2), row("CPU, s", cpus, 2), row("memory, MB", megabytes, 0)]
    print(report.Table("corpus: bcc2core object on a text", ["", "median", "95%", "most"], rows,
                       notes).text())
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, packages.PackageError) as failure:
        print(f"corpus.py: {failure}", file=sys.stderr)
        sys.exit(2)
