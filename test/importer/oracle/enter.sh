#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
# enter.sh: mounts at /bcc the root that the host shares, with the kernel's headers and
# what a tool of the guest sees. Run by record.py as the guest's first job.
set -e
alias box=/bin/busybox
box mkdir -p /shared /changes /bcc
box mount -t virtiofs -o ro shared /shared
box mount -t tmpfs changes /changes
box mkdir /changes/upper /changes/work
box mount -t overlay -o lowerdir=/shared,upperdir=/changes/upper,workdir=/changes/work overlay /bcc
for folder in /proc /sys /dev /tmp; do
	box mount -o rbind "$folder" "/bcc$folder"
done
for headers in /headers/usr/src/* /headers/usr/lib/modules/*; do
	target="/bcc${headers#/headers}"
	box mkdir -p "$target"
	box mount -o bind "$headers" "$target"
done
# Mounted, not copied: a probe of the file is a probe of its inode.
for program in workload dynamic; do
	box touch "/bcc/usr/bin/$program"
	box mount -o bind "/bin/$program" "/bcc/usr/bin/$program"
done
# As it is on machines with systemd: scripts make columns as wide as the largest pid.
box echo 4194304 >/proc/sys/kernel/pid_max
