// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What is read off libbpf's messages when a load fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

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

/* What is shown under -v cannot steer a terminal, and keeps its lines. */
static void test_hostile_text(void **state)
{
	int saved = dup(STDERR_FILENO), fds[2];
	char text[256];
	ssize_t n;

	(void)state;
	b2c_log_start(true);
	hear = libbpf_set_print(NULL);
	assert_int_equal(pipe(fds), 0);
	dup2(fds[1], STDERR_FILENO);
	say("libbpf: map '\x1b[2J': \ta\nb\xff\n");
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(fds[1]);
	n = read(fds[0], text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	close(fds[0]);
	assert_string_equal(text, "libbpf: map '\\x1b[2J': \ta\nb\\xff\n");
}

/* The verifier's own words come with what to do about them. */
static void test_advice(void **state)
{
	(void)state;
	say_log("5: (05) goto pc-2\ninfinite loop detected at insn 5\nprocessed 16 insns\n");
	assert_string_equal(b2c_log_reason(), "infinite loop detected at insn 5");
	assert_string_equal(b2c_log_advice(), "give the loop a bound that is a constant");
	b2c_log_start(false);
	assert_null(b2c_log_advice());
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
		cmocka_unit_test_setup(test_hostile_text, setup),
		cmocka_unit_test_setup(test_advice, setup),
		cmocka_unit_test_setup(test_words_for_errors, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
