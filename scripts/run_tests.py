#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Builds the project and runs its tests; called by run-tests.

usage: run_tests.py [GROUP...]     style, unit, lit, install, importer, corpus, vm, semantics; all by default

Each group counts its own passes and failures; a group that can't be built or
counts nothing is a failure. The last line is N passed, N failed, N skipped.
"""
import concurrent.futures
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build")
SANITIZED = os.path.join(ROOT, "build-sanitized")
EXAMPLES = ["hello", "syncgap", "opens", "blklat", "schedlat", "tcpcon", "offcpu", "cpustacks", "strlens"]
PLAIN = ["syncgap", "schedlat", "tcpcon"]	# built without manifest and BTF too, as NAME_plain


def run(command, **options):
    """Runs a command of the project, its output passed on; returns whether it succeeded."""
    return subprocess.run(command, cwd=ROOT, check=False, **options).returncode == 0


def output_of(command):
    """Runs a command, passes its output on and returns it with the exit status."""
    done = subprocess.run(command, cwd=ROOT, check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(done.stdout, end="", flush=True)
    return done.stdout, done.returncode


def own_counts(command):
    """Runs a script that ends with N passed, N failed, N skipped; returns the three."""
    text, status = output_of(command)
    counts = re.findall(r"^(\d+) passed, (\d+) failed, (\d+) skipped$", text, re.M)
    if not counts:
        return 0, 1, 0
    passed, failed, skipped = (int(n) for n in counts[-1])
    return passed, failed + (1 if status and not failed else 0), skipped


def fetched(*scripts):
    """Runs the scripts that fetch what tests need."""
    return all([run([sys.executable, f"scripts/{name}"]) for name in scripts])


def configure_and_build(folder, flags, targets):
    """Builds `targets` (all when empty) in `folder`."""
    print(f"-- build {os.path.basename(folder)}", flush=True)
    if not run(["cmake", "-S", ".", "-B", folder, "-G", "Ninja", *flags], stdout=subprocess.DEVNULL):
        return False
    return run(["cmake", "--build", folder, *(["--target", *targets] if targets else [])])


def style():
    """The scripts that read the tree."""
    passed = failed = 0
    for command in (["scripts/check_style.py"], ["scripts/check_diagnostics.py"],
                    ["scripts/support_table.py", "--check"], ["scripts/reference_table.py", "--check"]):
        good = run([sys.executable, *command])
        print(f"{'PASS' if good else 'FAIL'} {' '.join(command)}", flush=True)
        passed, failed = passed + good, failed + (not good)
    return passed, failed, 0


def unit():
    """cmocka programs under AddressSanitizer and UBSan."""
    flags = ["-DB2C_SANITIZE=ON", "-DCMAKE_BUILD_TYPE=Debug"]
    if not configure_and_build(SANITIZED, flags, ["unit_tests"]):
        return 0, 1, 0
    passed = failed = skipped = 0
    folder = os.path.join(SANITIZED, "bin")
    for name in sorted(os.listdir(folder)):
        if not name.endswith("_test"):
            continue
        text, status = output_of([os.path.join(folder, name)])
        good = sum(int(n) for n in re.findall(r"\[  PASSED  \] (\d+) test", text))
        bad = sum(int(n) for n in re.findall(r"\[  FAILED  \] (?:[\w ]*: )?(\d+) test", text))
        skipped += sum(int(n) for n in re.findall(r"\[  SKIPPED \] (\d+) test", text))
        if (status and not bad) or not good + bad:
            bad += 1
            print(f"FAIL {name}: exit status {status}", flush=True)
        passed, failed = passed + good, failed + bad
    for name in ("histogram_oracle", "text_oracle"):
        good = run([sys.executable, f"test/unit/{name}.py", SANITIZED])
        print(f"{'PASS' if good else 'FAIL'} {name}", flush=True)
        passed, failed = passed + good, failed + (not good)
    tool = own_counts([sys.executable, "test/unit/runtime_tool/run.py"])
    return passed + tool[0], failed + tool[1], skipped + tool[2]


def lit():
    """FileCheck tests of the translator."""
    text, status = output_of([sys.executable, "/usr/lib/llvm-19/build/utils/lit/lit.py", "-sv",
                              os.path.join(BUILD, "test", "lit")])
    counts = dict(re.findall(r"^ *([A-Za-z ]+?) *: *(\d+)", text, re.M))
    passed = int(counts.get("Passed", 0))
    failed = sum(int(n) for key, n in counts.items()
                 if key in ("Failed", "Unresolved", "Timed Out", "Unexpectedly Passed"))
    skipped = sum(int(n) for key, n in counts.items()
                  if key in ("Unsupported", "Skipped", "Expectedly Failed"))
    if status and not failed or not passed:
        failed += 1
    return passed, failed, skipped


def build_examples(arch, folder):
    """One static binary a program of the cases, for the arch. Returns the names that failed."""
    os.makedirs(folder, exist_ok=True)
    bcc2core = os.path.join(BUILD, "bin", "bcc2core")
    programs = sorted(name for name in os.listdir(os.path.join(ROOT, "test/vm/programs")) if name.endswith(".c"))
    builds = [(name, f"examples/{name}/{name}.c", []) for name in EXAMPLES]
    builds += [(f"{name}_plain", f"examples/{name}/{name}.c", ["--no-manifest", "--embed-btf", "none"])
               for name in PLAIN]
    builds += [(name[:-2], f"test/vm/programs/{name}", []) for name in programs]
    def build(name, source, flags):
        return run([bcc2core, "build", source, "--arch", arch, "-o", os.path.join(folder, name), *flags])

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        good = list(pool.map(lambda one: build(*one), builds))
    return [name for (name, _, _), built in zip(builds, good) if not built]


def vm():
    """Every example on every kernel."""
    os.environ["B2C_OBJECTS"] = os.path.join(BUILD, "objects")
    folders = {arch: os.path.join(BUILD, "examples", arch) for arch in ("x86_64", "arm64")}
    if not fetched("fetch_kernels.py", "fetch_cross.py"):
        return 0, 1, 0
    for arch, folder in folders.items():
        bad = build_examples(arch, folder)
        if bad:
            print(f"FAIL examples for {arch}: {' '.join(bad)}", flush=True)
            return 0, len(bad), 0
    return own_counts([sys.executable, "test/vm/run.py", "--all", "--bin", folders["x86_64"],
                       "--bin-arm64", folders["arm64"]])


def semantics():
    """Translated programs against programs by hand, on every kernel."""
    return own_counts([sys.executable, "test/vm/semantics/run.py"])


def install():
    """The installed command, without its source tree."""
    return own_counts([sys.executable, "test/install/run.py"])


def corpus():
    """The tools of both bcc packages, translated and loaded, against docs/corpus.tsv."""
    if not fetched("fetch_kernels.py", "fetch_cross.py", "fetch_bcc.py"):
        return 0, 1, 0
    text, status = output_of([sys.executable, "test/corpus/corpus_test.py"])
    tests = re.findall(r"^Ran (\d+) tests? in", text, re.M)
    if status or not tests:
        return 0, 1, 0
    board = own_counts([sys.executable, "test/corpus/run.py", "--compare", "--guests", "2"])
    return int(tests[0]) + board[0], board[1], board[2]


def unittests(folder):
    """The *_test.py of a folder."""
    passed = failed = skipped = 0
    for path in sorted(os.listdir(os.path.join(ROOT, folder))):
        if not path.endswith("_test.py"):
            continue
        text, status = output_of([sys.executable, os.path.join(folder, path)])
        tests = re.findall(r"^Ran (\d+) tests? in", text, re.M)
        left_out = sum(int(n) for n in re.findall(r"skipped=(\d+)", text))
        passed += int(tests[0]) - left_out if tests and not status else 0
        failed += 0 if tests and not status else 1
        skipped += left_out
    return passed, failed, skipped


def importer():
    """Scripts for bcc to sources and manifests; those of both packages against docs/imports.tsv,
    whose guests wait much: the tests run beside them."""
    if not fetched("fetch_kernels.py", "fetch_bcc.py"):
        return 0, 1, 0
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        tests = pool.submit(unittests, "test/importer")
        board = own_counts([sys.executable, "test/importer/yardstick.py", "--compare"])
        return tuple(map(sum, zip(tests.result(), board)))


GROUPS = {"style": style, "unit": unit, "lit": lit, "install": install, "importer": importer,
          "corpus": corpus, "vm": vm, "semantics": semantics}


def main():
    names = sys.argv[1:] or list(GROUPS)
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        sys.exit(f"run-tests: no group '{unknown[0]}'; there are {', '.join(GROUPS)}")
    os.environ.setdefault("CCACHE_DIR", os.path.join(os.path.expanduser("~"), ".cache", "ccache"))
    total = [0, 0, 0]
    if not configure_and_build(BUILD, [], []):
        print("0 passed, 1 failed, 0 skipped")
        sys.exit(1)
    for name in names:
        began = time.monotonic()
        counts = GROUPS[name]()
        print(f"-- {name}: {counts[0]} passed, {counts[1]} failed, {counts[2]} skipped "
              f"in {time.monotonic() - began:.0f} s", flush=True)
        total = [a + b for a, b in zip(total, counts)]
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    sys.exit(1 if total[1] or not total[0] else 0)


main()
