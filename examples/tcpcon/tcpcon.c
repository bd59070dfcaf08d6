// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* TCP connections that processes of this host open. */
#include <net/sock.h>
#include <bcc/proto.h>

struct ipv4_event {
	u32 pid;
	u32 saddr;
	u32 daddr;
	u16 dport;
	char comm[TASK_COMM_LEN];
};

struct ipv6_event {
	u32 pid;
	unsigned __int128 saddr;
	unsigned __int128 daddr;
	u16 dport;
	char comm[TASK_COMM_LEN];
};

BPF_HASH(connecting, u32, struct sock *);
BPF_PERF_OUTPUT(ipv4_events);
BPF_PERF_OUTPUT(ipv6_events);

static int trace_entry(struct sock *sk)
{
	u32 tid = bpf_get_current_pid_tgid();

	connecting.update(&tid, &sk);
	return 0;
}

int kprobe__tcp_v4_connect(struct pt_regs *ctx, struct sock *sk)
{
	return trace_entry(sk);
}

int kprobe__tcp_v6_connect(struct pt_regs *ctx, struct sock *sk)
{
	return trace_entry(sk);
}

int kretprobe__tcp_v4_connect(struct pt_regs *ctx)
{
	u32 tid = bpf_get_current_pid_tgid();
	struct sock **skp = connecting.lookup(&tid);
	struct ipv4_event event = {};

	if (!skp)
		return 0;
	if (PT_REGS_RC(ctx) == 0) {
		struct sock *sk = *skp;

		event.pid = bpf_get_current_pid_tgid() >> 32;
		event.saddr = sk->__sk_common.skc_rcv_saddr;
		event.daddr = sk->__sk_common.skc_daddr;
		event.dport = ntohs(sk->__sk_common.skc_dport);
		bpf_get_current_comm(&event.comm, sizeof(event.comm));
		ipv4_events.perf_submit(ctx, &event, sizeof(event));
	}
	connecting.delete(&tid);
	return 0;
}

int kretprobe__tcp_v6_connect(struct pt_regs *ctx)
{
	u32 tid = bpf_get_current_pid_tgid();
	struct sock **skp = connecting.lookup(&tid);
	struct ipv6_event event = {};

	if (!skp)
		return 0;
	if (PT_REGS_RC(ctx) == 0) {
		struct sock *sk = *skp;

		event.pid = bpf_get_current_pid_tgid() >> 32;
		bpf_probe_read_kernel(&event.saddr, sizeof(event.saddr),
				      sk->__sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32);
		bpf_probe_read_kernel(&event.daddr, sizeof(event.daddr),
				      sk->__sk_common.skc_v6_daddr.in6_u.u6_addr32);
		event.dport = ntohs(sk->__sk_common.skc_dport);
		bpf_get_current_comm(&event.comm, sizeof(event.comm));
		ipv6_events.perf_submit(ctx, &event, sizeof(event));
	}
	connecting.delete(&tid);
	return 0;
}
