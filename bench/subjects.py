# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What is measured: the examples, the tool of Debian's package libbpf-tools that does the same as
each (its twin), and how both get onto a disk. Called by the parts of run.py.
"""

import dataclasses
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
SBIN = ["/usr/sbin", "/sbin"]           # where the package installs, and not always in PATH


class BenchError(Exception):
    """A measurement cannot be made; the text is one line for the user."""


@dataclasses.dataclass
class Twin:
    """A tool of libbpf-tools, with the arguments that make it do what the example does."""
    name: str
    args: tuple = ()

    def path(self):
        """Where it is installed, or None."""
        found = shutil.which(self.name, path=":".join(SBIN))
        return pathlib.Path(found) if found else None


# The other examples have none: libbpf-tools 0.26 holds no syncsnoop and no profile, and its
# funclatency measures time, not return values.
TWINS = {
    "opens": Twin("opensnoop"),
    "blklat": Twin("biolatency", ("-D",)),
    "schedlat": Twin("runqlat"),
    "tcpcon": Twin("tcpconnect"),
    "offcpu": Twin("offcputime"),
}

# What an example needs to start in the guest: its default, strlen of the C library, is chosen when
# a program runs and cannot be probed.
ARGS = {"strlens": ("-b", "/bin/workload", "-s", "workload_strlen")}


def example_names(wanted=()):
    """The examples of the repository, or those of `wanted`."""
    names = sorted(path.parent.name for path in EXAMPLES.glob("*/*.c")
                   if path.stem == path.parent.name)
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise BenchError(f"no example '{unknown[0]}'; there are {', '.join(names)}")
    return [name for name in names if not wanted or name in wanted]


def source_of(name):
    return EXAMPLES / name / f"{name}.c"


def need(program):
    """The path of a program that a measurement needs."""
    path = shutil.which(program) or shutil.which(program, path=":".join(SBIN))
    if not path:
        raise BenchError(f"{program} is not installed")
    return path


def build_tools(bcc2core, names, arch, folder):
    """Build the examples for `arch` into `folder`; returns {name: path}."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        command = [str(bcc2core), "build", str(source_of(name)), "--arch", arch,
                   "-o", str(folder / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BenchError(f"cannot build {name} for {arch}: {done.stderr.strip()}")
    return {name: folder / name for name in names}


def shared_libraries(program):
    """The files that a dynamic program loads before main(), with the loader itself."""
    done = subprocess.run([need("ldd"), str(program)], capture_output=True, text=True, check=False)
    if done.returncode:
        return []                       # static
    return [pathlib.Path(path) for path in re.findall(r"(/\S+) \(0x", done.stdout)]


def example_twins(names):
    """{example: Twin} of the twins that are installed."""
    return {name: TWINS[name] for name in names if name in TWINS and TWINS[name].path()}
