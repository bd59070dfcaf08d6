// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// Addresses whose functions are known: a probed function of the kernel, one of a module.

struct event {
	u64 ip;
	u64 queue;
};

BPF_PERF_OUTPUT(events);

int on_start(struct pt_regs *ctx, struct request *rq)
{
	struct event event = {};

	if (opt.pid && bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	event.ip = PT_REGS_IP(ctx);
	event.queue = (u64)rq->q->mq_ops->queue_rq;
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}
