#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Fetch bcc's tools and Python modules of other Debian releases: unpacked, never installed.

For test/corpus, which reads the tools of this machine's own packages and of these. Each ends up in
$B2C_CACHE/bcc/VERSION with a file `packages`; what is there is left alone. Exits 1, saying why,
if one cannot be had.
"""

import argparse
import pathlib
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True

from fetch_kernels import FetchError, PrivateApt, cache_dir, cache_locked  # noqa: E402

# bcc's version and the suite that has it. The revision behind it moves and is taken as it is.
SUITES = {"0.31": "trixie"}
# python3-bpfcc has the modules that scripts take text from.
PACKAGES = ["bpfcc-tools", "python3-bpfcc"]
ARCH = "amd64"                          # both are for all


def tree(version):
    """The folder of a version; what is in it is laid out as in the packages."""
    return cache_dir() / "bcc" / version


def fetched(version):
    """`NAME VERSION` lines of what the folder holds, or None."""
    path = tree(version) / "packages"
    return path.read_text(encoding="ascii") if path.exists() else None


def check_version(found, wanted):
    """Fails if the suite has gone on to another version of bcc."""
    if not re.match(rf"(\d+:)?{re.escape(wanted)}\b", found):
        raise FetchError(f"{SUITES[wanted]} has bcc {found}, not {wanted}")


def fetch(version, refresh=False):
    """Makes `tree(version)`."""
    if fetched(version) and not refresh:
        return
    with tempfile.TemporaryDirectory(dir=cache_dir()) as folder:
        apt = PrivateApt(pathlib.Path(folder) / "apt", SUITES[version], ARCH)
        root = pathlib.Path(folder) / "root"
        lines = []
        for name in PACKAGES:
            found = apt.version(name)
            check_version(found, version)
            apt.unpack(name, root)
            lines.append(f"{name} {found}\n")
        (root / "packages").write_text("".join(lines), encoding="ascii")
        if tree(version).exists():
            shutil.rmtree(tree(version))
        tree(version).parent.mkdir(exist_ok=True)
        root.rename(tree(version))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("versions", nargs="*", metavar="VERSION", help="default: all of them")
    parser.add_argument("--refresh", action="store_true", help="fetch again what is already there")
    args = parser.parse_args()
    for version in args.versions:
        if version not in SUITES:
            parser.error(f"no version '{version}'; known: {', '.join(SUITES)}")
    failed = False
    with cache_locked():
        for version in args.versions or SUITES:
            try:
                fetch(version, args.refresh)
                print(f"bcc {version}: {', '.join(fetched(version).splitlines())}", flush=True)
            except (FetchError, OSError) as error:
                failed = True
                print(f"bcc {version}: cannot be had: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
