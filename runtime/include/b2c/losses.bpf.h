// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Counting what is lost: inserts that a full map refuses, records that do not get into
 * their buffer. On the way of what succeeds it is one comparison. Part of b2c.bpf.h.
 */
#ifndef B2C_LOSSES_BPF_H
#define B2C_LOSSES_BPF_H

#include <b2c/counts.bpf.h>

/* Numbers of errno.h. */
#define B2C_E2BIG 7
#define B2C_EAGAIN 11
#define B2C_ENOSPC 28

/*
 * Counts an insert that a full map refused, where the map has a counter (else NULL). The
 * verifier makes helpers of maps direct calls of functions that return an int before Linux 6.4.
 */
b2c_inline long b2c_note_full(int error, __u64 *full)
{
	if (full && error == -B2C_E2BIG)
		__sync_fetch_and_add(full, 1);
	return error;
}

/* bpf_map_update_elem() that counts in *full when the map has no room for the element. */
b2c_inline long b2c_update(void *map, const void *key, const void *value, __u64 flags, __u64 *full)
{
	return b2c_note_full(bpf_map_update_elem(map, key, value, flags), full);
}

/*
 * Sending a record counts it in one of lost[B2C_NR_LOST] when it is lost, so
 * that the tool can say exactly how many are missing, and why.
 */

/* A larger one has a size that its header, of 16 bits, cannot say: the buffer would be spoilt. */
#define B2C_PERF_MOST 65516

b2c_inline void b2c_note_perf(long error, __u64 size, __u64 *lost)
{
	__u64 *reason = &lost[B2C_LOST_OTHER];

	if (error == -B2C_ENOSPC)
		reason = &lost[B2C_LOST_FULL];
	else if (size > B2C_PERF_MOST)
		reason = &lost[B2C_LOST_TOO_LARGE];
	__sync_fetch_and_add(reason, 1);
}

#define b2c_perf_send(ctx, map, flags, data, size, total, lost)                                \
	({                                                                                     \
		long b2c_error = (total) > B2C_PERF_MOST                                       \
					 ? -B2C_E2BIG                                          \
					 : bpf_perf_event_output(ctx, map, flags, data, size); \
		if (b2c_error)                                                                 \
			b2c_note_perf(b2c_error, total, lost);                                 \
		b2c_error;                                                                     \
	})

#define b2c_perf_submit(ctx, map, data, size, lost)                                         \
	({                                                                                  \
		__u64 b2c_size = (size);                                                    \
		b2c_perf_send(ctx, map, BPF_F_CURRENT_CPU, data, b2c_size, b2c_size, lost); \
	})

/* The record, and after it the first skb_size bytes of the packet that `ctx` is. */
#define b2c_perf_submit_skb(ctx, map, skb_size, data, size, lost)                                  \
	({                                                                                         \
		__u64 b2c_size = (size), b2c_skb_size = (skb_size);                                \
		__u64 b2c_flags = b2c_skb_size << 32 | BPF_F_CURRENT_CPU;                          \
		b2c_perf_send(ctx, map, b2c_flags, data, b2c_size, b2c_size + b2c_skb_size, lost); \
	})

/* A record is behind a header of 8 bytes, and fills no buffer all alone. */
#define B2C_RING_HEADER 8
#define B2C_RING_SIZE 1 /* BPF_RB_RING_SIZE */

b2c_inline void b2c_note_ring(void *map, long error, __u64 size, __u64 *lost)
{
	__u64 *reason = &lost[B2C_LOST_OTHER];

	if (error == -B2C_EAGAIN)
		reason = &lost[size + 2 * B2C_RING_HEADER > bpf_ringbuf_query(map, B2C_RING_SIZE)
				       ? B2C_LOST_TOO_LARGE
				       : B2C_LOST_FULL];
	__sync_fetch_and_add(reason, 1);
}

#define b2c_ringbuf_output(map, data, size, flags, lost)                         \
	({                                                                       \
		__u64 b2c_size = (size);                                         \
		long b2c_error = bpf_ringbuf_output(map, data, b2c_size, flags); \
		if (b2c_error)                                                   \
			b2c_note_ring(map, b2c_error, b2c_size, lost);           \
		b2c_error;                                                       \
	})

/* What a perf buffer says where a ring buffer has no room. */
b2c_inline long b2c_perf_error(long error)
{
	return error == -B2C_EAGAIN ? -B2C_ENOSPC : error;
}

#define b2c_ringbuf_reserve(map, size, lost)                          \
	({                                                            \
		void *b2c_record = bpf_ringbuf_reserve(map, size, 0); \
		if (!b2c_record)                                      \
			b2c_note_ring(map, -B2C_EAGAIN, size, lost);  \
		b2c_record;                                           \
	})

#endif
