// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Handlers that are written after one kernel's prototypes and right on all of them. */
#include <linux/fs.h>
#include <net/sock.h>

struct event {
	u32 kind;
	u32 pid;
	u64 number;
	u64 inode;
	char name[32];
};

BPF_PERF_OUTPUT(events);

static int submit(void *ctx, struct event *event, struct dentry *dentry)
{
	event->pid = bpf_get_current_pid_tgid() >> 32;
	bpf_probe_read_kernel_str(&event->name, sizeof(event->name), dentry->d_name.name);
	events.perf_submit(ctx, event, sizeof(*event));
	return 0;
}

/* As 5.10 has it; later the mode is one further, and in 7.2 here again. */
int on_create(struct pt_regs *ctx, struct inode *dir, struct dentry *dentry, umode_t mode)
{
	struct event event = {.kind = 1, .number = mode};

	return submit(ctx, &event, dentry);
}

/* As 6.12 has it; 5.10 has no first parameter, and 6.1 another. */
int on_unlink(struct pt_regs *ctx, struct mnt_idmap *idmap, struct inode *dir,
	      struct dentry *dentry)
{
	struct event event = {.kind = 2};

	event.number = dentry->d_name.len;
	event.inode = dir->i_ino != dentry->d_inode->i_ino && dir->i_ino;
	return submit(ctx, &event, dentry);
}

/* As 6.1 has it; 5.10 has one more parameter and 7.2 one less. */
KRETFUNC_PROBE(tcp_recvmsg, struct sock *sk, struct msghdr *msg, size_t len, int flags,
	       int *addr_len, int ret)
{
	struct event event = {.kind = 3, .number = ret};

	event.inode = sk->__sk_common.skc_num;
	event.pid = bpf_get_current_pid_tgid() >> 32;
	if (ret > 0)
		events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
