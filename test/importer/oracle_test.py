#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The oracle without a guest: what the comparer takes as the same, and what it must not."""

import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "oracle"))

import compare  # noqa: E402
import comparer  # noqa: E402
import guest  # noqa: E402
import record  # noqa: E402
import recordings  # noqa: E402
import workloads  # noqa: E402
from workloads import watch  # noqa: E402

TABLE = """Tracing naps. Ctrl-C ends.
TIME     PID    COMM             ERR LAT(ms) PATH
10:22:01 412    worker             0    1.25 /tmp/a b
10:22:01 1      init               2   11.00 /etc/x
10:22:02 413    worker             2    0.50 /tmp/c
"""
ROWS = watch("", table="COMM", rows="worker", free=("TIME", "PID", "LAT(ms)"))

HISTOGRAM = """
disk = vda
     usecs               : count     distribution
         0 -> 1          : 0        |                                        |
         2 -> 3          : 4        |****************************************|
         4 -> 7          : 1        |**********                              |

disk = vdb
     usecs               : count     distribution
         0 -> 1          : 9        |****************************************|
"""
LINEAR = """     depth         : count     distribution
        0          : 2        |****************************************|
        1          : 1        |********************                    |
"""
STACKS = """Tracing. Hit Ctrl-C to end.

    do_nap
    sys_nap
    -                worker (412)
        250113

    do_idle
    -                swapper/0 (0)
        12
"""


class Case(unittest.TestCase):
    def same(self, want, got, one):
        self.assertIsNone(comparer.difference(want, got, one))

    def differs(self, want, got, one, reason):
        self.assertNotEqual(want, got, "the test changes nothing")
        self.assertIn(reason, comparer.difference(want, got, one) or "same")


