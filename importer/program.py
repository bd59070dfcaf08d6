# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The source of a tool and its replacements: what options do to the text, as C and as programs.

Called by tool.Maker with its runs. Every place where texts differ is told by guards.py as C that
asks for the options, or by variants.py as text that they choose when the tool is built.
"""

import re

import combos
import explore
import guards
import host
import lists
import macros
import report
import template
import variants

BASE = explore.Setting()
SIZE = "a map's size"           # in place of a text that is put in


class Program:
    """Makes the source of a Maker's runs. `flags` are the options that choose a program."""

    def __init__(self, maker):
        self.tool, self.models, self.model = maker.tool, maker.models, maker.model
        self.of_option = maker.of_option
        self.base, self.runs, self.both = maker.base, maker.runs, maker.both
        self.guarded, self.flags = {}, []
        self.never, self.elsewhere = maker.never, maker.elsewhere
        self.wanted = []        # lists of options of which all combinations are to be run

    def write(self, changing):
        """Source and replacements; returns the names of the options that they use."""
        other = {host.OTHER: self.elsewhere} if self.elsewhere else {}
        runs, found = macros.decided(self.runs_of(self.models), other,
                                     [model.dest for model in changing if model.is_flag])
        for dest, macro in found.items():
            self.model(dest).macro = macro
            self.flags.append(self.model(dest))
        self.template = template.Template(BASE, runs)
        for place in self.template.places:
            place.line = report.of_text(place, BASE, runs)
        names = self.template.names([self.label(place, changing) for place in self.template.places])
        used = set()
        replaced = {name: {} for name in names}     # in the order of the source
        guards_of = [self.guard(place, changing) for place in self.template.places]
        # First the places where flags change declarations: others may follow those flags.
        for i in sorted(range(len(guards_of)), key=lambda i: guards_of[i][1] is not None):
            guarded, text = guards_of[i]
            place = self.template.places[i]
            if host.of_place(place, BASE) is not None:
                names[i] = self.put_fact(place, names[i], replaced)
                continue
            if isinstance(guarded, str):
                names[i] = self.put(place, names[i], guarded, {})
                continue
            if text is None or self.is_flagged(guarded):
                found = self.vary(place, guarded, text, changing)
                names[i] = self.put(place, names[i], found, replaced[names[i]])
                continue
            used |= guarded.options()
            if text is SIZE:
                names[i] = None
                continue
            replaced[names[i]][names[i]] = text
            self.guarded[names[i]] = guarded
        used |= {model.dest for model in self.flags}
        self.check(changing, names)
        source = self.template.source(names)
        if not self.template.is_whole(source, names):
            raise explore.ImportFailure("the texts of its options cannot be told apart: import it "
                                        "for one command line, behind --")
        listed = {name: text for found in replaced.values() for name, text in found.items()}
        listed = self.put_lists(listed, source)
        self.tool.source = self.defines(source + repr(listed)) + source.strip("\n") + "\n"
        if listed:
            self.tool.manifest["replace"] = listed
        return used

    def put_lists(self, listed, source):
        """Replacements for all values of options that take several."""
        listed, taken = lists.put_in(self.models, listed, source)
        for model in self.models:
            model.most = lists.MOST if model in taken else 0
            if model.words and model.most:
                self.tool.approximated.append(self.of_option(
                    model.dest, f"--{model.name} takes its values with commas between them"))
            if model.compared is not None and model not in taken:
                self.tool.approximated.append(self.of_option(
                    model.dest, f"--{model.name}: the script takes several values, the tool takes "
                    "one"))
        return listed

    @staticmethod
    def label(place, changing):
        """What a place is called for which the script has no name."""
        models, fact = combos.involved(place, BASE, changing), host.of_place(place, BASE)
        if fact:
            return f"HOST_{fact.upper()}"
        return "_".join(["IF", *(model.c_name.upper() for model in models)]) if models \
            else "IMPORTED"

    def is_flagged(self, guarded):
        """Whether a flag that has a program of its own changes a place."""
        return bool(guarded.options() & {model.dest for model in self.flags})

    def vary(self, place, guarded, text, changing):
        """Lets flags choose the program where they choose declarations; returns the replacements,
        or why there are none. `text` is C that asks for the options, if they allow it."""
        table = guarded if isinstance(guarded, combos.Table) else self.table(place, changing)
        if not isinstance(table, combos.Table):
            return table
        flags = [model for model in table.models
                 if model.is_flag and (text is None or model in self.flags)]
        found = variants.replacements(table, flags, self.template.around(place))
        if not found or not flags:
            rest = [model for model in table.models if model not in flags] or flags
            return ", ".join(f"--{model.name}" for model in rest) + " changes declarations"
        new = [model for model in flags if model not in self.flags]
        if len(self.flags) + len(new) > variants.MOST:
            return "too many flags change declarations"
        self.flags += new
        return found

    def put(self, place, name, found, replaced):
        """Keeps replacements that stand one behind another; returns their names, None if there are
        none and the base's text stays."""
        if isinstance(found, str):
            self.tool.missing.append(report.at(place.line, f"{name}: {found}"))
            return None
        names = [name if not i else f"{name}_{i + 1}" for i in range(len(found))]
        replaced.update(zip(names, found))
        return " ".join(names)

    def put_fact(self, place, name, replaced):
        """Keeps what a place takes from the host; returns its name, None if the text stays."""
        fact, sized = host.of_place(place, BASE), self.template.map_of(place)
        if not fact:
            text = " ".join(place.contents[BASE].split())
            text = text if len(text) < 40 else f"{text[:36]} ..."
            self.tool.missing.append(report.at(
                place.line, f"{name}: the script takes '{text}' from the host"))
            return None
        if sized:
            self.tool.manifest.setdefault("maps", {})[sized] = {"entries": f"host.{fact}"}
            return None
        replaced[name][name] = f"host.{fact}"
        return name

    def runs_of(self, models):
        """The runs in which only options of these models were given."""
        known = {model.dest for model in models}
        return {setting: run for setting, run in self.runs.items()
                if set(setting.names()) <= known}

    def guard(self, place, changing):
        """(Guarded or Table, C text), or (why not, None)."""
        if None in place.contents.values():
            return "the texts of the options cannot be told apart here", None
        both, around = {}, self.template.around(place)
        for (one, two), setting in self.both.items():
            if setting in place.contents:
                alone = [next(model for model in changing if model.dest == dest).setting(i)
                         for i, dest in enumerate((one, two))]
                both[one, two] = tuple(place.contents[which] for which in (*alone, setting))
        guarded = guards.ordered(place, BASE, changing, both)
        if (isinstance(guarded, guards.Guarded) and guarded.cases
                and not self.another(place, guarded, changing)):
            text = guards.c_text(guarded, around)
            if text is None and self.sizes_map(place, guarded):
                text = SIZE
            return guarded, text
        table = self.table(place, changing)
        return table, guards.c_text(table, around) if isinstance(table, combos.Table) else None

    @staticmethod
    def another(place, guarded, changing):
        """A setting in which the script's text is another one than what is selected, or None."""
        models = {model.dest: model for model in changing}
        return next((setting for setting, text in place.contents.items()
                     if set(setting.names()) <= set(models)
                     and not any(guards.ctext.same(guarded.select(setting, models, own), text)
                                 for own in (False, True))), None)

    def table(self, place, changing):
        """The Table of a place, or why there is none; notes what to run for one."""
        models = combos.involved(place, BASE, changing)
        found = combos.told(place, BASE, models, self.never)
        if found is None:
            self.wanted.append(models)
            return "the options' texts cannot be told apart here"
        return found

    def sizes_map(self, place, guarded):
        """Whether an option is the size of a map, which the manifest then says."""
        case, name = guarded.cases[0], self.template.map_of(place)
        model = self.model(case.option)
        if len(guarded.cases) > 1 or case.text != model.reference or not name:
            return False
        model.type = "u32"
        self.tool.manifest.setdefault("maps", {})[name] = {"entries": case.text}
        return True

    def check(self, changing, names):
        """Every text that the script made must be the one that the cases select."""
        for place, name in zip(self.template.places, names):
            guarded = self.guarded.get(name)
            setting = self.another(place, guarded, changing) if guarded else None
            if setting:
                words = " ".join(f"--{self.model(dest).name}" for dest in setting.names())
                self.tool.missing.append(report.at(
                    place.line, f"{name}: with {words} the script's text is another one than the "
                    "tool's"))

    def defines(self, text):
        """Lines for the macros that the script gives as flags of the compiler; `text` has their
        uses."""
        lines, flags = [], explore.program(self.base)["cflags"]
        others = explore.program(self.elsewhere)["cflags"] if self.elsewhere else flags
        facts = host.macros(flags, others)
        varying = macros.flags_that_vary(self.runs_of(self.models))
        for flag in [flag for flag in flags if flag not in varying]:
            match = re.fullmatch(r"-D(\w+)(?:=(.*))?", flag)
            if match:
                value = self.value_of_macro(match[1], match[2] or "1", facts, text)
                lines.append(f"#define {match[1]} {value}\n")
            elif not flag.startswith("-W"):
                self.tool.approximated.append(report.at(
                    report.of_program(self.base), f"the compiler's flag {flag} is left out"))
        return "".join(lines)

    def value_of_macro(self, name, value, facts, text):
        """What a macro stands for: the script's value, or a fact. A map's size is the manifest's."""
        if name not in facts:
            return value
        maps, used = host.sized(text, name)
        if not facts[name] or maps and used:
            self.tool.missing.append(report.at(
                report.of_program(self.base), f"{name}: the script takes '{value}' from the host"))
            return value
        for one in maps:
            self.tool.manifest.setdefault("maps", {})[one] = {"entries": f"host.{facts[name]}"}
        return value if maps else f"host.{facts[name]}"
