# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The host that a script sees: the kernel of recorder.state, two CPUs, root, some known files.

Called by child.py in a process of its own, before the script runs. No command of the script is
run, and every wait ends it, so that a text depends on the kernel's facts and the arguments alone.
"""

import builtins
import io
import multiprocessing
import os
import platform
import re
import resource
import signal
import stat
import subprocess
import sys
import threading
import time
import types

from bcc.recorder import state

HOST_EXISTS = os.path.exists
PID = 4242
OWN = 4190209                   # the script's process where `own` is given: no text has it by chance
# Numbers of the host by the facts of a manifest: those that scripts see, and those of another host.
HOSTS = {"cpus": (2, 6), "pid_max": (4194304, 32768), "page_size": (4096, 65536),
         "clock_ticks": (100, 250)}
TRACING = ("/sys/kernel/debug/tracing/events/", "/sys/kernel/tracing/events/")
SOURCES = "/usr/share/bpfcc-tools/"      # C files of the package's scripts
# Devices by path: their kind and number.
DEVICES = {"/dev/sda": (stat.S_IFBLK, os.makedev(8, 0)),
           "/dev/nvme0n1": (stat.S_IFBLK, os.makedev(259, 5)),
           "/dev/console": (stat.S_IFCHR, os.makedev(5, 1)),
           "/dev/tty0": (stat.S_IFCHR, os.makedev(4, 0)),
           "/dev/pts/2": (stat.S_IFCHR, os.makedev(136, 2))}
# Folders that exist, and what is in them.
FOLDERS = {"/proc/1234/task": ["1234"],
           "/proc/3195281/task": ["3195281"],
           "/tmp/inodes": []}
# Those of any network device.
QUEUES = re.compile(r"/sys/class/net/[^/]+/queues/?")
FILES = {
    "/proc/cpuinfo": "vendor_id\t: GenuineIntel\n",
    "/proc/partitions": "major minor  #blocks  name\n\n   8        0    1048576 sda\n",
    "/proc/diskstats": "   8       0 sda 1 0 8 0 0 0 0 0 0 0 0\n",
    "/proc/1234/comm": "mysqld\n",
    "/proc/3195281/task/3195281/comm": "CPU 0/KVM\n",
    "/usr/lib/libreadline.so": "",
    "/usr/lib/libssl.so.3": "",
}
# Links of any process but this one, which lead to its program.
PROCESS = re.compile(r"/proc/\d+/")
# What commands print, by a word of them.
COMMANDS = {"debugfs": b"/sys/kernel/debug\n", "vendor_id": b"vendor_id\t: GenuineIntel\n",
            "pidof": b"1234\n", "pgrep": b"1234\n",
            "ausyscall": b"Using aarch64 syscall table:\n56\topenat\n63\tread\n64\twrite\n"}
FINDERS = ("pidof", "pgrep")             # those that say which process to trace
# Modules that scripts import and that need not be installed.
STUBS = ("curses", "elftools", "elftools.elf", "elftools.elf.elffile", "dnslib", "cachetools",
         "systemd", "systemd.journal")


class Stub:
    """Stands for a module, an object or a function that draws on a terminal or reads an ELF file."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Stub()

    def __call__(self, *args, **_kwargs):
        if args and isinstance(args[0], types.FunctionType):     # curses.wrapper
            return args[0](Stub(), *args[1:])
        return Stub()

    def __index__(self):
        return 24

    def __iter__(self):
        return iter(())

    def __or__(self, _other):
        return self

    __int__ = __index__


class Network:
    """In place of what pyroute2 makes: interfaces, routes and filters of tc, by netlink."""

    def __init__(self, *_args, **_kwargs):
        """Connects to nothing."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        state.refuse(f"it asks or sets up the network with pyroute2 ('{name}'), which no tool does: make "
                     "interfaces with 'ip', import the script without this, and say in its manifest "
                     "what tc is to attach ('tc: {interface: NAME, hook: ingress}')")


class Pyroute2(types.ModuleType):
    """The module, whether this host has it or not."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Network


class Process:
    """In place of subprocess.Popen: ends at once, having printed what COMMANDS says."""

    def __init__(self, command, *_args, **_kwargs):
        words = command if isinstance(command, str) else " ".join(map(str, command))
        self.output = next((text for key, text in COMMANDS.items() if key in words), b"")
        self.known = bool(self.output)
        if words.split()[0] in FINDERS:
            state.found.append((words, self.output.decode().strip(), state.line()))
        self.stdout, self.stderr = io.BytesIO(self.output), io.BytesIO()
        self.pid, self.returncode = 1234, 0

    def communicate(self, *_args, **_kwargs):
        return self.output, b""

    def poll(self):
        return None

    def wait(self, *_args, **_kwargs):
        return 0

    def kill(self):
        """It has ended."""

    terminate = kill


def check_output(command, *args, **kwargs):
    process = Process(command, *args, **kwargs)
    if not process.known:
        raise FileNotFoundError(2, "not in the sandbox", str(command))
    return process.output


def call(*_args, **_kwargs):
    return 0


# Files.


def content(path):
    """The text of a file that the sandbox has, or None."""
    if path == "/proc/kallsyms":
        return state.ask("kallsyms")
    return FILES.get(path)


