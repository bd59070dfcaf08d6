# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""From the runs of a script to a source and a manifest, and what could not be brought over."""

import copy
import dataclasses
import itertools
import json
import re

import attaches
import explore
import guards
import options
import template
import variants
from outputs import code_file

BASE = explore.Setting()
SIZE = "a map's size"           # in place of a text that is put in
POSITIONAL = ("interval", "count")      # the words that a tool can take behind its options


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


class Maker:
    """Makes the Tool of a script."""

    def __init__(self, explorer):
        self.explorer = explorer
        name = explore.child.Job(explorer.script, (), None).tool()
        self.tool = Tool(re.sub(r"[^\w-]", "_", name))
        self.models, self.runs = [], {}

    def explore(self):
        """Runs the script with each of its options."""
        self.base = self.first_run()
        self.runs[BASE] = self.base
        self.tool.notes += [f"this host did not keep the script from {what}"
                            for what in self.base.get("unconfined", ())]
        self.rows = self.explorer.describe()
        for option in self.rows:
            if option.flags and not set(option.flags) & explore.SILENT:
                self.take_option(option)
        self.compare_kernels()
        self.pair([model for model in self.models if self.changes_program(model)])

    def make(self, left_out=()):
        """The Tool; options whose destinations are `left_out` do nothing in it."""
        all_models, self.models = self.models, [model for model in self.models
                                                if model.dest not in left_out]
        said, self.tool = self.tool, copy.deepcopy(self.tool)
        changing = [model for model in self.models if self.changes_program(model)]
        used = self.write_program(changing)
        used |= self.write_attaches()
        self.write_outputs(used)
        self.write_options(used)
        made, self.tool, self.models = self.tool, said, all_models
        return made

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

    def take_option(self, option):
        if not option.takes_one() and not option.is_flag():
            self.tool.missing.append(f"{option.word()}: takes several words")
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
        for (value, setting), (_, run) in zip(model.settings, found):
            self.runs[setting] = run
        if any(explore.program(run)["cflags"] != explore.program(self.base)["cflags"]
               for _, run in found):
            self.tool.missing.append(f"--{model.name} changes flags of the compiler")
        if model.name in options.BUILT_IN and self.changes_program(model):
            self.tool.approximated.append(f"--{model.name} is the tool's own option, the script's "
                                          f"is --program-{model.name}")
            model.name = f"program-{model.name}"
        self.models.append(model)

    def tell_refused(self, option):
        """An option without a program: it prints the program's text, or its values are not known."""
        setting = explore.Setting(((option.dest, None),))
        if option.is_flag() and any(
                line and line in self.explorer.run(setting)["output"]
                for line in explore.text(self.base).splitlines() if line.endswith(";")):
            self.tool.done.append(f"{option.word()}: 'bcc2core emit' shows the program")
        else:
            self.tool.missing.append(f"{option.word()}: no program is made with it")

    def pair(self, changing):
        """Runs of two options at once, the first value of each."""
        self.both = {}
        for one, two in itertools.combinations(changing, 2):
            setting = explore.Setting(one.settings[0][1].values + two.settings[0][1].values)
            run = self.explorer.run(setting)
            if not explore.refused(run) and len(run["programs"]) == len(self.base["programs"]):
                self.runs[setting] = run
                self.both[one.dest, two.dest] = setting

    def changes_program(self, model):
        return any(explore.text(self.runs[setting]) != explore.text(self.base)
                   or explore.program(self.runs[setting])["cflags"]
                   != explore.program(self.base)["cflags"] for _, setting in model.settings)

    def compare_kernels(self):
        """Says on which kernels the script would load another text."""
        others = []
        for kernel in self.explorer.kernels:
            run = self.explorer.run(BASE, kernel)
            if explore.program(run) and not explore.ctext.same(explore.text(run),
                                                               explore.text(self.base)):
                others.append(kernel.name)
        if others:
            self.tool.approximated.append(
                f"the text is the one for {self.explorer.newest.name}; the script makes "
                f"another one for {', '.join(others)}: see 'bcc2core check --kernels'")

    # The program.

    def write_program(self, changing):
        """Source and replacements; returns the names of the options that they use."""
        self.template = template.Template(BASE, self.runs_of(self.models))
        names, used, replaced = self.template.names(), set(), {}
        self.guarded, self.flags = {}, []
        guards_of = [self.guard(place, changing) for place in self.template.places]
        # First the places where flags change declarations: others may follow those flags.
        for i in sorted(range(len(guards_of)), key=lambda i: guards_of[i][1] is not None):
            guarded, text = guards_of[i]
            if text is None or self.is_flagged(guarded):
                found = self.vary(self.template.places[i], guarded, changing)
                names[i] = self.put(names[i], found, replaced)
                continue
            used |= {case.option for case in guarded.cases}
            if text is SIZE:
                names[i] = None
                continue
            replaced[names[i]] = text
            self.guarded[names[i]] = guarded
        used |= {model.dest for model in self.flags}
        self.check(changing, names)
        source = self.template.source(names)
        if not self.template.is_whole(source, names):
            raise explore.ImportFailure("the texts of its options cannot be told apart: import it "
                                        "for one command line, behind --")
        self.tool.source = self.defines() + source.strip("\n") + "\n"
        if replaced:
            self.tool.manifest["replace"] = replaced
        return used

    def is_flagged(self, guarded):
        """Whether a flag that has a program of its own changes a place."""
        return bool({case.option for case in guarded.cases} & {model.dest for model in self.flags})

    def vary(self, place, guarded, changing):
        """Lets flags choose the program where they choose declarations; returns the replacements,
        or why there are none."""
        if None in place.contents.values():
            return guarded
        known = {model.dest for model in changing}
        both = {pair: setting for pair, setting in self.both.items() if set(pair) <= known}
        found = variants.replacements(place, BASE, changing, both, guarded)
        if isinstance(found, str):
            return found
        new = [model for model in variants.affecting(place, BASE, changing)
               if model not in self.flags]
        if len(self.flags) + len(new) > variants.MOST:
            return "too many flags change declarations"
        self.flags += new
        return found

    def put(self, name, found, replaced):
        """Keeps replacements that stand one behind another; returns their names, None if there are
        none and the base's text stays."""
        if isinstance(found, str):
            self.tool.missing.append(f"{name}: {found}")
            return None
        names = [name if not i else f"{name}_{i + 1}" for i in range(len(found))]
        replaced.update(zip(names, found))
        return " ".join(names)

    def runs_of(self, models):
        """The runs in which only options of these models were given."""
        known = {model.dest for model in models}
        return {setting: run for setting, run in self.runs.items()
                if set(setting.names()) <= known}

    def guard(self, place, changing):
        """(Guarded, C text), or (why not, None)."""
        if None in place.contents.values():
            return "the texts of the options cannot be told apart here", None
        both = {}
        for (one, two), setting in self.both.items():
            if setting not in place.contents:
                continue
            alone = [next(model for model in changing if model.dest == dest).settings[0][1]
                     for dest in (one, two)]
            both[one, two] = tuple(place.contents[which] for which in (*alone, setting))
        guarded = guards.ordered(place, BASE, changing, both)
        if isinstance(guarded, str):
            return guarded, None
        if not guarded.cases:
            return "no option that was tried alone changes it", None
        text = guards.c_text(guarded, self.template.around(place))
        if text is None:
            if self.sizes_map(place, guarded):
                return guarded, SIZE
            return guarded, None
        return guarded, text

    def sizes_map(self, place, guarded):
        """Whether an option is the size of a map, which the manifest then says."""
        case, name = guarded.cases[0], self.template.map_of(place)
        model = self.model(case.option)
        if len(guarded.cases) > 1 or case.text != f"opt.{model.c_name}" or not name:
            return False
        model.type = "u32"
        self.tool.manifest.setdefault("maps", {})[name] = {"entries": case.text}
        return True

    def model(self, dest):
        return next(model for model in self.models if model.dest == dest)

    def check(self, changing, names):
        """Every text that the script made must be the one that the cases select."""
        models = {model.dest: model for model in changing}
        for setting in self.runs_of(changing):
            for place, name in zip(self.template.places, names):
                guarded = self.guarded.get(name)
                if guarded and not guards.ctext.same(guarded.select(setting, models),
                                                     place.contents[setting]):
                    words = " ".join(f"--{self.model(dest).name}" for dest in setting.names())
                    self.tool.missing.append(f"{name}: with {words} the script's text is another "
                                             "one than the tool's")
                    break

    def defines(self):
        """Lines for the macros that the script gives as flags of the compiler."""
        lines = []
        for flag in explore.program(self.base)["cflags"]:
            match = re.fullmatch(r"-D(\w+)(?:=(.*))?", flag)
            if match:
                lines.append(f"#define {match[1]} {match[2] or 1}\n")
            elif not flag.startswith("-W"):
                self.tool.approximated.append(f"the compiler's flag {flag} is left out")
        return "".join(lines)

    # Attaches.

    def entries(self, run, kernels):
        """The attaches of a run; one that failed, and whose failure the script took, is another place
        for the next one of its function."""
        listed, failed = [], []
        for attach in explore.program(run)["attaches"]:
            for entry in attaches.entries([attach], kernels):
                if attach.get("lacking"):
                    failed.append(entry)
                    continue
                before = [other for other in failed if alternative(other, entry)]
                failed = [other for other in failed if other not in before]
                for other in reversed(before):
                    kind = kind_of(entry)
                    entry = {**entry, kind: [*aslist(other[kind]), *aslist(entry[kind])]}
                if entry not in listed:
                    listed.append(entry)
        return listed + [{**entry, "optional": True} for entry in failed]

    def write_attaches(self):
        """Attaches over all kernels, with those that options add; returns the options used."""
        found, kernels, used = [], self.explorer.kernels, set()
        usable = [kernel for kernel in reversed(kernels) if self.explorer.attaches_on(kernel)]
        for kernel in usable or [self.explorer.newest]:
            run = self.explorer.run(BASE, kernel)
            if explore.program(run):
                merge(found, self.entries(run, kernels), kernel.name)
        listed, everywhere = [], set().union(*(names for _, names in found))
        for entry, names in found:
            if names != everywhere:
                entry = {**entry, "optional": True}
            listed.append(entry)
        for model in self.models:
            used |= self.attach_option(model, listed, kernels)
        self.check_attaches(listed, kernels)
        if listed:
            self.tool.manifest["attach"] = listed
        return used

    def check_attaches(self, listed, kernels):
        """Two flags at once must attach what the entries say."""
        for pair, setting in self.both.items():
            models = [model for model in self.models if model.dest in pair and model.is_flag]
            if len(models) < 2:
                continue
            given = {f"opt.{model.c_name}" for model in models}
            said = [without(entry, "when", "optional") for entry in listed
                    if all((word.lstrip("!") in given) != word.startswith("!")
                           for word in entry.get("when", "").split(" && ") if word)]
            made = [without(entry, "optional") for entry in self.entries(self.runs[setting], kernels)]
            if [entry for entry in made if entry not in said] or len(made) != len(said):
                self.tool.missing.append("what is attached with " + " and ".join(
                    f"--{model.name}" for model in models))

    def attach_option(self, model, listed, kernels):
        """What an option adds to the attaches, takes away, or says in them."""
        base = self.entries(self.base, kernels)
        lists = [self.entries(self.runs[setting], kernels) for _, setting in model.settings]
        if all(one == base for one in lists):
            return set()
        if not model.is_flag:
            values = [value for value, _ in model.settings]
            return self.attach_value(model, listed, base, list(zip(values, lists)))
        for entry in listed:
            if without(entry, "optional", "when") not in lists[0]:
                words = f"!opt.{model.c_name}"
                entry["when"] = f"{entry['when']} && {words}" if "when" in entry else words
        listed += [{**entry, "when": f"opt.{model.c_name}"} for entry in lists[0]
                   if entry not in base]
        return {model.dest}

    def attach_value(self, model, listed, base, tried):
        """An option whose value stands in the attaches: a binary, a symbol, a process."""
        general = [with_option(entries, value, f"opt.{model.c_name}") for value, entries in tried]
        if any(one != general[0] for one in general) or len(general[0]) != len(base):
            self.tool.missing.append(f"--{model.name} changes what is attached")
            return set()
        for entry, old, new in zip(listed, base, general[0]):
            update(entry, old, new)
            self.default_of(model, old, new)
        return {model.dest}

    @staticmethod
    def default_of(model, old, new):
        """What the script takes without the option is the option's default."""
        for kind, place in new.items():
            if isinstance(place, dict) and isinstance(old.get(kind), dict):
                for key, value in place.items():
                    if value == f"opt.{model.c_name}" and key in old[kind]:
                        model.default = model.default or old[kind][key]

    # Outputs and options.

    def write_outputs(self, used):
        """What the script prints, by its callbacks and its loop; notes the options that it uses."""
        known = {model.dest: {"name": model.name, "type": model.type, "default": model.default,
                              "choices": model.choices} for model in self.models
                 if model.name not in options.BUILT_IN}
        known |= self.positional()
        found, result = [], {}
        for given in variants.combinations(self.flags):
            setting = explore.Setting(tuple((model.dest, None) for model in given))
            rest = {dest: option for dest, option in known.items()
                    if dest not in [model.dest for model in self.flags]}
            one = self.explorer.outputs(rest, setting)
            result = result or one
            if "outputs" in one:
                found.append((given, one))
                self.tell_outputs(one)
        if "outputs" not in result:
            self.tool.missing.append("what the script prints: every map and buffer is printed "
                                     f"as it is ({result['end']})")
            return
        outputs, result["code"] = code_file.joined([one for _, one in found])
        result["outputs"] = variants.merged(
            [(given, one) for (given, _), one in zip(found, outputs)], self.flags)
        arguments = [name for name in POSITIONAL if result["arguments"].get(name)]
        for key, value in (("outputs", result["outputs"]), ("arguments", arguments)):
            if value:
                self.tool.manifest[key] = value
        if result["code"]:
            self.tool.code = result["code"]
            self.tool.manifest["code"] = f"{self.tool.name}_code.c"
        text = json.dumps(result["outputs"]) + self.tool.code
        used |= {model.dest for model in self.models
                 if re.search(rf"\bopt\.{model.c_name}\b", text)}

    def positional(self):
        """The interval, and the word behind it, which is the count whatever the script calls it."""
        rows = [option for option in self.rows if not option.flags]
        places = [i for i, option in enumerate(rows) if option.dest == POSITIONAL[0]]
        return {option.dest: {"name": name, "type": "u32", "default": option.default, "choices": []}
                for name, option in zip(POSITIONAL, rows[places[0]:] if places else [])}

    def tell_outputs(self, result):
        """Lines of the script that could not be brought over to the letter."""
        for left, lines in (("left", self.tool.missing), ("approximated", self.tool.approximated)):
            lines += [f"line {one['line']}: {one['what']}" for one in result[left]]

    def write_options(self, used):
        listed = {}
        for model in self.models:
            if model.name in options.BUILT_IN and model.dest not in used:
                self.tool.approximated.append(f"--{model.name} is the tool's own option")
            elif model.dest in used:
                entry = model.entry()
                if model in self.flags:
                    entry["define"] = self.macro(model)
                if entry.get("short") in options.LETTERS:
                    self.tool.approximated.append(f"-{entry.pop('short')} is the tool's own, "
                                                  f"not --{model.name}")
                listed[model.name] = entry
            else:
                self.tool.missing.append(f"--{model.name}: nothing that was found depends on it")
        if self.base.get("filters_containers"):
            self.tool.manifest["filters"] = {"by": ["cgroupmap", "mntnsmap"]}
        if listed:
            self.tool.manifest["options"] = listed

    def macro(self, model):
        """A name that the program does not have."""
        name = model.c_name.upper()
        return name if name not in re.findall(r"\w+", self.tool.source) else f"WITH_{name}"


