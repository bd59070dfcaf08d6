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

#ifdef __cplusplus
}
#endif

#endif
