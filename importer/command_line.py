# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What a script's command line takes, by its parser of argparse or optparse or by its call of getopt: a
run that ends there returns it as rows of data, which explore.Option names.

Used by child.py while the script runs.
"""

import argparse
import getopt
import json
import optparse

import branches

NEGATED = "--no-"
NUMBERS = ("7919", "15013", "29989")


class Accepts(BaseException):
    """Carries what a parser accepts out of the script: rows, and the text behind them."""


def intercept(script, words):
    """From here on a parser tells what it accepts. `words` is callers.Words."""
    intercept_argparse(words)
    intercept_optparse(words)
    intercept_getopt(script, words)


def row(flags, dest, line, **more):
    """An option as plain data; `attribute`: what the script calls its value."""
    return {"flags": list(flags), "dest": dest, "attribute": dest, "type": "str", "nargs": None,
            "metavar": None, "required": False, "choices": [], "default": None, "help": "",
            "line": line, **more}


def plain(value):
    """A value that can stand in a row; others as a text."""
    try:
        return json.loads(json.dumps(value))
    except (TypeError, ValueError):
        return str(value)


def is_data(value):
    return isinstance(value, (bool, int, float, str, type(None)))


def text_of(default):
    """A default as the manifest may have it: none for an empty list, the only one of a list."""
    if isinstance(default, (list, tuple)) and len(default) < 2:
        default = default[0] if default else None
    return None if default is None else str(default)


def absent(default, kind):
    """{"absent": what the script has for an option that is not given}, where it can stand in a row."""
    try:
        value = kind(default) if isinstance(default, str) and callable(kind) else default
        return {"absent": value} if json.loads(json.dumps(value)) == value else {}
    except (Exception, SystemExit):
        return {}


def told_apart(rows):
    """Rows with a destination of their own each: several options may set one attribute."""
    known = {}
    for one in rows:
        known.setdefault(one["dest"], []).append(one)
    for same in known.values():
        for one in same[1:]:
            one["dest"] += one["flags"][-1] if one["flags"] else ""
    return rows


def gives(kind, value):
    """What a flag gives its attribute: {const, counts}, where that can be told."""
    if kind in ("store_true", "store_false"):
        return {"const": kind == "store_true", "gives": True}
    if kind == "count":
        return {"const": 1, "gives": True, "counts": True}
    if kind == "store_const":
        return {"const": value, "gives": True} if is_data(value) else {"odd": True}
    return {"odd": True}


# argparse.


KINDS = {argparse._StoreTrueAction: "store_true", argparse._StoreFalseAction: "store_false",
         argparse._StoreConstAction: "store_const", argparse._CountAction: "count"}


def makes_list(action):
    """Whether the script makes a list of numbers of an argument."""
    try:
        return action.type("2,3") == [2, 3]
    except (Exception, SystemExit):
        return False


def scale(action):
    """What the script makes of the number that is given for an argument: (factor, offset), None if it
    is the number, "" if that cannot be told."""
    if type(action).__module__ != "argparse":
        return ""
    if action.type in (None, int, float, str):
        return None
    made = []
    for word in NUMBERS:
        try:
            made.append(action.type(word))
        except (Exception, SystemExit):
            return None                 # it takes no numbers
    numbers = [int(word) for word in NUMBERS]
    if made == numbers or not all(isinstance(one, int) for one in made):
        return None
    factor = (made[1] - made[0]) // (numbers[1] - numbers[0])
    offset = made[0] - factor * numbers[0]
    told = all(one == factor * number + offset for one, number in zip(made, numbers))
    return [factor, offset] if told else ""


def described(action):
    """The rows of an argument of argparse."""
    kind = getattr(action.type, "__name__", str(action.type)) if action.type else "str"
    one = row(action.option_strings, action.dest, getattr(action, "line", 0), type=kind,
              nargs=action.nargs, metavar=plain(action.metavar), required=action.required,
              default=text_of(action.default), help=action.help or "",
              makes_list=makes_list(action), **absent(action.default, action.type))
    if isinstance(action, argparse._SubParsersAction):
        return [{**one, "commands": list(action.choices)}]
    one["choices"] = [str(choice) for choice in action.choices or []]
    if type(action).__name__ == "BooleanOptionalAction":
        return both_ways(one)
    if action.nargs == 0:
        one |= gives(KINDS.get(type(action)), action.const)
    elif scale(action) is not None and not one["makes_list"]:
        one |= {"odd": True} if scale(action) == "" else {"scale": scale(action)}
    elif isinstance(action, argparse._AppendAction) or action.nargs == 1:
        one |= {"wraps": True, "odd": bool(action.default) and action.nargs != 1}
    elif action.nargs == "?" and action.option_strings:
        one["const"] = plain(action.const)
    return [one]


def both_ways(one):
    """The two flags of --x and --no-x."""
    ways = ((True, [flag for flag in one["flags"] if not flag.startswith(NEGATED)]),
            (False, [flag for flag in one["flags"] if flag.startswith(NEGATED)]))
    return [{**one, "flags": flags, "nargs": 0, "const": const, "gives": True}
            for const, flags in ways if flags]


def rows_of(parser, args):
    """The rows of a parser, and of the parser of the command that is given."""
    found = []
    for action in parser._actions:
        found += described(action)
        if isinstance(action, argparse._SubParsersAction):
            given = next((word for word in args if word in action.choices), None)
            if given:
                ahead = [{**one, "ahead": True} for one in found if "commands" not in one]
                found = ahead + rows_of(action.choices[given], args)
    return found


def intercept_argparse(words):
    real_add = argparse._ActionsContainer.add_argument
    real_commands = argparse.ArgumentParser.add_subparsers

    def add(container, *names, **how):
        action = real_add(container, *names, **how)
        action.line = words.line(*names)
        return action

    def add_commands(parser, **how):
        action = real_commands(parser, **how)
        action.line = words.line()
        return action

    def parse(parser, args=None, *_args, **_kwargs):
        given = words.given if args is None else args
        raise Accepts(told_apart(rows_of(parser, given)), parser.epilog or "")
    argparse._ActionsContainer.add_argument = add
    argparse.ArgumentParser.add_subparsers = add_commands
    argparse.ArgumentParser.parse_args = argparse.ArgumentParser.parse_known_args = parse


# optparse.


def option_row(option, defaults):
    """The row of an option of optparse."""
    default = defaults.get(option.dest)
    one = row(option._short_opts + option._long_opts, option.dest or option.get_opt_string(),
              getattr(option, "line", 0), type={"string": "str"}.get(option.type, option.type or "str"),
              metavar=option.metavar, choices=list(option.choices or ()),
              default=text_of(default), **absent(default, None),
              help="" if option.help in (None, optparse.SUPPRESS_HELP) else option.help)
    if option.action in ("help", "version") or not option.takes_value():
        return {**one, "nargs": 0, **gives(option.action, option.const)}
    one |= {"wraps": option.action == "append", "odd": option.action == "append" and bool(default)}
    return one if option.nargs == 1 else {**one, "nargs": option.nargs}


def intercept_optparse(words):
    real_init = optparse.Option.__init__

    def make(option, *names, **how):
        real_init(option, *names, **how)
        option.line = words.line(*names)

    def parse(parser, *_args, **_kwargs):
        rows = [option_row(option, parser.defaults) for option in parser._get_all_options()]
        raise Accepts(told_apart(rows), parser.epilog or "")
    optparse.Option.__init__ = make
    optparse.OptionParser.parse_args = parse


# getopt.


def flags_of(short, long):
    """[(flag, whether a word stands behind it)] of what getopt is asked for."""
    short, found = short.lstrip("+-"), []
    for i, letter in enumerate(short):
        if letter != ":":
            found.append((f"-{letter}", short[i + 1:i + 2] == ":"))
    return found + [(f"--{name.rstrip('=')}", name.endswith("=")) for name in long]


def getopt_rows(script, words, asked):
    """The rows of getopt's flags: those that one statement of the script asks for are one option."""
    rows, taken = [], branches.of_flags(script, dict(asked))
    for flag, takes_word in asked:
        branch = taken.get(flag, branches.Branch([flag], words.line(flag)))
        if flag != branch.flags[0]:
            continue
        long = next((one[2:] for one in branch.flags if one.startswith("--")), "")
        one = row(branch.flags, (long or branch.name or flag[1:]).replace("-", "_"), branch.line,
                  help=branch.help, type="", pairs=True)
        rows.append(one if takes_word else {**one, "nargs": 0, "type": "str"})
    return told_apart(rows)


def intercept_getopt(script, words):
    def parse(_args, shortopts, longopts=()):
        longopts = [longopts] if isinstance(longopts, str) else longopts
        raise Accepts(getopt_rows(script, words, flags_of(shortopts, longopts)), "")
    getopt.getopt = getopt.gnu_getopt = parse
