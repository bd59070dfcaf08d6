// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The way through a program: on hand-written instructions, which helpers one
 * kernel gets to. Helper N stands for "the way came by here".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report_parts.h"

#include "kernel_fixture.h"

#define MOV(reg, number) { .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = reg, .imm = number }
#define MOV_REG(reg, from) { .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = reg, .src_reg = from }
#define ADD(reg, number) { .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = reg, .imm = number }
#define JUMP(op, reg, number, over) \
	{ .code = BPF_JMP | op | BPF_K, .dst_reg = reg, .imm = number, .off = over }
#define GO(over) { .code = BPF_JMP | BPF_JA, .off = over }
#define HELPER(number) { .code = BPF_JMP | BPF_CALL, .imm = number }
#define CALL(over) { .code = BPF_JMP | BPF_CALL, .src_reg = BPF_PSEUDO_CALL, .imm = over }
#define EXIT { .code = BPF_JMP | BPF_EXIT }
#define STORE(at, from) \
	{ .code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = BPF_REG_10, .src_reg = from, .off = at }
#define LOAD(to, at) \
	{ .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = to, .src_reg = BPF_REG_10, .off = at }

enum { R0, R1, R2, R6 = 6, R7, R10 = 10, MOST_INSNS = 32 };

/* Bits of the helpers that were met. */
static void note_helper(void *context, const struct report_note *note,
			const struct bpf_insn *insn, const struct report_way *way)
{
	uint32_t *met = context;

	(void)note;
	(void)way;
	if (insn->code == (BPF_JMP | BPF_CALL) && !insn->src_reg)
		*met |= 1u << insn->imm;
}

static struct report_note notes[MOST_INSNS];
static const char *options;

static uint32_t walk_section(struct report_section section, size_t kernel)
{
	struct report_section sections[2] = { { 0 }, section };
	struct report report = { .kernels = x86,
				 .object = { .sections = sections, .nr_sections = 2 },
				 .options = options, .options_size = options ? 8 : 0,
				 .options_unknown = "\0\0\0\0\0\0\0\1" };
	struct report_program program = { "p", 1, 0 };
	uint32_t met = 0;

	report_walk(&report, &program, &(struct report_way){ kernel, options != NULL }, note_helper,
		    &met);
	return met;
}

#define WALK(kernel, ...) \
	({ \
		static const struct bpf_insn insns[] = { __VA_ARGS__ }; \
		_Static_assert(sizeof(insns) / sizeof(insns[0]) <= MOST_INSNS, "too many"); \
		walk_section((struct report_section){ "kprobe", insns, \
						      sizeof(insns) / sizeof(insns[0]), notes, \
						      lowest_taken }, kernel); \
	})

static int lowest_taken;

static int setup(void **state)
{
	(void)state;
	memset(notes, 0, sizeof(notes));
	lowest_taken = 0;
	options = NULL;
	return 0;
}

static void test_known_branch_is_taken_one_way(void **state)
{
	(void)state;
	assert_int_equal(WALK(0, MOV(R1, 0), JUMP(BPF_JEQ, R1, 0, 1), HELPER(1), HELPER(2), EXIT),
			 1u << 2);
	assert_int_equal(WALK(0, MOV(R1, 1), JUMP(BPF_JEQ, R1, 0, 1), HELPER(1), HELPER(2), EXIT),
			 1u << 1 | 1u << 2);
	assert_int_equal(WALK(0, MOV(R1, -1), JUMP(BPF_JSGT, R1, 0, 1), HELPER(1), EXIT), 1u << 1);
	assert_int_equal(WALK(0, MOV(R1, -1), JUMP(BPF_JGT, R1, 0, 1), HELPER(1), EXIT), 0);
}

static void test_unknown_branch_is_taken_both_ways(void **state)
{
	(void)state;
	assert_int_equal(WALK(0, JUMP(BPF_JEQ, R1, 0, 2), HELPER(1), EXIT, HELPER(2), EXIT),
			 1u << 1 | 1u << 2);
}

