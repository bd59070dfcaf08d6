/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * bcc's words for packets, in a form that Clang can parse; the emitted source
 * has them from b2c/packet.bpf.h, and packet.cpp gives those that hide the
 * packet its argument.
 */
#define cursor_advance(_cursor, _len)                                                              \
	({                                                                                         \
		void *b2c_header = (_cursor);                                                      \
		(_cursor) += (_len);                                                               \
		b2c_header;                                                                        \
	})

unsigned long long load_byte(void *skb, unsigned long long off);
unsigned long long load_half(void *skb, unsigned long long off);
unsigned long long load_word(void *skb, unsigned long long off);
unsigned long long load_dword(void *skb, unsigned long long off);
unsigned long long bpf_dext_pkt(void *pkt, unsigned long long off, unsigned long long bofs,
				unsigned long long bsz);
void bpf_dins_pkt(void *pkt, unsigned long long off, unsigned long long bofs,
		  unsigned long long bsz, unsigned long long val);
void bpf_store_byte(void *skb, unsigned long long off, unsigned long long val);
void bpf_store_half(void *skb, unsigned long long off, unsigned long long val);
void bpf_store_word(void *skb, unsigned long long off, unsigned long long val);
void bpf_store_dword(void *skb, unsigned long long off, unsigned long long val);
int incr_cksum_l3(void *off, unsigned long long oldval, unsigned long long newval);
int incr_cksum_l4(void *off, unsigned long long oldval, unsigned long long newval,
		  unsigned long long flags);
