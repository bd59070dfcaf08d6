# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""How many files a folder has whose name an option is part of: counted where the tool runs."""

from .expr import Cell, Expr, has, is_known, text_of, unknown

FILE = "file_name"


def call_listdir(machine, args, _kwargs):
    """os.listdir() of a path that is not known here."""
    path = args[0] if args else "."
    if isinstance(path, Expr) and path.op in ("text", "opt"):
        return Expr("folder", (path,), machine.line)
    return unknown("'listdir()'", machine.line)


def is_folder(value):
    return isinstance(value, Expr) and value.op == "folder"


def letter(base, key):
    """A letter of a file's name."""
    return Expr("letter", (base, key), base.line)


def loop(machine, node, folder):
    """A loop over the files that does nothing but count: names get the numbers; whether it is that."""
    kept, effects = machine.snapshot(), machine.effects
    found, inner = machine.inner(node, Expr(FILE, folder.args, machine.line))
    counts = {name: count_of(value, name, folder) for name, value in machine.after.items()}
    machine.restore(kept)
    machine.effects = effects
    if found or inner.breaks or inner.continues or not counts or None in counts.values():
        return False
    for name, count in counts.items():
        machine.give(name, count)
    machine.note("counted" if machine.before else "approximated",
                 what="files that are counted are none where their folder is not there")
    return True


def count_of(value, name, folder):
    """The number that a name has behind the loop; None if it is none of files."""
    test = True
    if isinstance(value, Expr) and value.op == "cond" and is_state(value.args[2], name):
        test, value, _ = value.args
    if not isinstance(value, Expr) or value.op != "+" or value.args[1] != 1 or \
            not is_state(value.args[0], name):
        return None
    prefix = "" if test is True else prefix_of(test)
    start = value.args[0].args[1]
    if prefix is None or not isinstance(start, int):
        return None
    files = Expr("files", (folder.args[0], prefix), folder.line)
    return Expr("+", (files, start), folder.line) if start else files


def is_state(value, name):
    return isinstance(value, Expr) and value.op == "state" and value.args[0] == name


def prefix_of(test):
    """What the names begin with of which a condition holds; None for others."""
    if test.op == "starts" and is_file(test.args[0]):
        return text_of(test.args[1])
    if test.op == "==" and isinstance(test.args[0], Expr) and test.args[0].op == "letter" and \
            test.args[0].args[1] == 0 and is_file(test.args[0].args[0]):
        word = text_of(test.args[1])
        return word if isinstance(word, str) and len(word) == 1 else None
    return None


def is_file(value):
    return isinstance(value, Expr) and value.op == FILE


def call_of(writer, value, literal):
    """C for the number of files, None where the path is none that C can say."""
    path, prefix = value.args
    form, arguments = "", []
    for part in path.args if path.op == "text" else (Cell(path),):
        if isinstance(part, str):
            form += part.replace("%", "%%")
        elif is_known(part.value) or not writer.is_text(part.value) or has(part.value, "text") or \
                part.spec.width or part.spec.precision >= 0:
            return None
        else:
            form += "%s"
            arguments.append(writer.expression(part.value))
    return f"nr_files({', '.join([literal(prefix), literal(form), *arguments])})"
