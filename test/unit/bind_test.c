// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* bind.h: defaults without a manifest, what a manifest changes, every mistake at its place. */
#include "bind.h"

#include <errno.h>

#include "capture.h"
#include "kernel.h"
#include "manifest.h"
#include "plan_dump.h"
#include "stub_units.h"

struct bound {
	struct capture capture;
	struct b2c_plan plan;
	char *dump;
};

/* Binds the stub with the manifest in `yaml`; NULL: with its own. */
static int bind_stub(struct bound *b, struct stub stub, const char *yaml,
		     struct b2c_kernels *kernels)
{
	struct b2c_bind_request request = { .source = stub.source, .kernels = kernels };
	struct stub *kept;

	capture_begin(&b->capture, true);
	kept = arena_alloc(b->capture.arena, sizeof(*kept));
	*kept = stub;
	b->dump = NULL;
	if (yaml) {
		diag_add_source(b->capture.diag, "t.yaml", yaml);
		if (manifest_parse("t.yaml", yaml, b->capture.arena, b->capture.diag,
				   &kept->manifest))
			fail_msg("%s", capture_flush(&b->capture));
	}
	request.unit = &kept->unit;
	request.manifest = &kept->manifest;
	return bind_plan(&request, b->capture.arena, b->capture.diag, &b->plan);
}

static void bound_end(struct bound *b)
{
	free(b->dump);
	capture_end(&b->capture);
}

/* Every line must be in the dump of the plan, in this order. */
static void expect_plan(struct stub stub, const char *yaml, const char *const *lines)
{
	const char *at;
	struct bound b;
	size_t size;
	FILE *out;

	assert_int_equal(bind_stub(&b, stub, yaml, NULL), 0);
	assert_string_equal(capture_flush(&b.capture), "");
	out = open_memstream(&b.dump, &size);
	plan_dump(&b.plan, out);
	fclose(out);
	for (at = b.dump; *lines; lines++) {
		at = strstr(at, *lines);
		if (!at)
			fail_msg("'%s' is not in its place in:\n%s", *lines, b.dump);
	}
	bound_end(&b);
}

#define EXPECT_PLAN(stub, yaml, ...) \
	expect_plan((stub), (yaml), (const char *const[]){ __VA_ARGS__, NULL })

static void expect_error(struct stub stub, const char *yaml, const char *message)
{
	const char *printed;
	struct bound b;

	assert_int_equal(bind_stub(&b, stub, yaml, NULL), -EINVAL);
	assert_int_equal(diag_status(b.capture.diag), 1);
	printed = capture_flush(&b.capture);
	if (!strstr(printed, message))
		fail_msg("'%s' is not in:\n%s", message, printed);
	bound_end(&b);
}

/* ---- defaults ---- */

static void test_default_histograms(void **state)
{
	(void)state;
	EXPECT_PLAN(stub_biolat(), NULL, "tool biolat\n",
		    "probe raw_tracepoint__sys_enter raw_tracepoint sys_enter\n",
		    "output table start every_interval default\n",
		    "column 'KEY' key=key width=18 hex: key\n", "sort auto: value\n",
		    "output histogram dist scale=log2 slot=slot every_interval default\n",
		    "section 'disk' key=disk width=-16 string: key.disk [sizeof(key.disk)]\n",
		    "section 'pid' key=pid width=7 uint: key.pid\n",
		    "output histogram plain scale=log2 every_interval default\n",
		    "record disk_key_t size=32", "prints maps\n", "takes interval count\n");
}

static void test_default_tables(void **state)
{
	(void)state;
	EXPECT_PLAN(stub_counts(), NULL, "output table counts every_interval default\n",
		    "column 'PID' key=pid width=7 uint: key.pid\n",
		    "column 'COMM' key=comm width=-16 string: key.comm [sizeof(key.comm)]\n",
		    "column 'VALUE' key=value width=16 uint: value\n", "sort auto: value\n",
		    "output table totals sum_size=8 every_interval default\n",
		    "column 'CALLS' key=calls width=16 uint: value.calls\n",
		    "output table names every_interval default\n", "string: key [16]\n",
		    "record struct key_t", "record struct total");
}

