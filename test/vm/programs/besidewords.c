/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What a socket that listens was given as options, which bcc can read by counting bytes
 * from a member beside the bit-fields only.
 */
#include <net/inet_sock.h>

struct bits_t {
	u8 socket, by_name, no_port, protocol;
	u16 both;
	u8 inet, read;
};
BPF_HASH(seen, struct bits_t, u64);

int kprobe__inet_listen(struct pt_regs *ctx, struct socket *sock)
{
	struct sock *sk = sock->sk;
	struct inet_sock *inet = (struct inet_sock *)sk;
	struct bits_t bits = {};

	bits.inet = (u8)*(&inet->rcv_tos - 2) & 0xff;
	bits.no_port = *(&inet_sk(sk)->rcv_tos - 1) & 0x01;
	bits.both = *(u16 *)(&inet_sk(sock->sk)->rcv_tos - 2);
	bits.socket = *((u8 *)&sk->__sk_common.skc_bound_dev_if - 1);
	bits.protocol = *(u8 *)((u64)&sk->sk_gso_max_segs - 3);
	bpf_probe_read_kernel(&bits.read, 1, (void *)((u64)&sk->sk_wmem_queued) - 3);
	bits.by_name = inet->freebind | inet->transparent << 1 | sk->sk_reuse << 2 |
		       sk->sk_reuseport << 3 | inet->bind_address_no_port << 4;
	seen.increment(bits);
	return 0;
}
