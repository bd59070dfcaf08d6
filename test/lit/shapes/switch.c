// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A switch on a dereference.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <net/sock.h>
#include <net/tcp_states.h>

BPF_HASH(seen, u64);

int kprobe__tcp_close(struct pt_regs *ctx, struct sock *sk)
{
	u64 key = 0;

	// CHECK: switch (BPF_CORE_READ(sk, __sk_common.skc_state)) {
	switch (sk->__sk_common.skc_state) {
	case TCP_ESTABLISHED:
		key = 1;
		break;
	case TCP_CLOSE:
		key = 2;
		break;
	default:
		// CHECK: key = BPF_CORE_READ(sk, __sk_common.skc_num);
		key = sk->sk_num;
	}
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
