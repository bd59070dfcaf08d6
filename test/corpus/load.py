# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Loads BPF objects on the kernels of test/vm: one boot a kernel, all objects in it.

Called by run.py. The guest runs guest_load.c, linked statically with this machine's libbpf.
"""

import dataclasses
import hashlib
import pathlib
import re
import stat
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "vm"), str(HERE.parents[1] / "data")]

import boot  # noqa: E402
import case as case_api  # noqa: E402
import facts  # noqa: E402
import image  # noqa: E402
from modules import MODULES as TYPED_MODULES  # noqa: E402

LIBS = ["-lbpf", "-lelf", "-lz"]
BOOT_SECONDS = 3000
# A map of 655360 stacks, which bcc makes in full too, is 700 MB.
GUEST_MEGABYTES = 2560
# What libbpf says of a place that the kernel does not have: no fault of the program.
ABSENT = re.compile(r"failed to find kernel BTF type ID of '([^']+)': -3"
                    r"|'([^']+)' is not found in vmlinux BTF")
# What the verifier says of a helper beyond its table. libbpf marks a failed relocation with a number
# far beyond any helper's.
NO_HELPER = re.compile(r"invalid func unknown#(\d{1,3})\b")
# Of a helper that it knows and does not let programs of this type call.
NOT_OFFERED = re.compile(r"(?:unknown func|cannot use helper) (\w+)#\d+")
# Helpers that a kernel may be built without; each is a function of the same name where it is there.
CONFIGURED_HELPERS = ("bpf_override_return",)
NO_MEMBER = re.compile(r"failed to resolve CO-RE relocation <\w+> \[\d+\] "
                       r"(?:struct|union) (\w+?)(?:___\w+)?\.(\w+)")


class LoadError(Exception):
    """Nothing can be said of a kernel; the text is one line for the user."""


@dataclasses.dataclass
class Loaded:
    """One program of an object on a kernel: "ok", "absent" or "error"; its size if it is there."""
    program: str
    verdict: str
    log: list
    instructions: int = 0
    section: str = ""
    lacks: str = ""             # what the kernel lacks that the program is for or needs

    def reason(self):
        """The line that says most."""
        if self.lacks:
            return self.lacks
        lines = [line for line in self.log if line and not line.startswith(
            ("processed ", "libbpf: prog", "libbpf: failed to load", "libbpf: -- ", "max_states"))]
        return lines[-1] if lines else (self.log[-1] if self.log else "no message")


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:24]


def guest_image(kernel, objects, folder):
    """Writes the initramfs with the objects {digest: path}; returns its path."""
    tree = image.fetch_kernels.cache_dir() / "kernels" / kernel.name
    image.compile_program([HERE / "guest_load.c"], folder / "guest_load", kernel.machine, LIBS)
    present = {image.module_key(path) for path in (tree / "modules").rglob("*.ko*")}
    modules = [*image.DISK_MODULES, *(name for name in TYPED_MODULES if name in present)]
    run = case_api.Run(tool="guest_load", args=["/objects"], ready=False, signal=None,
                       limit=BOOT_SECONDS)
    entries = [*image.base_programs(kernel.machine, folder),
               image.Entry("tools/guest_load", (folder / "guest_load").read_bytes(),
                           image.EXECUTABLE),
               image.Entry("objects", mode=stat.S_IFDIR | 0o755),
               *(image.Entry(f"objects/{name}", pathlib.Path(path).read_bytes())
                 for name, path in sorted(objects.items())),
               *image.module_entries(tree / "modules", modules),
               image.jobs_entry([("load", run)])]
    image.write_archive(entries, folder / "initramfs")
    return folder / "initramfs", tree / "vmlinuz"


def helper_lacks(match, kernel):
    name = match.group(1)
    if name in CONFIGURED_HELPERS and name not in kernel.addresses:
        return f"the kernel is built without helper {name}"
    return ""


def member_lacks(match, kernel):
    """A member of a tracepoint's record has one name: where it is not there, bcc's args has no such
    member either. Of another record one may have moved, which is our mistake to miss; but of a
    module without BTF there is not even the record."""
    record, member = match.groups()
    if record.startswith("trace_event_raw_"):
        event = record.removeprefix("trace_event_raw_")
        return f"the kernel's tracepoint {event} has no {member}"
    return "" if record in kernel.structs else f"the kernel's BTF has no record {record}"


def place_lacks(match, _kernel):
    return f"the kernel has no function '{match.group(1) or match.group(2)}' to trace"


LACKS = [(ABSENT, place_lacks), (NOT_OFFERED, helper_lacks), (NO_MEMBER, member_lacks),
         (NO_HELPER, lambda match, _: f"the kernel has no helper {match.group(1)}")]


def lack_of(log, kernel):
    """What the kernel lacks by what it said of a program; "" if it is not that."""
    text = "\n".join(log)
    found = ((pattern.search(text), reason) for pattern, reason in LACKS)
    return next(filter(None, (reason(match, kernel) for match, reason in found if match)), "")


def read_results(text, kernel):
    """{object: [Loaded]} of the guest's output; `kernel` is its facts."""
    found, last = {}, None
    for line in text.splitlines():
        if line.startswith("| "):
            if last:
                last.log.append(line[2:])
            continue
        words = line.split()
        if len(words) < 3:
            continue
        good = words[2] == "ok"
        last = Loaded(words[1], "ok" if good else "error", [])
        if good:
            last.instructions, last.section = int(words[3]), " ".join(words[4:])
        found.setdefault(words[0], []).append(last)
    for programs in found.values():
        for program in programs:
            if program.verdict == "error":
                program.lacks = lack_of(program.log, kernel)
                program.verdict = "absent" if program.lacks else "error"
    return found


def load(name, objects):
    """{digest: [Loaded]} on the kernel `name`; raises LoadError where the boot gave no answer."""
    kernels = {kernel.name: kernel for kernel in image.fetch_kernels.KERNELS}
    with tempfile.TemporaryDirectory(prefix="b2c-load-") as folder:
        folder = pathlib.Path(folder)
        initramfs, vmlinuz = guest_image(kernels[name], objects, folder)
        done = boot.run_guest(kernels[name].machine, vmlinuz, initramfs, folder,
                              boot.Guest(BOOT_SECONDS, GUEST_MEGABYTES))
    text = done.files.get("load/stdout", "")
    found = read_results(text, facts.load(name))
    if not text.endswith("end\n"):
        why = done.files.get("load/stderr") or done.qemu_error or done.console[-400:]
        raise LoadError(f"{name}: the guest did not finish, {len(found)} of {len(objects)} objects "
                        f"loaded in {done.seconds:.0f} s: {why.strip()}")
    return found
