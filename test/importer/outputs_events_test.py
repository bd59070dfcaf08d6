#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Outputs of buffers: what callbacks print becomes columns."""

import unittest

from derived import POLL, RECORD, columns_of, derived, one_value


def values(body):
    """The values of the columns of a script."""
    return [column["value"] for column in columns_of(body)]


class Columns(unittest.TestCase):
    """Formats, headers, widths."""

    def test_percent_format(self):
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-16s %6d %9.3f" % (event.comm.decode("utf-8", "replace"), event.pid,
                               float(event.ret) / 1000))
print("%-16s %6s %9s" % ("COMM", "PID", "MS"))
""" + POLL), [
            {"header": "COMM", "value": "e->comm", "width": -16},
            {"header": "PID", "value": "e->pid", "width": 6},
            {"header": "MS", "value": "e->ret / 1000.0", "width": 9, "precision": 3}])

    def test_str_format_and_f_string(self):
        expected = [{"header": "PID", "value": "e->pid", "width": 6},
                    {"header": "COMM", "value": "e->comm", "width": -16}]
        for text in ('"{:>6d} {:<16}".format(event.pid, event.comm)',
                     'f"{event.pid:>6d} {event.comm:<16}"'):
            self.assertEqual(columns_of(f"""
def show(cpu, data, size):
    event = b["events"].event(data)
    print({text})
print("   PID COMM")
""" + POLL), expected)

    def test_pieces_and_options(self):
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    if args.uid:
        print("%-6d" % event.uid, end="")
    print("%-6d %s" % (event.pid, event.path))
if args.uid:
    print("%-6s" % "UID", end="")
print("%-6s %s" % ("PID", "PATH"))
""" + POLL), [
            {"header": "UID", "value": "e->uid", "width": -5, "when": "opt.uid"},
            {"header": "PID", "value": "e->pid", "width": -6},
            {"header": "PATH", "value": "e->path"}])

    def test_one_character(self):
        """A char of the record is a text, other numbers of a byte are none."""
        program = RECORD.replace("    u32 saddr;", "    char kind;\n    signed char low;\n    u32 saddr;")
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%1s %3d %s" % (event.kind.decode("utf-8", "replace"), event.low,
                          "read" if event.kind == b"R" else "other"))
