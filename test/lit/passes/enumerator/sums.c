// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A case label that is the sum of an enumerator that moves and a number.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: {{^}}static __always_inline s64 iter_type_of_vmlinux(s64 value)
// CHECK: if (value == bpf_core_enum_value(enum iter_type, ITER_IOVEC))
// CHECK-NEXT: return ITER_IOVEC;
// CHECK: {{^}}static __always_inline s64 iter_type_of_vmlinux_2(s64 value)
// CHECK: if (value == (s64)bpf_core_enum_value(enum iter_type, ITER_IOVEC) + 1)
// CHECK-NEXT: return ITER_IOVEC + 1;
// CHECK: if (value == (s64)bpf_core_enum_value(enum iter_type, ITER_KVEC) - 1)
// CHECK-NEXT: return ITER_KVEC - 1;
// CHECK: {{^}}	case ITER_IOVEC + 1:
// CHECK: {{^}}	switch (iter_type_of_vmlinux(type)) {
// CHECK: {{^}}	switch (iter_type_of_vmlinux_2(type)) {
// CHECK-NEXT: case ITER_IOVEC + WRITING:
// CHECK: case ITER_KVEC - 1:
#define WRITING 1

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 type = PT_REGS_PARM2(ctx);

	switch (type) {
	case ITER_IOVEC:
		return 1;
	}
	switch (type) {
	case ITER_IOVEC + WRITING:
		return 2;
	case ITER_KVEC - 1:
		return 3;
	}
	return 0;
}
