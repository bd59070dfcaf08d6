// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A bit-field that became one bit of another member is read where the host has it.
// RUN: %bcc2core emit %s -o %t && %FileCheck %s --input-file=%t/moved_bits.bpf.c
// RUN: %bcc2core check %s --kernels | %FileCheck %s --check-prefix=LOADS --implicit-check-not=fails
#include <net/inet_sock.h>

// LOADS: 7.2
// CHECK: /* struct inet_sock: INET_FLAGS_FREEBIND of inet_flags, before that freebind */
// CHECK-NEXT: static __always_inline __u8 inet_sock_freebind(const struct inet_sock *inet_sock)
// CHECK-NEXT: {
// CHECK-NEXT: if (bpf_core_field_exists(struct inet_sock___inet_flags, inet_flags))
// CHECK-NEXT: return BPF_CORE_READ((const struct inet_sock___inet_flags *)inet_sock,
// CHECK-NEXT: inet_flags) >> 11 & 1; /* INET_FLAGS_FREEBIND */
// CHECK-NEXT: return BPF_CORE_READ_BITFIELD_PROBED(inet_sock, freebind);
// CHECK-NEXT: }

int kprobe__inet_listen(struct pt_regs *ctx, struct socket *sock)
{
	struct inet_sock *inet = inet_sk(sock->sk);

	// CHECK: return inet_sock_freebind(inet) | inet_sock_transparent(inet_sk(BPF_CORE_READ(sock, sk))) << 1;
	return inet->freebind | inet_sk(sock->sk)->transparent << 1;
}
