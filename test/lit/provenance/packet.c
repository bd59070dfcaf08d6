// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Packets and contexts of the network are memory that the verifier checks, also behind
// 32-bit members, numbers and functions; what its helpers return is too, or is typed.
// RUN: %bcc2core check --dump=provenance %s | %FileCheck %s
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s --check-prefix=TEXT
// RUN: %bcc2core object %s -o %t.o
// TEXT-NOT: {{READ|deref}}

// CHECK: :[[@LINE+1]]: first: bpf
static int first_byte(void *first)
{
	return *(unsigned char *)first;
}

// CHECK: :[[@LINE+1]]: ctx: context
int drop(struct xdp_md *ctx)
{
	// CHECK: :[[@LINE+2]]: data: bpf
	// CHECK: :[[@LINE+1]]: end: bpf
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	// CHECK: :[[@LINE+1]]: number: bpf
	u64 number = ctx->data;
	// CHECK: :[[@LINE+1]]: eth: bpf
	struct ethhdr *eth = (struct ethhdr *)number;

	if (data + sizeof(*eth) + sizeof(struct iphdr) > end)
		return XDP_PASS;
	eth->h_dest[0] = eth->h_source[0];
	// CHECK: :[[@LINE+1]]: ip: bpf
	struct iphdr *ip = (void *)(eth + 1);
	return ip->ihl == 5 ? first_byte(data) : XDP_PASS;
}

// CHECK: :[[@LINE+1]]: skb: context
int classify(struct __sk_buff *skb)
{
	// CHECK: :[[@LINE+1]]: data: bpf
	unsigned char *data = (void *)(unsigned long)skb->data;
	// CHECK: :[[@LINE+1]]: sk: bpf
	struct bpf_sock *sk = skb->sk;

	if (!sk)
		return data == 0;
	// CHECK: :[[@LINE+1]]: full: bpf
	struct bpf_sock *full = bpf_sk_fullsock(sk);
	// CHECK: :[[@LINE+1]]: tcp: typed
	struct tcp_sock *tcp = bpf_skc_to_tcp_sock(sk);

	if (!full)
		return 0;
	return tcp ? tcp->snd_cwnd : full->family;
}
