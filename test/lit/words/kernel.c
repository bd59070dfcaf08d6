// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Macros that compute.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define unlikely(x) __builtin_expect(!!(x), 0)
// CHECK-NEXT: #define min(x, y) \
// CHECK-NEXT: ({ \
// CHECK-NEXT: __auto_type __min_x = (x); \
// CHECK-NEXT: __auto_type __min_y = (y); \
// CHECK-NEXT: __min_x < __min_y ? __min_x : __min_y; \
// CHECK-NEXT: })
// CHECK-NEXT: #define max(x, y) \
// CHECK-NEXT: ({ \
// CHECK-NEXT: __auto_type __max_x = (x); \
// CHECK-NEXT: __auto_type __max_y = (y); \
// CHECK-NEXT: __max_x > __max_y ? __max_x : __max_y; \
// CHECK-NEXT: })
// CHECK-NEXT: #define min_t(type, x, y) \
// CHECK-NEXT: ({ \
// CHECK-NEXT: type __min_x = (x); \
// CHECK-NEXT: type __min_y = (y); \
// CHECK-NEXT: __min_x < __min_y ? __min_x : __min_y; \
// CHECK-NEXT: })
// CHECK-NEXT: #define max_t(type, x, y) \
// CHECK-NEXT: ({ \
// CHECK-NEXT: type __max_x = (x); \
// CHECK-NEXT: type __max_y = (y); \
// CHECK-NEXT: __max_x > __max_y ? __max_x : __max_y; \
// CHECK-NEXT: })
// CHECK-NEXT: #define clamp(val, lo, hi) min((__typeof__(val))max(val, lo), hi)
// CHECK-NEXT: #define div_u64(dividend, divisor) ((unsigned long long)(dividend) / (unsigned int)(divisor))
// CHECK-NEXT: #define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
// CHECK-NEXT: #define ALIGN(x, a) (((x) + ((__typeof__(x))(a) - 1)) & ~((__typeof__(x))(a) - 1))
// CHECK-NEXT: #define ALIGN_DOWN(x, a) ((x) & ~((__typeof__(x))(a) - 1))
// CHECK-NEXT: #define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)
// CHECK-NEXT: #define BITS_PER_LONG 64
// CHECK-NEXT: #define BIT(nr) (1UL << (nr))
// CHECK-NEXT: #define GENMASK(h, l) ((~0UL << (l)) & (~0UL >> (BITS_PER_LONG - 1 - (h))))
// CHECK-NEXT: #define ARRAY_SIZE(arr) (sizeof(arr) / sizeof((arr)[0]))
// CHECK-NEXT: #define READ_ONCE(x) (x)
// CHECK-NEXT: #define MAX_ERRNO 4095
// CHECK-NEXT: #define IS_ERR_VALUE(x) ((unsigned long)(void *)(x) >= (unsigned long)-MAX_ERRNO)
// CHECK-NEXT: #define IS_ERR(ptr) IS_ERR_VALUE(ptr)
// CHECK-NEXT: #define IS_ERR_OR_NULL(ptr) (!(ptr) || IS_ERR_VALUE(ptr))
// CHECK-NEXT: #define PTR_ERR(ptr) ((long)(ptr))
// CHECK-NEXT: #define U32_MAX (~0U)
// CHECK-NEXT: #define INT_MAX 2147483647
// CHECK-NEXT: #define NSEC_PER_USEC 1000ULL
// CHECK: SEC("kprobe/vfs_read")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_read, struct file *file, char *buf, size_t count)
// CHECK: static __always_inline u64 rounded(u64 n)
// CHECK: SEC("kprobe/vfs_write")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_write, struct file *file, char *buf, size_t count)
// CHECK: SEC("kprobe/vfs_open")
// CHECK-NEXT: int BPF_KPROBE(kprobe__vfs_open, void *path, struct file *file)

// form: works
int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	return min(count, (size_t)INT_MAX) + DIV_ROUND_UP(count, 8);
}

// form: nested
static u64 rounded(u64 n)
{
	return IS_ALIGNED(n, 8) ? ALIGN(n, 4) : ALIGN_DOWN(max_t(u64, n, 7), BIT(3));
}

int kprobe__vfs_write(struct pt_regs *ctx, struct file *file, char *buf, size_t count)
{
	u32 sizes[] = {1, 2};

	for (int i = 0; i < ARRAY_SIZE(sizes); i++)
		if (unlikely(IS_ERR_OR_NULL(file)) || clamp(count, 1UL, 9UL) == GENMASK(i, 0))
			return rounded(READ_ONCE(sizes[0])) + div_u64(count, NSEC_PER_USEC);
	return PTR_ERR(file);
}

// form: macro
#define PAGES(n) DIV_ROUND_UP(n, 4096)
#define BAD(p) (IS_ERR(p) && PTR_ERR(p) >= -MAX_ERRNO)
#define LOWEST(a, b) min_t(u64, a, b)

int kprobe__vfs_open(struct pt_regs *ctx, void *path, struct file *file)
{
	return BAD(file) ? PAGES(LOWEST((u64)file, U32_MAX)) : 0;
}
