# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Runs one script once, in a process forked for it, and returns what it made as a dict.

The process has limits of time and memory, its output goes to a file, and what
it records comes back as JSON through another file.
"""

import dataclasses
import json
import os
import pathlib
import resource
import runpy
import sys
import tempfile
import time
import traceback
import types

import bcc
import callers
import command_line
import confine
import marks
import sandbox
from bcc.recorder import Refused, state

CPU_SECONDS = 10
WALL_SECONDS = 20
MEMORY_BYTES = 2 << 30
OUTPUT_BYTES = 1 << 20


@dataclasses.dataclass
class Job:
    """A script to run: its path, arguments, the kernel's facts, and how.

    `strict`: attaches fail where the kernel lacks the place. `options`: end at the command line
    and return what it accepts. `root`: where the script's package is unpacked. `marked`: tell
    what the script puts into the program's text. `derive`: called
    with the script, the frame of its first wait and the programs; what it returns is in the result.
    `confined`: without the network, and without writing files. `other_host`: with the other numbers
    of sandbox.HOSTS."""
    script: pathlib.Path
    args: tuple
    facts: object
    root: str = "/"
    strict: bool = True
    options: bool = False
    marked: bool = False
    derive: object = None
    confined: bool = False
    other_host: bool = False

    def tool(self):
        return self.script.name.removesuffix("-bpfcc").removesuffix(".py")


def run_marked(job, names):
    """Runs the script with its replacements marked."""
    module = types.ModuleType("__main__")
    module.__file__ = str(job.script)
    setattr(module, marks.CALL, names.replace)
    sys.modules["__main__"] = module
    exec(marks.compiled(job.script.read_bytes(), str(job.script)), vars(module))


def run_script(job, names):
    """Runs it here; returns how it ended."""
    sys.argv = [job.tool(), *job.args]
    sys.path.append(str(job.script.parent))     # modules beside the script; the importer's come first
    try:
        if job.marked:
            run_marked(job, names)
        else:
            runpy.run_path(str(job.script), run_name="__main__")
        return "returned"
    except SystemExit as end:
        if state.stopped:
            return "stopped"
        code = end.code if isinstance(end.code, (int, type(None))) else f"'{end.code}'"
        return f"exit {code or 0}"
    except command_line.Accepts as found:
        return found.args
    except Refused as why:
        return str(why)
    except ModuleNotFoundError as error:
        return f"it needs the module '{error.name}', which this Python does not have"
    except BaseException as error:          # the script's mistake, or a hole in the stand-in
        line = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(line.filename)}:{line.lineno}"
        return f"{type(error).__name__} at {where}: {error}"


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES * 8, OUTPUT_BYTES * 8))


def in_child(job, folder):
    """The body of the forked process; never returns."""
    result_file = open(folder / "result", "w", encoding="utf-8")
    os.setsid()
    state.cwd = os.getcwd()
    os.chdir(folder)
    limit()
    output = os.open(folder / "output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    null = os.open(os.devnull, os.O_RDONLY)
    for number, fd in ((0, null), (1, output), (2, output)):
        os.dup2(fd, number)
    state.facts, state.strict, state.root = job.facts, job.strict, job.root
    state.script, words = str(job.script), callers.Words(job.script)
    unconfined = confine.confine(folder) if job.confined else []
    if job.confined:
        tempfile.tempdir = str(folder)
    sandbox.enter(own=job.confined, other=job.other_host)
    if job.options:
        words.given = job.args
        command_line.intercept(job.script, words)
    names, derived = marks.Names(words.line), []
    if job.derive:
        state.at_stop = lambda frame: derived.append(job.derive(job.script, frame, state.programs))
    end = run_script(job, names)
    programs = [dataclasses.asdict(program) for program in state.programs]
    json.dump({"end": end, "programs": programs, "missing": state.missing, "asked": state.asked,
               "asked_at": state.asked_at, "found": state.found, "names": names.names,
               "lines": names.lines, "derived": derived[0] if derived else None,
               "unconfined": unconfined, "filters_containers": state.filters_containers}, result_file)
    result_file.close()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        pass
    os._exit(0)


def wait_for(pid):
    """Waits for the child, or kills it when its time is over; returns its wait status."""
    deadline = time.monotonic() + WALL_SECONDS
    pause = 0.002
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return None


def end_group(pid):
    """Ends what a script has started and left."""
    try:
        os.killpg(pid, 9)
    except ProcessLookupError:
        pass


def run(job):
    """Runs a job; returns {end, programs, missing, asked, output}."""
    with tempfile.TemporaryDirectory(prefix="b2c-corpus-") as name:
        folder = pathlib.Path(name)
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            try:
                in_child(job, folder)
            finally:
                os._exit(3)
        status = wait_for(pid)
        end_group(pid)
        text = (folder / "result").read_text(encoding="utf-8") if status == 0 else ""
        result = json.loads(text) if text else {"programs": [], "missing": [], "asked": []}
        if not text:
            result["end"] = "killed: time" if status is None else f"killed: status {status}"
        output = folder / "output"
        raw = output.read_bytes()[:OUTPUT_BYTES] if output.exists() else b""
        result["output"] = raw.decode("utf-8", "replace")
        return result


assert bcc.state is state
