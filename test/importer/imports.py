# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The scoreboard of imports as files: docs/imports.tsv for comparison, docs/imports.md for people.

Called by yardstick.py. A row is a script of a package; of each of STEPS it says "yes", why not, or "-"
where the step before failed or nothing is known. Nothing in it depends on the host or the day.
"""

import collections
import re

STEPS = ("imported", "built", "verified", "same output")
NONE = "-"
HEADER = "package\ttool\targuments\t" + "\t".join(STEPS) + "\tleft"
REASON_LENGTH = 160


def stable(reason):
    """A reason without what changes from run to run: numbers of many digits, paths."""
    reason = re.sub(r"\s+", " ", reason)
    reason = re.sub(r"0x[0-9a-f]+|\b\d{4,}\b", "N", reason)
    reason = re.sub(r"(?<![\w.])/\S*/", "", reason)
    return reason if len(reason) <= REASON_LENGTH else reason[:REASON_LENGTH - 3] + "..."


def line(row):
    """A line of the file of a row: {"package", "tool", "args", STEPS..., "left": lines}."""
    steps = (stable(row[step]) or NONE for step in STEPS)
    return "\t".join([row["package"], row["tool"], " ".join(row["args"]) or NONE, *steps,
                      str(len(row["left"]))])


def tsv(rows):
    return "".join(one + "\n" for one in [HEADER, *sorted(line(row) for row in rows)])


def read(text):
    """{(package, tool): {step: word}} of a file's text."""
    found = {}
    for one in text.splitlines()[1:]:
        package, tool, _, *steps, left = one.split("\t")
        found[package, tool] = {**dict(zip(STEPS, steps)), "left": int(left)}
    return found


def kind(word):
    """What is compared of a step: reasons are for people."""
    return word if word in ("yes", NONE) else "no"


def differences(old, new):
    """Lines on what is not as the file says."""
    for key in sorted({*old, *new}):
        name = f"{key[1]} ({key[0]})"
        if key not in new:
            yield f"gone: {name}: the package has no such script any more"
        elif key not in old:
            yield f"new: {name}: regenerate the scoreboard"
        else:
            yield from changes(name, old[key], new[key])


def changes(name, was, now):
    """Lines on the steps of a script that went otherwise."""
    for step in STEPS:
        before, after = kind(was[step]), kind(now[step])
        if before == after:
            continue
        if step == STEPS[-1] and (before, after) == ("no", "yes"):
            continue                    # what depends on the guest's pace may agree now and then
        if before == "yes":
            yield f"worse: {name}: not {step}: {now[step]}"
        else:
            yield f"better: {name}: {step} is {after}, was {before}: regenerate the scoreboard"
        return
    if now["left"] != was["left"]:
        yield f"other: {name}: {now['left']} lines are left, were {was['left']}: " \
              "regenerate the scoreboard"


def agreeing(old, new):
    """(steps done, steps known as not done) that are as the file says."""
    same = [kind(new[key][step]) for key in new if key in old for step in STEPS
            if kind(new[key][step]) == kind(old[key][step])]
    return same.count("yes"), same.count("no")


# For people.


def share(part, whole):
    return f"{part} of {whole} ({100 * part // whole}%)" if whole else NONE


def summary_lines(rows):
    yield f"| bcc | scripts | {' | '.join(STEPS)} | nothing left |"
    yield "|---|---|" + "---|" * (len(STEPS) + 1)
    for package in sorted({row["package"] for row in rows}):
        some = [row for row in rows if row["package"] == package]
        cells = [share(sum(row[step] == "yes" for row in some), len(some)) for step in STEPS]
        whole = sum(row["imported"] == "yes" and not row["left"] for row in some)
        yield f"| {package} | {len(some)} | {' | '.join(cells)} | {share(whole, len(some))} |"


def script_lines(rows):
    yield f"| script | bcc | arguments | {' | '.join(STEPS)} | left |"
    yield "|---|---|---|" + "---|" * (len(STEPS) + 1)
    for row in sorted(rows, key=lambda row: (row["tool"], row["package"])):
        cells = [kind(row[step] or NONE) for step in STEPS]
        words = f"`{' '.join(row['args'])}`" if row["args"] else ""
        yield (f"| {row['tool']} | {row['package']} | {words.replace('|', chr(92) + '|')} | "
               f"{' | '.join(cells)} | {len(row['left'])} |")


def general(text):
    """A report's line without the names and numbers of one script."""
    text = re.sub(r"^missing: (line \d+: )?", "", stable(text))
    return re.sub(r"'[^']*'|--[\w-]+|\b[A-Z_0-9]{2,}\b|\d+", "...", text)


def cause_lines(rows):
    found = collections.defaultdict(dict)
    for row in rows:
        failed = [f"not {step}: {stable(row[step])}" for step in STEPS
                  if kind(row[step] or NONE) == "no"]
        for text in [*failed, *(general(one) for one in row["left"])]:
            found[text][row["tool"]] = True
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    for text, tools in ordered:
        yield f"- {len(tools)} ({next(iter(tools))}): {text}"


def markdown(template, rows):
    parts = {"summary": summary_lines, "scripts": script_lines, "causes": cause_lines}
    lines = []
    for one in template.splitlines():
        match = re.fullmatch(r"\$(\w+)\$", one)
        lines += parts[match.group(1)](rows) if match else [one]
    return "\n".join(lines) + "\n"
