// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Events of all kinds, counted by CPU. */
struct place {
	u32 slot;
	u32 cpu;
};

BPF_HASH(counts, struct place);

static int hit(u32 slot)
{
	struct place place = { .slot = slot, .cpu = bpf_get_smp_processor_id() };

	counts.atomic_increment(place);
	return 0;
}

int on_clock(struct bpf_perf_event_data *ctx)
{
	return hit(0);
}

int on_one_cpu(struct bpf_perf_event_data *ctx)
{
	return hit(1);
}

int on_call(struct bpf_perf_event_data *ctx)
{
	return hit(2);
}

int on_tick(struct bpf_perf_event_data *ctx)
{
	return hit(3);
}

int on_loads(struct bpf_perf_event_data *ctx)
{
	return hit(4);
}

int on_absent(struct bpf_perf_event_data *ctx)
{
	return hit(5);
}
