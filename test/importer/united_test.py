#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Texts that kernels choose: one program that asks the host, or a reason why there is none."""

import copy
import itertools
import unittest

from scripts import HEAD, KERNELS, Scripts

import explore
import kernel_texts
import settle

MOVED = [("task_struct", ["__state", "state"])]
START = HEAD + '''
%s
args = parser.parse_args()
text = """
struct event { u32 pid; u64 size; };
BPF_PERF_OUTPUT(events);
%s
"""
old = BPF.kernel_struct_has_field("task_struct", "state") == 1
'''
END = """
b = BPF(text=text%s)
%s
def show(cpu, data, size):
    e = b["events"].event(data)
    print("%%-7d %%d" %% (e.pid, e.size))
print("%%-7s %%s" %% ("PID", "SIZE"))
b["events"].open_perf_buffer(show)
while 1:
    b.perf_buffer_poll()
"""
UNLINK = 'b.attach_kprobe(event="vfs_unlink", fn_name="on_unlink")'
BODY = """{
    struct event e = {.pid = MORE};
    e.size = dentry->d_inode->i_ino;
    events.perf_submit(ctx, &e, sizeof(e));
    return 0;
}
"""
FUNCTION = "int on_unlink(PARAMETERS)\n" + BODY
PARAMETERS = ("struct pt_regs *ctx, struct inode *dir, struct dentry *dentry",
              "struct pt_regs *ctx, void *idmap, struct inode *dir, struct dentry *dentry")
WHEN = "host.task_struct_state"
OLD = "the text for 5.10-x86_64: "


def put(*pairs):
    """Lines of a script that put one text in on old kernels, another one on new ones."""
    return "".join(f"text = text.replace({name!r}, {old!r} if old else {new!r})\n"
                   for name, old, new in pairs)


