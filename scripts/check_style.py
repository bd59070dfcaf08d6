#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Checks of the house style what a script can check.

Sizes (function, file, header, template, nesting, parameters), the directions of #includes, banned
functions, licence lines, paths of one machine and the width of C. Reads every file that git tracks or
would track. Prints `file:line: message` and exits 1 on any, prints nothing when all is well.

usage: check_style.py [FILE...]     all files by default
"""
import ast
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

FUNCTION_LINES = 60
FILE_LINES = 600
HEADER_LINES = 200
TEMPLATE_LINES = 150
NESTING = 3
PARAMETERS = 5
COLUMNS = 100
TAB = 8

SPDX = "SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only"
SPDX_SUFFIXES = {".c", ".h", ".cpp", ".S", ".def", ".py", ".sh", ".yaml", ".yml", ".md", ".cmake",
                 ".in", ".test", ".ld"}
SPDX_NAMES = {"CMakeLists.txt", "Makefile", "Dockerfile", ".clang-format", ".clang-tidy"}
# Templates are pieces of one emitted file, whose licence line the first of them writes.
SPDX_EXEMPT = re.compile(r"^templates/")

# Programs of users, as input of tests and examples, follow their own style.
USER_CODE = re.compile(r"^(examples/|test/lit/|test/vm/semantics/\w+\.hand\.c|test/corpus/|translator/prelude/|templates/)")

# Headers that are longer for a reason: file, lines, reason.
LONG_HEADERS = {
    "runtime/include/b2c/b2c.bpf.h": 300,  # the kernel side of an emitted tool is one header
}

BANNED = ("sprintf", "vsprintf", "strcpy", "strcat", "strtok", "atoi", "gets", "alloca")
# name -> (where it is banned, where it is not all the same)
RESTRICTED = {
    "malloc": (r"^translator/", r"/(arena|text)\.c$|^translator/frontend/compile\.cpp$"),
    "calloc": (r"^translator/", r"/(arena|text)\.c$"),
    "realloc": (r"^translator/", r"/(arena|text)\.c$"),
    "strdup": (r"^translator/", r"^$"),
    "asprintf": (r"^translator/", r"^$"),
    "exit": (r"^(translator|runtime)/", r"/main\.c$"),
    "assert": (r"^(translator|runtime)/", r"^$"),
}

# Parts of the translator in C and what each may include; `top` is main.c and what is not listed.
PARTS = (
    ("base", r"(arena|text|diag|ctoken)\.[ch]|fixes\.h|diagnostics\.def", set()),
    ("model", r"(model\w*|dump_words|host_values)\.h", {"base"}),
    ("kernel", r"kernel\w*\.[ch]", {"base"}),
    ("template", r"template\.[ch]", {"base"}),
    ("options", r"options\w*\.[ch]", {"base"}),
    ("manifest", r"manifest\w*\.[ch]", {"base", "model"}),
    ("plan_dump", r"plan_dump\.[ch]", {"base", "model"}),
    ("target", r"target\.[ch]", {"base", "model", "kernel"}),
    ("bind", r"bind\w*\.[ch]", {"base", "model", "kernel", "target"}),
    ("report", r"report\w*\.[ch]", {"base", "model", "kernel", "target", "variant"}),
    ("check", r"check\.[ch]", {"base", "model", "kernel", "target", "report"}),
    ("border", r"frontend\.h", {"base", "model", "kernel"}),
    ("embedded", r"embedded\.h", {"base", "border"}),
    ("variant", r"(variant\w*|merge)\.[ch]", {"base", "model", "manifest"}),
    ("view", r"view\w*\.[ch]", {"base", "model", "template", "variant"}),
    ("emit", r"emit\w*\.[ch]", {"base", "model", "template", "variant", "view", "embedded"}),
    ("build", r"build\w*\.[ch]", {"base", "model", "kernel", "border", "embedded", "emit"}),
    ("frontend", r"frontend/.*", {"base", "model", "kernel", "border", "embedded"}),
    ("passes", r"passes/.*", {"base", "model", "kernel", "border", "frontend"}),
)
# These run the passes, so they know the list of them.
PASS_DRIVERS = {"translator/frontend/translate.cpp", "translator/frontend/compile.cpp"}

# Written so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.}$/-])/(?:work|root|home/\w+)/")
MIRRORS = re.compile(r"\b(?:deb|security|snapshot|ftp)\.debian\.[o]rg|\barchive\.ubuntu\.[c]om"
                     r"|https?://[\w.-]*mirror")

TOKEN = re.compile(r"""
    (?P<skip> //(?:[^\n\\]|\\.|\\\n)* | /\*.*?\*/ )
  | (?P<text> R"\((?:.*?)\)" | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)+' )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<number> \.?\d(?:[eEpP][+-]|[\w.']|)* )
  | (?P<punct> -> | :: | [^\s\w] )
