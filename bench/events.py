#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a tool's user space costs for each event, beside its twin of Debian's libbpf-tools.

Both trace the same opens of one process and write to a file, in turn, in one boot of a kernel. No
test: a number never fails it.
"""

import argparse
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True

import report  # noqa: E402
import start  # noqa: E402
import subjects  # noqa: E402

sys.path.insert(0, str(subjects.ROOT / "test/vm"))

import boot  # noqa: E402
import case as case_api  # noqa: E402
import image  # noqa: E402
import judge  # noqa: E402

EXAMPLE = "opens"
FILE = "/tmp/marker"
ARGS = {"ours": [], "twin": ["-T"]}             # both print the time
SETTLE = ["workload", "sleep", "1", "6000"]     # until a twin, which does not say when, is attached


def jobs(events, rounds):
    """(name, Run) of every start, ours and the twin's in turn; asked before and after for its CPU time."""
    for number in range(rounds):
        for tool in ("ours", "twin"):
            cpu = ["workload", "cpu", tool]
            work = [SETTLE, cpu, ["workload", "open", FILE, str(events)], ["workload", "sleep", "1", "1000"], cpu]
            yield f"{number}-{tool}", case_api.Run(ARGS[tool], workload=work, ready=False, tool=tool, limit=600)


def build_image(args, folder):
    kernel = start.KERNELS[args.kernel]
    tools = subjects.build_tools(args.bcc2core, [EXAMPLE], kernel.machine, folder / "tools")
    twin = subjects.TWINS[EXAMPLE]
    tree = image.fetch_kernels.cache_dir() / "kernels" / args.kernel
    libraries = sorted(str(path) for path in subjects.shared_libraries(twin.path()))
    entries = [*image.base_programs(kernel.machine, folder),
               start.file_entry("tools/ours", tools[EXAMPLE]), start.file_entry("tools/twin", twin.path()),
               *(start.file_entry(path, pathlib.Path(path)) for path in libraries),
               *image.module_entries(tree / "modules", image.DISK_MODULES),
               image.jobs_entry(list(jobs(args.events, args.rounds)))]
    image.write_archive(start.with_folders(entries), folder / "initramfs")
    return kernel, tree / "vmlinuz", folder / "initramfs"


def measure(args, folder):
    """{tool: [us of CPU for each event of a round]}, {tool: [rows of a round]}"""
    kernel, vmlinuz, initramfs = build_image(args, folder)
    done = boot.run_guest(kernel.machine, vmlinuz, initramfs, folder,
                          boot.Guest(200 + 120 * args.rounds, counted=True))
    costs, rows = {"ours": [], "twin": []}, {"ours": [], "twin": []}
    for name, run in jobs(args.events, args.rounds):
        result = judge.read_result(run, name, done.files)
        if not result or result.status:
            raise subjects.BenchError(f"{name} failed: {result and result.stderr or done.console[-1000:]}")
        before, after = (int(ns) for ns in result.work_output.split())
        costs[run.tool].append((after - before) / 1000 / args.events)
        rows[run.tool].append(result.stdout.count(FILE))
    return costs, rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=20000, metavar="N", help="opens of a round (20000)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds (3)")
    parser.add_argument("--kernel", default="6.1-x86_64", metavar="NAME", help="a kernel (6.1-x86_64)")
    parser.add_argument("--bcc2core", type=pathlib.Path, default=subjects.ROOT / "build/bin/bcc2core",
                        metavar="FILE", help="the compiler (build/bin/bcc2core)")
    args = parser.parse_args()
    if not subjects.TWINS[EXAMPLE].path():
        raise subjects.BenchError(f"{subjects.TWINS[EXAMPLE].name} is not installed")
    with tempfile.TemporaryDirectory(prefix="b2c-events-") as folder:
        costs, rows = measure(args, pathlib.Path(folder))
    for tool in ("ours", "twin"):
        print(f"{tool}: {report.spread(costs[tool], 1, 1)} us of CPU an event, "
              f"rows of {args.events}: {rows[tool]}")
    ratios = [theirs / ours for ours, theirs in zip(costs["ours"], costs["twin"])]
    print(f"events a second of CPU, ours/twin: {report.spread(ratios)}")


if __name__ == "__main__":
    try:
        main()
    except (subjects.BenchError, image.ImageError) as failure:
        sys.exit(f"events.py: {failure}")
