#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Lines of text around what rounds print; entries of maps that are made into something else first."""

import unittest

from derived import POLL, RECORD, derived
from outputs_rounds_test import LOOP

HIST = '    b["dist"].print_log2_hist("usecs")\n'
ROWS = """
for k, v in ENTRIES:
    print("%6d %10d" % (k.value, v.value))
"""


def looped(body, before="", loop=LOOP):
    return derived(before + loop.replace("    print()\nBODY", body.strip("\n")))


class Start(unittest.TestCase):
    def test_header_before_the_loop_is_the_first_tables(self):
        row = '''
    for k, v in b["NAME"].items():
        print("%-6d %d" % (k.value, v.value))
'''
        found = derived('print("%-6s %s" % ("PID", "COUNT"))' + LOOP.replace(
            "BODY", row.replace("NAME", "totals").strip("\n") + row.replace("NAME", "calls")),
            RECORD + "BPF_HASH(calls, u32, u64);\n")
        self.assertEqual([one["header"] for one in found["outputs"]], ["once", False])
        self.assertEqual([[column["header"] for column in one["columns"]]
                          for one in found["outputs"]], [["PID", "COUNT"], ["KEY", "VALUE"]])

    def test_texts(self):
        found = looped(HIST, 'print("Tracing %s... Hit Ctrl-C to end." % "reads")\n')
        self.assertEqual(found["start"], ["Tracing reads... Hit Ctrl-C to end."])

    def test_texts_that_options_choose(self):
        found = looped(HIST, 'print("By %s." % ("uid" if args.uid else "pid"))\n'
                             'if args.timestamp:\n    print("With times.")\n')
        self.assertEqual(found["start"], [
            {"text": "By uid.", "when": "opt.uid"}, {"text": "By pid.", "when": "!opt.uid"},
            {"text": "With times.", "when": "opt.timestamp"}])

    def test_a_word_and_a_choice(self):
        found = looped(HIST, 'print("For %s%s." % (args.name, " (uid)" if args.uid else ""))\n')
        self.assertEqual(found["start"], [{"value": "start_text()"}])
        self.assertIn("opt.name", found["code"])

    def test_a_choice_of_what_is_formatted(self):
        found = looped(HIST, 'print("%s%d %s." % (("", args.rows, "rows") if args.uid else '
                             '("at most ", 7, "entries")))\n')
        self.assertEqual(found["start"], [
            {"value": "start_text()", "when": "opt.uid"},
            {"text": "at most 7 entries.", "when": "!opt.uid"}])
        self.assertIn('return set_text(text, "%lld rows.", (long long)opt.rows);', found["code"])

    def test_a_choice_of_known_texts(self):
        found = looped(HIST, 'print("%s%d %s." % (("", 49, "Hertz") if args.uid else '
                             '("every ", 7, "events")))\n')
        self.assertEqual(found["start"], [{"text": "49 Hertz.", "when": "opt.uid"},
                                          {"text": "every 7 events.", "when": "!opt.uid"}])

    def test_one_end_or_the_other(self):
        found = looped(HIST, 'print("Reads by %s" % ("uid" if args.uid else "pid"), end="")\n'
                             'if args.rows < 20:\n    print(" for %d rows." % args.rows)\n'
                             'else:\n    print("... Hit Ctrl-C to end.")\n')
        self.assertEqual(found["start"], [{"value": "start_text()"}])
        self.assertIn('add_text(text, " for %lld rows."', found["code"])
        self.assertIn('else\n\t\tadd_text(text, "... Hit Ctrl-C to end.");', found["code"])

    def test_the_seconds_of_a_round(self):
        found = looped(HIST, 'if args.interval < 99999999:\n'
                             '    print("Every %d s." % int(args.interval))\n')
        self.assertEqual(found["start"], [{"value": "start_text()", "when": "seconds_of_round()"}])
        self.assertIn("seconds_of_round())", found["code"])

    def test_a_header_is_no_line(self):
        found = looped("""
    for k, v in b["totals"].items():
        print("%6d %10d" % (k.value, v.value))
""", 'print("Counting.")\nprint("%6s %10s" % ("KEY", "N"))\n')
        self.assertEqual(found["start"], ["Counting."])
        output = found["outputs"][0]
        self.assertEqual((output["header"], output["above"]), ("once", []))
        self.assertEqual([column["header"] for column in output["columns"]], ["KEY", "N"])

    def test_an_attach_that_fails(self):
        found = looped(HIST, """
try:
    b.attach_kprobe(event="__vfs_read", fn_name="probe")
except Exception:
    print("No __vfs_read, vfs_read it is.")
    b.attach_raw_socket(b.load_func("probe", BPF.SOCKET_FILTER), "lo")
print("Tracing.")
""")
        self.assertEqual(found["start"], [
            {"text": "No __vfs_read, vfs_read it is.", "when": "!host.__vfs_read"}, "Tracing."])

    def test_what_ends_the_script_is_no_line(self):
        found = looped(HIST, """
try:
    known = open("/proc/version").read()
except Exception:
    print("No version.")
    exit(1)
""")
        self.assertEqual((found["start"], found["approximated"]), ([], []))

    def test_what_else_fails_is_said(self):
        found = looped(HIST, """
try:
    known = open("/proc/version").read()
except Exception:
    print("No version.")
""")
        self.assertEqual(found["start"], [])
        self.assertIn("a line at the start is not printed", found["approximated"][0]["what"])

    def test_a_question_to_the_host(self):
        found = looped(HIST, """
if BPF.get_kprobe_functions(b"tcp_drop"):
    b.attach_kprobe(event="tcp_drop", fn_name="probe")
elif BPF.tracepoint_exists("skb", "kfree_skb"):
    print("Nothing that this kernel has.")
else:
    print("No tcp_drop().")
""")
        self.assertEqual(found["start"], [{"text": "No tcp_drop().", "when": "!host.tcp_drop"}])