def merge(found, entries, kernel):
    """Adds a kernel's attaches to those of newer ones: [(entry, names of kernels)]."""
    for entry in entries:
        same = next((one for one in found if one[0] == entry), None)
        if same:
            same[1].add(kernel)
            continue
        alike = next((one for one in found
                      if kernel not in one[1] and alternative(one[0], entry)), None)
        if alike:
            add_place(alike[0], entry)
            alike[1].add(kernel)
        else:
            found.append((dict(entry), {kernel}))


def without(entry, *keys):
    return {key: value for key, value in entry.items() if key not in keys}


def update(entry, old, new):
    """Puts what is new into an entry, and leaves the rest of it."""
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(entry.get(key), dict):
            update(entry[key], old.get(key, {}), value)
        elif old.get(key) != value:
            entry[key] = value


def with_option(value, given, name):
    """Entries with the option's name where the value stood that was given."""
    if isinstance(value, dict):
        return {key: with_option(item, given, name) for key, item in value.items()}
    if isinstance(value, list):
        return [with_option(item, given, name) for item in value]
    return name if str(value) == given else value


def kind_of(entry):
    return next(key for key in entry if key != "run")


def alternative(one, other):
    """Whether two entries are one function at two named places of one kind."""
    kind = kind_of(one)
    if kind != kind_of(other) or one["run"] != other["run"] or set(one) != set(other):
        return False
    return all(isinstance(entry[kind], (str, list)) for entry in (one, other))


def add_place(entry, other):
    kind = kind_of(entry)
    places = [*aslist(entry[kind]), *(place for place in aslist(other[kind])
                                      if place not in aslist(entry[kind]))]
    entry[kind] = places if len(places) > 1 else places[0]


def aslist(value):
    return value if isinstance(value, list) else [value]


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
    return f"it fails: {run['end']}"
