// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* manifest.h: the whole of a good file, every kind of mistake, placeholders. */
#include "manifest.h"

#include <errno.h>

#include "capture.h"
#include "text.h"

static int parse(struct capture *c, const char *text, struct b2c_manifest *ret_manifest)
{
	diag_add_source(c->diag, "t.yaml", text);
	return manifest_parse("t.yaml", text, c->arena, c->diag, ret_manifest);
}

/* The dump of a good manifest. */
static void expect_dump(const char *text, const char *dump)
{
	struct b2c_manifest manifest;
	struct capture c;
	char *printed;
	size_t size;
	FILE *out;

	capture_begin(&c, false);
	assert_int_equal(parse(&c, text, &manifest), 0);
	assert_string_equal(capture_flush(&c), "");
	out = open_memstream(&printed, &size);
	assert_non_null(out);
	manifest_dump(&manifest, out);
	fclose(out);
	assert_string_equal(printed, dump);
	free(printed);
	capture_end(&c);
}

/* Each line of `messages` must begin a message of the bad manifest, in order. */
static void expect_errors(const char *text, const char *const *messages)
{
	struct b2c_manifest manifest;
	const char *printed;
	struct capture c;

	capture_begin(&c, false);
	assert_int_equal(parse(&c, text, &manifest), -EINVAL);
	assert_int_equal(diag_status(c.diag), 1);
	printed = capture_flush(&c);
	for (; *messages; messages++) {
		printed = strstr(printed, *messages);
		if (!printed)
			fail_msg("no '%s' in:\n%s", *messages, c.printed);
		printed += strlen(*messages);
	}
	printed = strstr(printed, ": error: ");
	if (printed)
		fail_msg("unexpected%s", printed);
	capture_end(&c);
}

#define EXPECT_ERRORS(text, ...) \
	expect_errors(text, (const char *const[]){ __VA_ARGS__, NULL })

static void head_and_options(void **state)
{
	(void)state;
	expect_dump("tool: bio-latency\n"
		    "summary: >\n"
		    "  Block\n"
		    "  latency\n"
		    "source: \"bio.c\"\n"
		    "options:\n"
		    "  disks: {short: D, help: no}\n"
		    "  quiet:\n"
		    "  min-us: {type: u64, default: 0x10}\n"
		    "  low: {type: int, default: -2147483648}\n"
		    "  big: {type: u64, default: 18446744073709551615}\n"
		    "  name: {type: string, default: 5, size: 16}\n",
		    "tool \"bio-latency\" @1:7\n"
		    "summary \"Block latency\" @3:3\n"
		    "source \"bio.c\" @5:9\n"
		    "option \"disks\" @7:3\n  type flag\n  short D\n  help \"no\" @7:27\n"
		    "option \"quiet\" @8:3\n  type flag\n"
		    "option \"min-us\" @9:3\n  type u64\n  default \"0x10\" @9:32\n  number 16\n"
		    "option \"low\" @10:3\n  type s32\n  default \"-2147483648\" @10:29\n"
		    "  number -2147483648\n"
		    "option \"big\" @11:3\n  type u64\n  default \"18446744073709551615\" @11:29\n"
		    "  number 18446744073709551615\n"
		    "option \"name\" @12:3\n  type string\n  default \"5\" @12:33\n  size 16\n");
}

static void attaches(void **state)
{
	(void)state;
	expect_dump("options: {pid: {type: pid}}\n"
		    "attach:\n"
		    "  - {run: a, kprobe: [f.isra.0, g], optional: yes}\n"
		    "  - {run: b, tracepoint: sched:sched_switch, when: opt.pid > 0}\n"
		    "  - run: c\n"
		    "    uretprobe: {binary: libc.so.6, symbol: malloc}\n"
		    "    pid: opt.pid\n"
		    "  - {run: d, perf_event: {hardware: cache-misses, period: 100}}\n",
		    "option \"pid\" @1:11\n  type pid\n"
		    "attach kprobe @3:5\n  run \"a\" @3:11\n  target \"f.isra.0\" @3:23\n"
		    "  target \"g\" @3:33\n  optional\n"
		    "attach tracepoint @4:5\n  run \"b\" @4:11\n"
		    "  target \"sched:sched_switch\" @4:26\n  when \"opt.pid > 0\" @4:52\n"
		    "attach uretprobe @5:5\n  run \"c\" @5:10\n  binary \"libc.so.6\" @6:25\n"
		    "  symbol \"malloc\" @6:44\n  pid \"opt.pid\" @7:10\n"
		    "attach perf_event @8:5\n  run \"d\" @8:11\n  hardware \"cache-misses\" @8:37\n"
		    "  period 100\n");
}

