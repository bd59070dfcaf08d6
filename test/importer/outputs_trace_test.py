#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Lines of bpf_trace_printk that a script takes apart: their fields and words become columns."""

import pathlib
import re
import subprocess
import tempfile
import unittest

from derived import derived

LOOP = """
while True:
    try:
        (task, pid, cpu, flags, ts, msg) = b.trace_fields()
        BODY
    except ValueError:
        continue
    except KeyboardInterrupt:
        exit()
    print(WHAT)
"""


def traced(what, body="pass", before=""):
    """The output of a loop over trace_fields() that prints something."""
    found = derived(before + LOOP.replace("BODY", body).replace("WHAT", what))
    if found["left"] or found["approximated"] or len(found["outputs"]) != 1:
        raise AssertionError(f"{found['left']}, {found['approximated']}, {found['outputs']}")
    return found["outputs"][0]


def values(what, body="pass", before=""):
    """The values of its columns."""
    return [column["value"] for column in traced(what, body, before)["columns"]]


class Fields(unittest.TestCase):
    """trace_fields() and trace_print()."""

    def test_rows(self):
        self.assertEqual(traced('"%-18.9f %-16s %-6d %d %s %s" % (ts, task, pid, cpu, flags, msg)', before="""
print("%-18s %-16s %-6s CPU FLAGS MESSAGE" % ("TIME(s)", "COMM", "PID"))
"""), {"trace": True, "columns": [
            {"header": "TIME(s)", "value": "e->time / 1e9", "width": -18, "precision": 9},
            {"header": "COMM", "value": "e->task", "width": -16},
            {"header": "PID", "value": "e->pid", "width": -6},
            {"header": "CPU", "value": "e->cpu"},
            {"header": "FLAGS", "value": "e->flags"},
            {"header": "MESSAGE", "value": "e->text"}]})

    def test_parts_by_number(self):
        found = derived("""
while True:
    fields = b.trace_fields()
    print("%d %s" % (fields[1], fields[5].decode()))
""")
        self.assertEqual([column["value"] for column in found["outputs"][0]["columns"]], ["e->pid", "e->text"])

    def test_formats_of_trace_print(self):
        found = derived('print("PID MESSAGE")\nb.trace_print(fmt="{1} {5}")\n')
        self.assertEqual(found["outputs"], [{"trace": True, "columns": [
            {"header": "PID", "value": "e->pid"}, {"header": "MESSAGE", "value": "e->text"}]}])
        self.assertEqual(found["approximated"], [])
        self.assertEqual(derived("while True:\n    b.trace_print('{5}')\n")["outputs"][0]["columns"],
                         [{"header": "TEXT", "value": "e->text"}])

    def test_lines_as_they_are(self):
        for wait in ("b.trace_print()", "while True:\n    b.trace_print()"):
            found = derived(wait + "\n")
            self.assertEqual((found["outputs"], found["approximated"], found["left"]), ([{"trace": True}], [], []))

    def test_what_has_no_row_is_said(self):
        found = derived("while True:\n    b.trace_fields()\n")
        self.assertEqual(found["outputs"], [{"trace": True}])
        self.assertEqual([one["what"] for one in found["approximated"]],
                         ["lines of bpf_trace_printk are shown as they are"])

    def test_lines_that_are_left_out(self):
        found = traced('"%d %s" % (pid, msg)', "pass\n        if cpu == 1 or msg == '':\n            continue")
        self.assertEqual(found["filter"], "e->cpu != 1 && e->text[0]")

    def test_seconds_since_the_first(self):
        found = derived("""
start = 0
while True:
    (task, pid, cpu, flags, ts, ms) = b.trace_fields()
    if start == 0:
        start = ts
    print("%-10.2f %s" % (ts - start, ms))
""")
        self.assertEqual(found["outputs"][0]["columns"][0],
                         {"header": "TIME", "value": "seconds_since_first(e->time)", "width": -10, "precision": 2})


class Words(unittest.TestCase):
    """Texts that are cut."""

    def test_words(self):
        found = traced('"%s %d %d %.2f" % (a, int(n, 16), int(m), float(x) / 2)', "a, n, m, x = msg.split()")
        self.assertEqual(found["filter"], "nr_words(e->text, NULL) == 4")
        self.assertEqual([column["value"] for column in found["columns"]],
                         ["word_of(e->text, NULL, 0)", "strtoll(word_of(e->text, NULL, 1), NULL, 16)",
                          "strtoll(word_of(e->text, NULL, 2), NULL, 10)",
                          "strtod(word_of(e->text, NULL, 3), NULL) / 2.0"])

    def test_one_word(self):
        found = traced('"%s" % msg.split(b",")[2]')
        self.assertEqual((found["filter"], found["columns"][0]["value"]),
                         ('nr_words(e->text, ",") > 2', 'word_of(e->text, ",", 2)'))

    def test_how_many_words_there_are(self):
        """They choose among lines of their own columns, each of which ends."""
        found = derived('print("%-8s %s" % ("NR", "PID"))' + LOOP.replace(
            "BODY", "words = msg.decode().split()").replace("    print(WHAT)", """
    if len(words) == 3:
        print("%-8d %d" % (int(words[1]), pid))
    elif msg.startswith(b"sync"):
        print("%-8s" % task)
"""))
        self.assertEqual((found["left"], found["approximated"]), ([], []))
        self.assertEqual(found["start"], ["NR       PID"])
        self.assertEqual([one["header"] for one in found["outputs"]], [False, False])
        self.assertEqual([one["if"] for one in found["outputs"]],
                         ["nr_words(e->text, NULL) == 3",
                          "nr_words(e->text, NULL) != 3 && !strncmp(e->text, \"sync\", 4)"])

    def test_a_tag(self):
        found = traced('"%d %s" % (pid, name)', 'tag, name = msg.split(b" ")\n        if tag.decode() != "open":\n'
                       '            continue')
        self.assertEqual(found["filter"], 'nr_words(e->text, " ") == 2 && !strcmp(word_of(e->text, " ", 0), "open")')

    def test_the_functions(self):
        """They find what Python's split() finds."""
        code = derived(LOOP.replace("BODY", "a, n = msg.split()").replace("WHAT", '"%s" % n'))["code"]
        texts = ["", " ", "a", " a b ", "one  two\tthree", "a,b,,c", ",", "a, b", "x y z ", "1,"]
        main = "int main(int argc, char **argv)\n{\n\tconst char *by = *argv[2] ? argv[2] : NULL;\n\tsize_t i, nr = " \
            "nr_words(argv[1], by);\n\n\t(void)argc;\n\tfor (i = 0; i <= nr; i++)\n\t\tprintf(\"[%s]\\n\", " \
            "word_of(argv[1], by, i));\n\treturn (int)nr;\n}\n"
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "words.c"
            source.write_text(code + main, encoding="utf-8")
            subprocess.run(["cc", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined", "-o",
                            source.with_suffix(""), source], check=True)
            for text in texts:
                for by in ("", ",", " "):
                    done = subprocess.run([source.with_suffix(""), text, by], check=False, text=True,
                                          stdout=subprocess.PIPE)
                    words = text.split(by or None)
                    self.assertEqual((done.returncode, done.stdout.splitlines()),
                                     (len(words), [f"[{word}]" for word in words] + ["[]"]), (text, by))
        self.assertFalse(re.search(r"\bstrtoll\b", code))


if __name__ == "__main__":
    unittest.main()
