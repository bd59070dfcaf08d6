// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Protections and flags of mappings.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: #define MAP_SHARED 0x01
// CHECK-NEXT: #define MAP_PRIVATE 0x02
// CHECK-NEXT: #define MAP_FIXED 0x10
// CHECK-NEXT: #define MAP_ANONYMOUS 0x20
// CHECK-NEXT: #define MAP_NORESERVE 0x4000
// CHECK-NEXT: #define MAP_POPULATE 0x008000
// CHECK-NEXT: #define MAP_STACK 0x020000
// CHECK-NEXT: #define PROT_NONE 0x0
// CHECK-NEXT: #define PROT_READ 0x1
// CHECK-NEXT: #define PROT_WRITE 0x2
// CHECK-NEXT: #define PROT_EXEC 0x4
// CHECK: SEC("ksyscall/mmap")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__mmap, u64 addr, u64 size, u64 prot, u64 flags)
// CHECK: static __always_inline int shares(u64 flags)
// CHECK: SEC("ksyscall/mprotect")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__mprotect, u64 addr, u64 size, u64 prot)
// CHECK: SEC("ksyscall/pkey_mprotect")
// CHECK-NEXT: int BPF_KSYSCALL(syscall__pkey_mprotect, u64 addr, u64 size, u64 prot)

// form: works
int syscall__mmap(struct pt_regs *ctx, u64 addr, u64 size, u64 prot, u64 flags)
{
	return prot & PROT_EXEC && flags & MAP_ANONYMOUS;
}

// form: nested
static int shares(u64 flags)
{
	return flags & MAP_SHARED ? !(flags & MAP_PRIVATE) : flags == (MAP_FIXED | MAP_POPULATE);
}

int syscall__mprotect(struct pt_regs *ctx, u64 addr, u64 size, u64 prot)
{
	if ((prot & (PROT_READ | PROT_WRITE)) == PROT_NONE)
		return shares(prot ? MAP_NORESERVE : MAP_STACK);
	return 0;
}

// form: macro
#define WRITES_AND_RUNS(prot) (((prot) & (PROT_WRITE | PROT_EXEC)) == (PROT_WRITE | PROT_EXEC))

int syscall__pkey_mprotect(struct pt_regs *ctx, u64 addr, u64 size, u64 prot)
{
	return WRITES_AND_RUNS(prot);
}