static void test_default_stacks(void **state)
{
	(void)state;
	EXPECT_PLAN(stub_stacks(), NULL,
		    "output stacks counts stack_map=stack_traces every_interval default\n",
		    "kernel 'KERNEL_STACK_ID'", "user 'USER_STACK_ID'", "uint: key.user_stack_id\n",
		    "uint: key.pid\n", "string: key.name [sizeof(key.name)]\n", "uint: value\n");
}

static void test_default_events(void **state)
{
	struct stub stub = stub_opens();

	(void)state;
	stub.manifest.nr_outputs = 0;
	EXPECT_PLAN(stub, NULL, "output events events default\n",
		    "column 'TS' key=ts width=16 uint: e->ts\n",
		    "column 'RET' key=ret width=10 int: e->ret\n",
		    "column 'SADDR' key=saddr width=-39 ip6: e->saddr\n",
		    "column 'DADDR' key=daddr width=-39 ip6: e->daddr\n",
		    "column 'LOW' key=low width=6 uint: e->pair.low\n",
		    "column 'SK' key=sk width=18 hex: e->sk\n",
		    "column 'TWO[0]' key=two_0 width=10 uint: e->two[0]\n",
		    "column 'PATH' key=path width=-32 string: e->path [sizeof(e->path)]\n",
		    "record struct pair", "record struct event");
}

static void test_default_trace(void **state)
{
	(void)state;
	EXPECT_PLAN(stub_hello(), NULL, "probe raw_tracepoint__sys_enter", "prints trace\n");
}

/* ---- manifests ---- */

static void test_manifest_outputs(void **state)
{
	(void)state;
	EXPECT_PLAN(
		stub_counts(),
		"tool: top-counts\noutputs:\n  - table: counts\n    sort: -value\n    top: 20\n"
		"    every: interval\n    clear: true\n"
		"    columns: [{header: WHO, value: key.comm}, {header: N, value: value * 2}]\n",
		"tool top_counts\n", "output table counts top=20 ascending every_interval clear\n",
		"column 'WHO' key=who width=0 string: key.comm [sizeof(key.comm)] line=8\n",
		"column 'N' key=n width=0 auto: value * 2 line=8\n", "sort auto: value line=4\n",
		"record struct key_t", "takes interval count\n");
	EXPECT_PLAN(stub_biolat(),
		    "outputs:\n  - histogram: dist\n    unit: usecs\n"
		    "    section: {header: disk, value: key.disk}\n",
		    "output histogram dist scale=log2 unit=usecs slot=slot\n",
		    "section 'disk' key=disk width=0 string: key.disk [sizeof(key.disk)] line=4\n",
		    "prints maps\n");
}

static void test_names(void **state)
{
	struct b2c_manifest manifest = { 0 };
	struct capture c;

	(void)state;
	capture_begin(&c, false);
	assert_string_equal(bind_tool_name(&manifest, "a/b/tcp-top.c", c.arena), "tcp_top");
	assert_string_equal(bind_tool_name(&manifest, "8watch.bpf.c", c.arena), "_8watch");
	manifest.tool.text = "x.y";
	assert_string_equal(bind_tool_name(&manifest, "a.c", c.arena), "x_y");
	capture_end(&c);
}

/* ---- mistakes ---- */

static void test_map_errors(void **state)
{
	(void)state;
	expect_error(stub_counts(), "outputs:\n  - table: count\n",
		     "t.yaml:2:12: error: the program has no map 'count' [manifest-map]");
	expect_error(stub_counts(), "outputs:\n  - table: count\n", "help: did you mean 'counts'?");
	expect_error(stub_counts(), "outputs:\n  - events: counts\n",
		     "t.yaml:2:13: error: map 'counts' is a hash and can't be shown as 'events'");
	expect_error(stub_counts(), "outputs:\n  - events: counts\n", "help: use 'table: counts'");
	expect_error(stub_counts(), "outputs:\n  - histogram: names\n", "[manifest-map-kind]");
	expect_error(stub_counts(), "outputs:\n  - stacks: counts\n    kernel: key.pid\n",
		     "the stacks of 'counts' could be in no map or in several [manifest-map]");
	expect_error(stub_stacks(), "outputs:\n  - table: stack_traces\n", "[manifest-map-kind]");
	expect_error(stub_counts(), "outputs:\n  - table: counts\n  - table: counts\n",
		     "t.yaml:3:12: error: map 'counts' is shown as 'table' twice");
}

