// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What is read off libbpf's messages when a load fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run.h"

static libbpf_print_fn_t hear;

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	hear(LIBBPF_WARN, format, args);
	va_end(args);
}

static int setup(void **state)
{
	(void)state;
	b2c_log_start(false);
	hear = libbpf_set_print(NULL);
	return hear ? 0 : -1;
}

static void say_log(const char *log)
{
	say("libbpf: prog 'on_read': BPF program load failed: Invalid argument\n");
	say("libbpf: prog 'on_read': -- BEGIN PROG LOAD LOG --\n%s\n"
	    "-- END PROG LOAD LOG --\n", log);
}

static void test_relocation(void **state)
{
	(void)state;
	say_log("0: R1=ctx(off=0,imm=0) R10=fp0\n"
		"failed to resolve CO-RE relocation <byte_off> [19] struct request.rq_disk (0:5 @ "
		"offset 8)\nprocessed 3 insns");
	assert_string_equal(b2c_log_failed_program(), "on_read");
	assert_string_equal(b2c_log_relocation(), "struct request.rq_disk");
	assert_string_equal(b2c_log_helper(), "");
}

static void test_helper(void **state)
{
	(void)state;
	say_log("3: (85) call bpf_override_return#58\nunknown func bpf_override_return#58\n");
	assert_string_equal(b2c_log_helper(), "bpf_override_return");
	assert_string_equal(b2c_log_relocation(), "");
}

static void test_helper_without_a_name(void **state)
{
	(void)state;
	say_log("3: (85) call unknown#173\ninvalid func unknown#173\n");
	assert_string_equal(b2c_log_helper(), "bpf_get_func_ip");
}

/* What libbpf puts for a relocation that it could not do is no helper. */
static void test_no_helper(void **state)
{
	(void)state;
	say_log("3: (85) call unknown#195896080\ninvalid func unknown#195896080\n");
	assert_string_equal(b2c_log_helper(), "");
}

static void test_helper_of_another_type(void **state)
{
	(void)state;
	say_log("program of this type cannot use helper bpf_skb_load_bytes#26\n");
	assert_string_equal(b2c_log_helper(), "bpf_skb_load_bytes");
}

static void test_other_refusal(void **state)
{
	(void)state;
	say_log("R1 unbounded memory access\n");
	assert_true(b2c_log_has_verifier());
	assert_string_equal(b2c_log_helper(), "");
	assert_string_equal(b2c_log_relocation(), "");
}

static void test_map(void **state)
{
	(void)state;
	say("libbpf: map 'marks': failed to create: Invalid argument(-22)\n");
	assert_string_equal(b2c_log_failed_map(), "marks");
}

static void test_words_for_errors(void **state)
{
	(void)state;
	assert_string_equal(b2c_strerror(-524), "this kernel does not support it");
	assert_string_equal(b2c_strerror(-2), "No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_relocation, setup),
		cmocka_unit_test_setup(test_helper, setup),
		cmocka_unit_test_setup(test_helper_without_a_name, setup),
		cmocka_unit_test_setup(test_no_helper, setup),
		cmocka_unit_test_setup(test_helper_of_another_type, setup),
		cmocka_unit_test_setup(test_other_refusal, setup),
		cmocka_unit_test_setup(test_map, setup),
		cmocka_unit_test_setup(test_words_for_errors, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
