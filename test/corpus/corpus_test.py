#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Tests of the corpus harness with scripts and answers made up here: it must see what is wrong."""

import contextlib
import io
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "importer")]

import attaches  # noqa: E402
import board  # noqa: E402
import child  # noqa: E402
import facts  # noqa: E402
import load  # noqa: E402
import packages  # noqa: E402
import predict  # noqa: E402
import record  # noqa: E402
import run  # noqa: E402
import scoreboard  # noqa: E402
import settings  # noqa: E402
import translate  # noqa: E402

KERNEL = facts.Facts("6.1-x86_64", ["vfs_read", "vfs_write"], {"request": ["q"]},
                     ["sched:sched_switch", "syscalls:sys_enter_sync"])
SCRIPT = '''#!/usr/bin/python3
import argparse, sys, time
from bcc import BPF
parser = argparse.ArgumentParser(epilog="""examples:
    ./tool -p 7    # one process
""")
parser.add_argument("-p", "--pid")
args = parser.parse_args()
text = "BPF_HASH(counts); int f(void *ctx) { FILTER return 0; }"
text = text.replace("FILTER", "if (1 != %s) return 0;" % args.pid if args.pid else "")
b = BPF(text=text, cflags=["-DX=1"])
'''


def result_of(body, **job):
    """What a script records that ends with `body`."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "tool-bpfcc"
        path.write_text(SCRIPT + body, encoding="utf-8")
        return child.run(child.Job(path, job.pop("args", ()), KERNEL, **job))


def outcome(status=1, *messages):
    ones = [translate.Diagnostic("clang", message, "t.c", 1) for message in messages]
    return translate.Outcome(status, ones, object="" if status else "t.o")


def text_with(tool, result, package="0.26", arch="x86_64"):
    kernel = f"6.1-{arch}"
    return {"id": f"{tool}-01", "tool": tool, "outcome": result, "kernels": [kernel],
            "package": package, "arch": arch, "text": "int x;", "cflags": [],
            "settings": [{"args": ["-p", "1"], "kernel": kernel}], "default": True, "loaded": {},
            "attaches": [{"kind": "kprobe", "event": "vfs_read", "fn": "f"}]}


class Child(unittest.TestCase):
    """One script in its process."""

    def test_attaches_are_recorded_until_the_first_wait(self):
        result = result_of('b.attach_kprobe("vfs_read", 0, "f")\n'
                           'b.perf_buffer_poll()\nb.attach_kprobe("vfs_write", 0, "f")\n')
        self.assertEqual(result["end"], "stopped")
        self.assertEqual(result["programs"][0]["cflags"], ["-DX=1"])
        self.assertEqual(result["programs"][0]["attaches"],
                         [{"kind": "kprobe", "event": "vfs_read", "fn": "f"}])

    def test_a_missing_function_ends_a_strict_run_only(self):
        body = 'b.attach_kprobe(event="gone", fn_name="f")\ntime.sleep(1)\n'
        self.assertIn("gone", result_of(body)["end"])
        self.assertEqual(result_of(body, strict=False)["end"], "stopped")

    def test_a_missing_function_can_be_caught(self):
        body = ('try:\n    b.attach_kprobe(event="gone", fn_name="f")\n'
                'except Exception:\n    b.attach_kprobe(event="vfs_read", fn_name="f")\n'
                'time.sleep(1)\n')
        self.assertEqual(result_of(body)["end"], "stopped")

    def test_a_script_that_hangs_is_killed(self):
        seconds, child.WALL_SECONDS = child.WALL_SECONDS, 1
        try:
            self.assertEqual(result_of("while True: pass\n")["end"], "killed: time")
        finally:
            child.WALL_SECONDS = seconds

    def test_too_much_memory_is_refused(self):
        self.assertIn("MemoryError", result_of("x = bytearray(3 << 30)\n")["end"])

    def test_a_mistake_is_seen(self):
        self.assertIn("ZeroDivisionError", result_of("1 / 0\n")["end"])

    def test_an_unknown_map_is_a_key_error(self):
        self.assertIn("KeyError", result_of('b["nothing"]\n')["end"])

    def test_questions_are_answered_from_the_facts(self):
        body = ('say = (BPF.get_kprobe_functions(b"vfs_.*"), BPF.ksymname("gone"),\n'
                '       BPF.kernel_struct_has_field("request", "rq_disk"),\n'
                '       BPF.tracepoint_exists("sched", "sched_switch"),\n'
                '       b.get_syscall_fnname("sync"))\nprint(say)\n')
        self.assertIn("([b'vfs_read', b'vfs_write'], -1, 0, True, b'__x64_sys_sync')",
                      result_of(body)["output"])

    def test_the_machine_is_the_kernels(self):
        arm = facts.Facts("6.1-arm64", [], {}, ["syscalls:sys_enter_sync"])
        body = 'import platform\nprint(platform.machine(), b.get_syscall_fnname("sync"))\n'
        with mock.patch.object(sys.modules[__name__], "KERNEL", arm):
            self.assertIn("aarch64 b'__arm64_sys_sync'", result_of(body)["output"])

    def test_the_package_is_read_where_it_is_unpacked(self):
        with tempfile.TemporaryDirectory() as root:
            path = pathlib.Path(root) / "usr/share/bpfcc-tools/x.c"
            path.parent.mkdir(parents=True)
            path.write_text("int of_the_package;", encoding="utf-8")
            body = 'BPF(src_file="/usr/share/bpfcc-tools/x.c")\n'
            result = result_of(body, root=root)
        self.assertEqual(result["programs"][1]["text"], "int of_the_package;")

    def test_devices_are_not_those_of_the_host(self):
        body = ('import os, pathlib\nprint(pathlib.Path("/dev/pts/2").exists(),\n'
                '      os.stat("/dev/console").st_ino, os.readlink("/proc/181/exe"))\n')
        self.assertIn("True 2 /usr/bin/mysqld", result_of(body)["output"])

    def test_modules_that_need_not_be_installed(self):
        body = 'import dnslib\nfrom elftools.elf.elffile import ELFFile\nprint(list(ELFFile(1)))\n'
        self.assertIn("[]", result_of(body)["output"])

    def test_no_command_is_run(self):
        body = 'import subprocess\nprint(subprocess.Popen(["id"]).communicate())\n'
        self.assertIn("(b'', b'')", result_of(body)["output"])


class Recording(unittest.TestCase):
    """Settings and distinct texts."""

    def test_options_and_examples_make_settings(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "tool-bpfcc"
            path.write_text(SCRIPT + "time.sleep(1)\n", encoding="utf-8")
            with mock.patch.object(facts, "load", lambda name: KERNEL):
                _, runs = record.record_tool(path, [KERNEL.name])
        self.assertEqual([one["args"] for one in runs], [[], ["-p", "7"], ["--pid", "1234"]])
        texts = record.distinct_texts(runs)
        self.assertEqual([text["id"] for text in texts], ["tool-01", "tool-02", "tool-03"])
        self.assertEqual([text["default"] for text in texts], [True, False, False])

    def test_options_keep_what_the_tool_needs_and_arguments_replace_it(self):
        flag = {"flags": ["-p", "--pid"], "nargs": None, "choices": [], "dest": "pid"}
        place = {"flags": [], "nargs": None, "choices": ["a", "b"], "dest": "db"}
        self.assertEqual(settings.option_settings([flag, place], ("a",)),
                         [("a", "--pid", "1234"), ("a",), ("b",)])

    def test_a_text_of_two_machines_is_recorded_for_each(self):
        program = {"text": "x", "cflags": [], "attaches": [], "loads": [], "trial": False}
        runs = [{"tool": "t", "kernel": kernel, "args": [], "default": True, "end": "stopped",
                 "programs": [program]} for kernel in ("5.10-x86_64", "6.1-x86_64", "6.1-arm64")]
        texts = record.distinct_texts(runs)
        self.assertEqual([(text["arch"], len(text["settings"])) for text in texts],
                         [("x86_64", 2), ("arm64", 1)])

    def test_functions_beyond_btf(self):
        found = facts.corrected(["gone", "vfs_read"], ["copy.isra.0", "gone -", "xfs_read xfs"])
        self.assertEqual(found, ["copy.isra.0", "vfs_read", "xfs_read"])

    def test_another_version_of_the_package_is_no_substitute(self):
        answer = subprocess.CompletedProcess([], 0, "install ok installed 0.27.0-1", "")
        with mock.patch.object(packages.subprocess, "run", lambda *_, **__: answer):
            with self.assertRaises(packages.PackageError):
                packages.installed()

    def test_examples_with_the_host_in_them_are_left_out(self):
        self.assertEqual(settings.examples("x", "x -a 'b c' # d\nxy -z\n x $(which y)\n"),
                         [("-a", "b c")])

    def test_a_run_without_a_program_is_listed(self):
        lost = record.without_program([{"tool": "x", "kernel": "k", "args": [], "default": True,
                                        "programs": [], "end": "exit 1", "output": "no\nwhy\n"}])
        self.assertEqual(lost[0]["said"], "why")


class Manifests(unittest.TestCase):
    """From attaches to entries."""

    def entries(self, **attach):
        return attaches.entries([{"fn": "f", **attach}], [KERNEL])

    def test_system_calls(self):
        self.assertEqual(self.entries(kind="kretprobe", event="__x64_sys_openat"),
                         [{"run": "f", "kretsyscall": "openat"}])

    def test_a_pattern_of_one_function_is_that_function(self):
        self.assertEqual(self.entries(kind="kprobe", event_re="^vfs_rea.$"),
                         [{"run": "f", "kprobe": ["vfs_read"]}])

    def test_a_pattern_of_one_name_is_that_name(self):
        self.assertEqual(self.entries(kind="kprobe", event_re="^gone$"),
                         [{"run": "f", "kprobe": "gone"}])
        self.assertEqual(self.entries(kind="uprobe", name="c", sym_re="^read$"),
                         [{"run": "f", "uprobe": {"binary": "c", "symbol": "read"}}])
        self.assertEqual(self.entries(kind="tracepoint", tp_re="^sched:sched_switch$"),
                         [{"run": "f", "tracepoint": "sched:sched_switch"}])

    def test_other_patterns_stay(self):
        self.assertEqual(self.entries(kind="kprobe", event_re="vfs_.*")[0]["kprobe"],
                         {"match": "vfs_.*"})

    def test_an_unknown_kind_is_not_lost(self):
        self.assertIn("xdp", self.entries(kind="xdp", dev="eth0")[0])


class Verdicts(unittest.TestCase):
    """What is said of translations and loads."""

    def test_diagnostics(self):
        ones = translate.read_diagnostics(
            "a.c:3:1: error: no 'x' in 'y' [field-unknown]\n    3 | x;\n      | ^\n"
            "a.c:4:1: warning: w [w]\nbcc2core: error: odd\n")
        self.assertEqual([one.id for one in ones], ["field-unknown", "none"])
        self.assertEqual(ones[0].shown, "x;")
        self.assertEqual(ones[0].cause(), "no ... in ... [field-unknown]")

    def test_a_crash_is_a_cause(self):
        self.assertIn("SIGSEGV", translate.last_words(-11, "").id)

    def test_a_compiler_that_fails_or_crashes_is_no_success(self):
        for body in ("exit 0", "kill -SEGV $$", "echo 't.c:1:1: error: e [x]' >&2; exit 1"):
            with tempfile.TemporaryDirectory() as folder:
                command = pathlib.Path(folder) / "fake"
                command.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
                command.chmod(command.stat().st_mode | stat.S_IXUSR)
                entry = {"tool": "t", "arch": "x86_64", "text": "int x;", "cflags": [],
                         "attaches": [], "facts": [KERNEL]}
                result = translate.translate(str(command), entry, pathlib.Path(folder) / "work")
            self.assertFalse(result.ok(), body)
            self.assertTrue(result.diagnostics, body)

    def test_a_command_that_cannot_run_is_no_refusal(self):
        with tempfile.TemporaryDirectory() as folder:
            entry = {"tool": "t", "arch": "x86_64", "text": "", "cflags": [], "attaches": [],
                     "facts": [KERNEL]}
            with self.assertRaises(OSError):
                translate.translate(f"{folder}/gone", entry, pathlib.Path(folder) / "work")

    def test_loads(self):
        found = load.read_results(
            "a f ok 12 kprobe/f\na g err -22\n| R1 invalid\n| processed 3 insns\nb h err -3\n"
            "| libbpf: prog 'h': failed to find kernel BTF type ID of 'gone': -3\nend\n", KERNEL)
        self.assertEqual([one.verdict for one in found["a"]], ["ok", "error"])
        self.assertEqual((found["a"][0].instructions, found["a"][0].section), (12, "kprobe/f"))
        self.assertEqual(found["a"][1].reason(), "R1 invalid")
        self.assertEqual(found["b"][0].verdict, "absent")

    def test_a_helper_that_the_kernel_lacks_is_no_failed_relocation(self):
        found = load.read_results("a f err -22\n| 3: (85) call unknown#165\n"
                                  "| invalid func unknown#165\n"
                                  "b g err -22\n| invalid func unknown#195896080\n"
                                  "c h err -22\n| unknown func bpf_msg_cork_bytes#62\n",
                                  KERNEL)
        self.assertEqual([found[name][0].verdict for name in "abc"], ["absent", "error", "error"])
        self.assertEqual(found["a"][0].reason(), "the kernel has no helper 165")

    def test_a_member_that_a_tracepoint_lacks(self):
        said = "| failed to resolve CO-RE relocation <byte_off> [26] struct "
        found = load.read_results(
            f"a f err -22\n{said}trace_event_raw_workqueue_queue_work.__data_loc_workqueue (0:4)\n"
            f"b g err -22\n{said}request___rq_disk.rq_disk (0:3:6:0 @ offset 40)\n"
            f"c h err -22\n{said}rdma_cm_id.route.addr (0:4:0)\n", KERNEL)
        self.assertEqual([found[name][0].verdict for name in "abc"], ["absent", "error", "absent"])
        self.assertEqual(found["c"][0].reason(), "the kernel's BTF has no record rdma_cm_id")
        self.assertEqual(found["a"][0].reason(),
                         "the kernel's tracepoint workqueue_queue_work has no __data_loc_workqueue")

    def test_a_helper_that_a_kernel_is_built_without(self):
        said = ("a f err -22\n| unknown func bpf_override_return#58\n"
                "b g err -22\n| program of this type cannot use helper bpf_override_return#58\n"
                "c h err -22\n| program of this type cannot use helper bpf_msg_cork_bytes#62\n")
        found = load.read_results(said, KERNEL)
        self.assertEqual([found[name][0].verdict for name in "abc"], ["absent", "absent", "error"])
        able = facts.Facts("6.1-x86_64", ["bpf_override_return"], {}, [])
        found = load.read_results(said, able)
        self.assertEqual([found[name][0].verdict for name in "abc"], ["error"] * 3)

    def test_one_bad_program_fails_the_object(self):
        text = text_with("a", outcome(0))
        text["loaded"] = {"k": [load.Loaded("f", "ok", []), load.Loaded("g", "error", ["x"])]}
        self.assertEqual(scoreboard.loads_here(text, "k"), "error")
        self.assertEqual(scoreboard.loads_here(text, "other"), "not run")
        text["loaded"] = {"k": []}
        self.assertEqual(scoreboard.loads_here(text, "k"), "error")
        text["attaches"] = []
        self.assertEqual(scoreboard.loads_here(text, "k"), "empty")

    def test_misses_count(self):
        bad, good = text_with("a", outcome(1, "x")), text_with("b", outcome(0))
        self.assertEqual(run.missed([bad, good], ()), 1)
        self.assertEqual(run.missed([good], ["6.1-x86_64"]), 1)

    def test_right_refusals_are_no_misses(self):
        unknown = translate.Diagnostic("tracepoint-unknown", "no kernel has 'x'", "t.c", 1)
        wrong = translate.Diagnostic("clang", "use of 'x'", "t.c", 1)
        right = text_with("a", translate.Outcome(1, [unknown]))
        mixed = text_with("a", translate.Outcome(1, [unknown, wrong]))
        crash = text_with("a", translate.Outcome(1, []))
        self.assertEqual([scoreboard.rightly_refused(one) for one in (right, mixed, crash)],
                         [True, False, False])
        self.assertEqual(run.missed([right], ["6.1-x86_64"]), 0)
        self.assertEqual(run.missed([mixed], ["6.1-x86_64"]), 1)

    def test_fixes_are_ordered_by_what_they_free(self):
        texts = [text_with("a", outcome(1, "x")), text_with("b", outcome(1, "x")),
                 text_with("c", outcome(1, "x", "y"))]
        lines = list(scoreboard.greedy_lines(texts))
        self.assertEqual([line.split()[0] for line in lines], ["+2", "+1"])

    def test_no_texts_is_a_failure(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "texts.json"
            path.write_text('{"texts": [], "kernels": []}', encoding="utf-8")
            done = subprocess.run([sys.executable, str(HERE / "run.py"), "--texts", str(path)],
                                  capture_output=True, check=False)
        self.assertEqual(done.returncode, 1)


def loaded_text(verdict, **options):
    """A text of tool "a" whose one program has this verdict."""
    text = text_with("a", outcome(0), **options)
    log = {"error": ["R1 invalid"], "absent": ["failed to find kernel BTF type ID of 'f': -3"]}
    text["loaded"] = {text["kernels"][0]: [load.Loaded("p", verdict, log.get(verdict, []))]}
    return text


class Board(unittest.TestCase):
    """The scoreboard's file and what differs from it."""

    def rows(self, *texts):
        return board.merged(texts)

    def differing(self, old, new):
        return [line.partition(":")[0] for line in board.differences(old, new)]

    def test_letters(self):
        index = facts.KERNELS.index("6.1-x86_64")
        for verdict, letter in (("ok", "V"), ("absent", "P"), ("error", "R")):
            [row] = self.rows(loaded_text(verdict))
            self.assertEqual(row.results[index], letter)
        [row] = self.rows(text_with("a", outcome(1, "x")))
        self.assertEqual(row.results[index], "T")
        self.assertEqual(row.reasons, "x86_64: x [clang]")

    def test_what_stands_apart(self):
        unknown = translate.Diagnostic("field-unknown", "no 'x'", "t.c", 1)
        empty = text_with("b", outcome(0))
        empty["attaches"], empty["loaded"] = [], {"6.1-x86_64": []}
        rows = self.rows(text_with("d", translate.Outcome(1, [unknown])), empty,
                         loaded_text("absent"), text_with("c", outcome(1, "x")))
        self.assertEqual([row.of_kernel("6.1-x86_64") for row in rows], ["P", "E", "T", "N"])
        whole = board.tally(rows, "0.26")
        self.assertEqual(board.cell(whole, "translated", "N"), "2 + 1 N of 4")
        counts = board.tally(rows, "0.26", "6.1-x86_64")
        self.assertEqual(board.cell(counts, "V", board.APART), "0 + 1 E + 1 P + 1 N of 4")
        self.assertEqual(len(list(board.reason_lines(rows, board.APART))), 3)
        self.assertEqual(len(list(board.reason_lines(rows, board.MISSED))), 1)
        self.assertEqual(board.agreeing(rows, rows), (3, 1))

    def test_a_kernel_that_a_text_is_not_of_has_a_small_letter(self):
        text = loaded_text("ok")
        text["loaded"]["7.2-x86_64"] = [load.Loaded("p", "error", ["x"])]
        [row] = self.rows(text)
        self.assertEqual(row.results[facts.KERNELS.index("7.2-x86_64")], "r")
        self.assertEqual(board.agreeing([row], [row]), (1, 0))

    def test_packages_and_machines_with_equal_results_share_a_row(self):
        one, two = loaded_text("ok"), loaded_text("ok", package="0.31")
        arm = loaded_text("error", arch="arm64")
        [row] = self.rows(one, two)
        self.assertEqual(row.packages, ("0.26", "0.31"))
        [row] = self.rows(one, arm)
        self.assertEqual(row.results, ".V..R")
        self.assertEqual(len(self.rows(one, loaded_text("error", package="0.31"))), 2)

    def test_the_file_is_read_as_it_was_written(self):
        rows = self.rows(loaded_text("ok"), text_with("b", outcome(1, "x; y")))
        self.assertEqual(board.read(board.tsv(rows)), rows)
        self.assertEqual(self.differing(rows, rows), [])

    def test_worse_better_gone_and_new_are_seen(self):
        good, bad = self.rows(loaded_text("ok")), self.rows(loaded_text("error"))
        refused = self.rows(text_with("a", outcome(1, "x")))
        self.assertEqual(self.differing(good, bad), ["worse"])
        self.assertEqual(self.differing(bad, refused), ["worse"])
        self.assertEqual(self.differing(bad, good), ["better"])
        self.assertEqual(self.differing(good, []), ["gone"])
        self.assertEqual(self.differing([], good), ["new"])

    def test_what_was_not_tried_is_no_difference(self):
        untried = self.rows(text_with("a", outcome(0)))
        self.assertEqual(self.differing(self.rows(loaded_text("ok")), untried), [])

    def test_comparing_fails_for_what_differs_and_for_kernels_without_an_answer(self):
        with tempfile.TemporaryDirectory() as folder, \
                mock.patch.object(run, "TABLE", pathlib.Path(folder) / "corpus.tsv"), \
                contextlib.redirect_stdout(io.StringIO()) as said:
            run.TABLE.write_text(board.tsv(self.rows(loaded_text("ok"))), encoding="utf-8")
            right = ([], {"right": 3})
            self.assertEqual(run.compare([loaded_text("ok")], [], right), 0)
            self.assertEqual(run.compare([loaded_text("error")], [], right), 1)
            self.assertEqual(run.compare([loaded_text("ok")], ["6.1: no answer"], right), 1)
            self.assertEqual(run.compare([loaded_text("ok")], [], (["false ok: a"], {"right": 2})), 1)
        self.assertIn("4 passed, 0 failed, 0 skipped", said.getvalue())
        self.assertIn("FAIL false ok: a", said.getvalue())

    def test_numbers_that_move_are_not_in_a_reason(self):
        self.assertEqual(board.stable("R1=0xff88  off 123456"), "R1=N off N")