def has_event(path):
    """Whether a path below tracefs exists; None for other paths."""
    root = next((root for root in TRACING if path.startswith(root)), None)
    if not root:
        return None
    parts = path[len(root):].strip("/").split("/")
    # No kernel of the matrix has these; the tool that asks for them is to be translated all the same.
    if len(parts) < 2 or parts[0] == "preemptirq":
        return True
    return state.ask("event", f"{parts[0]}:{parts[1]}")


def listed(path):
    """What is in a folder that the sandbox has; None for others."""
    return ["rx-0", "tx-0"] if QUEUES.fullmatch(path) else FOLDERS.get(path)


def exists(path):
    """Whether the sandbox has a path; None where the host may say."""
    if content(path) is not None or path in DEVICES or listed(path):
        return True
    return has_event(path)


def plain(path):
    return str(path) if isinstance(path, int) else os.fsdecode(path)


def on_host(path):
    """Where a file is that a script reads: one of its package where that is unpacked, one without a
    folder in the working directory of the import, else beside the script."""
    if not isinstance(path, (str, bytes)):
        return path
    path = plain(path)
    if path.startswith(SOURCES):
        return os.path.join(state.root, path.lstrip("/"))
    places = [os.path.join(folder, path) for folder in ("", state.cwd, os.path.dirname(state.script))]
    return next((place for place in places if HOST_EXISTS(place)), path)


def replace_files():
    real_open, real_stat = builtins.open, os.stat
    real_listdir, real_readlink = os.listdir, os.readlink

    def sandbox_open(file, mode="r", *args, **kwargs):
        text = content(plain(file)) if isinstance(file, (str, bytes)) else None
        if text is None:
            return real_open(on_host(file) if "r" in mode else file, mode, *args, **kwargs)
        return io.BytesIO(text.encode()) if "b" in mode else io.StringIO(text)

    def sandbox_stat(path, *args, **kwargs):
        known = DEVICES.get(plain(path)) if isinstance(path, (str, bytes, os.PathLike)) else None
        if known is None:
            return real_stat(path, *args, **kwargs)
        kind, number = known
        return types.SimpleNamespace(st_mode=kind | 0o600, st_rdev=number, st_ino=2)

    def sandbox_exists(path):
        known = exists(plain(path))
        return HOST_EXISTS(on_host(path)) if known is None else known

    def sandbox_listdir(path="."):
        return listed(plain(path)) or real_listdir(path)

    sandbox_listdir.__name__ = "listdir"
    sandbox_open.__name__ = "open"          # outputs tells functions by their names
    builtins.open = sandbox_open
    os.stat = sandbox_stat
    os.path.exists = sandbox_exists
    os.path.isfile = lambda path: content(plain(path)) is not None or HOST_EXISTS(on_host(path))
    os.listdir = sandbox_listdir
    os.readlink = lambda path, **kw: ("/usr/bin/mysqld" if PROCESS.match(plain(path))
                                      else real_readlink(path, **kw))


# Everything else.


def no_fork():
    raise PermissionError(1, "a script that is imported can't fork")


def replace_processes():
    subprocess.Popen = Process
    subprocess.check_output = check_output
    subprocess.call = subprocess.check_call = os.system = call
    subprocess.run = lambda *args, **kwargs: types.SimpleNamespace(stdout=b"", returncode=0)
    os.fork = os.forkpty = no_fork
    os.getuid = os.geteuid = lambda: 0
    os.kill = lambda pid, number: None
    signal.alarm = lambda seconds: 0
    resource.setrlimit = lambda *args: None


def replace_machine():
    def names():
        release, machine = state.ask("uname")
        return "Linux", "host", release, "#1", machine

    platform.release = lambda: names()[2]
    platform.machine = lambda: names()[4]
    platform.uname = lambda: platform.uname_result(*names())
    os.uname = lambda: os.uname_result(names())


def replace_waits():
    time.sleep = signal.pause = signal.sigwait = state.stop
    threading.Event.wait = state.stop
    builtins.input = state.stop


def replace_numbers(own, other):
    """The host's numbers: those of another host if `other`; `own`: a process that is told apart."""
    numbers = {name: values[bool(other)] for name, values in HOSTS.items()}
    real_sysconf, cpus = os.sysconf, numbers["cpus"]
    names = {"SC_PAGE_SIZE": "page_size", "SC_PAGESIZE": "page_size", "SC_CLK_TCK": "clock_ticks",
             "SC_NPROCESSORS_ONLN": "cpus", "SC_NPROCESSORS_CONF": "cpus"}
    os.getpid = lambda: OWN if own else PID
    os.cpu_count = multiprocessing.cpu_count = lambda: cpus
    os.sysconf = lambda name: numbers[names[name]] if name in names else real_sysconf(name)
    resource.getpagesize = lambda: numbers["page_size"]
    FILES["/proc/sys/kernel/pid_max"] = f"{numbers['pid_max']}\n"
    for kind in ("online", "possible"):
        FILES[f"/sys/devices/system/cpu/{kind}"] = f"0-{cpus - 1}\n"


def enter(own=False, other=False):
    """From here on this process sees the sandbox; see replace_numbers."""
    sys.modules.update((name, Stub()) for name in STUBS)
    sys.modules["pyroute2"] = Pyroute2("pyroute2")
    replace_files()
    replace_processes()
    replace_machine()
    replace_numbers(own, other)
    replace_waits()
