#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Do translated programs compute what programs by hand compute?

Every NAME.c here is a bcc program, NAME.hand.c the same for libbpf. Both are compiled, loaded in
one kernel beside each other, see one workload (driver.c), and their maps are compared bit by bit.
Prints a line for each kernel and pair; exits 0 only if all were equal.
"""

import argparse
import concurrent.futures
import lzma
import pathlib
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.append(str(HERE.parent))

import boot  # noqa: E402
import case as case_api  # noqa: E402
import image  # noqa: E402

KERNELS = {kernel.name: kernel for kernel in image.fetch_kernels.KERNELS}
LIBS = ["-lbpf", "-lelf", "-lz"]
BOOT_SECONDS = 900
# A pair that must not be equal, or nothing was compared: by hand it inserts nothing.
WRONG, WRONG_OF, WRONG_FLAG = "wrong", "increments", "-DWRONG"
# arm64 has no trampolines before 6.4.
SKIPPED = {("6.1-arm64", "fentry"): "no fentry on arm64 before 6.4"}


class Failure(Exception):
    """Nothing can be tested; the text is for the user."""


def run(words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False, **options)
    if done.returncode:
        raise Failure(f"{words[0]}: {done.stderr.decode(errors='replace')[-3000:]}")
    return done.stdout


def pairs():
    return sorted(path.name.removesuffix(".hand.c") for path in HERE.glob("*.hand.c")) + [WRONG]


def write_types(machine, folder):
    """vmlinux.h of the 6.1 kernel of `machine`."""
    btf = folder / "vmlinux.btf"
    btf.write_bytes(lzma.decompress((ROOT / f"data/btf/6.1-{machine}.btf.xz").read_bytes()))
    text = run(["bpftool", "btf", "dump", "file", btf, "format", "c"])
    (folder / "vmlinux.h").write_bytes(text)


def compile_pairs(command, machine, folder):
    """Writes NAME.ours.o and NAME.hand.o of every pair; returns their paths."""
    folder.mkdir()
    write_types(machine, folder)
    target = {"x86_64": "x86", "arm64": "arm64"}[machine]
    for name in pairs():
        source, flags = (WRONG_OF, [WRONG_FLAG]) if name == WRONG else (name, [])
        run([command, "object", HERE / f"{source}.c", "--arch", machine, "-o",
             folder / f"{name}.ours.o"])
        run(["clang-19", "-g", "-O2", "-Wall", "-Werror", "-target", "bpf",
             f"-D__TARGET_ARCH_{target}", *flags, "-I", folder, "-I", HERE, "-c",
             HERE / f"{source}.hand.c", "-o", folder / f"{name}.hand.o"])
    return sorted(folder.glob("*.o"))


def guest_image(kernel, objects, folder):
    """Writes the initramfs with driver and objects; returns its path and the kernel's."""
    tree = image.fetch_kernels.cache_dir() / "kernels" / kernel.name
    image.compile_program([HERE / "driver.c"], folder / "driver", kernel.machine, LIBS)
    names = [name for name in pairs() if (kernel.name, name) not in SKIPPED]
    job = case_api.Run(tool="driver", args=["/objects", *names], ready=False, signal=None,
                       limit=BOOT_SECONDS)
    entries = [*image.base_programs(kernel.machine, folder),
               image.Entry("tools/driver", (folder / "driver").read_bytes(), image.EXECUTABLE),
               image.Entry("objects", mode=stat.S_IFDIR | 0o755),
               *(image.Entry(f"objects/{path.name}", path.read_bytes()) for path in objects),
               *image.module_entries(tree / "modules", image.DISK_MODULES),
               image.jobs_entry([("pairs", job)])]
    image.write_archive(entries, folder / "initramfs")
    return folder / "initramfs", tree / "vmlinuz"


def test_kernel(name, objects):
    """{pair: (verdict, text)} on one kernel, of the objects of its machine."""
    kernel = KERNELS[name]
    with tempfile.TemporaryDirectory(prefix="b2c-semantics-") as temporary:
        folder = pathlib.Path(temporary)
        initramfs, vmlinuz = guest_image(kernel, objects, folder)
        done = boot.run_guest(kernel.machine, vmlinuz, initramfs, folder, boot.Guest(BOOT_SECONDS))
    text = done.files.get("pairs/stdout", "")
    found = {pair: ("FAIL", "the driver did not get there") for pair in pairs()}
    for line in text.splitlines():
        pair, _, rest = line.partition(" ")
        verdict, _, said = rest.partition(" ")
        good = said.startswith("map ") if pair == WRONG else verdict == "ok"
        if pair in found:
            found[pair] = ("PASS" if good else "FAIL", said)
    for (where, pair), reason in SKIPPED.items():
        if where == name:
            found[pair] = ("SKIP", reason)
    if not text.endswith("end\n"):
        why = done.files.get("pairs/stderr") or done.qemu_error or done.console[-400:]
        raise Failure(f"{name}: the guest did not finish: {why.strip()}")
    return found


def results(names, command, guests):
    """(kernel, {pair: (verdict, text)}) of each; `guests` at a time."""
    with tempfile.TemporaryDirectory(prefix="b2c-pairs-") as folder, \
            concurrent.futures.ThreadPoolExecutor(guests) as pool:
        machines = sorted({KERNELS[name].machine for name in names})
        objects = dict(zip(machines, pool.map(
            lambda machine: compile_pairs(command, machine, pathlib.Path(folder, machine)), machines)))
        yield from zip(names, pool.map(
            lambda name: test_kernel(name, objects[KERNELS[name].machine]), names))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bcc2core", default=ROOT / "build/bin/bcc2core", metavar="FILE")
    parser.add_argument("--kernel", action="append", choices=KERNELS, help="default: all")
    parser.add_argument("--guests", type=int, default=2, metavar="N", help="kernels at a time (2)")
    args = parser.parse_args()
    counts = {"PASS": 0, "FAIL": 0, "SKIP": 0}
    for name, found in results(args.kernel or list(KERNELS), args.bcc2core, args.guests):
        for pair, (verdict, text) in sorted(found.items()):
            counts[verdict] += 1
            print(f"{verdict} {name} {pair}: {text}", flush=True)
    print(f"{counts['PASS']} passed, {counts['FAIL']} failed, {counts['SKIP']} skipped")
    return 1 if counts["FAIL"] or not counts["PASS"] else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Failure, image.ImageError, OSError) as failure:
        print(f"semantics/run.py: {failure}", file=sys.stderr)
        sys.exit(2)
