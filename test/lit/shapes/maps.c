// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Pointers that travel through maps: as the value, in a struct of the value, as a key only.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <net/sock.h>

struct pair { struct sock *first, *second; };
BPF_HASH(by_thread, u32, struct sock *);
BPF_HASH(pairs, u32, struct pair);
BPF_HASH(times, struct sock *, u64);
BPF_HASH(seen, u64);

int kprobe__tcp_sendmsg(struct pt_regs *ctx, struct sock *sk)
{
	u32 thread = bpf_get_current_pid_tgid();
	struct pair pair = { .first = sk };
	u64 now = bpf_ktime_get_ns();

	// CHECK: b2c_update(&by_thread, &thread, &sk, BPF_ANY, &by_thread_full);
	by_thread.update(&thread, &sk);
	// CHECK: b2c_update(&pairs, &thread, &pair, BPF_ANY, &pairs_full);
	pairs.update(&thread, &pair);
	// CHECK: b2c_update(&times, &sk, &now, BPF_ANY, &times_full);
	times.update(&sk, &now);
	return 0;
}

int kretprobe__tcp_sendmsg(struct pt_regs *ctx)
{
	u32 thread = bpf_get_current_pid_tgid();
	// CHECK: struct sock **skp = bpf_map_lookup_elem(&by_thread, &thread);
	struct sock **skp = by_thread.lookup(&thread);
	// CHECK: struct pair *pair = bpf_map_lookup_elem(&pairs, &thread);
	struct pair *pair = pairs.lookup(&thread);
	u64 key;

	if (!skp || !pair)
		return 0;
	struct sock *sk = *skp;
	// CHECK: key = BPF_CORE_READ(sk, __sk_common.skc_num) + BPF_CORE_READ(*skp, sk_mark);
	key = sk->sk_num + (*skp)->sk_mark;
	// CHECK: key += b2c_core_read(pair->first, sk_mark);
	key += pair->first->sk_mark;
	// CHECK: key += pair->first ? b2c_core_read(pair->first, __sk_common.skc_family) : 0;
	key += pair->first ? pair->first->__sk_common.skc_family : 0;
	bpf_probe_read_kernel(&key, 4, &(*skp)->sk_rcvbuf);
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