class Tables(Case):
    def changed(self, old, new):
        self.assertIn(old, TABLE)
        return TABLE.replace(old, new)

    def test_equal(self):
        self.same(TABLE, TABLE, ROWS)

    def test_free_columns(self):
        got = self.changed("10:22:02 413    worker             2    0.50",
                           "09:00:00 7      worker             2   99.99")
        self.same(TABLE, got, ROWS)

    def test_rows_of_others(self):
        self.same(TABLE, self.changed("10:22:01 1      init               2   11.00 /etc/x\n", ""),
                  ROWS)
        self.same(TABLE, TABLE + "10:22:02 9      sh                 0    1.00 /x\n", ROWS)

    def test_a_value(self):
        self.differs(TABLE, self.changed("2    0.50 /tmp/c", "0    0.50 /tmp/c"), ROWS,
                     "ERR is '0', want '2'")
        self.differs(TABLE, self.changed("/tmp/a b", "/tmp/a"), ROWS, "row ")
        self.differs(TABLE, self.changed("/tmp/c", "/tmp/d"), ROWS, "PATH is '/tmp/d'")

    def test_the_last_column_takes_the_rest(self):
        self.differs(TABLE, self.changed("/tmp/a b", "/tmp/a c"), ROWS, "PATH is 'c', want 'b'")

    def test_a_header_column(self):
        self.differs(TABLE, self.changed("    COMM             ERR", "    COMM            "), ROWS,
                     "header")
        self.differs(TABLE, self.changed("PID  ", "TID  "), ROWS, "header")
        self.differs(TABLE, self.changed("ERR LAT", "ERR  LAT"), ROWS, "header")

    def test_blanks_at_the_end(self):
        self.same(TABLE, TABLE.replace("PATH\n", "PATH \n") + "\n", ROWS)
        self.differs(TABLE, self.changed("ends.\n", "ends.\n\n"), ROWS, "want 'TIME ")

    def test_no_table(self):
        self.differs(TABLE, "Tracing naps. Ctrl-C ends.\n", ROWS, "ends before 'TIME")

    def test_text_above(self):
        self.differs(TABLE, self.changed("Ctrl-C ends.", "Ctrl-C to end."), ROWS, "Ctrl-C to end")
        self.differs(TABLE, self.changed("Tracing naps. Ctrl-C ends.\n", ""), ROWS, "want 'Tracing")

    def test_the_form_of_what_is_free(self):
        self.differs(TABLE, self.changed("1.25 /tmp/a", "1.2  /tmp/a"), ROWS, "LAT(ms) is '1.2'")
        self.differs(TABLE, self.changed("10:22:02 413 ", "10:22:02 -   "), ROWS, "PID is '-'")
        self.differs(TABLE, self.changed("10:22:02 413    worker", "10:22:02   413  worker"), ROWS,
                     "PID is not in its column")

    def test_a_value_out_of_its_column(self):
        self.differs(TABLE, self.changed("worker             2    0.50", "worker           2      0.50"),
                     ROWS, "ERR is not in its column")

    def test_missing_and_additional_rows(self):
        row = "10:22:02 413    worker             2    0.50 /tmp/c\n"
        self.differs(TABLE, self.changed(row, ""), ROWS, "1 rows, want 2; missing")
        self.differs(TABLE, TABLE + row, ROWS, "3 rows, want 2; too much")

    def test_order(self):
        lines = TABLE.splitlines(keepends=True)
        turned = "".join([*lines[:2], lines[4], lines[3], lines[2]])
        self.differs(TABLE, turned, ROWS, "row ")
        free = watch("", table="COMM", rows="worker", free=ROWS.free, ordered=False)
        self.same(TABLE, turned, free)
        self.differs(TABLE, turned.replace("/tmp/c", "/tmp/d"), free, "PATH is")

    def test_any(self):
        one = watch("", table="COMM", any=("COMM",))
        want = "COMM   PORT\nsh     80\nworker 80\n"
        self.same(want, want.replace("worker", "init  "), one)
        self.differs(want, want.replace("worker 80", "init   81"), one, "PORT is '81'")
        self.differs(want, want.replace("worker", "      "), one, "row ")

    def test_least(self):
        one = watch("", table="COMM", least=(("HITS", 100),))
        want = "COMM    HITS\nworker   130\n"
        self.same(want, want.replace("130", "102"), one)
        self.same(want, want.replace(" 130", "1020"), one)
        self.differs(want, want.replace("130", " 99"), one, "HITS is '99', want '130'")
        self.differs(want, want.replace("  130", "130.0"), one, "HITS is '130.0'")
        self.assertIsNone(comparer.counts_nothing(want, one))
        self.assertIn("less than", comparer.counts_nothing(want.replace("130", " 99"), one))

    def test_once(self):
        once = watch("", rows="naps", free=(-1,), once=True)
        self.same("naps: 1\nnaps: 2\n", "naps: 3\n", once)
        self.differs("naps: 1\n", "nap: 1\n", once, "ends before")
        self.differs("naps: 1\n", "naps: 1.0\n", once, "word 1 is '1.0'")

    def test_bytes(self):
        one = watch("", table="COMM", free=("PID",))
        want = ("PID    COMM         DEV     N\n"
                "9      b'worker'    b'vda'  1\n"
                "10     b'a_longer_name' b'vda'  2\n")
        got = ("PID    COMM         DEV     N\n"
               "12     worker       vda     1\n"
               "13     a_longer_name vda     2\n")
        self.same(want, got, one)
        self.same(want, want, one)
        self.differs(want, got.replace("worker ", "workers"), one, "COMM is 'workers'")
        self.differs(want, got.replace("worker  ", " worker "), one, "COMM is not in its column")
        self.differs(want, got.replace("vda     1", "vda 1    "), one, "N is not in its column")
        self.differs(got, want, one, "COMM is \"b'worker'\", want 'worker'")

    def test_bytes_at_the_right(self):
        one = watch("", table="DRIVER", ordered=False)
        want = "      DRIVER   DEV N\n   b'virtio' b'abc' 3\nb'a_long_one' b'de' 4\n"
        got = "      DRIVER   DEV N\n      virtio   abc 3\n  a_long_one    de 4\n"
        self.same(want, got, one)
        self.differs(want, got.replace("     virtio ", "virtio      "), one, "not in its column")
        self.differs(want, got.replace("abc 3", "abc   3"), one, "N is not in its column")

    def test_bytes_in_text(self):
        one = watch("")
        self.same("disk = b'vda'\nnaps\n", "disk = vda\nnaps\n", one)
        self.differs("disk = b'vda'\nnaps\n", "disk = 'vda'\nnaps\n", one, "want \"disk = b'vda'")
        self.differs("disk = vda\nnaps\n", "disk = b'vda'\nnaps\n", one, "want 'disk = vda'")

    def test_lines_of_text(self):
        one = watch("", rows="naps", free=(2,))
        self.same("sh naps 7 times\n", "sh naps 1234 times\n", one)
        self.differs("sh naps 7 times\n", "sh naps  1234 times\n", one, "is not in its column")
        self.differs("sh naps 7 times\n", "sh naps 1234 time\n", one, "word 3 is 'time'")

    def test_mask(self):
        one = watch("", table="COMM", mask=(r"\d\d:\d\d:\d\d", r"\b4\d{4}\b"))
        want = "At 10:00:01\n\nCOMM PORT\nworker 41234\n"
        self.same(want, "At 11:00:02\n\nCOMM PORT\nworker 45678\n", one)
        self.differs(want, want.replace("41234", "31234"), one, "PORT is")
        self.differs(want, want.replace("At", "On"), one, "'On 10:00:01'")


