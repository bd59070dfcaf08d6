# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Whether a tool printed what bcc's script printed: the first difference, or none.

Strict: what a Watch of workloads.py does not name as free must be equal. Of what is free the form
must be: numbers where there were numbers, as many decimals, in the same place of the line. Only
blanks at the end of a line and blank lines at the end of all do not count.
"""

import dataclasses
import itertools
import re

HISTOGRAM = re.compile(r"\s*(\S.*?)\s*: count +distribution\s*")
LOG2_ROW = re.compile(r" *(\d+) -> (\d+) *: (\d+) *\|.*\|")
LINEAR_ROW = re.compile(r" *(\d+) *: (\d+) *\|.*\|")
QUOTED = re.compile(r"\bb'([^']*)'")
NUMBER = re.compile(r"0x[0-9a-f]+|\b[0-9a-f]{12,16}\b|\.\d+|\d+")


@dataclasses.dataclass
class Part:
    """A stretch of an output: a line of "text", a "table", or a "histogram"."""
    kind: str
    head: str
    lines: list = dataclasses.field(default_factory=list)


def shape(text):
    """Text with its numbers as signs; decimals keep their count."""
    def sign(match):
        word = match.group()
        if word.startswith("."):
            return "." + "#" * (len(word) - 1)
        return "#" if word.isdigit() else "0x#" if word.startswith("0x") else "address"
    return NUMBER.sub(sign, text)


def masked(line, watch):
    """A line with the forms of what may vary in it."""
    for pattern in watch.mask:
        line = re.sub(pattern, lambda match: shape(match.group()), line)
    return line


# Parts.


def parts_of(text, watch):
    """The parts of an output that count."""
    lines = [line.rstrip() for line in text.rstrip().splitlines()]
    lines = [line for line in lines if not (watch.drop and re.search(watch.drop, line))]
    if watch.blocks:
        return block_parts(lines, watch)
    parts = []
    for line in lines:
        last = parts[-1] if parts else Part("text", "")
        if HISTOGRAM.fullmatch(line):
            parts.append(Part("histogram", line))
        elif watch.table and re.search(watch.table, line):
            parts.append(Part("table", line))
        elif last.kind == "histogram" and (LOG2_ROW.fullmatch(line) or LINEAR_ROW.fullmatch(line)):
            last.lines.append(line)
        elif last.kind == "table" and line.strip():
            last.lines.append(line)
        elif watch.rows and not watch.table and line.strip():
            if last.kind != "rows":
                parts.append(Part("rows", ""))
            parts[-1].lines.append(line)
        else:
            parts.append(Part("text", line))
    parts = chosen_sections(parts, watch)
    return with_rows(parts if watch.ordered else sorted_sections(parts, watch), watch)


def with_rows(parts, watch):
    """The tables with those rows that count, in an order that counts."""
    for part in parts:
        if part.kind in ("table", "rows"):
            part.lines = [line for line in part.lines if re.search(watch.rows, line)]
            if not watch.ordered:
                part.lines.sort(key=lambda line, head=part.head: words_key(head, line, watch))
            if watch.once:
                groups = itertools.groupby(
                    part.lines, lambda line, head=part.head: words_key(head, line, watch))
                part.lines = [next(lines) for _, lines in groups]
    return [part for part in parts if part.lines or part.kind != "rows"]


def chosen_sections(parts, watch):
    """Without the histograms of others: of a processor, a process or a disk that is not the workload's."""
    if not watch.sections:
        return parts
    kept = []
    for part in parts:
        if part.kind != "histogram":
            kept.append(part)
        elif kept and re.search(watch.sections, kept[-1].head):
            kept.append(part)
        else:
            drop_section(kept)
    return kept


def drop_section(parts):
    """Takes the line of a section, and the blank one above it, from the end."""
    for wanted in (True, False):
        if parts and parts[-1].kind == "text" and bool(parts[-1].head) == wanted:
            parts.pop()