/* 0 on one way, 1 on the other: nothing is known where they meet. */
static void test_ways_that_meet_forget(void **state)
{
	(void)state;
	assert_int_equal(WALK(0, MOV(R6, 0), JUMP(BPF_JEQ, R1, 0, 1), MOV(R6, 1), GO(0),
			      JUMP(BPF_JEQ, R6, 0, 1), HELPER(1), HELPER(2), EXIT),
			 1u << 1 | 1u << 2);
	assert_int_equal(WALK(0, MOV(R6, 0), JUMP(BPF_JEQ, R1, 0, 1), MOV(R7, 1),
			      JUMP(BPF_JEQ, R6, 0, 1), HELPER(1), HELPER(2), EXIT),
			 1u << 2);
}

static void test_loop_ends(void **state)
{
	(void)state;
	assert_int_equal(WALK(0, MOV(R6, 0), ADD(R6, 1), HELPER(1), JUMP(BPF_JLT, R6, 9, -3),
			      HELPER(2), EXIT),
			 1u << 1 | 1u << 2);
}

static void test_stack_keeps_values_across_calls(void **state)
{
	(void)state;
	assert_int_equal(WALK(0, MOV(R1, 0), STORE(-8, R1), HELPER(3), LOAD(R2, -8),
			      JUMP(BPF_JEQ, R2, 0, 1), HELPER(1), EXIT),
			 1u << 3);
	/* unless somebody else has the address */
	lowest_taken = -8;
	assert_int_equal(WALK(0, MOV(R1, 0), STORE(-8, R1), HELPER(3), LOAD(R2, -8),
			      JUMP(BPF_JEQ, R2, 0, 1), HELPER(1), EXIT),
			 1u << 3 | 1u << 1);
	assert_int_equal(WALK(0, MOV(R1, 0), STORE(-16, R1), HELPER(3), LOAD(R2, -16),
			      JUMP(BPF_JEQ, R2, 0, 1), HELPER(1), EXIT),
			 1u << 3);
}

static void test_calls_forget_scratch_registers(void **state)
{
	(void)state;
	assert_int_equal(WALK(0, MOV(R1, 0), MOV(R6, 0), HELPER(3), JUMP(BPF_JEQ, R1, 0, 1),
			      HELPER(1), JUMP(BPF_JEQ, R6, 0, 1), HELPER(2), EXIT),
			 1u << 3 | 1u << 1);
}

static void test_functions_get_their_arguments(void **state)
{
	(void)state;
	assert_int_equal(WALK(0, MOV(R1, 0), CALL(1), EXIT, JUMP(BPF_JEQ, R1, 0, 1), HELPER(1),
			      HELPER(2), EXIT),
			 1u << 2);
}

/* A branch on bpf_core_field_exists(): its value is the kernel's. */
static void test_existence_is_of_the_kernel(void **state)
{
	struct btf *btf = btf__new_empty();
	struct b2c_core_spec spec = { .local = btf, .access = "0:0",
				      .kind = BPF_CORE_FIELD_EXISTS };
	int number = btf__add_int(btf, "unsigned int", 4, 0);

	(void)state;
	spec.type = (uint32_t)btf__add_struct(btf, "task_struct___new", 4);
	assert_false(btf__add_field(btf, "__state", number, 0, 0));
	notes[0].core = &spec;
	assert_int_equal(WALK(V5_10, MOV(R1, 1), JUMP(BPF_JEQ, R1, 0, 1), HELPER(1), HELPER(2),
			      EXIT),
			 1u << 2);
	assert_int_equal(WALK(V6_1, MOV(R1, 1), JUMP(BPF_JEQ, R1, 0, 1), HELPER(1), HELPER(2),
			      EXIT),
			 1u << 1 | 1u << 2);
	btf__free(btf);
}