static void outputs(void **state)
{
	(void)state;
	expect_dump("outputs:\n"
		    "  - histogram: dist\n"
		    "    scale: linear\n"
		    "    unit: usecs\n"
		    "    section: {header: disk, value: key.disk, type: device}\n"
		    "    clear: true\n"
		    "  - events: ev\n"
		    "    columns:\n"
		    "      - {header: LAT(ms), key: lat, width: -8, precision: 2, value: e->d}\n"
		    "  - table: counts\n"
		    "    sort: -value\n"
		    "    top: 20\n"
		    "    every: end\n"
		    "  - {stacks: st, kernel: key.k, folded: true, stack_map: m, count: value}\n"
		    "  - trace: true\n"
		    "arguments: [interval]\n",
		    "argument interval\n"
		    "output histogram @2:5\n  map \"dist\" @2:16\n  scale linear\n"
		    "  unit \"usecs\" @4:11\n  section @5:14\n    header \"disk\" @5:23\n"
		    "    type device\n    value \"key.disk\" @5:36\n  every interval\n  clear\n"
		    "output events @7:5\n  map \"ev\" @7:13\n  column @9:9\n"
		    "    header \"LAT(ms)\" @9:18\n    key \"lat\" @9:32\n    width -8\n"
		    "    precision 2\n    value \"e->d\" @9:69\n"
		    "output table @10:5\n  map \"counts\" @10:12\n  sort \"-value\" @11:11\n"
		    "  top 20\n  every end\n"
		    "output stacks @14:5\n  map \"st\" @14:14\n  kernel \"key.k\" @14:26\n"
		    "  count \"value\" @14:68\n  folded \"true\" @14:41\n  stack_map \"m\" @14:58\n"
		    "  every interval\n"
		    "trace\n");
}

static void every_makes_arguments(void **state)
{
	(void)state;
	expect_dump("outputs: [{table: t, every: interval}, {table: u}]\n",
		    "argument interval\nargument count\n"
		    "output table @1:11\n  map \"t\" @1:19\n  every interval\n"
		    "output table @1:40\n  map \"u\" @1:48\n  every end\n");
	EXPECT_ERRORS("outputs: [{table: t, every: interval}]\narguments: []\n",
		      "t.yaml:1:29: error: 'every: interval' needs 'interval' in 'arguments'");
}

static void arguments_are_options(void **state)
{
	(void)state;
	expect_dump("arguments: [min-ms, duration]\noptions: {min-ms: {type: u64}}\n",
		    "option \"min-ms\" @2:11\n  type u64\n"
		    "argument min-ms\nargument duration\n");
	expect_dump("options: {every: {type: u32, short: i, sets: interval}}\n"
		    "outputs: [{table: t, every: interval}, {table: u}]\n",
		    "option \"every\" @1:11\n  type u32\n  short i\n  sets interval\n"
		    "output table @2:11\n  map \"t\" @2:19\n  every interval\n"
		    "output table @2:40\n  map \"u\" @2:48\n  every interval\n");
	expect_dump("options: {duration: {type: u32, short: d, sets: duration}}\n",
		    "option \"duration\" @1:11\n  type u32\n  short d\n  sets duration\n");
	EXPECT_ERRORS("arguments: [min_ms]\noptions: {min-ms: {type: u64}}\n",
		      "1:13: error: 'arguments' names no option: 'min_ms'",
		      "help: did you mean 'min-ms'?");
	EXPECT_ERRORS("arguments: [quiet]\noptions: {quiet: }\n",
		      "1:13: error: 'quiet' is a flag, which has no value to be an argument");
	EXPECT_ERRORS("options: {a: {type: u32, sets: count}, b: {type: u32, sets: count}}\n",
		      "1:61: error: option 'a' sets the count already");
	EXPECT_ERRORS("options: {a: {type: u64, sets: count}}\n",
		      "1:32: error: 'sets' belongs to options of type 'u32' only");
	EXPECT_ERRORS("options: {a: {type: u32, sets: count, list: 2}}\n",
		      "'list' and 'sets' exclude each other");
	EXPECT_ERRORS("options: {a: {type: u32, sets: rounds}}\n",
		      "1:32: error: 'rounds' is not a choice of 'sets'");
	EXPECT_ERRORS("arguments: [duration]\noptions: {time: {type: u32, sets: duration}}\n",
		      "1:13: error: option 'time' sets the duration already",
		      "help: write 'arguments: [time]'");
	EXPECT_ERRORS("arguments: [interval]\noptions: {interval: {type: u32}}\n",
		      "1:13: error: option 'interval' is not the interval that every tool can",
		      "help: give it 'sets: interval', or another name");
}

