// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What to do, from lines that verifiers of Linux 5.10 and 7.2 wrote, and from errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "run.h"

/* As they end, with the line that counts and one that does not. */
static const struct {
	const char *log, *line, *advice;
} logs[] = {
	{ "7: (7b) *(u64 *)(r0 +0) = r1\nR0 invalid mem access 'map_value_or_null'\n"
	  "processed 8 insns (limit 1000000) max_states_per_insn 0 total_states 0\n",
	  "R0 invalid mem access 'map_value_or_null'",
	  "compare what a lookup gives with NULL before using it" },
	{ " R0_w=inv(id=0,umax_value=4294967295,var_off=(0x0; 0xffffffff)) R10=fp0 fp-8=mmmm????\n"
	  "R6 unbounded memory access, make sure to bounds check any such access\n"
	  "processed 14 insns (limit 1000000) max_states_per_insn 0 total_states 1\n",
	  "R6 unbounded memory access, make sure to bounds check any such access",
	  "limit the index just before its use, with a comparison or a mask" },
	{ "R2 min value is negative, either use unsigned or 'var &= const'\n",
	  "R2 min value is negative, either use unsigned or 'var &= const'",
	  "limit the index or size just before its use: make it unsigned, or mask it" },
	{ "parent already had regs=0 stack=0 marks\ninfinite loop detected at insn 5\n"
	  "processed 16 insns (limit 1000000)\n",
	  "infinite loop detected at insn 5", "give the loop a bound that is a constant" },
	{ "infinite loop detected at insn 5\ncur state: R1=10 R10=fp0 fp-8=0000pppp\n"
	  "old state: R1=P10 R10=fp0 fp-8=0000pppp\n",
	  "infinite loop detected at insn 5", "give the loop a bound that is a constant" },
	{ "The sequence of 8193 jumps is too complex.\n"
	  "processed 90120 insns (limit 1000000) max_states_per_insn 4 total_states 1642\n",
	  "The sequence of 8193 jumps is too complex.",
	  "it has too many ways to check: fewer branches in loops, or fewer turns" },
	{ "BPF program is too large. Processed 1000001 insn\n",
	  "BPF program is too large. Processed 1000001 insn",
	  "it has too many ways to check: fewer branches in loops, or fewer turns" },
	{ "Unreleased reference id=2 alloc_insn=4\n"
	  "BPF_EXIT instruction in main prog would lead to reference leak\n",
	  "Unreleased reference id=2 alloc_insn=4",
	  "submit or discard what ringbuf_reserve gave, and release sockets, on every way out" },
	{ "R2 type=inv expected=fp, pkt, pkt_meta, map_value\n",
	  "R2 type=inv expected=fp, pkt, pkt_meta, map_value",
	  "give the helper a pointer of the kind that it takes" },
	{ "R2 type=scalar expected=fp, pkt, pkt_meta, map_key, map_value, mem, ringbuf_mem, buf\n",
	  "R2 type=scalar expected=fp, pkt, pkt_meta, map_key, map_value, mem, ringbuf_mem, buf",
	  "give the helper a pointer of the kind that it takes" },
	{ "cannot call GPL-restricted function from non-GPL compatible program\n",
	  "cannot call GPL-restricted function from non-GPL compatible program",
	  "the helper is for programs under the GPL: declare BPF_LICENSE(GPL)" },
};

static void test_logs(void **state)
{
	char line[160];
	size_t i;

	(void)state;
	for (i = 0; i < B2C_SIZE(logs); i++) {
		assert_string_equal(b2c_advice_on_log(logs[i].log, line, sizeof(line)),
				    logs[i].advice);
		assert_string_equal(line, logs[i].line);
	}
	assert_null(b2c_advice_on_log("R1 !read_ok\n", line, sizeof(line)));
	assert_string_equal(line, "");
}

/* The last such line counts, and a long one is cut. */
static void test_lines(void **state)
{
	char line[20];

	(void)state;
	assert_non_null(b2c_advice_on_log("R1 unbounded memory access\nR2 unbounded memory access",
					  line, sizeof(line)));
	assert_string_equal(line, "R2 unbounded memory");
}

#define BIT(cap) (1ULL << (cap))
#define BOTH (BIT(B2C_CAP_BPF) | BIT(B2C_CAP_PERFMON))

