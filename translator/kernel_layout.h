/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Kernel facts: what lies around a member; part of kernel.h. */
#ifndef B2C_KERNEL_LAYOUT_H
#define B2C_KERNEL_LAYOUT_H

#include "kernel.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The members of `record` on kernel i that have a part of the byte `offset` bytes
 * from where the member `path` starts: "'sk_protocol', 'sk_type'", "" for a hole.
 * NULL when the kernel has no such member.
 */
const char *kernel_members_near(struct b2c_kernels *kernels, size_t i, const char *record,
				const char *path, int64_t offset);

/*
 * Whether all kernels have the same members, bit by bit, where what is read starts `offset`
 * bytes from the member `path`: up to it, or for 8 bytes behind it.
 */
bool kernels_agree_near(struct b2c_kernels *kernels, const char *record, const char *path,
			int64_t offset);

/* Bits of a member that a program reaches by counting bytes from another one. */
struct b2c_part {
	const char *path;	/* from the record */
	uint32_t from;		/* its first bit that is read */
	uint32_t to;		/* where that is in what is read */
	uint32_t bits;
};

struct b2c_beside {
	const struct b2c_part *parts;
	size_t nr_parts;
	const char *kernel;	/* whose layout it is: "5.10" */
	bool is_doubtful;	/* other kernels have something else there */
};

/*
 * What the range[1] bytes are that start range[0] bytes from the member `path`: as data/beside.def
 * says, else as the oldest kernel that has the member. Returns 0; -ENOENT where nothing is
 * there; -EINVAL where a part is no integer or not on every kernel under a name that is known.
 */
int kernel_members_beside(struct b2c_kernels *kernels, const char *record, const char *path,
			  const int64_t range[2], struct b2c_beside *ret_beside);

#ifdef __cplusplus
}
#endif

#endif