static void places_count_bytes(void **state)
{
	(void)state;
	EXPECT_ERRORS("summary: \xc3\xa9 [x\nreplace: {A: \"\xe2\x82\xac\", B: opt.q}\n",
		      "t.yaml:2:24: error: the manifest has no option 'q' [manifest-option]\n"
		      "    2 | replace: {A: \"\xe2\x82\xac\", B: opt.q}\n"
		      "      |                      ^~~~~\n");
	EXPECT_ERRORS("\xef\xbb\xbftool: 1a\n", "t.yaml:1:10: error: '1a' is not a name");
	EXPECT_ERRORS("tool: a\r\nfoo: b\r\n", "t.yaml:2:1: error: a manifest has no key 'foo'");
	/* libyaml breaks lines at U+2028, editors do not. */
	EXPECT_ERRORS("tool: \"a\xe2\x80\xa8 b\"\nfoo: b\n", "t.yaml:1:7: error: 'a",
		      "t.yaml:2:1: error: a manifest has no key 'foo'");
	/* The text of a block scalar begins below its mark. */
	EXPECT_ERRORS("outputs:\n  - table: t\n    sort: |\n\n      value +\n        opt.s\n",
		      "t.yaml:6:9: error: the manifest has no option 's'");
}

static void syntax(void **state)
{
	(void)state;
	EXPECT_ERRORS("", "t.yaml:1:1: error: the manifest is empty [manifest-yaml]");
	EXPECT_ERRORS("# nothing\n", "error: the manifest is empty [manifest-yaml]");
	EXPECT_ERRORS("tool: a\nsummary: 'x\n", "t.yaml:3:1: error: found unexpected end of",
		      "t.yaml:2:10: note: it begins here");
	EXPECT_ERRORS("tool: a\n\tsource: b\n", "t.yaml:2:1: error: found a tab", "help: YAML");
	EXPECT_ERRORS("tool: *a\n", "t.yaml:1:7: error: found undefined alias [manifest-yaml]");
	EXPECT_ERRORS("tool: a\xff\n", "t.yaml:1:8: error: invalid leading UTF-8 octet");
	EXPECT_ERRORS("tool: a\n---\ntool: b\n", "t.yaml:3:1: error: a manifest is one document");
	EXPECT_ERRORS("[a]\n", "t.yaml:1:1: error: a manifest is a mapping [manifest-type]");
	EXPECT_ERRORS("~\n", "t.yaml:1:1: error: a manifest is a mapping [manifest-type]");
	EXPECT_ERRORS("? [x]\n: y\n", "t.yaml:1:3: error: a key must be a word, not a list");
	EXPECT_ERRORS("tool: !foo x\n", "t.yaml:1:7: error: 'tool' has the tag '!foo'");
	EXPECT_ERRORS("attach: &a [*a]\n", "error: an item of 'attach' must be a mapping, not a");
	expect_dump("attach: [&a {run: f, kprobe: g}, *a]\nsummary: !!str 5\n",
		    "summary \"5\" @2:10\n"
		    "attach kprobe @1:10\n  run \"f\" @1:19\n  target \"g\" @1:30\n"
		    "attach kprobe @1:10\n  run \"f\" @1:19\n  target \"g\" @1:30\n");
}

static void unknown_keys(void **state)
{
	(void)state;
	EXPECT_ERRORS("sumary: x\n", "t.yaml:1:1: error: a manifest has no key 'sumary'",
		      "help: did you mean 'summary'?");
	EXPECT_ERRORS("zzz: x\n", "no key 'zzz' [manifest-key]",
		      "help: it knows: tool, summary, source, code, options, arguments, "
		      "replace, attach, outputs, start, end, maps, facts, filters\n");
	EXPECT_ERRORS("options: {a: {help: one line, for graphs}}\n", "no key 'for graphs'",
		      "help: put text that holds a comma into quotes");
	EXPECT_ERRORS("attach: [{run: f, kprob: g}]\n", "1:19: error: an attach has no key 'kprob'",
		      "help: did you mean 'kprobe'?");
	EXPECT_ERRORS("attach: [{run: f, kprobe: g, pid: 1}]\n",
		      "1:30: error: 'pid' does not belong to a kprobe [manifest-key]");
	EXPECT_ERRORS("outputs: [{events: e, top: 1}]\n",
		      "'top' does not belong to an events output");
	EXPECT_ERRORS("options: {a: {size: 4}}\n", "'size' belongs to options of type 'string'");
}

