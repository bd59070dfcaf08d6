// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A kernel struct that the program declares anew, container_of and offsetof with it.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/fs.h>
#include <linux/mount.h>
#include <net/sock.h>

struct mount {
	struct hlist_node mnt_hash;
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};
// CHECK: } __attribute__((preserve_access_index));
BPF_HASH(seen, u64);

int kprobe__vfs_read(struct pt_regs *ctx, struct file *file)
{
	// CHECK: struct mount *mount = container_of(BPF_CORE_READ(file, f_path.mnt), struct mount, mnt);
	struct mount *mount = container_of(file->f_path.mnt, struct mount, mnt);
	// CHECK: u64 key = BPF_CORE_READ(mount, mnt_mountpoint, d_name.len);
	u64 key = mount->mnt_mountpoint->d_name.len;

	// CHECK: if (BPF_CORE_READ(mount, mnt_parent) == mount)
	if (mount->mnt_parent == mount)
		// CHECK: key += offsetof(struct sock, sk_rcvbuf);
		key += offsetof(struct sock, sk_rcvbuf);
	// CHECK: b2c_increment(&seen, &key, 1, &seen_full);
	seen.increment(key);
	return 0;
}