""", re.S | re.X)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", re.M)
CONTROL = {"if", "for", "while", "switch", "catch"}
AFTER_PARAMETERS = {"const", "noexcept", "override", "final", "try", "mutable"}
NO_FUNCTION = CONTROL | {"__attribute__", "noexcept", "alignas", "_Alignas", "decltype", "sizeof",
                         "SEC", "static_assert", "_Static_assert"}
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Token:
    """A word or sign of C and its line."""

    def __init__(self, kind, text, line):
        self.kind, self.text, self.line = kind, text, line


def blank(match):
    """The lines of what is removed stay, so that places hold."""
    return "\n" * match[0].count("\n")


def without_comments(text):
    return TOKEN.sub(lambda m: blank(m) if m["skip"] else m[0], text)


def tokens_of(text):
    """Tokens without comments and directives; strings are kept as one."""
    text = DIRECTIVE.sub(blank, without_comments(text))
    tokens, line, last = [], 1, 0
    for match in TOKEN.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        tokens.append(Token(match.lastgroup, match[0], line))
    return tokens


def skip_group(tokens, i):
    """Index after the group that tokens[i] opens."""
    closing = [CLOSING[tokens[i].text]]
    i += 1
    while i < len(tokens) and closing:
        text = tokens[i].text
        if tokens[i].kind == "punct" and text in CLOSING:
            closing.append(CLOSING[text])
        elif text == closing[-1]:
            closing.pop()
        i += 1
    return i


class Function:
    """A function that was found: its name, place, size, parameters and deepest nesting."""

    def __init__(self, name, line, parameters):
        self.name, self.line, self.parameters = name, line, parameters
        self.lines = 0
        self.deepest = (0, line)


class Body:
    """Walks the statements of a function and notes how deep control statements nest."""

    def __init__(self, tokens, i, function):
        self.tokens, self.i, self.function = tokens, i, function

    def text(self):
        return self.tokens[self.i].text if self.i < len(self.tokens) else ""

    def note(self, depth):
        if depth > self.function.deepest[0]:
            self.function.deepest = (depth, self.tokens[self.i].line)

    def group(self):
        if self.text() in CLOSING:
            self.i = skip_group(self.tokens, self.i)

    def block(self, depth):
        """Statements up to the closing brace, which is consumed."""
        self.i += 1
        while self.i < len(self.tokens) and self.text() != "}":
            self.statement(depth)
        self.i += 1

    def control(self, depth):
        """The condition and the statement below it."""
        self.note(depth + 1)
        self.i += 1
        while self.text() in ("constexpr", "else"):
            self.i += 1
        if self.text() == "(":
            self.group()
        self.statement(depth + 1)

    def branch(self, depth):
        """An if with its chain of else."""
        self.control(depth)
        while self.text() == "else":
            self.i += 1
            if self.text() == "if":
                self.control(depth)
            else:
                self.statement(depth + 1)

    def statement(self, depth):
        text = self.text()
        if text == "{":
            self.block(depth)
        elif text == "if":
            self.branch(depth)
        elif text in CONTROL:
            self.control(depth)
        elif text in ("do", "try"):
            self.control(depth)
            if self.text() == "while":
                self.simple(depth)
        elif text in ("case", "default"):
            self.label()
        else:
            self.simple(depth)

    def label(self):
        while self.i < len(self.tokens) and self.text() not in (":", "}"):
            self.i += 1
        if self.text() == ":":
            self.i += 1

    def simple(self, depth):
        """Anything up to a semicolon; a loop macro with its block."""
        begin = self.i
        while self.i < len(self.tokens) and self.text() != "}":
            text = self.text()
            if text == "{" and self.i > begin and self.is_loop_macro(begin):
                self.note(depth + 1)
                self.block(depth + 1)
                return
            if text in CLOSING:
                self.group()
                continue
            self.i += 1
            if text == ";":
                return

    def is_loop_macro(self, begin):
        """`name(...) {` and nothing else."""
        tokens = self.tokens
        return (tokens[begin].kind == "word" and tokens[begin + 1].text == "(" and
                skip_group(tokens, begin + 1) == self.i)


def parameter_count(tokens, i):
    """Parameters of the list that tokens[i] opens; commas of template arguments don't count."""
    end = skip_group(tokens, i) - 1
    if end == i + 1 or (end == i + 2 and tokens[i + 1].text == "void"):
        return 0
    count, angle, j = 1, 0, i + 1
    while j < end:
        text = tokens[j].text
        if text in CLOSING:
            j = skip_group(tokens, j)
            continue
        angle += (text == "<") - (text == ">" and angle > 0)
        count += text == "," and not angle
        j += 1
    return count


