#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Records the BPF C and the attaches of every installed bcc tool, for each kernel and option.

Each script runs against the stand-in of bcc/ with the answers of a kernel: without arguments (or
with what it needs), with each example of its help, and with every option alone. Writes one JSON
file of distinct texts and of every run; nothing of the package is kept in the project.
"""

import argparse
import collections
import concurrent.futures
import json
import pathlib
import sys

sys.dont_write_bytecode = True

import child  # noqa: E402
import facts  # noqa: E402
import settings  # noqa: E402

SCRIPTS = "/usr/sbin"
JOBS = 2


def installed(folder):
    """(scripts of Python, names of those in another language)."""
    scripts, others = [], []
    for path in sorted(pathlib.Path(folder).iterdir()):
        if not path.name.endswith(("-bpfcc", ".py")) or not path.is_file():
            continue
        with open(path, "rb") as file:
            python = b"python" in file.readline()
        if python:
            scripts.append(path)
        else:
            others.append(path.name)
    return scripts, others


def programs_of(result):
    return [program for program in result["programs"] if not program["trial"]]


def run_setting(script, args, kernel):
    """One run; again with attaches that cannot fail where a missing place ended the script."""
    result = child.run(child.Job(script, args, kernel))
    if result["end"] != "stopped" and result["missing"]:
        missing = result["missing"]
        result = child.run(child.Job(script, args, kernel, strict=False))
        result["lacks"] = missing[-1]
    return result


def base_arguments(script, examples, kernel):
    """The arguments that a tool needs to make a program; () if it needs none, None if none do."""
    tool = child.Job(script, (), kernel).tool()
    if tool in settings.BASES:
        return settings.BASES[tool]
    for args in [(), *examples]:
        if programs_of(run_setting(script, args, kernel)):
            return args
    return None


def settings_of(script, kernel):
    """(base arguments or None, all argument lists) of a script."""
    job = child.Job(script, (), kernel, options=True)
    end = child.run(job)["end"]
    arguments, epilog = end if isinstance(end, list) else ([], "")
    examples = settings.examples(job.tool(), epilog)
    base = base_arguments(script, examples, kernel)
    added = [(*(base or ()), *words) for words in settings.option_settings(arguments)]
    return base, list(dict.fromkeys([base or (), *examples, *added]))


def record_tool(script, kernels):
    """All runs of one script, as plain data."""
    tool = child.Job(script, (), None).tool()
    bases = {}
    runs = []
    for kernel in kernels:
        base, lists = settings_of(script, kernel)
        bases[kernel.name] = base
        for args in lists:
            result = run_setting(script, args, kernel)
            runs.append({"tool": tool, "kernel": kernel.name, "args": list(args),
                         "default": args == (base or ()), **result})
    return tool, runs


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
            key = (run["tool"], program["text"], tuple(program["cflags"]))
            entry = texts.setdefault(key, {
                "tool": run["tool"], "text": program["text"], "cflags": program["cflags"],
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


def record(folder, kernels, only=()):
    """The recording of every tool in `folder` (or those named in `only`) as plain data."""
    scripts, others = installed(folder)
    if only:
        scripts = [path for path in scripts if child.Job(path, (), None).tool() in only]
    loaded = [facts.load(name) for name in kernels]
    with concurrent.futures.ProcessPoolExecutor(JOBS) as pool:
        futures = [pool.submit(record_tool, script, loaded) for script in scripts]
        done = [future.result() for future in futures]
    runs = [run for _, of_tool in done for run in of_tool]
    return {"kernels": list(kernels), "tools": [tool for tool, _ in done], "other": others,
            "texts": distinct_texts(runs), "lost": without_program(runs), "runs": len(runs)}


def summary(recording):
    """What was recorded, in lines."""
    tools = {text["tool"] for text in recording["texts"]}
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
    parser.add_argument("-o", "--output", metavar="FILE", help="default: texts.json in the cache")
    parser.add_argument("--scripts", default=SCRIPTS, metavar="DIR", help=f"default {SCRIPTS}")
    parser.add_argument("--kernel", action="append", choices=facts.KERNELS, help="default: all")
    parser.add_argument("tool", nargs="*", help="only these")
    args = parser.parse_args()
    recording = record(args.scripts, args.kernel or facts.KERNELS, args.tool)
    output = pathlib.Path(args.output or facts.cache_dir() / "texts.json")
    output.write_text(json.dumps(recording, indent=1), encoding="utf-8")
    for line in summary(recording):
        print(line)
    print(f"written: {output}")
    return 0 if recording["texts"] else 1


if __name__ == "__main__":
    sys.exit(main())
