#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Instructions of each program of a tool, beside those of the same tool of Debian's libbpf-tools.

Counts are the kernel's: after it has verified a program and cut what its constants make dead, with
the functions that it calls. Ours come from what the bcc tool of the same name makes without options.
Exits 1 if a program is larger by more than a tenth and instructions.reasons does not say why.
"""

import argparse
import dataclasses
import pathlib
import struct
import sys
import tempfile

sys.dont_write_bytecode = True

import report  # noqa: E402
import subjects  # noqa: E402

# In front: both folders have a run.py and a translate.py.
sys.path.insert(0, str(subjects.ROOT / "test/corpus"))

import load  # noqa: E402
import packages  # noqa: E402
import record  # noqa: E402
import run as corpus  # noqa: E402
import translate  # noqa: E402

REASONS = pathlib.Path(__file__).with_name("instructions.reasons")
FOLDER = pathlib.Path("/usr/sbin")
KERNEL = "6.1-x86_64"
LARGER = 1.1
EM_BPF = 247
ELF_MAGIC = b"\x7fELF\x02\x01"
RETURNS = ("kretprobe", "fexit", "uretprobe", "kretsyscall")
TRACEPOINTS = ("tracepoint", "tp", "raw_tracepoint", "raw_tp", "tp_btf")


@dataclasses.dataclass
class Pair:
    """A program of ours and theirs at the same place; either may be None."""
    tool: str
    place: str
    ours: object
    theirs: object

    def ratio(self):
        return self.ours.instructions / self.theirs.instructions

    def is_larger(self):
        return self.ours and self.theirs and self.ratio() > LARGER


# Their objects.


def embedded_objects(data):
    """The BPF objects in a binary's data: a libbpf skeleton keeps its object whole."""
    at = data.find(ELF_MAGIC, 1)
    while at >= 0:
        machine, = struct.unpack_from("<H", data, at + 18)
        if machine == EM_BPF:
            sections, = struct.unpack_from("<Q", data, at + 40)
            size, number = struct.unpack_from("<HH", data, at + 58)
            yield data[at:at + sections + size * number]
        at = data.find(ELF_MAGIC, at + 1)


def their_objects(tools, folder):
    """{tool: path} of those of `tools` that libbpf-tools has."""
    found = {}
    for tool in tools:
        path = FOLDER / tool
        objects = list(embedded_objects(path.read_bytes())) if path.is_file() else []
        if len(objects) == 1:
            found[tool] = folder / f"{tool}.theirs.o"
            found[tool].write_bytes(objects[0])
    return found


# Ours.


def our_objects(args, folder):
    """{tool: path} of the objects of the tools' default texts on KERNEL."""
    found = {}
    recording = record.cached(packages.INSTALLED)
    for text in recording["texts"]:
        corpus.prepare(text, packages.INSTALLED)
        wanted = not args.tool or text["tool"] in args.tool
        if not wanted or KERNEL not in text["default_kernels"] or text["tool"] in found:
            continue
        if (FOLDER / text["tool"]).is_file():
            outcome = translate.translate(str(args.bcc2core), text, folder / text["id"])
            if outcome.ok():
                found[text["tool"]] = outcome.object
            else:
                print(f"{text['tool']}: not translated")
    return found


# Side by side.


def place_of(program):
    """Where a program attaches, whatever the mechanism: "entry f", "return f", "tracepoint t"."""
    kind, _, target = program.section.partition("/")
    target = target.split("/")[-1].split(":")[-1]
    if kind in TRACEPOINTS:
        return f"tracepoint {target}"
    if kind == "perf_event":
        return kind
    side = "return" if kind in RETURNS else "entry"
    return f"{side} {target or program.program}"


def by_place(programs):
    """{place: program} of what loaded; of several at a place the smallest, for one will be used."""
    found = {}
    for program in programs:
        if program.verdict != "ok":
            continue
        place = place_of(program)
        if place not in found or program.instructions < found[place].instructions:
            found[place] = program
    return found


def pairs_of(tool, ours, theirs):
    """Pairs of a tool. One program that is left on both sides is taken for the same."""
    ours, theirs = by_place(ours), by_place(theirs)
    pairs = [Pair(tool, place, ours.get(place), theirs.get(place))
             for place in sorted({*ours, *theirs})]
    single = [pair for pair in pairs if not (pair.ours and pair.theirs)]
    left = [pair for pair in single if pair.ours]
    right = [pair for pair in single if pair.theirs]
    if len(left) == len(right) == 1:
        same = Pair(tool, f"{left[0].place} / {right[0].place}", left[0].ours, right[0].theirs)
        pairs = [pair for pair in pairs if pair.ours and pair.theirs] + [same]
    return pairs


def read_reasons():
    """{(tool, place): reason} of the file's lines `TOOL PLACE: REASON`."""
    found = {}
    for line in REASONS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            place, _, reason = line.partition(": ")
            found[tuple(place.split(" ", 1))] = reason
    return found


def table(pairs, reasons):
    rows, notes = [], []
    for pair in pairs:
        cells = [getattr(side, "instructions", None) for side in (pair.ours, pair.theirs)]
        ratio = f"{pair.ratio():.2f}" if pair.ours and pair.theirs else None
        mark = "larger" if pair.is_larger() else ""
        rows.append([f"{pair.tool}: {pair.place}", *cells, ratio, mark])
        if mark:
            why = reasons.get((pair.tool, pair.place), "NO REASON IN instructions.reasons")
            notes.append(f"{pair.tool} {pair.place}: {why}")
    return report.Table(f"instructions after the verifier, kernel {KERNEL}",
                        ["program", "ours", "libbpf-tools", "ratio", ""], rows, notes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bcc2core", type=pathlib.Path,
                        default=subjects.ROOT / "build/bin/bcc2core", metavar="FILE")
    parser.add_argument("--keep", metavar="DIR", help="keep the objects of both there")
    parser.add_argument("tool", nargs="*", help="only these")
    args = parser.parse_args()
    args.bcc2core = args.bcc2core.resolve()
    with tempfile.TemporaryDirectory(prefix="b2c-bench-") as temporary:
        folder = pathlib.Path(args.keep or temporary).resolve()
        folder.mkdir(exist_ok=True)
        ours = our_objects(args, folder)
        theirs = their_objects(ours, folder)
        found = load.load(KERNEL, {load.digest(path): path
                                   for path in [*ours.values(), *theirs.values()]})
        pairs = [pair for tool in sorted(theirs)
                 for pair in pairs_of(tool, found.get(load.digest(ours[tool]), []),
                                      found.get(load.digest(theirs[tool]), []))]
    reasons = read_reasons()
    print(table(pairs, reasons).text())
    both = [pair for pair in pairs if pair.ours and pair.theirs]
    unexplained = [pair for pair in both
                   if pair.is_larger() and (pair.tool, pair.place) not in reasons]
    mean = report.geometric_mean([pair.ratio() for pair in both]) or 0
    print(f"{len(theirs)} tools, {len(both)} pairs, {sum(map(Pair.is_larger, both))} larger by more "
          f"than a tenth, {len(unexplained)} of them without a reason; geometric mean {mean:.2f}")
    return 1 if unexplained or not both else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, load.LoadError, packages.PackageError, subjects.BenchError) as failure:
        print(f"instructions.py: {failure}", file=sys.stderr)
        sys.exit(2)
