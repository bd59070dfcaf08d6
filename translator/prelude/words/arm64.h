/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* What has another value on x86-64, for tools of arm64. The size of a page depends on the host. */
#define O_DIRECTORY 00040000
#define O_NOFOLLOW 00100000
#define O_DIRECT 00200000
#define O_LARGEFILE 00400000

/* arch/arm64/include/asm/memory.h: of the widest addresses, 52 bits; below is the user's half */
#define PAGE_OFFSET 0xfff0000000000000UL
