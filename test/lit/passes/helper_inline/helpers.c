// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Functions that programs call are always inlined, whatever they are written with; a
// prototype agrees. Those that ask not to be, recurse or are called back stay.
// RUN: %bcc2core check --dump=unit --passes=helper_inline %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: static int prototype(u32 n);
// CHECK: static __always_inline int plain(u32 n)
// CHECK: static __always_inline int spelled(u32 n)
// CHECK: __always_inline static int reversed(u32 n)
// CHECK: static __always_inline int bare(u32 n)
// CHECK: static __always_inline u64 nothing(u32 n)
// CHECK: static __always_inline int prototype(u32 n)
// CHECK: __attribute__((always_inline)) HELPER int by_macro(u32 n)
// CHECK: static __attribute__((always_inline)) NUMBER by_type(u32 n)
// CHECK: __attribute__((always_inline)) GETTER(third)
// CHECK: static inline __attribute__((always_inline)) int asked(u32 n)
// CHECK: {{^}}static __attribute__((noinline)) int outside(u32 n)
// CHECK: {{^}}static int again(u32 n)
// CHECK: {{^}}static int pointed(u32 n)
// CHECK: {{^}}static u64 other(u32 n)
// CHECK: {{^}}static int unused(u32 n)

#define HELPER static inline
#define NUMBER u64
#define GETTER(name)                                                                               \
	static int get_##name(u32 n)                                                               \
	{                                                                                          \
		return n + 3;                                                                      \
	}

int prototype(u32 n);

static int plain(u32 n) { return n + 1; }
static inline int spelled(u32 n) { return n + 2; }
inline static int reversed(u32 n) { return n + 2; }
inline int bare(u32 n) { return n + 2; }
u64 nothing(u32 n) { return n; }
int prototype(u32 n) { return n; }
HELPER int by_macro(u32 n) { return n + 4; }
NUMBER by_type(u32 n) { return n + 4; }
GETTER(third)
static inline __attribute__((always_inline)) int asked(u32 n) { return n; }
static __attribute__((noinline)) int outside(u32 n) { return n * 5; }
static int again(u32 n) { return n ? again(n / 2) : 0; }
static int pointed(u32 n) { return n; }
static u64 other(u32 n) { return (u64)pointed; }
static int unused(u32 n) { return n; }

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 n = bpf_get_current_pid_tgid();
	NUMBER sum = plain(n) + spelled(n) + reversed(n) + bare(n) + nothing(n) + prototype(n);
	return sum + by_macro(n) + by_type(n) + get_third(n) + asked(n) + outside(n) + again(n);
}
