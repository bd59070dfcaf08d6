// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// push, pop and peek, also nested and in macros. What comes out of a queue is of
// the origin of what went in: kernel pointers stay kernel pointers.
// RUN: %bcc2core check --dump=unit --passes=map_method,deref %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define POP(m, v) (int)bpf_map_pop_elem(&m, v)
// CHECK: bpf_map_push_elem(&q, &v, BPF_EXIST);
// CHECK-NEXT: if (bpf_map_push_elem(&s, &n, 0))
// CHECK-NEXT: return 1;
// CHECK-NEXT: while (one-- && !bpf_map_pop_elem(&s, &n))
// CHECK-NEXT: total += n;
// CHECK-NEXT: total += bpf_map_peek_elem(&q, &v) ? 0 : v.n;
// CHECK-NEXT: if (POP(q, &v) == 0)
// CHECK-NEXT: total += POP(s, &n);
// CHECK: bpf_map_push_elem(&files, &file, 0);
// CHECK-NEXT: if (bpf_map_pop_elem(&files, &out) == 0)
// CHECK-NEXT: total += BPF_CORE_READ(out, f_pos);

struct val {
	u64 n;
};
BPF_QUEUE(q, struct val, 8);
BPF_STACK(s, u64, 8);
BPF_QUEUE(files, struct file *, 8);

#define POP(m, v) m.pop(v)

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	struct val v = {.n = 1};
	struct file *out = 0;
	u64 n = 2, total = 0;
	u32 one = 1;

	q.push(&v, BPF_EXIST);
	if (s.push(&n))
		return 1;
	while (one-- && !s.pop(&n))
		total += n;
	total += q.peek(&v) ? 0 : v.n;
	if (POP(q, &v) == 0)
		total += POP(s, &n);
	files.push(&file, 0);
	if (files.pop(&out) == 0)
		total += out->f_pos;
	return total;
}
