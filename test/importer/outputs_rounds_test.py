#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Outputs of rounds: histograms, tables, elements of maps, stacks; when they are printed."""

import unittest

from derived import derived

LOOP = """
exiting, countdown = 0, int(args.count)
while True:
    try:
        sleep(int(args.interval))
    except KeyboardInterrupt:
        exiting = 1
    print()
BODY
    countdown -= 1
    if exiting or countdown == 0:
        print("Detaching...")
        exit()
"""


def in_loop(body, *program):
    """The Derived of a script that runs `body` every interval."""
    return derived(LOOP.replace("BODY", body.strip("\n")), *program)


class Histograms(unittest.TestCase):
    def test_log2_and_its_times(self):
        found = in_loop("""
    if args.timestamp:
        print("%-8s\\n" % strftime("%H:%M:%S"), end="")
    b["dist"].print_log2_hist("msecs" if args.milliseconds else "usecs")
    b["dist"].clear()
""")
        self.assertEqual(found["outputs"], [{
            "histogram": "dist",
            "unit": {"when": "opt.milliseconds", "then": "msecs", "else": "usecs"},
            "every": "interval", "timestamp": "opt.timestamp", "clear": True}])
        self.assertEqual(found["arguments"], {"interval": True, "count": True})
        self.assertEqual((found["left"], found["approximated"]), ([], []))

    def test_texts_that_options_choose(self):
        found = in_loop("""
    unit = "msecs" if args.milliseconds else "usecs"
    if args.uid:
        unit = "%s a user" % unit
    b["by_cpu"].print_log2_hist(unit, "CPU" if args.timestamp else "", section_print_fn=int)
""")
        self.assertEqual(found["outputs"][0]["unit"], {
            "when": "opt.uid",
            "then": {"when": "opt.milliseconds", "then": "msecs a user", "else": "usecs a user"},
            "else": {"when": "opt.milliseconds", "then": "msecs", "else": "usecs"}})
        self.assertEqual(found["outputs"][0]["section"], {"header": "CPU", "value": "key.cpu"})
        self.assertEqual((found["left"], found["approximated"]), ([], []))

    def test_text_of_the_command_line(self):
        found = in_loop("""
    b["dist"].print_log2_hist(args.name or "usecs")
""")
        self.assertEqual(found["outputs"][0]["unit"], "usecs")
        self.assertEqual(len(found["approximated"]), 1)

    def test_linear(self):
        found = in_loop("""
    b["dist"].print_linear_hist("bytes")
""")["outputs"]
        self.assertEqual(found, [{"histogram": "dist", "scale": "linear", "unit": "bytes",
                                  "every": "interval"}])

    def test_section(self):
        found = in_loop("""
    b["by_cpu"].print_log2_hist("usecs", "cpu", section_print_fn=int)
""")["outputs"]
        self.assertEqual(found[0]["section"], {"header": "cpu", "value": "key.cpu"})

    def test_section_of_what_a_function_makes_of_the_key(self):
        found = in_loop("""
    b["by_cpu"].print_log2_hist("usecs", "cpu", section_print_fn=lambda pair: pair[1],
                                bucket_fn=lambda cpu: (0, cpu))
""")["outputs"]
        self.assertEqual(found[0]["section"], {"header": "cpu", "value": "key.cpu"})

    def test_section_by_function(self):
        found = derived("""
def name_of(cpu):
    return ["first", "second"][cpu]
""" + LOOP.replace("BODY", """
    b["by_cpu"].print_log2_hist("usecs", "cpu", section_print_fn=name_of)
"""))
        self.assertEqual(found["outputs"][0]["section"],
                         {"header": "cpu", "value": "section_text(key.cpu)"})
        self.assertIn('case 1:\n\t\treturn "second";', found["code"])

    def test_section_that_an_option_puts_out_of_reach(self):
        found = derived("""
def name_of(cpu):
    more = ""
    if args.uid:
        more = eval("cpu")
    return "cpu %d" % cpu + more
""" + LOOP.replace("BODY", """
    b["by_cpu"].print_log2_hist("usecs", "cpu", section_print_fn=name_of)
"""))
        self.assertEqual(found["outputs"][0]["section"]["value"], "section_text(key.cpu)")
        self.assertEqual([one["what"] for one in found["left"]],
                         ["what a section shows (with uid)"])

    def test_other_ways_are_left(self):
        found = in_loop("""
    if args.uid:
        b["by_cpu"].print_log2_hist("usecs", "cpu")
    else:
        b["by_cpu"].print_log2_hist("usecs", "processor")
""")
        self.assertEqual([one["section"]["header"] for one in found["outputs"]], ["processor"])
        self.assertEqual([one["what"] for one in found["left"]],
                         ["another way to show the map 'by_cpu' (with uid)"])


