#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Translates every text that the installed bcc tools make, and prints a scoreboard; see README.md.

Texts come from record.py's file, or are recorded first. With --load every object is loaded on the
kernels of test/vm. Exits 0 only if every text was translated and every object loaded on the kernels
that its text was recorded for; with --baseline, only if nothing is worse than that file.
"""

import argparse
import concurrent.futures
import dataclasses
import hashlib
import json
import pathlib
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True

import facts  # noqa: E402
import load  # noqa: E402
import record  # noqa: E402
import scoreboard  # noqa: E402
import translate  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOAD_KERNELS = facts.KERNELS


def recording(args):
    """The recorded texts: of the file named or cached, or made now."""
    path = pathlib.Path(args.texts or facts.cache_dir() / "texts.json")
    if not path.exists():
        if args.texts:
            raise FileNotFoundError(f"no {path}: run record.py -o {path}")
        print("recording the installed tools")
        path.write_text(json.dumps(record.record(record.SCRIPTS, facts.KERNELS)), encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))


def chosen(texts, args):
    """The texts asked for."""
    if args.default:
        texts = [text for text in texts if text["default"]]
    if args.tool:
        texts = [text for text in texts if text["tool"] in args.tool or text["id"] in args.tool]
    return texts


def prepare(text, loaded):
    """Add what the steps need: the kernels that a text is of, facts, and an id that lasts."""
    text["kernels"] = sorted({setting["kernel"] for setting in text["settings"]})
    text["default_kernels"] = sorted({setting["kernel"] for setting in text["settings"]
                                      if setting["default"]})
    text["facts"] = loaded
    text["loaded"] = {}
    joined = "\0".join([text["tool"], text["text"], *text["cflags"]])
    text["digest"] = hashlib.sha256(joined.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def translate_all(texts, args, folder):
    """Sets `outcome` of every text."""
    # A copy, for somebody may build while this runs.
    folder.mkdir(parents=True, exist_ok=True)
    command = str(shutil.copy2(args.bcc2core, folder / "bcc2core"))

    def one(text):
        text["outcome"] = translate.translate(command, text, folder / text["id"])
        return text

    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for number, text in enumerate(pool.map(one, texts), 1):
            if args.verbose:
                outcome = text["outcome"]
                said = outcome.diagnostics[0].cause() if outcome.diagnostics else "ok"
                print(f"[{number}/{len(texts)}] {text['id']}: {said}", flush=True)


def load_all(texts, kernels):
    """Sets `loaded` of every translated text; returns what went wrong with whole kernels."""
    objects, of_digest = {}, {}
    for text in texts:
        if text["outcome"].ok():
            name = load.digest(text["outcome"].object)
            objects[name] = text["outcome"].object
            of_digest.setdefault(name, []).append(text)
    failures = []
    for kernel in kernels:
        try:
            found = load.load(kernel, objects) if objects else {}
        except (load.LoadError, load.image.ImageError) as error:
            failures.append(str(error))
            continue
        for name, same in of_digest.items():
            for text in same:
                text["loaded"][kernel] = found.get(name, [])
    return failures


# What is printed and written.


def report(texts, recorded, kernels):
    """The scoreboard in lines."""
    default = [text for text in texts if text["default"]]
    made = {text["tool"] for text in recorded["texts"]}
    yield (f"recorded: {len(recorded['tools'])} Python scripts in {recorded['runs']} runs over "
           f"{', '.join(recorded['kernels'])}; not Python: {len(recorded['other'])}")
    for tool in recorded["tools"]:
        if tool not in made:
            yield f"  no text: {tool}"
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
    shown = {key: text[key] for key in ("id", "tool", "digest", "default", "kernels", "cflags")}
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


def worse(texts, path):
    """What was good in the file and is not now, in lines."""
    old = {one["digest"]: one for one in json.loads(pathlib.Path(path).read_text())["texts"]}
    for text in texts:
        was = old.get(text["digest"])
        if not was:
            continue
        if was["translated"] and not text["outcome"].ok():
            yield f"worse: {text['id']} was translated"
        for kernel in text["loaded"]:
            before = was["loaded"].get(kernel, {}).get("verdict")
            if before == "ok" and scoreboard.loads_here(text, kernel) != "ok":
                yield f"worse: {text['id']} loaded on {kernel}"


def missed(texts, kernels):
    """How many goals are not reached: a text untranslated, or not loaded where it must."""
    count = sum(not text["outcome"].ok() for text in texts)
    return count + sum(scoreboard.loads_here(text, kernel) != "ok" for text in texts
                       for kernel in kernels if kernel in text["kernels"])


def make_parser():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--bcc2core", default=ROOT / "build/bin/bcc2core", metavar="FILE", help="the command")
    add("--texts", metavar="FILE", help="what record.py wrote (default: texts.json in the cache)")
    add("--default", action="store_true", help="only the texts that tools make without options")
    add("--load", action="store_true", help="load every object on the kernels")
    add("--kernel", action="append", choices=LOAD_KERNELS, help="load on this one (default: all)")
    add("--jobs", type=int, default=2, metavar="N", help="translations at a time (default 2)")
    add("--keep", metavar="DIR", help="keep the sources, manifests, objects and logs there")
    add("--json", metavar="FILE", help="write every result there")
    add("--baseline", metavar="FILE", help="fail only where a result is worse than in this --json")
    add("-v", "--verbose", action="store_true", help="a line for each text")
    add("tool", nargs="*", help="only these tools or texts")
    return parser


def main():
    args = make_parser().parse_args()
    recorded = recording(args)
    texts = chosen(recorded["texts"], args)
    if not texts:
        print("run.py: no texts", file=sys.stderr)
        return 1
    kernels = (args.kernel or LOAD_KERNELS) if args.load else ()
    loaded = [facts.load(name) for name in recorded["kernels"]]
    for text in texts:
        prepare(text, loaded)
    with tempfile.TemporaryDirectory(prefix="b2c-corpus-") as temporary:
        folder = pathlib.Path(args.keep or temporary).resolve()
        translate_all(texts, args, folder)
        failures = load_all(texts, kernels)
    for line in [*report(texts, recorded, kernels), *failures]:
        print(line)
    if args.json:
        results = {"kernels": list(kernels), "failures": failures, "lost": recorded["lost"],
                   "texts": [plain(text) for text in texts]}
        pathlib.Path(args.json).write_text(json.dumps(results, indent=1), encoding="utf-8")
    if args.baseline:
        lines = [*worse(texts, args.baseline), *failures]
        print("\n".join(lines) or "nothing is worse than the baseline")
        return 1 if lines else 0
    return 1 if failures or missed(texts, kernels) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as failure:
        print(f"run.py: {failure}", file=sys.stderr)
        sys.exit(2)