print("%1s %3s %s" % ("T", "LOW", "KIND"))
""" + POLL, program)
        self.assertEqual(found["left"], [])
        self.assertEqual([column["value"] for column in found["outputs"][0]["columns"]],
                         ["t_text(e->kind)", "e->low", 'e->kind == 82 ? "read" : "other"'])
        self.assertIn('return set_text(text, "%c", (int)kind);', found["code"])

    def test_header_by_place(self):
        self.assertEqual([column["header"] for column in columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-12d %-16s" % (event.pid, event.comm))
print("%-12s %-16s" % ("THREAD ID", "COMM"))
""" + POLL)], ["THREAD ID", "COMM"])

    def test_header_that_depends_on_an_option(self):
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d" % (event.uid if args.uid else event.pid))
print("%-6s" % ("UID" if args.uid else "PID"))
""" + POLL), [
            {"header": "UID", "value": "e->uid", "width": -6, "when": "opt.uid"},
            {"header": "PID", "value": "e->pid", "width": -6, "when": "!opt.uid"}])

    def test_header_that_an_option_chooses(self):
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d %-8.2f %s" % (event.pid, event.ret / 1000, event.comm))
print("%-6s %-8s %s" % ("TID" if args.uid else "PID", "LAT(ms)", "COMM"))
""" + POLL), [
            {"header": {"when": "opt.uid", "then": "TID", "else": "PID"}, "value": "e->pid",
             "width": -6},
            {"header": "LAT(ms)", "value": "e->ret / 1000.0", "width": -8, "precision": 2},
            {"header": "COMM", "value": "e->comm"}])

    def test_no_header(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%d" % event.pid)
""" + POLL)["outputs"]
        self.assertEqual(found, [{"events": "events", "header": False,
                                  "columns": [{"header": "PID", "value": "e->pid"}]}])

    def test_star_width_and_wider_gaps(self):
        self.assertEqual([column["width"] for column in columns_of("""
wide = 7
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-*d  %-16s" % (wide, event.pid, event.comm))
""" + POLL)], [-8, -16])


class Values(unittest.TestCase):
    """Expressions of Python as C."""

    def test_division(self):
        self.assertEqual(one_value("event.ret / 1024")["value"], "e->ret / 1024")
        self.assertEqual(one_value("int(event.ret / 1024)")["value"], "e->ret / 1024")
        self.assertEqual(one_value("event.uid // 1024")["value"], "e->uid / 1024")
        self.assertEqual(one_value("event.ret // 1024")["value"], "floor_div(e->ret, 1024)")
        self.assertEqual(one_value("event.ret % 7")["value"], "floor_mod(e->ret, 7)")
        self.assertEqual(one_value("event.ret / 1024", "%.1f")["value"], "e->ret / 1024.0")
        self.assertEqual(one_value("event.ret / event.pid", "%.1f")["value"],
                         "(double)e->ret / e->pid")

    def test_bits(self):
        self.assertEqual(one_value("event.ts >> 32")["value"], "e->ts >> 32")
        self.assertEqual(one_value("event.ts & 0xffffffff")["value"], "e->ts & 0xffffffffU")
        self.assertEqual(one_value("(event.ts & 15) == 1 and 2 or 3")["value"],
                         "(e->ts & 15) == 1 ? 2 : 3")

    def test_choice(self):
        self.assertEqual(one_value('"W" if event.ret == 1 else "R"', "%s")["value"],
                         'e->ret == 1 ? "W" : "R"')
        self.assertEqual(values("""
def show(cpu, data, size):
    event = b["events"].event(data)
    name = event.comm
    if not name:
        name = "?"
    print("%s" % name)
""" + POLL), ['e->comm[0] ? e->comm : "?"'])

    def test_functions_of_the_script(self):
        self.assertEqual(values("""
def kind(number):
    if number < 0:
        return "error"
    return "good"
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % kind(event.ret))
""" + POLL), ['e->ret < 0 ? "error" : "good"'])

    def test_addresses(self):
        found = one_value('socket.inet_ntop(socket.AF_INET, struct.pack("I", event.saddr))', "%s")
        self.assertEqual((found["value"], found["type"]), ("e->saddr", "ip4"))
        found = one_value("socket.inet_ntop(socket.AF_INET6, event.saddr6)", "%s")
        self.assertEqual((found["value"], found["type"]), ("e->saddr6", "ip6"))

    def test_symbols(self):
        found = one_value("b.ksym(event.address, show_offset=True)", "%s")
        self.assertEqual(found, {"header": "ADDRESS", "value": "e->address", "type": "ksym",
                                 "offset": True})
        found = one_value("b.sym(event.address, event.pid)", "%s")
        self.assertEqual((found["type"], found["pid"]), ("usym", "e->pid"))

    def test_symbols_that_an_option_shows_otherwise(self):
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d %s" % (event.pid, b.ksym(event.address, show_offset=args.uid).decode()))
print("%-6s %s" % ("PID", "NAME"))
""" + POLL), [
            {"header": "PID", "value": "e->pid", "width": -6},
            {"header": "NAME", "value": "e->address", "type": "ksym", "offset": True, "when": "opt.uid"},
            {"header": "NAME", "value": "e->address", "type": "ksym", "offset": False,
             "when": "!opt.uid", "key": "name_2"}])
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d" % event.pid)
    for address in b["stacks"].walk(event.stack):
        name = b.sym(address, event.pid, show_offset=args.uid, show_module=True).decode()
        print("\\t%s" % name)
