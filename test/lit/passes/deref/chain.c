// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Arrows become one BPF_CORE_READ; dots and constant indices are folded into it.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <net/inet_sock.h>

BPF_HASH(counts, u64);

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file, struct sock *sk)
{
	u64 key;

	// CHECK: key = BPF_CORE_READ(file, f_flags);
	key = file->f_flags;
	// CHECK: key = (u64)BPF_CORE_READ(file, f_path.dentry);
	key = (u64)file->f_path.dentry;
	// CHECK: key = BPF_CORE_READ(file, f_path.dentry, d_parent, d_inode, i_ino);
	key = file->f_path.dentry->d_parent->d_inode->i_ino;
	// CHECK: key = BPF_CORE_READ(sk, __sk_common.skc_daddr);
	key = sk->__sk_common.skc_daddr;
	// CHECK: key = BPF_CORE_READ(sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[3]);
	key = sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32[3];
	// CHECK: key = BPF_CORE_READ((struct inet_sock *)sk, inet_sport);
	key = ((struct inet_sock *)sk)->inet_sport;
	// CHECK: key = BPF_CORE_READ(file, f_flags);
	key = (*file).f_flags;
	counts.increment(key);
	return 0;
}
