// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Numbers of 128 bits in network order.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
BPF_HASH(addresses, u32, unsigned __int128);

// CHECK: {{^}}static __always_inline unsigned __int128 bpf_ntoh128(unsigned __int128 value)
// CHECK: {{^}}	*address = bpf_ntoh128(*address);
// CHECK: {{^}}	return bpf_hton128(*address) == 1;
int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 key = 0;
	unsigned __int128 *address = addresses.lookup(&key);

	if (!address)
		return 0;
	*address = bpf_ntoh128(*address);
	return bpf_hton128(*address) == 1;
}