class Texts(Scripts):
    """Scripts whose text another kernel has otherwise."""

    def united(self, text, *lines, attach=UNLINK, options="", flags="",
               refusal=None):
        kernels = [copy.copy(kernel) for kernel in KERNELS]
        for kernel in kernels:
            kernel.moved = MOVED
        script = self.script(START % (options, text) + "".join(lines) + END % (flags, attach))
        return settle.convert(refusal or (lambda made: ""), explore.Explorer(script, (), kernels))

    def test_members_that_moved(self):
        text = FUNCTION.replace("PARAMETERS", PARAMETERS[1])
        made = self.united(text, put(("MORE", "((struct task_struct *)0)->state",
                                      "((struct task_struct *)0)->__state")))
        self.assertIn("->__state", made.source)
        self.assertNotIn("facts", made.manifest)
        self.assertEqual(made.manifest["attach"], [{"run": "on_unlink", "kprobe": "vfs_unlink"}])
        self.assertEqual(made.done, ["line 21: " + OLD + "bcc2core makes the same of it"])
        self.assertEqual(made.approximated, [])

    def test_values_and_statements_ask(self):
        text = FUNCTION.replace("PARAMETERS", PARAMETERS[1]).replace("->i_ino", "->INO") \
            .replace("    events.perf", "    EXTRA\n    events.perf")
        made = self.united(text, put(("MORE", "1", "dir->i_ino"), ("EXTRA", "e.size++;", ""),
                                     ("INO", "i_uid.val", "i_ino")))
        self.assertIn(f"({WHEN} ? (1) : (dir->i_ino))", made.source)
        self.assertIn(f"if ({WHEN}) {{ e.size++; }}", made.source)
        self.assertIn(f"({WHEN} ? (dentry->d_inode->i_uid.val) : (dentry->d_inode->i_ino))",
                      made.source)
        self.assertEqual(made.manifest["facts"], [{"member": "task_struct.state"}])
        self.assertEqual(made.done, ["line 22: " + OLD + f"{WHEN}: other lines in on_unlink"])

    def test_blocks_ask(self):
        """What a script puts in is told from what stands around it."""
        text = "static void note(struct task_struct *task)\n{\n    int is = SLOT;\n    NOTE\n}\n" + \
            FUNCTION.replace("PARAMETERS", PARAMETERS[1]).replace("MORE", "0")
        made = self.united(text, put(("SLOT", "task->state ? 1 : 0", "task->__state ? 1 : 0"),
                                     ("NOTE", "if (task->state) { is++; }", "")))
        self.assertIn("int is = task->__state ? 1 : 0;", made.source)
        self.assertIn(f"if ({WHEN}) {{ if (task->state) {{ is++; }} }}", made.source)

    def test_parameters_that_are_found_by_name(self):
        lines = put(("PARAMETERS", *PARAMETERS), ("MORE", "0", "0"))
        made = self.united(FUNCTION, lines)
        self.assertEqual(made.manifest["attach"], [{"run": "on_unlink", "kprobe": "vfs_unlink"}])

        def unbound(found):
            found.unbound = [1 + next(i for i, line in enumerate(found.source.splitlines())
                                      if "on_unlink(" in line)]
            return ""
        made = self.united(FUNCTION, lines, refusal=unbound)
        self.assertEqual(made.manifest["attach"],
                         [{"run": "on_unlink", "kprobe": "vfs_unlink", "when": f"!{WHEN}"},
                          {"run": "on_unlink_2", "kprobe": "vfs_unlink", "when": WHEN}])
        self.assertIn(f"int on_unlink({PARAMETERS[1]})", made.source)
        self.assertIn(f"int on_unlink_2({PARAMETERS[0]})", made.source)

    def test_a_function_that_attaches_itself(self):
        text = "KFUNC_PROBE(vfs_unlink, void *idmap, struct inode *dir, struct dentry *dentry)\nEMPTY\n" \
            + BODY
        made = self.united(text, put(("MORE", "1", "2")), "text = text.replace('EMPTY', '')\n",
                           attach="")
        self.assertEqual(made.source.count("KFUNC_PROBE"), 1)
        self.assertIn(f"({WHEN} ? (1) : (2))", made.source)
        made = self.united(text, put(("MORE", "1", "2; switch (dir->i_flags) { case 1")),
                           "text = text.replace('EMPTY', '').replace('{.pid = 2; switch',"
                           " '{.pid = 2}; switch').replace('case 1}', 'case 1: e.pid = 3; }')\n",
                           attach="")
        self.assertEqual(made.manifest["attach"], [
            {"run": "kfunc__vfs_unlink", "fentry": "vfs_unlink", "when": f"!{WHEN}"},
            {"run": "on_kfunc__vfs_unlink_2", "fentry": "vfs_unlink", "when": WHEN}])
        self.assertIn("int on_kfunc__vfs_unlink_2(unsigned long long *ctx, void *idmap, struct inode "
                      "*dir, struct dentry *dentry)", made.source)

    def test_variants_attach_nothing_by_their_names(self):
        text = ("TRACEPOINT_PROBE(sched, sched_process_fork) { char room[SIZE]; return 0; }\n"
                "RAW_TRACEPOINT_PROBE(sched_process_exit) { char room[SIZE]; return 0; }\n"
                "int kprobe__vfs_open(struct pt_regs *ctx) { char room[SIZE]; return 0; }\n")
        made = self.united(text, put(("SIZE", "1", "2")), attach="")
        places = {"tracepoint__sched__sched_process_fork": ("tracepoint", "sched:sched_process_fork"),
                  "raw_tracepoint__sched_process_exit": ("raw_tracepoint", "sched_process_exit"),
                  "kprobe__vfs_open": ("kprobe", "vfs_open")}
        self.assertEqual(sorted(made.manifest["attach"], key=str), sorted((
            {"run": run, kind: place, "when": when} for name, (kind, place) in places.items()
            for run, when in ((name, f"!{WHEN}"), (f"on_{name}_2", WHEN))), key=str))
        self.assertIn("int on_tracepoint__sched__sched_process_fork_2("
                      "struct tracepoint__sched__sched_process_fork *args)", made.source)
        self.assertIn("int on_raw_tracepoint__sched_process_exit_2("
                      "struct bpf_raw_tracepoint_args *ctx)", made.source)

    def test_constants_do_not_ask(self):
        text = FUNCTION.replace("PARAMETERS", PARAMETERS[1]).replace("MORE", "0")
        for line in ("switch (dir->i_flags) { case VALUE: return 0; }", "char name[VALUE];"):
            made = self.united(text.replace("e.size", line + " e.size"), put(("VALUE", "1", "2")))
            self.assertEqual(made.source.count(line.replace("VALUE", "1")), 1)
            self.assertEqual(made.source.count(line.replace("VALUE", "2")), 1)
            self.assertIn("on_unlink_2", made.source)

    def test_parameters_of_a_return(self):
        """They are registers by their place, whatever their names are."""
        made = self.united(FUNCTION, put(("PARAMETERS", *PARAMETERS), ("MORE", "0", "0")),
                           attach=UNLINK.replace("kprobe", "kretprobe"))
        self.assertEqual([entry["run"] for entry in made.manifest["attach"]],
                         ["on_unlink", "on_unlink_2"])

    def test_members_of_its_own(self):
        text = FUNCTION.replace("PARAMETERS", PARAMETERS[1]).replace("MORE", "0") \
            .replace("e.size", "struct { int state, __state; } own = {}; own.NAME = 1; e.size")
        made = self.united(text, put(("NAME", "state", "__state")))
        self.assertEqual([entry["run"] for entry in made.manifest["attach"]],
                         ["on_unlink", "on_unlink_2"])

    def test_what_check_refuses(self):
        made = self.united(FUNCTION.replace("PARAMETERS", PARAMETERS[1]), put(("MORE", "1", "2")),
                           refusal=lambda made: "t.c:1:1: error: no" if WHEN in made.source else "")
        self.assertNotIn(WHEN, made.source)
        self.assertIn("('bcc2core check' refuses what is made of all: t.c:1:1: error: no)",
                      made.approximated[0])
        self.assertEqual(made.missing, [])

    def test_functions_of_some_kernels(self):
        probe = "TRACEPOINT_PROBE(kmem, kmalloc_node) { return 0; }\nstruct more { int x; };\n"
        made = self.united(FUNCTION.replace("PARAMETERS", PARAMETERS[1]),
                           'text = text.replace("MORE", "0")\n'
                           'if BPF.tracepoint_exists("kmem", "kmalloc_node"):\n'
                           f"    text += {probe!r}\n")
        self.assertEqual(made.manifest["facts"], [{"tracepoint": "kmem:kmalloc_node"}])
        self.assertEqual(made.manifest["attach"], [
            {"run": "on_unlink", "kprobe": "vfs_unlink"},
            {"run": "tracepoint__kmem__kmalloc_node", "tracepoint": "kmem:kmalloc_node",
             "when": "host.kmem_kmalloc_node"}])
        self.assertIn("struct more", made.source)

    def test_options_of_all_texts(self):
        text = "HEAD" + BODY.replace("    e.size", "    FILTER\n    e.size")
        made = self.united(text, put(
            ("HEAD", f"int on_unlink({PARAMETERS[0]})", f"int on_unlink({PARAMETERS[1]})"),
            ("struct event e", "u64 unused = 0; struct event e", "struct event e")),
            'text = text.replace("FILTER", "if (e_pid() != %d) return 0;" % args.pid '
            'if args.pid else "").replace("MORE", "0")\n',
            options='parser.add_argument("--pid", type=int)')
        self.assertIn("on_unlink_2", made.source)
        self.assertEqual(made.source.count("FILTER"), 2)
        self.assertEqual(made.manifest["replace"],
                         {"FILTER": "if (opt.pid) { if (e_pid() != opt.pid) return 0; }"})

    def test_attaches_of_a_flag(self):
        """A flag takes away what each kernel's text attaches, whatever that is there."""
        attach = ('if not args.quiet:\n    b.attach_kprobe(event="vfs_unlink", fn_name="on_unlink")\n'
                  'b.attach_kprobe(event="vfs_rmdir" if old else "vfs_mkdir", fn_name="on_unlink")')
        made = self.united(FUNCTION.replace("PARAMETERS", PARAMETERS[1]), put(("MORE", "1", "2")),
                           attach=attach,
                           options='parser.add_argument("--quiet", action="store_true")')
        self.assertEqual(made.manifest["attach"], [
            {"run": "on_unlink", "kprobe": "vfs_unlink", "when": "!opt.quiet"},
            {"run": "on_unlink", "kprobe": ["vfs_mkdir", "vfs_rmdir"]}])

    def test_declarations_of_two_kinds(self):
        made = self.united(FUNCTION.replace("PARAMETERS", PARAMETERS[1]), put(("MORE", "0", "0")),
                           put(("u64 size", "u32 size", "u64 size")))
        self.assertIn("u64 size", made.source)
        self.assertEqual(made.approximated, [
            "line 21: the text is the one for 7.2-x86_64; the script makes another one for 5.10-x86_64 "
            "(another 'event'): see 'bcc2core check --kernels'"])

    def test_macros_and_flags_of_the_compiler(self):
        text = FUNCTION.replace("PARAMETERS", PARAMETERS[1]).replace("MORE", "0") + \
            "#ifdef NEW\nint on_more(void *ctx) { return 0; }\n#endif\n"
        made = self.united(text, "if not old: text = '#define NEW\\n' + text\n")
        self.assertIn("(the macro 'NEW')", made.approximated[0])
        self.assertIn("#define NEW", made.source)
        made = self.united(text, flags=", cflags=['-DNEW'] if old else []")
        self.assertIn("(flags of the compiler)", made.approximated[0])

    def test_types_of_two_forms(self):
        for one, other in (("typedef u32 number;", "typedef u64 number;"),
                           ("static int number = 1;", "static int number = 2;")):
            made = self.united("TYPE\n" + FUNCTION.replace("PARAMETERS", PARAMETERS[1]),
                               put(("MORE", "0", "0"), ("TYPE", one, other)))
            self.assertIn("(another 'number')", made.approximated[0])

    def test_kernels_that_no_fact_tells(self):
        made = self.united(FUNCTION.replace("PARAMETERS", PARAMETERS[1]), put(("MORE", "0", "0")),
                           "import platform\nif platform.release().startswith('5.10'):\n"
                           "    text = text.replace('e.size =', 'e.size +=')\n")
        self.assertIn("(nothing that a fact asks tells these kernels apart)", made.approximated[0])


class Conditions(unittest.TestCase):
    """kernel_texts.condition() against all answers of a host."""

    def test_all(self):
        questions = [None, *(kernel_texts.Question("member", ("r", name)) for name in "abc")]
        for signs in itertools.product((True, False), repeat=3):
            groups = [kernel_texts.Group([], question, sign)
                      for question, sign in zip(questions, (True, *signs))]
            for size in range(1, 4):
                for numbers in itertools.combinations(range(4), size):
                    self.compare(groups, set(numbers))
        self.assertEqual(kernel_texts.condition(groups, {0, 1, 2, 3}), "")

    def compare(self, groups, numbers):
        words = kernel_texts.condition(groups, numbers)
        code = words.replace("!", " not ").replace("&&", " and ").replace("||", " or ")
        for answers in itertools.product((True, False), repeat=3):
            taken = next((i + 1 for i, answer in enumerate(answers)
                          if answer == groups[i + 1].sign), 0)
            host = type("Host", (), dict(zip(("r_a", "r_b", "r_c"), answers)))
            self.assertEqual(eval(code, {"host": host}), taken in numbers, (words, answers))


unittest.main()
