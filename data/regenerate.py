#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Read the facts of data/btf, tracepoints, functions, configs and builds.def off the kernels of scripts/fetch_kernels.py.

BTF is cut out of each vmlinuz, and modules.py adds types of modules; tracepoint formats and the
kernel's symbols are printed by record_facts.c in a guest of test/vm, with the modules loaded that
bring events; functions.py makes the list of functions. With --check nothing is written: says for each file whether it is what the
kernel holds, and exits 1 where one is not.
"""

import argparse
import lzma
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "test" / "vm"))

import boot  # noqa: E402
import case as case_api  # noqa: E402
import functions  # noqa: E402
import image  # noqa: E402
import modules  # noqa: E402

KERNELS = {kernel.name: kernel for kernel in image.fetch_kernels.KERNELS}
BTF_MAGIC = b"\x9f\xeb\x01\x00" + struct.pack("<I", 24)
BTF_LEAST = 1 << 20
BOOT_SECONDS = 600
GUEST_SECONDS = 300
FACTS = ["btf", "tracepoints", "functions", "configs", "builds"]

# Modules that bring tracepoints; a kernel may lack some.
MODULES = ["xfs", "btrfs", "nfs", "nfsv3", "nfsv4", "nfsd", "lockd", "sunrpc", "cifs", "ceph",
           "erofs", "fuse", "overlay", "kvm", "bridge", "nf_tables", "nf_conntrack", "rdma_cm",
           "ib_core", "vsock", "vmw_vsock_virtio_transport_common", "sctp", "tls", "scsi_mod",
           "libata", "dm_mod", "nbd", "nvme_core", "bcache"]


class DataError(Exception):
    """Facts cannot be had; the text is one line for the user."""


# How a kernel may be compressed: magic, and the command that unpacks it from stdin.
COMPRESSIONS = {b"\xfd7zXZ\0": ["xz", "-dc"], b"\x28\xb5\x2f\xfd": ["zstd", "-dcq"],
                b"\x02\x21\x4c\x18": ["lz4", "-dcq"], b"\x1f\x8b": ["gzip", "-dcq"]}


def decompress(data):
    """The content of a compressed kernel; the commands may complain of what follows it."""
    for magic, command in COMPRESSIONS.items():
        if data.startswith(magic):
            return subprocess.run(command, input=data, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, check=False).stdout
    raise DataError(f"a kernel compressed in an unknown way: {data[:6].hex()}")


def vmlinux(path):
    """The kernel inside a vmlinuz: of x86 the payload that its boot header names, else the file."""
    data = path.read_bytes()
    if data[0x202:0x206] == b"HdrS":
        sectors = data[0x1f1] or 4
        offset, length = struct.unpack_from("<II", data, 0x248)
        start = (sectors + 1) * 512 + offset
        return decompress(data[start:start + length])
    return data if data[56:60] == b"ARM\x64" else decompress(data)


def btf_of(path):
    """The kernel's own BTF: the one sound header with a megabyte or more behind it."""
    data = vmlinux(path)
    at = data.find(BTF_MAGIC)
    while at >= 0:
        types, types_size, strings, strings_size = struct.unpack_from("<IIII", data, at + 8)
        size = 24 + strings + strings_size
        if types == 0 and types_size == strings and BTF_LEAST < size <= len(data) - at:
            return data[at:at + size]
        at = data.find(BTF_MAGIC, at + 1)
    raise DataError(f"{path}: no BTF")


def module_read(path):
    """The ELF file of a module, which packages compress or not."""
    return path.read_bytes() if path.suffix == ".ko" else decompress(path.read_bytes())


def module_files(tree):
    """Pairs of a module's name and its ELF file."""
    for path in (tree / "modules").rglob("*.ko*"):
        yield image.module_key(path), module_read(path)


def record_image(kernel, tree, folder):
    """The initramfs of a guest that runs record_facts; returns its path."""
    machine = kernel.machine
    image.compile_program([HERE / "record_facts.c"], folder / "record_facts", machine)
    present = {image.module_key(path) for path in (tree / "modules" / "kernel").rglob("*.ko*")}
    modules = [*image.DISK_MODULES, *(name for name in MODULES if name in present)]
    run = case_api.Run(tool="record_facts", ready=False, signal=None, limit=GUEST_SECONDS)
    entries = [*image.base_programs(machine, folder),
               image.Entry("tools/record_facts", (folder / "record_facts").read_bytes(),
                           image.EXECUTABLE),
               *image.module_entries(tree / "modules", modules),
               image.jobs_entry([("facts", run)])]
    image.write_archive(entries, folder / "initramfs")
    return folder / "initramfs"


