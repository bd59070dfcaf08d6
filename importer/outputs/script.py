# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The source of the script: its functions by their code, and where in it a frame stands."""

import ast
import functools
import linecache
import sys
import types

import bcc

from . import host_numbers


def functions_of(tree):
    """{line: functions that begin there} of a module."""
    functions = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            functions.setdefault(node.lineno, []).append(node)
            for mark in getattr(node, "decorator_list", ()):
                functions.setdefault(mark.lineno, []).append(node)
    return functions


READERS = {"open", "check_output", "Popen", "listdir", "run", "getoutput", "popen", "glob", "iglob",
           "stat", "lstat", "walk", "scandir"}


def reads_host(node):
    return any(isinstance(call, ast.Call) and
               getattr(call.func, "attr", getattr(call.func, "id", "")) in READERS
               for call in ast.walk(node))


def filled_names(node):
    """Names of containers of which statements set an element."""
    return {child.value.id for child in ast.walk(node) if isinstance(child, ast.Subscript) and
            isinstance(child.ctx, ast.Store) and isinstance(child.value, ast.Name)}


def results_of(node, tree):
    """Names that are given what a function returns."""
    if not isinstance(node, ast.FunctionDef):
        return set()
    return {target.id for child in ast.walk(tree) if isinstance(child, ast.Assign) and
            isinstance(child.value, ast.Call) and getattr(child.value.func, "id", "") == node.name
            for part in child.targets for target in ast.walk(part) if isinstance(target, ast.Name)}


def host_names(tree):
    """{name of a container: files} that the script fills from what it reads of the host."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.With, ast.For, ast.Try, ast.FunctionDef)) and reads_host(node):
            words = {child.value for child in ast.walk(node) if isinstance(child, ast.Constant) and
                     isinstance(child.value, str)}
            for name in filled_names(node) | results_of(node, tree):
                found.setdefault(name, set()).update(words)
    texts = {target.id: node.value.value for node in tree.body if isinstance(node, ast.Assign) and
             isinstance(node.value, ast.Constant) for target in node.targets
             if isinstance(target, ast.Name) and isinstance(node.value.value, str)}
    words = set(texts.values())
    return {name: files | words for name, files in found.items()}


def interrupt_names(tree):
    """Names that are false until Ctrl-C is caught, which makes them true."""
    caught = {id(one) for handler in ast.walk(tree) if isinstance(handler, ast.ExceptHandler) and
              handler.type is not None and "KeyboardInterrupt" in ast.unparse(handler.type)
              for one in ast.walk(handler)}
    ways, plain = {}, set()             # {name: what its statements give it}; names in these
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                plain.add(id(target))
                ways.setdefault(getattr(target, "id", None), set()).add(
                    (id(node) in caught, bool(node.value.value)))
    others = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and
              isinstance(node.ctx, ast.Store) and id(node) not in plain}
    return {name for name, found in ways.items()
            if found == {(True, True), (False, False)} and name not in others}


def does(node, code):
    """Whether a lambda is the one whose code this is, of several in a line."""
    made = compile(ast.Expression(node), "", "eval").co_consts[0]
    names = {*made.co_names, *made.co_varnames, *made.co_freevars}
    return made.co_consts == code.co_consts and made.co_argcount == code.co_argcount and \
        names == {*code.co_names, *code.co_varnames, *code.co_freevars} and \
        (code.co_freevars or made.co_code == code.co_code)


def source_of(path):
    """The text of a module that may lie in an archive, by the path that its code has."""
    module = next(one for one in list(sys.modules.values())
                  if getattr(one, "__file__", None) == path)
    return "".join(linecache.getlines(path, vars(module)))


class Script:
    """A parsed script. `path` is that of the frames and functions which belong to it."""

    def __init__(self, path):
        self.path = str(path)
        with open(self.path, encoding="utf-8", errors="replace") as file:
            self.tree = ast.parse(file.read())
        self.functions = {self.path: functions_of(self.tree)}
        self.from_host = host_names(self.tree)
        self.numbers, self.number_loops = host_numbers.read_by(self.tree)
        self.on_interrupt = interrupt_names(self.tree)

    def owns(self, code):
        return code.co_filename == self.path

    def definition(self, function):
        """The AST of a function object of the script; None for others."""
        code = getattr(function, "__code__", None)
        return self.of_code(code) if code else None

    def of_code(self, code):
        """The AST of the script's code, and of that of modules of bcc's package."""
        path = code.co_filename
        if path not in self.functions:
            if not any(path.startswith(folder) for folder in bcc.__path__[1:]):
                return None
            self.functions[path] = functions_of(ast.parse(source_of(path)))
        wanted = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
        found = [node for node in self.functions[path].get(code.co_firstlineno, ())
                 if isinstance(node, wanted) and getattr(node, "name", code.co_name) == code.co_name]
        if wanted is ast.Lambda and len(found) > 1:
            found = [node for node in found if does(node, code)]
        if wanted is ast.Lambda and len({ast.dump(node) for node in found}) > 1:
            return None
        return found[0] if found else None

    def body(self, frame):
        """The statements of what a frame runs."""
        if frame.f_code.co_name == "<module>":
            return self.tree.body
        node = self.of_code(frame.f_code)
        return node.body if node else []

    def frames(self, frame):
        """The script's frames from the module down to the wait."""
        found = []
        while frame:
            if self.owns(frame.f_code) and frame.f_code.co_name not in ("<listcomp>", "<genexpr>"):
                found.append(frame)
            frame = frame.f_back
        return found[::-1]


def holds(node, line):
    return node.lineno <= line <= node.end_lineno


def blocks(node):
    """The lists of statements in a statement."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block
    for handler in getattr(node, "handlers", ()):
        yield handler.body


def path_to(body, line):
    """[(block, index)] from the outermost to the innermost statement that holds a line."""
    for index, node in enumerate(body):
        if not holds(node, line) or isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            continue
        for block in blocks(node):
            inner = path_to(block, line)
            if inner:
                return [(body, index), *inner]
        return [(body, index)]
    return []


def assigned(nodes):
    """Names that statements give a value, with those of functions left out."""
    names = set()
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ClassDef)):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        todo.extend(ast.iter_child_nodes(node))
    return names


def copies(node):
    """Whether a loop does nothing but add its items to lists."""
    return all(isinstance(one, ast.Expr) and isinstance(one.value, ast.Call) and
               isinstance(one.value.func, ast.Attribute) and one.value.func.attr == "append" and
               [ast.unparse(arg) for arg in one.value.args] == [ast.unparse(node.target)] for one in node.body)


def globals_of(node):
    """Names that a function declares global or nonlocal."""
    return {name for child in ast.walk(node) if isinstance(child, (ast.Global, ast.Nonlocal))
            for name in child.names}


def unwrapped(function):
    """(function, first arguments, keywords) of what functools.partial made, at any depth."""
    args, kwargs = (), {}
    while isinstance(function, functools.partial):
        args, kwargs = (*function.args, *args), {**function.keywords, **kwargs}
        function = function.func
    return function, args, kwargs


def is_function(value):
    return isinstance(value, (types.FunctionType, types.MethodType))


class Inner:
    """A function that the script defines within another while it is read."""

    def __init__(self, node, scope):
        self.node, self.scope = node, scope


def catches_zero(handler):
    """Whether an `except` takes a division by zero."""
    name = ast.unparse(handler.type) if handler.type else "Exception"
    return any(word in name for word in ("ZeroDivisionError", "ArithmeticError", "Exception"))
