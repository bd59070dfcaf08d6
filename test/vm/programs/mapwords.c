// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Every map kind and method, counted once for each getppid(2) of one process. */
struct pair {
	u32 first;
	u32 second;
};

BPF_HASH(hash, struct pair);
BPF_HASH(tried, u32, u64, 16);
BPF_HASH(inited, u32);
BPF_HASH(inserted, u32);
BPF_HASH(deleted, u32);
BPF_HASH(atomics, u32);
BPF_LRU_HASH(lru, u32, u64, 128);
BPF_PERCPU_HASH(percpu_hash, u32);
BPF_PERCPU_ARRAY(percpu_array, u64, 2);
BPF_ARRAY(array, struct pair, 4);
BPF_TABLE("array", u32, u64, table, 8);
BPF_TABLE("lru_hash", u32, u64, lru_table, 64);

/* Helper that returns early in bcc's hidden way when the map is full. */
static int count_inited(u32 key)
{
	u64 zero = 0, *value = inited.lookup_or_init(&key, &zero);

	(*value)++;
	return 1;
}

static void count_hash(u32 key)
{
	struct pair pair = {.first = key, .second = key + 1};

	hash.increment(pair);
	hash.increment(pair, 2);
}

int syscall__getppid(struct pt_regs *ctx)
{
	u32 key = 7, last = 3, one = 1;
	u64 first = 100, zero = 0, *value;
	struct pair *pair;

	if (opt.pid && bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	count_hash(key);
	value = tried.lookup_or_try_init(&key, &zero);
	if (value)
		*value += 1;
	count_inited(key);
	inserted.insert(&key, &first);
	first = 200;
	inserted.insert(&key, &first);
	deleted.update(&key, &first);
	deleted.delete(&key);
	deleted.update(&one, &first);
	atomics.atomic_increment(key);
	atomics.atomic_increment(key, 4);
	lru.increment(key);
	lru.update(&one, &first);
	percpu_hash.update(&key, &first);
	percpu_array.increment(1);
	percpu_array.increment(5);	/* out of range: nothing happens */
	pair = array.lookup(&last);
	if (pair)
		pair->second += pair->first + 1;
	table.atomic_increment(2, 3);
	lru_table.update(&key, &first);
	return 0;
}
