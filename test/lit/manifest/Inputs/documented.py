#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Runs every example of docs/manifest.md, and compares its tables with the keys of the parser.

Each example of a row is put into the least program and manifest that it fits into, where `bcc2core
check` has to take it, and where --dump=manifest has to show a difference to the same manifest without
it. Each key of the schema needs a row with an example, each row a key. Blocks of YAML are run too.

usage: documented.py BCC2CORE ROOT
"""
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import contexts
import manifests
import page

# The blocks of YAML in their order, each with the program that it is for.
BLOCKS = ("readlat", "entry", "entry", "opens", "entry", "sizes", "choice", "records", "gathered", "traced", "sizes", "lines", "stacked", "joined", "stats",
          "nested", "renames", "calls")
PROGRAMS = pathlib.Path(__file__).with_name("documented")


class Builder:
    """Puts examples into their places; knows from the schema which keys exclude each other."""

    def __init__(self, schema):
        self.definitions = schema["definitions"]

    def merged(self, mapping, base, key, value):
        """The mapping's base with a key, without those that exclude it."""
        result = dict(base)
        for group in self.definitions[mapping].get("allOf", []):
            words = [word["required"][0] for word in group.get("oneOf", []) if "required" in word]
            for word in words if key in words else []:
                result.pop(word, None)
        return {**result, key: value}

    def kinds_of(self, mapping, key):
        """The kinds that a key belongs to, or None."""
        needed = self.definitions[mapping].get("dependencies", {}).get(key, {})
        if "anyOf" in needed:
            return [word["required"][0] for word in needed["anyOf"]]
        return needed.get("properties", {}).get("type", {}).get("enum")

    def manifest_cases(self, key, value, row):
        program = contexts.ENTRY
        if key == "replace":
            program = program.replace("increment(0)", "increment(LIMIT - 10)")
        yield program, {"attach": [contexts.KPROBE], key: value}

    def replace_cases(self, key, value, row):
        program = contexts.ENTRY.replace("\thits", f"\tu32 pid = 0;\n\t{key}\n\thits")
        yield program, {"options": contexts.OPTIONS, "attach": [contexts.KPROBE], "replace": {key: value}}

    def replace_when_cases(self, key, value, row):
        texts = {"when": "opt.disks", "then": "BPF_ARRAY(disks, u64, 1);", "else": "", key: value}
        yield contexts.DEFINED + "DECLARATION\n" + contexts.ENTRY, {
            "options": {"disks": contexts.DEFINE}, "attach": [contexts.KPROBE], "replace": {"DECLARATION": texts}}

    def replace_each_cases(self, key, value, row):
        macro = "#define COUNTER(name) BPF_ARRAY(name##_calls, u64, 1);\n"
        texts = {"each": {"name": "CALL", "in": ["open"]}, "text": "COUNTER(CALL)", key: value}
        yield f"{macro}\nCOUNTERS\n{contexts.ENTRY}", {"attach": [contexts.KPROBE], "replace": {"COUNTERS": texts}}

    def each_cases(self, key, value, row):
        yield contexts.each_of("table", value)

    def option_cases(self, key, value, row):
        if key == "define":
            for option in {"type": "flag"}, {"type": "choice", "choices": ["read", "write"]}:
                yield contexts.DEFINED + contexts.ENTRY, {"attach": [contexts.KPROBE],
                                                          "options": {"disks": {**option, key: value}}}
            return
        yield contexts.ENTRY, {"attach": [contexts.KPROBE],
                               "options": {"level": {**contexts.OPTION.get(key, {}), key: value}}}

    def attach_cases(self, key, value, row):
        if key in contexts.ATTACH:
            fits = not isinstance(value, dict) or "match" in value or self.is_whole(key, value)
            yield contexts.program_of(key), contexts.attached(key, value if fits else contexts.ATTACH[key][1])
            return
        if key == "each":
            functions = [contexts.function(name=f"on_{item}") for item in value["in"]]
            yield contexts.COUNT + "\n".join(functions), {"attach": [
                {"run": f"on_{value['name']}", "kprobe": f"vfs_{value['name']}", key: value}]}
            return
        for kind in self.kinds_of("attach", key) or ["kprobe"]:
            yield (contexts.program_of(kind),
                   contexts.attached(kind, contexts.ATTACH[kind][1], **{key: value}))

    def is_whole(self, kind, value):
        """Whether an example that stands for several kinds has what this one needs."""
        mapping = self.definitions.get(f"hook-{kind}", {"required": []})
        return set(mapping["required"]) <= set(value) <= set(mapping.get("properties", value))

    def match_cases(self, key, value, row):
        yield contexts.program_of("kprobe"), contexts.attached("kprobe", value["match"] and value)

    def uprobe_cases(self, key, value, row):
        for kind in ("uprobe", "uretprobe"):
            inner = self.merged("uprobe", contexts.ATTACH[kind][1], key, value)
            yield contexts.program_of(kind), contexts.attached(kind, inner)

    def usdt_cases(self, key, value, row):
        inner = self.merged("usdt", contexts.ATTACH["usdt"][1], key, value)
        yield contexts.program_of("usdt"), contexts.attached("usdt", inner)

    def perf_event_cases(self, key, value, row):
        inner = self.merged("perf_event", contexts.ATTACH["perf_event"][1], key, value)
        yield contexts.program_of("perf_event"), contexts.attached("perf_event", inner)

    def breakpoint_cases(self, key, value, row):
        base = self.merged("breakpoint", {"symbol": "jiffies_64", "type": "w"}, key, value)
        yield contexts.program_of("perf_event"), contexts.attached(
            "perf_event", {"breakpoint": base, "period": 1})

    def hook_cases(self, key, value, row):
        for kind in row.kinds():
            yield contexts.program_of(kind), contexts.attached(kind, {**contexts.ATTACH[kind][1], key: value})

    def choice_cases(self, key, value, row):
        program = contexts.COUNT + contexts.function("void *ctx", "on_event") + contexts.function(name="on_function")
        first = [{"run": "on_event", "tracepoint": "block:block_rq_issue"},
                 {"run": "on_function", "kprobe": f"vfs_{value['name']}" if key == "each" else "vfs_read"}]
        yield program, {"attach": [{"first": first, key: value}]}

    def output_cases(self, key, value, row):
        if key == "rows":
            yield contexts.ENTRY, {"options": {"queues": {"type": "u32"}}, "attach": [contexts.KPROBE], "outputs": [
                {"table": "counts", "columns": [{"header": "N", "value": "value"}], key: value}]}
            return
        for kind in [key] if key in contexts.OUTPUT else row.kinds(contexts.OUTPUT):
            yield contexts.output_of(kind, key, value)

    def text_line_cases(self, key, value, row):
        base = {} if key == "value" else {"text": "a line"}
        yield contexts.HISTOGRAM, {"options": contexts.OPTIONS, "attach": [contexts.KPROBE],
                                   "start": [{**base, key: value}], "outputs": [{"histogram": "dist"}]}

    def stack_line_cases(self, key, value, row):
        kinds = {"text": {"text": "a line"}, "user": {"user": "key.user_stack", "pid": "key.pid"},
                 "kernel": {"kernel": "key.kernel_stack"}, "value": {}}
        base = kinds[key if key in kinds else "user" if key == "pid" else "kernel"]
        yield contexts.STACKS, {"attach": [contexts.KPROBE], "outputs": [
            {"stacks": "counts", "lines": [{**base, key: value}]}]}

    def gather_cases(self, key, value, row):
        gather = {"by": "e->pid", "when": "1", "parts": [{"name": "words", "if": "e->type", "text": "e->name"}]}
        yield contexts.EVENTS, {"options": contexts.SHOWN, "attach": [contexts.KPROBE], "outputs": [
            {**contexts.OUTPUT["events"][1], "gather": {**gather, key: value}}]}

    def part_cases(self, key, value, row):
        part = {"name": "words", "if": "e->type"}
        base = {**part, "text": "e->name"} if key in ("separator", "path") else part
        gather = {"by": "e->pid", "when": "1", "parts": [{**base, key: value}]}
        yield from self.gather_cases("parts", gather["parts"], row)

    def join_cases(self, key, value, row):
        join = {"map": "starts", "key": "key.disk", key: value}
        program = contexts.TABLE
        if key == "rows":
            join.update(map="others", key="key")
            program += "BPF_HASH(others, struct entry, u64);\n"
        yield program, {"attach": [contexts.KPROBE], "outputs": [
            {"table": "counts", "columns": contexts.COUNTED, "join": join}]}

    def linear_cases(self, key, value, row):
        yield contexts.LINEAR, {"attach": [contexts.KPROBE], "outputs": [
            {"histogram": "dist", "scale": {"linear": {"step": 1, key: value}}}]}

    def column_cases(self, key, value, row):
        for kind in row.kinds() or [None]:
            yield contexts.column_of(key, value, kind)

    def section_cases(self, key, value, row):
        yield contexts.section_of(key, value)

    def text_choice_cases(self, key, value, row):
        yield contexts.text_of(key, value)

    def map_cases(self, key, value, row):
        yield contexts.map_of(key, value)

    def element_cases(self, key, value, row):
        name, base = ("names", {"text": "opt.to", "member": "last"}) if key in ("text", "member") else \
            ("limits", {"value": 1})
        yield contexts.map_of("preset", {name: {"preset": [{"key": 1, **base, key: value}]}})

    def preset_cases(self, key, value, row):
        yield contexts.map_of("preset", {"ports": {"preset": {"keys": "opt.ports", "value": 2, key: value}}})

    def counter_cases(self, key, value, row):
        yield contexts.map_of("perf_event", {"cycles": {"perf_event": {key: value}}})

    def fact_cases(self, key, value, row):
        yield contexts.ENTRY, {"attach": [contexts.KPROBE], "facts": [
            self.merged("fact", {"symbol": "init_task"}, key, value)]}

    def filters_cases(self, key, value, row):
        program = contexts.COUNT + contexts.function(name="on_open")
        yield program, {"attach": [{"run": "on_open", "kprobe": "do_sys_openat2"}],
                        "filters": {"by": ["uid"], key: value}}


