// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Macros that make strings of their arguments are written out like others.
// RUN: %bcc2core check --buffers=perf --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object --buffers=perf %s -o %t.o
//
// CHECK: __u64 a_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: __u64 b_lost[B2C_NR_LOST]; /* records that found no room */
// CHECK: SEC("kprobe/vfs_read")
// CHECK: ({ char text[] = "a" " " "key, \"x\\n\""; b2c_perf_submit(ctx, &a, text, sizeof(text), a_lost); });
// CHECK-NEXT: ({ char text[] = "b" " " ""; b2c_perf_submit(ctx, &b, text, sizeof(text), b_lost); });
// CHECK-NEXT: b2c_increment(&h, &key, 1, &h_full);
#define NAMED(n) BPF_HASH(n); static const char n##_name[] = #n;
NAMED(h)
BPF_PERF_OUTPUT(a);
BPF_PERF_OUTPUT(b);

#define SAY(m, ...) ({ char text[] = #m " " #__VA_ARGS__; m.perf_submit(ctx, text, sizeof(text)); })

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 key = h_name[0];

	SAY(a, key, "x\n");
	SAY(b);
	h.increment(key);
	return 0;
}
