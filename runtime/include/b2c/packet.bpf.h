// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The kernel side, packets: what bcc gives programs that take a struct __sk_buff.
 * A place in the packet is an offset from its start, often as a pointer to a
 * header that was never dereferenced; numbers go in and come out in host order.
 * For emitted TOOL.bpf.c, after vmlinux.h and libbpf's headers.
 */
#ifndef B2C_PACKET_BPF_H
#define B2C_PACKET_BPF_H

#include <bpf/bpf_endian.h>

#define b2c_packet_inline static inline __attribute__((always_inline, unused))

/* Where the cursor was; it moves on by `length` bytes. */
#define cursor_advance(cursor, length)                                        \
	({                                                                    \
		void *b2c_header = (cursor);                                  \
		(cursor) = (typeof(cursor))((__u64)b2c_header + (length));    \
		b2c_header;                                                   \
	})

/* A load beyond the end of the packet ends the program, which then returns 0. */
unsigned long long load_byte(void *skb, unsigned long long offset) asm("llvm.bpf.load.byte");
unsigned long long load_half(void *skb, unsigned long long offset) asm("llvm.bpf.load.half");
unsigned long long load_word(void *skb, unsigned long long offset) asm("llvm.bpf.load.word");

b2c_packet_inline __u64 load_dword(void *skb, __u64 offset)
{
	return load_word(skb, offset) << 32 | load_word(skb, offset + 4);
}

/* The 8, 16, 32, 48 or 64 bits at `offset`: the fewest that hold the first `bits`. */
b2c_packet_inline __u64 b2c_load_bits(void *skb, __u64 offset, __u64 bits)
{
	if (bits <= 8)
		return load_byte(skb, offset);
	if (bits <= 16)
		return load_half(skb, offset);
	if (bits <= 32)
		return load_word(skb, offset);
	if (bits <= 48)
		return load_half(skb, offset) << 32 | load_word(skb, offset + 2);
	return load_dword(skb, offset);
}

b2c_packet_inline __u64 b2c_loaded_bytes(__u64 bits)
{
	return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : bits <= 48 ? 6 : 8;
}

/* The field of `bits` bits that starts `bit` bits, the highest first, after `offset`. */
b2c_packet_inline __u64 bpf_dext_pkt(void *skb, __u64 offset, __u64 bit, __u64 bits)
{
	__u64 mask = bits < 64 ? (1ULL << bits) - 1 : ~0ULL;
	__u64 shift = b2c_loaded_bytes(bit + bits) * 8 - (bit + bits);

	return b2c_load_bits(skb, offset, bit + bits) >> shift & mask;
}

/* Writes such a field and leaves the bits around it as they are. */
b2c_packet_inline void bpf_dins_pkt(void *skb, __u64 offset, __u64 bit, __u64 bits, __u64 value)
{
	__u64 size = b2c_loaded_bytes(bit + bits), shift = size * 8 - (bit + bits);
	__u64 mask = (bits < 64 ? (1ULL << bits) - 1 : ~0ULL) << shift;
	__u64 whole = value << shift & mask;

	if (bits < size * 8)
		whole |= b2c_load_bits(skb, offset, bit + bits) & ~mask;
	whole = bpf_cpu_to_be64(whole << (64 - size * 8));
	bpf_skb_store_bytes(skb, offset, &whole, size, 0);
}

/* Write what load_byte() and its siblings read there. */
b2c_packet_inline void bpf_store_byte(void *skb, __u64 offset, __u64 value)
{
	bpf_dins_pkt(skb, offset, 0, 8, value);
}

b2c_packet_inline void bpf_store_half(void *skb, __u64 offset, __u64 value)
{
	bpf_dins_pkt(skb, offset, 0, 16, value);
}

b2c_packet_inline void bpf_store_word(void *skb, __u64 offset, __u64 value)
{
	bpf_dins_pkt(skb, offset, 0, 32, value);
}

b2c_packet_inline void bpf_store_dword(void *skb, __u64 offset, __u64 value)
{
	bpf_dins_pkt(skb, offset, 0, 64, value);
}

b2c_packet_inline __u64 b2c_to_network(__u64 value, __u64 size)
{
	return size == 2   ? bpf_htons(value)
	       : size == 4 ? bpf_htonl(value)
	       : size == 8 ? bpf_cpu_to_be64(value)
			   : value;
}

/* Corrects the checksum at `offset` for `size` bytes that were `from` and are `to` now. */
b2c_packet_inline int incr_cksum_l3(void *skb, __u64 offset, __u64 from, __u64 to, __u64 size)
{
	return bpf_l3_csum_replace(skb, offset, b2c_to_network(from, size),
				   b2c_to_network(to, size), size);
}

/*
 * The same for TCP and UDP. `flags` are the size, and BPF_F_PSEUDO_HDR where the bytes
 * are part of the pseudo header.
 */
b2c_packet_inline int incr_cksum_l4(void *skb, __u64 offset, __u64 from, __u64 to, __u64 flags)
{
	__u64 size = flags & BPF_F_HDR_FIELD_MASK;

	return bpf_l4_csum_replace(skb, offset, b2c_to_network(from, size),
				   b2c_to_network(to, size), flags);
}

#endif
