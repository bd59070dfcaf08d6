#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Runs tools on real kernels under QEMU and checks what they print; README.md describes it.

Each kernel boots once and runs every case. Prints a line for each (kernel, case) and a summary.
Exits 0 only if something passed and nothing failed; what is missing (a kernel, a tool) fails.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.dont_write_bytecode = True

import boot  # noqa: E402
import case as case_api  # noqa: E402
import image  # noqa: E402
import judge  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
KERNELS = {kernel.name: kernel for kernel in image.fetch_kernels.KERNELS}
STANDIN_LIBS = ["-lbpf", "-lelf", "-lz"]


class Bench:
    """What one invocation works with: programs for each machine, options, the output lock."""

    def __init__(self, args, folder):
        self.args = args
        self.folder = pathlib.Path(folder)
        self.bins = {"x86_64": args.bin, "arm64": args.bin_arm64}
        self.programs = {}
        self.lock = threading.Lock()

    def base_programs(self, machine):
        """guest, workload and busybox of `machine`, compiled at the first use."""
        with self.lock:
            if machine not in self.programs:
                folder = self.folder / f"programs-{machine}"
                folder.mkdir(exist_ok=True)
                self.programs[machine] = image.base_programs(machine, folder)
            return self.programs[machine]

    def tool_entry(self, machine, tool):
        folder = self.bins[machine]
        path = folder and pathlib.Path(folder) / tool
        if not path or not path.is_file():
            option = "--bin" if machine == "x86_64" else "--bin-arm64"
            where = f"{option} {folder or '(not given)'}"
            raise image.ImageError(f"no {machine} tool '{tool}' in {where}")
        return image.Entry(f"tools/{tool}", path.read_bytes(), image.EXECUTABLE)

    def say(self, text):
        with self.lock:
            print(text, flush=True)


# One kernel.


def jobs_of(case, number):
    """(name, Run) of every run of a case; the names are folders of the results."""
    return [(f"{number:03}-{i:02}-{case.name}"[:60], run) for i, run in enumerate(case.runs, 1)]


def build_image(bench, name, content, output):
    """Write the initramfs of kernel `name` with `content` (tools, modules, jobs); returns (machine, vmlinuz)."""
    tools, modules, jobs = content
    machine = KERNELS[name].machine
    tree = image.fetch_kernels.cache_dir() / "kernels" / name
    if not image.fetch_kernels.kernel_version(name):
        raise image.ImageError(f"kernel not fetched: run scripts/fetch_kernels.py {name}")
    motd = f"tools: {' '.join(sorted(tools))}\nworkload: /bin/workload; scratch disk: /dev/vda\n"
    entries = [*bench.base_programs(machine),
               *(bench.tool_entry(machine, tool) for tool in sorted(tools)),
               *image.module_entries(tree / "modules", [*image.DISK_MODULES, *modules]),
               image.jobs_entry(jobs), image.Entry("etc/motd", motd.encode())]
    image.write_archive(entries, output)
    return machine, tree / "vmlinuz"


def keep_results(folder, done):
    for path, text in {**done.files, "console": done.console}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def boot_kernel(bench, name, cases, jobs):
    """Build the image, boot it, and keep the results where the user asked."""
    folder = bench.folder / name
    folder.mkdir()
    initramfs = folder / "initramfs"
    tools = set().union(*(case.tools() for case in cases))
    modules = [module for case in cases for module in case.modules]
    machine, vmlinuz = build_image(bench, name, (tools, modules, jobs), initramfs)
    done = boot.run_guest(machine, vmlinuz, initramfs, folder, boot.Guest(bench.args.limit))
    if bench.args.keep:
        keep_results(pathlib.Path(bench.args.keep) / name, done)
    return done


def kernel_info(name, done):
    base, _, machine = name.rpartition("-")
    version = tuple(int(part) for part in base.split("."))
    return case_api.KernelInfo(name, version, machine, done.note("release"))


def boot_and_judge(bench, name, cases):
    """The verdicts of `cases`, whose tools are all there, and a note on the boot."""
    numbered = [(case, jobs_of(case, number)) for number, case in enumerate(cases)]
    done = boot_kernel(bench, name, cases, [job for _, jobs in numbered for job in jobs])
    info = kernel_info(name, done)
    verdicts = [judge.judge_case(case, jobs, done, info, bench.args.verbose)
                for case, jobs in numbered]
    booted = int(done.note("booted_ms") or 0) / 1000
    note = f"TIME {name}: {done.seconds:.1f} s, of which boot {booted:.1f} s ({info.release})"
    return verdicts, f"{note}\n  console:\n{judge.show(done.console)}"


def missing_tools(bench, name, cases):
    """(cases whose tools are there, verdicts of those whose tools are not)."""
    ready, verdicts = [], []
    for case in cases:
        try:
            for tool in case.tools():
                bench.tool_entry(KERNELS[name].machine, tool)
            ready.append(case)
        except image.ImageError as error:
            verdicts.append(judge.Verdict("FAIL", name, case.name, str(error)))
    return ready, verdicts


def test_kernel(bench, name, cases):
    """Boot one kernel for all cases; returns the verdicts, having printed them."""
    skips = [(case.for_kernel(name), case.skip(name)) for case in cases]
    verdicts = [judge.Verdict("SKIP", name, case.name, reason) for case, reason in skips if reason]
    cases, lost = missing_tools(bench, name, [case for case, reason in skips if not reason])
    verdicts += lost
    note = ""
    try:
        if cases:
            judged, note = boot_and_judge(bench, name, cases)
            verdicts += judged
    except image.ImageError as error:
        verdicts += [judge.Verdict("FAIL", name, case.name, str(error)) for case in cases]
    except Exception as error:              # our own mistake fails this kernel, not the others
        reason = f"the harness itself failed: {type(error).__name__}: {error}"
        verdicts += [judge.Verdict("FAIL", name, case.name, reason, traceback.format_exc())
                     for case in cases]
    for verdict in verdicts:
        bench.say(f"{verdict.line()}\n{verdict.output}".rstrip())
    if bench.args.verbose and note:
        bench.say(note.rstrip())
    return verdicts


