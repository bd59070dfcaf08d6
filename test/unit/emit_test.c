// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* emit.h and view.h: which files there are, what is in them, and that writing is all or nothing. */
#include "emit.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bind.h"
#include "capture.h"
#include "stub_units.h"
#include "text.h"
#include "view_parts.h"

struct emitted {
	struct capture capture;
	struct stub stub;
	struct b2c_plan plan;
	struct b2c_emitted_files files;
};

static void emit_stub(struct emitted *e, struct stub stub, bool standalone)
{
	struct b2c_bind_request bind = { .unit = &e->stub.unit, .manifest = &e->stub.manifest };
	struct b2c_emit_request emit = {
		.version = "0.1.0",
		.arch = "x86_64",
		.standalone = standalone,
	};

	e->stub = stub;
	bind.source = stub.source;
	capture_begin(&e->capture, true);
	assert_int_equal(bind_plan(&bind, e->capture.arena, e->capture.diag, &e->plan), 0);
	assert_int_equal(emit_render(&e->plan, &emit, e->capture.arena, e->capture.diag, &e->files),
			 0);
	assert_string_equal(capture_flush(&e->capture), "");
}

static const char *file_of(const struct emitted *e, const char *name)
{
	size_t i;

	for (i = 0; i < e->files.nr; i++)
		if (!strcmp(e->files.items[i].name, name))
			return e->files.items[i].text;
	return NULL;
}

static void expect_in(const struct emitted *e, const char *name, const char *fragment)
{
	const char *text = file_of(e, name);

	assert_non_null(text);
	if (!strstr(text, fragment))
		fail_msg("'%s' is not in %s:\n%s", fragment, name, text);
}

static void test_files(void **state)
{
	struct emitted e;

	(void)state;
	emit_stub(&e, stub_opens(), false);
	assert_string_equal(e.files.items[0].name, "opens.bpf.c");
	assert_string_equal(e.files.items[1].name, "vmlinux.h");
	assert_int_equal(e.files.nr, 5);
	capture_end(&e.capture);
	emit_stub(&e, stub_hello(), false);
	assert_null(file_of(&e, "hello.h"));
	expect_in(&e, "hello.c", "b2c_print_trace(run);");
	expect_in(&e, "hello.bpf.c", "char LICENSE[] SEC(\"license\") = \"Dual BSD/GPL\";\n");
	capture_end(&e.capture);
	emit_stub(&e, stub_hello(), true);
	assert_non_null(file_of(&e, "b2c/include/b2c/b2c.h"));
	assert_null(file_of(&e, "b2c/user_symbols.c"));
	capture_end(&e.capture);
	emit_stub(&e, stub_stacks(), true);
	assert_non_null(file_of(&e, "b2c/user_symbols.c"));
	capture_end(&e.capture);
}

static void test_lines(void **state)
{
	struct stub (*const stubs[])(void) = { stub_opens, stub_biolat, stub_counts, stub_stacks,
					       stub_hello };
	const char *line, *end, *p;
	struct emitted e;
	size_t i, width;

	(void)state;
	for (i = 0; i < sizeof(stubs) / sizeof(stubs[0]); i++) {
		emit_stub(&e, stubs[i](), false);
		for (line = file_of(&e, arena_printf(e.capture.arena, "%s.c", e.plan.tool)); *line;
		     line = end + 1) {
			end = strchr(line, '\n');
			for (width = 0, p = line; p < end; p++)
				width = *p == '\t' ? width / 8 * 8 + 8 : width + 1;
			assert_true(width <= 100);
			assert_true(end == line || (end[-1] != ' ' && end[-1] != '\t'));
		}
		capture_end(&e.capture);
	}
}

static void test_events(void **state)
{
	struct emitted e;

	(void)state;
	emit_stub(&e, stub_opens(), false);
	expect_in(&e, "opens.bpf.c", "// SPDX-License-Identifier: GPL-2.0\n/* Who opens what. */\n"
				     "/*\n * opens, the BPF side.");
	expect_in(&e, "opens.bpf.c", "\n\n/* Two ports. */\nstruct pair {\n");
	expect_in(&e, "opens.bpf.c", "const volatile struct opens_options opt = {};\n");
	expect_in(&e, "opens.h",
		  "\t__u32 : 5;\n\t__u32 kind : 4;\n\tstruct pair pair;\n\t__u64 sk;\n");
	expect_in(&e, "opens.h", "\tunsigned __int128 daddr;\n");
	expect_in(&e, "opens.h", "\t__u8 saddr[16] __attribute__((aligned(4)));\n");
	expect_in(&e, "opens.h", "_Static_assert(sizeof(struct event) == 160,");
	expect_in(&e, "opens.c",
		  "#line 20 \"opens.yaml\"\n"
		  "\tb2c_put(row, seconds_since_start(e->ts));\n"
		  "\tb2c_put_string(row, e->comm, sizeof(e->comm));\n");
	expect_in(&e, "opens.c", "\tb2c_put(row, (double)e->pair.high / 1000.0);\n");
	expect_in(&e, "opens.c", "\treturn opt.failed && opt.max_ms > 10;\n");
	expect_in(&e, "opens.c", "/* events, from opens.c:24 */\n");
	capture_end(&e.capture);
}

