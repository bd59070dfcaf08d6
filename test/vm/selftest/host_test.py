#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Tests of the harness that need no guest: what it refuses, and how results are read.

Run by `run.py --selftest`, before any kernel boots.
"""

import contextlib
import io
import os
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

sys.dont_write_bytecode = True
VM = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(VM))

import boot  # noqa: E402
import case  # noqa: E402
import image  # noqa: E402
import judge  # noqa: E402
import run  # noqa: E402

CASE = 'from case import Run\nTOOL = "true"\nRUNS = [Run()]\ndef check(run, kernel):\n    pass\n'


def call_run(*argv):
    """(exit status, stdout, stderr) of run.py."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = run.main(list(argv))
        except SystemExit as ended:
            status = ended.code
    return status, out.getvalue(), err.getvalue()


class WithFolder(unittest.TestCase):
    """A test with a folder of its own that has one case and one tool."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.bin = str(self.folder)
        (self.folder / "one.py").write_text(CASE)
        (self.folder / "true").write_bytes(b"tool")

    def load(self, text):
        path = self.folder / "one.py"
        path.write_text(text)
        return case.load_case(path)


class Missing(WithFolder):
    """What is missing is a failure, never a skip."""

    def run_kernels(self, *more, cases=None):
        with mock.patch.dict(os.environ, B2C_CACHE=str(self.folder / "empty")):
            return call_run("--cases", str(cases or self.folder), *more)

    def test_kernels(self):
        # Without a cache no kernel is there: all fail, and with several jobs none is lost.
        status, out, _ = self.run_kernels("--all", "--bin", self.bin, "--bin-arm64", self.bin)
        self.assertEqual(status, 1)
        for name in run.KERNELS:
            self.assertIn(f"FAIL {name} one: kernel not fetched", out)
        self.assertIn(f"0 passed, {len(run.KERNELS)} failed, 0 skipped", out)

    def test_tool(self):
        status, out, _ = self.run_kernels("--kernel", "6.1-x86_64", "--bin", self.bin + "/none")
        self.assertEqual((status, "no x86_64 tool 'true' in --bin" in out), (1, True), out)

    def test_arm64_folder(self):
        status, out, _ = self.run_kernels("--kernel", "6.1-arm64", "--bin", self.bin)
        self.assertEqual((status, "in --bin-arm64 (not given)" in out), (1, True), out)

    def test_nothing_but_skips(self):
        (self.folder / "one.py").write_text(CASE + 'def skip(kernel):\n    return "why"\n')
        status, out, _ = self.run_kernels("--kernel", "6.1-x86_64", "--bin", self.bin)
        self.assertEqual(status, 1)
        self.assertEqual(out, "SKIP 6.1-x86_64 one: why\n0 passed, 0 failed, 1 skipped\n")

    def test_cases_and_names(self):
        empty = self.folder / "empty"
        empty.mkdir()
        for argv in (["--kernel", "6.1-x86_64", "--case", "two"], ["--kernel", "9.9-x86_64"], []):
            self.assertEqual(self.run_kernels(*argv)[0], 2, argv)
        self.assertEqual(self.run_kernels("--kernel", "6.1-x86_64", cases=empty)[0], 2)


class Loading(WithFolder):
    """Case files that could not test what they say are refused."""

    def test_good(self):
        loaded = self.load(CASE)
        self.assertEqual(loaded.tools(), {"true"})
        self.assertEqual((loaded.runs[0].name, loaded.skip("x")), ("1", None))

    def test_refused(self):
        bad = {"no RUNS": CASE.replace("[Run()]", "[]"), "no check": CASE.partition("def")[0],
               "without a tool": CASE.replace('TOOL = "true"', ""),
               "line break": CASE.replace("()]", '(["a\\nb"])]'),
               "EXPECT_FAIL is for": CASE + 'EXPECT_FAIL = "x"\n',
               "signal must": CASE.replace("Run()", 'Run(signal="HUP")'), "NameError": "x = y\n",
               "needs a first workload": CASE.replace("Run()", 'Run(["{pid}"], workload=["true"])'),
               "or a pid": CASE.replace("Run()", 'Run(pid=5, workload=["true"])'),
               "not a string": CASE.replace("Run()", "Run([5])")}
        for reason, text in bad.items():
            with self.assertRaisesRegex(case.CaseError, reason):
                self.load(text)


class Reading(unittest.TestCase):
    """Tables, histograms and JSON."""

    def test_rows(self):
        result = case.Result("1", [], "Tracing...\nPID COMM PATH\n1 a /x y\n\n2 b\nPID COMM PATH\n")
        self.assertEqual(result.rows("PID"), [{"PID": "1", "COMM": "a", "PATH": "/x y"},
                                              {"PID": "2", "COMM": "b", "PATH": ""}])
        for header in ("FD", None):
            with self.assertRaises(AssertionError):
                case.Result("1", [], "" if header is None else result.stdout).rows(header)

    def test_histograms(self):
        text = ("disk = vda\n     usecs               : count     distribution\n"
                "         0 -> 1          : 2        |**   |\n"
                "         2 -> 3          : 0        |     |\n\n"
                "     kbytes        : count     distribution\n"
                "        4          : 7        |**   |\n")
        first, second = case.Result("1", [], text).histograms()
        self.assertEqual((first.section, first.unit, first.slots, first.total),
                         ("disk = vda", "usecs", {(0, 1): 2, (2, 3): 0}, 2))
        self.assertEqual((second.section, second.unit, second.slots), ("", "kbytes", {(4, 4): 7}))

    def test_json(self):
        self.assertEqual(case.Result("1", [], '{"a": 1}\n{"a": 2}\n').json(), [{"a": 1}, {"a": 2}])
        with self.assertRaises(AssertionError):
            case.Result("1", [], "PID\n").json()

    def test_helpers_fail(self):
        for bad in (lambda: case.equal(1, 2, "x"), lambda: case.between(5, 1, 4, "x"),
                    lambda: case.contains("a", "b", "x")):
            with self.assertRaises(AssertionError):
                bad()


class Guest(WithFolder):
    """What passes between the host and the guest."""

    def test_job(self):
        wanted = case.Run(["-p", "{pid}"], ["workload", "sync", "1"], tool="true", limit=1.5)
        lines = image.job_text("n", wanted).splitlines()
        for line in ("gate 1", "limit 1500", "arg /tools/true", "arg --ready-fd",
                     "work /bin/workload", "work-arg -g"):
            self.assertIn(line, lines)

    def test_cut_results(self):
        sparse = self.folder / "results"
        boot.sparse_file(sparse, 4096)
        self.assertEqual(boot.read_results(sparse), {})

    def test_inverted(self):
        failed = judge.Verdict("FAIL", "k", "c", "got 6")
        self.assertEqual(judge.invert(failed, "got 6").word, "PASS")
        self.assertEqual(judge.invert(failed, "got 7").word, "FAIL")
        self.assertEqual(judge.invert(judge.Verdict("PASS", "k", "c"), "got 6").word, "FAIL")


if __name__ == "__main__":
    unittest.main()
