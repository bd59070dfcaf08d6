# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares what `bcc2core check --kernels` says with what the kernels did.

Called by run.py after the objects were loaded. A disagreement is a "false ok" (the kernel refuses a
program that was said to load) or a "false fails". What check calls unknown is neither, and so is a text
that it refuses because no kernel of the data has what a program is attached to.
"""

import concurrent.futures
import dataclasses
import json
import pathlib
import subprocess

import translate

# Errors about places alone: the objects exist and load, and no kernel can attach them.
NO_PLACE = {"attach-none", "function-unknown", "syscall-unknown", "tracepoint-unknown"}
FALSE = ("false ok", "false fails")


@dataclasses.dataclass
class Said:
    """What check says of a text: rows by program and kernel, or whether it is refused for places."""
    verdicts: dict
    refused: bool = False


def read(stdout):
    """{(program, kernel): verdict} of check's output."""
    rows = [json.loads(line) for line in stdout.splitlines()]
    found = {(row["program"], row["kernel"]): row for row in rows if row["type"] == "verdict"}
    # The object asks for the first place only, the tool for any.
    several = {row["program"] for row in rows
               if row["type"] == "need" and row["need"] == "place" and " or " in row["name"]}
    for (program, _), verdict in found.items():
        verdict["alternatives"] = program in several
    return found


def ask(command, text):
    """What check says of a translated text."""
    folder = pathlib.Path(text["outcome"].object).parent
    manifest = f"{text['tool']}.yaml"
    words = ["env", "-C", str(folder), command, "check", "--kernels", "--json",
             f"{text['tool']}.c", "--arch", text["arch"], *translate.flags_of(text["cflags"])]
    words += ["-m", manifest] if (folder / manifest).exists() else ["--no-manifest"]
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          timeout=translate.SECONDS)
    if done.returncode == 0:
        return Said(read(done.stdout))
    ids = {one.id for one in translate.read_diagnostics(done.stderr)}
    return Said({}, refused=done.returncode == 1 and bool(ids) and ids <= NO_PLACE)


def ask_all(texts, command, jobs):
    """{digest: Said} of every text that was loaded anywhere."""
    distinct = {text["digest"]: text for text in texts if any(text["loaded"].values())}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        said = pool.map(lambda text: ask(command, text), distinct.values())
        return dict(zip(distinct, said))


def judge(said, loaded, kernel):
    """One program on a kernel: "right", "unknown", "refused", "missing", "passed over" or one of
    FALSE. Of a kprobe in two forms a tool loads one; the verdict on the other says that, not whether
    it loads."""
    verdict = said.verdicts.get((loaded.program, kernel.split("-")[0]))
    if not verdict:
        return "refused" if said.refused else "missing"
    if verdict["loads"] == "unknown":
        return "unknown"
    if verdict["loads"] == "no" and (verdict["reason"] or "").endswith(" instead"):
        return "passed over"
    if loaded.verdict == "absent" and verdict["alternatives"]:
        return "right"
    if (loaded.verdict == "ok") == (verdict["loads"] == "yes"):
        return "right"
    return "false fails" if loaded.verdict == "ok" else "false ok"


def compare(texts, command, jobs):
    """(lines on what is wrong, counts of judgements)."""
    said_of = ask_all(texts, command, jobs)
    counts = dict.fromkeys(("right", *FALSE, "unknown", "refused", "missing", "passed over"), 0)
    wrong = set()
    for text in texts:
        for kernel, programs in text["loaded"].items():
            for loaded in programs:
                if loaded.program == "-":
                    continue
                said = said_of[text["digest"]]
                kind = judge(said, loaded, kernel)
                counts[kind] += 1
                if kind not in (*FALSE, "missing"):
                    continue
                verdict = said.verdicts.get((loaded.program, kernel.split("-")[0]))
                why = verdict["reason"] if kind == "false fails" else \
                    loaded.reason() if verdict else "check gives no verdict"
                wrong.add(f"{kind}: {text['package']} {text['id']} {loaded.program} on {kernel}: "
                          f"{why}")
    return sorted(wrong), counts


def summary(counts):
    said = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    return f"check --kernels against the kernels: {sum(counts.values())} programs: {said}"
