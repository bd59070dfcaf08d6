# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Writes a manifest: mappings and lists as YAML that a person would write."""

import json
import re

PLAIN = re.compile(r"[A-Za-z_/(][\w ./()=!<>|&+*-]*")
WORDS = {"true", "false", "yes", "no", "on", "off", "null", "~"}
WIDTH = 100


def scalar(value):
    """A value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value)
    if PLAIN.fullmatch(text) and text.lower() not in WORDS and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)


def flow(value):
    """A value on one line, mappings and lists too."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def block(value, indent):
    """The lines of a value below its key."""
    pad = " " * indent
    if isinstance(value, str) and "\n" in value:
        return [pad + line for line in value.splitlines()]
    lines = []
    items = value.items() if isinstance(value, dict) else [(None, item) for item in value]
    for key, item in items:
        head = f"{pad}- " if key is None else f"{pad}{scalar(key)}: "
        lines += entry(head, item, indent + 2)
    return lines


def entry(head, item, indent):
    """A key or dash with what belongs to it."""
    if isinstance(item, str) and "\n" in item:
        return [head + "|", *block(item, indent)]
    line = head + flow(item)
    records = isinstance(item, list) and len(item) > 1 and isinstance(item[0], dict)
    if not isinstance(item, (dict, list)) or (len(line) <= WIDTH and not records) or not item:
        return [line]
    lines = block(item, indent)
    if head.endswith("- "):             # the first key stands behind the dash
        return [head + lines[0].lstrip(), *lines[1:]]
    return [head.rstrip(), *lines]


def text(manifest, comments=()):
    """The whole file; `comments` stand at its head."""
    lines = [f"# {line}".rstrip() for line in comments]
    for key, value in manifest.items():
        if isinstance(value, (dict, list)) and value and key != "arguments":
            lines += [f"{key}:", *block(value, 2)]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"