def record(kernel, tree):
    """What a guest recorded: the formats of all events, sorted, kallsyms and what is traceable."""
    with tempfile.TemporaryDirectory(prefix="b2c-facts-") as name:
        folder = pathlib.Path(name)
        initramfs = record_image(kernel, tree, folder)
        done = boot.run_guest(kernel.machine, tree / "vmlinuz", initramfs, folder,
                              boot.Guest(BOOT_SECONDS))
    if not re.search(r"^status 0$", done.files.get("facts/status", ""), re.MULTILINE):
        why = done.files.get("facts/stderr") or done.qemu_error or done.console[-300:]
        raise DataError(f"{kernel.name}: the guest recorded nothing: {why.strip()}")
    formats, _, rest = done.files["facts/stdout"].partition("## kallsyms\n")
    symbols, _, traceable = rest.partition("## traceable\n")
    events = re.split(r"^(?=## )", formats, flags=re.MULTILINE)
    # An event's number depends on what was loaded before it.
    text = "".join(sorted(event for event in events if event))
    return re.sub(r"^ID: \d+\n", "", text, flags=re.MULTILINE), symbols, traceable


def settle(path, content, check):
    """Write a file, or with `check` compare it; returns whether it already held `content`."""
    old = lzma.decompress(path.read_bytes()) if path.exists() else None
    if old == content:
        print(f"{path.relative_to(HERE)}: unchanged, {len(content)} bytes")
        return True
    was = "absent" if old is None else f"{len(old)} bytes"
    print(f"{path.relative_to(HERE)}: differs: {was}, now {len(content)} bytes")
    if not check:
        path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    return False


def config_of(path):
    """The options that are set, sorted: comments and dates differ between builds of one kernel."""
    if not path.exists():
        raise DataError(f"{path}: not kept; run scripts/fetch_kernels.py --refresh")
    lines = path.read_text(encoding="utf-8").splitlines()
    return "".join(f"{line}\n" for line in sorted(lines) if line.startswith("CONFIG_"))


def build_row(kernel, tree):
    """The kernel's row of builds.def, from its own banner."""
    whole = vmlinux(tree / "vmlinuz")
    found = re.search(rb"Linux version (\S+) [^\0\n]*\) (#\d[^\0\n]*)", whole)
    if not found:
        raise DataError(f"{kernel.name}: its vmlinuz has no banner")
    release, build = (part.decode() for part in found.groups())
    name = re.sub(r"\W", "_", kernel.name)
    return f'BUILD({name}, "{release}", "{build}", {len(btf_of(tree / "vmlinuz"))})'


def settle_build(kernel, tree, check):
    """Write the kernel's row, or with `check` compare it; returns whether it was right."""
    path = HERE / "builds.def"
    row = build_row(kernel, tree)
    lines = path.read_text(encoding="utf-8").splitlines()
    at = [i for i, line in enumerate(lines) if line.startswith(row.split(",")[0] + ",")]
    if at and lines[at[0]] == row:
        print(f"builds.def: unchanged, {row}")
        return True
    print(f"builds.def: differs, now {row}")
    if not check:
        lines[at[0] if at else len(lines):at[0] + 1 if at else len(lines)] = [row]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return False


def facts_of(kernel, tree, wanted):
    """The wanted facts of a kernel, each with its file."""
    if "btf" in wanted or "functions" in wanted:
        btf = btf_of(tree / "vmlinuz")
    if "tracepoints" in wanted or "functions" in wanted:
        formats, symbols, traceable = record(kernel, tree)
    if "btf" in wanted:
        whole = modules.add_types(btf, module_files(tree))
        yield HERE / "btf" / f"{kernel.name}.btf.xz", whole
    if "tracepoints" in wanted:
        yield HERE / "tracepoints" / f"{kernel.name}.txt.xz", formats.encode()
    if "functions" in wanted:
        kernel_own = functions.kernel_functions(symbols, set(traceable.split()))
        text = functions.functions_text(btf, kernel_own, module_files(tree))
        yield HERE / "functions" / f"{kernel.name}.txt.xz", text.encode()
    if "configs" in wanted:
        yield HERE / "configs" / f"{kernel.name}.txt.xz", config_of(tree / "config").encode()


def regenerate(kernel, args):
    """The files of one kernel; returns whether all of them were already right."""
    tree = image.fetch_kernels.cache_dir() / "kernels" / kernel.name
    if not (tree / "vmlinuz").exists():
        raise DataError(f"{kernel.name}: not fetched; run scripts/fetch_kernels.py")
    print(f"{kernel.name}: {(tree / 'version').read_text(encoding='ascii').strip()}")
    found = facts_of(kernel, tree, args.facts)
    same = [settle(path, content, args.check) for path, content in found]
    if "builds" in args.facts:
        same.append(settle_build(kernel, tree, args.check))
    return all(same)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only")
    parser.add_argument("--facts", choices=FACTS, action="append",
                        help="only these (default: all)")
    parser.add_argument("kernels", nargs="*", metavar="KERNEL", help=f"of {', '.join(KERNELS)}")
    args = parser.parse_args()
    args.facts = args.facts or FACTS
    unknown = [name for name in args.kernels if name not in KERNELS]
    if unknown:
        parser.error(f"no kernel '{unknown[0]}'; there are {', '.join(KERNELS)}")
    try:
        same = [regenerate(KERNELS[name], args) for name in args.kernels or KERNELS]
    except (DataError, image.ImageError) as error:
        sys.exit(f"regenerate: {error}")
    return int(args.check and not all(same))


if __name__ == "__main__":
    sys.exit(main())
