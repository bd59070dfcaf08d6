// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Bytes beside a member: what is there differs between kernels. Within the member, from an
// offset of the record, and in the program's own memory it is nobody's business; and where
// all kernels have the same bits there, the read is right.
// RUN: %bcc2core check %s 2>&1 | %FileCheck %s --implicit-check-not=warning
#include <net/sock.h>

struct pair {
	u32 first;
	u32 second;
};

int kprobe__tcp_close(struct pt_regs *ctx, struct sock *sk)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct pair pair = {};
	u64 before = 0;
	u8 protocol = 0, bits = 0, low = 0;
	u16 port = 0;

	// CHECK: :[[@LINE+3]]:{{[0-9]+}}: warning: this is not in 'nsproxy'; what is -8 bytes from its start depends on the kernel [field-arithmetic]
	// CHECK: help: on 5.10 there is '{{.*}}'
	// CHECK: help: name the member; bit-fields are read by their names too
	bpf_probe_read_kernel(&before, 8, (void *)((u64)&task->nsproxy - 8));
	// CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: 2 bytes from 'sk_type' is taken for 'sk_protocol', as on 5.10 [field-arithmetic]
	bits = *((u8 *)&sk->sk_type + 2);
	bpf_probe_read_kernel(&low, 1, (u8 *)&sk->sk_type + 1);
	bpf_probe_read_kernel(&port, 2, (char *)sk + offsetof(struct sock, sk_type));
	bpf_probe_read_kernel(&low, 1, (u8 *)&pair.first + 4);
	bpf_probe_read_kernel(&low, 1, (void *)((long)&inet_csk(sk)->icsk_retransmits) - 1);
	return protocol + before + bits + low + port;
}
