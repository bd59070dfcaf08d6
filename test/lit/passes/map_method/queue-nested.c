// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Queues and stacks inside conditions, loops and called functions.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: static __always_inline u32 top(u32 other)
// CHECK: return bpf_map_peek_elem(&s, &v) ? bpf_map_pop_elem(&q, &other) ? 0 : other : v;
// CHECK: SEC("kprobe/vfs_read")
// CHECK: for (; n < 8 && !bpf_map_pop_elem(&q, &v); n++)
// CHECK-NEXT: if (bpf_map_push_elem(&s, &v, v > 3 ? BPF_EXIST : BPF_ANY))
// CHECK-NEXT: return (int)bpf_map_push_elem(&q, &v, 0) + (bpf_map_peek_elem(&q, &n) == 0);
BPF_QUEUE(q, u32, 16);
BPF_STACK(s, u32, 16);

static u32 top(u32 other)
{
	u32 v = other;

	return s.peek(&v) ? q.pop(&other) ? 0 : other : v;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 v = 0, n = 0;

	for (; n < 8 && !q.pop(&v); n++)
		if (s.push(&v, v > 3 ? BPF_EXIST : BPF_ANY))
			return q.push(&v) + (q.peek(&n) == 0);
	return top(top(n));
}