class Tables(unittest.TestCase):
    def test_sorted_and_cut(self):
        found = in_loop("""
    print("%-6s %-16s %8s" % ("PID", "COMM", "KB"))
    line = 0
    for k, v in reversed(sorted(b["counts"].items(), key=lambda kv: kv[1].bytes)):
        print("%-6d %-16s %8d" % (k.pid, k.comm.decode(), v.bytes / 1024))
        line += 1
        if line >= args.rows:
            break
    b["counts"].clear()
""")
        self.assertEqual(found["left"], [])
        self.assertEqual(found["outputs"], [{
            "table": "counts", "sort": "value.bytes", "top": "opt.rows", "every": "interval",
            "clear": True, "columns": [
                {"header": "PID", "value": "key.pid", "width": -6},
                {"header": "COMM", "value": "key.comm", "width": -16},
                {"header": "KB", "value": "value.bytes / 1024", "width": 8}]}])

    def test_slice_filter_and_scalars(self):
        found = in_loop("""
    for k, v in sorted(b["totals"].items(), key=lambda kv: kv[1].value, reverse=True)[:10]:
        if v.value == 0:
            continue
        print("%6d %10d" % (k.value, v.value))
""")["outputs"][0]
        self.assertEqual({key: found[key] for key in ("sort", "top", "filter")},
                         {"sort": "value", "top": 10, "filter": "value != 0"})
        self.assertEqual([column["value"] for column in found["columns"]], ["key", "value"])

    def test_smallest_first(self):
        found = in_loop("""
    for k, v in sorted(b["totals"].items(), key=lambda kv: kv[1].value):
        print("%6d %10d" % (k.value, v.value))
""")["outputs"][0]
        self.assertEqual(found["sort"], "-value")

    def test_order_of_text(self):
        found = in_loop("""
    for k, v in sorted(b["counts"].items(), key=lambda kv: kv[0].comm):
        print("%-16s %8d" % (k.comm, v.reads))
""")["outputs"][0]
        self.assertEqual(found["sort"], "comm")

    def test_time_in_each_of_two_ways(self):
        found = in_loop("""
    if args.uid:
        print("[%s]" % strftime("%H:%M:%S"))
        print("%6s %10s" % ("KEY", "BYTES"))
        for k, v in b["totals"].items():
            print("%6d %10d" % (k.value, v.value))
    else:
        print("[%s]" % strftime("%H:%M:%S"))
        print("%6s %10s" % ("KEY", "COUNT"))
        for k, v in b["totals"].items():
            print("%6d %10d" % (k.value, v.value))
""")["outputs"][0]
        self.assertEqual(found["timestamp"], "1")
        self.assertEqual([column["header"] for column in found["columns"]], ["KEY", "COUNT"])

    def test_difference_to_the_round_before_is_left(self):
        found = derived("""
last = 0
while True:
    sleep(5)
    total = b["totals"][1].value
    print("%8d" % (total - last))
    last = total
""")
        self.assertEqual([one["what"] for one in found["left"]], [
            "column 'TOTALS': 'last' is kept from one record to the next"])

    def test_what_a_round_leaves_for_the_next(self):
        found = derived("""
first = True
while True:
    sleep(5)
    if first:
        print("%6s %10s" % ("KEY", "COUNT"))
        first = False
    for k, v in b["totals"].items():
        print("%6d %10d" % (k.value, v.value))
""")
        self.assertEqual([column["header"] for column in found["outputs"][0]["columns"]],
                         ["KEY", "COUNT"])

    def test_screen(self):
        found = derived("import subprocess\n" + LOOP.replace("BODY", """
    if not args.uid:
        subprocess.call("clear")
    with open("/proc/loadavg") as load:
        print("%-8s loadavg: %s" % (strftime("%H:%M:%S"), load.read()))
    for k, v in b["totals"].items():
        print("%6d %10d" % (k.value, v.value))
"""))
        self.assertEqual((found["outputs"][0]["screen"], found["left"]), ("!opt.uid", []))

    def test_at_the_end(self):
        found = derived("""
try:
    sleep(99999999)
except KeyboardInterrupt:
    pass
for k, v in b["totals"].items():
    print("%6d %10d" % (k.value, v.value))
""")
        self.assertEqual(found["outputs"][0]["every"], "end")
        self.assertEqual(found["arguments"], {"interval": False, "count": False})

    def test_elements_by_known_keys(self):
        found = in_loop("""
    print("%8d %8d" % (b["totals"][1].value, b["totals"][2].value))
    b["totals"].clear()
""")["outputs"]
        self.assertEqual(found, [{
            "table": "totals", "summary": True, "header": False,
            "join": [{"map": "totals", "key": "1", "name": "totals_1"},
                     {"map": "totals", "key": "2", "name": "totals_2"}],
            "every": "interval", "clear": True, "columns": [
                {"header": "TOTALS", "value": "totals_1", "width": 8},
                {"header": "TOTALS_2", "value": "totals_2", "width": 8}]}])

    def test_elements_by_the_key_of_the_row(self):
        found = in_loop("""
    other = b["more"]
    for k, v in b["totals"].items():
        print("%6d %10d %10d" % (k.value, v.value, other[k].value))
    other.clear()
""".replace("more", "others"), "BPF_HASH(totals, u32, u64); BPF_HASH(others, u32, u64);")
        self.assertEqual(found["outputs"][0]["join"],
                         {"map": "others", "key": "key", "clear": True})
        self.assertEqual(found["outputs"][0]["columns"][2]["value"], "others")

    def test_word_of_the_command_line(self):
        found = derived("""
seconds = 5
if len(sys.argv) > 1:
    seconds = int(sys.argv[1])
while True:
    sleep(seconds)
    for k, v in b["totals"].items():
        print("%6d %10d" % (k.value, v.value))
""")
        self.assertEqual(found["outputs"][0]["every"], 5)
        self.assertEqual(found["arguments"], {"interval": True, "count": True})

    def test_stack_below_a_row(self):
        found = in_loop("""
    print("%-8s %8s %8s" % ("PID", "KEY", "COUNT"))
    for k, v in b["counts"].items():
        print("%-8d %8d %8d" % (k.pid, k.kernel_stack, v.value))
        for addr in b["stacks"].walk(k.kernel_stack):
            print("    %s" % b.ksym(addr))
""", Stacks.PROGRAM)
        self.assertEqual(found["outputs"][0]["columns"][3],
                         {"header": "STACK", "value": "key.kernel_stack", "type": "stack"})

    def of_two_maps(self, first):
        """What is found of a dict that gives a key it lacks `first`."""
        return derived("import collections" + LOOP.replace("BODY", f"""
    sums = collections.defaultdict(lambda: {first})
    for k, v in b["sent"].items():
        sums[(k.pid, k.port)][0] = v.value
    b["sent"].clear()
    for k, v in b["received"].items():
        sums[(k.pid, k.port)][1] = v.value
    b["received"].clear()
    for k, (sent, received) in sorted(sums.items(), key=lambda kv: sum(kv[1]), reverse=True):
        print("%-6d %8d %8d" % (k[0], sent / 1024, received / 1024))
"""), """
struct key { u32 pid; u16 port; u16 pad; };
BPF_HASH(sent, struct key, u64);
BPF_HASH(received, struct key, u64);
""")

    def test_dict_of_two_maps_with_other_numbers(self):
        found = self.of_two_maps("[1, 0]")
        self.assertEqual([one["what"] for one in found["left"]],
                         ["entries that 'sent' does not have, but 'received' has"])
        self.assertEqual([one["what"] for one in found["approximated"]],
                         ["only entries that 'sent' has are shown"])
        self.assertEqual(found["outputs"][0]["join"],
                         {"map": "received", "key": "key", "clear": True})

    def test_dict_of_two_maps(self):
        found = self.of_two_maps("[0, 0]")
        output = found["outputs"][0]
        self.assertEqual(found["left"], [])
        self.assertEqual(output["join"],
                         {"map": "received", "key": "key", "clear": True, "rows": True})
        self.assertEqual((output["table"], output["sort"]), ("sent", "value + received"))
        self.assertEqual([column["value"] for column in output["columns"]],
                         ["key.pid", "value / 1024", "received / 1024"])
        self.assertEqual(found["approximated"], [])

    def test_dict_that_the_script_fills_is_left(self):
        found = in_loop("""
    sums = {}
    for k, v in b["totals"].items():
        sums[k.value % 2] = v.value
    for k, v in sums.items():
        print("%d %d" % (k, v))
""")
        self.assertEqual(found["outputs"], [])
        self.assertTrue(found["left"])


