#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares the schema with the parser on manifests with one mistake each.

Takes the good manifests of the tree apart: for each place that none before had (`attach[].kprobe`)
the value is changed into others, the key is left out, and a key that no mapping knows is put beside
it. Prints each difference that no schema is excused for.

usage: schema_mutants.py BCC2CORE ROOT
"""
import concurrent.futures
import copy
import json
import pathlib
import sys
import tempfile
import threading

import manifests
import schema_check

VALUES = (None, True, -1, "two words", [], ["word", 7], {}, {"word": 7})
# Keys under which the user's own words stand.
OWN = {"options", "replace", "maps", "names", "programs", "cgroups", "interfaces"}


def places(value, place=(), path=""):
    """All nodes: (place as keys and indices, the same without what is the user's)."""
    yield place, path
    if isinstance(value, dict):
        for key, under in value.items():
            word = "*" if place and place[-1] in OWN and path.rsplit(".", 1)[-1] in OWN else key
            yield from places(under, place + (key,), f"{path}.{word}")
    elif isinstance(value, list):
        for i, under in enumerate(value):
            yield from places(under, place + (i,), f"{path}[]")


def changed(manifest, place):
    """The manifest with one mistake, or none, at the place."""
    *above, last = place
    for value in VALUES:
        other = copy.deepcopy(manifest)
        at = other
        for key in above:
            at = at[key]
        if at[last] != value or type(at[last]) is not type(value):
            at[last] = value
            yield other
    other = copy.deepcopy(manifest)
    at = other
    for key in above:
        at = at[key]
    if isinstance(at, dict):
        at["no_such_key"] = at[last]
        yield copy.deepcopy(other)
        del at["no_such_key"]
    del at[last]
    yield other


def mutants(bcc2core, root, folder, seen):
    """The manifests with one mistake: (name, path, manifest)."""
    for name, text in manifests.manifests_of(root):
        if manifests.parse(bcc2core, folder, text)[0]:
            continue
        manifest = manifests.load(text)
        for place, path in places(manifest):
            if not place or path in seen:
                continue
            seen.add(path)
            for other in changed(manifest, place):
                yield name, path, other


def main():
    bcc2core, root = sys.argv[1:]
    schema = manifests.schema_of(bcc2core)
    seen, counts = set(), {"good": 0, "wrong": 0, "beyond": 0}
    local = threading.local()

    def compare(mutant):
        name, path, manifest = mutant
        if not hasattr(local, "folder"):
            local.folder = pathlib.Path(tempfile.mkdtemp(dir=temporary))
        errors, _ = manifests.parse(bcc2core, local.folder, json.dumps(manifest))
        excused = bool(errors) and schema_check.beyond(errors) is not None
        counts["beyond" if excused else "wrong" if errors else "good"] += 1
        found, _ = schema_check.judged(schema, json.dumps(manifest))
        if not excused and bool(errors) != bool(found):
            print(f"{name}: {path}: parser: {errors}, schema: {found and found.message}: "
                  f"{json.dumps(manifest)}")

    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(tempfile.mkdtemp(dir=temporary))
        with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
            list(pool.map(compare, mutants(bcc2core, root, folder, seen)))
    print(len(seen), "places;", " ".join(f"{key}: {count}" for key, count in counts.items()))


if __name__ == "__main__":
    main()