static void missing_keys(void **state)
{
	(void)state;
	EXPECT_ERRORS("attach: [{kprobe: g}]\n", "1:10: error: a kprobe needs 'run'");
	EXPECT_ERRORS("attach: [{run: g}]\n", "error: an attach needs one of: kprobe, kretprobe,");
	EXPECT_ERRORS("attach: [{run: g, uprobe: {binary: x}}]\n",
		      "a uprobe needs one of: symbol, address");
	EXPECT_ERRORS("attach: [{run: g, perf_event: {software: dummy}}]\n",
		      "a perf_event needs one of: frequency, period");
	EXPECT_ERRORS("outputs: [{columns: []}]\n", "an output needs one of: histogram, events,",
		      "'columns' is an empty list");
	EXPECT_ERRORS("outputs: [{stacks: s}]\n", "a stacks output needs one of: kernel, user");
	EXPECT_ERRORS("outputs: [{events: e, columns: [{header: H}, {headr: H, value: v}]}]\n",
		      "1:33: error: a column needs 'value'",
		      "1:47: error: a column has no key 'headr'");
	EXPECT_ERRORS("arguments: [count]\n", "argument 'count' needs 'interval' before it");
}

static void wrong_values(void **state)
{
	(void)state;
	EXPECT_ERRORS("options: {a: {type: u23}}\n", "'u23' is not a choice of 'type'",
		      "help: did you mean 'u32'?");
	EXPECT_ERRORS("options: {a: {type: u32, default: -1}}\n", "must be from 0 to 4294967295");
	EXPECT_ERRORS("options: {a: {type: u64, default: 18446744073709551616}}\n",
		      "must be from 0");
	EXPECT_ERRORS("options: {a: {type: s64, default: -9223372036854775809}}\n",
		      "must be from -9");
	EXPECT_ERRORS("options: {a: {type: string, size: 4, default: abcd}}\n",
		      "the default of 'a' has 4 bytes, which a size of 4 can't hold",
		      "help: give it 'size: 5' or more");
	EXPECT_ERRORS("options: {a: {default: true}}\n", "flag 'a' can't be on by default");
	EXPECT_ERRORS("options: {int: {}, 1a: {}, -a: {}, a b: {}}\n", "'int' is a word of C",
		      "'1a' is not a name", "'-a' is not a name", "'a b' is not a name");
	EXPECT_ERRORS("options: {a: {short: ab}, b: {short: '?'}}\n",
		      "'short' must be one letter or digit, not 'ab'", "not '?'");
	EXPECT_ERRORS("attach: [{run: f, tracepoint: x}, {run: f, kprobe: 'a*'}]\n",
		      "tracepoint 'x' must be 'category:event'", "kprobe 'a*' is a pattern");
	EXPECT_ERRORS("attach: [{run: f, kprobe: g, fentry: g}]\n",
		      "'kprobe' and 'fentry' exclude each other");
	EXPECT_ERRORS("attach: [{run: f-g, kprobe: []}]\n", "'run' must be a C identifier",
		      "'kprobe' is an empty list");
	EXPECT_ERRORS("attach: [{run: f, perf_event: {software: cpu-clok, frequency: 0}}]\n",
		      "'cpu-clok' is not a choice of 'software'", "did you mean 'cpu-clock'?",
		      "'frequency' must be from 1 to 100000");
	EXPECT_ERRORS("outputs: [{table: t, top: 0, columns: [{header: \"a\\nb\", value: ''}]}]\n",
		      "'top' must be from 1", "'header' must be one line", "'value' is empty");
	EXPECT_ERRORS("replace: {1a: b}\nsummary: \"a\\0b\"\n", "'1a' is not a C identifier",
		      "'summary' holds a NUL byte");
}

