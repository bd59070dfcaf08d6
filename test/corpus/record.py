#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Records the BPF C and the attaches of every tool of a bcc package, for each kernel and option.

Each script runs against the stand-in of bcc/ with the answers of a kernel: without arguments (or
with what it needs), with each example of its help, and with every option alone. Writes one JSON
file of distinct texts and of every run; nothing of the package is kept in the project.
"""

import argparse
import collections
import concurrent.futures
import functools
import gc
import hashlib
import importlib
import json
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True

import facts  # noqa: E402
import packages  # noqa: E402
import settings  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
JOBS = 2
# What a recording depends on, beside the package.
CODE = ("record.py", "facts.py", "packages.py", "settings.py", "../../importer/child.py",
        "../../importer/command_line.py",
        "../../importer/sandbox.py", "../../importer/kernel_facts.py", "../../importer/bcc/*.py")


@functools.cache
def runner():
    """The module child, imported late: with it come modules of the package that is recorded."""
    return importlib.import_module("child")


def Job(*args, **options):
    return runner().Job(*args, **options)


def programs_of(result):
    return [program for program in result["programs"] if not program["trial"]]


def root_of(script):
    """Where the package of a script is unpacked."""
    return str(pathlib.Path(script).parents[2])


class Tool:
    """A script and the runs that were made of it: one that asked nothing, or what another kernel
    answers alike, is not made again for that kernel."""

    def __init__(self, script):
        self.script = script
        self.root = root_of(script)
        self.name = Job(script, (), None).tool()
        self.known = {}

    def run(self, args, kernel, **how):
        """The result of a run on a kernel."""
        same = self.known.setdefault((args, *how), [])
        found = next((one for one in same if kernel.agrees(one["asked"])), None)
        if not found:
            found = runner().run(Job(self.script, args, kernel, self.root, **how))
            # A run that was killed may have asked what is not known.
            if not str(found["end"]).startswith("killed"):
                same.append(found)
        return found

    def setting(self, args, kernel):
        """One run; again with attaches that cannot fail where a missing place ended the script."""
        result = self.run(args, kernel)
        if result["end"] != "stopped" and result["missing"]:
            missing = result["missing"]
            result = {**self.run(args, kernel, strict=False), "lacks": missing[-1]}
        return result

    def base(self, examples, kernel):
        """The arguments that it needs to make a program; () if none, None if none do."""
        if self.name in settings.BASES:
            return settings.BASES[self.name]
        for args in [(), *examples]:
            if programs_of(self.setting(args, kernel)):
                return args
        return None

    def settings(self, kernel):
        """(base arguments or None, all argument lists)."""
        end = self.run((), kernel, options=True)["end"]
        arguments, epilog = end if isinstance(end, list) else ([], "")
        examples = settings.examples(self.name, epilog)
        base = self.base(examples, kernel)
        added = settings.option_settings(arguments, base or ())
        return base, list(dict.fromkeys([base or (), *examples, *added]))


def record_tool(script, kernels):
    """All runs of one script, as plain data."""
    tool, runs = Tool(script), []
    for kernel in [facts.load(name) for name in kernels]:
        base, lists = tool.settings(kernel)
        for args in lists:
            result = tool.setting(args, kernel)
            runs.append({"tool": tool.name, "kernel": kernel.name, "args": list(args),
                         "default": args == (base or ()), **result})
    return tool.name, runs


def without_program(runs):
    """Runs that made no program, with the reason in a line."""
    lost = []
    for run in runs:
        if not programs_of(run):
            lines = [line.strip() for line in run["output"].splitlines() if line.strip()]
            lost.append({"tool": run["tool"], "kernel": run["kernel"], "args": run["args"],
                         "default": run["default"], "end": run["end"],
                         "said": lines[-1][:200] if lines else ""})
    return lost


def distinct_texts(runs):
    """Distinct (tool, text, flags) with the settings that make each, in the order of the runs."""
    texts = {}
    for run in runs:
        for program in programs_of(run):
            arch = run["kernel"].rpartition("-")[2]
            key = (run["tool"], arch, program["text"], tuple(program["cflags"]))
            entry = texts.setdefault(key, {
                "tool": run["tool"], "arch": arch, "text": program["text"],
                "cflags": program["cflags"],
                "attaches": program["attaches"], "loads": program["loads"], "default": False,
                "complete": False, "settings": []})
            complete = run["end"] == "stopped" and "lacks" not in run
            if complete and not entry["complete"]:
                entry.update(attaches=program["attaches"], loads=program["loads"], complete=True)
            entry["default"] |= run["default"]
            entry["settings"].append({"kernel": run["kernel"], "args": run["args"],
                                      "default": run["default"], "end": run["end"],
                                      "lacks": run.get("lacks", "")})
    numbers = collections.Counter()
    for entry in texts.values():
        numbers[entry["tool"]] += 1
        entry["id"] = f"{entry['tool']}-{numbers[entry['tool']]:02}"
    return list(texts.values())


def record(package, kernels, only=()):
    """The recording of every tool of a package (or those named in `only`) as plain data."""
    os.environ["B2C_BCC_MODULES"] = str(package.modules())
    scripts, others = package.tools()
    if only:
        scripts = [path for path in scripts if Job(path, (), None).tool() in only]
    for name in kernels:
        facts.load(name)                    # here, so that all processes of the pool share it
    gc.freeze()
    with concurrent.futures.ProcessPoolExecutor(JOBS) as pool:
        futures = [pool.submit(record_tool, script, kernels) for script in scripts]
        done = [future.result() for future in futures]
    runs = [run for _, of_tool in done for run in of_tool]
    return {"package": package.version, "debs": package.debs, "kernels": list(kernels),
            "tools": [tool for tool, _ in done], "other": others,
            "texts": distinct_texts(runs), "lost": without_program(runs), "runs": len(runs)}


def digest(package):
    """Changes with all that a recording depends on."""
    state = hashlib.sha256(package.debs.encode())
    for pattern in CODE:
        for path in sorted(HERE.glob(pattern)):
            state.update(path.read_bytes())
    for kernel in facts.KERNELS:
        for path in sorted(facts.DATA.glob(f"*/{kernel}.*.xz")):
            state.update(path.read_bytes())
    return state.hexdigest()[:16]


def cached(version):
    """The recording of a package over all kernels: of the cache, or made now by this script, in a
    process of its own."""
    package = packages.find(version)
    path = facts.cache_dir() / f"texts-{version}-{digest(package)}.json"
    if not path.exists():
        print(f"recording {package.debs}", flush=True)
        temporary = path.with_suffix(f".{os.getpid()}")
        command = [sys.executable, str(HERE / "record.py"), "--package", version, "-o",
                   str(temporary)]
        # Some tools write their text in the order of a set.
        done = subprocess.run(command, text=True, capture_output=True, check=False,
                              env={**os.environ, "PYTHONHASHSEED": "0"})
        if done.returncode:
            raise packages.PackageError(f"cannot record {version}: {done.stderr.strip()}")
        temporary.replace(path)
    return json.loads(path.read_text(encoding="utf-8"))


def summary(recording):
    """What was recorded, in lines."""
    tools = {text["tool"] for text in recording["texts"]}
    yield recording["debs"]
    yield (f"{len(recording['tools'])} Python scripts, {len(recording['other'])} others; "
           f"{recording['runs']} runs: {len(recording['texts'])} distinct texts of {len(tools)} tools")
    for tool in recording["tools"]:
        if tool not in tools:
            lost = next(run for run in recording["lost"] if run["tool"] == tool)
            yield f"no text: {tool}: {lost['end']}: {lost['said']}"
    holes = collections.Counter()
    for run in recording["lost"]:
        if " at " in run["end"] or run["end"].startswith("killed"):
            holes[f"{run['tool']} {' '.join(run['args'])}: {run['end']}"] += 1
    for text in recording["texts"]:
        for setting in text["settings"]:
            if setting["end"] not in ("stopped", "exit 0") and not setting["lacks"]:
                holes[f"{text['tool']} {' '.join(setting['args'])}: {setting['end']}"] += 1
    for line, count in holes.items():
        yield f"cut short ({count} kernels): {line}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="write it there")
    parser.add_argument("--package", default=packages.INSTALLED, choices=packages.VERSIONS,
                        help=f"default {packages.INSTALLED}, the one installed here")
    parser.add_argument("--kernel", action="append", choices=facts.KERNELS, help="default: all")
    parser.add_argument("tool", nargs="*", help="only these")
    args = parser.parse_args()
    recording = record(packages.find(args.package), args.kernel or facts.KERNELS, args.tool)
    pathlib.Path(args.output).write_text(json.dumps(recording, indent=1), encoding="utf-8")
    for line in summary(recording):
        print(line)
    return 0 if recording["texts"] else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except packages.PackageError as failure:
        print(f"record.py: {failure}", file=sys.stderr)
        sys.exit(1)
