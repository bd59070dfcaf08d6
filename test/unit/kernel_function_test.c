// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Unit tests of translator/kernel_symbol.c and what kernel_function.c makes of
 * it, over the compiled-in data: functions of modules, copies that the
 * compiler made, aliases, and what must not be there. Functions of BTF have
 * kernel_test.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "kernel_data.h"
#include "kernel_fixture.h"

static void test_modules(void **state)
{
	static const struct {
		const char *function;
		const char *module;
	} rows[] = {
		{ "xfs_file_open", "xfs" },
		{ "nfs_file_open", "nfs" },
		{ "btrfs_file_read_iter", "btrfs" },
		{ "nf_conntrack_in", "nf_conntrack" },
	};
	struct b2c_kernels *const both[] = { x86, arm64 };
	struct b2c_prototype proto;

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]) * 2; n++) {
		struct b2c_kernels *kernels = both[n % 2];
		const char *function = rows[n / 2].function;

		assert_int_equal(kernels_with_function(kernels, function), ALL);
		for (size_t i = 0; i < NR_VERSIONS; i++) {
			assert_string_equal(kernel_function_module(kernels, i, function),
					    rows[n / 2].module);
			assert_null(kernel_function_copy(kernels, i, function));
			assert_int_equal(kernel_function_prototype(kernels, i, function, &proto),
					 -ENOENT);
		}
	}
	/* what the kernel has itself is of no module, nor is what nobody has */
	assert_null(kernel_function_module(x86, V6_1, "vfs_read"));
	assert_null(kernel_function_module(x86, V6_1, "finish_task_switch.isra.0"));
	assert_null(kernel_function_module(x86, V6_1, "no_such_function"));
	/* of kvm, which arm64 has built in */
	assert_string_equal(kernel_function_module(x86, V6_1, "kvm_vcpu_ioctl"), "kvm");
	assert_null(kernel_function_module(arm64, V6_1, "kvm_vcpu_ioctl"));
	assert_true(kernel_has_function(arm64, V6_1, "kvm_vcpu_ioctl"));
}

static void test_copies(void **state)
{
	static const char copy[] = "finish_task_switch.isra.0";
	struct b2c_prototype proto;

	(void)state;
	/* the BTF of 6.12 and 7.2 has it without the suffix, which no symbol bears */
	assert_int_equal(kernels_with_function(x86, "finish_task_switch"), BIT(V5_10));
	assert_int_equal(kernels_with_function(x86, copy), ALL & ~BIT(V5_10));
	assert_null(kernel_function_copy(x86, V5_10, "finish_task_switch"));
	for (size_t i = V6_1; i < NR_VERSIONS; i++) {
		assert_string_equal(kernel_function_copy(x86, i, "finish_task_switch"), copy);
		assert_null(kernel_function_copy(x86, i, copy));
		assert_int_equal(kernel_function_prototype(x86, i, "finish_task_switch", &proto),
				 -ENOENT);
	}
	assert_string_equal(kernel_function_copy(arm64, V6_1, "finish_task_switch"), copy);
	assert_null(kernel_function_copy(x86, V6_1, "vfs_read"));
	assert_null(kernel_function_copy(x86, V6_1, "finish_task"));
	assert_null(kernel_function_copy(x86, V6_1, "no_such_function"));
	assert_null(kernel_function_copy(x86, V6_1, ""));
	/* a part is there to probe, but it is no copy */
	assert_true(kernel_has_function(x86, V6_1, "tcp_add_reno_sack.part.0"));
	assert_false(kernel_has_function(x86, V6_1, "tcp_add_reno_sack"));
	assert_null(kernel_function_copy(x86, V6_1, "tcp_add_reno_sack"));
}

/* On x86_64 the wrapper of a call without arguments is an alias, which BTF leaves out. */
static void test_beyond_btf(void **state)
{
	(void)state;
	for (size_t i = 0; i < NR_VERSIONS; i++) {
		assert_int_equal(kernel_type_find(kernel_at(x86, i), "__x64_sys_getpid",
						  KIND(FUNC)), 0);
		assert_true(kernel_has_function(x86, i, "__x64_sys_getpid"));
		assert_true(kernel_has_function(arm64, i, "__arm64_sys_getpid"));
		assert_true(kernel_has_syscall(x86, i, "getpid"));
	}
	assert_string_equal(kernel_syscall_nearest(x86, "getpidd"), "getpid");
}

