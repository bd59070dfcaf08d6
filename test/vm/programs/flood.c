// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Many records at once, to three buffers; and more keys than a map has room for. */
#define MANY 20

struct event {
	u64 n;
};

struct pages {
	char bytes[8192];
};

BPF_PERF_OUTPUT(events);
BPF_PERF_OUTPUT(moved); /* becomes a ring buffer */
BPF_RINGBUF_OUTPUT(ring, 16);
BPF_RINGBUF_OUTPUT(large, 1);
BPF_ARRAY(sent, u64, 1);
BPF_ARRAY(no_room, u64, 2);
BPF_ARRAY(record, struct pages, 1);
BPF_HASH(keys, u32, u64, 64);
BPF_HASH(updated, u32, u64, 64);
BPF_HASH(started, u32, u64, 64);

static void send(struct pt_regs *ctx)
{
	struct event e = {};

	e.n = bpf_get_smp_processor_id();
	if (events.perf_submit(ctx, &e, sizeof(e)) == -28) /* ENOSPC */
		no_room.increment(0);
	if (moved.perf_submit(ctx, &e, sizeof(e)) == -28)
		no_room.increment(1);
	ring.ringbuf_output(&e, sizeof(e), 0);
	sent.increment(0);
}

int syscall__getppid(struct pt_regs *ctx)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	u32 zero = 0, key = 0;
	u64 one = 1, *n;
	struct pages *pages;

	if (pid != opt.pid)
		return 0;
#pragma unroll
	for (int i = 0; i < MANY; i++)
		send(ctx);
	n = sent.lookup(&zero);
	pages = record.lookup(&zero);
	if (!n || !pages)
		return 0;
	key = *n / MANY;
	keys.increment(key);
	updated.update(&key, &one);
	started.lookup_or_try_init(&key, &one);
	if (key <= 3)
		large.ringbuf_output(pages, sizeof(*pages), 0);
	return 0;
}
