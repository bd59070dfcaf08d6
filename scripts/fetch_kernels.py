#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Fetch the real kernels that test/vm boots: Debian packages, unpacked and never installed.

Every suite is reached through a private apt configuration; its mirror and keyrings are those of
this machine's own apt sources. Each kernel ends up in $B2C_CACHE/kernels/NAME as `vmlinuz`,
`modules/`, `config` and `version`; what is there is left alone. Exits 1, saying why, if one cannot be had.
"""

import argparse
import contextlib
import dataclasses
import fcntl
import functools
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ATTEMPTS = 4
RETRY_SECONDS = 5
ARCHIVE_KEYRINGS = ["/usr/share/keyrings/debian-archive-keyring.gpg",
                    "/usr/share/keyrings/debian-archive-keyring.pgp"]


class FetchError(Exception):
    """Something cannot be had; the text is one line for the user."""


@dataclasses.dataclass(frozen=True)
class Kernel:
    """One test kernel: a suite, Debian's architecture, and patterns of the packages to unpack."""
    name: str
    suite: str
    arch: str
    packages: tuple

    @property
    def machine(self):
        return self.name.rpartition("-")[2]


KERNELS = [
    Kernel("5.10-x86_64", "bullseye-security", "amd64",
           (r"linux-image-(5\.10\.\d+-\d+)-cloud-amd64",)),
    Kernel("6.1-x86_64", "bookworm-security", "amd64",
           (r"linux-image-(6\.1\.\d+-\d+)-cloud-amd64",)),
    Kernel("6.12-x86_64", "trixie-security", "amd64",
           (r"linux-image-(6\.12\.\d+\S+)-cloud-amd64",)),
    Kernel("7.2-x86_64", "sid", "amd64",
           (r"linux-binary-(7\.2\.\d+\S+)-cloud-amd64",
            r"linux-modules-(7\.2\.\d+\S+)-cloud-amd64",
            r"linux-base-(7\.2\.\d+\S+)-cloud-amd64")),
    Kernel("6.1-arm64", "bookworm-security", "arm64",
           (r"linux-image-(6\.1\.\d+-\d+)-cloud-arm64",)),
]


def cache_dir():
    """The folder that holds everything fetched: $B2C_CACHE or ~/.cache/bcc2core."""
    return pathlib.Path(os.environ.get("B2C_CACHE") or pathlib.Path.home() / ".cache" / "bcc2core")