class Histograms(Case):
    def changed(self, old, new):
        self.assertIn(old, HISTOGRAM)
        return HISTOGRAM.replace(old, new, 1)

    def off_by_one(self):
        return self.changed("0 -> 1          : 0        |          ",
                            "0 -> 1          : 1        |**********")

    def test_all_buckets(self):
        one = watch("", sections="vda")
        self.same(HISTOGRAM, HISTOGRAM, one)
        self.differs(HISTOGRAM, self.off_by_one(), one, "histogram of usecs")
        self.differs(HISTOGRAM, self.changed("         0 -> 1          : 0        |"
                                             + " " * 40 + "|\n", ""), one, "histogram of usecs")

    def test_sections_of_others(self):
        one = watch("", sections="vda")
        self.same(HISTOGRAM, self.changed(": 9  ", ": 8  "), one)
        self.differs(HISTOGRAM, self.changed("disk = vda", "disk = 'vda'"), one, "want 'disk = vda'")

    def test_a_section_of_others_takes_no_text_along(self):
        one = watch("", sections="vdb")
        self.differs("Tracing\n" + HISTOGRAM, "Tracing on\n" + HISTOGRAM, one, "want 'Tracing'")
        kept = HISTOGRAM[HISTOGRAM.index("\ndisk = vdb"):]
        self.same("Tracing\n" + kept, "Tracing\n" + HISTOGRAM, one)

    def test_total(self):
        one = watch("", sections="vda", buckets="total")
        moved = self.changed(
            "         4 -> 7          : 1        |**********                              |",
            "         4 -> 7          : 0        |                                        |\n"
            "         8 -> 15         : 1        |**********                              |")
        self.same(HISTOGRAM, moved, one)
        self.differs(HISTOGRAM, self.off_by_one(), one, "6 in all, want 5")

    def test_order_of_sections(self):
        first, second = HISTOGRAM.strip("\n").split("\n\n")
        turned = f"\n{second}\n\n{first}\n"
        self.differs(HISTOGRAM, turned, watch(""), "want 'disk = vda'")
        one = watch("", ordered=False)
        self.same(HISTOGRAM, turned, one)
        self.differs(HISTOGRAM, turned.replace(": 4  ", ": 5  "), one, "histogram of usecs")
        self.differs(HISTOGRAM, turned.replace("= vdb", "= vdc"), one, "want 'disk = vdb'")

    def test_free_buckets_keep_their_form(self):
        one = watch("", sections="vda", buckets="free")
        self.same(HISTOGRAM, self.off_by_one(), one)
        self.differs(HISTOGRAM, self.changed("usecs", "nsecs"), one, "header")
        self.differs(HISTOGRAM, self.changed("|**********  ", "|*********   "), one, "is not ")
        self.differs(HISTOGRAM, self.changed("         4 -> 7 ", "        4 -> 7  "), one, "is not ")

    def test_nothing_in_it(self):
        one = watch("", buckets="free")
        empty = LINEAR.splitlines(keepends=True)[0]
        self.differs(LINEAR, empty, one, "nothing in it")

    def test_linear(self):
        self.same(LINEAR, LINEAR, watch("", buckets="free"))
        self.differs(LINEAR, LINEAR.replace(": 1  ", ": 2  "), watch("", buckets="free"), "is not ")
        self.differs(LINEAR, LINEAR.replace("        1 ", "        2 "), watch(""), "histogram of")


