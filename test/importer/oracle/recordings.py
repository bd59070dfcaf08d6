# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""recorded/TOOL.txt: the commands, a line of dashes, and what bcc's script printed for them.

recorded/PACKAGE/TOOL.txt is of another version's script that prints something else.
"""

import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent / "recorded"
RULE = "-" * 8
PACKAGE = "0.26"                # whose recordings are those of all where a package has none of its own


def commands(tool, watch):
    """The lines that say how a recording was made."""
    end = [f"# ended by SIG{watch.signal}"] if watch.signal else []
    first = [f"# the first of these is process {watch.pid}"] if watch.pid else []
    return "".join(f"{line}\n" for line in [
        f"$ {' '.join([tool, *watch.args, *watch.imported])}", *first, *(f"$ {' '.join(words)}" for words in watch.work),
        *end])


def path(tool, package=PACKAGE):
    own = FOLDER / package / f"{tool}.txt"
    return own if own.exists() else FOLDER / f"{tool}.txt"


def read(tool, package=PACKAGE):
    """(commands, output) of a recording, or None."""
    file = path(tool, package)
    if not file.exists():
        return None
    head, _, output = file.read_text(encoding="utf-8").partition(f"{RULE}\n")
    return head, output


def stale(tool, watch, package=PACKAGE):
    """Whether there is no recording of these commands."""
    kept = read(tool, package)
    return not kept or kept[0] != commands(tool, watch)


def write(tool, watch, output, package=PACKAGE):
    """Keeps an output."""
    folder = FOLDER if package == PACKAGE else FOLDER / package
    folder.mkdir(parents=True, exist_ok=True)
    text = f"{commands(tool, watch)}{RULE}\n{output}"
    (folder / f"{tool}.txt").write_text(text, encoding="utf-8")
