# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Builds the initramfs of a test guest: guest.c as /init, busybox, the workload, tools, modules.

Called by run.py. The archive is written here, so that neither root nor cpio is needed, and is left
uncompressed, because unpacking costs an emulated machine more than reading.
"""

import dataclasses
import lzma
import pathlib
import re
import shutil
import stat
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "scripts"))

import case as case_api  # noqa: E402
import fetch_cross  # noqa: E402
import fetch_kernels  # noqa: E402

COMPILERS = {"x86_64": ["x86_64-linux-gnu-gcc", "gcc"], "arm64": ["aarch64-linux-gnu-gcc"]}
CFLAGS = ["-std=c11", "-O1", "-g", "-static", "-fno-omit-frame-pointer",
          "-fno-optimize-sibling-calls", "-Wall", "-Wextra", "-Werror",
          # Of workload_fixed.c: before all else, as bcc takes no USDT probe before the last such segment.
          "-Wl,--section-start=.fixed_text=0x300000"]
DISK_MODULES = ["virtio_pci", "virtio_blk"]
EXECUTABLE = stat.S_IFREG | 0o755
APPLETS = ["sh", "true", "false", "cat", "ls", "sleep"]


class ImageError(Exception):
    """The image cannot be built; the text is one line for the user."""


@dataclasses.dataclass
class Entry:
    """One member of the archive."""
    path: str
    data: bytes = b""
    mode: int = stat.S_IFREG | 0o644
    device: tuple = (0, 0)


# Programs.


def compile_program(sources, output, machine, libs=(), shared=False):
    """Compile one C program for `machine`: static, or with shared libraries."""
    compiler = next((c for c in COMPILERS[machine] if shutil.which(c)), None)
    if not compiler:
        raise ImageError(f"no C compiler for {machine}: {COMPILERS[machine][0]} is not installed")
    paths = []
    if machine == "arm64" and libs:
        root = fetch_cross.sysroot() / "usr"
        paths = [f"-I{root}/include", f"-L{root}/lib/aarch64-linux-gnu"]
    flags = ["-no-pie" if flag == "-static" and shared else flag for flag in CFLAGS]
    command = [compiler, *flags, *paths, *map(str, sources), "-o", str(output), *libs]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ImageError(f"cannot compile {output.name} for {machine}:\n{done.stderr.rstrip()}")


def pack_symbols(program, output, machine):
    """A copy of a program whose symbols are in .gnu_debugdata alone, as distributions do it."""
    objcopy = COMPILERS[machine][0].replace("gcc", "objcopy")
    debug, packed = output.with_suffix(".debug"), output.with_suffix(".xz")
    try:
        subprocess.run([objcopy, "--only-keep-debug", "--remove-section=.debug_*", program, debug], check=True)
        packed.write_bytes(lzma.compress(debug.read_bytes()))
        subprocess.run([objcopy, "--strip-all", f"--add-section=.gnu_debugdata={packed}", program, output],
                       check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ImageError(f"cannot pack symbols for {machine}: {error}") from error


def busybox(machine):
    """The bytes of a static busybox."""
    if machine == "arm64":
        path, hint = fetch_cross.sysroot() / "bin/busybox", "run scripts/fetch_cross.py"
    else:
        path = pathlib.Path(shutil.which("busybox") or "/bin/busybox")
        hint = "install busybox-static"
    if not path.exists():
        raise ImageError(f"no busybox for {machine}: {hint}")
    data = path.read_bytes()
    if b"/ld-linux" in data:
        raise ImageError(f"busybox for {machine} is not static: {hint}")
    return data


def base_programs(machine, folder):
    """Entries that every image of `machine` has, built once in `folder`."""
    for name in ("guest", "workload"):
        compile_program(sorted(HERE.glob(f"{name}*.c")), folder / name, machine)
    pack_symbols(folder / "workload", folder / "packed", machine)
    entries = [Entry("init", (folder / "guest").read_bytes(), EXECUTABLE),
               *(Entry(f"bin/{name}", (folder / name).read_bytes(), EXECUTABLE) for name in ("workload", "packed")),
               Entry("bin/busybox", busybox(machine), EXECUTABLE)]
    return entries + [Entry(f"bin/{name}", b"busybox", stat.S_IFLNK | 0o777) for name in APPLETS]


# Modules.


def module_key(path):
    """The kernel's name of a module file: virtio-pci.ko.xz is virtio_pci."""
    return re.sub(r"\.ko(\.\w+)?$", "", path.name).replace("-", "_")


