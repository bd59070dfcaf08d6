# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""bcc2core import: makes TOOL.c and TOOL.yaml of a Python script for bcc.

Started by the command, which gives: the kernels' answers, its own path, the architecture, the
folder to write to, -v or nothing, the script, and the script's arguments.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

os.environ.pop("B2C_BCC_MODULES", None)

import explore  # noqa: E402
import kernel_facts  # noqa: E402
import settle  # noqa: E402
import yaml_text  # noqa: E402


# A parameter of a traced function that no kernel has by this name and type.
UNBOUND = re.compile(r"\.c:(\d+):\d+: warning: .* \[parameter-type\]")


def write(folder, files):
    """Writes all files or none; those that are there already are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if (folder / name).exists():
            raise explore.ImportFailure(f"'{folder / name}' exists: remove it, or give another "
                                        "folder with -o")
    made = []
    try:
        for name, text in files.items():
            made.append(folder / name)
            made[-1].write_text(text, encoding="utf-8")
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        raise explore.ImportFailure(f"can't write '{made[-1]}': {error.strerror}") from error


def report(made):
    """What became of the script, in lines."""
    for title, lines in (("note", made.notes), ("translated", made.done), ("approximated", made.approximated),
                         ("missing", made.missing)):
        for line in dict.fromkeys(lines):
            yield f"{title}: {line}"


def comments(made):
    """What is missing, for the head of the manifest."""
    lines = [one for line in dict.fromkeys(made.missing)
             for one in textwrap.wrap(line, 96, initial_indent="- ", subsequent_indent="  ",
                                      break_long_words=False, break_on_hyphens=False)]
    return ["Missing of the script:", *lines] if lines else []


def files_of(made):
    """{name: text} of a tool."""
    manifest = {"tool": made.name, "source": f"{made.name}.c"}
    for key in ("code", "options", "arguments", "filters", "facts", "replace", "maps", "attach",
                "start", "outputs", "end"):
        if key in made.manifest:
            manifest[key] = made.manifest[key]
    files = {f"{made.name}.c": made.source, f"{made.name}.yaml": yaml_text.text(manifest, comments(made))}
    if made.code:
        files[f"{made.name}_code.c"] = made.code
    return files


def refusal(command, arch, made):
    """What 'bcc2core check' says against a tool, or ""."""
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder), files_of(made))
        done = subprocess.run([command, "check", "--arch", arch, f"{made.name}.c"], cwd=folder,
                              text=True, capture_output=True, check=False)
    lines = [line for line in done.stderr.splitlines() if ": error: " in line]
    made.unbound = [int(number) for number in UNBOUND.findall(done.stderr)]
    return "" if not done.returncode else (lines or [f"status {done.returncode}"])[0]


def main():
    facts, command, arch, output, _verbose, script, *args = sys.argv[1:]
    path = pathlib.Path(script)
    try:
        if not path.is_file():
            raise explore.ImportFailure("there is no such file")
        compile(path.read_bytes(), script, "exec", dont_inherit=True)
        with tempfile.TemporaryDirectory(prefix="bcc2core-") as scratch:
            tempfile.tempdir = scratch
            explorer = explore.Explorer(path.resolve(), args, kernel_facts.read(facts))
            made = settle.convert(lambda one: refusal(command, arch, one), explorer)
        write(pathlib.Path(output), files_of(made))
    except (explore.ImportFailure, OSError, SyntaxError, ValueError) as failure:
        print(f"bcc2core: error: can't import '{script}': {failure} [import]", file=sys.stderr)
        return 1
    for line in report(made):
        print(line)
    return 0


sys.exit(main())