print("PID")
""" + POLL)[1:], [
            {"header": "STACK", "value": "e->stack", "type": "stack", "pid": "e->pid", "module": True,
             "offset": True, "when": "opt.uid"},
            {"header": "STACK", "value": "e->stack", "type": "stack", "pid": "e->pid", "module": True,
             "when": "!opt.uid"}])

    def test_dates(self):
        whole = '"%Y-%m-%d %H:%M:%S"'
        for code, form in (("datetime.datetime.now()", whole), ("str(datetime.datetime.now())", whole),
                           ("str(datetime.datetime.now())[:19]", whole),
                           ("str(datetime.datetime.now())[11:19]", '"%H:%M:%S"')):
            found = derived("""
import datetime
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%%-26s %%d" %% (%s, event.pid))
""" % code + POLL)
            self.assertEqual(found["left"], [])
            if form == whole:
                self.assertIn(f"strftime(text, sizeof(text), {form}, &tm)", found["code"])
            self.assertEqual(".%06ld" in found["code"], "[" not in code)

    def test_times(self):
        self.assertEqual(one_value('strftime("%H:%M:%S")', "%-8s")["value"], "time_of_day()")
        self.assertEqual(values("""
first = 0
def show(cpu, data, size):
    global first
    event = b["events"].event(data)
    if first == 0:
        first = event.ts
    print("%.6f" % (float(event.ts - first) / 1000000))
""" + POLL), ["seconds_since_first(e->ts * 1000)"])
        self.assertEqual(values("""
start = BPF.monotonic_time()
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%.6f" % ((event.ts - start) / 1e9))
""" + POLL), ["seconds_since_start(e->ts)"])

    def test_hexadecimal(self):
        found = one_value("event.address", "0x%x")
        self.assertEqual((found["value"], found["type"]), ("e->address", "hex"))

    def test_device(self):
        column = columns_of("""
disks = {}
with open("/proc/partitions") as file:
    for line in file:
        words = line.split()
        if len(words) == 4 and words[0] != "major":
            disks[(int(words[0]) << 20) + int(words[1])] = words[3]
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % (disks[event.ret] if event.ret in disks else "?"))
""" + POLL)[0]
        self.assertEqual((column["value"], column["type"]), ("e->ret", "device"))

    def test_what_the_host_says_is_not_kept(self):
        found = derived("""
names = {}
with open("/proc/cpuinfo") as file:
    for line in file:
        names[1] = line
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % names[event.ret])
""" + POLL)
        self.assertEqual([one["what"] for one in found["left"]], [
            "column 'COLUMN': 'names', which the script reads from the host"])

    def test_what_a_function_reads_of_the_host(self):
        found = derived("""
def read():
    with open("/proc/cpuinfo") as file:
        return {number: line for number, line in enumerate(file)}
names = read()
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % names[event.ret])
""" + POLL)
        self.assertEqual([one["what"] for one in found["left"]], [
            "column 'COLUMN': 'names', which the script reads from the host"])

    def test_unit_of_a_time_is_the_program_s(self):
        program = """
struct record { u64 ts; };
BPF_PERF_OUTPUT(events);
int probe(void *ctx) {
    struct record data = {};
    u64 now = bpf_ktime_get_ns();
    data.ts = nowUNIT;
    events.perf_submit(ctx, &data, sizeof(data));
    return 0;
}
"""
        body = """
first = None
def show(cpu, data, size):
    global first
    event = b["events"].event(data)
    if first is None:
        first = event.ts
    print("%.3f" % ((event.ts - first) / 1000000.0))
""" + POLL
        for unit, value in (("", "seconds_since_first(e->ts) * 1000.0"),
                            (" / 1000", "seconds_since_first(e->ts * 1000)")):
            found = derived(body, program.replace("UNIT", unit))
            self.assertEqual(found["outputs"][0]["columns"][0]["value"], value)

    def test_unit_of_a_time_by_its_name(self):
        found = derived("""