def without(value, key, given):
    """The manifest without the first `key` that has the given value; itself if there is none."""
    if isinstance(value, dict):
        if key in value and value[key] == given:
            return {word: under for word, under in value.items() if word != key}
        pairs = [(word, without(under, key, given)) for word, under in value.items()]
        return dict(pairs)
    if isinstance(value, list):
        return [without(under, key, given) for under in value]
    return value


class Runner:
    """Runs the command, each time in a folder of its own."""

    def __init__(self, bcc2core, temporary):
        self.bcc2core, self.temporary = bcc2core, temporary

    def run(self, program, manifest, *words):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.temporary))
        text = manifest if isinstance(manifest, str) else json.dumps(manifest)
        (folder / "t.c").write_text(program, encoding="utf-8")
        (folder / "t.yaml").write_text(text, encoding="utf-8")
        for path in PROGRAMS.glob("*_columns.c"):
            (folder / path.name).write_bytes(path.read_bytes())
        done = subprocess.run([self.bcc2core, words[0], "t.c", *words[1:]], cwd=folder, check=False,
                              capture_output=True, text=True)
        return done.returncode, re.sub(r" @\d+:\d+", "", done.stdout), done.stderr

    def refusal(self, program, manifest):
        """What the command says against a manifest; nothing if it takes it."""
        is_object = any(f'"{kind}": ' in json.dumps(manifest) for kind in contexts.OBJECTS)
        words = ["object", "-o", "t.o"] if is_object else ["check"]
        status, _, said = self.run(program, manifest, *words)
        return f"{said.strip()}\n{manifest if isinstance(manifest, str) else json.dumps(manifest)}" if status else ""

    def shows(self, program, manifest, key, value):
        """Whether --dump=manifest has the key."""
        other = without(manifest, key, value)
        words = "check", "--dump=manifest"
        return self.run(program, manifest, *words)[1:] != self.run(program, other, *words)[1:]


