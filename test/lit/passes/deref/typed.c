// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// The verifier types the arguments of fentry programs: plain loads, but not of what
// it has no type for.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <net/sock.h>

KFUNC_PROBE(vfs_read, struct file *file, char *buf, u64 n)
{
	// CHECK: struct sock *sk = (struct sock *)file->private_data;
	struct sock *sk = (struct sock *)file->private_data;
	// CHECK: u64 sum = file->f_flags + file->f_path.dentry->d_inode->i_ino;
	u64 sum = file->f_flags + file->f_path.dentry->d_inode->i_ino;

	// CHECK: sum += b2c_deref(buf) + b2c_deref(file->f_path.dentry->d_name.name);
	sum += *buf + *file->f_path.dentry->d_name.name;
	// CHECK: sum += BPF_CORE_READ(sk, __sk_common.skc_dport);
	sum += sk->__sk_common.skc_dport;
	// CHECK: sum += BPF_CORE_READ((struct inode *)file, i_ino);
	sum += ((struct inode *)file)->i_ino;
	return sum;
}

KFUNC_PROBE(tty_write, struct kiocb *iocb, struct iov_iter *from)
{
	// The verifier's type of a pointer in a union is that of the first member.
	// CHECK: const struct kvec *kvec = from->kvec;
	const struct kvec *kvec = from->kvec;
	// CHECK: return BPF_CORE_READ(kvec, iov_len) + BPF_CORE_READ(from->bvec, bv_len);
	return kvec->iov_len + from->bvec->bv_len;
}

KFUNC_PROBE(kfree_skb_list_reason, struct sk_buff *skb)
{
	// CHECK: return skb->sk->__sk_common.skc_family;
	return skb->sk->sk_family;
}
