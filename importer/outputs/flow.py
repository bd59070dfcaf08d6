# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Where the script stands at its wait, and what runs from there: each round, at the end, per record.

`read` gives the effects of each of these; outputs are made of them elsewhere.
"""

import ast
import dataclasses
import io
import re

from . import calls, gathered, trace_lines
from . import script as source
from .expr import Expr, has, is_known, same, walk
from .machine import Machine, Scope
from .script import assigned, globals_of

MAX_KEPT = 400      # a larger value that the options change is a text of a program
CONTAINER_METHODS = {"append", "add", "update", "extend", "pop", "setdefault", "remove", "insert"}


@dataclasses.dataclass
class Story:
    """What a script does: before the wait, each round, at the end, and for each buffer's records.

    `pause`: how long a round is, as a value; None where the wait is for records. `argument`: it is a
    word of the command line."""
    before: list
    rounds: list
    end: list
    records: dict
    wait: str = ""
    pause: object = None
    argument: bool = False
    shown: int = 0              # the line of a text before the wait that has this word
    once: bool = False          # the script ends after its first wait
    last: bool = True           # a round that Ctrl-C ends is printed
    counted: bool = False       # the script has the number of its rounds itself


def find_wait(body, line):
    """(name, call) of the call at a line that waits."""
    names = ("sleep", "pause", "wait", "sigwait", "input", "select", "communicate")
    for node in ast.walk(ast.Module(body=body, type_ignores=[])):
        if not isinstance(node, ast.Call) or not node.lineno <= line <= node.end_lineno:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in names or name.startswith(("trace_", "perf_buffer", "ring_buffer", "kprobe_poll")):
            return name, node
    return "", None


def calls_getopt(node):
    return any(isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", ""))
               in ("getopt", "gnu_getopt") for call in ast.walk(node))


def is_counted(loop):
    """Whether a loop is over numbers that the script has itself."""
    return isinstance(loop, ast.For) and isinstance(loop.iter, ast.Call) and \
        getattr(loop.iter.func, "id", "") == "range" and \
        all(isinstance(arg, ast.Constant) for arg in loop.iter.args)


def with_parse_args(node):
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return False
    return calls_getopt(node) or any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and
        call.func.attr.startswith("parse_") for call in ast.walk(node))


def changed_containers(nodes):
    """Names of containers that statements change in place."""
    names = set()
    for top in nodes:
        for node in ast.walk(top):
            target = None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and \
                    node.func.attr in CONTAINER_METHODS:
                target = node.func.value
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
                target = node.value
            while isinstance(target, (ast.Subscript, ast.Attribute)):
                target = target.value
            if isinstance(target, ast.Name):
                names.add(target.id)
    return names


class Flow:
    """Reads one script at its wait."""

    def __init__(self, script, frame, machine):
        self.script, self.machine = script, machine
        self.argument = False           # the pause is a word of sys.argv
        self.seconds = None             # what it is in this run
        self.shown = 0                  # the line of a text that has it
        self.last = False               # Ctrl-C is caught within a round, which goes on
        self.loops = False              # the wait is in a loop
        self.counted = False            # ... whose rounds have a number
        self.frames = script.frames(frame)
        self.paths = [source.path_to(script.body(one), one.f_lineno) for one in self.frames]
        self.wait, self.call = find_wait([self.paths[-1][-1][0][self.paths[-1][-1][1]]],
                                         self.frames[-1].f_lineno) if self.paths[-1] else ("", None)

    def scope(self, number):
        """Names of a frame."""
        frame, machine = self.frames[number], self.machine
        if frame.f_code.co_name == "<module>":
            return Scope(machine.shared, machine.live, machine.shared)
        node = self.script.of_code(frame.f_code)
        return Scope({}, frame.f_locals, machine.shared, globals_of(node) if node else set())

    # Before the wait.

    def read_before(self):
        """Prints before the wait, and the names that options change."""
        machine = self.machine
        machine.before = True
        self.scopes = []
        for number, path in enumerate(self.paths):
            machine.scope = self.scope(number)
            self.scopes.append(machine.scope)
            for level, (block, index) in enumerate(path):
                start = self.after_options(block)
                machine.guard = ()
                for node in block[start:index]:
                    self.read_one(node)
                if level + 1 < len(path) and isinstance(block[index], ast.With):
                    self.enter_with(block[index])
            self.keep_open(machine.scope)
        machine.before = False
        effects, machine.effects = machine.effects, []
        return effects

    def read_one(self, node):
        """A statement before the wait. One that seems to end the script did not, so that what it
        printed on its way there was not printed either."""
        machine = self.machine
        machine.guard, known = (), len(machine.effects)
        machine.run([node])
        if machine.guard is None:
            del machine.effects[known:]

    def enter_with(self, node):
        for item in node.items:
            if isinstance(item.optional_vars, ast.Name):
                self.machine.value(item.context_expr)

    @staticmethod
    def after_options(block):
        found = [index for index, node in enumerate(block) if with_parse_args(node)]
        return found[0] + 1 if found and not calls_getopt(block[found[0]]) else 0

    @staticmethod
    def keep_open(scope):
        """What is known now is what the frame says; the rest stays as it was read."""
        for names in (scope.names, scope.shared):
            for name, value in list(names.items()):
                size = sum(1 for _ in walk(value)) if not isinstance(value, (dict, set)) else 0
                is_open = 0 < size < MAX_KEPT and has(value, "opt", "begin") and \
                    not has(value, "unknown")
                if not is_open:
                    del names[name]

    # States.

    def reachable(self, nodes):
        """The functions of the script that statements call, at any depth."""
        functions = {node.name: node for node in ast.walk(self.script.tree)
                     if isinstance(node, ast.FunctionDef)}
        found, todo = {}, list(nodes)
        while todo:
            for node in ast.walk(todo.pop()):
                name = getattr(node, "id", getattr(node, "attr", ""))
                if isinstance(node, (ast.Name, ast.Attribute)) and name in functions and \
                        name not in found:
                    found[name] = functions[name]
                    todo.append(functions[name])
        return list(found.values())

    def states(self, nodes, names):
        """Names whose value outlives a record or a round, with what they are at the wait."""
        functions = self.reachable(nodes)
        declared = {name for node in functions for name in globals_of(node)
                    if name in assigned(node.body)}
        declared |= {name for node in nodes if isinstance(node, ast.FunctionDef)
                     for name in globals_of(node) & assigned(node.body)}
        changed = changed_containers([*functions, *nodes])
        found = {}
        for name in declared | names:
            value = self.machine.live.get(name)
            if value is None or isinstance(value, (int, float, str, bytes)):
                found[name] = Expr("state", (name, value))
        for name in changed:
            value = self.machine.live.get(name)
            if isinstance(value, (dict, list, set)) and name not in found:
                found[name] = Expr("unknown", (f"'{name}' is kept from one record to the next",))
        return found

    # From the wait on.

    def after(self, path, stop):
        """Statements that follow a place up to the loop at level `stop`, inner first."""
        for block, index in reversed(path[stop:]):
            yield block[index + 1:]

    def loop_level(self, path):
        """Level of the innermost loop whose body holds the wait; -1: none."""
        levels = [level for level, (block, index) in enumerate(path)
                  if level + 1 < len(path) and isinstance(block[index], (ast.While, ast.For))]
        return levels[-1] if levels else -1

    def read_after(self):
        """(effects of a round, effects at the end)."""
        machine, rounds, end = self.machine, [], []
        looping = True
        for number in range(len(self.frames) - 1, -1, -1):
            path, machine.scope = self.paths[number], self.scopes[number]
            level = self.loop_level(path) if looping else -1
            if level >= 0:
                rounds += self.read_round(path, level, number)
                looping, self.loops = False, True
                self.counted = is_counted(path[level][0][path[level][1]])
            end += self.read_end(path, level, number)
        return rounds, end

    def read_round(self, path, level, number):
        """The body of the loop from the wait to the wait."""
        machine = self.machine
        block, index = path[level]
        loop = block[index]
        names = assigned(loop.body)
        machine.kept = self.states([loop], names)
        for name in names:
            value = self.scopes[number].find(name)
            if self.scopes[number].names is not machine.shared or isinstance(value, Expr):
                first = value if is_known(value) else machine.live.get(name)
                plain = first if isinstance(first, (int, float, str)) else None
                machine.give(name, Expr("state", (name, plain)))
        start = machine.snapshot()
        found = self.run_round(path, level)
        steady = {name: value for name, value in self.first(names, number).items()
                  if same(self.scopes[number].names.get(name), value)}
        if steady:                      # each round begins with what they are at the first
            machine.restore(start)
            for name, value in steady.items():
                machine.give(name, value)
            found = self.run_round(path, level)
        return found

    def first(self, names, number):
        """Numbers and texts that names have at the wait."""
        values = {name: self.scopes[number].live.get(name) for name in names}
        return {name: value for name, value in values.items() if isinstance(value, (int, float, str))}

    def run_round(self, path, level):
        """The effects of one round."""
        machine = self.machine
        machine.guard = ()
        if self.is_trace():
            self.run_trace(path)
        for nodes in self.after(path, level + 1):
            machine.run(nodes)
        machine.guard = ()
        for inner, at in path[level + 1:]:
            machine.run(inner[:at])
            machine.guard = () if machine.guard is None else machine.guard
        found, machine.effects = machine.effects, []
        return found

    def read_end(self, path, level, number):
        """What comes after the loop or the wait, and on Ctrl-C."""
        machine = self.machine
        machine.guard = ()
        if level < 0:
            for at in range(len(path) - 1, -1, -1):
                self.run_handlers(path, at)
                machine.guard = () if machine.guard is None else machine.guard
                machine.run(path[at][0][path[at][1] + 1:])
        else:
            for at in range(len(path) - 1, level - 1, -1):
                goes_on = self.run_handlers(path, at)
                self.last |= goes_on and at > level
            machine.guard = ()
            for at in range(level, -1, -1):
                if at < level:
                    self.run_handlers(path, at)
                machine.run(path[at][0][path[at][1] + 1:])
        found, machine.effects = machine.effects, []
        return found

    def run_handlers(self, path, at):
        """What Ctrl-C runs where the statement of a level is a `try`; whether the script goes on
        behind it."""
        block, index = path[at]
        goes_on = False
        for handler in getattr(block[index], "handlers", ()):
            name = ast.unparse(handler.type) if handler.type else ""
            if "KeyboardInterrupt" in name or not name:
                guard = self.machine.guard
                self.machine.run(handler.body)
                goes_on |= self.machine.guard is not None
                self.machine.guard = guard
        return goes_on

    # Records.

    def read_records(self, tables):
        """{buffer: (callback, effects, lists that outlive a record)} of every buffer that was opened."""
        machine, found = self.machine, {}
        for table in tables:
            callback, first, words = source.unwrapped(getattr(table, "callback", None))
            if callback is None:
                continue
            node = self.script.definition(callback)
            read = source.unwrapped(machine.callbacks.get(table.name))
            if node is not None and self.definition(read[0]) is node:
                callback, first, words = read   # with what options make of its arguments
            machine.kept = self.states([node], set()) if node else {}
            gathered.kept_lists(machine, machine.live)
            machine.guard, machine.buffer = (), table.name
            machine.scope = Scope({}, {}, machine.shared)
            shared = dict(machine.shared)
            args = [*first, Expr("cpu", (table.name,)), Expr("data", (table.name,)),
                    Expr("size")]
            if node is None:
                machine.left("a callback that is not of the script")
            else:
                machine.invoke(callback, args, words)
            found[table.name] = (node.lineno if node else 0, machine.effects, machine.lists)
            machine.effects, machine.buffer = [], None
            machine.shared.clear()
            machine.shared.update(shared)
        return found

    def is_trace(self):
        """Whether each round is a line of bpf_trace_printk."""
        return self.wait in trace_lines.WAITS and \
            (self.loop_level(self.paths[-1]) >= 0 or self.wait == "trace_print")

    def run_trace(self, path):
        """The wait itself, which gives a line or prints it."""
        machine, call = self.machine, self.call
        if self.wait == "trace_fields":
            machine.run([path[-1][0][path[-1][1]]])
            return
        words = {word.arg: word.value for word in call.keywords}
        pattern = call.args[0] if call.args else words.get("fmt")
        calls.trace_print(machine, pattern and machine.value(pattern))

    def read_trace(self, records, rounds):
        """Adds what is printed of each line to the records; what is left of the rounds. trace_print()
        has a loop of its own."""
        machine = self.machine
        if not self.loops:
            machine.scope, machine.guard = self.scopes[-1], ()
            self.run_trace(self.paths[-1])
            rounds, machine.effects = machine.effects, []
        records[trace_lines.BUFFER] = (self.frames[-1].f_lineno, rounds, {})
        return []

    def definition(self, function):
        return function.node if isinstance(function, source.Inner) else \
            self.script.definition(function)

    def read(self, tables):
        """The whole Story."""
        before = self.read_before()
        self.find_argument()
        records = self.read_records(tables)
        rounds, end = self.read_after()
        if self.is_trace():
            rounds = self.read_trace(records, rounds)
        wait, call = self.wait, self.call
        pause = self.read_pause(call) if call is not None and wait == "sleep" else None
        once = not self.loops or any(effect.kind == "exit" and not effect.guard for effect in rounds)
        return Story(before, rounds, end, records, wait, pause, self.argument, self.shown, once,
                     self.last, self.counted)

    def find_argument(self):
        """Whether the pause is a word of the command line, of a script that reads those itself: its
        name stands for the seconds of a round."""
        call = self.call
        if call is None or not call.args or not isinstance(call.args[0], ast.Name):
            return
        name = call.args[0].id
        self.argument = any(self.is_argument(node, name) for node in ast.walk(self.script.tree))
        if self.argument:
            self.shown = self.printed_at(name, self.frames[-1].f_lineno)
            self.seconds = self.machine.live.get(name)
            self.machine.shared[name] = Expr("round_seconds")

    def read_pause(self, call):
        """How long the wait is: as an option says, if any sleep of the loop follows one."""
        path = self.paths[-1]
        level = self.loop_level(path)
        around = path[level][0][path[level][1]] if level >= 0 else call
        self.machine.scope, self.machine.kept = self.scopes[-1], {}
        self.machine.guard = ()
        if self.argument:
            return self.seconds
        pauses = [self.machine.value(call.args[0])] if call.args else [None]
        for node in ast.walk(around):
            if isinstance(node, ast.Call) and node.args and \
                    getattr(node.func, "attr", getattr(node.func, "id", "")) == "sleep":
                pauses.append(self.machine.value(node.args[0]))
        return next((one for one in pauses if isinstance(one, Expr)), pauses[0])

    def printed_at(self, name, wait):
        """The line before the wait that prints what is made of a name; 0: there is none."""
        return next((call.lineno for call in ast.walk(self.script.tree)
                     if isinstance(call, ast.Call) and call.lineno < wait and
                     getattr(call.func, "id", "") == "print" and
                     any(isinstance(node, ast.Name) and node.id == name
                         for node in ast.walk(call))), 0)

    @staticmethod
    def is_argument(node, name):
        """Whether a statement gives a name a word of sys.argv."""
        return isinstance(node, ast.Assign) and \
            re.search(r"\bargv\[", ast.unparse(node.value)) and \
            any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def new_machine(script, frame, options, shapes):
    """A Machine for the module that a frame belongs to."""
    return Machine(script, frame.f_globals, options, shapes)


def show(story):
    """A story as text, for people who write rules."""
    out = io.StringIO()
    print("wait", story.wait, story.pause, file=out)
    parts = [("before", story.before), ("round", story.rounds), ("end", story.end)]
    parts += [(f"record {name}", effects) for name, (_, effects, _) in story.records.items()]
    for name, effects in parts:
        print(f"-- {name}", file=out)
        show_effects(effects, out, "  ")
    return out.getvalue()


def show_effects(effects, out, indent):
    for effect in effects:
        inner = effect.data.get("effects")
        data = {key: value for key, value in effect.data.items() if key != "effects"}
        print(f"{indent}{effect.line} {effect.kind} {data} if {effect.guard}", file=out)
        if inner is not None:
            show_effects(inner, out, indent + "    ")
