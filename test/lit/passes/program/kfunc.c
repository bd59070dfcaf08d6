// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// KFUNC_PROBE and KRETFUNC_PROBE, with parameters and without.
// RUN: %bcc2core check --dump=unit --passes=program %s | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
//
// CHECK: program kfunc__do_sys_openat2 fentry target=do_sys_openat2 self_attach line=
// CHECK: program kfunc__vfs_fsync fentry target=vfs_fsync self_attach line=
// CHECK: program kfunc__vfs_read fentry target=vfs_read self_attach line=
// CHECK: program kretfunc__vfs_fsync fexit target=vfs_fsync self_attach line=
// CHECK: {{^}}SEC("fentry/do_sys_openat2")
// CHECK-NEXT: {{^}}int BPF_PROG(kfunc__do_sys_openat2, int dfd, const char *filename)
// CHECK: {{^}}SEC("fentry/vfs_fsync")
// CHECK-NEXT: {{^}}int BPF_PROG(kfunc__vfs_fsync, struct file *file)
// CHECK: {{^}}SEC("fentry/vfs_read")
// CHECK-NEXT: {{^}}int BPF_PROG(kfunc__vfs_read)
// CHECK: {{^}}SEC("fexit/vfs_fsync")
// CHECK-NEXT: {{^}}int BPF_PROG(kretfunc__vfs_fsync, struct file *file, int datasync, int ret)

KFUNC_PROBE(do_sys_openat2, int dfd, const char __user *filename)
{
	char first = 0;

	bpf_probe_read_user(&first, 1, filename);
	return first;
}

KFUNC_PROBE(vfs_fsync, struct file *file)
{
	return file != 0;
}

KFUNC_PROBE(vfs_read)
{
	return 0;
}

KRETFUNC_PROBE(vfs_fsync, struct file *file,
	       int datasync, int ret)
{
	return file && datasync ? ret : 0;
}
