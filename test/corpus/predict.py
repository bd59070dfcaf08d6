# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares what `bcc2core check --kernels` says with what the kernels did.

Called by run.py --predict after the objects were loaded. A disagreement is a "false ok" (the kernel refuses
a program that was said to load) or a "false fails". What check does not know is neither.
"""

import concurrent.futures
import json
import pathlib
import subprocess

import translate


def verdicts(command, text):
    """{(program, kernel): verdict} of a text, as check gives them."""
    folder = pathlib.Path(text["outcome"].object).parent
    manifest = f"{text['tool']}.yaml"
    words = ["env", "-C", str(folder), command, "check", "--kernels", "--json",
             f"{text['tool']}.c", "--arch", text["arch"], *translate.flags_of(text["cflags"])]
    words += ["-m", manifest] if (folder / manifest).exists() else ["--no-manifest"]
    done = subprocess.run(words, capture_output=True, text=True, check=False,
                          timeout=translate.SECONDS)
    rows = [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else []
    found = {(row["program"], row["kernel"]): row for row in rows if row["type"] == "verdict"}
    # The object asks for the first place only, the tool for any.
    several = {row["program"] for row in rows
               if row["type"] == "need" and row["need"] == "place" and " or " in row["name"]}
    for (program, _), verdict in found.items():
        verdict["alternatives"] = program in several
    return found


def predict_all(texts, command, jobs):
    """{digest: verdicts} of every text that was loaded anywhere."""
    distinct = {text["digest"]: text for text in texts if any(text["loaded"].values())}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        found = pool.map(lambda text: verdicts(command, text), distinct.values())
        return dict(zip(distinct, found))


def disagreement(verdict, loaded):
    """"false ok", "false fails", "unknown" or None for one program on one kernel."""
    if verdict["loads"] == "unknown":
        return "unknown"
    if loaded.verdict == "absent" and verdict.get("alternatives"):
        return None
    if loaded.verdict == "ok":
        return None if verdict["loads"] == "yes" else "false fails"
    return "false ok" if verdict["loads"] == "yes" else None


def compare(texts, command, jobs):
    """(how many are wrong, the comparison in lines)."""
    predicted = predict_all(texts, command, jobs)
    counts, found, missing = {}, set(), 0
    for text in texts:
        for kernel, programs in text["loaded"].items():
            for loaded in programs:
                verdict = predicted[text["digest"]].get((loaded.program, kernel.split("-")[0]))
                if not verdict:
                    missing += loaded.program != "-"
                    continue
                kind = disagreement(verdict, loaded)
                counts[kind] = counts.get(kind, 0) + 1
                if kind in ("false ok", "false fails"):
                    reason = loaded.reason() if kind == "false ok" else verdict["reason"]
                    found.add(f"  {kind}: {text['id']} {loaded.program} on {kernel}: {reason}")
    said = ", ".join(f"{counts.get(kind, 0)} {kind}" for kind in ("false ok", "false fails",
                                                                  "unknown"))
    head = (f"check --kernels against the kernels: {sum(counts.values())} programs, {said}, "
            f"{missing} without a verdict")
    return len(found) + missing, [head, *sorted(found)]