class Above(unittest.TestCase):
    def test_nothing(self):
        self.assertEqual(looped(HIST)["outputs"][0]["above"], [])

    def test_an_empty_line_is_the_tools_own(self):
        found = looped("    print()\n" + HIST)
        self.assertNotIn("above", found["outputs"][0])

    def test_a_time_of_another_form(self):
        found = looped('    print()\n    if args.timestamp:\n'
                       '        print(strftime("%H:%M:%S:"))\n' + HIST)
        self.assertEqual(found["outputs"][0]["above"],
                         ["", {"value": "time_text()", "when": "opt.timestamp"}])
        self.assertIn('"%H:%M:%S:"', found["code"])

    def test_each_output_has_its_own(self):
        found = looped("    print()\n" + HIST + '    print("Second")\n    print()\n' +
                       HIST.replace("dist", "by_cpu"))
        self.assertNotIn("above", found["outputs"][0])
        self.assertEqual(found["outputs"][1]["above"], ["Second", ""])

    def test_lines_before_a_row_stand_above_it(self):
        found = looped('    print()\n    print("%d" % b["totals"][1].value)\n    print("Then")\n' +
                       HIST)
        self.assertEqual([next(iter(one)) for one in found["outputs"]], ["table", "histogram"])
        self.assertEqual(found["outputs"][1]["title"], "Then")

    def test_what_options_put_in_its_place_has_the_same(self):
        found = looped("""
    print()
    print("Both")
    if args.uid:
        b["dist"].print_log2_hist("usecs")
    else:
        b["by_cpu"].print_log2_hist("usecs")
""")
        self.assertEqual([one["title"] for one in found["outputs"]], ["Both", "Both"])


class Below(unittest.TestCase):
    def test_lines_of_each_round(self):
        found = looped(HIST + '    print("That is all.\\n")\n')
        self.assertEqual(found["outputs"][0]["below"], ["That is all.", ""])

    def test_lines_with_a_row(self):
        found = looped(HIST + """
    n = b["totals"][0].value
    if n > 0:
        print("\\n%d reads\\n" % n)
""")
        row = found["outputs"][1]
        self.assertEqual((row["filter"], row["title"], row["below"]), ("totals_0 > 0", "", [""]))

    def test_a_line_that_the_data_decides(self):
        found = looped(HIST + """
    if b["totals"][0].value > 9:
        print("Too many.")
""")
        self.assertNotIn("below", found["outputs"][0])
        self.assertIn("it depends on the data", found["left"][0]["what"])


TWO = """
    if args.uid:
        b["dist"].print_log2_hist("usecs")
    else:
        b["by_cpu"].print_log2_hist("usecs")
"""


