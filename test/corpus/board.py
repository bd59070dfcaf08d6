# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The scoreboard as a file: docs/corpus.tsv for comparison, docs/corpus.md for people.

Called by run.py. A row is a text: packages, tool, options, the kernels it was recorded on, a letter
of LETTERS for each kernel, reasons. Nothing in it depends on the host, the day or a package's revision.
"""

import collections
import dataclasses
import re

import facts
import scoreboard

# From best to worst; the first four are as it should be. Small letters are for kernels that the text
# was not recorded on, "." for kernels that it was not tried on.
LETTERS = {"ok": "V", "empty": "E", "absent": "P", "rightly": "N", "error": "R",
           "untranslated": "T"}
WORDS = {"V": "verified", "E": "has no program", "P": "lacks its place", "N": "rightly refused",
         "R": "refused by the verifier", "T": "not translated", ".": "not tried"}
ORDER = "VEPNRT."
GOOD, APART, MISSED = "VEPN", "EPN", "RT"
NOT_TRIED = "."
HEADER = "packages\ttool\toptions\trecorded on\tresults\treasons"
REASON_LENGTH = 160


@dataclasses.dataclass
class Row:
    """One text. `results` has a letter for each of facts.KERNELS."""
    packages: tuple
    tool: str
    options: str
    kernels: tuple
    results: str
    reasons: str = ""

    def line(self):
        return "\t".join([" ".join(self.packages), self.tool, self.options,
                          " ".join(self.kernels), self.results, self.reasons])

    def of_kernel(self, kernel):
        return self.results[facts.KERNELS.index(kernel)]


# From results to rows.


def letter(text, kernel):
    """What became of a text on a kernel."""
    if not kernel.endswith(text["arch"]):
        return NOT_TRIED
    if not text["outcome"].ok():
        found = LETTERS["rightly" if scoreboard.rightly_refused(text) else "untranslated"]
    else:
        found = LETTERS.get(scoreboard.loads_here(text, kernel), NOT_TRIED)
    return found if kernel in text["kernels"] else found.lower()


def stable(reason):
    """A reason without what changes from run to run: registers' bounds, addresses, line numbers."""
    reason = re.sub(r"\s+", " ", reason)
    reason = re.sub(r"0x[0-9a-f]+|\b\d{4,}\b", "N", reason)
    return reason if len(reason) <= REASON_LENGTH else reason[:REASON_LENGTH - 3] + "..."


def load_reason(text, kernel):
    """Why a text is not verified on a kernel."""
    programs = text["loaded"].get(kernel) or []
    bad = [one for verdict in ("error", "absent") for one in programs if one.verdict == verdict]
    return f"{bad[0].program}: {bad[0].reason()}" if bad else "nothing is attached"


def reasons(text):
    """{reason: kernels} of the misses of a text, in the order of the kernels."""
    found = collections.defaultdict(list)
    outcome = text["outcome"]
    if not outcome.ok():
        one = outcome.diagnostics[0]
        found[stable(f"{one.message} [{one.id}]")] = [text["arch"]]
        return found
    for kernel in text["loaded"]:
        if kernel in text["kernels"] and letter(text, kernel) in "EPR":
            found[stable(load_reason(text, kernel))].append(kernel)
    return found


def joined(reasons_by_kernel):
    """Reasons as one field."""
    return "; ".join(f"{' '.join(where)}: {reason}".replace("\t", " ")
                     for reason, where in reasons_by_kernel.items())


def options_of(text):
    return " ".join(text["settings"][0]["args"]) or "-"


