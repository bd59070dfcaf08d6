/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Macros that compute: of include/linux/ kernel.h, minmax.h, math.h, bits.h, err.h and limits.h. */
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define READ 0
#define WRITE 1

/* bcc's word for the slot of this CPU in an array of counters */
#define CUR_CPU_IDENTIFIER BPF_F_CURRENT_CPU

/* bcc's word for an atomic addition */
#define lock_xadd(ptr, val) ((void)__sync_fetch_and_add(ptr, val))

#define min(x, y)                                                                                  \
	({                                                                                         \
		__auto_type __min_x = (x);                                                         \
		__auto_type __min_y = (y);                                                         \
		__min_x < __min_y ? __min_x : __min_y;                                             \
	})
#define max(x, y)                                                                                  \
	({                                                                                         \
		__auto_type __max_x = (x);                                                         \
		__auto_type __max_y = (y);                                                         \
		__max_x > __max_y ? __max_x : __max_y;                                             \
	})
#define min_t(type, x, y)                                                                          \
	({                                                                                         \
		type __min_x = (x);                                                                \
		type __min_y = (y);                                                                \
		__min_x < __min_y ? __min_x : __min_y;                                             \
	})
#define max_t(type, x, y)                                                                          \
	({                                                                                         \
		type __max_x = (x);                                                                \
		type __max_y = (y);                                                                \
		__max_x > __max_y ? __max_x : __max_y;                                             \
	})
#define clamp_t(type, val, lo, hi) min_t(type, max_t(type, val, lo), hi)
#define clamp(val, lo, hi) min((__typeof__(val))max(val, lo), hi)

/* BPF divides unsigned numbers of 64 bits itself. */
#define div_u64(dividend, divisor) ((unsigned long long)(dividend) / (unsigned int)(divisor))
#define div64_u64(dividend, divisor)                                                               \
	((unsigned long long)(dividend) / (unsigned long long)(divisor))
#define div64_ul(dividend, divisor) div64_u64(dividend, divisor)
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define DIV_ROUND_CLOSEST(n, d) (((n) + (d) / 2) / (d))
#define roundup(x, y) ((((x) + ((y) - 1)) / (y)) * (y))
#define rounddown(x, y) ((x) - (x) % (y))
#define ALIGN(x, a) (((x) + ((__typeof__(x))(a) - 1)) & ~((__typeof__(x))(a) - 1))
#define ALIGN_DOWN(x, a) ((x) & ~((__typeof__(x))(a) - 1))
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)
#define round_up(x, y) ALIGN(x, y)
#define round_down(x, y) ALIGN_DOWN(x, y)
#define swap(a, b)                                                                                 \
	do {                                                                                       \
		__auto_type __swapped = (a);                                                       \
		(a) = (b);                                                                         \
		(b) = __swapped;                                                                   \
	} while (0)

#define BITS_PER_BYTE 8
#define BITS_PER_LONG 64
#define BITS_PER_LONG_LONG 64
#define BIT(nr) (1UL << (nr))
#define BIT_ULL(nr) (1ULL << (nr))
#define GENMASK(h, l) ((~0UL << (l)) & (~0UL >> (BITS_PER_LONG - 1 - (h))))
#define GENMASK_ULL(h, l) ((~0ULL << (l)) & (~0ULL >> (BITS_PER_LONG_LONG - 1 - (h))))
#define upper_32_bits(n) ((unsigned int)((unsigned long long)(n) >> 32))
#define lower_32_bits(n) ((unsigned int)((n) & 0xffffffff))

#define ARRAY_SIZE(arr) (sizeof(arr) / sizeof((arr)[0]))
#define FIELD_SIZEOF(t, f) (sizeof(((t *)0)->f))
#define sizeof_field(t, f) (sizeof(((t *)0)->f))

/* A read of the kernel's memory is one access anyway. */
#define READ_ONCE(x) (x)
#define rcu_dereference(p) (p)
#define rcu_access_pointer(p) (p)
#define rcu_dereference_raw(p) (p)
#define __rcu
#define __percpu
#define __force
#define __iomem

