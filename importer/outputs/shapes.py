# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What the BPF C of a script says about its records: members of structs, keys and values of maps.

Reads declarations only, by pattern; what it does not understand is of unknown type, which costs an
importer's rule that needs the type, never a wrong one.
"""

import dataclasses
import re

from . import trace_lines

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
STRUCT = re.compile(r"\b(struct|union)\s+(\w+)?\s*\{")
MEMBER = re.compile(r"^(.*?[\s*])(\w+)\s*((?:\[[^\]]*\]\s*)*)(?::\s*\d+)?$", re.DOTALL)
DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(\d+)[ \t]*$", re.MULTILINE)
MACRO = re.compile(r"\b(BPF_\w+)\s*\(([^;]*?)\)\s*;")
SUBMIT = re.compile(r"\b(\w+)\.(?:perf_submit|ringbuf_output)\s*\(\s*([^;]*?)\)\s*;")
RESERVE = re.compile(r"\b(\w+)\.ringbuf_reserve\s*\(\s*sizeof\s*\(([^)]*)\)")
CHARACTERS = re.compile(r"^(const\s+)?(unsigned\s+|signed\s+)?char$")
# Where a macro of a map has its key and its value; a number is an argument, a text the type itself.
MAPS = {
    "BPF_HASH": ("hash", 1, 2, "u64", "u64"), "BPF_LRU_HASH": ("hash", 1, 2, "u64", "u64"),
    "BPF_PERCPU_HASH": ("hash", 1, 2, "u64", "u64"), "BPF_TRIE": ("hash", 1, 2, "u64", "u64"),
    "BPF_LPM_TRIE": ("hash", 1, 2, "u64", "u64"), "BPF_TABLE_": ("hash", 1, 2, "u64", "u64"),
    "BPF_LRU_PERCPU_HASH": ("hash", 1, 2, "u64", "u64"),
    "BPF_ARRAY": ("array", None, 1, "int", "u64"),
    "BPF_PERCPU_ARRAY": ("array", None, 1, "int", "u64"),
    "BPF_HISTOGRAM": ("histogram", 1, None, "int", "u64"),
    "BPF_STACK_TRACE": ("stacks", None, None, "int", ""),
    "BPF_STACK_TRACE_BUILDID": ("stacks", None, None, "int", ""),
    "BPF_PERF_OUTPUT": ("events", None, None, "", ""),
    "BPF_RINGBUF_OUTPUT": ("events", None, None, "", ""),
    "BPF_QUEUE": ("queue", None, 1, "", "u64"), "BPF_STACK": ("queue", None, 1, "", "u64"),
}


@dataclasses.dataclass(frozen=True)
class Map:
    """A map of the program: its kind, and C types of key and value (of a buffer: its record)."""
    name: str
    kind: str
    key: str
    value: str


def condition_of(words, defined):
    """Whether an #if holds; None if that can't be told."""
    words = words.strip()
    test = re.match(r"(!?)\s*(?:defined\s*\(?\s*)?(\w+)\s*\)?$", words)
    if not test:
        return None
    is_defined, word = "defined" in words, test.group(2)
    if is_defined:
        found = word in defined
    else:
        value = defined.get(word, "0" if not word.isdigit() else word)
        if not value.isdigit():
            return None
        found = value != "0"
    return found != bool(test.group(1))


def active(text):
    """A text without what #if and its kin leave out, where that can be told."""
    defined, kept, ways = {}, [], []
    for line in text.splitlines():
        found = re.match(r"\s*#\s*(\w+)\s*(.*)", line)
        word, rest = found.groups() if found else ("", "")
        if word in ("ifdef", "ifndef", "if"):
            test = condition_of(rest if word == "if" else f"defined({rest.strip()})", defined)
            ways.append(test if test is None or word != "ifndef" else not test)
        elif word in ("else", "elif") and ways:
            ways[-1] = None if ways[-1] is None else not ways[-1]
        elif word == "endif" and ways:
            ways.pop()
        elif False not in ways:
            kept.append(line)
            if word == "define":
                name, _, value = rest.partition(" ")
                defined[name] = value.strip()
    return "\n".join(kept)


def split_commas(words):
    """Arguments of a macro, at commas outside of brackets."""
    parts, depth, last = [], 0, 0
    for i, char in enumerate(words):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and not depth:
            parts.append(words[last:i].strip())
            last = i + 1
    return [*parts, words[last:].strip()]


def closing(text, start):
    """Where the block that opens at `start` ends."""
    depth = 0
    for i in range(start, len(text)):
        depth += (text[i] == "{") - (text[i] == "}")
        if not depth:
            return i
    return len(text)


def statements(body):
    """The declarations of a struct's body; nested blocks stay whole."""
    found, depth, last = [], 0, 0
    for i, char in enumerate(body):
        depth += (char == "{") - (char == "}")
        if char == ";" and not depth:
            found.append(body[last:i].strip())
            last = i + 1
    return found


