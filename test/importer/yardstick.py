#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Imports every Python script of both bcc packages, builds and loads what that makes; see README.md.

    test/importer/yardstick.py                      # a line for each script
    test/importer/yardstick.py --json FILE -v biosnoop
    test/importer/yardstick.py --compare            # all of it, against docs/imports.tsv
    test/importer/yardstick.py --write-docs         # make docs/imports.md and docs/imports.tsv again
"""

import argparse
import concurrent.futures
import dataclasses
import functools
import gc
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "importer"), str(ROOT / "test/corpus"), str(HERE / "oracle")]

import compare  # noqa: E402
import facts  # noqa: E402
import imports  # noqa: E402
import load  # noqa: E402
import packages  # noqa: E402
import record  # noqa: E402
import workloads  # noqa: E402

TEMPLATE = HERE / "imports.md.in"
TABLE = ROOT / "docs/imports.tsv"
PAGE = ROOT / "docs/imports.md"
KERNEL = "6.1-x86_64"
OBJECT = "tool.bpf.o"
EXAMPLES = 8                    # of a script's help, that are tried
ATTEMPTS = 3                    # of a tool to print what bcc printed
LIMIT = 300                     # seconds of one command
# A line of a report that says nothing of this host (`note`) and names no line of the script.
PLACELESS = re.compile(r"(translated|approximated|missing): (?!line \d+: )")


@dataclasses.dataclass
class Row:
    """What became of a script. `results`: by imports.STEPS, "yes" or why not. `left`: lines of the
    importer's report on what is missing; `placeless`: those that name no line of the script. `unused`:
    programs that the tool does not load on KERNEL."""
    package: str
    tool: str
    script: str
    args: tuple = ()
    results: dict = dataclasses.field(default_factory=lambda: dict.fromkeys(imports.STEPS, ""))
    left: list = dataclasses.field(default_factory=list)
    placeless: list = dataclasses.field(default_factory=list)
    unused: set = dataclasses.field(default_factory=set)

    def folder(self, keep):
        return keep / self.package / self.tool

    def done(self, step):
        return self.results[step] == "yes"

    def plain(self):
        return {"package": self.package, "tool": self.tool, "args": list(self.args),
                **self.results, "left": self.left}


def command(*words):
    """(status, lines of stdout, lines of stderr)."""
    try:
        done = subprocess.run([str(word) for word in words], text=True, capture_output=True,
                              check=False, timeout=LIMIT, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return 1, [], [f"error: it took more than {LIMIT} s"]
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def error_of(lines):
    """The first error of a command, without its place."""
    line = next((line for line in lines if "error: " in line), lines[-1] if lines else "no word")
    return line.split("error: ", 1)[-1]


def arguments(row, kernel):
    """The command lines to import it with: none, what bcc was recorded with, then what its own help
    gives as examples."""
    watched = workloads.TOOLS.get(row.tool)
    yield ()
    if watched and watched.imported:
        yield watched.imported
    tool = record.Tool(pathlib.Path(row.script))
    base, lists = tool.settings(kernel)
    yield from dict.fromkeys(args for args in [base, *lists[:EXAMPLES]] if args)


def import_one(row, bcc2core, keep, kernel):
    for args in arguments(row, kernel):
        folder = row.folder(keep)
        shutil.rmtree(folder, ignore_errors=True)
        words = ["--", *args] if args else []
        status, out, err = command(bcc2core, "import", row.script, "-o", folder, *words)
        row.args = args
        row.results["imported"] = error_of(err) if status else "yes"
        if not status:
            row.left = [line for line in out if line.startswith("missing: ")]
            row.placeless = [line for line in out if PLACELESS.match(line)]
            return


def build_one(row, bcc2core, keep):
    """The tool, and the object by itself for the kernel's verifier."""
    folder = row.folder(keep)
    source = next(path for path in folder.glob("*.c") if not path.name.endswith("_code.c"))
    for step, words in (("built", ("build", source, "-o", folder / "tool")),
                        ("verified", ("object", source, "-o", folder / OBJECT))):
        status, _, err = command(bcc2core, *words)
        row.results[step] = error_of(err) if status else "yes"
        if status:
            return
    row.unused = unused_programs(bcc2core, source)


