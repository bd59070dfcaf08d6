// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Whether relocations resolve: records built by hand against the kernels of the data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/bpf.h>

#include "kernel_core.h"

#include "kernel_fixture.h"

static struct btf *btf;
static int u32_id, pointer_id;

static int setup(void **state)
{
	(void)state;
	btf = btf__new_empty();
	u32_id = btf__add_int(btf, "unsigned int", 4, 0);
	pointer_id = btf__add_ptr(btf, 0);
	return btf ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	btf__free(btf);
	return 0;
}

static uint32_t with(uint32_t type, const char *access, uint32_t kind)
{
	struct b2c_core_spec spec = { btf, type, access, kind };
	uint32_t mask = 0;
	size_t i;

	for (i = 0; i < kernels_count(x86); i++)
		mask |= (uint32_t)kernel_core_resolves(x86, i, &spec) << i;
	return mask;
}

/* A record with one member. */
static uint32_t record(const char *tag, const char *member, int type)
{
	int id = btf__add_struct(btf, tag, 8);

	assert_true(id > 0);
	assert_false(btf__add_field(btf, member, type, 0, 0));
	return (uint32_t)id;
}

static void expect_name(uint32_t type, const char *access, uint32_t kind, const char *expected)
{
	struct b2c_core_spec spec = { btf, type, access, kind };
	struct b2c_text name = { 0 };

	kernel_core_name(&spec, &name);
	assert_string_equal(text_string(&name), expected);
	text_free(&name);
}

static void test_fields(void **state)
{
	uint32_t id = record("task_struct___old", "state", u32_id);

	(void)state;
	assert_int_equal(with(id, "0:0", BPF_CORE_FIELD_BYTE_OFFSET), BIT(V5_10));
	expect_name(id, "0:0", BPF_CORE_FIELD_BYTE_OFFSET, "task_struct.state");
	id = record("task_struct", "__state", u32_id);
	assert_int_equal(with(id, "0:0", BPF_CORE_FIELD_BYTE_OFFSET), ALL & ~BIT(V5_10));
	assert_int_equal(with(record("no_such_record", "a", u32_id), "0:0", 0), 0);
}

/* A member is found through anonymous records; one of another kind is none. */
static void test_member_types(void **state)
{
	(void)state;
	assert_int_equal(with(record("task_struct", "mm", pointer_id), "0:0", 0), ALL);
	assert_int_equal(with(record("task_struct", "mm", u32_id), "0:0", 0), 0);
	assert_int_equal(with(record("file", "f_inode", pointer_id), "0:0", 0), ALL);
	assert_int_equal(with(record("sock_common", "skc_daddr", u32_id), "0:0", 0), ALL);
}

static void test_arrays(void **state)
{
	int chars = btf__add_array(btf, u32_id, u32_id, 64);
	uint32_t id = record("task_struct", "comm", chars);

	(void)state;
	assert_int_equal(with(id, "0:0:15", BPF_CORE_FIELD_BYTE_OFFSET), ALL);
	assert_int_equal(with(id, "0:0:16", BPF_CORE_FIELD_BYTE_OFFSET), 0);
	expect_name(id, "0:0:15", BPF_CORE_FIELD_BYTE_OFFSET, "task_struct.comm");
}

static void test_types(void **state)
{
	uint32_t id = record("bpf_iter__task___ours", "x", u32_id);

	(void)state;
	assert_int_equal(with(id, "0", BPF_CORE_TYPE_EXISTS), ALL);
	expect_name(id, "0", BPF_CORE_TYPE_EXISTS, "bpf_iter__task");
	assert_int_equal(with(record("never_heard_of", "x", u32_id), "0", BPF_CORE_TYPE_SIZE), 0);
}

static void test_enumerators(void **state)
{
	uint32_t id = (uint32_t)btf__add_enum(btf, "bpf_map_type", 4);

	(void)state;
	assert_false(btf__add_enum_value(btf, "BPF_MAP_TYPE_RINGBUF", 7));
	assert_false(btf__add_enum_value(btf, "BPF_MAP_TYPE_TASK_STORAGE", 8));
	assert_int_equal(with(id, "0", BPF_CORE_ENUMVAL_VALUE), ALL);
	assert_int_equal(with(id, "1", BPF_CORE_ENUMVAL_EXISTS), ALL & ~BIT(V5_10));
	assert_int_equal(with(id, "2", BPF_CORE_ENUMVAL_EXISTS), 0);
	expect_name(id, "1", BPF_CORE_ENUMVAL_VALUE, "BPF_MAP_TYPE_TASK_STORAGE");
}

static void test_values(void **state)
{
	(void)state;
	assert_string_equal(kernel_enum_value(x86, V5_10, "bpf_map_type", 27),
			    "BPF_MAP_TYPE_RINGBUF");
	assert_null(kernel_enum_value(x86, V5_10, "bpf_map_type", 29));
	assert_string_equal(kernel_enum_value(x86, V6_1, "bpf_map_type", 29),
			    "BPF_MAP_TYPE_TASK_STORAGE");
	assert_null(kernel_enum_value(x86, V5_10, "no_such_enum", 0));
}

static void test_raw_tracepoints(void **state)
{
	(void)state;
	assert_true(kernel_has_raw_tracepoint(x86, V5_10, "sched_switch"));
	assert_false(kernel_has_raw_tracepoint(x86, V5_10, "block_io_start"));
	assert_true(kernel_has_raw_tracepoint(x86, V7_2, "block_io_start"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_fields, setup, teardown),
		cmocka_unit_test_setup_teardown(test_member_types, setup, teardown),
		cmocka_unit_test_setup_teardown(test_arrays, setup, teardown),
		cmocka_unit_test_setup_teardown(test_types, setup, teardown),
		cmocka_unit_test_setup_teardown(test_enumerators, setup, teardown),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_raw_tracepoints),
	};

	return cmocka_run_group_tests(tests, kernels_setup, kernels_teardown);
}
