# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Where the functions of a tool are attached, over all kernels and options that were tried.

Called by tool.Maker with its runs; what attaches.py makes of one run's attaches becomes one list.
"""

import attaches
import explore
import fallbacks


# What is a number in the manifest.
NUMBERS = {"frequency", "period", "offset", "maxactive", "address"}


class Places:
    """Makes the manifest's `attach` of a Maker's runs."""

    def __init__(self, maker):
        self.explorer, self.tool = maker.explorer, maker.tool
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
        for kernel in usable or [self.explorer.newest]:
            run = self.explorer.run(explore.Setting(), kernel)
            if explore.program(run):
                merge(found, self.entries(run, kernels), kernel.name)
        listed, everywhere = [], set().union(*(names for _, names in found))
        for entry, names in found:
            if names != everywhere:
                entry = {**entry, "optional": True}
            listed.append(entry)
        for model in [model for model in self.models if model.is_flag]:
            used |= self.add_option(model, listed, kernels)
        self.check(listed, kernels)
        for model in [model for model in self.models if not model.is_flag]:
            used |= self.add_option(model, listed, kernels)
        if listed:
            source = self.explorer.script.read_bytes()
            self.tool.manifest["attach"] = fallbacks.with_choices(listed, source)
        return used

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
                self.tool.missing.append("what is attached with " + " and ".join(
                    f"--{model.name}" for model in models))

    def add_option(self, model, listed, kernels):
        """What an option adds to the attaches, takes away, or says in them."""
        base = self.entries(self.base, kernels)
        lists = [self.entries(self.runs[setting], kernels) for _, setting in model.settings]
        if all(one == base for one in lists):
            return set()
        if not model.is_flag:
            values = [value for value, _ in model.settings]
            return self.add_value(model, listed, base, list(zip(values, lists)))
        for entry in listed:
            if without(entry, "optional", "when") not in lists[0]:
                words = f"!{model.reference}"
                entry["when"] = f"{entry['when']} && {words}" if "when" in entry else words
        listed += [{**entry, "when": model.reference} for entry in lists[0]
                   if entry not in base]
        return {model.dest}

    def add_value(self, model, listed, base, tried):
        """An option whose value stands in the attaches: a binary, a symbol, a process."""
        general = [with_option(entries, value, model.reference) for value, entries in tried]
        if any(one != general[0] for one in general) or len(general[0]) != len(base):
            self.tool.missing.append(f"--{model.name} changes what is attached")
            self.beyond.add(model.dest)
            return set()
        number = next(filter(None, map(fixed_number, general[0])), None)
        if number:
            self.tool.missing.append(f"--{model.name}: the {number} of an attach is a number of the "
                                     "manifest, not an option")
            self.beyond.add(model.dest)
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


def fixed_number(entry):
    """A word of an entry whose number depends on an option, which the manifest cannot say."""
    for key, value in entry.items():
        if isinstance(value, dict):
            return fixed_number(value)
        if key in NUMBERS and str(value).startswith("opt."):
            return key
    return None


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
