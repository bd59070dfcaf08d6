# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Translates one recorded text with bcc2core and reads what it says.

Called by run.py for every text, in several threads.
"""

import dataclasses
import pathlib
import re
import resource
import signal
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "importer"))

import attaches  # noqa: E402

SECONDS = 120
PEAK = pathlib.Path(__file__).with_name("peak.py")
MEMORY_BYTES = 4 << 30
DIAGNOSTIC = re.compile(r"^(?P<file>[^\s:][^:]*)(?::(?P<line>\d+))?(?::\d+)?: "
                        r"(?P<level>error|fatal error): (?P<message>.*?)(?: \[(?P<id>[\w-]+)\])?$")
QUOTED = re.compile(r"'(?:[^']*)'")


@dataclasses.dataclass
class Diagnostic:
    """One error of bcc2core, with the line of source that it shows."""
    id: str
    message: str
    file: str
    line: int
    shown: str = ""

    def cause(self):
        """What it has in common with others: the id and the message without the user's words."""
        message = self.message.partition("; did you mean")[0]
        return f"{QUOTED.sub('...', message)} [{self.id}]"

    def word(self):
        """The first of the user's words in it."""
        found = QUOTED.search(self.message)
        return found.group().strip("'") if found else ""


@dataclasses.dataclass
class Outcome:
    """What came of one text."""
    status: int = 0
    diagnostics: list = dataclasses.field(default_factory=list)
    stderr: str = ""
    seconds: float = 0
    megabytes: int = 0
    object: str = ""
    # None where `check` was not asked.
    check_status: object = None
    check_diagnostics: list = dataclasses.field(default_factory=list)
    # With the manifest made simple, where the real one was refused.
    simple: object = None

    def ok(self):
        return self.status == 0 and bool(self.object)


def read_diagnostics(text):
    """Errors in the order of the text, each once."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        match = DIAGNOSTIC.match(line)
        if not match:
            continue
        shown = lines[number + 1] if number + 1 < len(lines) else ""
        shown = shown.partition(" | ")[2].strip() if " | " in shown else ""
        one = Diagnostic(match["id"] or "none", match["message"], match["file"],
                         int(match["line"] or 0), shown)
        if one not in found:
            found.append(one)
    return found


def last_words(status, stderr):
    """A diagnostic for an end without one: a crash, a signal, a time-out."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    said = next((line for line in lines if re.search(r"bug|fail|assert|error|UNREACH", line, re.I)),
                lines[-1] if lines else "")
    if status == -signal.SIGKILL:
        kind = "killed: time or memory"
    elif status < 0:
        kind = f"crash: {signal.Signals(-status).name}"
    else:
        kind = f"status {status} without a diagnostic"
    return Diagnostic(kind.replace(" ", "-").replace(":", ""), said[:300], "", 0)


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_command(command, log):
    """(status, stderr, seconds of CPU, megabytes) of a command; the last two are 0 if it was killed."""
    peak = log.with_suffix(".peak")
    with open(log, "wb+") as file:
        process = subprocess.Popen(["timeout", "-s", "KILL", str(SECONDS), sys.executable, "-IS", str(PEAK),
                                    str(peak), *command],
                                   stdin=subprocess.DEVNULL, stdout=file, stderr=file, preexec_fn=limit)
        code = process.wait()
        file.seek(0)
        text = file.read().decode("utf-8", "replace")
    code = 128 - code if code > 128 else code   # timeout says 128+N of a command that N ended
    if code in (126, 127):
        raise OSError(f"cannot run {command}: {text.strip()}")
    seconds, kibibytes = (peak.read_text(encoding="ascii") if peak.exists() else "0 0").split()
    peak.unlink(missing_ok=True)
    return code, text, float(seconds), int(kibibytes) >> 10


def flags_of(cflags):
    """cflags of bcc as options of bcc2core, which has none for warnings and needs none."""
    return [part for flag in cflags if not flag.startswith("-W")
            for part in ([flag[:2], flag[2:]] if flag[:2] in ("-D", "-I") else [flag])]


def manifest_words(found, path):
    """The options that give bcc2core the entries; a script that attaches nothing needs no file."""
    if not found:
        return ["--no-manifest"]
    path.write_text(attaches.yaml_of(found), encoding="utf-8")
    return ["-m", path.name]


def run_object(command, folder, entry, simple_of=None):
    """`bcc2core object` on a text in `folder`, with its manifest or one made simple."""
    found = attaches.entries(entry["attaches"], entry["facts"])
    if simple_of:
        found = [attaches.simple(item) for item in found]
    stem = "simple" if simple_of else entry["tool"]
    manifest = manifest_words(found, folder / f"{stem}.yaml")
    output = folder / f"{stem}.bpf.o"
    full = ["env", "-C", str(folder), command, "object", f"{entry['tool']}.c", *manifest, "-o",
            output.name, "--arch", entry["arch"], *flags_of(entry["cflags"])]
    status, text, seconds, megabytes = run_command(full, folder / f"{stem}.log")
    outcome = Outcome(status, read_diagnostics(text), text, seconds, megabytes)
    if status == 0 and output.exists():
        outcome.object = str(output)
    elif not outcome.diagnostics:
        outcome.diagnostics = [last_words(status, text)]
    return outcome


def run_check(command, folder, entry, outcome):
    """`bcc2core check` on the same."""
    found = attaches.entries(entry["attaches"], entry["facts"])
    words = ["env", "-C", str(folder), command, "check", f"{entry['tool']}.c",
             *manifest_words(found, folder / f"{entry['tool']}.yaml"), "--arch", entry["arch"],
             *flags_of(entry["cflags"])]
    outcome.check_status, said, _, _ = run_command(words, folder / "check.log")
    outcome.check_diagnostics = read_diagnostics(said)


def translate(command, entry, folder, check=False):
    """The Outcome of a text; its files stay in `folder`."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{entry['tool']}.c").write_text(entry["text"], encoding="utf-8",
                                               errors="surrogateescape")
    outcome = run_object(command, folder, entry)
    if check:
        run_check(command, folder, entry, outcome)
    if not outcome.ok() and all(one.file.endswith(".yaml") for one in outcome.diagnostics):
        outcome.simple = run_object(command, folder, entry, simple_of=outcome)
    return outcome