class Prediction(unittest.TestCase):
    """What check says against what a kernel did."""

    def said(self, loads, alternatives=False):
        verdict = {"loads": loads, "reason": "no field a.b", "alternatives": alternatives}
        return predict.Said({("p", "6.1"): verdict})

    def kind(self, said, verdict):
        return predict.judge(said, load.Loaded("p", verdict, []), "6.1-x86_64")

    def test_every_pair_of_a_verdict_and_a_result(self):
        kinds = {(loads, result): self.kind(self.said(loads), result)
                 for loads in ("yes", "no", "unknown") for result in ("ok", "absent", "error")}
        self.assertEqual(kinds, {
            ("yes", "ok"): "right", ("yes", "absent"): "false ok", ("yes", "error"): "false ok",
            ("no", "ok"): "false fails", ("no", "absent"): "right", ("no", "error"): "right",
            ("unknown", "ok"): "unknown", ("unknown", "absent"): "unknown",
            ("unknown", "error"): "unknown"})

    def test_another_place_of_the_tool_is_not_tried_by_the_object(self):
        self.assertEqual(self.kind(self.said("yes", alternatives=True), "absent"), "right")
        self.assertEqual(self.kind(self.said("yes", alternatives=True), "error"), "false ok")

    def test_the_other_form_of_a_kprobe_is_passed_over(self):
        said = self.said("no")
        said.verdicts["p", "6.1"]["reason"] = "'p_fentry' is attached to vfs_read instead"
        self.assertEqual(self.kind(said, "ok"), "passed over")
        self.assertEqual(self.kind(said, "error"), "passed over")

    def test_a_program_that_check_is_silent_about_is_missing(self):
        self.assertEqual(self.kind(predict.Said({}), "ok"), "missing")
        self.assertEqual(self.kind(predict.Said({}, refused=True), "ok"), "refused")

    def check(self, script):
        with tempfile.TemporaryDirectory() as folder:
            command = pathlib.Path(folder) / "bcc2core"
            command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            command.chmod(0o700)
            entry = text_with("a", outcome(0))
            entry["outcome"].object = f"{folder}/a.bpf.o"
            return predict.ask(str(command), entry)

    def test_only_an_error_about_a_place_is_a_refusal(self):
        place = "echo \"a.c:1:1: error: no kernel has 'f' [function-unknown]\" >&2; exit 1"
        self.assertTrue(self.check(place).refused)
        self.assertFalse(self.check(place.replace("function-unknown", "clang")).refused)
        self.assertFalse(self.check(place.replace("exit 1", "exit 70")).refused)
        self.assertFalse(self.check("exit 1").refused)

    def test_wrong_verdicts_are_lines_and_counts(self):
        verdict = '{"type": "verdict", "program": "p", "kernel": "6.1", "loads": "no", "reason": "x"}'
        with mock.patch.object(predict, "ask", lambda *_: predict.Said(predict.read(verdict))):
            text = loaded_text("ok")
            text["digest"] = "1"
            wrong, counts = predict.compare([text], "bcc2core", 1)
        self.assertEqual(wrong, ["false fails: 0.26 a-01 p on 6.1-x86_64: x"])
        self.assertEqual((counts["false fails"], counts["right"]), (1, 0))


if __name__ == "__main__":
    unittest.main()