start = BPF.monotonic_time()
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%.3f" % ((event.ts_us - start) / 1000.0))
""" + POLL, "struct record { u64 ts_us; }; BPF_PERF_OUTPUT(events); int probe(void *ctx) {"
            " struct record data = {}; events.perf_submit(ctx, &data, sizeof(data)); }")
        self.assertEqual(found["outputs"][0]["columns"][0]["value"],
                         "seconds_since_start(e->ts_us * 1000) * 1000.0")

    def test_text_cut_by_the_record(self):
        column = one_value("event.path[:event.uid]", "%s")
        self.assertEqual((column["value"], column["type"], column["size"]),
                         ("e->path", "string", "e->uid"))


class Ways(unittest.TestCase):
    """Rows that options print in other ways."""

    def test_common_columns_stand_once(self):
        self.assertEqual(columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    if args.uid:
        print("%-6d %-6d %s" % (event.pid, event.uid, event.path))
    else:
        print("%-6d %s" % (event.pid, event.path))
if args.uid:
    print("%-6s %-6s %s" % ("PID", "UID", "PATH"))
else:
    print("%-6s %s" % ("PID", "PATH"))
""" + POLL), [
            {"header": "PID", "value": "e->pid", "width": -6},
            {"header": "UID", "value": "e->uid", "width": -6, "when": "opt.uid"},
            {"header": "PATH", "value": "e->path"}])

    def test_one_header_for_either_of_two_columns(self):
        self.assertEqual([column["header"] for column in columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d " % event.pid, end="")
    if args.timestamp:
        print("%-8d " % event.ts, end="")
    if args.uid:
        print("%s" % event.path)
    else:
        print("%s" % event.comm)
print("%-6s " % "PID", end="")
if args.timestamp:
    print("%-8s " % "TIME", end="")
print("NAME")
""" + POLL)], ["PID", "TIME", "NAME", "NAME"])

    def test_format_by_option(self):
        self.assertEqual(columns_of("""
form = "%-6d %s"
if args.uid:
    form = "%-9d %s"
def show(cpu, data, size):
    event = b["events"].event(data)
    print(form % (event.pid, event.path))
print("PID    PATH")
""" + POLL), [
            {"header": "PID", "value": "e->pid", "width": -9, "when": "opt.uid"},
            {"header": "PID", "key": "pid_2", "value": "e->pid", "width": -6, "when": "!opt.uid"},
            {"header": "PATH", "value": "e->path"}])

    def test_ways_with_other_columns_are_one_text(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d " % event.pid, end="")
    if event.ret < 0:
        print("error %d" % event.ret)
    else:
        print("wrote %d of %d" % (event.ret, event.uid))
""" + POLL)
        self.assertEqual(len(found["outputs"][0]["columns"]), 2)
        self.assertIn('\treturn set_text(text, "wrote %lld of %lld", ret, uid);\n',
                      found["code"])

    def test_lines_that_the_script_does_not_end(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % event.comm.decode("utf-8", "replace"), end="")
""" + POLL)
        self.assertEqual(found["approximated"][0]["what"], "each record of 'events' is a line of its "
                         "own: the script ends none")

    def test_members_of_other_variants(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d" % event.pid, end="")
    if args.uid:
        print("%-6d" % event.user, end="")
    print("")
""" + POLL)
        self.assertEqual(len(found["outputs"][0]["columns"]), 1)
        self.assertEqual([one["what"] for one in found["left"]], [
            "column 'USER' with the option 'uid': the record has no 'user' in this variant"])

    def test_partial_callback(self):
        self.assertEqual(values("""
import functools
def show(name, cpu, data, size):
    event = b[name].event(data)
    print("%d" % event.pid)
b["events"].open_perf_buffer(functools.partial(show, "events"))
while True:
    b.perf_buffer_poll()
"""), ["e->pid"])


