# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The tables of docs/manifest.md: which keys it documents, with which examples."""
import re

import manifests

# Tables by the heading that they stand under and their first header: the mapping of the schema.
TABLES = {
    ("Top", "key"): "manifest",
    ("Options", "key"): "option",
    ("Replacements", "key"): "replace",
    ("Replacements", "key of PLACEHOLDER"): "replace_when",
    ("Attaches", "key"): "attach",
    ("Attaches", "key of kprobe, kretprobe, tracepoint, raw_tracepoint"): "match",
    ("Attaches", "key of uprobe, uretprobe"): "uprobe",
    ("Attaches", "key of usdt"): "usdt",
    ("Attaches", "key of perf_event"): "perf_event",
    ("Attaches", "key of breakpoint"): "breakpoint",
    ("Attaches", "key, belongs to"): "hook",
    ("Choices", "key"): "choice",
    ("Outputs", "key"): "output",
    ("Rows of several records", "key of gather"): "gather",
    ("Rows of several records", "key of a part"): "part",
    ("Texts that options choose", "key of a choice"): "text_choice",
    ("Lines", "key of a line"): "text_line",
    ("Lines of stacks", "key of an entry"): "stack_line",
    ("Derived values", "key of join"): "join",
    ("Histograms", "key of linear"): "linear",
    ("Columns", "key"): "column",
    ("Columns", "key of section"): "section",
    ("Maps", "key"): "map",
    ("Maps", "key of an element of preset"): "element",
    ("Maps", "key of preset as a mapping"): "preset",
    ("Maps", "key of perf_event in maps"): "counter",
    ("Facts", "key of a symbol, function, tracepoint or member as a fact"): "fact",
    ("Filters", "key of filters"): "filters",
    ("Entries for each item of a list", "key of each"): "each",
    ("Entries for each item of a list", "key of PLACEHOLDER"): "replace_each",
}
# Keys that stand in the example of another row.
NESTED = {"scale": {"linear"}}
# Tables of words: where the schema has them.
WORDS = {
    ("Options", "type"): ("option", "type"),
    ("Columns", "type"): ("column", "type"),
    ("Facts", "fact"): ("manifest", "facts"),
    ("Filters", "filter"): ("filters", "by"),
    ("Histograms", "scale"): ("output", "scale"),
}
# What stands there beside the words of the schema.
BESIDE = {"scale": {"buckets"}
}


class Row:
    """One row: its line, its keys, its examples as {key: value}, and its cells by their headers."""

    def __init__(self, line, header, cells):
        self.line, self.cells = line, dict(zip(header, cells))
        self.words = re.findall(r"`([^`]+)`", re.match(r"(`[^`]*`(, )?)*", cells[0]).group())
        texts = re.findall(r"`([^`]+)`", cells[-1]) if header[-1] == "example" else []
        self.examples = [manifests.load(text) for text in texts]

    def of(self, key):
        """The examples of a key: its own, else that of the row's other key."""
        own = [list(example.values())[0] for example in self.examples if key in example]
        return own or [list(example.values())[0] for example in self.examples[:1]]

    def kinds(self, known=()):
        """The kinds that the row says it belongs to; `any`, or `any but` some, of the known ones."""
        text = self.cells.get("belongs to") or self.cells.get("types") or ""
        words = re.findall(r"[a-z]\w*", re.sub(r"\([^)]*\)", "", text))
        if words[:1] != ["any"]:
            return words
        return [kind for kind in known if kind not in words[1:]]


def split(line):
    """The cells of a line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def tables(path):
    """All tables: (heading, headers without quotes, rows)."""
    heading, lines = "", path.read_text(encoding="utf-8").split("\n") + [""]
    fence, at = False, 0
    while at < len(lines):
        line = lines[at]
        fence ^= line.startswith("```")
        if line.startswith("#") and not fence:
            heading = line.lstrip("# ")
        if not line.startswith("|") or fence:
            at += 1
            continue
        header = [cell.replace("`", "") for cell in split(line)]
        rows, at = [], at + 2
        while lines[at].startswith("|"):
            rows.append(Row(at + 1, header, split(lines[at])))
            at += 1
        yield heading, header, rows
