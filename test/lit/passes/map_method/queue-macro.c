// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Queues and stacks that macros of the program write; uses of one macro with both kinds agree.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define PUSH(m, v) bpf_map_push_elem(&m, &v, 0)
// CHECK-NEXT: #define FORCE(m, v) bpf_map_push_elem(&m, &(v), BPF_EXIST)
// CHECK-NEXT: #define POP(m, v) (bpf_map_pop_elem(&m, &v) == 0)
// CHECK-NEXT: #define PEEK(m) ({ u32 __v = 0; bpf_map_peek_elem(&m, &__v); __v; })
// CHECK: SEC("kprobe/vfs_read")
BPF_QUEUE(q, u32, 16);
BPF_STACK(s, u32, 16);

#define PUSH(m, v) m.push(&v)
#define FORCE(m, v) m.push(&(v), BPF_EXIST)
#define POP(m, v) (m.pop(&v) == 0)
#define PEEK(m) ({ u32 __v = 0; m.peek(&__v); __v; })

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 v = PEEK(q) + PEEK(s);

	if (PUSH(q, v) || FORCE(s, v))
		return POP(q, v) && POP(s, v);
	return 0;
}
