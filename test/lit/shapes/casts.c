// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The type of a cast decides: of a variable, of a raw argument, of a field of a tracepoint.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <net/inet_sock.h>

BPF_HASH(seen, u64);

int kprobe__tcp_sendmsg(struct pt_regs *ctx, struct sock *sk)
{
	struct inet_sock *inet = (struct inet_sock *)sk;
	// CHECK: u64 key = BPF_CORE_READ(inet, inet_sport);
	u64 key = inet->inet_sport;

	// CHECK: key += BPF_CORE_READ((struct inet_sock *)sk, inet_saddr) + BPF_CORE_READ(tcp_sk(sk), srtt_us);
	key += ((struct inet_sock *)sk)->inet_saddr + tcp_sk(sk)->srtt_us;
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}

RAW_TRACEPOINT_PROBE(sched_switch)
{
	struct task_struct *prev = (struct task_struct *)ctx->args[1];
	// CHECK: u64 key = BPF_CORE_READ(prev, pid);
	u64 key = prev->pid;

	// CHECK: key += BPF_CORE_READ((struct task_struct *)ctx->args[2], tgid);
	key += ((struct task_struct *)ctx->args[2])->tgid;
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}

TRACEPOINT_PROBE(skb, kfree_skb)
{
	struct sk_buff *skb = (struct sk_buff *)args->skbaddr;
	// CHECK: u64 key = BPF_CORE_READ(skb, len) + BPF_CORE_READ(skb, sk, sk_mark);
	u64 key = skb->len + skb->sk->sk_mark;

	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
