// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What verifiers refuse, one thing a function: the tool says what to do about each. */
struct room {
	u8 bytes[16];
};

BPF_HASH(counts, u32);
BPF_ARRAY(rooms, struct room, 1);
BPF_RINGBUF_OUTPUT(ring, 1);

int unchecked(struct pt_regs *ctx)
{
	u32 zero = 0;
	u64 *count = counts.lookup(&zero);

	*count = 1;
	return 0;
}

int unbounded_index(struct pt_regs *ctx)
{
	u32 zero = 0;
	struct room *room = rooms.lookup(&zero);

	if (room)
		room->bytes[bpf_get_prandom_u32()] = 1;
	return 0;
}

int unbounded_size(struct pt_regs *ctx)
{
	u32 zero = 0;
	struct room *room = rooms.lookup(&zero);

	if (room)
		bpf_probe_read_kernel(room, bpf_get_prandom_u32(), (void *)PT_REGS_SP(ctx));
	return 0;
}

int endless(struct pt_regs *ctx)
{
	volatile u32 n = 0;

	while (n < 10)
		n = n & 1;
	return 0;
}

int complex(struct pt_regs *ctx)
{
	u64 sum = 0;

	for (u32 i = 0; i < 1000000; i++)
		if (bpf_get_prandom_u32() > sum)
			sum += i;
	return sum > 5;
}

int unreleased(struct pt_regs *ctx)
{
	struct room *room = ring.ringbuf_reserve(sizeof(*room));

	if (room)
		room->bytes[0] = 1;
	return 0;
}

int wrong_type(struct pt_regs *ctx)
{
	u64 value = 1;

	counts.update((u32 *)bpf_ktime_get_ns(), &value);
	return 0;
}
