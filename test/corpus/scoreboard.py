# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The corpus's scoreboard: counts, and the misses grouped by cause.

Called by run.py with texts that carry `outcome` and, after --load, `loaded` {kernel: programs}.
"""

import collections
import statistics


# Ids that say that the text can work nowhere: no kernel of the data has what it needs (the message
# says which were looked at), or no compiler takes it.
RIGHTLY = {"function-unknown", "syscall-unknown", "tracepoint-unknown", "field-unknown",
           "name-elsewhere"}


def share(part, whole):
    return f"{part}/{whole} ({100 * part / whole:.1f}%)" if whole else "0/0"


def causes_of(text):
    """Distinct causes of a text's failure in order; of the simple manifest too, where made."""
    outcome = text["outcome"]
    found = [one.cause() for one in outcome.diagnostics]
    if outcome.simple and not outcome.simple.ok():
        found += [one.cause() for one in outcome.simple.diagnostics]
    return list(dict.fromkeys(found))


# Counts.


def rightly_refused(text):
    """Whether bcc2core refuses a text for nothing but what no kernel has or no compiler takes."""
    outcome = text["outcome"]
    return not outcome.ok() and bool(outcome.diagnostics) and \
        all(one.id in RIGHTLY for one in outcome.diagnostics)


def loads_here(text, kernel):
    """The verdict on a text's object on a kernel: all programs count, at least one must load
    unless the script attaches nothing."""
    programs = text["loaded"].get(kernel)
    if programs is None:
        return "not run"
    if not programs and not text["attaches"]:
        return "empty"
    verdicts = {program.verdict for program in programs}
    if "error" in verdicts or not verdicts:
        return "error"
    return "absent" if "absent" in verdicts else "ok"


def count_lines(title, texts, kernels):
    tools = {text["tool"] for text in texts}
    done = [text for text in texts if text["outcome"].ok()]
    right = sum(rightly_refused(text) for text in texts)
    whole = {tool for tool in tools
             if all(text["outcome"].ok() or rightly_refused(text) for text in texts if text["tool"] == tool)}
    behind = [text for text in texts if text["outcome"].simple and text["outcome"].simple.ok()]
    yield f"{title}: {len(texts)} texts of {len(tools)} tools"
    yield f"  translated to an object    {share(len(done), len(texts))}"
    yield f"  and rightly refused        {share(len(done) + right, len(texts))}"
    yield f"  tools with all of them     {share(len(whole), len(tools))}"
    yield f"  refused for the manifest alone, C goes through  {len(behind)}"
    for kernel in kernels:
        here = [text for text in texts if kernel in text["kernels"]]
        object_here = [text for text in here if text["outcome"].ok()]
        verdicts = collections.Counter(loads_here(text, kernel) for text in object_here)
        yield (f"  {kernel}: loads {share(verdicts['ok'], len(here))} of the texts recorded there; "
               f"of {len(object_here)} objects: {verdicts['error']} refused, "
               f"{verdicts['absent']} lack their place, {verdicts['empty']} without a program, "
               f"{verdicts['not run']} not run")


def time_lines(texts):
    seconds = sorted(text["outcome"].seconds for text in texts)
    megabytes = sorted(text["outcome"].megabytes for text in texts)
    if seconds:
        yield (f"bcc2core object, CPU time: median {statistics.median(seconds):.2f} s, "
               f"95% {seconds[int(len(seconds) * 0.95)]:.2f} s, most {seconds[-1]:.2f} s; "
               f"median {statistics.median(megabytes):.0f} MB, most {megabytes[-1]} MB")


def unequal_lines(texts):
    """Where `check` refuses what `object` takes, by cause, or the reverse."""
    groups = collections.defaultdict(lambda: (set(), []))
    for text in texts:
        outcome = text["outcome"]
        if outcome.check_status is None or (outcome.status == 0) == (outcome.check_status == 0):
            continue
        ones = outcome.check_diagnostics or outcome.diagnostics
        for cause in dict.fromkeys(one.cause() for one in ones) or ["no diagnostic"]:
            tools, examples = groups[cause]
            tools.add(text["tool"])
            examples.append(next((f"{text['id']}:{one.line}: {one.message}" for one in ones
                                  if one.cause() == cause), text["id"]))
    for cause in sorted(groups, key=lambda cause: (-len(groups[cause][0]), cause)):
        tools, examples = groups[cause]
        yield f"  {len(tools):3} tools: {cause}: {' '.join(sorted(tools))}"
        yield f"        e.g. {examples[0]}"


