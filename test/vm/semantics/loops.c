// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Loops with a bound: for, while, do, nested, unrolled, left early, over strings and arrays. */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

BPF_ARRAY(results, u64, 16);
BPF_HASH(letters, u32);

static void put(u32 i, u64 add)
{
	u64 *value = results.lookup(&i);

	if (value)
		*value += add;
}

static int length_of(const char *text)
{
	int n = 0;

	while (n < 20 && text[n])
		n++;
	return n;
}

int syscall__unlinkat(struct pt_regs *ctx, int folder, const char __user *path)
{
	u64 sum = 0, table[8] = {}, left = 40;
	char name[24] = {};
	u32 i, j;

	if (!is_target())
		return 0;
	bpf_probe_read_user_str(name, sizeof(name), (void *)path);
	for (i = 0; i < 20; i++)
		sum += i * name[i];
	put(0, sum);
	while (left > 3) {
		left -= 3;
		if (left == 7)
			break;
		sum ^= left << (name[5] & 7);
	}
	put(1, sum);
	do {
		sum += left;
	} while (--left);
	put(2, sum);
	for (i = 0; i < 8; i++) {
		for (j = 0; j < 8; j++) {
			if (j > i)
				continue;
			table[j] += name[(i * 8 + j) & 15];
		}
	}
#pragma unroll
	for (i = 0; i < 8; i++)
		put(3 + i, table[i]);
	for (i = 0; i < sizeof(name); i++) {
		u32 letter = name[i];
		if (!letter)
			break;
		letters.increment(letter);
	}
	put(12, length_of(name));
	return 0;
}