/* Where the two 6.1 kernels differ, the arm64 one answers for every version. */
static void test_foreign(void **state)
{
	static const char copy[] = "filemap_readahead.isra.0";

	(void)state;
	assert_false(kernel_has_function(x86, V6_1, copy));
	assert_null(kernel_function_copy(x86, V6_1, "filemap_readahead"));
	for (size_t i = 0; i < NR_VERSIONS; i++) {
		assert_true(kernel_has_function(arm64, i, copy));
		assert_string_equal(kernel_function_copy(arm64, i, "filemap_readahead"), copy);
	}
}

static void test_unwanted(void **state)
{
	static const char *const names[] = {
		"", "no_such_function", "xfs_file_opne", "xfs", "__pfx_vfs_read", "_stext",
		"xfs_file_open xfs", "finish_task_switch.isra", "__SCT__cond_resched",
		"init_xfs_fs", "exit_xfs_fs", "xfs_file_open.cold", "jiffies", "-",
		/* no call of ftrace in them, so kprobes are refused */
		"nfs_fhandle_hash", "trace_raw_output_xfs_inode_class", "xen_asm_exc_page_fault",
	};

	(void)state;
	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		assert_int_equal(kernels_with_function(x86, names[n]), 0);
		assert_int_equal(kernels_with_function(arm64, names[n]), 0);
	}
}

/* The look-up halves the lists, so their order is what everything hangs on. */
static void test_lists(void **state)
{
	(void)state;
	for (size_t n = 0; n < 2 * NR_VERSIONS; n++) {
		struct b2c_kernels *kernels = n % 2 ? arm64 : x86;
		const struct kernel *kernel = kernel_at(kernels, n / 2);
		const struct kernel_symbols *functions = kernel_functions(kernel);

		assert_in_range(functions->nr, 40000, 80000);
		for (size_t i = 0; i < functions->nr; i++) {
			const char *name = functions->items[i].name;

			if (i)
				assert_true(strcmp(functions->items[i - 1].name, name) < 0);
			assert_ptr_equal(kernel_symbol_find(kernel, name), &functions->items[i]);
			assert_true(!functions->items[i].module || *functions->items[i].module);
		}
	}
}

static void test_nearest(void **state)
{
	clock_t start;

	(void)state;
	kernel_function_nearest(x86, "unpacks");
	start = clock();
	assert_string_equal(kernel_function_nearest(x86, "xfs_file_opne"), "xfs_file_open");
	assert_string_equal(kernel_function_nearest(x86, "btrfs_file_reed_iter"),
			    "btrfs_file_read_iter");
	assert_string_equal(kernel_function_nearest(x86, "finish_task_switch.isra.1"),
			    "finish_task_switch.isra.0");
	assert_string_equal(kernel_function_nearest(x86, "vfs_raed"), "vfs_read");
	assert_string_equal(kernel_function_nearest(arm64, "nfs_file_opne"), "nfs_file_open");
	/* under a sanitizer; otherwise a tenth of it */
	assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
}

/* Of the user's own kernel nothing is known but its BTF. */
static void test_own_file(void **state)
{
	char path[] = "/tmp/b2c-kernel-function-test-XXXXXX";
	struct b2c_kernels *kernels;
	const void *btf;
	__u32 size;
	FILE *file;

	(void)state;
	assert_int_equal(kernels_open("x86_64", &kernels), 0);
	btf = btf__raw_data(kernel_at(x86, V6_12)->btf, &size);
	file = fdopen(mkstemp(path), "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(btf, 1, size, file), size);
	fclose(file);
	assert_int_equal(kernels_add_file(kernels, path), 0);
	unlink(path);
	assert_int_equal(kernels_with_function(kernels, "xfs_file_open"), ALL);
	assert_null(kernel_function_module(kernels, NR_VERSIONS, "xfs_file_open"));
	assert_true(kernel_has_function(kernels, NR_VERSIONS, "finish_task_switch"));
	assert_null(kernel_function_copy(kernels, NR_VERSIONS, "tcp_no_such"));
	assert_string_equal(kernel_function_nearest(kernels, "vfs_raed"), "vfs_read");
	assert_string_equal(kernel_function_nearest(kernels, "xfs_file_opem"), "xfs_file_open");
	kernels_close(kernels);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_beyond_btf),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_unwanted),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_own_file),
	};

	return cmocka_run_group_tests(tests, kernels_setup, kernels_teardown);
}