static void wrong_types(void **state)
{
	(void)state;
	EXPECT_ERRORS("tool: {}\nsummary:\nsource: []\n", "'tool' must be a name, not a mapping",
		      "'summary' must be text and has no value",
		      "'source' must be text, not a list");
	EXPECT_ERRORS("options: []\nattach: {}\noutputs: x\n", "'options' must be a mapping, not a",
		      "'attach' must be a list, not a mapping",
		      "'outputs' must be a list, not 'x'");
	EXPECT_ERRORS("options: {a: 5, b: {type: u32, default: \"5\"}}\n",
		      "'a' must be a mapping, not '5'", "must be a number, not the string '5'");
	EXPECT_ERRORS("options: {a: {type: u32, default: 010}, b: {type: u32, default: 0x}}\n",
		      "must be a number, not '010'", "must be a number, not '0x'");
	EXPECT_ERRORS("outputs: [{table: t, clear: 1}, {table: t, clear: 'yes'}, {trace: on}]\n",
		      "'clear' must be true or false, not '1'", "not the string 'yes'",
		      "'trace' must be true or false, not 'on'");
	EXPECT_ERRORS("attach: [x, {run: f, ksyscall: {}}, {run: f, uprobe: g}]\n",
		      "an item of 'attach' must be a mapping, not 'x'",
		      "'ksyscall' must be a name or a list of names, not a mapping",
		      "'uprobe' must be a mapping, not 'g'");
	EXPECT_ERRORS("replace: {A: }\n", "'A' must be C text and has no value",
		      "help: write \"\" for no text");
}

static void duplicates(void **state)
{
	(void)state;
	EXPECT_ERRORS("tool: a\ntool: b\n", "t.yaml:2:1: error: 'tool' is given twice",
		      "t.yaml:1:1: note: 'tool' is given here first");
	EXPECT_ERRORS("options: {a: {}, a: {}}\n", "1:18: error: 'a' is given twice");
	EXPECT_ERRORS("options: {a-b: {}, a_b: {}}\n",
		      "option 'a_b' has the C name of option 'a-b'",
		      "1:11: note: 'a-b' is declared here");
	EXPECT_ERRORS("options: {a: {short: x}, b: {short: x}}\n",
		      "1:37: error: '-x' is the letter of option 'a' already");
	EXPECT_ERRORS("options: {ready_fd: {}, json: {}, a: {short: v}}\n",
		      "every tool has '--ready-fd' already", "every tool has '--json' already",
		      "every tool has '-v' already, for '--verbose'");
	EXPECT_ERRORS("options: {csv: {}, duration: {}}\n", "every tool has '--csv' already",
		      "every tool has '--duration' already");
	EXPECT_ERRORS("arguments: [interval, interval]\n", "argument 'interval' is given twice");
	EXPECT_ERRORS("attach: [{run: f, kprobe: [a, b, a]}]\n", "1:34: error: 'a' is given twice");
	EXPECT_ERRORS("replace: {A: b, A: c}\n", "1:17: error: 'A' is given twice");
	EXPECT_ERRORS("outputs: [{events: e, columns: [{header: A, value: b, key: k}, "
		      "{header: A, value: b, key: k}]}]\n", "two columns have the key 'k'");
}

static void options_of_expressions(void **state)
{
	(void)state;
	expect_dump("options: {a-b: {}}\nreplace: {A: 'x.opt.q; y->opt.q; \"opt.q\"; opt->q; "
		    "/* opt.q */ opt . a_b; myopt.q'}\n",
		    "option \"a-b\" @1:11\n  type flag\nreplace \"A\" @2:11\n"
		    "  text \"x.opt.q; y->opt.q; \\\"opt.q\\\"; opt->q; /* opt.q */ opt . a_b; "
		    "myopt.q\" @2:14\n");
	EXPECT_ERRORS("options: {min-us: {}}\nreplace: {A: x(opt.minus)}\n",
		      "2:16: error: the manifest has no option 'minus' [manifest-option]",
		      "did you mean 'opt.min_us'?");
	EXPECT_ERRORS("attach: [{run: f, uprobe: {binary: opt.lib, symbol: s}, pid: opt.p}]\n",
		      "no option 'lib'", "no option 'p'");
}

/* The source with a manifest's `replace`; messages are left in `c`. */
static int replace(struct capture *c, const char *yaml, const char *source,
		   const char **ret_text)
{
	struct b2c_manifest manifest;

	assert_int_equal(parse(c, yaml, &manifest), 0);
	return manifest_replace(&manifest, source, c->arena, c->diag, ret_text);
}

