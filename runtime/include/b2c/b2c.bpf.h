// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The kernel side: what bcc gave every program and the kernel's own headers do
 * not have. For emitted TOOL.bpf.c, after vmlinux.h and libbpf's headers. Maps
 * are given by address, as to the BPF helpers; types come from their definition.
 */
#ifndef B2C_B2C_BPF_H
#define B2C_B2C_BPF_H

#define b2c_inline static inline __attribute__((always_inline, unused))

#ifdef __bpf__
#include <b2c/arguments.bpf.h>
#include <b2c/division.bpf.h>
#include <b2c/losses.bpf.h>
#include <b2c/verifier.bpf.h>
#endif

/* Types of a map's key and value, and whether it is a plain hash. */
#define b2c_key_of(map) typeof(*(map)->key)
#define b2c_value_of(map) typeof(*(map)->value)
#define b2c_is_hash(map) (sizeof(*(map)->type) == BPF_MAP_TYPE_HASH * sizeof(int))

/*
 * A key given by a pointer to another type (bcc converts it) or to the map's own
 * (then used where it is: a copy could lose the padding that makes up its key).
 */
#define b2c_key_choice(map, pointer, copy)                                       \
	(__builtin_types_compatible_p(typeof(*(pointer)), const b2c_key_of(map)) \
		 ? (const void *)(pointer)                                       \
		 : (const void *)&(copy))

/* The counter that a macro was given behind its other arguments, or NULL. */
#define b2c_counter_of(...) b2c_second(0, ##__VA_ARGS__, (__u64 *)0, )
#define b2c_second(first, second, ...) second

/*
 * Adds `n` to the value of a key, as bcc's increment(): not atomic, and a key
 * that is absent is inserted in plain hashes only. Here and below the last
 * argument of what inserts is the counter for when the map is full; it can be left out.
 */
#define b2c_increment(map, key_pointer, n, ...)                                   \
	({                                                                        \
		const typeof(*(key_pointer)) *b2c_given = (key_pointer);          \
		b2c_key_of(map) b2c_copy = *b2c_given;                            \
		const void *b2c_key = b2c_key_choice(map, b2c_given, b2c_copy);   \
		b2c_value_of(map) *b2c_value = bpf_map_lookup_elem(map, b2c_key); \
		if (b2c_value) {                                                  \
			*b2c_value += (n);                                        \
		} else if (b2c_is_hash(map)) {                                    \
			b2c_value_of(map) b2c_first = (n);                        \
			b2c_update(map, b2c_key, &b2c_first, BPF_ANY,             \
				   b2c_counter_of(__VA_ARGS__));                  \
		}                                                                 \
	})

/* The value of a key to add `n` to; NULL where it was absent: plain hashes have `n` then. */
#define b2c_value_to_add(map, key_pointer, n, ...)                                \
	({                                                                        \
		const typeof(*(key_pointer)) *b2c_given = (key_pointer);          \
		b2c_key_of(map) b2c_copy = *b2c_given;                            \
		const void *b2c_key = b2c_key_choice(map, b2c_given, b2c_copy);   \
		b2c_value_of(map) *b2c_value = bpf_map_lookup_elem(map, b2c_key); \
		if (!b2c_value && b2c_is_hash(map)) {                             \
			b2c_value_of(map) b2c_first = (n);                        \
			if (b2c_update(map, b2c_key, &b2c_first, BPF_NOEXIST,     \
				       b2c_counter_of(__VA_ARGS__)))              \
				b2c_value = bpf_map_lookup_elem(map, b2c_key);    \
		}                                                                 \
		b2c_value;                                                        \
	})

/*
 * b2c_increment with an atomic addition, as bcc's atomic_increment(). Two CPUs that
 * insert a key at once lose no count: the second one adds (bcc drops it).
 */
