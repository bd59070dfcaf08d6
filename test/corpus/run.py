#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Translates every text that bcc's tools make, and prints a scoreboard; see README.md.

Texts come from record.py. With --load every object is loaded on the kernels of test/vm. Exits 0 only
if every text was translated or rightly refused, and every object loaded on the kernels that its text
was recorded for and that have its place; with --compare, only if every result is as docs/corpus.tsv says.
"""

import argparse
import concurrent.futures
import dataclasses
import hashlib
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "importer"))

import attaches  # noqa: E402
import board  # noqa: E402
import facts  # noqa: E402
import load  # noqa: E402
import packages  # noqa: E402
import predict  # noqa: E402
import record  # noqa: E402
import scoreboard  # noqa: E402
import translate  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATE = pathlib.Path(__file__).with_name("corpus.md.in")
TABLE = ROOT / "docs/corpus.tsv"
PAGE = ROOT / "docs/corpus.md"
LOAD_KERNELS = facts.KERNELS


def recordings(args):
    """The recordings: of the file named, or of the packages."""
    if args.texts:
        return [json.loads(pathlib.Path(args.texts).read_text(encoding="utf-8"))]
    return [record.cached(version) for version in args.package or packages.VERSIONS]


def chosen(texts, args):
    """The texts asked for."""
    if args.default:
        texts = [text for text in texts if text["default"]]
    if args.arch:
        texts = [text for text in texts if text["arch"] == args.arch]
    if args.tool:
        texts = [text for text in texts if text["tool"] in args.tool or text["id"] in args.tool]
    return texts


def prepare(text, package):
    """Add what the steps need: the kernels that a text is of, facts, and an id that lasts."""
    text["package"] = package
    text["kernels"] = sorted({setting["kernel"] for setting in text["settings"]})
    text["default_kernels"] = sorted({setting["kernel"] for setting in text["settings"]
                                      if setting["default"]})
    text["facts"] = [facts.load(name) for name in text["kernels"]]
    text["loaded"] = {}
    entries = json.dumps(attaches.entries(text["attaches"], text["facts"]))
    joined = "\0".join([text["tool"], text["arch"], text["text"], entries, *text["cflags"]])
    text["digest"] = hashlib.sha256(joined.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def translate_all(texts, args, folder):
    """Sets `outcome` of every text; one that several packages have is translated once."""
    # A copy, for somebody may build while this runs.
    folder.mkdir(parents=True, exist_ok=True)
    command = str(shutil.copy2(args.bcc2core, folder / "bcc2core"))
    distinct = {text["digest"]: text for text in reversed(texts)}

    def one(text):
        place = folder / text["package"] / text["id"]
        return text, translate.translate(command, text, place, args.check)

    outcomes = {}
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for number, (text, outcome) in enumerate(pool.map(one, distinct.values()), 1):
            outcomes[text["digest"]] = outcome
            if args.verbose:
                said = outcome.diagnostics[0].cause() if outcome.diagnostics else "ok"
                print(f"[{number}/{len(distinct)}] {text['package']} {text['id']}: {said}",
                      flush=True)
    for text in texts:
        text["outcome"] = outcomes[text["digest"]]


def load_one(kernel, objects, of_digest):
    """Sets `loaded` of the texts of a kernel's machine; returns what went wrong with all of them."""
    try:
        found = load.load(kernel, objects) if objects else {}
    except (load.LoadError, load.image.ImageError) as error:
        return [str(error)]
    for name in objects:
        for text in of_digest[name]:
            text["loaded"][kernel] = found.get(name, [])
    return []


def load_all(texts, kernels, args):
    """Sets `loaded` of every translated text; returns what went wrong with whole kernels."""
    objects, of_digest = {}, {}
    for text in texts:
        if text["outcome"].ok():
            name = load.digest(text["outcome"].object)
            objects[name] = text["outcome"].object
            of_digest.setdefault(name, []).append(text)

    def wanted(kernel, text):
        return kernel.endswith(text["arch"]) and (args.everywhere or kernel in text["kernels"])

    def of_kernel(kernel):
        return {name: path for name, path in objects.items()
                if any(wanted(kernel, text) for text in of_digest[name])}

    with concurrent.futures.ThreadPoolExecutor(args.guests) as pool:
        done = pool.map(lambda kernel: load_one(kernel, of_kernel(kernel), of_digest), kernels)
        return [failure for failures in done for failure in failures]


