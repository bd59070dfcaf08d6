// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Enumerators whose value differs between kernels: the host's value in an
// expression, the name in a label, the largest number as an array's size. One
// with the same value everywhere stays.
// RUN: %bcc2core check --dump=unit --passes=enumerator %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: /* ITER_UBUF of this kernel; some have none */
// CHECK-NEXT: static __always_inline s64 iter_ubuf(void)
// CHECK: if (!bpf_core_enum_value_exists(enum iter_type, ITER_UBUF))
// CHECK-NEXT: return -1;
// CHECK-NEXT: return bpf_core_enum_value(enum iter_type, ITER_UBUF);
// CHECK: static __always_inline s64 iter_ubuf_bits(void)
// CHECK: return 0;
// CHECK: static __always_inline s64 iter_type_of_vmlinux(s64 value)
// CHECK: if (value == bpf_core_enum_value(enum iter_type, ITER_IOVEC))
// CHECK-NEXT: return ITER_IOVEC;
// CHECK: if (bpf_core_enum_value_exists(enum iter_type, ITER_UBUF))
// CHECK-NEXT: if (value == bpf_core_enum_value(enum iter_type, ITER_UBUF))
// CHECK: case ITER_IOVEC:
// CHECK-NEXT: case ITER_UBUF:
// CHECK-NEXT: return -1;
// CHECK: #define IS_USER(type) ((type) == bpf_core_enum_value(enum iter_type, ITER_IOVEC))
// CHECK: u64 stats[{{1[0-9]}} /* NR_VM_ZONE_STAT_ITEMS */];
// CHECK: if (type == iter_ubuf())
// CHECK: return type & iter_ubuf_bits();
// CHECK: switch (iter_type_of_vmlinux(type)) {
// CHECK: case ITER_UBUF:
// CHECK: return BPF_MAP_TYPE_HASH + IS_USER(type);

#define IS_USER(type) ((type) == ITER_IOVEC)

struct zone_stats {
	u64 stats[NR_VM_ZONE_STAT_ITEMS];
};

BPF_HASH(zones, u32, struct zone_stats);

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u32 type = PT_REGS_PARM2(ctx);

	if (type == ITER_UBUF)
		return 1;
	if (type > 100)
		return type & ITER_UBUF;
	switch (type) {
	case ITER_UBUF:
		return 2;
	case ITER_IOVEC:
		type++;
	default:
		break;
	}
	return BPF_MAP_TYPE_HASH + IS_USER(type);
}
