// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Stacks by build id: frames are larger, and they are not taken for addresses.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core check --dump=plan %s | %FileCheck %s --check-prefix=PLAN
//
// CHECK: map ids stacktrace {{.*}}max_entries=128 flags=0x20 line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_STACK_TRACE);
// CHECK-NEXT: __uint(max_entries, 128);
// CHECK-NEXT: __uint(key_size, sizeof(u32));
// CHECK-NEXT: __uint(value_size, 127 * sizeof(struct bpf_stack_build_id));
// CHECK-NEXT: __uint(map_flags, BPF_F_STACK_BUILD_ID);
// CHECK-NEXT: } ids SEC(".maps");
// PLAN: table counts

struct key {
	int user_stack_id;
};
BPF_STACK_TRACE_BUILDID(ids, 100);
BPF_HASH(counts, struct key);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct key key = {.user_stack_id = ids.get_stackid(ctx, BPF_F_USER_STACK)};

	counts.increment(key);
	return 0;
}
