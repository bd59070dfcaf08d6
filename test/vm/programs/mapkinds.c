// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The kinds of maps that are no plain hash or array, each with a result that is
 * known for N calls of getppid(2) by one process. Kinds that hold file
 * descriptors are there to be made, and to be found empty.
 */
struct prefix {
	u32 length;
	u8 address[4];
};

/* slots of `results` */
enum {
	POPPED,		/* sum of what came out of the queue, first in first out */
	PEEKED,		/* sum of the tops of the stack */
	LONGEST,	/* of the prefixes of an address in both networks */
	SHORTEST,	/* of an address in the larger one */
	RING_SIZE,
	NO_PROGRAM,	/* tail calls that went nowhere */
	NO_CGROUP,	/* questions about a cgroup that is not there */
	NO_COUNTER,
	NO_INNER,
	BY_POINTER,
	NR_RESULTS,
};

BPF_ARRAY(results, u64, NR_RESULTS);
BPF_QUEUE(queue, u32, 4);
BPF_STACK(stack, u32, 4);
BPF_LPM_TRIE(routes, struct prefix, u32, 16);
BPF_LRU_PERCPU_HASH(percpu, u32, u64, 64);
BPF_TABLE_PINNED("hash", u32, u64, kept, 16, "/sys/fs/bpf/mapkinds");
BPF_TABLE_PUBLIC("hash", u32, u64, published, 16);
BPF_TABLE_SHARED("percpu_array", u32, u64, shared, 2);
BPF_RINGBUF_OUTPUT(ring, 8);
BPF_STACK_TRACE_BUILDID(build_ids, 16);
BPF_PROG_ARRAY(progs, 2);
BPF_CGROUP_ARRAY(cgroups, 2);
BPF_PERF_ARRAY(counters, 1);
BPF_ARRAY_OF_MAPS(of_arrays, "published", 2);
BPF_HASH_OF_MAPS(of_hashes, u32, "later", 2);
BPF_HASH(later, u32, u64, 32);
BPF_DEVMAP(devices, 2);
BPF_CPUMAP(cpus, 2);
BPF_XSKMAP(xsks, 2);
BPF_SOCKMAP(socks, 2);
BPF_SOCKHASH(sockhash, u32, 2);
BPF_SK_STORAGE(of_sockets, u64);
BPF_CGROUP_STORAGE(of_cgroups, u64);
BPF_PERCPU_CGROUP_STORAGE(of_cgroups_percpu, u64);

static void add(int slot, u64 n)
{
	results.increment(slot, n);
}

static void use_queues(void)
{
	u32 i, n;

	for (i = 1; i <= 3; i++) {
		n = i; /* old verifiers forget a number that a helper was given the address of */
		queue.push(&n, 0);
		stack.push(&n, 0);
	}
	if (queue.pop(&n) == 0)
		add(POPPED, n);
	if (queue.pop(&n) == 0)
		add(POPPED, n * 10);
	queue.pop(&n);
	stack.pop(&n);
	if (stack.peek(&n) == 0)
		add(PEEKED, n);
	stack.pop(&n);
	stack.pop(&n);
	if (stack.pop(&n) == 0)
		add(PEEKED, 1000);
}

static void use_trie(void)
{
	struct prefix large = {.length = 8, .address = {10}};
	struct prefix small = {.length = 16, .address = {10, 1}};
	struct prefix host = {.length = 32, .address = {10, 1, 2, 3}};
	u32 length = 8, *found;

	routes.update(&large, &length);
	length = 16;
	routes.update(&small, &length);
	found = routes.lookup(&host);
	if (found)
		add(LONGEST, *found);
	host.address[1] = 2;
	found = routes.lookup(&host);
	if (found)
		add(SHORTEST, *found);
}

static void use_empty(struct pt_regs *ctx)
{
	struct bpf_perf_event_value value = {};
	u32 first = 0;

	if (cgroups.check_current_task(0) < 0)
		add(NO_CGROUP, 1);
	if (counters.perf_counter_value(BPF_F_CURRENT_CPU, &value, sizeof(value)))
		add(NO_COUNTER, 1);
	if (!of_arrays.lookup(&first) && !of_hashes.lookup(&first))
		add(NO_INNER, 1);
	progs.call(ctx, 1);
	add(NO_PROGRAM, 1);
}

static void count(struct published_table_t *map, u32 key)
{
	u64 *value = map->lookup(&key);

	map->increment(key);
	if (value)
		add(BY_POINTER, 1);
}

int syscall__getppid(struct pt_regs *ctx)
{
	u32 key = 5;
	u64 one = 1, *value;

	if (bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	use_queues();
	use_trie();
	value = percpu.lookup(&key);
	if (value)
		*value += 1;
	else
		percpu.update(&key, &one);
	kept.increment(key);
	shared.increment(1);
	count(&published, key);
	add(RING_SIZE, ring.ringbuf_query(BPF_RB_RING_SIZE));
	use_empty(ctx);
	return 0;
}
