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
BPF_HISTOGRAM(dist, struct slot_key);
BPF_HISTOGRAM(tens);		/* number / 10 */

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
	int zero = 0;
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
	tens.increment(n / 10);
	return 0;
}