class Stacks(unittest.TestCase):
    PROGRAM = """
struct entry { u32 pid; int kernel_stack; int user_stack; char name[16]; };
BPF_HASH(counts, struct entry, u64);
BPF_STACK_TRACE(stacks, 64);
"""

    def test_kernel_and_user(self):
        found = derived("""
folded = args.uid
try:
    sleep(99999999)
except KeyboardInterrupt:
    pass
stacks = b["stacks"]
for k, v in sorted(b["counts"].items(), key=lambda kv: kv[1].value):
    kernel = [] if k.kernel_stack < 0 else stacks.walk(k.kernel_stack)
    user = [] if k.user_stack < 0 else stacks.walk(k.user_stack)
    if folded:
        line = [k.name]
        line.extend([b.sym(addr, k.pid) for addr in reversed(list(user))])
        line.extend([b.ksym(addr) for addr in reversed(list(kernel))])
        print("%s %d" % (";".join(line), v.value))
    else:
        for addr in kernel:
            print("    %s" % b.ksym(addr))
        for addr in user:
            print("    %s" % b.sym(addr, k.pid))
        print("    %-16s %s (%d)" % ("-", k.name, k.pid))
        print("        %d\\n" % v.value)
""", self.PROGRAM)
        self.assertEqual(found["left"], [])
        self.assertEqual(found["outputs"], [{
            "stacks": "counts", "pid": "key.pid", "comm": "key.name", "lines": [
                {"kernel": "key.kernel_stack", "indent": "    "},
                {"user": "key.user_stack", "pid": "key.pid", "indent": "    "},
                {"value": "name_text(key.name, key.pid)"}, {"value": "count_text(value)"}, ""],
            "fold": [{"value": "key.name"},
                     {"user": "key.user_stack", "pid": "key.pid", "reversed": True},
                     {"kernel": "key.kernel_stack", "reversed": True}],
            "folded": "opt.uid", "every": "end", "above": []}])

    LAYOUT = """
delimited = args.uid and not args.milliseconds
sleep(99999999)
for k, v in sorted(b["counts"].items(), key=lambda kv: kv[1].value):
    if k.kernel_stack == -12:
        continue
    kernel = [] if k.kernel_stack < 1 else reversed(list(b["stacks"].walk(k.kernel_stack))[1:])
    user = [] if k.user_stack < 0 else b["stacks"].walk(k.user_stack)
    print("    %-16s %s" % ("name:", k.name))
    if k.kernel_stack < 0 and k.kernel_stack != -14:
        print("    [none]")
    else:
        for addr in kernel:
            print("    %-16x %s" % (addr, b.ksym(addr)))
    if delimited and k.user_stack >= 0:
        print("    -")
    for addr in user:
        print("  ", end="")
        if args.milliseconds:
            print("%-16x " % addr, end="")
        print("%s" % b.sym(addr, k.pid, show_offset=args.milliseconds))
    print("%d" % v.value)
"""

    def test_lines(self):
        found = derived(self.LAYOUT, self.PROGRAM)
        self.assertEqual((found["left"], found["approximated"]), ([], []))
        output, = found["outputs"]
        self.assertNotIn("folded", output)
        there = "key.kernel_stack != -12"
        self.assertEqual(output["lines"], [
            {"value": "name_text(key.name)", "when": there},
            {"text": "    [none]",
             "when": f"{there} && key.kernel_stack < 0 && key.kernel_stack != -14"},
            {"kernel": "key.kernel_stack", "skip": 1, "reversed": True, "indent": "    ",
             "address": -16, "when": "key.kernel_stack >= 1"},
            {"text": "    -", "when": f"{there} && opt.uid && !opt.milliseconds && key.user_stack >= 0"},
            {"user": "key.user_stack", "pid": "key.pid", "indent": "  ",
             "when": f"{there} && !opt.milliseconds"},
            {"user": "key.user_stack", "pid": "key.pid", "indent": "  ", "address": -16,
             "when": f"{there} && opt.milliseconds"},
            {"value": "count_text(value)", "when": there}])
        self.assertEqual(output["offset"], "opt.milliseconds")

    def test_a_frame_before_the_stack(self):
        found = derived("""
sleep(99999999)
for k, v in sorted(b["counts"].items(), key=lambda kv: kv[1].value):
    kernel = []
    for addr in b["stacks"].walk(k.kernel_stack):
        kernel.append(addr)
    if k.pid:
        kernel.insert(0, k.pid)
    for addr in kernel:
        print("    %s" % b.ksym(addr))
    print("%d" % v.value)
""", self.PROGRAM)
        self.assertEqual(found["left"], [])
        self.assertEqual(found["outputs"][0]["lines"][:2], [
            {"value": "pid_text(key.pid)", "when": "key.pid"},
            {"kernel": "key.kernel_stack", "indent": "    "}])

    def test_frames_of_another_form(self):
        found = derived("""
sleep(99999999)
for k, v in sorted(b["counts"].items(), key=lambda kv: kv[1].value):
    for addr in b["stacks"].walk(k.kernel_stack):
        print("    %s at %x" % (b.ksym(addr), addr))
    for addr in b["stacks"].walk(k.user_stack):
        print("    %s" % b.sym(addr, k.pid))
    print("%d" % v.value)
""", self.PROGRAM)
        self.assertEqual([one["what"] for one in found["left"]],
                         ["a line with a stack: frames that are shown in another form"])

    def test_some_of_the_frames(self):
        for part, words in (("[2:]", 0), ("[:5]", 1), ("[:]", 0)):
            found = derived(f"""
sleep(99999999)
for k, v in b["counts"].items():
    for addr in list(b["stacks"].walk(k.kernel_stack)){part}:
        print("    %s" % b.ksym(addr))
    print("    %-16s %s" % ("-", k.name))
    print("        %d\\n" % v.value)
""", self.PROGRAM)
            said = [one["what"] for one in found["approximated"]]
            self.assertEqual(sum("shown whole" in what for what in said), words, said)


