// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// User memory: by the kernel's records with CO-RE, by the program's own without.
// RUN: %bcc2core emit --dump=unit %s | grep -v CHECK | %FileCheck %s
// RUN: %bcc2core object %s -o %t.o
#include <linux/socket.h>
#include <linux/in.h>

struct node {
	int value;
	unsigned bits : 4;
	struct node *next;
	struct sockaddr_in *addr;
};
BPF_HASH(addresses, u32, struct sockaddr_in *);

int syscall__connect(struct pt_regs *ctx, int fd, struct sockaddr_in *addr, char *s)
{
	u32 id = bpf_get_current_pid_tgid();
	struct node *n = (struct node *)addr;

	addresses.update(&id, &addr);
	// CHECK: return BPF_CORE_READ_USER(addr, sin_port) + b2c_deref_user(s) + b2c_deref_user(&s[fd]) + fd
	return addr->sin_port + *s + s[fd] + fd
	// CHECK: + BPF_PROBE_READ_USER(n, next, next, value) + b2c_deref_user(n).bits
		+ n->next->next->value + n->bits
	// CHECK: + b2c_core_read_user(BPF_PROBE_READ_USER(n, addr), sin_port);
		+ n->addr->sin_port;
}

int kprobe__do_sys_open(struct pt_regs *ctx, int dfd, const char __user *name)
{
	u32 id = bpf_get_current_pid_tgid();
	struct sockaddr_in **addr = addresses.lookup(&id);

	// CHECK: return addr ? BPF_CORE_READ_USER(*addr, sin_port) + b2c_deref_user(name) : 0;
	return addr ? (*addr)->sin_port + *name : 0;
}