def merged(texts):
    """Rows of the texts: the same text for both machines, or in several packages, is one row."""
    machines = collections.defaultdict(list)
    for text in texts:
        key = (text["package"], text["tool"], text["text"], tuple(text["cflags"]))
        machines[key].append(text)
    packages, rows = collections.defaultdict(list), {}
    for (package, *_), same in machines.items():
        kernels = tuple(name for name in facts.KERNELS
                        if any(name in text["kernels"] for text in same))
        results = "".join(min((letter(text, name) for text in same),
                              key=lambda one: one == NOT_TRIED) for name in facts.KERNELS)
        why = {}
        for text in same:
            for reason, where in reasons(text).items():
                why.setdefault(reason, []).extend(where)
        row = Row((), same[0]["tool"], options_of(same[0]), kernels, results, joined(why))
        key = row.line()
        rows.setdefault(key, row)
        packages[key].append(package)
    for key, row in rows.items():
        row.packages = tuple(sorted(set(packages[key])))
    return sorted(rows.values(), key=lambda row: (row.tool, row.options, row.kernels, row.line()))


# The file.


def tsv(rows):
    return "".join(line + "\n" for line in [HEADER, *(row.line() for row in rows)])


def read(text):
    """The rows of a file's text."""
    rows = []
    for line in text.splitlines()[1:]:
        packages, tool, options, kernels, results, why = line.split("\t")
        rows.append(Row(tuple(packages.split()), tool, options, tuple(kernels.split()), results,
                        why))
    return rows


def cells(rows):
    """{(package, tool, options, kernel): the worst letter} where a text was recorded. This is
    what is compared: it survives a package's new revision as long as the results do."""
    found = {}
    for row in rows:
        for package in row.packages:
            for kernel in row.kernels:
                key = (package, row.tool, row.options, kernel)
                found[key] = max(found.get(key, "V"), row.of_kernel(kernel), key=ORDER.index)
    return found


def differences(old, new):
    """Lines on what is not as the file says; `new` may have cells that were not tried."""
    before, after = cells(old), cells(new)
    for key in sorted({*before, *after}):
        package, tool, options, kernel = key
        name = f"{tool} {options} ({package}) on {kernel}"
        was, now = before.get(key), after.get(key)
        if now is None:
            yield f"gone: {name}: the tool makes no such text any more"
        elif was is None:
            yield f"new: {name}: {WORDS[now]}: regenerate the scoreboard"
        elif now == NOT_TRIED or was == now:
            continue
        elif ORDER.index(now) > ORDER.index(was):
            yield f"worse: {name}: {WORDS[now]}, was {WORDS[was]}"
        else:
            yield f"better: {name}: {WORDS[now]}, was {WORDS[was]}: regenerate the scoreboard"


def agreeing(old, new):
    """(good, misses): how many cells are as the file says, by what it says."""
    before = cells(old)
    same = [one for key, one in cells(new).items() if before.get(key) == one]
    return sum(one in GOOD for one in same), sum(one in MISSED for one in same)


# For people.


def tally(rows, package, kernel=None):
    """Counts of letters of a package's rows on a kernel; on none: of the worst of the row."""
    counts = collections.Counter()
    for row in rows:
        if package not in row.packages:
            continue
        if kernel is None:
            counts["texts"] += 1
            counts["translated"] += not set("NT") & set(row.results)
            counts["N"] += "N" in row.results and "T" not in row.results
        elif kernel in row.kernels:
            counts[row.of_kernel(kernel)] += 1
            counts["texts"] += 1
    return counts


def share(part, whole):
    return f"{part} of {whole}" if part != whole else str(whole)


def cell(counts, good, apart):
    """"551 + 1 P + 3 N of 578": what is good, what stands apart by letter, of how many."""
    others = "".join(f" + {counts[one]} {one}" for one in apart if counts[one])
    if not others and counts[good] == counts["texts"]:
        return str(counts["texts"] or "-")
    return f"{counts[good]}{others} of {counts['texts']}"


