// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The slice of the kernel's types that a program needs. Part of kernel.h. */
#ifndef B2C_KERNEL_TYPES_H
#define B2C_KERNEL_TYPES_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

struct b2c_kernels;

struct b2c_types_request {
	const char *const *words;	/* every identifier of the program */
	size_t nr_words;
	const char *const *own;		/* all that it declares at file scope, tags included */
	size_t nr_own;
	const char *const *own_tags;	/* the tags among them; a function may share its name */
	size_t nr_own_tags;		/* with a record of the kernel */
	bool parse;			/* add members that only other kernels have */
};

struct b2c_member_name {
	const char *record;
	const char *field;
};

struct b2c_types_report {
	const struct b2c_member_name *added;	/* members that the base lacks (parse only) */
	size_t nr_added;
	const char *const *renamed;	/* own records that kernel ones embed: now NAME___kernel */
	size_t nr_renamed;
	size_t nr_records;		/* records defined in full */
};

/*
 * Writes a small vmlinux.h: every type, enumerator and typedef of the base
 * that is spelled as one of the words, the records that member names among the
 * words lead to, and what these need to be complete; records behind other
 * pointers are only declared. A type that only another kernel has is taken
 * from the newest such kernel, and so is a missing enumerator of an enum.
 * Always there: fixed-width integers, struct pt_regs, enum bpf_map_type and
 * the unnamed BPF_* enums.
 *
 * A name in `own` is never defined: pointers refer to the program's type, a
 * typedef is seen through, an enumerator, or a record that another one embeds,
 * gets the flavour suffix ___kernel, which CO-RE ignores. Records and enums go
 * by `own_tags`.
 *
 * Returns 0, -ENOMEM or -EIO.
 */
int kernel_types_write(struct b2c_kernels *kernels, const struct b2c_types_request *request,
		       struct b2c_text *out, struct b2c_types_report *ret_report);

#ifdef __cplusplus
}
#endif

#endif
