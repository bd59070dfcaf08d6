#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Compares the runtime's histograms with those of the installed bcc, byte for byte.

usage: histogram_oracle.py [FOLDER]     FOLDER: where the driver is built, else a temporary one

bcc's table.py is loaded with its C library stubbed out; histogram_driver.c prints the same
data through the runtime.
"""
import ast
import contextlib
import ctypes
import importlib.util
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import types

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = os.path.join(os.path.dirname(os.path.dirname(HERE)), "runtime")
TABLE = "/usr/lib/python3/dist-packages/bcc/table.py"
PARTS = ["histogram", "histogram_sections", "histogram_data", "histogram_text", "histogram_metrics", "prometheus_text",
         "text", "escape", "numbers", "print", "output", "error", "csv"]
MAX = 2**64 - 1


def load_bcc():
    """bcc's module `table`, without libbcc."""
    package = types.ModuleType("bcc")
    package.__path__ = []
    library = types.ModuleType("bcc.libbcc")
    for name in ("lib", "_RAW_CB_TYPE", "_LOST_CB_TYPE", "_RINGBUF_CB_TYPE", "bcc_perf_buffer_opts"):
        setattr(library, name, None)
    utils = types.ModuleType("bcc.utils")
    utils.get_online_cpus = utils.get_possible_cpus = lambda: [0]
    sys.modules.update({"bcc": package, "bcc.libbcc": library, "bcc.utils": utils})
    spec = importlib.util.spec_from_file_location("bcc.table", TABLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class SectionKey(ctypes.Structure):
    """A key with a section and a slot."""
    _fields_ = [("name", ctypes.c_char * 16), ("slot", ctypes.c_ulonglong)]


def fake_table(table, case):
    """A bcc table that holds the elements of a case."""
    class FakeTable(table.TableBase):
        """What the print functions ask of a table."""
        Key = SectionKey if case["sectioned"] else ctypes.c_int

        def __init__(self):
            pass

        def items(self):
            for section, slot, count in case["elements"]:
                key = SectionKey(section.encode(), slot) if case["sectioned"] else ctypes.c_int(slot)
                yield key, ctypes.c_ulonglong(count)

        __getitem__ = __setitem__ = __delitem__ = __iter__ = __len__ = None

    return FakeTable()


def bcc_prints(table, case):
    """What bcc prints for a case."""
    out = io.StringIO()
    fake = fake_table(table, case)
    draw = {"log2": fake.print_log2_hist, "linear": fake.print_linear_hist,
            "json": fake.print_json_hist}[case["scale"]]
    with contextlib.redirect_stdout(out):
        draw(case["unit"], "name", section_print_fn=bytes.decode)
    return out.getvalue()


def content(case, text, ours):
    """What a case is about: its text, or of JSON unit, section and counts. bcc, whose JSON is Python's,
    has one object even where nothing was counted, and never shows slot 0."""
    if case["scale"] != "json":
        return text
    found = []
    for line in text.splitlines():
        one = json.loads(line) if ours else ast.literal_eval(line)
        if ours:
            slots = [(slot["low"], slot["high"], slot["count"]) for slot in one["buckets"] if slot["high"]]
            found.append((one["unit"], one.get("name"), slots))
        else:
            slots = [(slot["interval-start"], slot["interval-end"], slot["count"]) for slot in one["data"]]
            found.append((one["val_type"], one.get("name"), slots))
    return [one for one in found if one[1] or one[2]]


def count(rng):
    """A count of any magnitude, often near a power of two."""
    kind = rng.randrange(5)
    if kind == 0:
        return rng.randrange(1, 100)
    if kind == 1:
        return rng.randrange(1, MAX)
    if kind == 2:
        return min(MAX, max(1, 2**rng.randrange(64) + rng.randrange(-2, 3)))
    if kind == 3:
        return MAX - rng.randrange(1 << rng.randrange(1, 20))
    return rng.randrange(1, 2**rng.randrange(1, 64))


def random_elements(rng, sections, slots):
    """Some distinct (section, slot, count)."""
    elements = {}
    for _ in range(rng.randrange(1, 40)):
        elements[rng.choice(sections), rng.randrange(slots)] = count(rng)
    if rng.randrange(3) == 0:	# all but equal: where the bars round
        largest = max(elements.values())
        for key in elements:
            elements[key] = max(1, largest - rng.randrange(3) * largest // 40 - rng.randrange(3))
    return [(section, slot, n) for (section, slot), n in elements.items()]


def edge_cases():
    """Data that has gone wrong elsewhere."""
    one = "-"
    rows = [[], [(one, 0, 1)], [(one, 1, 1)], [(one, 0, 5), (one, 1, 1)], [(one, 64, 1)],
            [(one, 32, 7)], [(one, 33, 7)], [(one, 1, 2**63)], [(one, 5, MAX), (one, 6, MAX - 1)],
            [(one, i, 3) for i in range(65)], [(one, i, i) for i in range(33)],
            [(one, i, 2**i) for i in range(64)], [(one, i, MAX // (i + 1)) for i in range(40)],
            [(one, 2, 10**9), (one, 3, 1)], [(one, 12, 99999999), (one, 13, 100000000)]]
    for elements in rows:
        for scale in ("log2", "linear", "json"):
            yield {"scale": scale, "unit": "usecs", "sectioned": 0, "elements": elements}
            yield {"scale": scale, "unit": "usecs", "sectioned": 1, "elements": elements}
    wide = [(one, i, i * i) for i in range(1025)]
    yield {"scale": "linear", "unit": "runqlen", "sectioned": 0, "elements": wide}
    yield {"scale": "linear", "unit": "x", "sectioned": 0, "elements": [(one, 1024, 1), (one, 0, 9)]}
    unit = "a-unit-that-is-wider-than-its-column"
    yield {"scale": "log2", "unit": unit, "sectioned": 0, "elements": [(one, 40, 1)]}


def random_cases(rng, nr):
    """`nr` random cases."""
    for _ in range(nr):
        scale = rng.choice(("log2", "linear", "json"))
        sectioned = rng.randrange(2)
        sections = [f"s{i}" for i in range(rng.randrange(1, 6))] if sectioned else ["-"]
        slots = 65 if scale != "linear" or sectioned else 1025	# bcc's room
        slots = rng.choice((slots, min(slots, 12), min(slots, 33), min(slots, 34)))
        yield {"scale": scale, "unit": rng.choice(("usecs", "msecs", "value", "Kbytes")),
               "sectioned": sectioned, "elements": random_elements(rng, sections, slots)}


def build_driver(folder):
    """Compiles the driver with what it needs of the runtime."""
    driver = os.path.join(folder, "histogram_driver")
    sources = [os.path.join(HERE, "histogram_driver.c")]
    sources += [os.path.join(RUNTIME, f"{part}.c") for part in PARTS]
    subprocess.run(["cc", "-std=c11", "-O1", "-g", "-Wall", "-Wextra", "-Werror",
                    "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
                    "-I", os.path.join(RUNTIME, "include"), *sources, "-lm", "-o", driver], check=True)
    return driver


def runtime_prints(driver, cases):
    """What the runtime prints for each case."""
    lines = []
    for case in cases:
        lines.append(f"case {case['scale']} {case['unit']} {case['sectioned']} {len(case['elements'])}\n")
        lines += [f"{section} {slot} {n}\n" for section, slot, n in case["elements"]]
    done = subprocess.run([driver], input="".join(lines), text=True, stdout=subprocess.PIPE, check=True)
    return done.stdout.split("----\n")[:-1]


def main():
    if not os.path.exists(TABLE):
        print("histogram_oracle: python3-bpfcc is not installed; scripts/install_packages.sh does it")
        return 1
    cases = list(edge_cases()) + list(random_cases(random.Random(2026), 3000))
    table = load_bcc()
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        got = runtime_prints(build_driver(folder), cases)
    bad = 0
    for case, ours in zip(cases, got):
        theirs = content(case, bcc_prints(table, case), False)
        ours = content(case, ours, True)
        if ours != theirs:
            bad += 1
            if bad <= 3:
                print(f"case {case}\n--- bcc\n{theirs}--- runtime\n{ours}")
    print(f"histogram_oracle: {len(cases) - bad} of {len(cases)} histograms are the same")
    return 1 if bad or len(got) != len(cases) else 0


if __name__ == "__main__":
    sys.exit(main())