class Shapes:
    """The declarations of one program text."""

    def __init__(self, program):
        self.text = active(re.sub(r"\\\n", " ", COMMENT.sub(" ", program)))
        self.numbers = {name: int(value) for name, value in DEFINE.findall(self.text)}
        self.structs = {}
        for match in STRUCT.finditer(self.text):
            self._struct(match)
        self.typedefs = dict((new, old.strip()) for old, new in re.findall(
            r"\btypedef\s+([\w\s]+?)\s+(\w+)\s*;", self.text))
        self.maps = {found.name: found for found in self._maps()}
        self.maps[trace_lines.BUFFER] = Map(trace_lines.BUFFER, "events", "", trace_lines.RECORD)
        self.structs[trace_lines.RECORD.removeprefix("struct ")] = trace_lines.MEMBERS

    def _struct(self, match):
        end = closing(self.text, match.end() - 1)
        members = self._members(self.text[match.end():end])
        after = re.match(r"\}\s*(?:__attribute__\s*\(\(.*?\)\)\s*)?(\w+)?\s*;", self.text[end:])
        if match.group(2):
            self.structs[match.group(2)] = members
        before = self.text[:match.start()].rstrip()
        if after and after.group(1) and before.endswith("typedef"):
            self.structs[after.group(1)] = members

    def _members(self, body):
        members = {}
        for line in statements(body):
            if "{" in line:                         # members of one without a name are its own
                inside = line[line.index("{") + 1:line.rindex("}")]
                name = line[line.rindex("}") + 1:].strip()
                members.update({name: "struct"} if name else self._members(inside))
                continue
            first, *others = split_commas(line)
            found = MEMBER.match(first)
            if not found:
                continue
            base = " ".join(found.group(1).split())
            for one in [first[found.end(1):], *others]:
                word = re.match(r"(\**)\s*(\w+)\s*(.*)", one)
                if word:
                    members[word.group(2)] = base + word.group(1) + self._dimension(word.group(3))
        return members

    @staticmethod
    def _dimension(rest):
        return "[]" if rest.lstrip().startswith("[") else ""

    def _maps(self):
        for macro, words in MACRO.findall(self.text):
            args = split_commas(words)
            if macro.startswith("BPF_TABLE"):
                if len(args) > 3:
                    yield Map(args[3], self._kind(args[0]), args[1], args[2])
                continue
            if macro not in MAPS or not args[0]:
                continue
            kind, key, value, default_key, default_value = MAPS[macro]
            if kind == "events":
                yield Map(args[0], kind, "", self.record(args[0]))
                continue
            yield Map(args[0], kind, self._argument(args, key, default_key),
                      self._argument(args, value, default_value))

    @staticmethod
    def _kind(word):
        return "array" if "array" in word else "histogram" if "histogram" in word else "hash"

    @staticmethod
    def _argument(args, index, default):
        return args[index] if index is not None and len(args) > index and args[index] else default

    def record(self, buffer):
        """The C type that the program submits to a buffer; "" if it can't be told."""
        for name, size in RESERVE.findall(self.text):
            if name == buffer:
                return size.strip()
        for name, words in SUBMIT.findall(self.text):
            args = [arg for arg in split_commas(words) if arg not in ("ctx", "args")]
            variable = re.match(r"&?\s*(?:\(\w[\w\s]*\*\))?\s*(\w+)$", args[0]) if args else None
            if name != buffer or not variable:
                continue
            declared = re.search(rf"\b((?:struct\s+)?\w+)\s*\*?\s*\b{variable.group(1)}\s*[=;,{{)]",
                                 self.text)
            if declared and declared.group(1) not in ("return", "goto"):
                return declared.group(1)
        return ""

    # Questions.

    def members(self, ctype):
        """{member: C type} of a record; None for a number, and what is not known."""
        ctype = self.typedefs.get(ctype, ctype)
        name = ctype.replace("const ", "").replace("*", "").strip()
        return self.structs.get(name.removeprefix("struct ").removeprefix("union ").strip())

    def type_of(self, ctype, path):
        """The C type of a member of a member; "" if it isn't known."""
        for name in path:
            found = self.members(ctype)
            if found is None or name not in found:
                return ""
            ctype = found[name]
        return ctype

    def perf_buffers(self):
        """Buffers of which each CPU has one."""
        return {split_commas(words)[0] for macro, words in MACRO.findall(self.text)
                if macro == "BPF_PERF_OUTPUT"}

    def nanoseconds(self, member):
        """How many nanoseconds a unit of a member is that holds a time; None if unknown."""
        submitted = "|".join({found for _, words in SUBMIT.findall(self.text)
                              for found in re.findall(r"&(\w+)", words)}) or "-"
        for pattern in (rf"\b(?:{submitted})\s*\.\s*{member}\s*=\s*([^;]*);",
                        rf"(?:\.|->)\s*{member}\s*=\s*([^;]*);", rf"\b{member}\s*=\s*([^;=]*);"):
            for value in re.findall(pattern, self.text):
                scale = self._scale(value)
                if scale:
                    return scale
        return {"us": 1000, "ns": 1, "ms": 1000000}.get(member.rpartition("_")[2])

    def _scale(self, value, depth=3):
        """The unit of an expression that has a time."""
        divided = re.search(r"/\s*(\d+)", value)
        factor = int(divided.group(1)) if divided else 1
        if "bpf_ktime_get_ns" in value:
            return factor
        name = re.match(r"\s*\(?(\w+)\)?\s*(?:/.*)?$", value)
        if not name or not depth or name.group(1).isdigit():
            return None
        for other in re.findall(rf"\b{name.group(1)}\s*=\s*([^;=]*);", self.text):
            scale = self._scale(other, depth - 1)
            if scale:
                return scale * factor
        return None

    def is_open(self, member):
        """Whether the program copies bytes into a member that need not end in a NUL."""
        return bool(re.search(r"\bbpf_probe_read(?:_kernel|_user)?\s*\(\s*(?:\(void\s*\*\)\s*)?&?\s*"
                              rf"\w+(?:\.|->)(?:\w+\.)*{member}\b", self.text))

    @staticmethod
    def is_text(ctype):
        """Whether a C type is an array of characters."""
        return ctype.endswith("[]") and bool(CHARACTERS.match(ctype[:-2].strip()))