def read_module(path):
    if path.suffix == ".xz":
        return lzma.decompress(path.read_bytes())
    if path.suffix != ".ko":
        raise ImageError(f"module {path.name}: unknown compression")
    return path.read_bytes()


def dependencies(data):
    """Names of the modules that a module's .modinfo says it needs."""
    found = re.search(rb"\0depends=([^\0]*)\0", data)
    names = found.group(1).decode().replace("-", "_").split(",") if found else []
    return [name for name in names if name]


def builtin_modules(tree):
    """Names of what is built in. Some packages have no list of it; then the disks' drivers may be,
    as the guest ends at once when it has no disks."""
    path = tree / "modules.builtin"
    if not path.exists():
        return set(DISK_MODULES)
    return {module_key(pathlib.Path(line)) for line in path.read_text(encoding="ascii").split()}


def module_entries(tree, wanted):
    """The wanted modules and what they need, in loading order, and /modules/list of them."""
    files = {module_key(path): path for path in (tree / "kernel").rglob("*.ko*")}
    builtin = builtin_modules(tree)
    entries, done = [], set()

    def add(name):
        if name in done or (name in builtin and name not in files):
            return
        if name not in files:
            raise ImageError(f"the kernel has no module '{name}'")
        done.add(name)
        data = read_module(files[name])
        for other in dependencies(data):
            add(other)
        entries.append(Entry(f"modules/{name}.ko", data))

    for name in wanted:
        add(name)
    listing = "".join(f"/{entry.path}\n" for entry in entries)
    return [*entries, Entry("modules/list", listing.encode())]


# Jobs.


def job_text(name, run):
    """One run in the form that guest.c reads."""
    lines = [f"run {name}", f"uid {run.uid}", f"hide-btf {int(run.hide_btf)}",
             f"want-ready {int(run.ready)}", f"gate {int(run.wants_pid())}", f"pid {run.pid}",
             f"signal {case_api.SIGNALS[run.signal]}", f"settle {run.settle_ms}",
             f"ready-timeout {int(run.ready_timeout * 1000)}", f"limit {int(run.limit * 1000)}",
             *(f"cap {cap}" for cap in run.caps), f"arg /tools/{run.tool}"]
    if run.ready:  # first: --exec takes all that follows it
        lines += ["arg --ready-fd", f"arg {case_api.READY_FD}"]
    lines += [f"arg {arg}" for arg in run.args]
    for number, words in enumerate(run.workloads()):
        program = words[0] if "/" in words[0] else f"/bin/{words[0]}"
        gate = ["-g", str(case_api.GATE_FD)] if run.wants_pid() and number == 0 else []
        lines += [f"work {program}", *(f"work-arg {word}" for word in [*gate, *words[1:]])]
    return "\n".join([*lines, "end", ""])


def jobs_entry(jobs):
    """`jobs` is a list of (name, Run)."""
    return Entry("jobs", "".join(job_text(name, run) for name, run in jobs).encode())


# The archive.


def newc(entry, number):
    """One member in the "newc" form of cpio."""
    path = entry.path.encode() + b"\0"
    fields = [number, entry.mode, 0, 0, 1, 0, len(entry.data), 0, 0, *entry.device, len(path), 0]
    head = b"070701" + b"".join(b"%08X" % field for field in fields) + path
    return head + b"\0" * (-len(head) % 4) + entry.data + b"\0" * (-len(entry.data) % 4)


def write_archive(entries, output):
    """Write the initramfs, with the folders that its members need and a console."""
    folders = ["bin", "dev", "etc", "modules", "proc", "run", "sys", "tmp", "tools"]
    members = [Entry(name, mode=stat.S_IFDIR | 0o755) for name in folders]
    users = b"root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"
    members += [Entry("dev/console", mode=stat.S_IFCHR | 0o600, device=(5, 1)),
                Entry("etc/passwd", users), *entries]
    with open(output, "wb") as file:
        for number, entry in enumerate(members, 1):
            file.write(newc(entry, number))
        file.write(newc(Entry("TRAILER!!!", mode=0), 0))
