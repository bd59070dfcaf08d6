# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The packages of bcc whose tools are read: the one installed here and those of other releases.

Called by record.py and run.py. One that cannot be had is an error, never a skip.
"""

import dataclasses
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "scripts"))

import fetch_bcc  # noqa: E402

INSTALLED = "0.26"
VERSIONS = (INSTALLED, *fetch_bcc.SUITES)
# Where the tools' own C files are; scripts name it whole.
SOURCES = "/usr/share/bpfcc-tools"


class PackageError(Exception):
    """A package cannot be had; the text is one line for the user."""


@dataclasses.dataclass(frozen=True)
class Package:
    """One version of bcc's tools below `root`. `debs`: its packages with their whole versions."""
    version: str
    root: pathlib.Path
    debs: str

    def scripts(self):
        return self.root / "usr/sbin"

    def modules(self):
        return self.root / "usr/lib/python3/dist-packages/bcc"

    def names(self):
        """The commands of bpfcc-tools, sorted."""
        if self.version != INSTALLED:
            return sorted(path.name for path in self.scripts().iterdir())
        done = subprocess.run(["dpkg-query", "-L", "bpfcc-tools"], text=True, capture_output=True,
                              check=True)
        return sorted(pathlib.Path(line).name for line in done.stdout.splitlines()
                      if re.fullmatch(r"/usr/sbin/[^/]+", line))

    def tools(self):
        """(scripts of Python, names of those in another language)."""
        scripts, others = [], []
        for name in self.names():
            with open(self.scripts() / name, "rb") as file:
                python = b"python" in file.readline()
            if python:
                scripts.append(self.scripts() / name)
            else:
                others.append(name)
        return scripts, others


def installed():
    """The Package of this machine."""
    lines = []
    for name in fetch_bcc.PACKAGES:
        done = subprocess.run(["dpkg-query", "-W", "-f", "${Status} ${Version}", name], text=True,
                              capture_output=True, check=False)
        status, _, version = done.stdout.rpartition(" ")
        if status != "install ok installed":
            raise PackageError(f"{name} is not installed: run scripts/install_packages.sh")
        if not re.match(rf"(\d+:)?{re.escape(INSTALLED)}\b", version):
            raise PackageError(f"the installed {name} is {version}, not {INSTALLED}")
        lines.append(f"{name} {version}")
    return Package(INSTALLED, pathlib.Path("/"), ", ".join(lines))


def find(version):
    """The Package of one of VERSIONS, fetched first if need be."""
    if version == INSTALLED:
        return installed()
    try:
        with fetch_bcc.cache_locked():
            fetch_bcc.fetch(version)
    except fetch_bcc.FetchError as error:
        raise PackageError(f"bcc {version} cannot be had: {error}") from error
    debs = ", ".join(fetch_bcc.fetched(version).splitlines())
    return Package(version, fetch_bcc.tree(version), debs)