def sorted_sections(parts, watch):
    """The histograms with the lines above them by those lines: a map's order is the kernel's."""
    at = [i for i, part in enumerate(parts) if i and part.kind == "histogram"]
    pairs = sorted((parts[i - 1:i + 1] for i in at), key=lambda pair: masked(pair[0].head, watch))
    for i, pair in zip(at, pairs):
        parts[i - 1:i + 1] = pair
    return parts


def block_parts(lines, watch):
    """Paragraphs, as stacks are printed: those that count, sorted."""
    blocks = [part for part in re.split(r"\n[ \t]*\n", "\n".join(lines)) if part.strip("\n")]
    kept = [block.strip("\n") for block in blocks if re.search(watch.rows, block)]
    if not watch.ordered:
        kept.sort(key=lambda block: (block.startswith(" "), masked(block, watch)))
    return [Part("text", line) for block in kept for line in [*block.splitlines(), ""]]


# Rows.


def plain(word):
    """The text of bytes as Python prints them."""
    return QUOTED.sub(r"\1", word)


def words_of(line):
    """[(start, end, word)] of a line."""
    return [(match.start(), match.end(), match.group()) for match in re.finditer(r"\S+", line)]


def forms(names, words, watch):
    """What counts of each word of a row; the last column takes the rest of the line."""
    found = []
    for i, word in enumerate(map(plain, words)):
        keys = {names[min(i, len(names) - 1)] if names else None, i, i - len(words)}
        least = [low for key, low in watch.least if key in keys]
        if keys & set(watch.any):
            found.append("*")
        elif least and re.fullmatch(r"[\d.]+", word) and float(word) >= least[0]:
            found.append(f"at least {least[0]}, {shape(word)}")
        else:
            found.append(shape(word) if keys & set(watch.free) else masked(word, watch))
    return found


def words_key(head, line, watch):
    return forms(head.split(), line.split(), watch)


def shifts_of(shifts, wanted, i, got):
    """By how much what follows word `i` may be moved, when so much is what was before; none: it is
    not in its place. Bytes with quotes may be wider than their column, if they fill it."""
    start, end, word = wanted[i]
    quotes = len(word) - len(plain(word))
    before = quotes if start == (wanted[i - 1][1] + 1 if i else 0) else 0
    after = quotes if i + 1 < len(wanted) and wanted[i + 1][0] == end + 1 else 0
    return {shift + more for shift in shifts for more in range(quotes + 1)
            if got[0] + shift == start and more <= after
            or got[1] + shift + more == end and more <= before}


def gaps(words):
    return [right[0] - left[1] for left, right in zip(words, words[1:])]


def row_difference(head, want, got, watch):
    names = head.split()
    wanted, found = words_of(want), words_of(got)
    if len(wanted) != len(found):
        return f"row {got!r}, want {want!r}"
    pairs = zip(words_key(head, want, watch), words_key(head, got, watch))
    shifts = {0}
    flowing = not names and gaps(wanted) == gaps(found)     # a line of text
    for i, (left, right) in enumerate(pairs):
        name = names[min(i, len(names) - 1)] if names else f"word {i}"
        if left != right or (QUOTED.search(found[i][2]) and not QUOTED.search(wanted[i][2])):
            return f"{name} is {found[i][2]!r}, want {wanted[i][2]!r}, in row {got!r}"
        shifts = shifts_of(shifts, wanted, i, found[i])
        if not shifts and not flowing:
            return f"{name} is not in its column: {got!r}, want {want!r}"
    return None


def rows_difference(want, got, watch):
    if want.head != got.head:
        return f"header {got.head!r}, want {want.head!r}"
    for left, right in zip(want.lines, got.lines):
        found = row_difference(want.head, left, right, watch)
        if found:
            return found
    if len(want.lines) != len(got.lines):
        longer = max(want.lines, got.lines, key=len)
        odd = longer[min(len(want.lines), len(got.lines))]
        what = "missing" if longer is want.lines else "too much"
        return f"{len(got.lines)} rows, want {len(want.lines)}; {what}: {odd!r}"
    return None


# Histograms.


