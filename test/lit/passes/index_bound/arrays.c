// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// An index that is computed keeps its bound where the array of a map's value is accessed.
// Constants, masks, small types and counters of loops have theirs; a stack array needs a
// constant offset, and a kernel's array is not indexed but read. An index that nothing
// checks is left for the verifier to refuse.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: v->counts[unchecked] = 1;
// CHECK: v->counts[b2c_below(n, SLOTS)]++;
// CHECK: v->inner.pairs[b2c_below(n % 5, 5)].first = v->counts[v->counts[1] - 1];
// CHECK: v->counts[3] += v->counts[n & 7] + v->bytes[small];
// CHECK: for (int i = 0; i < SLOTS; i++)
// CHECK-NEXT: {{^}}		v->counts[i]++;
// CHECK: return local[n & 1] + BPF_CORE_READ(task, comm[1]);

#define SLOTS 69

struct value {
	u64 counts[SLOTS];
	u8 bytes[256];
	struct {
		struct { int first, second; } pairs[2 + 3];
	} inner;
};
BPF_HASH(values, u32, struct value);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	u32 n = bpf_get_current_pid_tgid();
	u8 small = n;
	struct value *v = values.lookup(&n);
	u32 local[2] = {1, 2};
	u32 unchecked = bpf_get_prandom_u32();

	if (!v || n >= SLOTS)
		return 0;
	v->counts[unchecked] = 1;
	v->counts[n]++;
	v->inner.pairs[n % 5].first = v->counts[v->counts[1] - 1];
	v->counts[3] += v->counts[n & 7] + v->bytes[small];
	for (int i = 0; i < SLOTS; i++)
		v->counts[i]++;
	return local[n & 1] + task->comm[1];
}