class Conditions(unittest.TestCase):
    """Which records are shown."""

    def test_return_is_a_filter(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    if args.uid and event.ret >= 0:
        return
    print("%d" % event.pid)
""" + POLL)["outputs"][0]
        self.assertEqual(found["filter"], "!opt.uid || e->ret < 0")

    def test_text_of_an_option(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    if args.name and bytes(args.name) not in event.comm:
        return
    print("%d" % event.pid)
""" + POLL)["outputs"][0]
        self.assertEqual(found["filter"], "!opt.name[0] || strstr(e->comm, opt.name)")

    def test_two_ways_of_one_row(self):
        self.assertEqual(values("""
def show(cpu, data, size):
    event = b["events"].event(data)
    if event.ret < 0:
        print("%-6d %-4s" % (event.pid, "bad"))
    else:
        print("%-6d %-4s" % (event.pid, "good"))
""" + POLL), ["e->pid", 'e->ret < 0 ? "bad" : "good"'])

    def test_two_rows(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    if event.ret < 0:
        print("%-6d %-4d %d" % (event.pid, event.ret, event.uid))
    else:
        print("%-9d %s" % (event.pid, event.comm))
""" + POLL)["outputs"]
        self.assertEqual([one["if"] for one in found], ["e->ret < 0", "e->ret >= 0"])


class Leftovers(unittest.TestCase):
    """Nothing is dropped silently."""

    def test_file(self):
        found = derived("""
def name_of(pid):
    return open("/proc/%d/comm" % pid).read()
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%d %s" % (event.pid, name_of(event.pid)))
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertEqual(found["outputs"][0]["columns"][1]["value"], "pid_text(e->pid)")
        self.assertIn('file_text("/proc/%lld/comm", pid)', found["code"])
        self.assertIn("static const char *file_text(", found["code"])

    def test_cpu(self):
        found = columns_of("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-3d %d" % (cpu, event.pid))
print("CPU PID")
""" + POLL)
        self.assertEqual(found[0], {"header": "CPU", "value": "cpu()", "width": -3})

    def test_context_of_a_ring_buffer(self):
        found = derived("""
def show(ctx, data, size):
    event = b["events"].event(data)
    print("%d" % ctx)
b["events"].open_ring_buffer(show)
while True:
    b.ring_buffer_poll()
""", RECORD.replace("BPF_PERF_OUTPUT(events)", "BPF_RINGBUF_OUTPUT(events, 8)").replace(
            "events.perf_submit(ctx, &data, sizeof(data))",
            "events.ringbuf_output(&data, sizeof(data), 0)"))
        self.assertEqual([one["what"] for one in found["left"]],
                         ["column 'COLUMN': the context of a ring buffer"])

    def test_stub(self):
        found = derived("""
import os
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%d %s" % (event.pid, os.readlink("/proc/%d/exe" % event.pid)))
""" + POLL)
        self.assertEqual(found["left"], [{"line": 5, "what": "column 'COLUMN': 'os.readlink()'"}])
        self.assertEqual(found["outputs"][0]["columns"][1]["value"], "column_to_write(e)")
        self.assertIn("#error \"line 5 of the script:", found["code"])

    def test_text_of_parts(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s:%d" % (event.comm, event.pid))
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertEqual(found["outputs"][0]["columns"][0]["value"],
                         "comm_text(e->comm, e->pid)")
        self.assertIn('\treturn set_text(text, "%s:%lld", comm, pid);\n', found["code"])

    def test_cut_text(self):
        for shown in ('"%-12.12s" % event.comm', '"{:12.12}".format(event.comm.decode())',
                      '"%-12s" % event.comm[:12]', '"%-12s" % event.comm.decode()[0:12]'):
            found = derived(f"""
def show(cpu, data, size):
    event = b["events"].event(data)
    print({shown})
""" + POLL)
            self.assertEqual(found["outputs"][0]["columns"], [
                {"header": "COMM", "value": "e->comm", "width": -12, "precision": 12}], shown)
            self.assertEqual((found["approximated"], found["code"]), ([], ""))

    def test_kept_values(self):
        found = derived("""
seen = {}
def show(cpu, data, size):
    event = b["events"].event(data)
    seen[event.pid] = event.ts
    print("%d %d" % (event.pid, seen[event.uid]))
""" + POLL)
        self.assertTrue(found["left"])


if __name__ == "__main__":
    unittest.main()
