#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Fetch the arm64 sysroot that static libbpf programs are cross-linked against, and arm64 busybox.

The packages are those of this machine's own suite, so that they agree with its cross C library.
They are unpacked, never installed, to $B2C_CACHE/sysroot-arm64. Compile with
`aarch64-linux-gnu-gcc -static -I SYSROOT/usr/include -L SYSROOT/usr/lib/aarch64-linux-gnu`.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from fetch_kernels import (  # noqa: E402
    FetchError, PrivateApt, cache_dir, cache_locked, machine_codename)

# libzstd is what libelf.a needs in some suites; liblzma and libiberty are for symbols of processes.
PACKAGES = ["libbpf-dev", "libelf-dev", "zlib1g-dev", "libzstd-dev", "liblzma-dev",
            "libiberty-dev", "busybox-static"]


def sysroot():
    return cache_dir() / "sysroot-arm64"


def installed():
    """`NAME VERSION` lines of what the sysroot holds, or None."""
    path = sysroot() / "packages"
    return path.read_text(encoding="ascii") if path.exists() else None


def libbpf_of_machine():
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libbpf-dev"], text=True,
                          capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def fetch(refresh):
    wanted = [name.split()[0] for name in (installed() or "").splitlines()]
    if wanted == PACKAGES and not refresh:
        return
    with tempfile.TemporaryDirectory(dir=cache_dir()) as folder:
        apt = PrivateApt(pathlib.Path(folder) / "apt", machine_codename(), "arm64")
        root = pathlib.Path(folder) / "root"
        for name in PACKAGES:
            apt.unpack(name, root)
        lines = [f"{name} {apt.version(name)}\n" for name in PACKAGES]
        (root / "packages").write_text("".join(lines), encoding="ascii")
        if sysroot().exists():
            shutil.rmtree(sysroot())
        root.rename(sysroot())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--refresh", action="store_true", help="fetch again what is already there")
    args = parser.parse_args()
    try:
        with cache_locked():
            fetch(args.refresh)
    except (FetchError, OSError) as error:
        print(f"sysroot-arm64: cannot be had: {error}", file=sys.stderr)
        return 1
    print(f"sysroot-arm64: {', '.join(installed().splitlines())}")
    here = libbpf_of_machine()
    if here and f"libbpf-dev {here}\n" not in installed():
        print(f"note: this machine has libbpf-dev {here}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
