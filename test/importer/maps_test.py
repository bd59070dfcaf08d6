#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What scripts put into maps before their wait, and rows of numbers with the entries that maps have.

usage: maps_test.py [unittest options]; $BCC2CORE is the command, build/bin/bcc2core by default.
"""

import unittest

from derived import RECORD, derived
from outputs_rounds_test import LOOP
from scripts import HEAD, Scripts

MAPS = """
struct name { u32 length; u32 kind; char text[16]; };
BPF_ARRAY(names, struct name, 2);
BPF_ARRAY(slots, u64, 8);
BPF_HASH(queues, u16, struct counts);
"""
NAME = """
from ctypes import *
args.name = "eth0"
class Name(Structure):
    _fields_ = [("length", c_uint), ("kind", c_uint), ("text", c_char * 16)]
one = Name()
"""
COUNTED = """
from ctypes import *
import os
queues = 0
args.name = args.name or "eth0"
for entry in os.listdir("/sys/class/net/" + args.name + "/queues"):
    if entry[0] == "t":
        queues += 1
"""


def looped(body, before="", program=RECORD + MAPS):
    return derived(before + LOOP.replace("    print()\nBODY", body.strip("\n")), program)


class Presets(unittest.TestCase):
    """Elements that are there before the wait."""

    def put(self, text):
        return looped('    b["dist"].print_log2_hist()\n', text)

    def test_numbers(self):
        found = self.put('totals = b["totals"]\ntotals[7] = 1\ntotals[8] = args.rows\n'
                         'totals[7] = totals.Leaf(2)\n')
        self.assertEqual(found["presets"], {"totals": [
            {"key": 8, "value": "opt.rows"}, {"key": 7, "value": 2}]})
        self.assertEqual(found["left"], [])

    def test_numbers_of_ctypes(self):
        found = self.put('from ctypes import *\nb["totals"][c_int(7)] = c_ulong(args.rows)\n')
        self.assertEqual(found["presets"], {"totals": [{"key": 7, "value": "opt.rows"}]})

    def test_structures_with_texts(self):
        found = self.put(NAME + 'one.text = args.name.encode()\nb["names"][0] = one\n'
                         'two = Name()\ntwo.text, two.kind = b"lo", args.rows\nb["names"][1] = two\n')
        self.assertEqual(found["presets"], {"names": [
            {"key": 0, "text": "opt.name", "member": "text"},
            {"key": 1, "value": "{ .kind = opt.rows }", "text": '"lo"', "member": "text"}]})
        self.assertEqual((found["sizes"], found["left"]), ({"name": 16}, []))

    def left(self, text):
        found = self.put(text)
        self.assertEqual(found["presets"], {})
        self.assertIn("it writes to the map", found["left"][0]["what"])

    def test_what_is_left_to_the_report(self):
        self.left('if args.uid:\n    b["totals"][7] = 1\n')
        self.left(NAME + 'if args.uid:\n    one.kind = 3\nb["names"][0] = one\n')
        self.left(NAME + 'one.text = b"a" + args.name.encode()\nb["names"][0] = one\n')
        self.left(NAME + 'setattr(one, "kind", 3)\nb["names"][0] = one\n')
        self.left(NAME + 'one.kind = 3\nb["totals"][0] = one\n')
        self.left(NAME.replace('"kind", c_uint', '"kinds", c_uint') +
                  'one.kinds = 3\nb["names"][0] = one\n')
        self.left('for number in range(args.rows):\n    b["totals"][number] = 1\n')


class Numbers(unittest.TestCase):
    """Rows for the numbers below one that the command line or the host says."""
    BODY = """
    keys = []
    for k, v in b["queues"].items():
        keys += [k.value]
    for number in range(args.rows):
        reads, size = 0, 0
        if number in keys:
            entry = b["queues"][c_ushort(number)]
            reads, size = entry.reads, entry.bytes
        print(" %-6d %8d %8d" % (number, reads, size))
"""

    def rows(self, body, before="from ctypes import *\n"):
        found = looped(body, before)
        self.assertEqual(found["left"], [])
        output, = found["outputs"]
        return output, found

    def test_an_entry_or_zeros(self):
        output, _ = self.rows(self.BODY)
        self.assertEqual((output["table"], output["rows"]), ("queues", "opt.rows"))
        self.assertEqual([one["value"] for one in output["columns"]],
                         ["key", "value.reads", "value.bytes"])
        self.assertEqual((output["columns"][0]["width"], output["columns"][0]["indent"]), (-6, 1))

    def test_keys_that_are_appended_and_records_in_lists(self):
        output, _ = self.rows(self.BODY.replace("keys += [k.value]", "keys.append(k.value)"))
        self.assertEqual(output["rows"], "opt.rows")
        output, _ = self.rows("""
    keys = []
    for k, v in b["queues"].items():
        keys += [k.value]
    for number in range(args.rows):
        if number in keys:
            entry = b["queues"][c_ushort(number)]
            data = [number, entry.reads]
        else:
            data = [number, 0]
        print("%6d %8d" % (data[0], data[1]))
