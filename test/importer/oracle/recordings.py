# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""recorded/TOOL.txt: the commands, a line of dashes, and what bcc's script printed for them."""

import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent / "recorded"
RULE = "-" * 8


def commands(tool, watch):
    """The lines that say how a recording was made."""
    end = [f"# ended by SIG{watch.signal}"] if watch.signal else []
    return "".join(f"{line}\n" for line in [
        f"$ {' '.join([tool, *watch.args])}", *(f"$ {' '.join(words)}" for words in watch.work),
        *end])


def read(tool):
    """(commands, output) of a recording, or None."""
    path = FOLDER / f"{tool}.txt"
    if not path.exists():
        return None
    head, _, output = path.read_text(encoding="utf-8").partition(f"{RULE}\n")
    return head, output


def stale(tool, watch):
    """Whether there is no recording of these commands."""
    kept = read(tool)
    return not kept or kept[0] != commands(tool, watch)


def write(tool, watch, output):
    """Keeps an output."""
    FOLDER.mkdir(exist_ok=True)
    text = f"{commands(tool, watch)}{RULE}\n{output}"
    (FOLDER / f"{tool}.txt").write_text(text, encoding="utf-8")
