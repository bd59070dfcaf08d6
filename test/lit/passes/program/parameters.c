// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Parameters that kernels have at different positions get a variable each, those of the
// other handlers stay; numbers are known by their names, results by their place.
// RUN: %bcc2core check --dump=unit %s 2>&1 | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
// RUN: %bcc2core emit %s -o %t && %FileCheck %s --check-prefix=MAIN < %t/parameters.c
//
// CHECK: program kprobe__vfs_create kprobe
// CHECK-NEXT: argument kprobe__vfs_create_dentry position=2: struct dentry *dentry
// CHECK-NEXT: argument kprobe__vfs_create_mode position=3: mode
// CHECK-NEXT: program kprobe__vfs_rmdir kprobe
// CHECK-NEXT: argument kprobe__vfs_rmdir_de position=2: struct dentry *dentry
// CHECK-NEXT: program kprobe__vfs_unlink kprobe
// CHECK-NEXT: program kprobe__vfs_read kprobe
// CHECK-NEXT: program kretfunc__tcp_recvmsg fexit
// CHECK-NEXT: argument kretfunc__tcp_recvmsg_flags position=3: flags
// CHECK-NEXT: argument kretfunc__tcp_recvmsg_ret position=5: return
// CHECK-NEXT: program kretfunc__vfs_fsync fexit
// CHECK-NEXT: uses helpers
// CHECK: {{^}}/* Where the traced function has 'struct dentry *dentry'; set before the load. */
// CHECK-NEXT: {{^}}const volatile unsigned int kprobe__vfs_create_dentry = 2;
// CHECK: {{^}}SEC("kprobe/vfs_create")
// CHECK-NEXT: {{^}}int kprobe__vfs_create(struct pt_regs *ctx)
// CHECK-NEXT: {
// CHECK-NEXT: struct dentry *dentry = (void *)b2c_kprobe_argument(ctx, kprobe__vfs_create_dentry);
// CHECK: {{^}}SEC("kprobe/vfs_rmdir")
// CHECK-NEXT: {{^}}int kprobe__vfs_rmdir(struct pt_regs *regs)
// CHECK-NEXT: {
// CHECK-NEXT: struct dentry *de = (void *)b2c_kprobe_argument(regs, kprobe__vfs_rmdir_de);
// CHECK: BPF_CORE_READ(de, d_name.len)
// CHECK: {{^}}int BPF_KPROBE(kprobe__vfs_unlink, void *namespace, struct inode *dir)
// CHECK: {{^}}int BPF_KPROBE(kprobe__vfs_read, struct file *file,
// CHECK: {{^}}int kretfunc__tcp_recvmsg(unsigned long long *ctx)
// CHECK-NEXT: {
// CHECK-NEXT: struct sock *sk = (void *)b2c_traced_argument(ctx, 0);
// CHECK-NEXT: int flags = b2c_traced_argument(ctx, kretfunc__tcp_recvmsg_flags);
// CHECK-NEXT: int ret = b2c_traced_argument(ctx, kretfunc__tcp_recvmsg_ret);
// CHECK: {{^}}int BPF_PROG(kretfunc__vfs_fsync, struct file *file, int datasync, int ret)
//
// MAIN: b2c_find_argument(run, "kprobe__vfs_create", "struct dentry *dentry",
// MAIN-NEXT: &skel->rodata->kprobe__vfs_create_dentry);
// MAIN: b2c_find_argument(run, "kretfunc__tcp_recvmsg", "return",
// MAIN: err = b2c_load(run, skel->obj);
#include <linux/fs.h>
#include <net/sock.h>

/* The mode is one further on 6.1 and 6.12. */
int kprobe__vfs_create(struct pt_regs *ctx, struct inode *unused, struct dentry *dentry,
		       umode_t mode)
{
	return dentry->d_name.len + mode;
}

/* Another name of a parameter that is the only one of its type; another one of the context. */
int kprobe__vfs_rmdir(struct pt_regs *regs, struct inode *unused, struct dentry *de)
{
	return de->d_name.len;
}

/* What is not used may be anywhere, and a plain pointer may be anything. */
int kprobe__vfs_unlink(struct pt_regs *ctx, void *namespace, struct inode *dir)
{
	return namespace != 0;
}

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, const char __user *buffer)
{
	return file->f_flags + (buffer != 0);
}

KRETFUNC_PROBE(tcp_recvmsg, struct sock *sk, struct msghdr *msg, size_t len, int flags,
	       int *addr_len, int ret)
{
	return sk->__sk_common.skc_dport + flags + ret;
}

KRETFUNC_PROBE(vfs_fsync, struct file *file, int datasync, int ret)
{
	return file->f_flags + ret;
}