static void test_column_errors(void **state)
{
	expect_error(
		stub_counts(),
		"outputs:\n  - table: counts\n    columns: [{header: A, value: 1 + key.pidd}]\n",
		"t.yaml:3:42: error: 'struct key_t' has no member 'pidd' [manifest-column]");
	expect_error(stub_counts(),
		     "outputs:\n  - table: counts\n    columns: [{header: A, value: key.pidd}]\n",
		     "help: did you mean 'pid'?");
	expect_error(stub_counts(),
		     "outputs:\n  - table: counts\n    columns: [{header: A, value: e->pid}]\n",
		     "there is no 'e' in this place");
	expect_error(stub_counts(),
		     "outputs:\n  - table: counts\n    columns: [{header: A, value: key}]\n",
		     "'key' is a 'struct key_t', which is no single value");
	expect_error(stub_counts(),
		     "outputs:\n  - table: counts\n"
		     "    columns: [{header: A, value: key.comm, type: ip4}]\n",
		     "'key.comm' is a 'char[16]' and can't be shown as 'ip4' [manifest-column]");
	expect_error(stub_counts(), "outputs:\n  - table: counts\n    sort: key.comm\n",
		     "'key.comm' is a 'char[16]', which has no order");
	(void)state;
}

static void test_attach_errors(void **state)
{
	struct stub stub = stub_opens();

	(void)state;
	stub.manifest.nr_attaches = 0;
	stub.unit.programs++;
	stub.unit.nr_programs = 1;
	expect_error(stub, NULL, "opens.c:40: error: 'on_start' is attached nowhere [attach-none]");
	expect_error(
		stub_hello(), "attach:\n  - {run: on_strat, kprobe: do_exit}\n",
		"t.yaml:2:11: error: the program has no function 'on_strat' that can be attached");
	expect_error(stub_opens(),
		     "attach:\n  - {run: on_start, kprobe: a}\n  - {run: on_start, kretprobe: a}\n",
		     "t.yaml:3:11: error: 'on_start' can't run as kprobe and as kretprobe "
		     "[attach-conflict]");
	stub = stub_hello();
	stub.unit.nr_programs = 0;
	expect_error(stub, NULL, "the program has no function to attach [attach-none]");
}

static void test_targets(void **state)
{
	static const char *const unknown =
		"attach:\n  - {run: on_start, kprobe: vfs_reed}\n"
		"  - {run: on_call, uprobe: {binary: c, symbol: strlen}}\n"
		"outputs: [{events: events}]\n";
	static const char *const known =
		"attach:\n  - {run: on_start, kprobe: [vfs_reed, vfs_read]}\n"
		"  - {run: on_call, uprobe: {binary: c, symbol: strlen}}\n"
		"outputs: [{events: events}]\n";
	struct b2c_kernels *kernels;
	struct bound b;

	(void)state;
	assert_int_equal(kernels_open("x86_64", &kernels), 0);
	assert_int_equal(bind_stub(&b, stub_opens(), unknown, kernels), -EINVAL);
	assert_non_null(strstr(capture_flush(&b.capture),
			       "t.yaml:2:29: error: no kernel of the data has "
			       "the function 'vfs_reed' [function-unknown]"));
	bound_end(&b);
	assert_int_equal(bind_stub(&b, stub_opens(), known, kernels), 0);
	bound_end(&b);
	kernels_close(kernels);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_default_histograms),
		cmocka_unit_test(test_default_tables),
		cmocka_unit_test(test_default_stacks),
		cmocka_unit_test(test_default_events),
		cmocka_unit_test(test_default_trace),
		cmocka_unit_test(test_manifest_outputs),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_map_errors),
		cmocka_unit_test(test_column_errors),
		cmocka_unit_test(test_attach_errors),
		cmocka_unit_test(test_targets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