class Checker:
    """All of a page's tables against all of a schema's keys."""

    def __init__(self, bcc2core, root, temporary):
        self.schema = manifests.schema_of(bcc2core).schema
        self.builder = Builder(self.schema)
        self.runner = Runner(str(pathlib.Path(bcc2core).resolve()), temporary)
        self.path = root / "docs" / "manifest.md"
        self.documented = {}    # of each mapping, the keys that have rows
        self.jobs = []

    def check_key(self, mapping, row, key):
        """All examples of a key: each has to fit one kind at least, each kind an example."""
        examples = row.examples if mapping == "map" else row.of(key)
        if mapping == "map":
            examples = [example for example in examples if key in json.dumps(example)]
        if mapping in ("match", "each"):
            examples = [example for example in examples if key in example]
        if not examples:
            return [f"{self.path}:{row.line}: '{key}' has no example"]
        said = {}
        for number, value in enumerate(examples):
            cases = getattr(self.builder, f"{mapping}_cases")(key, value, row)
            for kind, (program, manifest) in enumerate(cases):
                problem = self.runner.refusal(program, manifest)
                given = next(iter(value.values()))[key] if mapping == "map" else value
                if mapping in ("match", "each"):
                    given = value[key]
                if mapping == "output":
                    given = manifest["outputs"][0].get(key, value)
                if key in contexts.ATTACH and mapping == "attach":
                    given = manifest["attach"][0][key]
                if not problem and not self.runner.shows(program, manifest, key, given):
                    problem = f"the key makes no difference: {json.dumps(manifest)}"
                said[number, kind] = problem
        bad = []
        for axis in (0, 1):
            for at in {place[axis] for place in said}:
                problems = [problem for place, problem in said.items() if place[axis] == at]
                if all(problems):
                    bad.append(f"{self.path}:{row.line}: '{key}': {problems[0]}")
        return bad[:1]

    def check_words(self, mapping, key, rows):
        """A table of words has those of the schema."""
        words = {word for row in rows for word in row.words}
        form = json.dumps(self.schema["definitions"][mapping]["properties"][key])
        known = set(json.loads(re.search(r'"enum": (\[.*?\])', form).group(1)))
        documented = {re.match(r"[\w-]+", word).group() for word in words}
        for word in sorted(known ^ documented - page.BESIDE.get(key, set())):
            yield f"{self.path}: the word '{word}' of '{mapping}.{key}' is {'not here' if word in known else 'none'}"

    def check_types(self, rows):
        """Each default of a type of options is taken: of several words and defaults each by one."""
        for row in rows:
            defaults = re.findall(r"`([^`]+)`", row.cells.get("default", ""))
            taken, said = set(), ""
            for word, default in [(word, default) for word in row.words for default in defaults]:
                option = {"type": word, "default": manifests.load(default)}
                if word == "choice":
                    option["choices"] = ["read", "write"]
                problem = self.runner.refusal(contexts.ENTRY, {"attach": [contexts.KPROBE], "options": {"o": option}})
                said = said or problem
                taken |= set() if problem else {word, default}
            if defaults and not taken >= {*row.words, *defaults}:
                yield f"{self.path}:{row.line}: {said}"

    def check_columns(self, rows):
        """Each type of columns is taken."""
        for word in {word for row in rows for word in row.words}:
            said = self.runner.refusal(*contexts.column_of("type", word))
            if said:
                yield f"{self.path}: {said}"

    def check_calls(self, rows):
        """Each call of expressions is taken."""
        said = self.runner.refusal(*contexts.calls_of([row.words[0] for row in rows]))
        if said:
            yield f"{self.path}: {said}"

    def check_blocks(self):
        """The blocks of YAML, each with its program."""
        blocks = list(manifests.fenced(self.path))
        if len(blocks) != len(BLOCKS):
            yield f"{self.path}: {len(blocks)} blocks of YAML, of which {len(BLOCKS)} have a program"
        for (name, text), program in zip(blocks, BLOCKS):
            said = self.runner.refusal((PROGRAMS / f"{program}.c").read_text(encoding="utf-8"), text)
            if said:
                yield f"{name}: {said}"

    def check_kinds(self, mapping, row, key):
        """A row of an output or a column belongs to the kinds that the schema has the key for."""
        if mapping not in ("output", "column"):
            return
        said, known = set(row.kinds(contexts.OUTPUT)), set(self.builder.kinds_of(mapping, key) or [])
        if said != known:
            yield f"{self.path}:{row.line}: '{key}' belongs to {', '.join(sorted(known)) or 'any'}"

    def missing(self):
        """Keys without a row, and rows without a key."""
        for name, definition in self.schema["definitions"].items():
            mapping = name.split("-")[0]
            if "properties" not in definition:
                continue
            known = set(definition["properties"])
            rows = self.documented.get(mapping, set()) | page.NESTED.get(mapping, set())
            for key in sorted(known - rows):
                yield f"{self.path}: no row for '{key}' of '{name}'"
            if mapping != "hook":
                for key in sorted(rows - known):
                    yield f"{self.path}: '{key}' is no key of '{name}'"

    def jobs_of(self):
        """Each job is a call that gives the mistakes it found."""
        for heading, header, rows in page.tables(self.path):
            first = "key, belongs to" if header[1:2] == ["belongs to"] else header[0]
            if (heading, first) in page.WORDS:
                mapping, key = page.WORDS[heading, first]
                yield lambda m=mapping, k=key, r=rows: self.check_words(m, k, r)
                if mapping == "option":
                    yield lambda r=rows: self.check_types(r)
                if mapping == "column":
                    yield lambda r=rows: self.check_columns(r)
                continue
            if first == "call":
                yield lambda r=rows: self.check_calls(r)
                continue
            mapping = page.TABLES.get((heading, first))
            if not mapping:
                yield lambda h=heading, f=first: [f"{self.path}: an unknown table: {h}: {f}"]
                continue
            for row in rows:
                for key in row.words or list(row.examples[0]):
                    self.documented.setdefault(mapping, set()).add(key)
                    yield lambda m=mapping, r=row, k=key: self.check_key(m, r, k)
                    yield lambda m=mapping, r=row, k=key: self.check_kinds(m, r, k)
        yield self.check_blocks

    def run(self):
        jobs = list(self.jobs_of())
        with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
            found = [line for lines in pool.map(lambda job: list(job()), jobs) for line in lines]
        self.documented.pop("replace", None)
        return found + list(self.missing()), len(jobs)


def main():
    bcc2core, root = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        found, nr = Checker(bcc2core, pathlib.Path(root), temporary).run()
    print("\n".join(found + [f"{nr} jobs, {len(found)} mistakes"]))


if __name__ == "__main__":
    main()
