# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Time and memory of a translation, against clang alone on what was emitted; called by run.py.

Clang gets the emitted BPF source twice: with the emitted vmlinux.h, which holds only the types the
program uses, and with the whole one of a kernel, as hand-written libbpf tools do.
"""

import dataclasses
import lzma
import os
import pathlib
import re
import shutil
import subprocess
import time

import report
import subjects

FULL_BTF = subjects.ROOT / "data/btf/6.1-x86_64.btf.xz"
COMMANDS = ["object", "build", "clang", "clang-full"]


@dataclasses.dataclass
class Sample:
    """One run of one command."""
    wall: float                 # seconds
    cpu: float                  # seconds, of it and all it started
    rss_kb: int                 # peak of the largest process


def measure(command):
    """Run a command that must succeed."""
    null = os.open(os.devnull, os.O_RDWR)
    quiet = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1)]
    started = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - started
    os.close(null)
    if status:
        raise subjects.BenchError(f"failed: {' '.join(command)}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def write_full_vmlinux(folder):
    """The whole vmlinux.h of a kernel of data/; returns its path."""
    raw, header = folder / "vmlinux.btf", folder / "vmlinux.h"
    raw.write_bytes(lzma.decompress(FULL_BTF.read_bytes()))
    command = [subjects.need("bpftool"), "btf", "dump", "file", str(raw), "format", "c"]
    with open(header, "wb") as file:
        if subprocess.run(command, stdout=file, check=False).returncode:
            raise subjects.BenchError("bpftool cannot dump the kernel's BTF")
    return header


def rename_clashes(folder, name, header):
    """A tool's own type may have the name of a kernel type that it does not use. Beside the whole
    header it gets another, as it would in a hand-written tool."""
    kernel = header.read_text(encoding="utf-8")
    texts = {path: path.read_text(encoding="utf-8")
             for path in (folder / f"{name}.bpf.c", folder / f"{name}.h") if path.exists()}
    own = {words for text in texts.values()
           for words in re.findall(r"^(struct|union|enum) (\w+) \{", text, re.M)}
    for path, text in texts.items():
        for kind, tag in own:
            if f"\n{kind} {tag} {{" in kernel:
                text = re.sub(rf"\b{kind} {tag}\b", f"{kind} tool_{tag}", text)
        path.write_text(text, encoding="utf-8")


def emit(bcc2core, name, folder, full_header):
    """Emit an example, and the same beside the whole vmlinux.h; returns both BPF sources."""
    small, full = folder / f"{name}-small", folder / f"{name}-full"
    command = [str(bcc2core), "emit", str(subjects.source_of(name)), "-o", str(small)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise subjects.BenchError(f"cannot emit {name}: {done.stderr.strip()}")
    shutil.copytree(small, full)
    shutil.copyfile(full_header, full / "vmlinux.h")
    rename_clashes(full, name, full_header)
    return small / f"{name}.bpf.c", full / f"{name}.bpf.c"


def commands_of(bcc2core, name, folder, full_header):
    """{word of COMMANDS: command line} of an example."""
    small, full = emit(bcc2core, name, folder, full_header)
    clang = [subjects.need("clang-19"), "-target", "bpf", "-D__TARGET_ARCH_x86", "-g", "-O2",
             f"-I{subjects.ROOT / 'runtime/include'}", "-c"]
    ours = [str(pathlib.Path(bcc2core).resolve())]
    source = str(subjects.source_of(name))
    return {"object": [*ours, "object", source, "--arch", "x86_64", "-o", str(folder / "out.o")],
            "build": [*ours, "build", source, "--arch", "x86_64", "-o", str(folder / "out")],
            "clang": [*clang, str(small), "-o", str(folder / "clang.o")],
            "clang-full": [*clang, str(full), "-o", str(folder / "clang.o")]}


def run(bcc2core, names, rounds, folder):
    """{example: {command: [Sample]}}; every round runs every command once, in turn."""
    header = write_full_vmlinux(folder)
    commands = {name: commands_of(bcc2core, name, folder, header) for name in names}
    samples = {name: {word: [] for word in COMMANDS} for name in names}
    for number in range(-1, rounds):        # the first one only fills the page cache
        for name in names:
            for word in COMMANDS:
                sample = measure(commands[name][word])
                if number >= 0:
                    samples[name][word].append(sample)
    return samples


def medians(samples, field):
    """{command: median} of one example."""
    return {word: report.median(getattr(s, field) for s in samples[word]) for word in COMMANDS}


def ratio_row(name, mid):
    return [name, report.ratio(mid["object"], mid["clang"]),
            report.ratio(mid["object"], mid["clang-full"]),
            report.ratio(mid["build"], mid["clang"]),
            report.ratio(mid["build"], mid["clang-full"])]


RATIO_HEADERS = ["example", "object/clang", "object/full", "build/clang", "build/full"]


def mean_row(samples, field):
    pairs = [("object", "clang"), ("object", "clang-full"), ("build", "clang"),
             ("build", "clang-full")]
    mids = [medians(of_one, field) for of_one in samples.values()]
    means = [report.geometric_mean(mid[a] / mid[b] for mid in mids) for a, b in pairs]
    return ["geometric mean", *(report.scaled(mean, 1, 2) for mean in means)]


def tables(samples):
    rounds = max(len(s) for of_one in samples.values() for s in of_one.values())
    walls = [[name, *(report.spread([s.wall for s in of_one[word]]) for word in COMMANDS)]
             for name, of_one in samples.items()]
    costs = []
    for name, of_one in samples.items():
        cpu, rss = medians(of_one, "cpu"), medians(of_one, "rss_kb")
        costs.append([name, *(report.scaled(cpu[word], 1, 2) for word in COMMANDS),
                      *(report.scaled(rss[word], 1 / 1024, 0) for word in COMMANDS)])
    ratios = [report.Table(f"translate: ratios of median {what}", RATIO_HEADERS,
                           [*(ratio_row(name, medians(s, field)) for name, s in samples.items()),
                            mean_row(samples, field)])
              for what, field in (("wall time", "wall"), ("CPU time", "cpu"),
                                  ("peak memory", "rss_kb"))]
    ratios[-1].notes = [
        "object: bcc2core object, translation and compilation to a BPF object",
        "build: bcc2core build, the whole static binary, with the runtime compiled each time",
        "clang: clang-19 -target bpf -g -O2 -c of the emitted source, with the emitted vmlinux.h",
        "full: the same with the whole vmlinux.h of the kernel 6.1-x86_64"]
    return [report.Table(f"translate: wall time, s, median (lowest-highest) of {rounds} "
                         "interleaved runs", ["example", *COMMANDS], walls),
            report.Table("translate: CPU time, s, of all processes together, and peak memory, "
                         "MB, of the largest process",
                         ["example", *(f"{word} s" for word in COMMANDS),
                          *(f"{word} MB" for word in COMMANDS)], costs), *ratios]


def as_json(samples):
    return {name: {word: [dataclasses.asdict(s) for s in of_one[word]] for word in COMMANDS}
            for name, of_one in samples.items()}