/* #line must name the line that really follows. */
static void test_line_numbers(void **state)
{
	const char *text, *p;
	unsigned int line = 1;
	struct emitted e;
	bool found = false;

	(void)state;
	emit_stub(&e, stub_opens(), false);
	text = file_of(&e, "opens.c");
	for (p = text; *p; p++) {
		line += *p == '\n';
		if (*p != '\n' || strncmp(p + 1, "#line ", 6) || !strstr(p, "\"opens.c\"") ||
		    strstr(p, "\"opens.c\"") > strchr(p + 1, '\n'))
			continue;
		assert_int_equal(strtoul(p + 7, NULL, 10), line + 1);
		found = true;
	}
	assert_true(found);
	capture_end(&e.capture);
}

static void test_layouts(void **state)
{
	static const struct b2c_type u8 = {
		.kind = B2C_TYPE_INT, .spelling = "u8", .name = "", .size = 1, .align = 1
	};
	static const struct b2c_type u64 = {
		.kind = B2C_TYPE_INT, .spelling = "u64", .name = "", .size = 8, .align = 8
	};
	static const struct b2c_member inner_fields[] = {
		{ .name = "a", .type = &u64, .offset = 0 },
		{ .name = "b", .type = &u8, .offset = 0 }
	};
	static const struct b2c_type inner = { .kind = B2C_TYPE_RECORD,
					       .spelling = "union",
					       .name = "",
					       .is_union = true,
					       .size = 8,
					       .align = 8,
					       .fields = inner_fields,
					       .nr_fields = 2 };
	static const struct b2c_member packed_fields[] = {
		{ .name = "c", .type = &u8, .offset = 0 },
		{ .name = "d", .type = &u64, .offset = 1 }
	};
	static const struct b2c_type packed = { .kind = B2C_TYPE_RECORD,
						.spelling = "struct p",
						.name = "p",
						.size = 9,
						.align = 1,
						.fields = packed_fields,
						.nr_fields = 2 };
	static const struct b2c_member outer_fields[] = {
		{ .name = "c", .type = &u8, .offset = 0 },
		{ .name = "", .type = &inner, .offset = 8 }
	};
	static const struct b2c_type outer = { .kind = B2C_TYPE_RECORD,
					       .spelling = "struct o",
					       .name = "o",
					       .size = 64,
					       .align = 64,
					       .fields = outer_fields,
					       .nr_fields = 2 };
	struct b2c_arena *arena = arena_new();

	(void)state;
	assert_non_null(strstr(view_record(&packed, arena),
			       "struct p {\n\t__u8 c;\n\t__u64 d;\n} __attribute__((packed));\n"));
	assert_non_null(strstr(view_record(&outer, arena),
			       "struct o {\n\t__u8 c;\n\tunion {\n\t\t__u64 a;\n\t\t__u8 b;\n\t};\n"
			       "} __attribute__((aligned(64)));\n"));
	arena_free(arena);
}

static void test_expressions(void **state)
{
	struct b2c_arena *arena = arena_new();

	(void)state;
	assert_string_equal(view_expression("a+b*-c", arena), "a + b * -c");
	assert_string_equal(view_expression("( u32 )x-1", arena), "(u32)x - 1");
	assert_string_equal(view_expression("(a)-b", arena), "(a) - b");
	assert_string_equal(view_expression("f(a,b)[ 1 ]->c.d", arena), "f(a, b)[1]->c.d");
	assert_string_equal(view_expression("x?\"a b\":y", arena), "x ? \"a b\" : y");
	assert_string_equal(view_expression("!a&&~b>>2", arena), "!a && ~b >> 2");
	assert_string_equal(view_expression("1.5e3/(unsigned  int)x", arena),
			    "1.5e3 / (unsigned int)x");
	assert_true(view_uses("a + key.x", "key"));
	assert_false(view_uses("a.key + b->key + \"key\"", "key"));
	arena_free(arena);
}

static void test_write(void **state)
{
	static const struct b2c_emitted items[] = { { "a.c", "text\n" },
						    { "sub/b.c", "more\n" },
						    { "a.c/b", "in the way\n" } };
	struct b2c_emitted_files files = { .items = items, .nr = 2 };
	char folder[] = "/tmp/b2c-emit-XXXXXX";
	struct b2c_text text = { 0 };
	struct capture c;
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(folder));
	capture_begin(&c, false);
	path = arena_printf(c.arena, "%s/new", folder);
	assert_int_equal(emit_write(&files, path, c.arena, c.diag), 0);
	assert_int_equal(text_read_file(&text, arena_printf(c.arena, "%s/sub/b.c", path)), 0);
	assert_string_equal(text_string(&text), "more\n");
	text_free(&text);

	files.nr = 3;
	path = arena_printf(c.arena, "%s/none", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(mkdir(arena_printf(c.arena, "%s/a.c", path), 0500), 0);
	assert_int_equal(mkdir(arena_printf(c.arena, "%s/a.c/b.tmp", path), 0500), 0);
	assert_true(emit_write(&files, path, c.arena, c.diag) < 0);
	assert_int_equal(diag_status(c.diag), 2);
	assert_int_equal(access(arena_printf(c.arena, "%s/sub/b.c", path), F_OK), -1);
	assert_int_equal(access(arena_printf(c.arena, "%s/sub/b.c.tmp", path), F_OK), -1);
	capture_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),	cmocka_unit_test(test_lines),
		cmocka_unit_test(test_events),	cmocka_unit_test(test_line_numbers),
		cmocka_unit_test(test_layouts), cmocka_unit_test(test_expressions),
		cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