""")
        self.assertEqual([one["value"] for one in output["columns"]], ["key", "value.reads"])

    def test_the_map_itself_is_asked(self):
        output, _ = self.rows(self.BODY.replace("number in keys", 'c_ushort(number) in b["queues"]'))
        self.assertEqual([one["value"] for one in output["columns"]],
                         ["key", "value.reads", "value.bytes"])

    def test_an_array(self):
        output, _ = self.rows("""
    for slot in range(args.rows):
        print("%6d %8d" % (slot, b["slots"][slot].value))
""")
        self.assertEqual((output["table"], output["rows"]), ("slots", "opt.rows"))

    def test_files_of_a_folder(self):
        body = self.BODY.replace("args.rows", "queues")
        for test in ('entry[0] == "t"', 'entry.startswith("t")'):
            output, found = self.rows(body, COUNTED.replace('entry[0] == "t"', test))
            self.assertEqual(output["rows"], 'nr_files("t", "/sys/class/net/%s/queues", opt.name)')
            self.assertIn("static int nr_files(const char *prefix, const char *format, ...)",
                          found["code"])
            self.assertEqual([one["what"] for one in found["approximated"]], [
                "files that are counted are none where their folder is not there"])

    def test_files_that_cannot_be_said(self):
        found = looped(self.BODY.replace("args.rows", "queues"),
                       COUNTED.replace('entry[0] == "t"', 'entry[0] in "ta"'))
        self.assertTrue(found["left"])

    def test_sums_below_the_rows(self):
        found = looped("""
    print(time.asctime())
    print("of all")
    sums, keys, reads = [0, 0], [], 0
    for k, v in b["queues"].items():
        keys += [k.value]
        sums[0] += v.bytes
        reads += v.reads
    for number in range(args.rows):
        reads_of = 0
        if number in keys:
            reads_of = b["queues"][c_ushort(number)].reads
        print(" %-7d%-9s" % (number, reads_of), end="")
        if args.uid:
            print("%-4d" % number)
        else:
            print()
    print(" All    %-9s%-9s" % (reads, sums[0]), end="")
    if args.uid:
        print("%-4d" % 1)
    else:
        print()
    print("")
    print("the end of a round")
""", "from ctypes import *\n")
        self.assertEqual(found["left"], [])
        table, summary = found["outputs"]
        self.assertEqual((table["above"], table["rows"]),
                         ([{"value": "time_text()"}, "of all"], "opt.rows"))
        self.assertEqual((summary["summary"], summary["above"], summary["below"]),
                         (True, [], ["", "the end of a round"]))
        self.assertEqual(summary["columns"][0]["width"], 16)
        self.assertIn('"All    %-8lld", total)', found["code"])

    def test_other_numbers_for_what_is_not_there(self):
        found = looped(self.BODY.replace("reads, size = 0, 0", "reads, size = 1, 0"),
                       "from ctypes import *\n")
        self.assertTrue(found["left"])

    def test_two_maps_are_left(self):
        found = looped("""
    for slot in range(args.rows):
        print("%6d %8d" % (b["totals"][slot].value, b["slots"][slot].value))
""")
        self.assertIn("a loop over 'range(args.rows)'", [one["what"] for one in found["left"]])


class Times(unittest.TestCase):
    def test_asctime(self):
        found = looped('    print(time.asctime(time.localtime(time.time())))\n'
                       '    b["dist"].print_log2_hist()\n')
        self.assertEqual(found["outputs"][0]["above"], [{"value": "time_text()"}])
        self.assertIn('"%a %b %e %H:%M:%S %Y"', found["code"])
        self.assertEqual(found["left"], [])


class Given(Scripts):
    """Options that the command line gives at import, and that maps are filled with."""
    SCRIPT = HEAD + """
import os
from ctypes import *
parser.add_argument("-d", "--device", type=str, default="")
parser.add_argument("-c", "--comm", type=str, default="")
args = parser.parse_args()
if args.device == "" or not os.path.exists("/sys/class/net/" + args.device + "/queues"):
    print("no device")
    exit()
b = BPF(text='''
struct name { char text[16]; };
BPF_ARRAY(names, struct name, 1);
BPF_HASH(counts, u32, u64);
int on_read(void *ctx) { u32 key = 0; counts.increment(key); return 0; }
''')
b.attach_kprobe(event="vfs_read", fn_name="on_read")
class Name(Structure):
    _fields_ = [("text", c_char * 16)]
one = Name()
one.text = args.device.encode()
b["names"][0] = one
while 1:
    sleep(1)
    print("Numbers and counts of %s:" % args.comm)
    for k, v in b["counts"].items():
        print("%6d %6d" % (k.value, v.value))
"""

    def test_it_stays_an_option(self):
        made = self.made(self.SCRIPT, "--device=eth0", "-c", "bash")
        self.assertEqual(made.manifest["options"], {
            "device": {"short": "d", "type": "string", "size": 16, "default": "eth0"}})
        self.assertEqual(made.manifest["maps"], {"names": {"preset": [
            {"key": 0, "text": "opt.device", "member": "text"}]}})
        self.assertEqual(made.manifest["outputs"][0]["above"], ["Numbers and counts of bash:"])
        self.assertEqual(made.missing, [])


if __name__ == "__main__":
    unittest.main()