class Chosen(unittest.TestCase):
    """Lines around outputs of which options choose one."""

    def lines(self, body, **how):
        found = looped(body, **how)
        self.approximated = [one["what"] for one in found["approximated"]]
        self.assertEqual(found["left"], [])
        return [(one.get("above"), one.get("below")) for one in found["outputs"]]

    def test_a_line_behind_both(self):
        self.assertEqual(self.lines(TWO + '    print("")\n'), [([], [""]), ([], [""])])
        self.assertEqual(self.approximated, [])

    def test_a_line_behind_one(self):
        found = self.lines(TWO.replace("    else:", "        print()\n    else:"))
        self.assertEqual(found, [([], [""]), ([], None)])

    def test_a_line_behind_one_that_is_not_always_there(self):
        found = self.lines(HIST + '    if args.uid:\n    ' + HIST.replace("dist", "by_cpu") +
                           '    print("")\n')
        self.assertEqual(found, [([], [{"text": "", "when": "!opt.uid"}]), (None, [""])])

    def test_lines_of_each(self):
        found = self.lines(TWO.replace("    else:", '        print("One.")\n    else:') +
                           '    print("Both.")\n')
        self.assertEqual(found, [([], ["One.", "Both."]), ([], ["Both."])])

    def test_a_line_above_what_may_be_the_first(self):
        found = self.lines('    print()\n    if args.uid:\n    ' + HIST + '    print()\n' +
                           HIST.replace("dist", "by_cpu"))
        self.assertEqual(found, [(None, None), ([{"text": "", "when": "!opt.uid"}, ""], None)])

    def test_the_time_above_both_and_a_header(self):
        found = self.lines("""
    print()
    if args.timestamp:
        print(strftime("%H:%M:%S"))
    if args.uid:
        b["dist"].print_log2_hist("usecs")
    else:
        print("%6s %10s" % ("KEY", "N"))
        for k, v in b["totals"].items():
            print("%6d %10d" % (k.value, v.value))
""")
        self.assertEqual(found, [(None, None), (None, None)])
        self.assertEqual(self.approximated, [])

    def test_a_line_without_an_output(self):
        self.assertEqual(self.lines("    if args.uid:\n    " + HIST + '    print("")\n'), [([], [""])])
        self.assertEqual(self.approximated, ["an empty line is not printed (with uid)"])

    def test_a_line_before_an_output_that_is_not_there(self):
        self.assertEqual(self.lines('    print("Reads")\n    if args.uid:\n    ' + HIST),
                         [(["Reads"], None)])
        self.assertEqual(self.approximated, ["the line 'Reads' is not printed"])

    def test_a_line_at_the_end(self):
        found = derived("try:\n    sleep(99999999)\nexcept KeyboardInterrupt:\n    print()\n" +
                        TWO.replace("\n    ", "\n") + "print()\n")
        self.assertEqual([(one.get("above"), one["below"]) for one in found["outputs"]],
                         [(None, [""]), (None, [""])])
        self.assertEqual(found["end"], [])


class End(unittest.TestCase):
    def test_words_at_the_end(self):
        self.assertEqual(looped(HIST)["end"], ["Detaching..."])

    def test_what_ctrl_c_alone_prints(self):
        caught = LOOP.replace("exiting, countdown = 0,", "exiting = 0\ncountdown =")
        body = HIST + '    if exiting:\n        print("Caught.")\n'
        self.assertEqual(looped(body, loop=caught)["end"], [
            {"text": "Caught.", "when": "interrupted()"}, "Detaching..."])
        also = caught.replace("    print()\n", "    if countdown == 3:\n        exiting = 1\n    print()\n")
        self.assertEqual(looped(body, loop=also)["end"], ["Caught.", "Detaching..."])

    def test_the_empty_line_before_them(self):
        found = looped(HIST + "    print()\n")
        self.assertEqual(found["outputs"][0]["below"], [""])
        self.assertEqual(found["end"], ["Detaching..."])

    def test_a_round_that_is_caught_is_printed(self):
        self.assertNotIn("last", looped(HIST)["outputs"][0])

    def test_a_round_that_ends_the_script_is_not(self):
        found = looped(HIST, loop=LOOP.replace("exiting = 1", "exit()"))
        self.assertIs(found["outputs"][0]["last"], False)

    def test_a_round_that_the_end_prints_too(self):
        found = derived("""
def show():
    b["dist"].print_log2_hist("usecs")
while True:
    try:
        sleep(1)
        show()
    except KeyboardInterrupt:
        show()
        break
""")
        output, = found["outputs"]
        self.assertEqual((output["every"], output.get("last"), found["left"]), (1, None, []))

    def test_a_round_with_an_empty_line_below_that_the_end_prints_too(self):
        found = derived("""
def show():
    b["dist"].print_log2_hist("usecs")
    print()
while True:
    try:
        sleep(1)
        show()
    except KeyboardInterrupt:
        show()
        break
""")
        output, = found["outputs"]
        self.assertEqual((output.get("last"), output["below"], found["left"]), (None, [""], []))

    def test_a_loop_that_is_left_is_not_printed_again(self):
        found = derived("try:\n    while True:\n        sleep(1)\n" + HIST.replace("    ", " " * 8) +
                        "except KeyboardInterrupt:\n    pass\n")
        self.assertIs(found["outputs"][0]["last"], False)


