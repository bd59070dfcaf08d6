// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Maps that the manifest fills, each with a result that is known for N calls of
 * getppid(2) by one process, and for N packets of a protocol that nobody takes.
 */
struct prefix {
	u32 length;
	u8 address[4];
};

struct limit {
	u64 most;
	char name[8];
};

/* slots of `results` */
enum {
	FIRST,		/* tail calls that came to either program... */
	SECOND,
	NOWHERE,	/* ...or to none */
	COUNTED,	/* counters that could be read */
	GROWN,		/* and had not gone back */
	IN_CGROUP,
	NO_CGROUP,	/* an element that is left empty */
	INNER,		/* sum of what inner maps hold at last */
	NAMED,
	LIMITED,	/* calls until the preset limit */
	PER_CPU,
	LONGEST,
	DEVICE,
	NO_DEVICE,
	CPU,
	STORED,		/* keys for which a map of a given size has room */
	NR_RESULTS,
};

BPF_ARRAY(results, u64, NR_RESULTS);
BPF_PROG_ARRAY(handlers, 3);
BPF_PERF_ARRAY(counters, 1);
BPF_PERCPU_ARRAY(before, u64, 1);
BPF_CGROUP_ARRAY(cgroups, 2);
BPF_ARRAY(form, u64, 1);
BPF_ARRAY(other, u64, 1);
BPF_ARRAY_OF_MAPS(unnamed, "form", 2);
BPF_HASH_OF_MAPS(named, u32, "form", 4);
BPF_HASH(limits, u32, struct limit);
BPF_PERCPU_ARRAY(steps, u64, 2);
BPF_LPM_TRIE(routes, struct prefix, u32, 16);
BPF_DEVMAP(devices, 2);
BPF_CPUMAP(cpus, 2);
BPF_HASH(small, u32, u64);

static void add(u32 slot, u64 n)
{
	results.increment(slot, n);
}

int on_first(struct pt_regs *ctx)
{
	add(FIRST, 1);
	handlers.call(ctx, 1);
	add(NOWHERE, 1);
	return 0;
}

int on_second(struct pt_regs *ctx)
{
	add(SECOND, 1);
	handlers.call(ctx, 2);
	add(NOWHERE, 1);
	return 0;
}

static void use_counters(void)
{
	struct bpf_perf_event_value value = {};
	int slot = 0;
	u64 *last = before.lookup(&slot);

	if (!last || counters.perf_counter_value(BPF_F_CURRENT_CPU, &value, sizeof(value)))
		return;
	add(COUNTED, 1);
	if (value.counter >= *last && value.enabled)
		add(GROWN, 1);
	*last = value.counter;
}

static void use_cgroups(void)
{
	if (cgroups.check_current_task(0) == 1)
		add(IN_CGROUP, 1);
	if (cgroups.check_current_task(1) < 0)
		add(NO_CGROUP, 1);
}

static void count_inner(u32 outer, u32 slot)
{
	u32 zero = 0;
	void *inner = unnamed.lookup(&outer);
	u64 *value = inner ? bpf_map_lookup_elem(inner, &zero) : NULL;

	if (!value)
		return;
	*value += 1;
	add(slot, *value);
}

static void use_maps(void)
{
	u32 key = 7, zero = 0;
	void *inner;
	u64 *value;

	count_inner(0, INNER);
	count_inner(1, INNER);
	inner = named.lookup(&key);
	value = inner ? bpf_map_lookup_elem(inner, &zero) : NULL;
	if (value)
		*value += 1;
	value = other.lookup(&zero);
	if (value)
		add(NAMED, *value);
}

static void use_presets(u32 pid)
{
	struct prefix host = {.length = 32, .address = {10, 1, 2, 3}};
	struct limit *limit = limits.lookup(&pid);
	int slot = 1;
	u64 *step = steps.lookup(&slot);
	u32 *found = routes.lookup(&host);

	if (limit && limit->most && limit->name[1] == 'b') {
		limit->most--;
		add(LIMITED, 1);
	}
	if (step)
		add(PER_CPU, *step);
	if (found)
		add(LONGEST, *found);
}

static void use_size(void)
{
	u64 *calls;
	u32 slot = SECOND, key;

	calls = results.lookup(&slot);
	if (!calls)
		return;
	key = *calls;
	if (small.insert(&key, calls) == 0)
		add(STORED, 1);
}

int syscall__getppid(struct pt_regs *ctx)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;

	if (pid != opt.pid)
		return 0;
	use_counters();
	use_cgroups();
	use_maps();
	use_presets(pid);
	use_size();
	handlers.call(ctx, 0);
	add(NOWHERE, 100);
	return 0;
}

int on_packet(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = data + sizeof(*eth);

	if ((void *)(ip + 1) > end || eth->h_proto != htons(ETH_P_IP) || ip->protocol != 253)
		return XDP_PASS;
	if (devices.redirect_map(0, 0) == XDP_REDIRECT)
		add(DEVICE, 1);
	if (devices.redirect_map(1, 0) != XDP_REDIRECT)
		add(NO_DEVICE, 1);
	if (cpus.redirect_map(0, 0) == XDP_REDIRECT)
		add(CPU, 1);
	return XDP_PASS;
}