@contextlib.contextmanager
def cache_locked():
    """One process at a time fills the cache; a second one waits and then finds it filled."""
    cache_dir().mkdir(parents=True, exist_ok=True)
    with open(cache_dir() / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# This machine's apt sources.


def parse_deb822(text):
    """The paragraphs of a deb822 file as dicts of lower-case field to value (lines kept)."""
    paragraphs = []
    for block in re.split(r"\n\s*\n", text):
        fields, last = {}, None
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line[0] in " \t" and last:
                fields[last] += "\n" + line
            elif ":" in line:
                last, _, value = line.partition(":")
                last = last.strip().lower()
                fields[last] = value.strip()
        if fields:
            paragraphs.append(fields)
    return paragraphs


def parse_one_line(text):
    """The `deb [options] uri suite components` lines of a list, in the form of parse_deb822."""
    paragraphs = []
    for line in text.splitlines():
        found = re.match(r"\s*(deb|deb-src)\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)", line)
        if not found:
            continue
        types, options, uri, suite, components = found.groups()
        fields = {"types": types, "uris": uri, "suites": suite, "components": components.strip()}
        for option in (options or "").split():
            key, _, value = option.partition("=")
            fields[key.lower()] = value.replace(",", " ")
        paragraphs.append(fields)
    return paragraphs


def machine_sources():
    """All enabled binary sources of this machine."""
    entries = []
    for path in ["/etc/apt/sources.list", *sorted(glob.glob("/etc/apt/sources.list.d/*"))]:
        parser = {".list": parse_one_line, ".sources": parse_deb822}.get(os.path.splitext(path)[1])
        if parser and os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                entries += parser(file.read())
    return [e for e in entries if "deb" in e.get("types", "").split()
            and e.get("enabled", "yes").lower() not in ("no", "false", "0") and e.get("uris")]


def machine_codename():
    """The suite this machine runs, such as `bookworm`."""
    with open("/etc/os-release", encoding="utf-8") as file:
        found = re.search(r'^VERSION_CODENAME="?([\w-]+)', file.read(), re.M)
    return found.group(1) if found else "stable"


def source_for(suite):
    """The machine's entry whose mirror carries `suite`: a security archive or the main one."""
    security = suite.endswith("-security")
    own = {machine_codename(), "stable", "testing", "unstable", "sid"}
    entries = []
    for entry in machine_sources():
        suites = entry.get("suites", "").split()
        has_main = "main" in entry.get("components", "").split()
        has_security = any(s.endswith(("-security", "/updates")) for s in suites)
        if has_security if security else has_main and own.intersection(suites):
            entries.append(entry)
    # A third party may use the same suite and component names; Debian's own is called .../debian.
    entries.sort(key=lambda e: not re.search(r"/debian(-security)?/?$", e["uris"].split()[0]))
    if not entries:
        kind = "security" if security else "main"
        raise FetchError(f"this machine's apt sources name no Debian {kind} archive for {suite}")
    return entries[0]


def signed_by(entry):
    """The entry's keyrings, and the whole archive keyring: newer suites have newer keys."""
    value = entry.get("signed-by", "")
    if "\n" in value:                                      # the key itself is in the file
        return value
    rings = value.split() + [ring for ring in ARCHIVE_KEYRINGS if os.path.exists(ring)][:1]
    return " ".join(dict.fromkeys(rings))


class PrivateApt:
    """apt for one suite and architecture, with all of its state in a folder of its own."""

    def __init__(self, folder, suite, arch):
        self.folder, self.suite, self.arch = pathlib.Path(folder), suite, arch
        for name in ("lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "status").touch()
        entry = source_for(suite)
        lines = ["Types: deb", f"URIs: {entry['uris']}", f"Suites: {suite}", "Components: main"]
        keys = signed_by(entry)
        lines += [f"Signed-By: {keys}"] if keys else []
        lines += [f"Trusted: {entry['trusted']}"] if "trusted" in entry else []
        (self.folder / "private.sources").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.run("apt-get", "update", "--error-on=any", retry=True)

    def options(self):
        pairs = {
            "Dir::Etc::sourcelist": self.folder / "private.sources",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null", "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State::lists": self.folder / "lists",
            "Dir::State::status": self.folder / "status",
            "Dir::Cache": self.folder / "cache", "APT::Architecture": self.arch,
            "APT::Architectures": self.arch, "Acquire::Languages": "none", "Acquire::Retries": "3",
            "APT::Sandbox::User": "root",
        }
        return [word for key, value in pairs.items() for word in ("-o", f"{key}={value}")]

    def run(self, tool, *args, cwd=None, retry=False):
        """Run an apt tool and return what it printed; a download is tried several times."""
        command = [tool, "-q", *self.options(), *args]
        for left in reversed(range(ATTEMPTS if retry else 1)):
            done = subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False)
            if done.returncode == 0:
                return done.stdout
            if left:
                time.sleep(RETRY_SECONDS)
        errors = [line for line in done.stderr.splitlines() if line.startswith(("E:", "W:"))]
        reason = errors[-1] if errors else done.stderr.strip()
        raise FetchError(f"'{tool} {args[0]}' failed for {self.suite} ({self.arch}): {reason}")

    def version(self, package):
        shown = self.run("apt-cache", "show", "--no-all-versions", package)
        return re.search(r"^Version: (\S+)", shown, re.M).group(1)

    def newest(self, pattern):
        """(package, version) of the newest package whose whole name matches `pattern`."""
        prefix = re.match(r"[\w-]+", pattern).group(0)
        known = self.run("apt-cache", "pkgnames", prefix).split()
        versions = {name: self.version(name) for name in known if re.fullmatch(pattern, name)}
        if not versions:
            raise FetchError(f"{self.suite} ({self.arch}) has no package like {pattern} today")
        return max(versions.items(), key=lambda item: version_key(item[1]))

    def unpack(self, package, folder):
        """Download one package and unpack it under `folder`."""
        with tempfile.TemporaryDirectory(dir=self.folder) as debs:
            self.run("apt-get", "download", package, cwd=debs, retry=True)
            [deb] = glob.glob(debs + "/*.deb")
            done = subprocess.run(["dpkg", "-x", deb, folder], capture_output=True, text=True,
                                  check=False)
            if done.returncode:
                raise FetchError(f"cannot unpack {package}: {done.stderr.strip()}")


def compare_versions(left, right):
    if left == right:
        return 0
    return -1 if subprocess.run(["dpkg", "--compare-versions", left, "lt", right],
                                check=False).returncode == 0 else 1


version_key = functools.cmp_to_key(compare_versions)


# The kernels.


def only_match(root, patterns, what):
    found = [path for pattern in patterns for path in sorted(root.glob(pattern))]
    if len(found) != 1:
        raise FetchError(f"expected one {what} in the package, found {len(found)}")
    return found[0]


def arrange(unpacked, version, target):
    """Move what the tests need out of an unpacked package into `target`, in one rename."""
    ready = unpacked.parent / "ready"
    ready.mkdir()
    image = only_match(unpacked, ["boot/vmlinuz-*", "lib/modules/*/vmlinuz",
                                  "usr/lib/modules/*/vmlinuz"], "vmlinuz")
    modules = only_match(unpacked, ["lib/modules/*/kernel", "usr/lib/modules/*/kernel"],
                         "module tree").parent
    config = only_match(unpacked, ["boot/config-*", "lib/modules/*/config",
                                   "usr/lib/modules/*/config"], "config")
    shutil.move(config, ready / "config")
    shutil.move(image, ready / "vmlinuz")
    shutil.move(modules, ready / "modules")
    (ready / "version").write_text(f"{modules.name} {version}\n", encoding="ascii")
    if target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(exist_ok=True)
    ready.rename(target)


def kernel_version(name):
    """`RELEASE PACKAGE-VERSION` of a fetched kernel, or None."""
    path = cache_dir() / "kernels" / name / "version"
    return path.read_text(encoding="ascii").strip() if path.exists() else None


def fetch(kernel, refresh):
    if kernel_version(kernel.name) and not refresh:
        return
    with tempfile.TemporaryDirectory(dir=cache_dir()) as folder:
        apt = PrivateApt(pathlib.Path(folder) / "apt", kernel.suite, kernel.arch)
        unpacked = pathlib.Path(folder) / "unpacked"
        package, version = apt.newest(kernel.packages[0])
        release = re.fullmatch(kernel.packages[0], package).group(1)
        for pattern in kernel.packages:
            apt.unpack(re.sub(r"\(.*\)", lambda _: release, pattern), unpacked)
        arrange(unpacked, version, cache_dir() / "kernels" / kernel.name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kernels", nargs="*", metavar="KERNEL", help="names (default: all of them)")
    parser.add_argument("--list", action="store_true", help="print the known names and end")
    parser.add_argument("--refresh", action="store_true", help="fetch again what is already there")
    args = parser.parse_args()
    known = {kernel.name: kernel for kernel in KERNELS}
    if args.list:
        print("\n".join(known))
        return 0
    for name in args.kernels:
        if name not in known:
            parser.error(f"no kernel '{name}'; known: {', '.join(known)}")
    failed = False
    with cache_locked():
        for name in args.kernels or known:
            try:
                fetch(known[name], args.refresh)
                print(f"{name}: {kernel_version(name)}", flush=True)
            except (FetchError, OSError) as error:
                failed = True
                print(f"{name}: cannot be had: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
