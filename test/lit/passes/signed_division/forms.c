// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Signed divisions become unsigned ones; what divides as it is stays.
// RUN: %bcc2core check --dump=unit --passes=signed_division %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: s = b2c_div(s, n) + b2c_rem(s, (n + 1));
// CHECK: n = b2c_div(n, 10);
// CHECK: s = b2c_rem(s, n);
// CHECK: s += b2c_div(b2c_div(s, 1000), n) * MILLI(n);
// CHECK: s += b2c_div(s, 8) + b2c_rem(s, -4) + small / 10 + u / 7 + (u64)s / u + 100 / 7;

#define MILLI(x) ((x) / 1000)

int kprobe__vfs_read(struct pt_regs *ctx)
{
	s64 s = bpf_ktime_get_ns();
	u64 u = s;
	int n = bpf_get_smp_processor_id();
	u16 small = n;

	s = s / n + s % (n + 1);
	n /= 10;
	s %= n;
	s += s / 1000 / n * MILLI(n);
	s += s / 8 + s % -4 + small / 10 + u / 7 + (u64)s / u + 100 / 7;
	return s;
}