class Loops(unittest.TestCase):
    """Loops that are no table."""

    def test_keys_that_a_map_has_already(self):
        found = in_loop("""
    keys = b["totals"]
    for k, v in b["totals"].items():
        if k not in keys:
            keys[k] = v
    for k, v in reversed(sorted(keys.items(), key=lambda pair: pair[1].value)):
        size = 0
        if k in b["totals"]:
            size = int(b["totals"][k].value)
        print("%-6d %d" % (k.value, size))
""")
        self.assertEqual(found["left"], [])
        self.assertEqual([(one["table"], one["sort"]) for one in found["outputs"]],
                         [("totals", "value")])
        self.assertEqual([one["value"] for one in found["outputs"][0]["columns"]],
                         ["key", "value"])

    TWO = "struct place { u32 pid; u32 tid; };\n" + "".join(
        f"BPF_HASH({name}, struct place, u64);\n" for name in ("hits", "misses"))

    def test_dict_by_a_part_of_the_key_and_sums(self):
        found = derived("""
sleep(99999999)
misses = {}
for k, v in b["misses"].items():
    misses[k.pid] = v.value
print("%-7s %-7s %s" % ("PID", "HITS", "MISSES"))
all_hits, all_misses = 0, 10
for k, v in b["hits"].items():
    try:
        missed = misses[k.pid]
    except KeyError:
        missed = 0
    all_hits += v.value
    all_misses += missed
    print("%-7d %-7d %d" % (k.pid, v.value, missed))
print("%d hits, %d misses" % (all_hits, all_misses))
""", self.TWO)
        self.assertEqual(found["left"], [])
        self.assertEqual([one["what"] for one in found["approximated"]],
                         ["entries of 'misses' that 'tid' alone tells apart are not one in "
                          "'misses'"])
        table, summary = found["outputs"]
        self.assertEqual((table["table"], table["join"]),
                         ("hits", {"map": "misses", "key": "key"}))
        self.assertEqual((summary["table"], summary["summary"], summary["join"]),
                         ("hits", True, {"map": "misses", "key": "key"}))
        self.assertIn("(long long)total(value)", repr(summary["columns"]))
        self.assertIn("key_text(total(misses))", repr(summary["columns"]))
        self.assertIn('"hits, %lld misses", total + 10)', found["code"])

    def test_rows_of_a_dict_by_a_part_of_the_key(self):
        found = derived("""
sleep(99999999)
misses = {}
for k, v in b["misses"].items():
    misses[k.pid] = v.value
for pid in misses:
    print("%-7d %d" % (pid, misses[pid]))
""", self.TWO)
        self.assertTrue(found["left"])

    def test_sum_that_stops(self):
        found = derived("""
sleep(99999999)
hits = 0
for k, v in b["hits"].items():
    if k.pid == 7:
        continue
    hits += v.value
print("%d hits" % hits)
""", self.TWO)
        self.assertTrue(found["left"])

    def test_loop_of_which_an_option_shows_what_it_leaves(self):
        found = in_loop("""
    if args.uid:
        most = 0
        for k, v in b["hits"].items():
            if v.value > most:
                most = v.value
        print("most: %d" % most)
    else:
        b["dist"].print_log2_hist("usecs")
""", self.TWO + "BPF_HISTOGRAM(dist);")
        self.assertEqual([one["what"] for one in found["left"]],
                         ["a loop over 'hits' that prints no row (with uid)",
                          "a line of its own: 'most', which a loop leaves behind (with uid)"])

    def test_loop_that_fills_what_is_not_known(self):
        found = in_loop("""
    seen = b.no_such_thing()
    for k, v in b["hits"].items():
        seen[k.pid]["any"] = v.value
    b["dist"].print_log2_hist("usecs")
""", self.TWO + "BPF_HISTOGRAM(dist);")
        self.assertIn("a loop over 'hits' that prints no row",
                      [one["what"] for one in found["left"]])

    def test_map_is_cleared_by_the_last(self):
        found = in_loop("""
    hits = 0
    for k, v in b["hits"].items():
        print("%-7d %d" % (k.pid, v.value))
        hits += v.value
    print("%d hits" % hits)
    b["hits"].clear()
""", self.TWO)
        self.assertEqual([one.get("clear") for one in found["outputs"]], [None, True])

    def test_loop_that_leaves_something_behind(self):
        found = in_loop("""
    seen = {}
    for k, v in b["totals"].items():
        seen = {"any": 1}
    for k, v in b["totals"].items():
        print("%d" % k.value if seen else "none")
""")
        self.assertTrue(found["left"])


class Traces(unittest.TestCase):
    def test_trace_print(self):
        self.assertEqual(derived("b.trace_print()\n")["outputs"], [{"trace": True}])


if __name__ == "__main__":
    unittest.main()
