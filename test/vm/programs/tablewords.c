// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Maps whose content is known after N calls of getppid(2) by one process, for
 * everything that tables and histograms do with them. The calls have the numbers
 * 0 to N - 1; their kind is the number modulo 4.
 */
struct kind_key {
	u32 pid;
	u32 kind;
};

struct kind_value {
	u64 calls;
	u64 sum;	/* of the numbers */
	char name[8];
};

struct slot_key {
	u32 kind;
	u64 slot;
};

BPF_ARRAY(next, u64, 1);
BPF_HASH(kinds, struct kind_key, struct kind_value);
BPF_HASH(firsts, u32, u64);	/* 1000 + number of the first call of a kind; not of kind 3 */
BPF_PERCPU_ARRAY(cpus, u64, 2);	/* calls of each CPU, in slot 1 */
BPF_QUEUE(last, u64, 8);		/* the numbers 12 to 19 */
BPF_HISTOGRAM(dist, struct slot_key);
BPF_HISTOGRAM(tens);		/* number / 10 */
BPF_HISTOGRAM(bands);		/* 0, 1 to 3, 4 to 15, and what is above */

static void count_kind(u32 pid, u32 kind, u64 n)
{
	struct kind_key key = {.pid = pid, .kind = kind};
	struct kind_value zero = {}, *value;

	zero.name[0] = 'k';
	zero.name[1] = '0' + kind;
	value = kinds.lookup_or_try_init(&key, &zero);
	if (!value)
		return;
	value->calls++;
	value->sum += n;
}

int on_getppid(struct pt_regs *ctx)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32, kind;
	struct slot_key slot = {};
	int zero = 0, one = 1;
	u64 *number, n, first;

	if (pid != opt.pid)
		return 0;
	number = next.lookup(&zero);
	if (!number)
		return 0;
	n = (*number)++;
	kind = n % 4;
	first = 1000 + n;
	if (kind != 3)
		firsts.insert(&kind, &first);
	count_kind(pid, kind, n);
	slot.kind = kind;
	slot.slot = bpf_log2l(n);
	dist.increment(slot);
	cpus.increment(one);
	last.push(&n, BPF_EXIST);
	tens.increment(n / 10);
	bands.increment(n < 1 ? 0 : n < 4 ? 1 : n < 16 ? 2 : 3);
	return 0;
}
