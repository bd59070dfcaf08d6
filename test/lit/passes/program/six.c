// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The sixth argument has a register too, which libbpf before 1.2 does not know.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o && llvm-objdump-19 -d %t.o | %FileCheck %s --check-prefix=X86
// RUN: %bcc2core object --arch=arm64 %s -o %t.o
// RUN: llvm-objdump-19 -d %t.o | %FileCheck %s --check-prefix=ARM
//
// X86: <kprobe__virtqueue_add_sgs>:
// X86-NEXT: {{[rw]0 = \*\(u(64|32) \*\)\(r1 \+ 0x40\)}}
// X86: <kprobe__vfs_read>:
// X86-NEXT: r0 = *(u64 *)(r1 + 0x40)
// ARM: <kprobe__virtqueue_add_sgs>:
// ARM-NEXT: {{[rw]0 = \*\(u(64|32) \*\)\(r1 \+ 0x28\)}}
// ARM: <kprobe__vfs_read>:
// ARM-NEXT: r0 = *(u64 *)(r1 + 0x28)

// CHECK: uses helpers
// CHECK: int BPF_KPROBE(kprobe__virtqueue_add_sgs, struct virtqueue *vq, void *sgs,
int kprobe__virtqueue_add_sgs(struct pt_regs *ctx, struct virtqueue *vq, void *sgs,
			      unsigned int out_sgs, unsigned int in_sgs, void *data, gfp_t gfp)
{
	return gfp;
}

// CHECK: int BPF_KSYSCALL(syscall__futex, u32 *uaddr, int op, u32 val, void *timeout,
int syscall__futex(struct pt_regs *ctx, u32 *uaddr, int op, u32 val, void *timeout,
		   u32 *uaddr2, u32 val3)
{
	return val3;
}

int kprobe__vfs_read(struct pt_regs *ctx)
{
	// CHECK: return PT_REGS_PARM6(ctx);
	return PT_REGS_PARM6(ctx);
}
