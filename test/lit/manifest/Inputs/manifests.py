# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Manifests of the tree, YAML as editors read it, and the schema that bcc2core prints."""
import json
import pathlib
import re
import subprocess

import jsonschema
import yaml

CORE = (
    (re.compile(r"(|~|null|Null|NULL)$"), lambda text: None),
    (re.compile(r"(true|True|TRUE)$"), lambda text: True),
    (re.compile(r"(false|False|FALSE)$"), lambda text: False),
    (re.compile(r"[-+]?[0-9]+$"), int),
    (re.compile(r"0o[0-7]+$"), lambda text: int(text, 0)),
    (re.compile(r"0x[0-9a-fA-F]+$"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), float),
)


def scalar(node):
    """The value of a scalar by the core schema of YAML 1.2, in which `no` is a word."""
    if node.style is None:
        for pattern, convert in CORE:
            if pattern.match(node.value):
                return convert(node.value)
    return node.value


def convert(node):
    """A node of YAML as JSON has it: keys are text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: convert(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [convert(item) for item in node.value]
    return scalar(node)


def load(text):
    """The document as JSON has it; raises yaml.YAMLError."""
    return convert(yaml.compose(text, yaml.SafeLoader))


def put(text, words):
    """The text with items in the place of words that stand alone or between underscores."""
    for word, item in words.items():
        text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", lambda _, item=item: item, text)
    return text


def filled(node, words):
    """The node of an entry with items in the place of its words; `each` stays as it is."""
    if isinstance(node, yaml.MappingNode):
        return yaml.MappingNode(node.tag, [(key, under if key.value == "each" else filled(under, words))
                                           for key, under in node.value])
    if isinstance(node, yaml.SequenceNode):
        return yaml.SequenceNode(node.tag, [filled(under, words) for under in node.value])
    return yaml.ScalarNode(node.tag, put(node.value, words), style=node.style)


def entries(node):
    """An entry for each item of its `each`, or as it is if it has none that can be understood."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    each = {key.value: convert(under) for key, under in pairs}.get("each")
    if not isinstance(each, dict) or not isinstance(each.get("name"), str) or not isinstance(each.get("in"), list):
        return [node]
    number = each.get("number")
    words = [{number: str(i)} if isinstance(number, str) else {} for i in range(len(each["in"]))]
    return [filled(node, {**words[i], each["name"]: str(item)}) for i, item in enumerate(each["in"])] or [node]


def expanded(text):
    """The document as JSON has it, with the attaches and outputs that `each` makes."""
    root = yaml.compose(text, yaml.SafeLoader)
    for key, under in root.value if isinstance(root, yaml.MappingNode) else []:
        if key.value in ("attach", "outputs") and isinstance(under, yaml.SequenceNode):
            under.value = [one for entry in under.value for one in entries(entry)]
    return convert(root)


def schema_of(bcc2core):
    """The validator of the schema that the command prints."""
    printed = subprocess.run([bcc2core, "schema"], check=True, capture_output=True, text=True).stdout
    schema = json.loads(printed)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def sections(path):
    """The manifests in a test that split-file takes apart, with their names."""
    name, lines = None, []
    for line in path.read_text(encoding="utf-8").split("\n") + ["#--- end"]:
        mark = re.match(r"(?:#|//)--- (\S+)$", line)
        if not mark:
            lines.append(line)
            continue
        if name and name.endswith(".yaml"):
            yield f"{path}:{name}", "\n".join(lines) + "\n"
        name, lines = mark.group(1), []


def fenced(path):
    """The blocks of YAML in a page, with their lines."""
    text = path.read_text(encoding="utf-8")
    for block in re.finditer(r"^```yaml\n(.*?)^```", text, re.M | re.S):
        yield f"{path}:{text.count(chr(10), 0, block.start()) + 2}", block.group(1)


def manifests_of(root):
    """All manifests of the tree: (name, text)."""
    root = pathlib.Path(root)
    for folder in ("examples", "test", "demo"):
        for path in sorted((root / folder).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            yield from sections(path) if re.search(r"^(#|//)--- ", text, re.M) else [(str(path), text)]
    for path in sorted((root / "test" / "lit").rglob("*")):
        if path.suffix in (".test", ".c"):
            yield from sections(path)
    for path in sorted(root.glob("*.md")) + sorted((root / "docs").rglob("*.md")):
        yield from fenced(path)


def parse(bcc2core, folder, text):
    """What the parser says of a manifest: its errors as (id, message)."""
    (folder / "t.c").write_text("", encoding="utf-8")
    (folder / "t.yaml").write_text(text, encoding="utf-8")
    done = subprocess.run([bcc2core, "check", folder / "t.c", "--dump=manifest"], check=False,
                          capture_output=True, text=True)
    errors = re.findall(r"error: (.*) \[(manifest-[\w-]+)\]$", done.stderr, re.M)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"status {done.returncode}:\n{text}\n{done.stderr}")
    return [(kind, message) for message, kind in errors], done.stdout