def predict_some(texts, args, folder):
    """What check said of the texts against the kernels: of all with --predict, else of the default ones."""
    some = texts if args.predict else [text for text in texts if text["default"]]
    began = time.monotonic()
    found = predict.compare(some, str(folder / "bcc2core"), args.jobs)
    if args.verbose:
        print(f"check --kernels took {time.monotonic() - began:.0f} s")
    return found


# What is printed and written.


def report(texts, recorded, kernels):
    """The scoreboard in lines."""
    default = [text for text in texts if text["default"]]
    for recording in recorded:
        made = {text["tool"] for text in recording["texts"]}
        without = [tool for tool in recording["tools"] if tool not in made]
        yield (f"recorded: {recording.get('debs')}: {len(recording['tools'])} Python scripts in "
               f"{recording['runs']} runs; without a text: {' '.join(without) or 'none'}")
    groups = [("default texts", default)]
    if len(default) != len(texts):
        groups.append(("all texts", texts))
    for title, some in groups:
        yield from scoreboard.count_lines(title, some, kernels)
    yield from scoreboard.time_lines(texts)
    unequal = list(scoreboard.unequal_lines(texts))
    if unequal:
        yield "check and object disagree:"
        yield from unequal
    for title, some in groups:
        yield f"causes, {title}, by the tools in whose way each stands alone:"
        yield from scoreboard.cause_lines(some)
        yield f"order of fixes, {title} (tools freed, running total; what fails later is not known):"
        yield from scoreboard.greedy_lines(some)
    if kernels:
        yield "programs that do not load, on kernels that their text was recorded for:"
        yield from scoreboard.load_cause_lines(texts, kernels)


def plain(text):
    """A text's result as plain data, without the text itself."""
    outcome = text["outcome"]
    shown = {key: text[key] for key in ("package", "id", "tool", "arch", "digest", "default",
                                        "kernels", "cflags")}
    shown["args"] = text["settings"][0]["args"]
    shown["translated"] = outcome.ok()
    shown["status"], shown["check"] = outcome.status, outcome.check_status
    shown["seconds"], shown["megabytes"] = round(outcome.seconds, 3), outcome.megabytes
    shown["diagnostics"] = [dataclasses.asdict(one) for one in outcome.diagnostics]
    if outcome.simple:
        shown["simple"] = {"translated": outcome.simple.ok(), "diagnostics": [
            dataclasses.asdict(one) for one in outcome.simple.diagnostics]}
    shown["loaded"] = {kernel: {"verdict": scoreboard.loads_here(text, kernel),
                                "programs": [dataclasses.asdict(one) for one in programs]}
                       for kernel, programs in text["loaded"].items()}
    return shown


def missed(texts, kernels):
    """How many goals are not reached: a text wrongly refused, or not loaded where it could be."""
    count = sum(not text["outcome"].ok() and not scoreboard.rightly_refused(text)
                for text in texts)
    return count + sum(scoreboard.loads_here(text, kernel) in ("error", "not run")
                       for text in texts if text["outcome"].ok()
                       for kernel in kernels if kernel in text["kernels"])


# The scoreboard's files.


def compare(texts, failures, predicted):
    """Says where results are not as the file has them, or as check says; returns the exit status."""
    old, new = board.read(TABLE.read_text(encoding="utf-8")), board.merged(texts)
    wrong, counts = predicted
    lines = [*failures, *board.differences(old, new), *wrong]
    for line in lines:
        print(f"FAIL {line}")
    passed, known = board.agreeing(old, new)
    print(predict.summary(counts))
    print("results are those of a text on a kernel, and verdicts of check on a program that are "
          f"right; skipped: {known} misses that the file knows")
    passed += counts["right"]
    print(f"{passed} passed, {len(lines)} failed, {known} skipped")
    return 1 if lines or not passed else 0