/* r1 = &LINUX_HAS_BPF_COOKIE; r1 = *(u8 *)r1; if r1 == 0 goto: helpers of 5.15 on newer kernels. */
static void test_cookie_decides_a_branch(void **state)
{
	(void)state;
	notes[0].symbol = "LINUX_HAS_BPF_COOKIE";
#define COOKIE_WALK(kernel, load) \
	WALK(kernel, { .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = R1 }, { 0 }, \
	     { .code = load, .dst_reg = R1, .src_reg = R1 }, JUMP(BPF_JEQ, R1, 0, 2), HELPER(1), \
	     EXIT, HELPER(2), EXIT)
	assert_int_equal(COOKIE_WALK(V5_10, BPF_LDX | BPF_MEM | BPF_B), 1u << 2);
	assert_int_equal(COOKIE_WALK(V6_1, BPF_LDX | BPF_MEM | BPF_B), 1u << 1);
	/* a load that extends the sign is not followed */
	assert_int_equal(COOKIE_WALK(V6_1, BPF_LDX | 0x80 | BPF_B), 1u << 1 | 1u << 2);
	notes[0].symbol = "CONFIG_HZ";
	assert_int_equal(COOKIE_WALK(V6_1, BPF_LDX | BPF_MEM | BPF_B), 1u << 1 | 1u << 2);
}

/* r1 = &opt; r7 = r1; r7 += 4; r1 = the load; if r1 == 0 goto: what the tool's defaults lead to. */
static void test_defaults_of_options_decide_a_branch(void **state)
{
	(void)state;
	notes[0].symbol = "opt";
#define OPTION_WALK(load, at) \
	WALK(V6_1, { .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = R1 }, { 0 }, MOV_REG(R7, R1), \
	     ADD(R7, 4), STORE(-8, R7), LOAD(R7, -8), \
	     { .code = load, .dst_reg = R1, .src_reg = R7, .off = at }, \
	     JUMP(BPF_JEQ, R1, 0, 2), HELPER(1), EXIT, HELPER(2), EXIT)
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_W, 0), 1u << 1 | 1u << 2);
	options = "\0\0\0\0\0\1\0";
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_H, 0), 1u << 1);
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_W, -4), 1u << 2);
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_B, 0), 1u << 2);
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_B, 1), 1u << 1);
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_B, 2), 1u << 2);
	/* the last byte is one that only the host knows */
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_B, 3), 1u << 1 | 1u << 2);
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_H, 2), 1u << 1 | 1u << 2);
	assert_int_equal(OPTION_WALK(BPF_LDX | BPF_MEM | BPF_DW, 0), 1u << 1 | 1u << 2);
}

/* r1 = &LINUX_KERNEL_VERSION; r1 = *(u32 *)r1; if r1 < 6.0 goto */
static void test_version_is_of_the_kernel(void **state)
{
	(void)state;
	notes[0].symbol = "LINUX_KERNEL_VERSION";
#define VERSION_WALK(kernel) \
	WALK(kernel, { .code = BPF_LD | BPF_IMM | BPF_DW, .dst_reg = R1 }, { 0 }, \
	     { .code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = R1, .src_reg = R1 }, \
	     JUMP(BPF_JLT, R1, 6 << 16, 1), HELPER(1), EXIT)
	assert_int_equal(VERSION_WALK(V5_10), 0);
	assert_int_equal(VERSION_WALK(V6_1), 1u << 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_known_branch_is_taken_one_way, setup),
		cmocka_unit_test_setup(test_unknown_branch_is_taken_both_ways, setup),
		cmocka_unit_test_setup(test_ways_that_meet_forget, setup),
		cmocka_unit_test_setup(test_loop_ends, setup),
		cmocka_unit_test_setup(test_stack_keeps_values_across_calls, setup),
		cmocka_unit_test_setup(test_calls_forget_scratch_registers, setup),
		cmocka_unit_test_setup(test_functions_get_their_arguments, setup),
		cmocka_unit_test_setup(test_existence_is_of_the_kernel, setup),
		cmocka_unit_test_setup(test_version_is_of_the_kernel, setup),
		cmocka_unit_test_setup(test_cookie_decides_a_branch, setup),
		cmocka_unit_test_setup(test_defaults_of_options_decide_a_branch, setup),
	};

	return cmocka_run_group_tests(tests, kernels_setup, kernels_teardown);
}
