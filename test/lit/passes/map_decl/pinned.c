// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Pinned tables and queues keep their path beside the declaration; the tool pins.
// RUN: %bcc2core check --dump=unit --passes=map_decl %s | %FileCheck %s
// RUN: %bcc2core emit %s -o %t && %FileCheck %s --check-prefix=TOOL < %t/pinned.c
//
// CHECK: map cgroupset hash key=u64 value=u64 max_entries=1024 pin=mappath line=
// CHECK: map shared hash key=u32 value=u64 max_entries=16 flags=0x1 pin=/sys/fs/bpf/a:b line=
// CHECK: map list queue value=u32 max_entries=8 pin=/sys/fs/bpf/list line=
// CHECK: map sockets xskmap {{.*}}max_entries=4 pin=/sys/fs/bpf/xsk line=
// CHECK: source:
// CHECK: __uint(type, BPF_MAP_TYPE_HASH);
// CHECK-NEXT: __uint(max_entries, 1024);
// CHECK-NEXT: __type(key, u64);
// CHECK-NEXT: __type(value, u64);
// CHECK-NEXT: } cgroupset SEC(".maps");	/* pinned at mappath */
// CHECK: __uint(map_flags, BPF_F_NO_PREALLOC);
// CHECK-NEXT: } shared SEC(".maps");	/* pinned at /sys/fs/bpf/a:b */
// CHECK: } list SEC(".maps");	/* pinned at /sys/fs/bpf/list */
// CHECK: } sockets SEC(".maps");	/* pinned at /sys/fs/bpf/xsk */

// What is pinned is not printed unless the manifest asks for it.
// TOOL-NOT: cgroupset_table
// TOOL: static const struct b2c_pin pins[] = {
// TOOL-NEXT: { .map = "cgroupset", .path = "mappath" },
// TOOL-NEXT: { .map = "shared", .path = "/sys/fs/bpf/a:b" },
// TOOL-NEXT: { .map = "list", .path = "/sys/fs/bpf/list" },
// TOOL-NEXT: { .map = "sockets", .path = "/sys/fs/bpf/xsk" },
// TOOL-NEXT: };
// TOOL-NOT: cgroupset_table
// TOOL: .pins = pins,
// TOOL-NEXT: .nr_pins = B2C_SIZE(pins),

BPF_TABLE_PINNED("hash", u64, u64, cgroupset, 1024, "mappath");
BPF_TABLE_PINNED("hash", u32, u64, shared, 16, "/sys/fs/bpf/a:b", BPF_F_NO_PREALLOC);
BPF_QUEUESTACK_PINNED("queue", list, u32, 8, 0, "/sys/fs/bpf/list");
BPF_XSKMAP(sockets, 4, "/sys/fs/bpf/xsk");

int kprobe__vfs_read(struct pt_regs *ctx)
{
	u64 cgroup = bpf_get_current_cgroup_id();

	return cgroupset.lookup(&cgroup) ? 1 : 0;
}
