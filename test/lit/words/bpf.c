// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Numbers of BPF that no enum with a name has.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define BPF_DEVCG_ACC_MKNOD (1ULL << 0)
// CHECK-NEXT: #define BPF_DEVCG_ACC_READ (1ULL << 1)
// CHECK-NEXT: #define BPF_DEVCG_ACC_WRITE (1ULL << 2)
// CHECK-NEXT: #define BPF_DEVCG_DEV_BLOCK (1ULL << 0)
// CHECK-NEXT: #define BPF_DEVCG_DEV_CHAR (1ULL << 1)

// form: works
int on_char(struct bpf_cgroup_dev_ctx *ctx)
{
	return (ctx->access_type & 0xffff) == BPF_DEVCG_DEV_CHAR;
}

// form: nested
static int writes(u32 access)
{
	return access >> 16 & BPF_DEVCG_ACC_WRITE ? 1 : 0;
}

int on_device(struct bpf_cgroup_dev_ctx *ctx)
{
	if ((ctx->access_type & 0xffff) != BPF_DEVCG_DEV_BLOCK)
		return 1;
	return writes(ctx->access_type) || !(ctx->access_type >> 16 & BPF_DEVCG_ACC_READ);
}

// form: macro
#define MAKES(access) ((access) >> 16 & BPF_DEVCG_ACC_MKNOD)

int on_node(struct bpf_cgroup_dev_ctx *ctx)
{
	return MAKES(ctx->access_type) ? 0 : 1;
}
