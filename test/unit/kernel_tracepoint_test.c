// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Unit tests of the tracepoint part of kernel.h: known events, the struct that
 * bcc programs see, and the record of each recorded event on every kernel.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "kernel_data.h"
#include "kernel_fixture.h"

#define assert_has(text, part) assert_non_null(strstr(text_string(text), part))

static const struct b2c_tracepoint_field *field_named(const struct b2c_tracepoint *tracepoint,
						      const char *name)
{
	for (size_t i = 0; i < tracepoint->nr_fields; i++) {
		if (!strcmp(tracepoint->fields[i].name, name))
			return &tracepoint->fields[i];
	}
	fail_msg("%s has no field %s", tracepoint->event, name);
	return NULL;
}

static void test_tracepoint(void **state)
{
	const struct b2c_tracepoint_field *field;
	struct b2c_tracepoint tp;

	(void)state;
	assert_int_equal(kernel_tracepoint(x86, "sched", "sched_switch", &tp), 0);
	assert_int_equal(tp.kernels, ALL);
	assert_int_equal(tp.nr_fields, 7);
	assert_string_equal(tp.records[V6_1], "trace_event_raw_sched_switch");
	field = field_named(&tp, "prev_comm");
	assert_int_equal(field->nr_elements, 16);
	assert_int_equal(field->offset, 8);
	assert_int_equal(field->syscall_argument, -1);
	assert_true(field->is_fixed);

	/* the class is not called after the event, and changes */
	assert_int_equal(kernel_tracepoint(x86, "sched", "sched_process_exit", &tp), 0);
	assert_string_equal(tp.records[V5_10], "trace_event_raw_sched_process_template");
	assert_string_equal(tp.records[V7_2], "trace_event_raw_sched_process_exit");
	assert_int_equal(field_named(&tp, "group_dead")->kernels, BIT(V7_2));
	assert_int_equal(kernel_tracepoint(x86, "block", "block_rq_complete", &tp), 0);
	assert_string_equal(tp.records[V6_1], "trace_event_raw_block_rq_completion");
	assert_int_equal(field_named(&tp, "cmd")->location, B2C_DATA_LOC);
	assert_int_equal(kernel_tracepoint(x86, "skb", "kfree_skb", &tp), 0);
	assert_int_equal(field_named(&tp, "reason")->kernels, ALL & ~BIT(V5_10));
	/* several classes have the layout */
	assert_int_equal(kernel_tracepoint(x86, "power", "clock_enable", &tp), 0);
	assert_true(tp.ambiguous & BIT(V6_1));
	assert_string_equal(tp.records[V6_1], "trace_event_raw_clock");
	assert_int_equal(kernel_tracepoint(x86, "net", "netif_rx_exit", &tp), 0);
	for (size_t i = 0; i < NR_VERSIONS; i++)
		assert_string_equal(tp.records[i], "trace_event_raw_net_dev_rx_exit_template");
	assert_int_equal(kernel_tracepoint(x86, "block", "block_getrq", &tp), 0);
	assert_string_equal(tp.records[V5_10], "trace_event_raw_block_get_rq");
	/* a module's */
	assert_int_equal(kernel_tracepoint(x86, "kvm", "kvm_exit", &tp), 0);
	assert_null(tp.records[V6_1]);
	assert_int_equal(tp.kernels, ALL);
	assert_int_equal(kernel_tracepoint(x86, "sched", "no_such", &tp), -ENOENT);
	assert_int_equal(kernel_tracepoint(x86, "", "", &tp), -ENOENT);
	assert_string_equal(kernel_tracepoint_nearest(x86, "sched", "sched_swich"),
			    "sched:sched_switch");
	assert_string_equal(kernel_tracepoint_nearest(x86, "shed", "sched_switch"),
			    "sched:sched_switch");
	assert_null(kernel_tracepoint_nearest(x86, "xyz", "qqqqqqqqqqqqqqqqqqqqqqq"));
}

static void test_tracepoint_syscalls(void **state)
{
	struct b2c_tracepoint tp;

	(void)state;
	assert_int_equal(kernel_tracepoint(x86, "syscalls", "sys_enter_openat", &tp), 0);
	assert_string_equal(tp.records[V5_10], "trace_event_raw_sys_enter");
	assert_int_equal(field_named(&tp, "__syscall_nr")->syscall_argument, -1);
	assert_int_equal(field_named(&tp, "dfd")->syscall_argument, 0);
	assert_int_equal(field_named(&tp, "filename")->syscall_argument, 1);
	assert_int_equal(field_named(&tp, "mode")->syscall_argument, 3);
	assert_int_equal(kernel_tracepoint(x86, "syscalls", "sys_exit_openat", &tp), 0);
	assert_string_equal(tp.records[V5_10], "trace_event_raw_sys_exit");
	assert_int_equal(field_named(&tp, "ret")->syscall_argument, -1);
	assert_int_equal(kernel_tracepoint(x86, "syscalls", "sys_enter_open", &tp), 0);
	/* arm64 has no such call, though the kernel has the function for 32-bit programs */
	assert_int_equal(kernel_tracepoint(arm64, "syscalls", "sys_enter_open", &tp), -ENOENT);
	assert_int_equal(kernel_tracepoint(arm64, "syscalls", "sys_enter_openat", &tp), 0);
	assert_int_equal(tp.kernels, ALL);
	assert_int_equal(kernel_tracepoint(arm64, "exceptions", "page_fault_user", &tp), -ENOENT);
}

