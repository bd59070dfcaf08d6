# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Numbers of the host in a script's text, as facts of the manifest.

A second run on another host (sandbox.HOSTS) shows which numbers are the host's; addresses and the
script's own process are told by their values. Called by tool.Maker and program.Program.
"""

import re

import explore
import guards
import sandbox

OTHER = explore.OTHER_HOST
NUMBER = re.compile(rf"\b{guards.NUMBER.pattern}\b")
LITERAL = re.compile(r'"(?:\\.|[^"\\])*"')


def fact(value, other):
    """The fact that is `value` on one host and `other` on the second; None if there is none."""
    pair = [guards.NUMBER.fullmatch(text) for text in (value or "", other or "")]
    if not all(pair):
        return None
    found = tuple(int(number[1], 0) for number in pair)
    return next((name for name, numbers in sandbox.HOSTS.items() if numbers == found), None)


def of_place(place, base):
    """The fact that a place is, None if it does not depend on the host, "" if on what no fact
    says."""
    value, other = place.contents[base], place.contents.get(OTHER)
    if OTHER not in place.contents or guards.ctext.same(value or "", other or ""):
        return None
    return fact(value, other) or ""


def macros(flags, others):
    """{macro: fact} of the compiler's flags that depend on the host."""
    found = {}
    for flag, other in zip(flags, others):
        if flag != other:
            name, _, value = flag.removeprefix("-D").partition("=")
            found[name] = fact(value, other.partition("=")[2]) or ""
    return found


def sized(text, name):
    """(maps whose size is a macro, whether it is used for more)."""
    size = re.compile(rf"\bBPF_\w+\(\s*(\w+)\s*,[^;()]*\b{name}\s*\)")
    return size.findall(text), bool(re.search(rf"\b{name}\b", size.sub("", text)))


class Known:
    """Puts facts in the place of addresses and of the script's own process."""

    def __init__(self, kernel, facts=()):
        self.symbols = {address: name for name, address in kernel.addresses.items()}
        self.facts = list(facts)

    def word(self, match):
        value, name = int(match[1], 0), None
        if value == sandbox.OWN:
            name = "pid"
        elif value in self.symbols:
            name = self.symbols[value]
        if not name:
            return match[0]
        entry = "pid" if name == "pid" else {"symbol": name}
        if entry not in self.facts:
            self.facts.append(entry)
        return f"host.{name}"

    def functions(self, code, manifest):
        """Facts of functions of the kernel: other words that the expressions of a tool ask `host`
        for."""
        known = [*sandbox.HOSTS, *map(name_of, self.facts)]
        texts = [LITERAL.sub("", code), *expressions(manifest)]
        names = dict.fromkeys(name for text in texts for name in re.findall(r"\bhost\.(\w+)", text))
        return [{"function": name} for name in names if name not in known]

    def text(self, value):
        """A text, or all texts of what a manifest says, with facts."""
        if isinstance(value, list):
            return [self.text(item) for item in value]
        if isinstance(value, dict):
            return {key: self.text(item) for key, item in value.items()}
        return NUMBER.sub(self.word, value) if isinstance(value, str) else value


def name_of(fact):
    """What `host` calls a fact."""
    return re.sub(r"\W", "_", next(iter(fact.values())) if isinstance(fact, dict) else fact)


def is_asked(fact, text):
    return re.search(rf"\bhost\.{name_of(fact)}\b", text) is not None


def expressions(value):
    """What a manifest has under keys of expressions."""
    if isinstance(value, list):
        return [text for item in value for text in expressions(item)]
    if not isinstance(value, dict):
        return []
    return [text for key, item in value.items() for text in
            ([item] if key in ("when", "value") and isinstance(item, str) else expressions(item))]
