# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Where the functions of a tool are attached, over all kernels and options that were tried.

Called by tool.Maker with its runs; what attaches.py makes of one run's attaches becomes one list.
"""

import attaches
import explore
import fallbacks
import report


# What is a number in the manifest.
NUMBERS = {"frequency", "period", "offset", "maxactive", "address"}
# Kinds of attaches whose place is a name.
NAMES = {"kprobe", "kretprobe", "ksyscall", "kretsyscall", "tracepoint", "raw_tracepoint", "fentry", "fexit"}


class Places:
    """Makes the manifest's `attach` of a Maker's runs."""

    def __init__(self, maker):
        self.explorer, self.tool = maker.explorer, maker.tool
        self.texts = maker.explorer.texts
        self.models, self.both = maker.models, maker.both
        self.base, self.runs = maker.base, maker.runs
        self.beyond = set()         # options that choose what is attached in a way that is not said

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

    def write(self):
        """Attaches over all kernels, with those that options add; returns the options used."""
        found, kernels, used = [], self.explorer.kernels, set()
        usable = [kernel for kernel in reversed(kernels) if self.explorer.attaches_on(kernel)]
        if not usable:
            self.nowhere()
        for kernel in usable or [self.explorer.newest]:
            if explore.program(self.explorer.run(explore.Setting(), kernel, marks=False)):
                merge(found, self.on_kernel(explore.Setting(), kernel), kernel.name)
        self.varying = [kernel for kernel in usable if self.on_kernel(explore.Setting(), kernel)
                        != self.on_kernel(explore.Setting(), self.explorer.newest)]
        rows = self.with_optional(found, set().union(*(names for _, names in found)))
        for model in [model for model in self.models if model.is_flag]:
            used |= self.add_flag(model, rows)
        listed = [entry for entry, names in rows if self.explorer.newest.name in names]
        self.check(listed, kernels)
        for model in [model for model in self.models if not model.is_flag]:
            used |= self.add_option(model, listed, kernels)
        own = self.own_entries()
        used |= {model.dest for model in self.models
                 if any(model.reference in entry.get("when", "") for entry in own)}
        listed = [self.with_host(entry) for entry in [*(entry for entry, _ in rows), *own]]
        if listed:
            source = self.explorer.script.read_bytes()
            self.tool.manifest["attach"] = fallbacks.with_choices(listed, source)
        return used

    def nowhere(self):
        """Says what the script attaches that no kernel of the data has, so that it ends there."""
        program = explore.program(self.explorer.run(marks=False))
        for attach, line in zip(program["attaches"], program["attached_at"]) if program else ():
            if attach.get("lacking"):
                name = next(attach[key] for key in ("event", "event_re", "tp", "tp_re") if key in attach)
                self.tool.approximated.append(report.at(
                    line, f"no kernel of the data has '{name}': '{attach['fn']}' is attached where a host has it"))

    def with_optional(self, found, everywhere):
        """Entries of which some kernels that have the function make none are optional."""
        return [({**entry, "optional": True} if names != everywhere & self.kernels_with(entry["run"])
                 else entry, names) for entry, names in found]

    def with_host(self, entry):
        """An entry with what the host is asked whether its function is the one."""
        words = self.texts.when(entry["run"]) if self.texts else ""
        if words and "when" in entry:
            parts = (f"({one})" if "||" in one else one for one in (words, entry["when"]))
            words = " && ".join(parts)
        return {**entry, "when": words} if words else entry

    def own_entries(self):
        """Entries of functions that attach themselves, on some kernels alone. Flags under which
        the program lacks one are named."""
        found, taken = [], {model.dest for model in self.models}
        for setting, entries in (self.texts.entries if self.texts else {}).items():
            found += [entry for entry in entries if entry not in found
                      and set(setting.names()) <= taken]
        return [self.with_flags(entry) for entry in found]

    def with_flags(self, entry):
        known, having = self.texts.entries, []
        for model in [model for model in self.models if model.is_flag]:
            if model.setting() in known and (entry in known[model.setting()]) != \
                    (entry in known[explore.Setting()]):
                having.append(model)
        if entry in known[explore.Setting()]:
            words = " && ".join(f"!{model.reference}" for model in having)
        else:
            words = " || ".join(model.reference for model in having)
        return {**entry, "when": words} if words else entry

    def on_kernel(self, setting, kernel):
        """Entries of a kernel's run, with the names that its functions have in the tool."""
        entries = self.entries(self.explorer.run(setting, kernel, marks=False),
                               self.explorer.kernels)
        number = self.texts.number(kernel) if self.texts else 0
        return [{**entry, "run": self.texts.names.get((number, entry["run"]), entry["run"])}
                for entry in entries] if number else entries

    def kernels_with(self, function):
        """Names of the kernels whose text has a function."""
        return {kernel.name for kernel in self.explorer.kernels
                if not self.texts or self.texts.has(kernel, function)}

    def check(self, listed, kernels):
        """Two flags at once must attach what the entries say."""
        for pair, setting in self.both.items():
            models = [model for model in self.models if model.dest in pair and model.is_flag]
            if len(models) < 2:
                continue
            given = {model.reference for model in models}
            said = [without(entry, "when", "optional") for entry in listed
                    if all((word.lstrip("!") in given) != word.startswith("!")
                           for word in entry.get("when", "").split(" && ") if word)]
            made = [without(entry, "optional") for entry in self.entries(self.runs[setting], kernels)]
            if [entry for entry in made if entry not in said] or len(made) != len(said):
                self.tool.missing.append(self.of_change(setting, "what is attached with " +
                                         " and ".join(f"--{model.name}" for model in models)))

    def add_flag(self, model, rows):
        """What a flag adds to the attaches and takes away, on all kernels: rows of (entry, names of
        kernels)."""
        kernels, gone, more = [self.explorer.newest, *self.varying], {}, []
        for kernel in kernels:
            if not explore.program(self.explorer.run(model.setting(), kernel, marks=False)):
                continue
            base, new = (self.on_kernel(setting, kernel)
                         for setting in (explore.Setting(), model.setting()))
            gone[kernel.name] = [entry for entry in base if entry not in new]
            merge(more, [entry for entry in new if entry not in base], kernel.name)
        for entry, names in rows:
            without_it = {name for name, lost in gone.items()
                          if name in names and any(covers(entry, one) for one in lost)}
            if without_it and without_it != names & set(gone):
                self.tool.missing.append(self.of_change(
                    model.setting(), f"--{model.name} changes what is attached to "
                    f"'{entry['run']}' on {', '.join(sorted(without_it))}"))
            elif without_it:
                words = f"!{model.reference}"
                entry["when"] = f"{entry['when']} && {words}" if "when" in entry else words
        rows += [({**entry, "when": model.reference}, names)
                 for entry, names in self.with_optional(more, set(gone))]
        return {model.dest} if more or any(gone.values()) else set()

    def add_option(self, model, listed, kernels):
        """What an option says in the attaches by its value."""
        base = self.entries(self.base, kernels)
        lists = [self.entries(self.runs[setting], kernels) for _, setting in model.settings]
        if all(one == base for one in lists):
            return set()
        return self.add_value(model, listed, base, lists)

    def of_change(self, setting, text):
        """A line of the report about what a setting attaches."""
        return report.at(report.of_change(self.base, self.runs[setting]), text)

    def add_value(self, model, listed, base, lists):
        """An option whose value stands in the attaches: a binary, a symbol, a process. `lists` are
        the attaches of its settings."""
        general = [with_option(entries, value, model.reference)
                   for (value, _), entries in zip(model.settings, lists)]
        if any(one != general[0] for one in general) or len(general[0]) != len(base):
            self.tool.missing.append(self.of_change(
                model.setting(), f"--{model.name} changes what is attached"))
            self.beyond.add(model.dest)
            return set()
        fixed = next(filter(None, map(fixed_word, general[0])), None)
        if fixed:
            self.tool.missing.append(self.of_change(
                model.setting(), f"--{model.name}: the {fixed} of an attach is a "
                f"{'number' if fixed in NUMBERS else 'name'} of the manifest, not an option"))
            self.beyond.add(model.dest)
            return set()
        for entry, old, new in zip(listed, base, general[0]):
            update(entry, old, new)
            self.default_of(model, old, new)
        self.beside_flags(model, listed[len(base):])
        return {model.dest}

    def beside_flags(self, model, more):
        """What a flag attaches has the option's value too, where the script run with both says so."""
        value, setting = model.settings[0]
        for flag in [one for one in self.models if one.is_flag]:
            own = [entry for entry in more if entry.get("when") == flag.reference]
            both = explore.Setting(setting.values + flag.setting().values)
            run = self.explorer.run(both, marks=False) if own else None
            if not own or not explore.program(run):
                continue
            made = with_option(self.entries(run, self.explorer.kernels), value, model.reference)
            for entry in own:
                plain = without(entry, "when", "optional")
                given = [one for one in made if one != plain and agrees(plain, one, model.reference)]
                if plain not in made and len(given) == 1:
                    update(entry, plain, given[0])

    @staticmethod
    def default_of(model, old, new):
        """What the script takes without the option is the option's default."""
        for kind, place in new.items():
            if isinstance(place, dict) and isinstance(old.get(kind), dict):
                for key, value in place.items():
                    if value == model.reference and key in old[kind]:
                        model.default = model.default or old[kind][key]


