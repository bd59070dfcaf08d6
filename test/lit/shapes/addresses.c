// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Addresses of members: read at once, kept in a variable, in numbers, compared.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/sched.h>
#include <net/sock.h>

BPF_HASH(seen, u64);

int kprobe__tcp_sendmsg(struct pt_regs *ctx, struct sock *sk)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	char *start = (char *)&task->start_time;
	u64 key, lock = (u64)&sk->sk_lock;
	u32 pid;

	// CHECK: bpf_probe_read_kernel(&pid, sizeof(pid), &BPF_CORE_READ(task, real_parent)->tgid);
	bpf_probe_read_kernel(&pid, sizeof(pid), &task->real_parent->tgid);
	bpf_probe_read_kernel(&key, sizeof(key), start);
	key += pid + (lock & 7) + (&sk->sk_rcvbuf > &sk->sk_sndbuf);
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
