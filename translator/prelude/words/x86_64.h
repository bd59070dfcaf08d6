/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* What has another value on arm64, for tools of x86-64. */
#define O_DIRECT 00040000
#define O_LARGEFILE 00100000
#define O_DIRECTORY 00200000
#define O_NOFOLLOW 00400000
#define MAP_32BIT 0x40

/* arch/x86/include/asm/page_types.h: pages have one size */
#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))

/* arch/x86/include/asm/page_64_types.h: the lowest address of the kernel's half */
#define __PAGE_OFFSET_BASE_L4 0xffff888000000000UL
#define __PAGE_OFFSET_BASE_L5 0xff11000000000000UL
#define PAGE_OFFSET __PAGE_OFFSET_BASE_L5
