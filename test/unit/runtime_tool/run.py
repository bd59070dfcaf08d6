#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Builds the tool in this folder and runs it on this kernel: events, maps, stacks, failures.

usage: run.py [TOOL]     TOOL: one that was built before, else it is built here, sanitized

Skipped where BPF can't be loaded. Needs what building a libbpf tool needs: clang, bpftool, cc.
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = os.path.join(HERE, "..", "..", "..", "runtime")
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
WORK = ("import os, sys\n"
        "for _ in range(int(sys.argv[1])): os.getpgid(0)\n")
SPIN = ("import time\n"
        "end = time.time() + 8\n"
        "while time.time() < end: pass\n")


def build(folder):
    """The tool, from its BPF source on; its path."""
    def path(name):
        return os.path.join(folder, name)

    with open(path("vmlinux.h"), "w", encoding="utf-8") as out:
        subprocess.run(["bpftool", "btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "c"],
                       stdout=out, check=True)
    arch = {"x86_64": "x86", "aarch64": "arm64"}[os.uname().machine]
    include = ["-I", folder, "-I", os.path.join(RUNTIME, "include")]
    subprocess.run(["clang-19", "-g", "-O2", "-target", "bpf", f"-D__TARGET_ARCH_{arch}", *include,
                    "-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter",
                    "-c", os.path.join(HERE, "probes.bpf.c"), "-o", path("probes.o")], check=True)
    subprocess.run(["bpftool", "gen", "object", path("probes.bpf.o"), path("probes.o")], check=True)
    with open(path("probes.skel.h"), "w", encoding="utf-8") as out:
        subprocess.run(["bpftool", "gen", "skeleton", path("probes.bpf.o"), "name", "probes_bpf"],
                       stdout=out, check=True)
    sources = [os.path.join(RUNTIME, name) for name in os.listdir(RUNTIME) if name.endswith(".c")]
    subprocess.run(["cc", "-std=c11", "-g", "-O1", "-Wall", "-Wextra", "-Werror", *SANITIZE, *include,
                    "-DUSER_SYMBOLS=&b2c_user_symbols", os.path.join(HERE, "probes.c"), *sources,
                    "-o", path("probes"), "-lbpf", "-lelf", "-lz", "-llzma",
                    "-liberty"], check=True)
    return path("probes")


class Run:
    """The tool with some arguments, from ready to end; `work` runs in between."""

    def __init__(self, tool, *args, work=None, stop=signal.SIGINT):
        ready, other = os.pipe()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            with subprocess.Popen([tool, *args, "--ready-fd", str(other)], pass_fds=[other],
                                  stdout=out, stderr=err) as process:
                os.close(other)
                self.was_ready = os.read(ready, 1) == b"\n"
                os.close(ready)
                if self.was_ready and work:
                    work(process)
                if stop and process.poll() is None:
                    process.send_signal(stop)
                self.status = process.wait(30)
            self.out = self.read(out)
            self.err = self.read(err)
        self.lines = self.out.splitlines()

    @staticmethod
    def read(stream):
        stream.seek(0)
        return stream.read().decode()

    def objects(self):
        """The lines as JSON."""
        rows = [json.loads(line) for line in self.lines]
        return [row for row in rows if list(row) not in (["start"], ["end"])]


def calls(nr):
    """A work that calls getpgid() nr times."""
    def work(_):
        subprocess.run([sys.executable, "-c", WORK, str(nr)], check=True)
    return work


def check_events(tool):
    for buffer in ([], ["--perf"]):
        run = Run(tool, *buffer, work=calls(100))
        assert run.status == 0 and run.err == "", run.err
        rows = [line for line in run.lines if "ENOENT" in line]
        assert len(rows) == 100, len(rows)
        assert re.fullmatch(r"\d\.\d{3} +python3\S* +\d+ ENOENT 127\.0\.0\.1", rows[0]), rows[0]
        assert run.lines[0] == "TIME(s)   COMM                 PID ERR    ADDRESS"
        assert run.lines[-1] == "     1      100", run.lines[-1]
        assert any(re.fullmatch(r"        3          : 300      \|\*{40}\|", line)
                   for line in run.lines)


def check_every_loss_is_counted(tool):
    def flood(process):
        process.send_signal(signal.SIGSTOP)
        calls(20000)(process)
        process.send_signal(signal.SIGCONT)

    kinds = [[], ["--perf"]]
    if tuple(int(n) for n in re.findall(r"\d+", os.uname().release)[:2]) >= (6, 0):
        kinds.append(["--perf", "--kernel-counts"])
    for buffer in kinds:
        run = Run(tool, *buffer, work=flood)
        rows = sum("ENOENT" in line for line in run.lines)
        lost = re.fullmatch(r"probes: (\d+) events lost of the 20000 for buffer '(perf_)?events': "
                            r"\1 for want of room\n", run.err)
        assert lost and rows + int(lost[1]) == 20000, (rows, run.err)


def check_identity_at_a_high_rate(tool):
    """Far more than can be printed: what is not shown is counted, to the last one."""
    batch = 500

    # a perf buffer interrupts its CPU for each record
    for buffer, nr in (([], 8000), (["--perf"], 100)):
        times = []

        def work(process):
            start = time.monotonic()
            calls(nr)(process)
            times.append(time.monotonic() - start)

        run = Run(tool, *buffer, "--batch", str(batch), work=work)
        rows = sum("ENOENT" in line for line in run.lines)
        lost = re.search(rf"(\d+) events lost of the {batch * nr} for buffer ", run.err)
        assert 0 < rows == batch * nr - (int(lost[1]) if lost else 0), (rows, run.err)
        print(f"     {rows} of {batch * nr} shown, {batch * nr / times[0] / 1e6:.1f} million a second")


def check_json(tool):
    run = Run(tool, "--json", "1", "2", work=calls(3), stop=None)
    assert run.status == 0 and run.err == "", run.err
    events = [line for line in run.objects() if "address" in line]
    assert len(events) == 3 and events[0]["err"] == "ENOENT"
    assert {"table": "calls", "key": 1, "count": 3} in run.objects()
    dist = [line for line in run.objects() if line.get("histogram") == "dist"]
    assert len(dist) >= 2 and dist[0]["buckets"][0]["low"] == 0


def check_intervals(tool):
    run = Run(tool, "1", "2", work=calls(1), stop=None)
    rounds = run.out.count("\n\n\ncpu = ") + run.out.startswith("\n\ncpu = ")
    assert run.status == 0 and rounds == 2, run.out


def check_uprobe(tool):
    run = Run(tool, "-S", "getpgid", work=calls(7))
    assert any(re.fullmatch(r"        5          : 7        \|\*+ +\|", line)
               for line in run.lines), run.out


def check_stacks(tool):
    with subprocess.Popen([sys.executable, "-c", SPIN]) as child:
        run = Run(tool, "-s", "--folded", work=lambda _: subprocess.run(["sleep", "1"], check=True))
        child.kill()
    assert any(re.match(r"python3[^;]*;.*Py.* \d+$", line) for line in run.lines), run.out


def check_failures(tool):
    for args, words in ((["--missing"], "none of the tracepoints 'no_such_event', 'neither_this_one'"),
                        (["-S", "nosuch"], "has no function 'nosuch'"),
                        (["-S", "strlen"], "'strlen'"),
                        (["-S", "getpgid", "-b", "/etc/passwd"], "not an ELF file"),
                        (["-S", "getpgid", "-b", "libno.so"], "cannot find 'libno.so'"),
                        (["--btf", "/no/such"], "cannot read '/no/such'"),
                        (["--pid", "x"], "option '--pid' needs a number, not 'x'")):
        run = Run(tool, *args)
        assert run.status == 1 and not run.was_ready, args
        assert words in run.err and run.err.count("\n") == 1, run.err


def check_ends(tool):
    assert Run(tool, stop=signal.SIGTERM).status == 0
    with subprocess.Popen([tool], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()		# nobody reads any more
        assert process.wait(10) == 0
        assert process.stderr.read() == b""
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run([tool], stdout=full, stderr=subprocess.PIPE, check=False, timeout=10)
    assert done.returncode == 1 and b"No space left" in done.stderr, done


def check_without_privileges(tool):
    done = subprocess.run(["setpriv", "--reuid=65534", "--bounding-set=-all", "--inh-caps=-all", tool],
                          stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1, done
    assert b"needs root or capabilities that it lacks: CAP_BPF and CAP_PERFMON" in done.stderr, done


CHECKS = [check_events, check_every_loss_is_counted,
          check_identity_at_a_high_rate, check_json, check_intervals, check_uprobe,
          check_stacks, check_failures, check_ends, check_without_privileges]


def main():
    if os.geteuid() != 0 or not os.path.exists("/sys/kernel/btf/vmlinux"):
        print("runtime_tool: skipped, needs root and a kernel with BTF")
        return 0
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        # libbpf 1.1 forgets the kernel's BTF when an object is closed before it was loaded
        with open(os.path.join(folder, "leaks"), "w", encoding="ascii") as out:
            out.write("leak:libbpf.so\n")
        os.environ["LSAN_OPTIONS"] = f"suppressions={folder}/leaks:print_suppressions=0"
        tool = sys.argv[1] if len(sys.argv) > 1 else build(folder)
        for check in CHECKS:
            try:
                check(tool)
                print(f"PASS {check.__name__}", flush=True)
            except (AssertionError, subprocess.SubprocessError) as error:
                bad += 1
                print(f"FAIL {check.__name__}: {error}", flush=True)
    print(f"{len(CHECKS) - bad} passed, {bad} failed, 0 skipped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
