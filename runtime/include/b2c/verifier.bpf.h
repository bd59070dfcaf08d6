// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What keeps the optimizer from moves that a verifier does not follow. A part of
 * b2c.bpf.h, after libbpf's headers.
 */
#ifndef B2C_VERIFIER_BPF_H
#define B2C_VERIFIER_BPF_H

/* An index that the verifier knows to be below `size`, whatever became of the program's check. */
#define b2c_below(index, size)                          \
	({                                              \
		unsigned long long b2c_index = (index); \
		barrier_var(b2c_index);                 \
		b2c_index < (size) ? b2c_index : 0;     \
	})

/* Prints by `whole` where the kernel can, else by `parts`; the verifier skips the other. */
#define b2c_printk_or(can, whole, parts) ((can) ? (whole) : (parts))

/*
 * args->member of a tracepoint's record, below a condition. The value is fixed before
 * the load can be joined with one at another offset: the verifier takes loads from the
 * context at offsets it knows.
 */
#define b2c_context_load(member)                                               \
	({                                                                     \
		unsigned long long b2c_value = (unsigned long long)(member);   \
		barrier_var(b2c_value);                                        \
		(typeof(member))b2c_value;                                     \
	})

/*
 * The same of a record that kernels call by different names. `_or` reads `tag` where
 * the kernel has it, else does `otherwise`.
 */
#define b2c_record_load(args, tag, member)                                     \
	({                                                                             \
		struct tag *b2c_record = (struct tag *)(args);                         \
		unsigned long long b2c_value = (unsigned long long)b2c_record->member; \
		barrier_var(b2c_value);                                                \
		b2c_value;                                                             \
	})
#define b2c_record_load_or(args, tag, member, otherwise)                 \
	((typeof(((struct tag *)0)->member))(                            \
		bpf_core_type_exists(struct tag)                         \
			? b2c_record_load(args, tag, member)             \
			: (unsigned long long)(otherwise)))

/* The same for its address. */
#define b2c_record_at(args, tag, member) (&((struct tag *)(args))->member)
#define b2c_record_at_or(args, tag, member, otherwise)                              \
	(bpf_core_type_exists(struct tag) ? b2c_record_at(args, tag, member) : (otherwise))

#endif
