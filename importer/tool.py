# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""From the runs of a script to a source and a manifest, and what could not be brought over."""

import contextlib
import copy
import dataclasses
import itertools
import json
import re

import arguments
import combos
import containers
import explore
import forms
import host
import lists
import options
import report
import united
import variants
from outputs import code_file
from places import Places
from program import Program

BASE = explore.Setting()
# What a tool that shows maps prints at the start.
BANNER = "Tracing... Hit Ctrl-C to end."


@dataclasses.dataclass
class Tool:
    """What is written, and what is to be said about it."""
    name: str
    source: str = ""
    manifest: dict = dataclasses.field(default_factory=dict)
    notes: list = dataclasses.field(default_factory=list)
    done: list = dataclasses.field(default_factory=list)
    approximated: list = dataclasses.field(default_factory=list)
    missing: list = dataclasses.field(default_factory=list)
    code: str = ""
    refused: str = ""           # what check says against it
    unbound: list = dataclasses.field(default_factory=list)     # lines with parameters that check
                                                                # finds on no kernel


class Maker:
    """Makes the Tool of a script."""

    def __init__(self, explorer):
        self.explorer = explorer
        name = explore.child.Job(explorer.script, (), None).tool()
        self.tool = Tool(re.sub(r"[^\w-]", "_", name))
        self.models, self.runs, self.made = [], {}, {}
        self.others = []            # kernels for which the script makes another text
        self.taken = {}             # what the outputs say of the words behind the options
        self.given = []             # options of the command line whose text the program does not have
        self.not_given = set()      # options that only what is not carried over depends on

    def explore(self):
        """Runs the script with each of its options."""
        self.base = self.first_run()
        self.unite()
        self.runs[BASE] = self.base
        self.elsewhere = self.explorer.elsewhere()
        self.tool.notes += [f"this host did not keep the script from {what}"
                            for what in self.base.get("unconfined", ())]
        self.tool.missing += [
            report.at(line, f"'{command}' is not asked: the tool has process {pid}")
            for command, pid, line in self.base.get("found", ())]
        self.rows = self.explorer.describe()
        for option in [one for one in self.rows if not one.is_given(self.explorer.args)]:
            if option.flags and not set(option.flags) & explore.SILENT:
                self.take_option(option)
            elif option.is_argument() and option.dest not in self.positional() and \
                    self.takes(option):
                self.take_option(option)
            else:
                self.tool.missing += filter(None, [forms.missing(option, self.explorer.args)])
        self.given = [model for option in self.rows for model in self.text_of(option)]
        self.changing = [model for model in self.models if self.changes_alone(model)]
        self.pair()
        self.combine(self.changing)

    def make(self, left_out=()):
        """The Tool; options whose destinations are `left_out` do nothing in it."""
        key = frozenset(left_out)
        if key not in self.made:
            self.made[key] = self.made_without(key)
        return copy.deepcopy(self.made[key])

    def made_without(self, left_out):
        known = self.models, self.tool
        self.models = [model for model in self.models if model.dest not in left_out]
        self.tool = copy.deepcopy(self.tool)
        try:
            self.write()
            return self.tool
        finally:
            self.models, self.tool = known

    def write(self):
        """Source, manifest and report of the models."""
        program = Program(self)
        used = program.write([model for model in self.models if self.changes_program(model)])
        self.flags = program.flags
        self.tell_refused_together()
        places = Places(self)
        used |= places.write()
        self.not_given = places.beyond - used
        self.tell_kernels()
        self.write_filters()
        self.tool.source = lists.with_functions(
            self.tool.source, [model for model in self.models if model.most])
        self.write_outputs(used)
        self.write_facts()
        self.write_options(used)

    def write_facts(self):
        """Addresses of the kernel and the script's own process as facts."""
        texts = self.explorer.texts
        known = host.Known(self.explorer.newest, texts.facts() if texts else ())
        self.tool.source, self.tool.code = known.text(self.tool.source), known.text(self.tool.code)
        for key in ("replace", "outputs"):
            if key in self.tool.manifest:
                self.tool.manifest[key] = known.text(self.tool.manifest[key])
        text = self.tool.source + self.tool.code + json.dumps(self.tool.manifest)
        facts = [name for name in host.sandbox.HOSTS if f"host.{name}" in text] + known.facts
        facts += known.functions(self.tool.code, self.tool.manifest)
        facts = [one for one in facts if host.is_asked(one, text)]
        if facts:
            self.tool.manifest["facts"] = facts

    def write_filters(self):
        """The filter by containers, which is the tool's own."""
        names = list(self.base.get("filters_containers") or ())
        if not names:
            return
        attached = {one["run"] for entry in self.tool.manifest.get("attach", ())
                    for one in entry.get("first", [entry])}
        self.tool.source, programs = containers.taken_out(self.tool.source, attached)
        self.tool.manifest["filters"] = {"by": names, "in": programs} if programs else names
        self.tool.done.append(self.of_option(
            names[0], " and ".join(f"--{name}" for name in names) + ": 'filters' of the manifest"))

    def tell_refused_together(self):
        """Flags that choose the program and that the script does not take both."""
        for one, two in itertools.combinations(self.flags, 2):
            if frozenset({(one.dest, None), (two.dest, None)}) in self.never:
                self.tool.approximated.append(self.of_option(
                    two.dest, f"the script refuses --{one.name} together with --{two.name}, the "
                    f"tool then does what it does with --{one.name}"))

    def of_option(self, dest, text):
        """A line of the report that is about an option."""
        return report.at(report.of_option(self.rows, dest), text)

    # Runs.

    def first_run(self):
        """The run without options on the newest kernel that has what it attaches to, or the reason
        why there is none."""
        run = self.explorer.run()
        for kernel in reversed(self.explorer.kernels):
            if self.explorer.attaches_on(kernel):
                self.explorer.newest = kernel
                run = self.explorer.run()
                break
        programs = [one for one in run["programs"] if not one["trial"]]
        if not programs:
            raise explore.ImportFailure(why_none(run))
        if run["end"] != "stopped" and not programs[-1]["attaches"]:
            raise explore.ImportFailure(why_none(run))
        if len(programs) > 1:
            raise explore.ImportFailure(
                f"it makes {len(programs)} BPF objects: import takes scripts that make one")
        return run

    def takes(self, option):
        """Whether a word behind the options is not given already."""
        return any(not explore.refused(run) for _, run in self.explorer.values(option))

    def take_option(self, option):
        if not option.takes_one() and not option.is_flag() and not option.takes_words():
            self.tell_words(option)
            return
        found = [(value, run) for value, run in self.explorer.values(option)
                 if not explore.refused(run)]
        if not found:
            self.tell_refused(option)
            return
        model = options.model_of(option, found)
        if options.is_word(self.explorer, option, model, self.base):
            model.type = "string"
        if (model.type in ("u32", "u64", "port")
                and options.zero_is_a_value(self.explorer, model, self.base)):
            model.type, model.unset = "s64", -1
        model.compared = lists.comparisons(self.explorer, model)
        if model.words and not model.compared:
            self.tell_words(option)
            return
        if model.type == "path":
            self.tool.approximated.append(report.at(
                option.line, f"--{model.name} takes the path of a file, as /dev/sda"))
        for (value, setting), (_, run) in zip(model.settings, found):
            self.runs[setting] = run
        if any(without_macros(run) != without_macros(self.base) for _, run in found):
            self.tool.missing.append(report.at(
                report.of_program(self.base), f"--{model.name} changes flags of the compiler"))
        if arguments.is_duration(self.explorer, option, model) and not self.changes_alone(model):
            arguments.give(model, "duration")
        if model.name in options.BUILT_IN and self.changes_alone(model):
            self.tool.approximated.append(report.at(
                option.line, f"--{model.name} is the tool's own option, the script's is "
                f"--program-{model.name}"))
            model.name = f"program-{model.name}"
        self.models.append(model)

    def text_of(self, option):
        """The Model of an option that the command line gives, as a list: if the script takes any text
        for it, which is not in the program. It may be what the script puts into a map."""
        if not (option.flags and option.is_given(self.explorer.args) and option.takes_one() and
                option.type == "str" and not option.choices):
            return []
        found = [(value, run) for value, run in self.explorer.values(option)
                 if explore.same_program(run, self.base)]
        if len(found) < len(explore.NUMBERS):
            return []
        model = options.model_of(option, found)
        model.type, model.default = "string", option.given(self.explorer.args)
        return [model]

    def tell_words(self, option):
        self.tool.missing.append(report.at(option.line, f"{option.word()}: takes several words"))

    def tell_refused(self, option):
        """An option without a program: it prints the program's text, or its values are not known."""
        if option.takes_words():
            self.tell_words(option)
            return
        setting = explore.Setting(((option.dest, None),))
        if option.is_flag() and any(
                line and line in self.explorer.run(setting)["output"]
                for line in explore.text(self.base).splitlines() if line.endswith(";")):
            self.tool.done.append(report.at(
                option.line, f"{option.word()}: 'bcc2core emit' shows the program"))
        else:
            self.tool.missing.append(report.at(
                option.line, f"{option.word()}: no program is made with it"))

    def pair(self):
        """Runs of two options at once: of those that change the program, and of each of these with
        a flag that does not do so alone."""
        self.both, self.never = {}, set()
        for flag in [model for model in self.models if model not in self.changing]:
            if flag.is_flag and any(self.changes_beside(flag, other) for other in self.changing):
                self.changing.append(flag)
        for one, two in itertools.combinations(self.changing, 2):
            setting = explore.Setting(one.setting(0).values + two.setting(1).values)
            if self.add_run(setting):
                self.both[one.dest, two.dest] = setting

    def changes_beside(self, flag, other):
        """Whether a flag changes the program that there is with another option, which does not only
        take its place."""
        if self.attribute(flag) == self.attribute(other):
            return False
        alone = other.setting(0)
        run = self.explorer.run(explore.Setting(alone.values + flag.setting().values), marks=False)
        return not explore.refused(run) and explore.text(run) != explore.text(self.runs[alone])

    def add_run(self, setting):
        """Keeps the run of a setting; whether the script takes it."""
        run = self.explorer.run(setting)
        if explore.refused(run) or len(run["programs"]) != len(self.base["programs"]):
            self.never.add(frozenset(setting.values))
            return False
        self.runs[setting] = run
        return True

    def combine(self, changing):
        """Runs of all combinations of options that change a place together."""
        known, self.tool = self.tool, copy.deepcopy(self.tool)
        program = Program(self)
        with contextlib.suppress(explore.ImportFailure):    # settle.py says what stands in the way
            program.write(changing)
        self.tool = known
        done = {frozenset(setting.values) for setting in self.runs} | self.never
        for models in program.wanted:
            for row in combos.rows(models):
                setting = explore.Setting(combos.values_of(row))
                if frozenset(setting.values) not in done:
                    done.add(frozenset(setting.values))
                    self.add_run(setting)

    def row(self, model):
        """The script's option of a Model."""
        return next(row for row in self.rows if row.dest == model.dest)

    def attribute(self, model):
        return self.row(model).attribute

    def model(self, dest):
        return next(model for model in self.models if model.dest == dest)

    def changes_program(self, model):
        return model in self.changing

    def changes_alone(self, model):
        return any(explore.text(self.runs[setting]) != explore.text(self.base)
                   or explore.program(self.runs[setting])["cflags"]
                   != explore.program(self.base)["cflags"] for _, setting in model.settings)

    def unite(self):
        """Makes one text of those that the script makes on several kernels, or says why not."""
        texts, self.others = united.texts_of(self.explorer)
        self.explorer.texts = texts if not self.explorer.apart else None
        try:
            self.base = self.explorer.run()
        except united.Apart as apart:
            self.explorer.apart, self.explorer.texts = str(apart), None
            self.base = self.explorer.run()
        if self.others and not self.explorer.texts:
            reason = self.explorer.apart or "nothing that a fact asks tells these kernels apart"
            self.tool.approximated.append(report.at(
                self.line_of_text(), f"the text is the one for {self.explorer.newest.name}; the "
                f"script makes another one for {', '.join(one.name for one in self.others)} "
                f"({reason}): see 'bcc2core check --kernels'"))

    def line_of_text(self, question=None):
        """Where the script asks what decides about the text; of none, the first that differs."""
        known = [(asked[0], tuple(asked[1])) for asked in self.base["asked"]]
        if question and (question.kind, question.args) in known:
            return self.base["asked_at"][known.index((question.kind, question.args))]
        return report.of_answer(self.base, self.explorer.newest, self.others[0])

    def tell_kernels(self):
        """Says what becomes of the texts for other kernels."""
        texts = self.explorer.texts
        for number, group in enumerate(texts.groups[1:] if texts else (), 1):
            names = ", ".join(kernel.name for kernel in group.kernels)
            more, less = texts.differing(number)
            said = [f"{', '.join(more)} in addition" if more else "",
                    f"without {', '.join(less)}" if less else "",
                    f"other lines in {', '.join(sorted(texts.asking))}" if texts.asking else ""]
            said = [f"{group.literal()}: {', '.join(filter(None, said))}"] if any(said) else []
            said = said or ["bcc2core makes the same of it"]
            self.tool.done.append(report.at(self.line_of_text(group.question),
                                            f"the text for {names}: {said[0]}"))

    # Outputs and options.

    def known_options(self):
        """The options as outputs has to know them, by destination."""
        known = {model.dest: {"name": model.name, "type": model.type, "default": model.default,
                              "choices": model.choices, "list": bool(model.most),
                              "unset": None if model.most else model.unset,
                              **self.row(model).for_outputs()}
                 for model in [*self.models, *self.given]
                 if (model.name not in options.BUILT_IN or model.sets)
                 and (not model.most or model.makes_list) and model.dest not in self.not_given}
        known |= self.positional()
        chosen = [model.dest for model in self.flags]
        return {dest: option for dest, option in known.items() if dest not in chosen}

    def derived(self):
        """([(flags, what outputs are found with them)], {setting: what is found})."""
        known = self.known_options()
        runs, found = {}, []
        for given in variants.combinations(self.flags):
            values = combos.taken(tuple((model.dest, None) for model in given), self.never)
            if values not in runs:
                runs[values] = self.explorer.outputs(known, explore.Setting(values))
            if "outputs" in runs[values]:
                found.append((given, runs[values]))
        return found, runs

    def write_outputs(self, used):
        """What the script prints, by its callbacks and its loop; notes the options that it uses."""
        found, runs = self.derived()
        if arguments.set_by(self.models, runs[()].get("arguments", {})):
            found, runs = self.derived()
        used |= {model.dest for model in self.models if model.sets}
        if not self.keep_given(runs[()]):
            found, runs = self.derived()
        result = runs[()]
        if "outputs" not in result:
            self.tool.missing.append(report.at(
                report.of_program(self.base), "what the script prints: every map and buffer is "
                f"printed as it is ({result['end']})"))
            return
        for one in runs.values():
            self.tell_outputs(one)
        outputs, code = code_file.joined([one for _, one in found])
        made = [(given, one) for (given, _), one in zip(found, outputs)]
        result = {**result, "code": code, "outputs": variants.merged(
            [(given, one["outputs"]) for given, one in made], self.flags)}
        self.taken = result["arguments"]
        shown = {name: variants.merged_lines([(given, one[name]) for given, one in made], self.flags)
                 for name in ("start", "end")}
        prints_maps = any(next(iter(output)) not in ("events", "trace")
                          for output in result["outputs"])
        if shown["start"] != ([BANNER] if prints_maps else []):
            self.tool.manifest["start"] = shown["start"]
        for key, value in (("outputs", result["outputs"]), ("end", shown["end"])):
            if value:
                self.tool.manifest[key] = value
        self.keep_perf_buffers(result)
        self.fill_maps([one for _, one in found])
        if result["code"]:
            self.tool.code = result["code"]
            self.tool.manifest["code"] = f"{self.tool.name}_code.c"
        text = json.dumps([result["outputs"], result["presets"], shown]) + self.tool.code
        for model in self.models:
            arguments.without_long_default(model, text)
        used |= {model.dest for model in self.models
                 if re.search(rf"\bopt\.{model.c_name}\b", text)}

    def keep_given(self, result):
        """Leaves options of the command line what it says, but for those that maps are filled with;
        whether all are such."""
        text = json.dumps(result.get("presets", {}))
        kept = [model for model in self.given if re.search(rf"\bopt\.{model.c_name}\b", text)]
        same = len(kept) == len(self.given)
        self.given = kept
        self.models = [*self.models, *(model for model in kept if model not in self.models)]
        for model in self.models:
            model.size = result.get("sizes", {}).get(model.dest, 0)
        return same

    def fill_maps(self, results):
        """What the script puts into maps before its wait."""
        presets = results[0]["presets"] if results else {}
        for one in results:
            if one["presets"] != presets:
                self.tool.missing.append(report.at(
                    report.of_program(self.base), "what it writes to maps depends on options"))
                return
        for name, elements in presets.items():
            self.tool.manifest.setdefault("maps", {}).setdefault(name, {})["preset"] = elements

    def keep_perf_buffers(self, result):
        """Buffers whose rows show the CPU stay what tells it."""
        for output in result["outputs"]:
            if "events" in output and "cpu()" in json.dumps(output) + result["code"]:
                maps = self.tool.manifest.setdefault("maps", {})
                maps.setdefault(output["events"], {})["buffer"] = "perf"

    def positional(self):
        """The interval and the count, as options of the outputs."""
        named = arguments.rounds_of(self.rows)
        return {option.dest: {"name": named[option.dest], "type": "u32", "default": option.default,
                              "choices": [], "place": option.place} for option in self.rows if option.dest in named}

    def tell_outputs(self, result):
        """Lines of the script that could not be brought over to the letter."""
        for left, lines in (("left", self.tool.missing), ("approximated", self.tool.approximated)):
            lines += [report.at(one["line"], one["what"]) for one in result.get(left, ())]

    def write_options(self, used):
        listed = {}
        filters = self.base.get("filters_containers") or ()
        for model in [model for model in self.models if model.dest not in filters]:
            if model.name in options.BUILT_IN and model.dest not in used:
                self.tool.approximated.append(self.of_option(
                    model.dest, f"--{model.name} is the tool's own option"))
            elif model.dest in used:
                entry = model.entry()
                if model.sets and model.real:
                    self.tool.approximated.append(self.of_option(
                        model.dest, f"--{model.name} takes whole seconds"))
                if model in self.flags:
                    entry["define"] = self.macro(model)
                if entry.get("short") in options.LETTERS:
                    self.tool.approximated.append(self.of_option(
                        model.dest, f"-{entry.pop('short')} is the tool's own, not --{model.name}"))
                listed[model.name] = entry
            elif self.row(model).says_default():
                self.tool.approximated.append(self.of_option(
                    model.dest, f"--{model.name} is no option of the tool: it says what is so "
                    "without it"))
            elif not any(re.search(rf"--{model.name}\b", line) for line in self.tool.missing):
                self.tool.missing.append(self.of_option(
                    model.dest, f"--{model.name}: nothing that was found depends on it"))
        if listed:
            self.tool.manifest["options"] = listed
        self.tool.approximated += forms.approximated(
            self, [model for model in self.models if model.name in listed])
        words = arguments.words_of(self.rows, self.models, listed, self.taken)
        if words:
            self.tool.manifest["arguments"] = words
        self.tell_words_behind(listed, words)

    def tell_words_behind(self, listed, words):
        """Says which words of the command line are not carried over."""
        by_place = {row.place: row.dest for row in self.rows if row.place}
        carried = {model.dest for model in self.models if model.name in listed} & set(by_place.values())
        carried |= {dest for dest in self.positional() if dest in words}
        line = self.explorer.takes_words(carried if by_place else True if words else ())
        given = " ".join(f"'{word}'" for place, word in enumerate(self.explorer.args, 1)
                         if by_place.get(place) not in carried)
        if line:
            self.tool.missing.append(report.at(
                line, "words of the command line that are no options" +
                (f": {given} is part of the tool" if given else "")))

    def macro(self, model):
        """The script's own, or a name that the program does not have."""
        if model.macro:
            return model.macro
        name = model.c_name.upper()
        return name if name not in re.findall(r"\w+", self.tool.source) else f"WITH_{name}"


def without_macros(run):
    """The flags of the compiler that define nothing."""
    return [flag for flag in explore.program(run)["cflags"] if not flag.startswith("-D")]


def why_none(run):
    """One line on a run that made no program."""
    said = [line.strip() for line in run["output"].splitlines() if line.strip()]
    last = f": {said[-1]}" if said else ""
    if run["end"].startswith("killed"):
        return (f"it did not come to its first wait in {explore.child.CPU_SECONDS} seconds of the "
                "CPU: it loops, or waits for something")
    if run["end"].startswith("exit"):
        return f"it ends without a BPF program{last}"
    if run["end"] == "returned":
        return "it makes no BPF object: it is no script for bcc"
    if run["end"].startswith(("line ", "it needs ")):
        return run["end"]
    return f"it fails: {run['end']}"
