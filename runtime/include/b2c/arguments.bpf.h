// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The arguments of a traced function by their position, for handlers whose function
 * does not have the same prototype on every kernel. Part of b2c.bpf.h.
 */
#ifndef B2C_ARGUMENTS_BPF_H
#define B2C_ARGUMENTS_BPF_H

/* libbpf has the sixth register of a function or system call since 1.2 only. */
#if !defined(PT_REGS_PARM6) && (defined(bpf_target_x86) || defined(bpf_target_arm64))
#ifdef bpf_target_x86
#define __PT_PARM6_REG r9
#else
#define __PT_PARM6_REG regs[5]
#endif
#define PT_REGS_PARM6(x) (__PT_REGS_CAST(x)->__PT_PARM6_REG)
#define PT_REGS_PARM6_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM6_REG)
#define PT_REGS_PARM6_SYSCALL(x) PT_REGS_PARM6(x)
#define PT_REGS_PARM6_CORE_SYSCALL(x) PT_REGS_PARM6_CORE(x)
#define ___bpf_kprobe_args6(x, args...) \
	___bpf_kprobe_args5(args), (void *)PT_REGS_PARM6(ctx)
#define ___bpf_syscall_args6(x, args...) \
	___bpf_syscall_args5(args), (void *)PT_REGS_PARM6_SYSCALL(regs)
#define ___bpf_syswrap_args6(x, args...) \
	___bpf_syswrap_args5(args), (void *)PT_REGS_PARM6_CORE_SYSCALL(regs)
#endif

/*
 * A load from the context for one position. The empty asm keeps the compiler from
 * making one load from a computed place of all of them, which the verifier refuses.
 */
#define b2c_argument_case(position, load)                     \
	case position: {                                      \
		unsigned long long value = (load);            \
		asm volatile("" : "+r"(value) : "i"(position)); \
		return value;                                 \
	}

/*
 * Argument of the traced function, counted from 0. The position is a constant, or
 * one that is set before the load: then the verifier sees one of the loads only.
 */
static inline __attribute__((always_inline, unused)) unsigned long long
b2c_kprobe_argument(struct pt_regs *ctx, unsigned int position)
{
	switch (position) {
	b2c_argument_case(0, PT_REGS_PARM1(ctx))
	b2c_argument_case(1, PT_REGS_PARM2(ctx))
	b2c_argument_case(2, PT_REGS_PARM3(ctx))
	b2c_argument_case(3, PT_REGS_PARM4(ctx))
	b2c_argument_case(4, PT_REGS_PARM5(ctx))
	b2c_argument_case(5, PT_REGS_PARM6(ctx))
	}
	return 0;
}

/* The same for fentry and fexit, where the result follows the last argument. */
static inline __attribute__((always_inline, unused)) unsigned long long
b2c_traced_argument(unsigned long long *ctx, unsigned int position)
{
	switch (position) {
	b2c_argument_case(0, ctx[0])
	b2c_argument_case(1, ctx[1])
	b2c_argument_case(2, ctx[2])
	b2c_argument_case(3, ctx[3])
	b2c_argument_case(4, ctx[4])
	b2c_argument_case(5, ctx[5])
	b2c_argument_case(6, ctx[6])
	b2c_argument_case(7, ctx[7])
	b2c_argument_case(8, ctx[8])
	b2c_argument_case(9, ctx[9])
	b2c_argument_case(10, ctx[10])
	b2c_argument_case(11, ctx[11])
	b2c_argument_case(12, ctx[12])
	}
	return 0;
}

#endif
