# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The file of C functions of a tool: those of one program, or of several that share what is alike."""

import re

SIZE = 512              # of the texts that functions make
# What needs a header.
HEADERS = {
    "arpa/inet.h": {"inet_ntop", "ntohs"},
    "dirent.h": {"opendir"},
    "regex.h": {"regcomp"},
    "stdarg.h": {"va_list"},
    "stdio.h": {"FILE", "snprintf", "vsnprintf"},
    "stdlib.h": {"atoi", "realloc", "strtod", "strtoll"},
    "string.h": {"strlen", "strnlen", "strcmp", "strncmp", "strstr", "strchr", "strspn", "strcspn",
                 "strerror", "memcpy", "memcmp"},
    "time.h": {"clock_gettime", "strftime"},
}


def source_of(functions, needed):
    """The file of [(name, text)]; `needed` are functions of the C library that expressions of the
    manifest call. "" if there is nothing to say."""
    bodies = [text for _, text in functions]
    if not bodies and not needed:
        return ""
    if any("TEXT_SIZE" in one for one in bodies):
        bodies.insert(0, f"#define TEXT_SIZE {SIZE}")
    words = set(re.findall(r"\w+", "\n".join(bodies))) | set(needed)
    includes = "\n".join(f"#include <{header}>" for header, uses in HEADERS.items() if words & uses)
    return "\n\n".join([*filter(None, [includes]), *bodies]) + "\n"


def renamed(value, names):
    """What a manifest says, or a text, with other names for functions that it calls."""
    if isinstance(value, dict):
        return {key: renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if not isinstance(value, str) or not names:
        return value
    return re.sub(r"\b(\w+)(?=\()", lambda word: names.get(word[1], word[1]), value)


def joined(variants):
    """([{"outputs", "start", "end"}], the file) of programs, each with "functions" and "needed": a function
    that another program has under the same name with another text gets a name of its own."""
    known, needed, outputs = {}, set(), []
    for one in variants:
        names = {}
        for name, text in one["functions"]:
            text, new, number = renamed(text, names), name, 2
            while known.get(new, text) != text:
                text = renamed(text, {new: f"{name}_{number}"})
                new, number = f"{name}_{number}", number + 1
            known[new] = text
            if new != name:
                names[name] = new
        needed |= set(one["needed"])
        outputs.append({key: renamed(one[key], names) for key in ("outputs", "start", "end")})
    return outputs, source_of(known.items(), needed)