def declarator(tokens, begin, brace):
    """Index of a function's parameter list in the declaration before a brace, or None."""
    i, found = begin, None
    while i < brace:
        text = tokens[i].text
        if text == "=" and tokens[i - 1].text != "operator":
            return None
        if text == "(" and i > begin and not found:
            before = tokens[i - 1]
            named = before.kind == "word" and before.text not in NO_FUNCTION
            if named or "operator" in (t.text for t in tokens[max(begin, i - 3):i]):
                found = i
        i = skip_group(tokens, i) if text in CLOSING else i + 1
    if not found:
        return None
    after = skip_group(tokens, found)
    initializes = after < brace and tokens[after].text == ":"
    last = tokens[brace - 1].text
    if initializes:
        return found if last in (")", "}") else None
    good = last == ")" or last in AFTER_PARAMETERS or "->" in (t.text for t in tokens[after:brace])
    return found if good else None


def functions_of(tokens):
    """Every function with a body."""
    found, i, begin = [], 0, 0
    while i < len(tokens):
        text = tokens[i].text
        if text in ("(", "["):
            i = skip_group(tokens, i)
            continue
        if text in (";", "}") or (text == ":" and i and tokens[i - 1].text in
                                  ("public", "private", "protected")):
            begin = i = i + 1
            continue
        if text != "{":
            i += 1
            continue
        parameters = declarator(tokens, begin, i)
        if parameters is not None:
            # Clang says what an override of its callbacks takes.
            inherited = "override" in (token.text for token in tokens[parameters:i])
            function = Function(tokens[parameters - 1].text, tokens[begin].line,
                                0 if inherited else parameter_count(tokens, parameters))
            body = Body(tokens, i, function)
            body.block(0)
            end = tokens[min(body.i, len(tokens)) - 1].line
            function.lines = end - tokens[i].line - 1
            found.append(function)
            begin = i = body.i
        elif is_scope(tokens, begin, i):
            begin = i = i + 1
        else:
            i = skip_group(tokens, i)
    return found


def is_scope(tokens, begin, brace):
    """Whether the brace opens something that may hold functions."""
    texts = [token.text for token in tokens[begin:brace]]
    if "=" in texts or "enum" in texts:
        return False
    return bool({"namespace", "class", "struct", "union"} & set(texts)) or texts[:1] == ["extern"]