def run_matrix(bench, kernels, cases):
    """All verdicts of all kernels."""
    with concurrent.futures.ThreadPoolExecutor(bench.args.jobs) as pool:
        futures = [pool.submit(test_kernel, bench, name, cases) for name in kernels]
        try:
            return [verdict for future in futures for verdict in future.result()]
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def open_shell(bench, name):
    """Boot to a shell with every tool of the folder; returns QEMU's status."""
    folder = bench.bins[KERNELS[name].machine]
    if folder and not os.path.isdir(folder):
        raise image.ImageError(f"no folder {folder}")
    paths = pathlib.Path(folder).iterdir() if folder else []
    tools = [path.name for path in paths if path.is_file()]
    initramfs = bench.folder / "initramfs"
    machine, vmlinuz = build_image(bench, name, (tools, [], []), initramfs)
    return boot.run_shell(machine, vmlinuz, initramfs, bench.folder)


# The self-test.


def selftest_programs(bench, kernels):
    """Compile the stand-in tool; one that cannot be built is missing, and so its cases fail."""
    for machine in sorted({KERNELS[name].machine for name in kernels}):
        folder = bench.folder / f"selftest-{machine}"
        folder.mkdir()
        bench.bins[machine] = folder
        sources = [HERE / "selftest/standin.c"]
        try:
            image.compile_program(sources, folder / "standin", machine, STANDIN_LIBS)
        except image.ImageError as error:
            print(error, file=sys.stderr)


def host_verdict():
    """The parts of the harness that need no guest, tested."""
    command = [sys.executable, str(HERE / "selftest/host_test.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    word = "FAIL" if done.returncode else "PASS"
    return judge.Verdict(word, "host", "host_test", output=done.stderr if done.returncode else "")


# The command line.


def load_cases(args, parser):
    """The cases asked for, or all; ends with a message if one is malformed or there are none."""
    folder = HERE / "selftest/cases" if args.selftest else pathlib.Path(args.cases)
    paths = {path.stem: path for path in sorted(folder.glob("*.py"))}
    for name in args.case or []:
        if name not in paths:
            parser.error(f"no case '{name}' in {folder}; there are: {', '.join(paths) or 'none'}")
    try:
        cases = [case_api.load_case(paths[name], args.selftest) for name in args.case or paths]
    except case_api.CaseError as error:
        parser.error(str(error))
    if not cases:
        parser.error(f"no cases in {folder}")
    return cases


def make_parser():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--kernel", action="append", metavar="NAME", help="a kernel; may be repeated")
    add("--all", action="store_true", help="all kernels")
    add("--bin", metavar="DIR", help="folder of the x86_64 tools")
    add("--bin-arm64", metavar="DIR", help="folder of the arm64 tools")
    add("--case", action="append", metavar="NAME", help="a case; may be repeated (default: all)")
    add("--cases", default=HERE / "cases", metavar="DIR", help="folder of the cases")
    add("--selftest", action="store_true", help="test this harness with its own tool and cases")
    add("--jobs", type=int, default=2, metavar="N", help="kernels at a time (default 2)")
    add("--limit", type=int, default=1200, metavar="S", help="seconds a boot may last (1200)")
    add("--keep", metavar="DIR", help="keep all results there")
    add("--shell", action="store_true", help="boot one kernel to a shell, with all tools of --bin")
    add("-v", "--verbose", action="store_true", help="show all output, consoles and times")
    return parser


def parse_args(parser, argv):
    args = parser.parse_args(argv)
    if args.all or (args.selftest and not args.kernel):
        args.kernel = list(KERNELS)
    if not args.kernel:
        parser.error("say --kernel NAME or --all")
    for name in args.kernel:
        if name not in KERNELS:
            parser.error(f"no kernel '{name}'; known: {', '.join(KERNELS)}")
    if args.shell and len(args.kernel) != 1:
        parser.error("--shell takes one --kernel")
    if args.jobs < 1 or args.limit < 1:
        parser.error("--jobs and --limit are at least 1")
    args.kernel = list(dict.fromkeys(args.kernel))
    return args


def main(argv=None):
    parser = make_parser()
    args = parse_args(parser, argv)
    cases = [] if args.shell else load_cases(args, parser)
    started = time.monotonic()
    verdicts = []
    with tempfile.TemporaryDirectory(prefix="b2c-vm-") as folder:
        bench = Bench(args, folder)
        if args.selftest:
            selftest_programs(bench, args.kernel)
        if args.shell:
            return open_shell(bench, args.kernel[0])
        if args.selftest:
            verdicts.append(host_verdict())
            bench.say(f"{verdicts[0].line()}\n{verdicts[0].output}".rstrip())
        verdicts += run_matrix(bench, args.kernel, cases)
    if args.verbose:
        print(f"TIME all: {time.monotonic() - started:.1f} s")
    counts = {word: sum(v.word == word for v in verdicts) for word in ("PASS", "FAIL", "SKIP")}
    print(f"{counts['PASS']} passed, {counts['FAIL']} failed, {counts['SKIP']} skipped")
    return 0 if counts["PASS"] and not counts["FAIL"] else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except image.ImageError as failure:
        print(f"run.py: {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
