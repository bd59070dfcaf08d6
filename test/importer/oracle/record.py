#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Records what bcc's own scripts print for the workloads of workloads.py on the 6.1 kernel.

bcc 0.26 of this machine (packages bpfcc-tools, python3-bpfcc) runs in a guest that sees this
machine's root read-only. What is in recorded/ and was made by the same command stays as it is.
"""

import argparse
import concurrent.futures
import contextlib
import pathlib
import stat
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import comparer  # noqa: E402
import guest  # noqa: E402
import headers  # noqa: E402
import recordings  # noqa: E402
import workloads  # noqa: E402

boot, case, image, judge = guest.boot, workloads.case, guest.image, guest.judge
SCRIPTS = {recordings.PACKAGE: pathlib.Path("/usr/sbin"),
           "0.31": image.fetch_kernels.cache_dir() / "bcc/0.31/usr/sbin"}
VIRTIOFSD = "/usr/lib/qemu/virtiofsd"
MEGABYTES = 4096
ATTACH_SECONDS = 300
SETTLE_MS = 2500             # for a script to print all that it was sent
SHARE_MODULES = ("fuse", "virtiofs", "overlay")


@contextlib.contextmanager
def shared_root(folder):
    """virtiofsd of this machine's root; gives QEMU's arguments."""
    if not pathlib.Path(VIRTIOFSD).exists():
        raise image.ImageError(f"no {VIRTIOFSD}: install qemu-system-common")
    socket = folder / "root.socket"
    command = [VIRTIOFSD, f"--socket-path={socket}", "-o", "source=/", "-o", "sandbox=chroot",
               "-o", "cache=always"]
    with open(folder / "virtiofsd.log", "wb") as log, \
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log) as daemon:
        try:
            for _ in range(100):
                if socket.exists():
                    break
                time.sleep(0.1)
            yield ("-object", f"memory-backend-memfd,id=memory,size={MEGABYTES}M,share=on",
                   "-numa", "node,memdev=memory",
                   "-chardev", f"socket,id=root,path={socket}",
                   "-device", "vhost-user-fs-pci,chardev=root,tag=shared,addr=16")
        finally:
            daemon.terminate()


def header_entries():
    """In the image and not shared: a compiler asks for many files that are not there."""
    yield image.Entry("headers", mode=stat.S_IFDIR | 0o755)
    known = set()
    for path, below in headers.files(guest.KERNEL):
        for folder in [one for one in reversed(below.parents[:-1]) if one not in known]:
            known.add(folder)
            yield image.Entry(f"headers/{folder}", mode=stat.S_IFDIR | 0o755)
        if path.is_symlink():
            yield image.Entry(f"headers/{below}", str(path.readlink()).encode(),
                              stat.S_IFLNK | 0o777)
        else:
            yield image.Entry(f"headers/{below}", path.read_bytes())


def script_of(tool, package):
    """Some scripts of a package have its suffix, those of its library have not."""
    path = SCRIPTS[package] / f"{tool}-bpfcc"
    return str(path if path.exists() else path.with_name(tool))


def runs_of(tools, package):
    """(name, Run) of the set-up and of each tool's script."""
    found = [("enter", case.Run(tool="enter.sh", ready=False, signal=None))]
    for tool in tools:
        run = workloads.run_of(workloads.TOOLS[tool], "bcc.sh", SETTLE_MS,
                               ready_timeout=ATTACH_SECONDS, limit=120)
        run.args += workloads.TOOLS[tool].imported
        run.args[:0] = [str(guest.HERE / "launch.py"), script_of(tool, package)]
        run.workload = [["/tools/inside.sh", *words] if set(words) & set(workloads.TOOLS[tool].host)
                        else words for words in run.workload]
        found.append((tool, run))
    return found


def record(tools, package, seconds):
    """One boot; returns {tool: reason why it was not recorded, or None} and what the guest said."""
    runs = runs_of(tools, package)
    files = [*(guest.tool(name, guest.HERE / name) for name in ("enter.sh", "bcc.sh", "inside.sh")),
             *header_entries()]
    with tempfile.TemporaryDirectory(prefix="b2c-oracle-") as folder:
        folder = pathlib.Path(folder)
        files.append(guest.dynamic(folder))
        modules = [*SHARE_MODULES, *workloads.modules_of(tools)]
        with shared_root(folder) as extra:
            results, done = guest.run(files, runs, folder,
                                      boot.Guest(seconds, MEGABYTES, extra=extra), modules)
    verdicts = {}
    for name, run in runs:
        result = results.get(name)
        verdicts[name] = keep(name, package, run, result) if result else judge.lost_reason(done)
    return verdicts


def keep(name, package, run, result):
    """Writes the recording of a sound run in which something counts; returns the reason if it is none."""
    fault = judge.ready_fault(run, result) or judge.work_fault(run, result) \
        or judge.end_fault(run, result)
    words = result.stderr.strip().splitlines()[-3:]
    if name == "enter":
        return f"status {result.status}: {' / '.join(words)}" if result.status else fault
    print(f"  {name}: ready {result.ready_ms} ms, {result.lasted_ms} ms in all", flush=True)
    if fault:
        return f"{fault} ({' / '.join(words)}){result.work_output}"
    nothing = comparer.counts_nothing(result.stdout, workloads.TOOLS[name])
    if nothing:
        return f"{nothing}: {result.stdout[:500]!r} {' / '.join(words)}"
    recordings.write(name, workloads.TOOLS[name], result.stdout, package)
    return None


def report(tools, package, seconds):
    """Record and say what became of each."""
    found = record(tools, package, seconds)
    for tool, fault in found.items():
        if fault or tool != "enter":
            print(f"{tool}: {fault or 'recorded'}", flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tools", nargs="*", metavar="TOOL", help="default: what is not recorded")
    parser.add_argument("--again", action="store_true", help="record what is there too")
    parser.add_argument("--package", choices=SCRIPTS, default=recordings.PACKAGE,
                        help="another version's scripts, with this machine's bcc (0.26)")
    parser.add_argument("--each", type=int, default=10, metavar="N", help="tools a boot (10)")
    parser.add_argument("--boots", type=int, default=1, metavar="N", help="at a time (1)")
    parser.add_argument("--limit", type=int, default=900, metavar="S", help="seconds a boot (900)")
    args = parser.parse_args()
    unknown = [tool for tool in args.tools if tool not in workloads.TOOLS]
    if unknown:
        parser.error(f"not in workloads.py: {' '.join(unknown)}")
    wanted = [tool for tool in args.tools or workloads.TOOLS
              if args.again or recordings.stale(tool, workloads.TOOLS[tool], args.package)]
    batches = [wanted[at:at + args.each] for at in range(0, len(wanted), args.each)]
    with concurrent.futures.ThreadPoolExecutor(args.boots) as pool:
        faults = [fault for found in pool.map(lambda tools: report(tools, args.package, args.limit), batches)
                  for fault in found.values()]
    return 1 if any(faults) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (image.ImageError, headers.fetch_kernels.FetchError) as failure:
        sys.exit(f"record.py: {failure}")
