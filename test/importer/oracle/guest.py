# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Boots the oracle's kernel with runs of tools, by the machinery of test/vm.

Called by record.py (bcc's scripts) and compare.py (imported binaries).
"""

import functools
import pathlib
import re
import stat
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "vm"))

import boot  # noqa: E402
import image  # noqa: E402
import judge  # noqa: E402
import workloads  # noqa: E402

KERNEL = "6.1-x86_64"


def tool(name, path):
    """The entry of a program or script that runs are of."""
    return image.Entry(f"tools/{name}", pathlib.Path(path).read_bytes(), image.EXECUTABLE)


@functools.cache
def base_programs():
    """What every guest has, compiled once."""
    with tempfile.TemporaryDirectory(prefix="b2c-guest-") as folder:
        return tuple(image.base_programs("x86_64", pathlib.Path(folder)))


def dynamic(folder):
    """The entry of the workload with shared libraries."""
    path = folder / workloads.DYNAMIC
    image.compile_program(sorted(image.HERE.glob("workload*.c")), path, "x86_64", shared=True)
    return image.Entry(f"bin/{path.name}", path.read_bytes(), image.EXECUTABLE)


def libraries(path):
    """Paths of the shared libraries of a program, and of what loads them."""
    done = subprocess.run(["ldd", path], capture_output=True, text=True, check=False)
    return re.findall(r"(/\S+) \(0x", done.stdout)


def host_entries(programs, folder):
    """Entries of programs of this machine, and of DYNAMIC, with their shared libraries."""
    paths = set()
    for program in programs:
        if program == workloads.DYNAMIC:
            yield dynamic(folder)
            program = folder / program
        else:
            paths.add(program)
        paths.update(libraries(program))
    folders = {parent for path in paths for parent in pathlib.PurePosixPath(path).parents}
    for parent in sorted(folders - {pathlib.PurePosixPath("/")}):
        yield image.Entry(str(parent)[1:], mode=stat.S_IFDIR | 0o755)
    for path in sorted(paths):
        yield image.Entry(path[1:], pathlib.Path(path).read_bytes(), image.EXECUTABLE)


def run(files, runs, folder, guest, modules=()):
    """Boot with `files`, entries of the image, and do `runs` [(name, Run)]: ({name: Result}, Boot)."""
    cached = image.fetch_kernels.cache_dir() / "kernels" / KERNEL
    if not image.fetch_kernels.kernel_version(KERNEL):
        raise image.ImageError(f"kernel not fetched: run scripts/fetch_kernels.py {KERNEL}")
    entries = [*base_programs(), *files,
               *image.module_entries(cached / "modules", [*image.DISK_MODULES, *modules]),
               image.jobs_entry(runs)]
    image.write_archive(entries, folder / "initramfs")
    done = boot.run_guest("x86_64", cached / "vmlinuz", folder / "initramfs", folder, guest)
    found = {name: judge.read_result(one, name, done.files) for name, one in runs}
    return {name: result for name, result in found.items() if result}, done