def unused_programs(bcc2core, source):
    """Programs that a tool does not load on KERNEL, by what the kernel answers to its `when`."""
    if "host." not in source.with_suffix(".yaml").read_text(encoding="utf-8"):
        return set()
    kernel = KERNEL.partition("-")[0]
    _, out, _ = command(bcc2core, "check", f"--kernels={kernel}", "--json", source)
    lines = [json.loads(line) for line in out]
    return {line["program"] for line in lines if line.get("verdict") == "unused"
            and line["reason"].startswith("attached where ")}


def one(row, bcc2core, keep, kernel):
    import_one(row, bcc2core, keep, kernel)
    if row.done("imported"):
        build_one(row, bcc2core, keep)
    return row


def verify(rows, keep, loaded):
    """Loads the objects of a package on KERNEL, but for those that `loaded` {digest: verdict} has of
    another; returns what went wrong with all of them."""
    paths = {row.tool: row.folder(keep) / OBJECT for row in rows if row.done("verified")}
    names = {tool: load.digest(path) for tool, path in paths.items()}
    objects = {names[tool]: path for tool, path in paths.items() if names[tool] not in loaded}
    try:
        found = load.load(KERNEL, objects) if objects else {}
    except (load.LoadError, load.image.ImageError) as error:
        return [str(error)]
    unused = {names[row.tool]: row.unused for row in rows if row.tool in names}
    loaded.update((name, verdict([one for one in found.get(name, [])
                                  if one.program not in unused[name]])) for name in objects)
    for row in rows:
        if row.tool in names:
            row.results["verified"] = loaded[names[row.tool]]
    return []


def verdict(programs):
    if not programs:
        return "nothing is loaded"
    bad = next((one for kind in ("error", "absent") for one in programs if one.verdict == kind),
               None)
    if not bad:
        return "yes"
    return f"{'place: ' if bad.verdict == 'absent' else ''}{bad.program}: {bad.reason()}"


def compare_outputs(rows, keep, known, said):
    """Runs the tools of a package on KERNEL beside what bcc printed there, but for those that `said`
    {(tool, digest): compare.SAME or the difference} has of another. Those that `known`, of
    imports.read(), has as different already are run once."""
    paths = {row.tool: row.folder(keep) / "tool" for row in rows if row.done("built")}
    keys = {tool: (tool, load.digest(path)) for tool, path in paths.items()}
    settled = {row.tool for row in rows if (row.package, row.tool) in known
               and imports.kind(known[row.package, row.tool]["same output"]) == "no"}
    found = outputs_of({tool: path for tool, path in paths.items() if keys[tool] not in said},
                       rows[0].package, settled)
    said.update((keys[tool], text) for tool, text in found.items())
    for row in rows:
        text = said.get(keys.get(row.tool))
        if text:
            row.results["same output"] = "yes" if text == compare.SAME else text


def outputs_of(binaries, package, settled):
    """{tool: compare.SAME or the difference}. A guest is emulated, and its time uneven: what differs
    is run again, but for what is `settled`."""
    found, left = {}, binaries
    for _ in range(ATTEMPTS):
        found.update(compare.compare(left, package) if left else {})
        left = {tool: binaries[tool] for tool, said in found.items()
                if said != compare.SAME and tool not in settled}
    return found


def rows_of(versions, only):
    """A Row for each script of the packages."""
    for version in versions:
        package = packages.find(version)
        for script in package.tools()[0]:
            tool = record.Tool(script).name
            if not only or tool in only:
                yield Row(version, tool, str(script))


def script_key(row):
    return row.tool, hashlib.sha256(pathlib.Path(row.script).read_bytes()).hexdigest()


def make_tools(rows, made, make, args, keep):
    """Imports and builds the scripts of a package by `make`; what `made` {script_key: Row} has of
    another is copied."""
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        tasks = [(row, pool.submit(make, row)) for row in rows if script_key(row) not in made]
        for row, task in tasks:
            made[script_key(row)] = task.result()
            if args.verbose:
                print(line_of(row), flush=True)
    for row in rows:
        done = made[script_key(row)]
        if done is not row:
            row.args, row.results, row.left = done.args, dict(done.results), done.left
            row.unused = done.unused
            if done.done("imported"):
                shutil.copytree(done.folder(keep), row.folder(keep), dirs_exist_ok=True)


