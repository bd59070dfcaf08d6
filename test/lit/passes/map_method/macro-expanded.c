// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A macro whose uses need different texts is written out where it is used; what
// is left of its definition harms nobody.
// RUN: %bcc2core check --buffers=perf --dump=unit --passes=map_method %s | %FileCheck %s
// RUN: %bcc2core object --buffers=perf %s -o %t.o
//
// CHECK: n += bpf_map_lookup_elem(&a, &k) ? *((u64 *)bpf_map_lookup_elem(&a, &k)) : 0;
// CHECK-NEXT: n += bpf_map_lookup_elem(&b, &k) ? *((u32 *)bpf_map_lookup_elem(&b, &k)) : 0;
// CHECK-NEXT: b2c_perf_submit(ctx, &one, &n, sizeof(n), one_lost);
// CHECK-NEXT: b2c_perf_submit(ctx, &two, &n, sizeof(n), two_lost);
// CHECK-NEXT: b2c_increment(&a, &k, 1, &a_full);
// CHECK-NEXT: b2c_increment(&a, &(u32){k + 1}, 1, &a_full);

BPF_HASH(a, u32, u64);
BPF_HASH(b, u32, u32);
BPF_PERF_OUTPUT(one);
BPF_PERF_OUTPUT(two);

#define VALUE(m) m.lookup(&k) ? *m.lookup(&k) : 0
#define SEND(m) m.perf_submit(ctx, &n, sizeof(n))
#define INC(key) a.increment(key)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 n = 0;
	u32 k = 1;

	n += VALUE(a);
	n += VALUE(b);
	SEND(one);
	SEND(two);
	INC(k);
	INC(k + 1);
	return 0;
}