class Checker:
    """Collects what is wrong, file by file."""

    def __init__(self):
        self.problems = []

    def report(self, path, line, message):
        self.problems.append(f"{path}:{line}: {message}")

    def functions(self, path, tokens):
        for function in functions_of(tokens):
            if function.lines > FUNCTION_LINES:
                self.report(path, function.line, f"function '{function.name}' has {function.lines} "
                            f"lines, more than {FUNCTION_LINES}")
            # A traced function's parameters are the kernel's choice, not ours.
            if function.parameters > PARAMETERS and "PROBE" not in function.name:
                self.report(path, function.line, f"function '{function.name}' has "
                            f"{function.parameters} parameters, more than {PARAMETERS}")
            depth, line = function.deepest
            if depth > NESTING:
                self.report(path, line, f"statements of '{function.name}' nest {depth} deep, "
                            f"more than {NESTING}")

    def banned(self, path, tokens):
        for before, token, after in zip([None] + tokens, tokens, tokens[1:]):
            if token.kind != "word" or after.text != "(":
                continue
            if before is not None and before.text in ("->", "."):
                continue
            if token.text in BANNED:
                self.report(path, token.line, f"'{token.text}' is banned")
            where, exempt = RESTRICTED.get(token.text, (r"^$", ""))
            if re.search(where, path) and not re.search(exempt, path):
                self.report(path, token.line, f"'{token.text}' does not belong here")

    def columns(self, path, lines):
        for number, line in enumerate(lines, 1):
            width = len(line.expandtabs(TAB))
            if width > COLUMNS:
                self.report(path, number, f"line has {width} columns, more than {COLUMNS}")

    def length(self, path, lines):
        suffix = pathlib.PurePath(path).suffix
        limit = {".h": HEADER_LINES, ".c": FILE_LINES, ".cpp": FILE_LINES, ".py": FILE_LINES,
                 ".sh": FILE_LINES}.get(suffix)
        if path.startswith("templates/"):
            limit = TEMPLATE_LINES
        limit = LONG_HEADERS.get(path, limit)
        if limit and len(lines) > limit and not re.match(r"examples/|test/corpus/", path):
            self.report(path, limit + 1, f"file has {len(lines)} lines, more than {limit}")

    def licence(self, path, text):
        pure = pathlib.PurePath(path)
        script = text.startswith("#!") and not pure.suffix
        wanted = script or pure.suffix in SPDX_SUFFIXES or pure.name in SPDX_NAMES
        if wanted and not SPDX_EXEMPT.match(path) and SPDX not in "\n".join(text.split("\n", 3)[:3]):
            self.report(path, 1, f"no '{SPDX}' in the first three lines")

    def machine(self, path, lines):
        for number, line in enumerate(lines, 1):
            if MACHINE_PATHS.search(line):
                self.report(path, number, "path of one machine")
            if MIRRORS.search(line):
                self.report(path, number, "host of a package mirror")

    def include(self, path, line, name):
        target = resolve_include(path, name)
        if path.startswith("runtime/"):
            if target and not target.startswith("runtime/"):
                self.report(path, line, f"the runtime includes '{target}'")
            return
        part, to = part_of(path), part_of(target or "")
        if not to or target.endswith(".def") or part in (None, "top", to):
            return
        allowed = next(may for name, _, may in PARTS if name == part)
        if to == "passes" and path in PASS_DRIVERS:
            return
        if to not in allowed:
            self.report(path, line, f"{part} includes '{target}' of {to}, which it may not know")

    def includes(self, path, text):
        for number, line in enumerate(text.split("\n"), 1):
            match = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if match:
                self.include(path, number, match[1])

    def python(self, path, text):
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            self.report(path, error.lineno or 1, f"no Python: {error.msg}")
            return
        for node in ast.walk(tree):
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            lines = node.end_lineno - node.lineno
            count = len([a for a in node.args.args if a.arg not in ("self", "cls")])
            if lines > FUNCTION_LINES:
                self.report(path, node.lineno, f"function '{node.name}' has {lines} lines, more "
                            f"than {FUNCTION_LINES}")
            if count > PARAMETERS:
                self.report(path, node.lineno, f"function '{node.name}' has {count} parameters, "
                            f"more than {PARAMETERS}")

    def source(self, path, text, lines):
        """What holds for C and C++ alone."""
        if path.endswith(".cpp") and not re.match(r"translator/(frontend|passes)/|test/", path):
            self.report(path, 1, "C++ belongs to translator/frontend and translator/passes only")
        tokens = tokens_of(text)
        self.banned(path, tokens)
        if USER_CODE.match(path):
            return
        self.columns(path, lines)
        self.functions(path, tokens)
        self.includes(path, without_comments(text))

    def file(self, path):
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):
            return
        lines = text.split("\n")
        if lines and not lines[-1]:
            lines.pop()
        self.licence(path, text)
        self.machine(path, lines)
        self.length(path, lines)
        if path.endswith((".c", ".h", ".cpp")):
            self.source(path, text, lines)
        elif path.endswith(".py"):
            self.python(path, text)


def part_of(path):
    """Part of the translator that a file belongs to; None outside of it."""
    if not path.startswith("translator/"):
        return None
    name = path[len("translator/"):]
    for part, pattern, _ in PARTS:
        if re.fullmatch(pattern, name):
            return part
    return "top"


def resolve_include(path, name):
    """File of the tree that a quoted include means, or None for the rest of the world."""
    folder = (ROOT / path).parent
    for base in (folder, ROOT / "translator", ROOT / "runtime", ROOT / "runtime/include",
                 ROOT / "data"):
        target = (base / name).resolve()
        if target.is_file() and target.is_relative_to(ROOT):
            return target.relative_to(ROOT).as_posix()
    return None


def all_files():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT,
                            check=True, stdout=subprocess.PIPE).stdout
    return sorted(set(listed.decode().split("\0")) - {""})


def main():
    checker = Checker()
    given = [pathlib.Path(name).resolve().relative_to(ROOT).as_posix() for name in sys.argv[1:]]
    for path in given or all_files():
        checker.file(path)
    print("\n".join(checker.problems), end="\n" if checker.problems else "")
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main())
