#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Numbers that a script has names for: dictionaries with defaults, flags."""

import unittest

from derived import POLL, columns_of, derived, one_value


class Names(unittest.TestCase):
    def test_names(self):
        found = one_value('{0: "none", 1: "some"}[event.ret]', "%s")
        self.assertEqual((found["value"], found["type"], found["names"]),
                         ("e->ret", "enum", {"0": "none", "1": "some"}))
        found = one_value("errno.errorcode[event.ret]", "%s")
        self.assertEqual((found["value"], found["type"]), ("e->ret", "errno"))

    def test_names_with_a_default(self):
        found = derived("""
names = {0: "none", 1: "some", 2: "all", 4: "more"}
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % (names[event.ret] if event.ret in names else "?"))
""" + POLL)
        column = found["outputs"][0]["columns"][0]
        self.assertEqual((column["value"], column["type"], column["else"]),
                         ("e->ret", "enum", "?"))
        self.assertEqual(found["approximated"], [])

    def test_names_with_the_number_as_default(self):
        for default, shown in (('"%d%% (%x)" % (event.ret, event.ret)', "%d%% (%x)"),
                               ('f"[{event.ret}]"', "[%d]"), ("str(event.ret)", None),
                               ("hex(event.ret)", "0x%x"), ('"100%"', "100%%")):
            column = columns_of(f"""
names = {{0: "none", 1: "some"}}
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % names.get(event.ret, {default}))
""" + POLL)[0]
            self.assertEqual((column["type"], column.get("else")), ("enum", shown), default)

    def test_names_with_another_value_as_default(self):
        found = derived("""
names = {0: "none", 1: "some"}
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % names.get(event.ret, "pid %d" % event.pid))
""" + POLL)
        self.assertEqual(found["outputs"][0]["columns"][0]["value"], "ret_text(e->ret, e->pid)")
        self.assertIn('default:\n\t\treturn set_text(text, "pid %lld", pid);',
                      found["code"])

    def test_flags(self):
        found = derived("""
def flags_of(value):
    found = []
    if value & 1:
        found.append("READ")
    if value & 2:
        found.append("WRITE")
    return "|".join(found)
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d %s" % (event.pid, flags_of(event.ret)))
""" + POLL)
        self.assertEqual(found["outputs"][0]["columns"][1], {
            "header": "RET", "value": "e->ret", "type": "flags",
            "names": {"1": "READ", "2": "WRITE", "0": ""}, "else": ""})
        self.assertEqual(found["approximated"], [])

    def test_flags_that_share_bits(self):
        found = derived("""
def flags_of(value):
    found = []
    for bit, name in ((3, "BOTH"), (1, "ONE")):
        if value & bit:
            found.append(name)
    return "|".join(found)
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d %s" % (event.pid, flags_of(event.ret)))
""" + POLL)
        self.assertEqual(found["approximated"], [])
        self.assertEqual(found["outputs"][0]["columns"][1],
                         {"header": "RET", "value": "ret_text(e->ret)"})

    def test_names_under_another_condition(self):
        for test in ("event.ret != 1", "event.ret < 2", "event.ret in names and event.pid"):
            column = columns_of(f"""
names = {{0: "none", 1: "some"}}
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%s" % (names[event.ret] if {test} else "?"))
""" + POLL)[0]
            self.assertTrue(column["value"].startswith("ret_text("), test)

    def test_symbol_that_is_there_for_some(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    name = event.comm
    if event.ret:
        name = b.sym(event.address, event.pid, show_module=True)
    print("%-6d %s" % (event.pid, name))
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertIn("return user_symbol_at(pid, address, B2C_SYMBOL_MODULE);", found["code"])

    def test_symbols_of_the_kernel_in_a_text(self):
        found = derived("""
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d %s<-%s" % (event.pid, b.ksym(event.address, show_offset=True),
                           b.ksym(event.ts)))
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertIn('add_text(text, "%s", kernel_symbol_at(address, B2C_SYMBOL_OFFSET));',
                      found["code"])
        self.assertIn('add_text(text, "%s", kernel_symbol_at(ts, 0));', found["code"])

    def test_cut_name(self):
        column = columns_of("""
names = {0: "nothing", 1: "something"}
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6.4s" % names[event.ret])
""" + POLL)[0]
        self.assertEqual((column["type"], column["precision"]), ("enum", 4))


class Elements(unittest.TestCase):
    """Elements of containers that are neither text nor numbers."""

    def test_objects_that_format(self):
        found = derived("""
class Kind:
    def __init__(self, words):
        self.words = words
    def shown(self, event):
        return self.words(event)
kinds = [Kind(lambda event: "small"), Kind(lambda event: None),
         Kind(lambda event: "%d bytes" % event.uid)]
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d %s" % (event.pid, kinds[event.ret].shown(event)))
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertIn('\tif (ret == 0)\n\t\treturn "small";\n\tif (ret == 1)\n'
                      '\t\treturn "None";\n\treturn set_text(text, "%lld bytes", uid);',
                      found["code"])

    def test_function_that_an_option_names(self):
        self.assertEqual(columns_of("""
forms = {"odd": lambda number: number * 8, "even": lambda number: number / 1024,
         "no-number": lambda number: number}
form = forms[args.kind]
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d %6d" % (event.pid, form(event.ret)))
""" + POLL)[1]["value"], "opt.kind == OPT_KIND_ODD ? (long long)e->ret * 8 : "
                      "opt.kind == OPT_KIND_EVEN ? e->ret / 1024 : e->ret")

    def test_function_that_prints(self):
        found = derived("""
def brief(event):
    print("%-6d" % event.pid)
def whole(event):
    print("%-6d %d" % (event.pid, event.uid))
shown = {"odd": brief, "even": whole, "no-number": brief}[args.kind]
def show(cpu, data, size):
    event = b["events"].event(data)
    shown(event)
""" + POLL)
        self.assertEqual(found["left"], [])
        self.assertEqual([column.get("when") for column in found["outputs"][0]["columns"]],
                         [None, "opt.kind != OPT_KIND_ODD && opt.kind == OPT_KIND_EVEN"])

    def test_row_of_a_table(self):
        self.assertEqual(columns_of("""
rows = [("none", 7), ("some", 9)]
def show(cpu, data, size):
    event = b["events"].event(data)
    print("%-6d %s" % (event.pid, rows[event.ret][0]))
""" + POLL)[1], {"header": "RET", "value": "e->ret", "type": "enum",
                "names": {"0": "none", "1": "some"}})


if __name__ == "__main__":
    unittest.main()