#define b2c_atomic_increment(map, key_pointer, n, ...)                                            \
	({                                                                                        \
		b2c_value_of(map) *b2c_at = b2c_value_to_add(map, key_pointer, n, ##__VA_ARGS__); \
		if (b2c_at)                                                                       \
			__sync_fetch_and_add(b2c_at, n);                                          \
	})

/* b2c_increment that loses no first count either: --fix=first-insert. */
#define b2c_increment_first(map, key_pointer, n, ...)                                             \
	({                                                                                        \
		b2c_value_of(map) *b2c_at = b2c_value_to_add(map, key_pointer, n, ##__VA_ARGS__); \
		if (b2c_at)                                                                       \
			*b2c_at += (n);                                                           \
	})

/*
 * The value of a key, inserted from *init_pointer where it is absent. NULL when
 * the map is full.
 */
#define b2c_lookup_or_init(map, key_pointer, init_pointer, ...)                   \
	({                                                                        \
		const void *b2c_key = (key_pointer);                              \
		b2c_value_of(map) *b2c_value = bpf_map_lookup_elem(map, b2c_key); \
		if (!b2c_value) {                                                 \
			b2c_update(map, b2c_key, init_pointer, BPF_NOEXIST,       \
				   b2c_counter_of(__VA_ARGS__));                  \
			b2c_value = bpf_map_lookup_elem(map, b2c_key);            \
		}                                                                 \
		b2c_value;                                                        \
	})

/* The same, leaving the calling function with `result` when the map is full, as bcc does. */
#define b2c_lookup_or_return(map, key_pointer, init_pointer, result, ...)                  \
	({                                                                                 \
		b2c_value_of(map) *b2c_found =                                             \
			b2c_lookup_or_init(map, key_pointer, init_pointer, ##__VA_ARGS__); \
		if (!b2c_found)                                                            \
			return result;                                                     \
		b2c_found;                                                                 \
	})

/* The same, going on with *scratch_pointer, which is thrown away, when the map is full. */
#define b2c_lookup_or_scratch(map, key_pointer, init_pointer, scratch_pointer, ...)        \
	({                                                                                 \
		b2c_value_of(map) *b2c_found =                                             \
			b2c_lookup_or_init(map, key_pointer, init_pointer, ##__VA_ARGS__); \
		if (!b2c_found) {                                                          \
			b2c_found = (scratch_pointer);                                     \
			*b2c_found = *(init_pointer);                                      \
		}                                                                          \
		b2c_found;                                                                 \
	})

/*
 * libbpf's reads for a pointer that is no plain variable: it is computed once and
 * first, so that what it is made of gets no relocation of its own.
 */
#define b2c_core_read(pointer, ...)                     \
	({                                              \
		typeof(pointer) b2c_from = (pointer);   \
		BPF_CORE_READ(b2c_from, ##__VA_ARGS__); \
	})
#define b2c_core_read_user(pointer, ...)                     \
	({                                                   \
		typeof(pointer) b2c_from = (pointer);        \
		BPF_CORE_READ_USER(b2c_from, ##__VA_ARGS__); \
	})
#define b2c_core_read_bitfield(pointer, member)                  \
	({                                                       \
		typeof(pointer) b2c_from = (pointer);            \
		BPF_CORE_READ_BITFIELD_PROBED(b2c_from, member); \
	})
#define b2c_core_bitfield(pointer, member)                \
	({                                                \
		typeof(pointer) b2c_from = (pointer);     \
		BPF_CORE_READ_BITFIELD(b2c_from, member); \
	})

/* pointer + index, for records that are as large as the host's kernel has them. */
#define b2c_element(pointer, index)                  \
	((typeof(&(pointer)[0]))((void *)(pointer) + \
				 (long)(index) * (long)bpf_core_type_size(typeof((pointer)[0]))))

/* pointer[index] of such records. */
#define b2c_at(pointer, index) (*b2c_element(pointer, index))

/* *pointer, from kernel memory; all zero if it cannot be read. */
#define b2c_deref(pointer)                                                              \
	({                                                                              \
		union {                                                                 \
			typeof(*(pointer)) value;                                       \
			char bytes[sizeof(*(pointer))];                                 \
		} b2c_copy;                                                             \
		bpf_probe_read_kernel(b2c_copy.bytes, sizeof(b2c_copy.bytes), pointer); \
		b2c_copy.value;                                                         \
	})

/* *pointer, from memory of the current process; all zero if it cannot be read. */
#define b2c_deref_user(pointer)                                                       \
	({                                                                            \
		union {                                                               \
			typeof(*(pointer)) value;                                     \
			char bytes[sizeof(*(pointer))];                               \
		} b2c_copy;                                                           \
		bpf_probe_read_user(b2c_copy.bytes, sizeof(b2c_copy.bytes), pointer); \
		b2c_copy.value;                                                       \
	})

/* The low half of an address. Nothing less than the whole of a pointer can be stored. */
#define b2c_low_address(address)                                              \
	({                                                                    \
		const void *b2c_whole = (address);                            \
		unsigned int b2c_low = 0;                                     \
		bpf_probe_read_kernel(&b2c_low, sizeof(b2c_low), &b2c_whole); \
		b2c_low;                                                      \
	})

/* One halving of a search for the highest bit; without branches and loops for old verifiers. */
b2c_inline unsigned int b2c_log2_step(unsigned int *value, unsigned int half)
{
	unsigned int shift = *value >> half ? half : 0;

	*value >>= shift;
	return shift;
}

/* The place of the highest bit set: 0 for 0 and 1, 3 for 8 to 15. */
b2c_inline unsigned int bpf_log2(unsigned int value)
{
	unsigned int place = b2c_log2_step(&value, 16);

	place += b2c_log2_step(&value, 8);
	place += b2c_log2_step(&value, 4);
	place += b2c_log2_step(&value, 2);
	return place + b2c_log2_step(&value, 1);
}

/* Slot of a histogram: 1 for 0 and 1, else one more than the place of the highest bit. */
b2c_inline unsigned int bpf_log2l(unsigned long long value)
{
	unsigned int high = value >> 32;

	return high ? bpf_log2(high) + 33 : bpf_log2(value) + 1;
}

#endif