class Entries(unittest.TestCase):
    def rows(self, entries):
        found = derived("try:\n    sleep(99999999)\nexcept KeyboardInterrupt:\n    pass\n" +
                        ROWS.replace("ENTRIES", entries))
        self.assertEqual(found["left"], [])
        return found["outputs"]

    def test_the_last_of_an_ascending_order(self):
        output, = self.rows('sorted(b["totals"].items(), key=lambda kv: kv[1].value)[-5:]')
        self.assertEqual((output["sort"], output["top"], output["reversed"]), ("value", 5, True))

    def test_the_first_of_an_ascending_order(self):
        output, = self.rows('sorted(b["totals"].items(), key=lambda kv: kv[1].value)[:5]')
        self.assertEqual((output["sort"], output["top"]), ("-value", 5))
        self.assertNotIn("reversed", output)

    def test_what_a_function_makes_of_each(self):
        output, = self.rows('sorted(list(map(lambda kv: (kv[0], kv[1]), b["totals"].items())), '
                            'key=lambda kv: kv[1].value)')
        self.assertEqual(output["sort"], "-value")

    def test_lists_of_some(self):
        output, = self.rows('[(k, v) for k, v in b["totals"].items() if v.value > 3]')
        self.assertEqual(output["filter"], "value > 3")

    def test_maps_that_options_choose(self):
        found = derived("""
try:
    sleep(99999999)
except KeyboardInterrupt:
    pass
if args.uid:
    data = sorted(b["totals"].items(), key=lambda kv: kv[1].value)
else:
    data = sorted(b["dist"].items(), key=lambda kv: kv[0].value)
""" + ROWS.replace("ENTRIES", "data"))
        self.assertEqual([(one["table"], one["sort"], one["when"]) for one in found["outputs"]],
                         [("totals", "-value", "opt.uid"), ("dist", "-key", "!opt.uid")])


class Values(unittest.TestCase):
    def value(self, shown, line='    print("%d" % SHOWN)\n'):
        found = looped(line.replace("SHOWN", shown))
        self.assertEqual(found["left"], [])
        return found

    def test_elements_are_a_summary(self):
        output, = self.value('b["totals"][1].value')["outputs"]
        self.assertEqual((output["summary"], output["join"]), (
            True, {"map": "totals", "key": "1", "name": "totals_1"}))

    def test_differences_may_be_negative(self):
        output, = self.value('(b["totals"][1].value - b["totals"][2].value)')["outputs"]
        self.assertEqual(output["columns"][0]["value"], "(long long)(totals_1 - totals_2)")

    def test_round(self):
        found = looped("""
    for k, v in b["totals"].items():
        print("%6d %10d" % (k.value, int(round(v.value * 100 / 7))))
""")
        self.assertEqual(found["outputs"][0]["columns"][1]["value"], "rounded(value * 100 / 7.0)")
        self.assertIn("static long long rounded(double number)", found["code"])

    def test_a_division_that_is_tried(self):
        found = looped("""
    try:
        print("%6.2f" % (100 * b["totals"][1].value / b["totals"][2].value))
    except ZeroDivisionError:
        print("%5s%%" % "-")
""")
        self.assertEqual(len(found["outputs"][0]["columns"]), 1)
        self.assertIn("totals_2 != 0", found["outputs"][0]["columns"][0]["value"] + found["code"])
        self.assertIn('"-"', found["code"])


