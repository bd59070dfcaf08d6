// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The verifier takes no address in a tracepoint's record but that of a member: an array is
// read by its address as kernel memory, an element at a constant index as it is.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: bpf_probe_read_kernel(&a, sizeof(a), args->saddr);
// CHECK: bpf_probe_read_kernel(&b, sizeof(b), from);
// CHECK: if (args->saddr[1] == 10)
// CHECK: a += b2c_deref(&args->daddr[a & 3]);
// CHECK: a += b2c_deref(&from[2]);
// CHECK: bpf_probe_read_kernel(&b, sizeof(b), args->daddr);

TRACEPOINT_PROBE(sock, inet_sock_set_state)
{
	const u8 *from = args->daddr;
	u32 a, b;
	__builtin_memcpy(&a, args->saddr, sizeof(a));
	__builtin_memcpy(&b, from, sizeof(b));
	if (args->saddr[1] == 10)
		return 0;
	a += args->daddr[a & 3];
	a += from[2];
	bpf_probe_read(&b, sizeof(b), args->daddr);
	return a + b;
}
