#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Installs bcc2core and uses it as a stranger would: without the source tree, from another folder.

usage: run.py [BUILD]     BUILD: the folder that was built; default: build

Every command runs with an empty file system mounted over the source tree, and `object` with the host's
headers and BTF hidden as well. Where mounting is not allowed, the checks that need it are skipped.
Prints PASS, FAIL or SKIP lines; the last line is N passed, N failed, N skipped.
"""
import os
import pathlib
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build").resolve()
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/*.c"))
STANDALONE = ["syncgap", "cpustacks"]  # without and with user stacks
STRICT = "CFLAGS=-O2 -Wall -Wextra -Werror"
# What a translation must not need: headers of C and of the kernel, this kernel's BTF.
HOST_FOLDERS = ["/usr/include", "/usr/src", "/lib/modules", "/sys/kernel/btf"]
ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
               "LC_ALL": "C", "TMPDIR": tempfile.gettempdir()}
EM_BPF, PT_INTERP = 247, 3


class Failure(Exception):
    """A check that went wrong, and what was seen."""


def want(condition, text):
    if not condition:
        raise Failure(text)


def unshare():
    """The command that gives a namespace of mounts; None: this machine does not allow it."""
    for command in (["unshare", "-m"], ["unshare", "-rm"]):
        probe = [*command, "sh", "-c", "mount -t tmpfs none /mnt"]
        if shutil.which("unshare") and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return command
    return None


UNSHARE = unshare()


class User:
    """Somebody with an installed bcc2core and a folder of their own, but no source tree."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.prefix = self.folder / "prefix"
        self.home = self.folder / "home"
        self.command = str(self.prefix / "bin" / "bcc2core")
        self.hidden = [str(ROOT)] + ([] if BUILD.is_relative_to(ROOT) else [str(BUILD)])

    def install(self):
        done = subprocess.run(["cmake", "--install", str(BUILD), "--prefix", str(self.prefix)],
                              capture_output=True, text=True, check=False)
        want(done.returncode == 0, f"cmake --install: {done.stdout}{done.stderr}")
        want(os.access(self.command, os.X_OK), "no bin/bcc2core below the prefix")
        for name in (*EXAMPLES, "import"):
            shutil.copytree(ROOT / "examples" / name, self.home / name)

    def run(self, *command, cwd="", status=0, hidden=(), **variables):
        """Runs a command below the home; returns stdout and stderr together."""
        line = shlex.join(str(word) for word in command)
        if UNSHARE:
            mounts = [f"mount -t tmpfs none {shlex.quote(path)}" for path in [*self.hidden, *hidden]
                      if os.path.isdir(path)]
            command = [*UNSHARE, "sh", "-ec", "; ".join([*mounts, f"exec {line}"])]
        done = subprocess.run(command, cwd=self.home / cwd, env={**ENVIRONMENT, **variables},
                              text=True, errors="replace", stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        want(done.returncode == status, f"'{line}' ends with {done.returncode}:\n{done.stdout}")
        return done.stdout


# What is in a file.


def header(path):
    """The ELF header of a 64-bit little-endian file, from e_type to the end, and all its bytes."""
    data = pathlib.Path(path).read_bytes()
    want(data[:4] == b"\x7fELF", f"{path} is no ELF file")
    return struct.unpack_from("<HHIQQQIHHHHHH", data, 16), data


def sections(path):
    """(machine, names of the sections)."""
    fields, data = header(path)
    machine, table, size, count, names = fields[1], fields[5], fields[10], fields[11], fields[12]
    strings = struct.unpack_from("<IIQQQQ", data, table + names * size)[4]
    starts = [strings + struct.unpack_from("<I", data, table + i * size)[0] for i in range(count)]
    return machine, [data[start:data.index(b"\0", start)].decode() for start in starts]


def want_static(path):
    fields, data = header(path)
    types = [struct.unpack_from("<I", data, fields[4] + i * fields[8])[0] for i in range(fields[9])]
    want(PT_INTERP not in types, f"{path} is not static")


def want_runs(user, path, name):
    """The tool is static, and says what it is without privileges or a kernel of its own."""
    want_static(path)
    want(name in user.run(path, "--version"), f"{name} --version does not name it")
    want("--json" in user.run(path, "--help"), f"{name} --help does not list --json")


def want_clean(user, folder):
    """No path of this machine is in what was emitted."""
    for path in folder.rglob("*"):
        text = path.read_bytes() if path.is_file() else b""
        for place in (ROOT, user.folder):
            want(str(place).encode() not in text, f"{path.name} names {place}")


# The checks; each begins from an installed command.


def check_words(user):
    want("usage: bcc2core" in user.run(user.command, "--help"), "no usage in --help")
    want(user.run(user.command, "--version").startswith("bcc2core "), "--version does not say bcc2core")
    for word in ("build", "emit", "object", "check", "schema", "import"):
        want(f"usage: bcc2core {word}" in user.run(user.command, word, "--help"), f"no usage of {word}")


def check_import(user):
    """A script becomes sources that the command takes; the archive is within the command."""
    user.run(user.command, "import", "import/reads.py", "-o", "imported")
    user.run(user.command, "check", "imported/reads.c")


def check_schema(user):
    """What editors read is what the command says."""
    path = user.prefix / "share" / "bcc2core" / "manifest.schema.json"
    want(path.is_file(), "no share/bcc2core/manifest.schema.json below the prefix")
    want(path.read_text() == user.run(user.command, "schema"), "the installed schema is not the command's")


def check_hidden(user):
    """The harness itself: the tree can't be seen by what the other checks run."""
    want(user.run("find", ROOT, "-type", "f") == "", "files of the source tree can be seen")


def check_build(user):
    user.run(user.command, "build", "syncgap.c", cwd="syncgap")
    want_runs(user, user.home / "syncgap" / "syncgap", "syncgap")


def check_build_manifest_free(user):
    user.run(user.command, "build", "syncgap/syncgap.c", "--no-manifest", "-o", "plain")
    want_runs(user, user.home / "plain", "syncgap")


def check_object(user):
    for arch in ("x86_64", "arm64"):
        output = f"tcpcon-{arch}.bpf.o"
        user.run(user.command, "object", "tcpcon/tcpcon.c", "--arch", arch, "-o", output, hidden=HOST_FOLDERS)
        machine, names = sections(user.home / output)
        want(machine == EM_BPF, f"{output} is for machine {machine}")
        for name in (".BTF", ".BTF.ext", ".maps", "license", "kprobe/tcp_v4_connect"):
            want(name in names, f"{output} has no section {name}: {names}")


def check_check(user):
    before = sorted(user.home.rglob("*"))
    for name in EXAMPLES:
        said = user.run(user.command, "check", f"{name}/{name}.c")
        want(said.startswith(f"{name}\n\nprograms\n"), f"check says of {name}: {said}")
    want(sorted(user.home.rglob("*")) == before, "check writes files")


def check_refusal(user):
    """A mistake is shown at its place, the status is 1, and nothing is written."""
    (user.home / "bad.c").write_text("BPF_HISTOGRAM(dist);\nint kprobe__vfs_read(void *ctx)\n{\n"
                                     "\tint key = 0;\n\tdist.lookupp(&key);\n\treturn 0;\n}\n")
    before = sorted(user.home.rglob("*"))
    for word in ("build", "emit", "object", "check"):
        output = [] if word == "check" else ["-o", "never"]
        said = user.run(user.command, word, "bad.c", *output, status=1)
        want(said.startswith("bad.c:5:") and "[map-method-" in said, f"{word} says: {said}")
    want(sorted(user.home.rglob("*")) == before, "a refusal leaves files")
    user.run(user.command, "build", "absent.c", "-o", "never", status=2)


def make(user, folder, *variables):
    said = user.run("make", "CLANG=clang-19", STRICT, *variables, cwd=folder)
    want("warning" not in said, f"make in {folder} warns: {said}")


def check_emit(user):
    """Every example's sources build with clang, bpftool and a C compiler, without a warning."""
    for name in EXAMPLES:
        folder = f"emitted-{name}"
        user.run(user.command, "emit", f"{name}/{name}.c", "-o", folder)
        want_clean(user, user.home / folder)
        make(user, folder, f"B2C={user.prefix}")
        want_runs(user, user.home / folder / name, name)


def check_emit_clang(user):
    """The same with clang as the C compiler."""
    for name in EXAMPLES:
        folder = f"clang-{name}"
        user.run(user.command, "emit", f"{name}/{name}.c", "-o", folder)
        make(user, folder, f"B2C={user.prefix}", "CC=clang-19")
        want_static(user.home / folder / name)


def check_standalone(user):
    """`emit --standalone` needs neither the command nor the prefix to be built."""
    for name in STANDALONE:
        folder = f"alone-{name}"
        user.run(user.command, "emit", "--standalone", f"{name}/{name}.c", "-o", folder)
        want_clean(user, user.home / folder)
        user.hidden.append(str(user.prefix))
        try:
            make(user, folder)
            want_runs(user, user.home / folder / name, name)
        finally:
            user.hidden.remove(str(user.prefix))


def check_moved(user):
    """The prefix may be moved: nothing in the command knows where it was."""
    moved = user.folder / "moved"
    user.prefix.rename(moved)
    try:
        user.run(moved / "bin" / "bcc2core", "build", "hello/hello.c", "-o", "hello-moved")
        want_runs(user, user.home / "hello-moved", "hello")
    finally:
        moved.rename(user.prefix)


CHECKS = [check_words, check_import, check_schema, check_hidden, check_build, check_build_manifest_free, check_object,
          check_check, check_refusal, check_emit, check_emit_clang, check_standalone, check_moved]
# These say nothing where the source tree can't be hidden.
NEED_HIDING = [check_hidden]


def main():
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory(prefix="bcc2core-install-") as folder:
        user = User(folder)
        for check in [User.install, *CHECKS]:
            name = check.__name__.removeprefix("check_")
            if check in NEED_HIDING and not UNSHARE:
                print(f"SKIP install {name}: mounting is not allowed here", flush=True)
                skipped += 1
                continue
            try:
                check(user)
                print(f"PASS install {name}", flush=True)
                passed += 1
            except (Failure, OSError) as error:
                print(f"FAIL install {name}: {error}", flush=True)
                failed += 1
                if check is User.install:
                    break
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
