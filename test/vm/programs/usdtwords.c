// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Arguments of USDT probes, of every width and sign, into variables of every width and sign. */
struct event {
	u32 pid;
	int negative;
	s64 negative_wide;
	u64 byte;
	u8 byte_narrow;
	s64 small;
	u32 small_bits;
	u64 large;
	int constant;
	int absent;
	char text[16];
	char copied[16];
};

struct start {
	const char *text;
	s64 number;
};

BPF_HASH(started, u64, struct start);
BPF_PERF_OUTPUT(events);
BPF_ARRAY(hits, u64, 4);

#define ARGUMENT(number, name) bpf_usdt_readarg(number, ctx, &event.name)

static void read_numbers(struct pt_regs *ctx, struct start *start)
{
	bpf_usdt_readarg(1, ctx, &start->text);
	bpf_usdt_readarg(2, ctx, &start->number);
}

int on_start(struct pt_regs *ctx)
{
	struct start start = {};
	u64 id = bpf_get_current_pid_tgid();

	hits.atomic_increment(0);
	read_numbers(ctx, &start);
	started.update(&id, &start);
	return 0;
}

int on_fields(struct pt_regs *ctx)
{
	struct event event = {};

	hits.atomic_increment(1);
	event.pid = bpf_get_current_pid_tgid() >> 32;
	bpf_usdt_readarg_p(1, ctx, &event.text, sizeof(event.text));
	ARGUMENT(2, negative);
	ARGUMENT(2, negative_wide);
	ARGUMENT(3, byte);
	ARGUMENT(3, byte_narrow);
	ARGUMENT(4, small);
	ARGUMENT(4, small_bits);
	ARGUMENT(5, large);
	ARGUMENT(6, constant);
	event.absent = ARGUMENT(7, pid) < 0;
	event.pid = bpf_get_current_pid_tgid() >> 32;
	events.perf_submit(ctx, &event, sizeof(event));
	return 0;
}

int on_done(struct pt_regs *ctx)
{
	u64 id = bpf_get_current_pid_tgid();
	struct start *start = started.lookup(&id);
	int number = 0;

	bpf_usdt_readarg(1, ctx, &number);
	if (start && start->number == -number && *start->text == 'm')
		hits.atomic_increment(2);
	started.delete(&id);
	return 0;
}

int on_twice(struct pt_regs *ctx)
{
	hits.atomic_increment(3);
	return 0;
}