def merge(found, entries, kernel):
    """Adds a kernel's attaches to those of newer ones: [(entry, names of kernels)]."""
    same = [next((one for one in found if one[0] == entry), None) for entry in entries]
    for one in filter(None, same):
        one[1].add(kernel)
    for entry in [entry for entry, one in zip(entries, same) if not one]:
        alike = next((one for one in found
                      if kernel not in one[1] and alternative(one[0], entry)), None)
        if alike:
            add_place(alike[0], entry)
            alike[1].add(kernel)
        else:
            found.append((dict(entry), {kernel}))


def without(entry, *keys):
    return {key: value for key, value in entry.items() if key not in keys}


def fixed_word(entry):
    """A word of an entry that depends on an option, which the manifest cannot say: a number, or the
    name of what is probed."""
    for key, value in entry.items():
        if isinstance(value, dict) and key in NAMES:
            value = value.get("match")
        if isinstance(value, dict):
            return fixed_word(value)
        if key in NUMBERS | NAMES and any(str(one).startswith("opt.") for one in aslist(value)):
            return key
    return None


def covers(entry, other):
    """Whether an entry over all kernels has that of one kernel in it."""
    kind = kind_of(other)
    return entry["run"] == other["run"] and kind in entry and (
        entry[kind] == other[kind] or isinstance(entry[kind], list) and
        set(aslist(other[kind])) <= set(entry[kind]))


def update(entry, old, new):
    """Puts what is new into an entry, and leaves the rest of it."""
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(entry.get(key), dict):
            update(entry[key], old.get(key, {}), value)
        elif old.get(key) != value:
            entry[key] = value


def agrees(entry, other, name):
    """Whether two entries are one but for what is the option's value in the other."""
    if isinstance(entry, dict) and isinstance(other, dict):
        return set(entry) == set(other) and all(agrees(entry[key], other[key], name) for key in entry)
    return other in (entry, name)


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
