// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Conditionals that ask for the kernel: one answer for all is folded; statements are
// kept both ways; in a record of the kernel they have no effect.
// RUN: %bcc2core check --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core check --dump=unit -D LINUX_VERSION_CODE=330240 %s | grep -v CHECK | %FileCheck --check-prefix=ONE %s
//
// CHECK: extern int LINUX_KERNEL_VERSION __kconfig;
// CHECK-NOT: #if
// CHECK-NOT: atomic_t count
// CHECK-NOT: too_old
// CHECK: return 3;
// CHECK: {{^	}}if (LINUX_KERNEL_VERSION < KERNEL_VERSION(5, 14, 0)) {
// CHECK-NEXT: {{^		}}n = 1;
// CHECK-NEXT: } else if (LINUX_KERNEL_VERSION < KERNEL_VERSION(6, 1, 0)) {
// CHECK: } else {
// CHECK-NEXT: n = 3;
// CHECK-NEXT: }
// CHECK: n += LINUX_KERNEL_VERSION >= KERNEL_VERSION(6, 2, 0);
// CHECK-NOT: #
//
// ONE: #define LINUX_VERSION_CODE 330240
// ONE: #if LINUX_VERSION_CODE < KERNEL_VERSION(5, 14, 0)

struct mnt_namespace {
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
	atomic_t count;
#endif
	struct ns_common ns;
};

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 7, 0)
static int too_old(void)
{
	return 1;
}
#elif !defined(CONFIG_NET_NS)
static int too_old(void)
{
	return 2;
}
#else
static int number(void)
{
	return 3;
}
#endif

int kprobe__vfs_read(struct pt_regs *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	int n = 0;

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 14, 0)
	n = 1;
#elif LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
	n = 2;
#else
	n = 3;
#endif
	n += LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0);
#ifdef CONFIG_NUMA
	n += number();
#endif
	return n + task->nsproxy->mnt_ns->ns.inum;
}