def write_docs(texts, recorded, failures):
    """Writes the scoreboard; returns the exit status."""
    if failures:
        print("run.py: kernels without an answer, so nothing was written", file=sys.stderr)
        return 1
    rows = board.merged(texts)
    TABLE.write_text(board.tsv(rows), encoding="utf-8")
    PAGE.write_text(board.markdown(TEMPLATE.read_text(encoding="utf-8"), rows, recorded),
                    encoding="utf-8")
    return 0


# The command line.


def make_parser():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--bcc2core", default=ROOT / "build/bin/bcc2core", metavar="FILE", help="the command")
    add("--package", action="append", choices=packages.VERSIONS, help="of this one (default: all)")
    add("--texts", metavar="FILE", help="what record.py wrote (default: it is run, its file cached)")
    add("--arch", choices=["x86_64", "arm64"], help="only texts of this machine (default: all)")
    add("--default", action="store_true", help="only the texts that tools make without options")
    add("--load", action="store_true", help="load every object on the kernels")
    add("--kernel", action="append", choices=LOAD_KERNELS, help="load on this one (default: all)")
    add("--everywhere", action="store_true",
        help="load also on kernels of the machine that a text was not recorded on")
    add("--jobs", type=int, default=os.cpu_count(), metavar="N", help="translations at a time")
    add("--guests", type=int, default=1, metavar="N", help="kernels at a time (default 1)")
    add("--predict", action="store_true",
        help="compare what `check --kernels` says with what the kernels did, for all texts")
    add("--check", action="store_true", help="ask `bcc2core check` as well")
    add("--keep", metavar="DIR", help="keep the sources, manifests, objects and logs there")
    add("--json", metavar="FILE", help="write every result there")
    add("--compare", action="store_true",
        help="fail where a result is not as docs/corpus.tsv says, or a default text's not as check does")
    add("--write-docs", action="store_true", help="write docs/corpus.md and docs/corpus.tsv")
    add("-v", "--verbose", action="store_true", help="a line for each text")
    add("tool", nargs="*", help="only these tools or texts")
    return parser


def write_json(args, texts, recorded, failures):
    results = {"failures": failures, "lost": [one for recording in recorded
                                              for one in recording["lost"]],
               "texts": [plain(text) for text in texts]}
    pathlib.Path(args.json).write_text(json.dumps(results, indent=1), encoding="utf-8")


def main():
    parser = make_parser()
    args = parser.parse_args()
    if args.write_docs and (args.tool or args.default or args.arch or args.package or args.kernel):
        parser.error("--write-docs is about all texts and kernels")
    recorded = recordings(args)
    texts = []
    for recording in recorded:
        some = chosen(recording["texts"], args)
        for text in some:
            prepare(text, recording["package"])
        texts += some
    if not texts:
        print("run.py: no texts", file=sys.stderr)
        return 1
    whole = args.compare or args.write_docs
    kernels = (args.kernel or LOAD_KERNELS) if args.load or whole else ()
    with tempfile.TemporaryDirectory(prefix="b2c-corpus-") as temporary:
        folder = pathlib.Path(args.keep or temporary).resolve()
        translate_all(texts, args, folder)
        failures = load_all(texts, kernels, args)
        predicted = predict_some(texts, args, folder) if args.predict or args.compare else ([], {})
    if not whole:
        lines = [predict.summary(predicted[1]), *predicted[0]] if args.predict else []
        print("\n".join([*report(texts, recorded, kernels), *lines, *failures]))
    if args.json:
        write_json(args, texts, recorded, failures)
    if args.write_docs:
        return write_docs(texts, recorded, failures)
    if args.compare:
        return compare(texts, failures, predicted)
    return 1 if failures or predicted[0] or missed(texts, kernels) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, packages.PackageError) as failure:
        print(f"run.py: {failure}", file=sys.stderr)
        sys.exit(2)
