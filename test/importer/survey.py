#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Derives the outputs of every script of a bcc package and prints a table: tool, outputs, left.

    test/importer/survey.py               # all tools of the installed package
    test/importer/survey.py -v biosnoop   # with what was derived
"""

import argparse
import collections
import gc
import json
import os
import pathlib
import sys
import traceback

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "importer"), str(ROOT / "test/corpus")]

import facts  # noqa: E402
import packages  # noqa: E402
import record  # noqa: E402

KERNEL = "6.1-x86_64"
# Long options that every tool has: the manifest can't declare them.
BUILT_IN = {"help", "version", "verbose", "json", "csv", "duration", "btf", "check", "ebpf",
            "exec", "interval", "count"}
TYPES = {"int": "s64", "float": "float", "str": "string"}


def option(argument):
    """How the manifest would have an argument of argparse."""
    name = next((flag[2:] for flag in argument["flags"] if flag.startswith("--")),
                argument["dest"])
    if argument["flags"] and name in BUILT_IN:
        return {"name": "interval", "type": "u32", "default": str(argument["default"])} \
            if name == "interval" else {}
    if not argument["flags"] and name not in ("interval", "count"):
        return {}
    kind = "flag" if argument["nargs"] == 0 else TYPES.get(argument["type"], "string")
    if kind == "string" and str(argument["default"]).isdigit():
        kind = "s64"
    return {"name": name, "type": kind, "default": str(argument["default"]),
            "choices": argument["choices"]}


def options_of(script, kernel):
    """The options of a script, by their attribute."""
    tool = record.Tool(script)
    end = tool.run((), kernel, options=True)["end"]
    arguments = end[0] if isinstance(end, list) else []
    return {argument["dest"]: option(argument) for argument in arguments}


def derive(options):
    """What the child calls at the script's first wait."""
    def call(script, frame, programs):
        import bcc
        import outputs
        found = [one for one in gc.get_objects() if type(one) is bcc.BPF]
        tables = [table for one in found for table in one.tables.values()]
        texts = "\n".join(outputs.text_of(program) for program in programs if not program.trial)
        try:
            return outputs.as_data(outputs.derive(script, frame, options,
                                                  outputs.Run(texts, tuple(tables))))
        except Exception:
            return {"error": traceback.format_exc()}
    return call


def survey(script, kernel):
    """(what the child returned, the options) of a script."""
    tool = record.Tool(script)
    base, _ = tool.settings(kernel)
    options = options_of(script, kernel)
    job = record.Job(script, base or (), kernel, record.root_of(script), strict=False,
                     derive=derive(options))
    return record.runner().run(job), options


def summary(found):
    """One line for a table."""
    counts = collections.Counter(next(iter(one)) for one in found["outputs"])
    words = " ".join(f"{name}:{count}" for name, count in counts.items())
    stubs = found["code"].count("#error")
    return f"{words or '-':30} left {len(found['left']):2} approximated " \
        f"{len(found['approximated']):2}" + (f" stubs {stubs}" if stubs else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", default=packages.INSTALLED, choices=packages.VERSIONS)
    parser.add_argument("-v", "--verbose", action="store_true", help="what was derived")
    parser.add_argument("-o", "--output", metavar="FILE", help="write it all there as JSON")
    parser.add_argument("tool", nargs="*", help="only these")
    args = parser.parse_args()
    package = packages.find(args.package)
    os.environ["B2C_BCC_MODULES"] = str(package.modules())
    kernel = facts.load(KERNEL)
    every, totals = {}, collections.Counter()
    for script in package.tools()[0]:
        name = script.name.removesuffix("-bpfcc").removesuffix(".py")
        if args.tool and name not in args.tool:
            continue
        result, options = survey(script, kernel)
        end, found = result["end"], result.get("derived")
        every[name] = {"end": end, "programs": result["programs"], "options": options,
                       **(found or {})}
        totals[kind_of(found)] += 1
        print(f"{name:18} " + (summary(found) if found and "error" not in found else
                               found["error"] if found else f"no wait: {end}"))
        if args.verbose and found and "error" not in found:
            print(json.dumps({key: found[key] for key in found if key != "code"}, indent=1))
            print(found["code"])
    print(", ".join(f"{name} {count}" for name, count in totals.most_common()))
    if args.output:
        pathlib.Path(args.output).write_text(json.dumps(every, indent=1), encoding="utf-8")


def kind_of(found):
    if not found:
        return "no wait"
    if "error" in found:
        return "error"
    if not found["outputs"]:
        return "nothing"
    return "whole" if not found["left"] else "with something left"


if __name__ == "__main__":
    main()