# Causes.


def words_of(cause, texts):
    """The user's words behind a cause, most tools first."""
    tools = collections.defaultdict(set)
    for text in texts:
        outcome = text["outcome"]
        ones = outcome.diagnostics + (outcome.simple.diagnostics if outcome.simple else [])
        for one in ones:
            if one.cause() == cause and one.word():
                tools[one.word()].add(text["tool"])
    order = sorted(tools, key=lambda word: (-len(tools[word]), word))
    return ", ".join(f"{word} {len(tools[word])}" for word in order[:14])


def example_of(cause, texts):
    for text in texts:
        outcome = text["outcome"]
        ones = outcome.diagnostics + (outcome.simple.diagnostics if outcome.simple else [])
        for one in ones:
            if one.cause() == cause:
                return f"{text['id']}:{one.line}: {one.message}   {one.shown}"
    return ""


def cause_lines(texts):
    """Causes by the number of tools that have them, with what each stands alone in the way of."""
    failed = [text for text in texts if not text["outcome"].ok()]
    having, first, alone = (collections.defaultdict(set) for _ in range(3))
    for text in failed:
        causes = causes_of(text)
        first[causes[0]].add(text["tool"])
        for cause in causes:
            having[cause].add(text["tool"])
        if len(causes) == 1:
            alone[causes[0]].add(text["tool"])
    yield "  tools | first in | alone in | cause"
    for cause in sorted(having, key=lambda c: (-len(alone[c]), -len(having[c]), c)):
        yield f"  {len(having[cause]):5} | {len(first[cause]):8} | {len(alone[cause]):8} | {cause}"
        yield f"        e.g. {example_of(cause, failed)}"
        words = words_of(cause, failed)
        if words:
            yield f"        words: {words}"
        names = sorted(having[cause])
        yield f"        tools: {' '.join(names[:20])}{' ...' if len(names) > 20 else ''}"


def greedy_lines(texts):
    """An order of fixes: next is what frees most tools once all before it are done."""
    left = [(text["tool"], set(causes_of(text))) for text in texts if not text["outcome"].ok()]
    total = 0
    while left:
        per_tool = collections.defaultdict(set)
        for tool, causes in left:
            per_tool[tool] |= causes
        gain = collections.Counter(next(iter(causes)) for causes in per_tool.values()
                                   if len(causes) == 1)
        if not gain:
            smallest = min(per_tool.values(), key=lambda causes: (len(causes), sorted(causes)))
            gain = collections.Counter({sorted(smallest)[0]: 0})
        cause, freed = sorted(gain.items(), key=lambda item: (-item[1], item[0]))[0]
        total += freed
        yield f"  +{freed:<3} {total:4}  {cause}"
        left = [(tool, causes - {cause}) for tool, causes in left if causes - {cause}]


def load_cause_lines(texts, kernels):
    """Why programs do not load, by the line that says most."""
    groups = collections.defaultdict(lambda: (set(), set(), []))
    for text in texts:
        for kernel in kernels:
            expected = kernel in text["kernels"]
            for program in text["loaded"].get(kernel) or []:
                if program.verdict == "ok" or not expected:
                    continue
                key = f"{program.verdict}: {general(program.reason())}"
                tools, where, examples = groups[key]
                tools.add(text["tool"])
                where.add(kernel)
                examples.append(f"{text['id']} {program.program} on {kernel}: {program.reason()}")
    for key in sorted(groups, key=lambda key: (-len(groups[key][0]), key)):
        tools, where, examples = groups[key]
        yield f"  {len(tools):3} tools on {' '.join(sorted(where))}: {key}"
        yield f"        e.g. {examples[0]}"
        yield f"        tools: {' '.join(sorted(tools)[:20])}"


def general(line):
    """A verifier's line without its numbers."""
    words = []
    for word in line.split()[:16]:
        words.append(word if word.isalpha() else "".join("N" if c.isdigit() else c for c in word))
    return " ".join(words)