static void expect_replaced(const char *yaml, const char *source, const char *expected)
{
	const char *text;
	struct capture c;

	capture_begin(&c, false);
	assert_int_equal(replace(&c, yaml, source, &text), 0);
	assert_string_equal(text, expected);
	assert_string_equal(capture_flush(&c), "");
	capture_end(&c);
}

static void placeholders_are_words(void **state)
{
	(void)state;
	expect_replaced("replace: {F: 'f(1)'}", "F; xF Fx _F F2 a.F \"F\" 'F' //F\n/*F*/ 0xF 1F F",
			"f(1); xF Fx _F F2 a.f(1) \"F\" 'F' //F\n/*F*/ 0xF 1F f(1)");
	expect_replaced("replace: {A: B, B: A}", "A B", "B A");
	expect_replaced("replace: {A: ''}", "x\n  A\ny\n", "x\n  \ny\n");
	expect_replaced("tool: t", "\"\\\"A\" '\\''", "\"\\\"A\" '\\''");
	expect_replaced("tool: t", "", "");
}

static void lines_keep_their_numbers(void **state)
{
	(void)state;
	expect_replaced("replace:\n  A: |\n"
			"    a;  // why\n    b(\"x  //y\");\n\n    c;  /* d\n     e */\n",
			"x\n\tA\ny\n", "x\n\ta; b(\"x  //y\"); c;\ny\n");
	expect_replaced("replace:\n  A: \"#define X 1\\nint x = X;\\n\"\n", "a\nA b\n",
			"a\n#define X 1\nint x = X;\n b\n");
	expect_replaced("replace:\n  A: \" /**/ #if X\"\n", "a A\n", "a \n /**/ #if X\n");
	expect_replaced("replace:\n  A: \"a \\\\\\n b # c\"\n", "A", "a b # c");
}

static void unused_placeholders(void **state)
{
	const char *text;
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	assert_int_equal(replace(&c, "replace:\n  FOO: x\n  BAR: y\n", "int x; /* BAR */", &text),
			 -EINVAL);
	assert_string_equal(capture_flush(&c),
			    "t.yaml:2:3: error: placeholder 'FOO' does not occur in the source "
			    "[replace-unused]\n"
			    "    2 |   FOO: x\n"
			    "      |   ^~~\n"
			    "      help: take it out of 'replace', or write it into the source\n"
			    "t.yaml:3:3: error: placeholder 'BAR' does not occur in the source "
			    "[replace-unused]\n"
			    "    3 |   BAR: y\n"
			    "      |   ^~~\n"
			    "      help: a placeholder is a whole identifier, outside comments and "
			    "literals\n");
	capture_end(&c);
}

/* Many things at once: no limit but memory, and places stay right. */
static void large_manifest(void **state)
{
	struct b2c_text text = { 0 };
	struct b2c_manifest manifest;
	struct capture c;
	int i;

	(void)state;
	text_append(&text, "replace:\n");
	for (i = 0; i < 2000; i++)
		text_printf(&text, "  P%d: \"%0200d\"\n", i, i);
	text_append(&text, "attach:\n");
	for (i = 0; i < 2000; i++)
		text_printf(&text, "  - {run: f%d, kprobe: g%d}\n", i, i);
	capture_begin(&c, false);
	assert_int_equal(parse(&c, text_string(&text), &manifest), 0);
	assert_int_equal(manifest.nr_replaces, 2000);
	assert_int_equal(manifest.nr_attaches, 2000);
	assert_int_equal(manifest.attaches[1999].run.loc.line, 4002);
	capture_end(&c);
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(head_and_options),
		cmocka_unit_test(attaches),
		cmocka_unit_test(outputs),
		cmocka_unit_test(every_makes_arguments),
		cmocka_unit_test(arguments_are_options),
		cmocka_unit_test(places_count_bytes),
		cmocka_unit_test(syntax),
		cmocka_unit_test(unknown_keys),
		cmocka_unit_test(missing_keys),
		cmocka_unit_test(wrong_values),
		cmocka_unit_test(wrong_types),
		cmocka_unit_test(duplicates),
		cmocka_unit_test(options_of_expressions),
		cmocka_unit_test(placeholders_are_words),
		cmocka_unit_test(lines_keep_their_numbers),
		cmocka_unit_test(unused_placeholders),
		cmocka_unit_test(large_manifest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