#define MAX_ERRNO 4095
#define IS_ERR_VALUE(x) ((unsigned long)(void *)(x) >= (unsigned long)-MAX_ERRNO)
#define IS_ERR(ptr) IS_ERR_VALUE(ptr)
#define IS_ERR_OR_NULL(ptr) (!(ptr) || IS_ERR_VALUE(ptr))
#define PTR_ERR(ptr) ((long)(ptr))
#define ERR_PTR(error) ((void *)(long)(error))
#define PTR_ERR_OR_ZERO(ptr) (IS_ERR_VALUE(ptr) ? (int)PTR_ERR(ptr) : 0)

#define U8_MAX ((unsigned char)~0)
#define S8_MAX ((signed char)(U8_MAX >> 1))
#define U16_MAX ((unsigned short)~0)
#define S16_MAX ((short)(U16_MAX >> 1))
#define U32_MAX (~0U)
#define S32_MAX ((int)(U32_MAX >> 1))
#define U64_MAX (~0ULL)
#define S64_MAX ((long long)(U64_MAX >> 1))
#define S64_MIN (-S64_MAX - 1)
#define CHAR_BIT 8
#define SHRT_MAX 32767
#define USHRT_MAX 65535
#define INT_MAX 2147483647
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX 4294967295U
#define LONG_MAX 9223372036854775807L
#define LONG_MIN (-LONG_MAX - 1)
#define ULONG_MAX 18446744073709551615UL
#define LLONG_MAX 9223372036854775807LL
#define ULLONG_MAX 18446744073709551615ULL
#define SIZE_MAX 18446744073709551615UL
#define NAME_MAX 255
#define PATH_MAX 4096

#define NSEC_PER_SEC 1000000000ULL
#define NSEC_PER_MSEC 1000000ULL
#define NSEC_PER_USEC 1000ULL
#define USEC_PER_SEC 1000000ULL
#define USEC_PER_MSEC 1000ULL
#define MSEC_PER_SEC 1000ULL

/* include/linux/jiffies.h: the clock's rate is that of the host's kernel */
#define HZ CONFIG_HZ
#define get_jiffies_64() bpf_jiffies64()
#define jiffies_to_msecs(j) ((unsigned int)((j) * MSEC_PER_SEC / HZ))
#define jiffies_to_usecs(j) ((unsigned int)((j) * USEC_PER_SEC / HZ))
#define jiffies_to_nsecs(j) ((j) * NSEC_PER_SEC / HZ)
#define msecs_to_jiffies(m) DIV_ROUND_UP((m) * (unsigned long long)HZ, MSEC_PER_SEC)
#define usecs_to_jiffies(u) DIV_ROUND_UP((u) * (unsigned long long)HZ, USEC_PER_SEC)
#define nsecs_to_jiffies(n) ((n) * (unsigned long long)HZ / NSEC_PER_SEC)
#define time_after(a, b) ((long)((b) - (a)) < 0)
#define time_before(a, b) time_after(b, a)
#define time_after_eq(a, b) ((long)((a) - (b)) >= 0)
#define time_before_eq(a, b) time_after_eq(b, a)

/* Possible CPUs: bcc's word and the kernel's */
#define bpf_num_cpus() b2c_nr_cpus
#define num_possible_cpus() ((unsigned int)b2c_nr_cpus)

/* The longest stack that a map of stack traces keeps, kernel.perf_event_max_stack's default. */
#define BPF_MAX_STACK_DEPTH 127
#define PERF_MAX_STACK_DEPTH 127

/* include/linux/list.h, rbtree.h */
#define list_entry(ptr, type, member) container_of(ptr, type, member)
#define list_first_entry(ptr, type, member) container_of((ptr)->next, type, member)
#define list_last_entry(ptr, type, member) container_of((ptr)->prev, type, member)
#define list_next_entry(pos, member) container_of((pos)->member.next, __typeof__(*(pos)), member)
#define hlist_entry(ptr, type, member) container_of(ptr, type, member)
#define rb_entry(ptr, type, member) container_of(ptr, type, member)
