// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
#ifndef SHARED_H
#define SHARED_H
#include <linux/fs.h>
struct shared {
	u64 count;	/* kept */
};
BPF_HASH(from_header, u32, struct shared);
#endif