static const struct {
	struct b2c_host host;
	enum b2c_step step;
	int err;
	const char *advice;
} errors[] = {
	{ { .perf_paranoid = 2 }, B2C_STEP_PROGRAM, -EPERM,
	  "run it as root, or with CAP_BPF and CAP_PERFMON" },
	{ { .caps = BIT(B2C_CAP_BPF) }, B2C_STEP_MAP, -EPERM,
	  "run it as root, or with CAP_BPF and CAP_PERFMON" },
	{ { .caps = ~0ULL, .locked_down = true }, B2C_STEP_ATTACH, -EPERM,
	  "the kernel is locked down (/sys/kernel/security/lockdown): boot it without "
	  "lockdown=confidentiality" },
	{ { .caps = BOTH, .limits_memlock = true }, B2C_STEP_MAP, -EPERM,
	  "raise the limit of locked memory: ulimit -l unlimited" },
	{ { .caps = ~0ULL, .seccomp = true }, B2C_STEP_PROGRAM, -EPERM,
	  "a seccomp filter may forbid it: let the container use bpf() and perf_event_open()" },
	{ { .caps = BOTH }, B2C_STEP_PROGRAM, -EPERM,
	  "programs of the network need CAP_NET_ADMIN" },
	{ { .caps = ~0ULL }, B2C_STEP_PROGRAM, -EPERM,
	  "a security module may forbid it: see the kernel's log" },
	{ { .caps = BOTH, .perf_paranoid = 3 }, B2C_STEP_ATTACH, -EACCES,
	  "this kernel leaves perf events to CAP_SYS_ADMIN: sysctl kernel.perf_event_paranoid=2" },
	{ { .caps = BIT(B2C_CAP_BPF), .perf_paranoid = 2 }, B2C_STEP_ATTACH, -EACCES,
	  "give it CAP_PERFMON, or allow all: sysctl kernel.perf_event_paranoid=-1" },
	{ { .caps = ~0ULL }, B2C_STEP_PROGRAM, -E2BIG,
	  "it has more instructions than this kernel takes" },
	{ { .caps = ~0ULL }, B2C_STEP_MAP, -E2BIG, "make it smaller: --map NAME=N" },
	{ { .caps = ~0ULL }, B2C_STEP_MAP, -ENOMEM,
	  "free memory, raise the limit of the cgroup, or make maps smaller: --map NAME=N" },
	{ { .caps = ~0ULL }, B2C_STEP_ATTACH, -EBUSY,
	  "something else has this place: detach that first" },
	{ { .caps = ~0ULL }, B2C_STEP_PROGRAM, -EBUSY, NULL },
	{ { .caps = ~0ULL }, B2C_STEP_ATTACH, -EMFILE, "allow it more open files: ulimit -n" },
	{ { .caps = ~0ULL }, B2C_STEP_ATTACH, -ENOENT, NULL },
};

static void test_errors(void **state)
{
	const char *advice;
	size_t i;

	(void)state;
	for (i = 0; i < B2C_SIZE(errors); i++) {
		advice = b2c_advice_on_error(&errors[i].host, errors[i].step, errors[i].err);
		assert_string_equal(advice ? advice : "-",
				    errors[i].advice ? errors[i].advice : "-");
	}
}

static void test_reason(void **state)
{
	(void)state;
	assert_string_equal(b2c_reason(B2C_STEP_ATTACH, -EBUSY),
			    "Device or resource busy; something else has this place: detach that "
			    "first");
	assert_string_equal(b2c_reason(B2C_STEP_ATTACH, -ENOENT), "No such file or directory");
}

static void test_capabilities(void **state)
{
	(void)state;
	assert_null(b2c_missing_caps(BIT(B2C_CAP_SYS_ADMIN)));
	assert_null(b2c_missing_caps(BOTH));
	assert_string_equal(b2c_missing_caps(BIT(B2C_CAP_BPF)), "CAP_PERFMON");
	assert_string_equal(b2c_missing_caps(BIT(B2C_CAP_PERFMON)), "CAP_BPF");
	assert_string_equal(b2c_missing_caps(0), "CAP_BPF and CAP_PERFMON");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_logs),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_reason),
		cmocka_unit_test(test_capabilities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
