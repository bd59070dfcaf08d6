// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The kernel side: what bcc gave every program and the kernel's own headers do
 * not have. For emitted TOOL.bpf.c, after vmlinux.h and libbpf's headers. Maps
 * are given by address, as to the BPF helpers; types come from their definition.
 */
#ifndef B2C_B2C_BPF_H
#define B2C_B2C_BPF_H

/* Types of a map's key and value, and whether it is a plain hash. */
#define b2c_key_of(map) typeof(*(map)->key)
#define b2c_value_of(map) typeof(*(map)->value)
#define b2c_is_hash(map) (sizeof(*(map)->type) == BPF_MAP_TYPE_HASH * sizeof(int))

/*
 * Adds `n` to the value of a key, as bcc's increment(): not atomic, and a key
 * that is absent is inserted in plain hashes only.
 */
#define b2c_increment(map, key_pointer, n)                                                         \
	({                                                                                         \
		b2c_key_of(map) b2c_key = *(key_pointer);                                          \
		b2c_value_of(map) *b2c_value = bpf_map_lookup_elem(map, &b2c_key);                 \
		if (b2c_value) {                                                                   \
			*b2c_value += (n);                                                         \
		} else if (b2c_is_hash(map)) {                                                     \
			b2c_value_of(map) b2c_first = (n);                                         \
			bpf_map_update_elem(map, &b2c_key, &b2c_first, BPF_ANY);                   \
		}                                                                                  \
	})

/*
 * The same with an atomic addition, as bcc's atomic_increment(). Two CPUs that
 * insert a key at once lose no count: the second one adds (bcc drops it).
 */
#define b2c_atomic_increment(map, key_pointer, n)                                                  \
	({                                                                                         \
		b2c_key_of(map) b2c_key = *(key_pointer);                                          \
		b2c_value_of(map) *b2c_value = bpf_map_lookup_elem(map, &b2c_key);                 \
		if (!b2c_value && b2c_is_hash(map)) {                                              \
			b2c_value_of(map) b2c_first = (n);                                         \
			if (bpf_map_update_elem(map, &b2c_key, &b2c_first, BPF_NOEXIST))           \
				b2c_value = bpf_map_lookup_elem(map, &b2c_key);                    \
		}                                                                                  \
		if (b2c_value)                                                                     \
			__sync_fetch_and_add(b2c_value, n);                                        \
	})

/*
 * The value of a key, inserted from *init_pointer where it is absent. NULL when
 * the map is full.
 */
#define b2c_lookup_or_init(map, key_pointer, init_pointer)                                         \
	({                                                                                         \
		b2c_value_of(map) *b2c_value = bpf_map_lookup_elem(map, key_pointer);              \
		if (!b2c_value) {                                                                  \
			bpf_map_update_elem(map, key_pointer, init_pointer, BPF_NOEXIST);          \
			b2c_value = bpf_map_lookup_elem(map, key_pointer);                         \
		}                                                                                  \
		b2c_value;                                                                         \
	})

/* *pointer, from kernel memory; all zero if it cannot be read. */
#define b2c_deref(pointer)                                                                         \
	({                                                                                         \
		union {                                                                            \
			typeof(*(pointer)) value;                                                  \
			char bytes[sizeof(*(pointer))];                                            \
		} b2c_copy;                                                                        \
		bpf_probe_read_kernel(b2c_copy.bytes, sizeof(b2c_copy.bytes), pointer);            \
		b2c_copy.value;                                                                    \
	})

/* *pointer, from memory of the current process; all zero if it cannot be read. */
#define b2c_deref_user(pointer)                                                                    \
	({                                                                                         \
		union {                                                                            \
			typeof(*(pointer)) value;                                                  \
			char bytes[sizeof(*(pointer))];                                            \
		} b2c_copy;                                                                        \
		bpf_probe_read_user(b2c_copy.bytes, sizeof(b2c_copy.bytes), pointer);              \
		b2c_copy.value;                                                                    \
	})

/* The place of the highest bit set: 0 for 0 and 1, 3 for 8 to 15. */
static inline __attribute__((always_inline, unused)) unsigned int bpf_log2(unsigned int value)
{
	unsigned int place = 0, half;

	/* no loop and no clz: both trouble older verifiers and compilers */
	for (half = 16; half; half /= 2) {
		unsigned int is_above = value >> half != 0;

		place += is_above * half;
		value >>= is_above * half;
	}
	return place;
}

/* Slot of a histogram: 1 for 0 and 1, else one more than the place of the highest bit. */
static inline __attribute__((always_inline, unused)) unsigned int bpf_log2l(unsigned long long value)
{
	unsigned int high = value >> 32;

	return high ? bpf_log2(high) + 33 : bpf_log2(value) + 1;
}

#endif