def stars(count, most, width):
    """The bar: as long as the share of the largest, with + where a bar would be too long."""
    length = int(width * count / most) if most else 0
    return "*" * min(length, width) + " " * (width - length)


def histogram_counts(part):
    """[(label, count)] of a histogram, or the first line that is not of bcc's form."""
    log2 = [LOG2_ROW.fullmatch(line) for line in part.lines]
    rows = log2 if all(log2) else [LINEAR_ROW.fullmatch(line) for line in part.lines]
    if not all(rows):
        return None, "rows of two kinds"
    counts = [int(row.groups()[-1]) for row in rows]
    wide = all(log2) and rows and int(rows[-1].group(2)) >= 2 ** 32
    for row, count in zip(rows, counts):
        bar = stars(count, max(counts), 20 if wide else 40)
        if not all(log2):
            form = f"        {row.group(1):<10} : {count:<8} |{bar}|"
        else:
            width = 20 if wide else 10
            form = f"{row.group(1):>{width}} -> {row.group(2):<{width}} : {count:<8} |{bar}|"
        if row.group() != form:
            return None, f"{row.group()!r} is not {form!r}"
    return list(zip((row.groups()[:-1] for row in rows), counts)), None


def histogram_difference(want, got, watch):
    unit = HISTOGRAM.fullmatch(want.head).group(1)
    if HISTOGRAM.fullmatch(got.head).group(1) != unit:
        return f"header {got.head!r}, want {want.head!r}"
    if watch.buckets == "all":
        if [want.head, *want.lines] != [got.head, *got.lines]:
            pairs = zip([want.head, *want.lines, "(end)"], [got.head, *got.lines, "(end)"])
            left, right = next(pair for pair in pairs if pair[0] != pair[1])
            return f"histogram of {unit}: {right!r}, want {left!r}"
        return None
    wanted, fault = histogram_counts(want)
    assert not fault, f"bcc's own histogram is not as expected: {fault}"
    found, fault = histogram_counts(got)
    if fault:
        return f"histogram of {unit}: {fault}"
    totals = [sum(count for _, count in counts) for counts in (wanted, found)]
    if watch.buckets == "total" and totals[0] != totals[1]:
        return f"histogram of {unit}: {totals[1]} in all, want {totals[0]}"
    return None if totals[1] else f"histogram of {unit}: nothing in it"


# All.


def part_difference(want, got, watch):
    if want.kind != got.kind:
        told = [part.head or (part.lines or [""])[0] for part in (got, want)]
        return f"{told[0]!r}, want {told[1]!r}"
    if want.kind in ("table", "rows"):
        return rows_difference(want, got, watch)
    if want.kind == "histogram":
        return histogram_difference(want, got, watch)
    if masked(got.head, watch) not in (masked(want.head, watch), masked(plain(want.head), watch)):
        return f"{got.head!r}, want {want.head!r}"
    return None


def difference(want, got, watch):
    """The first difference of output `got` to bcc's `want`, or None."""
    wanted, found = parts_of(want, watch), parts_of(got, watch)
    for left, right in zip(wanted, found):
        fault = part_difference(left, right, watch)
        if fault:
            return fault
    if len(wanted) > len(found):
        part = wanted[len(found)]
        return f"ends before {part.head or (part.lines or [''])[0]!r}"
    if len(found) > len(wanted):
        part = found[len(wanted)]
        return f"goes on with {part.head or (part.lines or [''])[0]!r}"
    return None


def counts_nothing(text, watch):
    """Why a recording could not tell right from wrong, or None."""
    parts = parts_of(text, watch)
    tables = [part for part in parts if part.kind in ("table", "rows", "histogram")]
    for part in tables:
        for line in part.lines if watch.least else []:
            if sum(form.startswith("at least") for form in words_key(part.head, line, watch)) \
                    < len(watch.least):
                return f"less than the work makes: {line!r}"
    if any(part.lines for part in tables):
        return None
    lines = [part.head for part in parts if part.head.strip()]
    if not tables and not watch.table and any(line[0].isspace() for line in lines):
        return None                     # stacks
    return "nothing in it counts"
