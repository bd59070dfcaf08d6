#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What the scoreboard makes and runs, and what not twice; without scripts and guests."""

import argparse
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import yardstick  # noqa: E402

BUILT = {"imported": "yes", "built": "yes", "verified": "yes", "same output": ""}


class Case(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.keep = pathlib.Path(temporary.name)

    def row(self, package, tool, script="", binary=""):
        """A Row of a script with the text `script`, whose tool, if any, is the bytes `binary`."""
        path = self.keep / f"{package}-{tool}.py"
        path.write_text(script, encoding="utf-8")
        row = yardstick.Row(package, tool, str(path))
        if binary:
            row.results = dict(BUILT)
            row.folder(self.keep).mkdir(parents=True)
            for name in ("tool", yardstick.OBJECT):
                (row.folder(self.keep) / name).write_text(binary, encoding="utf-8")
        return row


class Making(Case):
    def make(self, row):
        """Stands for yardstick.one."""
        self.made.append((row.package, row.tool))
        row.results = dict(BUILT)
        row.folder(self.keep).mkdir(parents=True)
        (row.folder(self.keep) / "tool").write_text(row.tool, encoding="utf-8")
        return row

    def test_alike_in_two_packages(self):
        self.made, made = [], {}
        args = argparse.Namespace(jobs=1, verbose=False)
        rows = [self.row("0.26", "naps", "1"), self.row("0.26", "reads", "2"),
                self.row("0.31", "naps", "1"), self.row("0.31", "reads", "3")]
        for some in (rows[:2], rows[2:]):
            yardstick.make_tools(some, made, self.make, args, self.keep)
        self.assertEqual(self.made, [("0.26", "naps"), ("0.26", "reads"), ("0.31", "reads")])
        for row in rows:
            self.assertTrue(row.done("built"))
            self.assertTrue((row.folder(self.keep) / "tool").exists())


class Verifying(Case):
    def test_equal_objects(self):
        packages = [[self.row("0.26", "naps", binary="a"), self.row("0.26", "reads", binary="b")],
                    [self.row("0.31", "naps", binary="a"), self.row("0.31", "reads", binary="c"),
                     self.row("0.31", "odd")]]
        boots, loaded = [], {}

        def load(_, objects):
            texts = {name: path.read_text(encoding="utf-8") for name, path in objects.items()}
            boots.append(sorted(texts.values()))
            program = yardstick.load.Loaded
            return {name: [program("on_read", "error" if text == "b" else "ok", ["too much"])]
                    for name, text in texts.items()}

        with mock.patch.object(yardstick.load, "load", load):
            for rows in packages:
                self.assertEqual(yardstick.verify(rows, self.keep, loaded), [])
        self.assertEqual(boots, [["a", "b"], ["c"]])
        self.assertEqual([row.results["verified"] for rows in packages for row in rows],
                         ["yes", "on_read: too much", "yes", "yes", ""])

    def test_programs_of_other_kernels(self):
        """What the tool does not load there is no fault of it; what it loads is."""
        program = yardstick.load.Loaded
        found = [program("on_new", "ok", []), program("on_old", "absent", ["no such place"])]
        for unused, said in (({"on_old"}, "yes"), (set(), "place: on_old: no such place"),
                             ({"on_old", "on_new"}, "nothing is loaded")):
            row = self.row("0.26", f"naps{len(unused)}", binary="a")
            row.unused = unused
            with mock.patch.object(yardstick.load, "load",
                                   lambda _, objects: dict.fromkeys(objects, found)):
                self.assertEqual(yardstick.verify([row], self.keep, {}), [])
            self.assertEqual(row.results["verified"], said)

    def test_no_guest(self):
        failing = mock.Mock(side_effect=yardstick.load.LoadError("6.1: no boot"))
        with mock.patch.object(yardstick.load, "load", failing):
            self.assertEqual(yardstick.verify([self.row("0.26", "naps", binary="a")], self.keep, {}),
                             ["6.1: no boot"])


class Comparing(Case):
    def compare(self, packages, known, verdicts):
        """Compares the rows of packages; `verdicts`: {tool: those of its runs}."""
        self.runs, said = [], {}

        def compare(tools, package):
            self.runs.append((package, sorted(tools)))
            return {tool: verdicts[tool].pop(0) for tool in tools if tool in verdicts}

        with mock.patch.object(yardstick.compare, "compare", compare):
            for rows in packages:
                yardstick.compare_outputs(rows, self.keep, known, said)
        return [row.results["same output"] for rows in packages for row in rows]

    def test_equal_binaries(self):
        packages = [[self.row("0.26", "naps", binary="a"), self.row("0.26", "reads", binary="b"),
                     self.row("0.26", "odd")],
                    [self.row("0.31", "naps", binary="a"), self.row("0.31", "reads", binary="c")]]
        found = self.compare(packages, {}, {"naps": ["same"], "reads": ["same", "x", "y", "z"]})
        self.assertEqual(found, ["yes", "yes", "", "yes", "z"])
        self.assertEqual(self.runs, [("0.26", ["naps", "reads"])] + [("0.31", ["reads"])] * 3)

    def test_not_recorded(self):
        self.assertEqual(self.compare([[self.row("0.26", "naps", binary="a")]], {}, {}), [""])

    def test_known_as_different(self):
        rows = [self.row("0.26", tool, binary=tool) for tool in ("naps", "reads")]
        known = {("0.26", "naps"): {"same output": "COMM is 'a'"}, ("0.26", "reads"): {"same output": "-"}}
        found = self.compare([rows], known, {"naps": ["x", "same"], "reads": ["x", "same"]})
        self.assertEqual(found, ["x", "yes"])
        self.assertEqual(self.runs, [("0.26", ["naps", "reads"]), ("0.26", ["reads"])])


if __name__ == "__main__":
    unittest.main()