def run(rows, args, keep):
    """Fills in the rows. The guests of a package, which wait much, run beside what makes the tools of
    the next one. Returns what went wrong with all of them."""
    # The arguments are found with bcc's own modules; the importer has none of them.
    os.environ["B2C_BCC_MODULES"] = str(packages.installed().modules())
    os.environ["B2C_OBJECTS"] = str(keep / "objects")
    bcc2core = shutil.copy2(args.bcc2core, keep / "bcc2core")    # somebody may build while this runs
    make = functools.partial(one, bcc2core=bcc2core, keep=keep, kernel=facts.load(KERNEL))
    gc.freeze()
    known = imports.read(TABLE.read_text(encoding="utf-8")) if args.compare else {}
    made, said, loaded, tasks = {}, {}, {}, []
    one_thread = concurrent.futures.ThreadPoolExecutor
    with one_thread(1) as loads, one_thread(1) as guests:
        for package in dict.fromkeys(row.package for row in rows):
            some = [row for row in rows if row.package == package]
            make_tools(some, made, make, args, keep)
            if not args.no_guests:
                tasks += [loads.submit(verify, some, keep, loaded),
                          guests.submit(compare_outputs, some, keep, known, said)]
    return [failure for task in tasks for failure in task.result() or []]


def line_of(row):
    words = " ".join([row.package, row.tool, *row.args])
    last = next((step for step in imports.STEPS if not row.done(step)), "")
    said = "yes" if not last else f"not {last}: {row.results[last] or imports.NONE}"
    return f"{words}: {said}, left: {len(row.left)}"


def finish(args, rows, failures):
    """Prints, compares or writes; returns the exit status."""
    plain = [row.plain() for row in rows]
    for line in failures:
        print(f"FAIL {line}")
    if args.write_docs and not failures:
        TABLE.write_text(imports.tsv(plain), encoding="utf-8")
        PAGE.write_text(imports.markdown(TEMPLATE.read_text(encoding="utf-8"), plain),
                        encoding="utf-8")
    if not args.compare:
        for row in rows:
            print(line_of(row))
        for step in imports.STEPS:
            print(f"{step}: {sum(row.done(step) for row in rows)} of {len(rows)}")
        return 1 if failures else 0
    old, new = (imports.read(text) for text in (TABLE.read_text(encoding="utf-8"),
                                                imports.tsv(plain)))
    lines = list(imports.differences(old, new))
    for line in lines:
        print(f"FAIL {line}")
    passed, known = imports.agreeing(old, new)
    print("results are steps of a script; skipped: those that the file knows as not reached")
    failed = len(failures) + len(lines)
    print(f"{passed} passed, {failed} failed, {known} skipped")
    return 1 if failed or not passed else 0


def make_parser():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--bcc2core", default=ROOT / "build/bin/bcc2core", metavar="FILE", help="the command")
    add("--package", action="append", choices=packages.VERSIONS, help="of this one (default: all)")
    add("--jobs", type=int, default=os.cpu_count(), metavar="N", help="scripts at a time")
    add("--no-guests", action="store_true", help="boot no kernel")
    add("--keep", metavar="DIR", help="keep what is made there")
    add("--json", metavar="FILE", help="write every row there")
    add("--compare", action="store_true", help="fail where a result is not as docs/imports.tsv says")
    add("--write-docs", action="store_true", help="write docs/imports.md and docs/imports.tsv")
    add("-v", "--verbose", action="store_true", help="a line for each script when it is done")
    add("tool", nargs="*", help="only these")
    return parser


def main():
    parser = make_parser()
    args = parser.parse_args()
    if (args.compare or args.write_docs) and (args.tool or args.package or args.no_guests):
        parser.error("--compare and --write-docs are about all scripts")
    rows = list(rows_of(args.package or packages.VERSIONS, args.tool))
    with tempfile.TemporaryDirectory(prefix="b2c-yardstick-") as temporary:
        keep = pathlib.Path(args.keep or temporary).resolve()
        keep.mkdir(parents=True, exist_ok=True)
        failures = run(rows, args, keep)
        failures += [f"{row.tool} ({row.package}): no line of the script: {line}"
                     for row in rows for line in row.placeless]
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps([row.plain() for row in rows], indent=1),
                                           encoding="utf-8")
    return finish(args, rows, failures)


if __name__ == "__main__":
    sys.exit(main())
