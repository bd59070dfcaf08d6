#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Does the scoreboard of imports tell right from wrong? Rows written for the tests."""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import imports  # noqa: E402


def row(tool="reads", package="0.26", left=(), **steps):
    words = {step: "yes" for step in imports.STEPS}
    words.update({name.replace("_", " "): word for name, word in steps.items()})
    return {"package": package, "tool": tool, "args": ["-p", "1"], "left": list(left), **words}


def differences(old, new):
    return list(imports.differences(*(imports.read(imports.tsv(rows)) for rows in (old, new))))


class Compared(unittest.TestCase):
    """Against the file."""

    def test_same(self):
        self.assertEqual(differences([row(), row("writes")], [row("writes"), row()]), [])

    def test_worse(self):
        found = differences([row()], [row(verified="on_read: invalid access", same_output="")])
        self.assertEqual(found, ["worse: reads (0.26): not verified: on_read: invalid access"])

    def test_worse_without_a_word(self):
        found = differences([row()], [row(same_output="")])
        self.assertEqual(found, ["worse: reads (0.26): not same output: -"])

    def test_better(self):
        found = differences([row(built="error")], [row()])
        self.assertEqual(found, ["better: reads (0.26): built is yes, was no: regenerate the scoreboard"])

    def test_output_that_agrees_for_once(self):
        self.assertEqual(differences([row(same_output="COMM is 'a'")], [row()]), [])

    def test_first_compared(self):
        found = differences([row(same_output="")], [row(same_output="COMM is 'a', want 'b'")])
        self.assertEqual(found, ["better: reads (0.26): same output is no, was -: "
                                 "regenerate the scoreboard"])

    def test_reason_is_not_compared(self):
        self.assertEqual(differences([row(built="one")], [row(built="two")]), [])

    def test_left(self):
        found = differences([row()], [row(left=["missing: line 3: a loop"])])
        self.assertEqual(found, ["other: reads (0.26): 1 lines are left, were 0: regenerate the "
                                 "scoreboard"])

    def test_gone_and_new(self):
        found = differences([row()], [row(package="0.31")])
        self.assertEqual(found, ["gone: reads (0.26): the package has no such script any more",
                                 "new: reads (0.31): regenerate the scoreboard"])

    def test_counts(self):
        old = imports.read(imports.tsv([row(), row("writes", verified="no", same_output="")]))
        new = imports.read(imports.tsv([row(built="no"), row("writes", verified="no", same_output="")]))
        self.assertEqual(imports.agreeing(old, new), (5, 1))


class Written(unittest.TestCase):
    """For people."""

    def test_reason_is_stable(self):
        self.assertEqual(imports.stable("at /tmp/b2c-x/reads.c: 0xffff 123456\n"),
                         "at reads.c: N N ")

    def test_page(self):
        rows = [row(), row("writes", built="'x' undeclared", verified="", same_output="",
                           left=["missing: line 7: 'x' (with a|b)"])]
        page = imports.markdown("top\n$summary$\n$scripts$\n$causes$\n", rows)
        self.assertIn("| 0.26 | 2 | 2 of 2 (100%) | 1 of 2 (50%) | 1 of 2 (50%) | 1 of 2 (50%) | "
                      "1 of 2 (50%) |", page)
        self.assertIn("| writes | 0.26 | `-p 1` | yes | no | - | - | 1 |", page)
        self.assertIn("- 1 (writes): not built: 'x' undeclared", page)
        self.assertIn("- 1 (writes): ... (with a|b)", page)


if __name__ == "__main__":
    unittest.main()