class Kept(unittest.TestCase):
    """What a loop over entries leaves behind in names, and numbers of the host beside it."""

    ROUND = """
    for k, v in sorted(b["totals"].items(), key=lambda item: item[1].value):
        name = b.ksym(k.value)
        if name.find(b"vfs_read") == 0:
            reads = max(0, v.value)
        if name.find(b"vfs_write") == 0:
            writes = v.value
    print("%8d %8d" % (reads, SHOWN))
"""
    RESET = "    reads = writes = 0\n"

    def looped(self, shown="writes", more=RESET, body=ROUND, before=""):
        return looped(body.replace("SHOWN", shown) + more, before + "reads = writes = 0\n")

    def test_the_last_in_ascending_order_is_the_largest(self):
        found = self.looped()
        output, = found["outputs"]
        self.assertEqual(found["left"], [])
        self.assertEqual((output["table"], output["summary"]), ("totals", True))
        self.assertEqual(
            output["columns"][0]["value"], "(long long)largest("
            '!strncmp(kernel_symbol_at(key, 0), "vfs_read", 8) ? value : 0)')

    def test_elements_of_a_list_are_sums(self):
        body = """
    sums = [0, 5]
    for k, v in b["totals"].items():
        sums[0] += v.value
        sums[1] += k.value
    print("%8d %8d" % (sums[0], sums[1]))
"""
        columns = looped(body)["outputs"][0]["columns"]
        self.assertEqual([one["value"] for one in columns],
                         ["(long long)total(value)", "(long long)total(key) + 5"])
        other = looped(body.replace("sums[1] += k.value", "sums[1] = sums[1] * 2 + k.value"))
        self.assertIn("a line of its own: ", repr(other["left"]))

    def test_a_map_that_is_filled_before_the_wait(self):
        found = self.looped(before='b["totals"][7] = 1\n')
        self.assertEqual((found["presets"], found["left"]), ({"totals": [{"key": 7, "value": 1}]}, []))

    def test_choices_of_choices_are_a_function(self):
        shown = "0 if writes < 5 else 1 if reads < writes else writes - reads"
        found = self.looped(f"({shown})")
        self.assertIn("static long long key_number(long long writes, long long reads)",
                      found["code"])
        self.assertIn("\tif (writes < 5)\n\t\treturn 0;\n", found["code"])
        self.assertIn("\treturn writes - reads;\n}", found["code"])

    def test_what_no_round_sets_back_is_not_the_rounds(self):
        self.assertTrue(self.looped(more="")["left"])

    def test_in_another_order_it_is_any(self):
        found = self.looped(body=self.ROUND.replace("item[1].value", "item[0].value"))
        self.assertTrue(found["left"])

    NUMBERS = """
def numbers():
    found = dict()
    for line in open("/proc/meminfo"):
        words = line.split(":")
        found[words[0]] = int(words[1].split()[0])
    return found
"""

    def test_numbers_of_a_file(self):
        body = "    memory = numbers()\n" + self.ROUND
        found = self.looped('memory["Cached"] / 1024', body=body, before=self.NUMBERS)
        self.assertEqual(found["left"], [])
        self.assertEqual(found["outputs"][0]["columns"][1]["value"],
                         'file_number("/proc/meminfo", "Cached") / 1024')
        self.assertIn("static long long file_number(", found["code"])

    def test_numbers_that_it_makes_of_them(self):
        more = self.NUMBERS.replace("split()[0])", "split()[0]) * 1024")
        body = "    memory = numbers()\n" + self.ROUND
        self.assertTrue(self.looped('memory["Cached"]', body=body, before=more)["left"])


class Stacks(unittest.TestCase):
    PROGRAM = """
struct key { u64 pid; int kernel_stack; char name[16]; };
BPF_HASH(counts, struct key, u64);
BPF_STACK_TRACE(stacks, 64);
"""
    BODY = """
try:
    sleep(99999999)
except KeyboardInterrupt:
    print()
for k, v in sorted(b["counts"].items(), key=lambda kv: kv[1].value):
    for addr in b["stacks"].walk(k.kernel_stack):
        print("    %s" % b.ksym(addr))
    print("    %-16s %s (%d)" % ("WORD", k.name, k.pid))
    print("        %d\\n" % v.value)
"""

    def test_the_line_below_the_frames(self):
        for word in ("-", "target:"):
            found = derived(self.BODY.replace("WORD", word), self.PROGRAM)
            self.assertEqual(found["outputs"][0]["stacks"], "counts")
            self.assertEqual(found["outputs"][0]["lines"][0],
                             {"kernel": "key.kernel_stack", "indent": "    "})
            self.assertIn(f'"{word}"', found["code"])
            self.assertEqual((found["left"], found["approximated"]), ([], []))

    def test_text_in_a_column_of_a_line(self):
        found = derived("""
unit = "us" if args.milliseconds else "ms"
print("%s of %g" % ("all", args.interval or args.rows or 1))
print(("%-4s " % "TIME" if args.timestamp else "") + "%7s %s" % ("LAT(%s)" % unit, "FUNC"))
""" + """
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%d %d %d %d" % (event.pid, event.uid, event.ret, event.ts))
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertIn('\tif (opt.milliseconds)\n\t\tadd_text(text, "%7s", "LAT(us)");\n', found["code"])
        self.assertIn('add_text(text, "%g", (double)opt.rows);', found["code"])

    def test_copied_stack(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    stack = []
    for addr in b["stacks"].walk(event.stack):
        stack.append(addr)
    print("%d" % event.pid)
    for addr in stack:
        print("    %s" % b.ksym(addr).decode("utf-8", "replace"))
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertEqual([column["value"] for column in found["outputs"][0]["columns"]],
                         ["e->pid", "e->stack"])


if __name__ == "__main__":
    unittest.main()