def summary_lines(rows, recordings):
    """The table on top: a line for each package."""
    yield "| bcc | tools with a text | texts | translated | " + " | ".join(facts.KERNELS) + " |"
    yield "|---|---|---|---|" + "---|" * len(facts.KERNELS)
    for recording in recordings:
        package = recording["package"]
        tools = {row.tool for row in rows if package in row.packages}
        whole = tally(rows, package)
        columns = []
        for kernel in facts.KERNELS:
            counts = tally(rows, package, kernel)
            columns.append(cell(counts, "V", APART))
        yield (f"| {package} | {share(len(tools), len(recording['tools']))} | {whole['texts']} | "
               f"{cell(whole, 'translated', 'N')} | {' | '.join(columns)} |")


def tool_lines(rows, versions):
    """The table of tools: a line for each tool and package."""
    yield "| tool | bcc | texts | translated | " + " | ".join(facts.KERNELS) + " |"
    yield "|---|---|---|---|" + "---|" * len(facts.KERNELS)
    for tool in sorted({row.tool for row in rows}):
        of_tool = [row for row in rows if row.tool == tool]
        for package in versions:
            whole = tally(of_tool, package)
            if not whole["texts"]:
                continue
            columns = []
            for kernel in facts.KERNELS:
                counts = tally(of_tool, package, kernel)
                columns.append(cell(counts, "V", APART))
            yield (f"| {tool} | {package} | {whole['texts']} | "
                   f"{cell(whole, 'translated', 'N')} | {' | '.join(columns)} |")


def letters_of(row, where):
    """The letters of a row on the kernels or machines of a reason."""
    return {row.of_kernel(kernel) for kernel in row.kernels
            if any(kernel.endswith(one) for one in where)}


def reason_lines(rows, letters):
    """A line for each tool and reason, of results with these letters."""
    found = collections.defaultdict(lambda: (set(), []))
    for row in rows:
        for part in filter(None, row.reasons.split("; ")):
            where, _, reason = part.partition(": ")
            if not letters_of(row, where.split()) & set(letters):
                continue
            packages, options = found[row.tool, reason]
            packages.update(where.split())
            options.append(row.options)
    for (tool, reason), (where, options) in sorted(found.items()):
        order = [name for name in (*facts.KERNELS, "x86_64", "arm64") if name in where]
        text = reason.replace("|", "\\|")
        yield f"- {tool} ({len(options)} texts, first `{options[0]}`; {', '.join(order)}): {text}"


def unrecorded(recordings):
    """Lines on the settings that made no text: {reason: settings}."""
    found = collections.defaultdict(set)
    for recording in recordings:
        for run in recording["lost"]:
            words = " ".join([run["tool"], *run["args"]])
            if run["end"] == "exit 2":
                reason = "the tool refuses the arguments"
            elif " at " in run["end"]:
                reason = re.sub(r" at \S+: .*", " in the script", run["end"])
            else:
                reason = "the tool ends before it makes a program"
            found[reason].add(f"`{words}`")
    for reason, settings in sorted(found.items()):
        yield f"- {reason}: {', '.join(sorted(settings))}"


def textless(recordings):
    for recording in recordings:
        made = {text["tool"] for text in recording["texts"]}
        names = [tool for tool in recording["tools"] if tool not in made]
        yield f"- {recording['package']}: {', '.join(names) or 'none'}"


def fill(template, parts):
    """The template with each `$name$` line replaced by its part's lines."""
    lines = []
    for line in template.splitlines():
        match = re.fullmatch(r"\$(\w+)\$", line)
        lines += parts[match.group(1)] if match else [line]
    return "\n".join(lines) + "\n"


def markdown(template, rows, recordings):
    versions = [recording["package"] for recording in recordings]
    return fill(template, {
        "summary": list(summary_lines(rows, recordings)),
        "tools": list(tool_lines(rows, versions)),
        "apart": list(reason_lines(rows, APART)) or ["None."],
        "misses": list(reason_lines(rows, MISSED)) or ["None."],
        "textless": list(textless(recordings)),
        "unrecorded": list(unrecorded(recordings)) or ["None."]})
