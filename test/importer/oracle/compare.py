#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Runs imported tools on the 6.1 kernel and compares what they print with recorded/.

`compare(tools)` is for the scoreboard: {tool: path of its binary} gives {tool: "same" or the first
difference}. The command line takes a folder of binaries.
"""

import argparse
import concurrent.futures
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True

import comparer  # noqa: E402
import guest  # noqa: E402
import recordings  # noqa: E402
import workloads  # noqa: E402

SAME = "same"
READY_SECONDS = 60
END_SECONDS = 60                # of each command too: to take all memory is 20 s on a busy machine
SETTLE_MS = 700


def run_of(tool):
    return workloads.run_of(workloads.TOOLS[tool], tool, SETTLE_MS, ready_timeout=READY_SECONDS,
                            limit=END_SECONDS)


def verdict(tool, run, result, package):
    """What is said of a tool that ran."""
    judge = guest.judge
    fault = judge.ready_fault(run, result) or judge.work_fault(run, result) \
        or judge.end_fault(run, result)
    if fault:
        said = (result.stderr or result.work_output).strip().splitlines()
        return f"{fault}: {said[-1]}" if said else fault
    _, recorded = recordings.read(tool, package)
    return comparer.difference(recorded, result.stdout, workloads.TOOLS[tool]) or SAME


def boot(tools, package, seconds, keep):
    """{tool: verdict} of one boot."""
    runs = [(tool, run_of(tool)) for tool in tools]
    binaries = [guest.tool(tool, path) for tool, path in tools.items()]
    with tempfile.TemporaryDirectory(prefix="b2c-compare-") as folder:
        folder = pathlib.Path(folder)
        binaries += guest.host_entries(workloads.host_of(tools), folder)
        results, done = guest.run(binaries, runs, folder, guest.boot.Guest(seconds, 2048),
                                  workloads.modules_of(tools))
    if keep:
        for tool, result in results.items():
            pathlib.Path(keep, f"{tool}.txt").write_text(result.stdout, encoding="utf-8")
            pathlib.Path(keep, f"{tool}.err").write_text(result.stderr, encoding="utf-8")
    return {tool: verdict(tool, run, results[tool], package) if tool in results
            else guest.judge.lost_reason(done) for tool, run in runs}


def compare(tools, package=recordings.PACKAGE, boots=3, seconds=600, keep=None):
    """{tool: "same" or why not} of those of `tools` {name: binary} that bcc was recorded with."""
    verdicts, known = {}, {}
    for tool, path in sorted(tools.items()):
        if tool in workloads.TOOLS and package not in workloads.TOOLS[tool].without and \
                recordings.read(tool, package):
            known[tool] = path
    for tool in list(known):
        if recordings.stale(tool, workloads.TOOLS[tool], package):
            verdicts[tool] = "recorded with another workload: run record.py"
            del known[tool]
    shares = [share for at in range(boots) if (share := dict(list(known.items())[at::boots]))]
    with concurrent.futures.ThreadPoolExecutor(boots) as pool:
        for found in pool.map(lambda share: boot(share, package, seconds, keep), shares):
            verdicts.update(found)
    return verdicts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bin", metavar="DIR", help="folder of the binaries, named as their tools")
    parser.add_argument("tools", nargs="*", metavar="TOOL", help="only these")
    parser.add_argument("--package", default=recordings.PACKAGE, help="bcc's version (0.26)")
    parser.add_argument("--boots", type=int, default=3, metavar="N", help="at a time (3)")
    parser.add_argument("--limit", type=int, default=600, metavar="S", help="seconds a boot (600)")
    parser.add_argument("--keep", metavar="DIR", help="keep what the tools printed there")
    args = parser.parse_args()
    tools = {path.name: path for path in pathlib.Path(args.bin).iterdir() if path.is_file()}
    if args.tools:
        tools = {tool: tools[tool] for tool in args.tools}
    if args.keep:
        pathlib.Path(args.keep).mkdir(parents=True, exist_ok=True)
    verdicts = compare(tools, args.package, args.boots, args.limit, args.keep)
    for tool, text in sorted(verdicts.items()):
        print(f"{tool}: {text}")
    same = sum(text == SAME for text in verdicts.values())
    print(f"{same} of {len(verdicts)} print what bcc prints")
    return 0 if verdicts and same == len(verdicts) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except guest.image.ImageError as failure:
        sys.exit(f"compare.py: {failure}")