static void test_tracepoint_struct(void **state)
{
	struct b2c_tracepoint tp;
	struct b2c_text text = { 0 };

	(void)state;
	assert_int_equal(kernel_tracepoint(x86, "syscalls", "sys_enter_openat", &tp), 0);
	kernel_tracepoint_struct_write(&tp, &text);
	assert_string_equal(text_string(&text), "struct tracepoint__syscalls__sys_enter_openat {\n"
						"\tu64 __do_not_use__;\n"
						"\tint __syscall_nr;\n"
						"\ts64 dfd;\n"
						"\tconst char *filename;\n"
						"\ts64 flags;\n"
						"\tu64 mode;\n"
						"\tint data_loc___filename_val;\n"
						"};\n");
	text_free(&text);
	assert_int_equal(kernel_tracepoint(x86, "workqueue", "workqueue_queue_work", &tp), 0);
	kernel_tracepoint_struct_write(&tp, &text);
	assert_has(&text, "\tint data_loc_workqueue;\n");
	assert_has(&text, "\tvoid *workqueue;\n");
	text_free(&text);
	/* arrays of a type that only the kernel has, sizes in brackets that are expressions */
	assert_int_equal(kernel_tracepoint(x86, "skb", "kfree_skb", &tp), 0);
	kernel_tracepoint_struct_write(&tp, &text);
	assert_has(&text, "\tu32 reason;\n");
	text_free(&text);
	assert_int_equal(kernel_tracepoint(x86, "tcp", "tcp_probe", &tp), 0);
	kernel_tracepoint_struct_write(&tp, &text);
	assert_has(&text, "\t__u8 saddr[28];\n");
	text_free(&text);
}

struct event_count {
	size_t nr, nr_syscalls, nr_modules, nr_exact, nr_class, nr_ambiguous, nr_unknown;
};

static void event_count(struct b2c_kernels *kernels, size_t i, const char *category,
			const char *event, struct event_count *count)
{
	struct kernel *kernel = kernel_at(kernels, i);
	char name[256];
	struct b2c_tracepoint tp;
	const char *record;

	assert_int_equal(kernel_tracepoint(kernels, category, event, &tp), 0);
	assert_true(tp.kernels & BIT(i));
	record = tp.records[i];
	count->nr++;
	snprintf(name, sizeof(name), "btf_trace_%s", event);
	if (!strcmp(category, "syscalls")) {
		assert_non_null(record);
		count->nr_syscalls++;
	} else if (!kernel_type_find(kernel, name, KIND(TYPEDEF))) {
		assert_null(record);
		count->nr_modules++;
	} else if (!record) {
		print_message("%s: no record of %s:%s\n", kernel->name, category, event);
		count->nr_unknown++;
	} else {
		bool is_exact = !strcmp(record + strlen("trace_event_raw_"), event);

		count->nr_exact += is_exact;
		count->nr_class += !is_exact;
		count->nr_ambiguous += tp.ambiguous >> i & 1;
	}
}

/* Every event of every kernel has one record, unless it is a module's. */
static void test_tracepoint_records(void **state)
{
	(void)state;
	for (size_t i = 0; i < NR_VERSIONS; i++) {
		const char *text = kernel_at(x86, i)->tracepoints;
		struct event_count count = { 0 };

		for (const char *line = strchr(text, '#'); line; line = strchr(line + 1, '#')) {
			char category[128], event[128];

			assert_int_equal(sscanf(line, "#%127[^/]/%127[^\n]", category, event), 2);
			event_count(x86, i, category, event, &count);
		}
		print_message("%s: %zu events: %zu of system calls, %zu of modules, %zu with a "
			      "record of their name, %zu with a class's (%zu of them of several "
			      "with the layout), %zu with none\n",
			      kernel_name(x86, i), count.nr, count.nr_syscalls, count.nr_modules,
			      count.nr_exact, count.nr_class, count.nr_ambiguous, count.nr_unknown);
		assert_int_equal(count.nr_unknown, 0);
		assert_true(count.nr_exact > 300 && count.nr_class > 300);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tracepoint),
		cmocka_unit_test(test_tracepoint_syscalls),
		cmocka_unit_test(test_tracepoint_struct),
		cmocka_unit_test(test_tracepoint_records),
	};

	return cmocka_run_group_tests(tests, kernels_setup, kernels_teardown);
}
