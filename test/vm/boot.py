# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Boots a kernel under QEMU with an initramfs, a scratch disk and a result disk.

Called by run.py. Always asks for software emulation: hardware acceleration may look present and
hang. Every boot has a time limit, kept by timeout(1) so that it holds if the caller is killed.
"""

import dataclasses
import pathlib
import shutil
import subprocess
import tarfile
import time

SCRATCH_BYTES = 64 << 20
RESULT_BYTES = 512 << 20
MACHINES = {
    "x86_64": (["qemu-system-x86_64", "-M", "pc", "-cpu", "max"], "ttyS0"),
    "arm64": (["qemu-system-aarch64", "-M", "virt", "-cpu", "max,pauth-impdef=on"], "ttyAMA0"),
}


@dataclasses.dataclass
class Guest:
    """What a boot may use, and whether it ends in a shell."""
    seconds: int = 0
    megabytes: int = 1024
    shell: bool = False
    counted: bool = False       # one processor, on which each instruction takes a nanosecond
    extra: tuple = ()           # further arguments of QEMU


@dataclasses.dataclass
class Boot:
    """What a boot left: the result files by name, the console's text, and how long it took."""
    files: dict
    console: str
    seconds: float
    timed_out: bool
    qemu_error: str

    def note(self, key):
        """A value of the guest's `machine` file."""
        lines = dict(line.split(" ", 1) for line in self.files.get("machine", "").splitlines())
        return lines.get(key, "")


def sparse_file(path, size):
    with open(path, "wb") as file:
        file.truncate(size)


def qemu_command(machine, vmlinuz, initramfs, folder, guest):
    """The command line; the two disks are in `folder`."""
    base, console = MACHINES[machine]
    # Without a timer in time, as on a busy host, x86 kernels think that the IO-APIC is broken.
    append = f"console={console} quiet loglevel=4 panic=-1 no_timer_check"
    append += " b2c.shell" if guest.shell else ""
    # One thread for both processors: with one each, a processor may still run the breakpoint of a
    # kernel text that the other has finished patching (static keys, trampolines), and panics.
    clock = ["-smp", "1", "-icount", "shift=0,sleep=off"] if guest.counted else ["-smp", "2"]
    command = [*base, "-accel", "tcg,thread=single", *clock, "-m", str(guest.megabytes),
               "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-kernel", str(vmlinuz),
               "-initrd", str(initramfs), "-append", append]
    for slot, name in enumerate(("scratch", "results")):
        command += ["-drive", f"file={folder / name},format=raw,if=none,id={name},cache=unsafe",
                    "-device", f"virtio-blk-pci,drive={name},serial={name},addr={slot + 8}"]
    serial = "mon:stdio" if guest.shell else f"file:{folder / 'console'}"
    return [*command, "-serial", serial, *guest.extra]


def read_results(path):
    """The result disk's files; those written before a guest died are there all the same."""
    files = {}
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                data = tar.extractfile(member).read()
                files[member.name] = data.decode("utf-8", "backslashreplace")
    except tarfile.ReadError:
        pass                                # nothing was written, or the end is cut off
    return files


def run_guest(machine, vmlinuz, initramfs, folder, guest):
    """Boot, wait for the guest to power off or for its limit, and return a Boot."""
    folder = pathlib.Path(folder)
    command = qemu_command(machine, vmlinuz, initramfs, folder, guest)
    if not shutil.which(command[0]):
        return Boot({}, "", 0, False, f"{command[0]} is not installed")
    sparse_file(folder / "scratch", SCRATCH_BYTES)
    sparse_file(folder / "results", RESULT_BYTES)
    started = time.monotonic()
    limited = ["timeout", "--foreground", "-s", "KILL", str(guest.seconds), *command]
    done = subprocess.run(limited, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    seconds = time.monotonic() - started
    timed_out = done.returncode != 0 and seconds >= guest.seconds
    console = (folder / "console").read_bytes() if (folder / "console").exists() else b""
    return Boot(read_results(folder / "results"), console.decode("utf-8", "backslashreplace"),
                seconds, timed_out, done.stdout.strip())


def run_shell(machine, vmlinuz, initramfs, folder):
    """Run QEMU with a shell on this terminal and return its status."""
    folder = pathlib.Path(folder)
    sparse_file(folder / "scratch", SCRATCH_BYTES)
    sparse_file(folder / "results", RESULT_BYTES)
    command = qemu_command(machine, vmlinuz, initramfs, folder, Guest(shell=True))
    return subprocess.run(command, check=False).returncode
