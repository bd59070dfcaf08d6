# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The headers of the cached test kernel, which bcc compiles with: Debian's packages, unpacked.

Called by record.py. They end up in $B2C_CACHE/headers/NAME as a tree to be laid over a root.
"""

import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "scripts"))

import fetch_kernels  # noqa: E402

UNREAD = {"dt-bindings", "config"}     # folders that no program includes


def packages(release):
    """Of the kernel `6.1.0-56-cloud-amd64`: its own headers and those that its flavours share."""
    base = release.split("-cloud-")[0]
    return [f"linux-headers-{release}", f"linux-headers-{base}-common"]


def tree(name):
    """The folder of the unpacked headers of kernel `name`, fetched at the first use."""
    kernel = next(one for one in fetch_kernels.KERNELS if one.name == name)
    version = fetch_kernels.kernel_version(name)
    if not version:
        raise fetch_kernels.FetchError(f"kernel not fetched: run scripts/fetch_kernels.py {name}")
    release = version.split()[0]
    target = fetch_kernels.cache_dir() / "headers" / name
    if (target / "usr/lib/modules" / release / "build").is_symlink():
        return target
    with fetch_kernels.cache_locked(), \
            tempfile.TemporaryDirectory(dir=fetch_kernels.cache_dir()) as folder:
        folder = pathlib.Path(folder)
        apt = fetch_kernels.PrivateApt(folder / "apt", kernel.suite, kernel.arch)
        unpacked = folder / "unpacked"
        for package in packages(release):
            apt.unpack(package, unpacked)
        arrange(unpacked)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(exist_ok=True)
        unpacked.rename(target)
    return target


def files(name):
    """(path, path below the tree) of what a compiler of a program reads."""
    root = tree(name)
    for folder in ("usr/lib/modules/*", "usr/src/*/include", "usr/src/*/arch/x86/include"):
        for path in sorted(one for found in root.glob(folder) for one in found.rglob("*")):
            below = path.relative_to(root)
            if (path.is_file() or path.is_symlink()) and not UNREAD & set(below.parts):
                yield path, below


def arrange(unpacked):
    """/lib is a link to /usr/lib in the root that this goes over."""
    if (unpacked / "lib").is_dir():
        shutil.copytree(unpacked / "lib", unpacked / "usr/lib", symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(unpacked / "lib")
