/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* What methods of maps give when they fail, as numbers and by their sign. */
struct error_t {
	s64 number;
	u64 is_negative;
};
BPF_HASH(errors, u32, struct error_t);
BPF_ARRAY(array, u64, 4);
BPF_HASH(hash, u32, u64, 4);
BPF_TABLE("lru_hash", u32, u64, lru, 4);
BPF_QUEUE(queue, u64, 1);

static void note(u32 key, long number, int is_negative)
{
	struct error_t error = {.number = number, .is_negative = is_negative};

	errors.update(&key, &error);
}

int syscall__getppid(struct pt_regs *ctx)
{
	u32 key = 1;
	int index = 9;
	u64 value = 1;

	if (opt.pid && bpf_get_current_pid_tgid() >> 32 != opt.pid)
		return 0;
	hash.update(&key, &value);
	lru.update(&key, &value);
	queue.push(&value);
	note(0, array.update(&index, &value), array.update(&index, &value) < 0);
	note(1, hash.insert(&key, &value), hash.insert(&key, &value) < 0);
	note(2, lru.insert(&key, &value), lru.insert(&key, &value) < 0);
	note(3, queue.push(&value), queue.push(&value) < 0);
	queue.pop(&value);
	note(4, queue.pop(&value), queue.pop(&value) < 0);
	note(5, queue.peek(&value), queue.peek(&value) < 0);
	key = 2;
	note(6, hash.delete(&key), hash.delete(&key) < 0);
	note(7, lru.delete(&key), lru.delete(&key) < 0);
	return 0;
}