class Stacks(Case):
    ONE = watch("", blocks=True, ordered=False, rows="worker|Tracing",
                mask=(r"(?m)\(\d+\)$|^ +\d+$",))

    def test_stacks(self):
        self.same(STACKS, STACKS, self.ONE)
        self.same(STACKS, STACKS.replace("250113", "17").replace("(412)", "(9)"), self.ONE)
        self.same(STACKS, STACKS.replace("do_idle", "do_nothing"), self.ONE)
        self.differs(STACKS, STACKS.replace("    sys_nap\n", ""), self.ONE, "want '    sys_nap'")
        self.differs(STACKS, STACKS.replace("    -  ", "    -- "), self.ONE, "want '    -")
        self.differs(STACKS, STACKS.split("\n\n", maxsplit=1)[0], self.ONE,
                     "ends before '    do_nap'")


    def test_sleepers(self):
        for tool in ("wakeuptime", "offwaketime"):
            one = workloads.TOOLS[tool]
            output = recordings.read(tool)[1]
            block = next(block for block in output.split("\n\n") if re.search(one.rows, block)
                         and "worker" in block)
            other = re.sub(r"(?m)\S*( ?)native_safe_halt$", r"\1vfs_read", block)
            with self.subTest(tool):
                self.assertNotEqual(other, block)
                self.same(output, f"{output.rstrip()}\n\n{other}\n", one)
                self.differs(output, output.replace(block, other), one, "ends before")
                self.differs(output, f"{output.rstrip()}\n\n{block}\n", one, "goes on with")
                self.differs(output, output.replace(block, re.sub("rest_init", "rest", block)), one, "rest_init")


class Runs(unittest.TestCase):
    """How bcc's scripts are started, and how our tools are."""

    def test_words_of_the_import(self):
        [_, (_, recorded)] = record.runs_of(["funccount"], recordings.PACKAGE)
        self.assertEqual(recorded.args[-1:], ["vfs_mk*"])
        self.assertEqual(compare.run_of("funccount").args, [])
        self.assertEqual(workloads.TOOLS["argdist"].imported[-1], "p::__kmalloc(u64 size):u64:size")

    def test_names_of_workers(self):
        [words] = workloads.TOOLS["wakeuptime"].work
        self.assertEqual(words[:6], ("/bin/busybox", "taskset", "1", "workload", "-c", "worker"))
        [words] = watch("", "workload getppid 3").work
        self.assertEqual(words, ("workload", "-c", "worker", "getppid", "3"))

    def test_package_without_a_recording(self):
        self.assertIsNotNone(recordings.read("wakeuptime", "0.31"))
        self.assertEqual(compare.compare({"wakeuptime": "/none"}, "0.31"), {})

    def test_programs_of_the_host(self):
        [_, (_, recorded)] = record.runs_of(["xfsslower"], recordings.PACKAGE)
        ours = compare.run_of("xfsslower").workload
        mkfs = next(words for words in ours if words[0] == workloads.MKFS_XFS)
        for words, its in zip(ours, recorded.workload):
            self.assertEqual(its, ["/tools/inside.sh", *words] if words == mkfs else words)
        self.assertEqual(workloads.modules_of(["xfsslower", "opensnoop"]), ["loop", "xfs"])

    def test_libraries(self):
        with tempfile.TemporaryDirectory() as folder:
            entries = {entry.path: entry for entry in guest.host_entries(
                ["/bin/bash", workloads.DYNAMIC], pathlib.Path(folder))}
        for path in ("bin/bash", "bin/dynamic"):
            self.assertEqual(entries[path].data[:4], b"\x7fELF")
        self.assertEqual(len([path for path in entries if path.endswith("/libc.so.6")]), 1)
        names = list(entries)
        self.assertLess(names.index("lib64"), names.index("lib64/ld-linux-x86-64.so.2"))


class Recordings(Case):
    """What is kept is of the table's commands, and could tell right from wrong."""

    def test_recordings(self):
        for path in sorted(recordings.FOLDER.rglob("*.txt")):
            with self.subTest(path.relative_to(recordings.FOLDER)):
                one = workloads.TOOLS[path.stem]
                kept = path.stem, one, path.parent.name
                self.assertEqual(recordings.path(path.stem, path.parent.name), path)
                self.assertFalse(recordings.stale(*kept), "other commands: record again")
                output = recordings.read(path.stem, path.parent.name)[1]
                self.assertIsNone(comparer.counts_nothing(output, one))
                self.same(output, output, one)

    def test_no_stack_counts(self):
        self.assertIsNone(comparer.counts_nothing(STACKS, Stacks.ONE))
        self.assertEqual(comparer.counts_nothing(STACKS.replace("worker", "other"), Stacks.ONE),
                         "nothing in it counts")

    def test_nothing_counts(self):
        self.assertIsNone(comparer.counts_nothing(TABLE, ROWS))
        others = watch("", table="COMM", rows="nobody")
        self.assertEqual(comparer.counts_nothing(TABLE, others), "nothing in it counts")

    def test_every_tool_once(self):
        groups = [workloads.EVENTS, workloads.TABLES, workloads.HISTOGRAMS, workloads.STACKS,
                  workloads.PROBES, workloads.WITHOUT]
        self.assertEqual(sum(map(len, groups)), len({name for group in groups for name in group}))


if __name__ == "__main__":
    unittest.main()
