// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/perf_name.h: events by the names that perf gives them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <linux/hw_breakpoint.h>
#include <linux/perf_event.h>
#include <string.h>

#include "../../runtime/perf_name.h"

static void names_are_events(void **state)
{
	static const struct {
		const char *name;
		uint32_t type;
		uint64_t config;
	} rows[] = {
		{ "cpu-clock", PERF_TYPE_SOFTWARE, 0 },
		{ "cgroup-switches", PERF_TYPE_SOFTWARE, 11 },
		{ "ref-cycles", PERF_TYPE_HARDWARE, 9 },
		{ "branch-misses", PERF_TYPE_HARDWARE, 5 },
		{ "L1-dcache-loads", PERF_TYPE_HW_CACHE, 0 },
		{ "L1-icache-load-misses", PERF_TYPE_HW_CACHE, 0x10001 },
		{ "LLC-stores", PERF_TYPE_HW_CACHE, 0x102 },
		{ "dTLB-prefetch-misses", PERF_TYPE_HW_CACHE, 0x10203 },
		{ "iTLB-load-misses", PERF_TYPE_HW_CACHE, 0x10004 },
		{ "branch-loads", PERF_TYPE_HW_CACHE, 5 },
		{ "node-prefetches", PERF_TYPE_HW_CACHE, 0x206 },
		{ "r1a8", PERF_TYPE_RAW, 0x1a8 },
		{ "r0", PERF_TYPE_RAW, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct perf_event_attr attr = { 0 };

		assert_int_equal(b2c_perf_find(rows[i].name, &attr), 0);
		assert_int_equal(attr.type, rows[i].type);
		assert_int_equal(attr.config, rows[i].config);
	}
}

static void breakpoints_have_a_place(void **state)
{
	struct perf_event_attr attr = { 0 };

	(void)state;
	assert_int_equal(b2c_perf_find("mem:0x1000/4:rw", &attr), 0);
	assert_int_equal(attr.type, PERF_TYPE_BREAKPOINT);
	assert_int_equal(attr.bp_addr, 0x1000);
	assert_int_equal(attr.bp_len, 4);
	assert_int_equal(attr.bp_type, HW_BREAKPOINT_R | HW_BREAKPOINT_W);
	assert_int_equal(b2c_perf_find("mem:0x2000/8:x", &attr), 0);
	assert_int_equal(attr.bp_type, HW_BREAKPOINT_X);
	assert_int_equal(b2c_perf_find("mem:no such symbol/8:w", &attr), -ENOENT);
}

static void others_are_none(void **state)
{
	static const char *const names[] = {
		"",	      "r",	  "rx",	      "R1",   "L1-dcache",
		"L1-dcache-", "L2-loads", "LLC-load", "mem:", "mem:0x1",
	};
	struct perf_event_attr attr = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(b2c_perf_find(names[i], &attr), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_events),
		cmocka_unit_test(breakpoints_have_a_place),
		cmocka_unit_test(others_are_none),
	};

	return cmocka_run_group_tests_name("runtime_perf_name", tests, NULL, NULL);
}
