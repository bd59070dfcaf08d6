#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Lists that outlive a record become `gather`; regular expressions and words that are replaced."""

import pathlib
import subprocess
import tempfile
import unittest

from derived import POLL, derived

ROWS = """
from collections import defaultdict
import os, re
words = defaultdict(list)
def show(cpu, data, size):
    event = b["events"].event(data)
    if event.ret == 1:
        words[event.pid].append(event.path)
    elif event.ret == 2:
        {middle}
        print("%-6d %s" % (event.pid, {text}))
        {last}
print("%-6s %s" % ("PID", "WORDS"))
""" + POLL
JOINED = 'b" ".join(words[event.pid])'
DELETED = "del(words[event.pid])"


def rows(text=JOINED, middle="pass", last=DELETED):
    return derived(ROWS.format(text=text, middle=middle, last=last))


class Gather(unittest.TestCase):
    """A dict of lists of texts."""

    def said(self, found):
        self.assertEqual(found["left"], [])
        return found["outputs"][0]

    def test_words_of_a_row(self):
        output = self.said(rows())
        self.assertEqual(output["gather"], {
            "by": "e->pid", "when": "e->ret == 2",
            "parts": [{"name": "words", "if": "e->ret == 1", "text": "e->path"}]})
        self.assertNotIn("filter", output)
        self.assertEqual([column["value"] for column in output["columns"]], ["e->pid", "words"])

    def test_another_separator(self):
        output = self.said(rows('", ".join(words[event.pid])'))
        self.assertEqual(output["gather"]["parts"][0]["separator"], ", ")

    def test_names_of_a_path(self):
        output = self.said(rows("os.path.join(*names)", middle="""names = words[event.pid]
        names.reverse()"""))
        self.assertEqual(output["gather"]["parts"][0], {
            "name": "words", "if": "e->ret == 1", "text": "e->path", "path": True})
        for middle in ("names = words[event.pid]", "names = words[event.pid][::-1]"):
            self.assertTrue(rows("os.path.join(*names)", middle=middle)["left"])

    def test_rows_that_an_option_gathers(self):
        found = derived("""
from collections import defaultdict
words = defaultdict(list)
def show(cpu, data, size):
    event = b["events"].event(data)
    if not args.uid or event.ret == 2:
        print("%-6d %s" % (event.pid, b" ".join(words[event.pid]) if args.uid else event.comm))
        if args.uid:
            del words[event.pid]
    elif event.ret == 1:
        words[event.pid].append(event.path)
print("%-6s %s" % ("PID", "WORDS"))
""" + POLL)
        self.assertEqual(self.said(found)["gather"], {
            "by": "e->pid", "when": "!opt.uid || e->ret == 2",
            "parts": [{"name": "words", "if": "opt.uid && e->ret == 1", "text": "e->path"}]})

    def test_deleted_in_a_try(self):
        output = self.said(rows(last="""try:
            del words[event.pid]
        except Exception:
            pass"""))
        self.assertEqual(output["gather"]["when"], "e->ret == 2")

    def test_items_that_an_option_changes(self):
        found = rows(middle="""if args.uid:
            words[event.pid] = [b"<" + one.replace(b"<", b"(") + b">" for one in words[event.pid]]""")
        text = self.said(found)["gather"]["parts"][0]["text"]
        self.assertEqual(text, "words_text(e->path, sizeof(e->path))")
        self.assertIn('set_text(text, "<%s>", replaced(path, path_size, "<", "("))', found["code"])
        self.assertIn("if (opt.uid)", found["code"])

    def test_a_filter_of_the_joined_text(self):
        found = rows(middle=f"""if args.name and not re.search(bytes(args.name, "ascii"), {JOINED}):
            return""", last="pass")
        self.assertIn("is kept from one record to the next", repr(found["left"]))
        found = derived(ROWS.format(middle=f"""shown = True
        if args.name and not re.search(args.name, {JOINED}):
            shown = False
        if shown:
            print("%-6d %s" % (event.pid, {JOINED}))
        del words[event.pid]
        return""", text='""', last="pass"))
        self.assertEqual(self.said(found)["filter"],
                         "!opt.name[0] || matches(words, strlen(words), opt.name)")
        self.assertIn("regcomp", repr(found["approximated"]))

    def test_what_is_no_gather_is_said(self):
        for words in (dict(last="pass"),                                    # it never ends
                      dict(text='"%s" % words[event.pid][0]'),              # one item
                      dict(text="words[event.pid]"),                        # the list itself
                      dict(text="str(words[event.pid])"),
                      dict(text='" ".join(words)'),                         # its keys
                      dict(text='"/".join(*words[event.pid])'),
                      dict(middle="words[event.pid].sort()"),
                      dict(middle="if event.uid:\n            words[event.pid] = "
                                  "[b'<' + one for one in words[event.pid]]"),
                      dict(middle='words[event.uid].append(event.comm)'),   # another key
                      dict(middle='words[event.pid].append(event.comm)'),   # other records
                      dict(middle='words[event.pid] = [event.comm]'),
                      dict(last="if event.uid:\n            del words[event.pid]"),
                      dict(last="if args.uid:\n            del words[event.pid]"),
                      dict(middle="if args.uid:\n            return")):
            found = rows(**words)
            self.assertTrue(found["left"], words)
            self.assertNotIn("gather", found["outputs"][0] if found["outputs"] else {}, words)


HELPERS = r"""
#include <stdio.h>
%s
int main(void)
{
	puts(replaced("a\nb\n", 9, "\n", "\\n"));
	puts(replaced("abcabc", 4, "bc", ""));
	puts(replaced("xx", 2, "x", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"));
	puts(replaced("", 0, "x", "y"));
	printf("%%d%%d%%d%%d\n", matches("one two", 7, "e t"), matches("one two", 5, "w"),
	       matches("one", 3, "^o.e$"), matches("one", 3, "("));
	return 0;
}
"""


class Helpers(unittest.TestCase):
    """The C that these texts need."""

    def test_they_do_what_they_say(self):
        code = rows(f'{JOINED}.replace(b"\\n", b"_")', middle=f"""if args.name and not re.search(
                args.name, event.comm):
            return""")["code"]
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "code.c"
            source.write_text(HELPERS % code, encoding="utf-8")
            subprocess.run(["cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined,address",
                            "-o", f"{folder}/code", str(source)], check=True)
            found = subprocess.run([f"{folder}/code"], check=False, capture_output=True, text=True,
                                   env={"ASAN_OPTIONS": "detect_leaks=0"})
        self.assertEqual(found.stdout, "a\\nb\\n\na" + "a" + "\n" + "y" * 100 + "\n\n1010\n")


if __name__ == "__main__":
    unittest.main()
