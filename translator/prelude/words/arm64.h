/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* What has another value on x86-64, for tools of arm64. */
#define O_DIRECTORY 00040000
#define O_NOFOLLOW 00100000
#define O_DIRECT 00200000
#define O_LARGEFILE 00400000

/* arch/arm64/include/asm/page-def.h: the host's, of 4, 16 or 64 KiB */
#define PAGE_SHIFT b2c_page_shift
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))

/* arch/arm64/include/asm/memory.h: of the widest addresses, 52 bits; below is the user's half */
#define PAGE_OFFSET 0xfff0000000000000UL
