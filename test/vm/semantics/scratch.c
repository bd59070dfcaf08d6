// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Variables that the stack has no room for: what the program leaves out of them is zero each
 * time, also where the run before had something longer there.
 */
BPF_ARRAY(target, u32, 1);

static inline int is_target(void)
{
	u32 zero = 0, *pid = target.lookup(&zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

struct call_t {
	int folder;
	int length;
	char path[600];
	char copy[600];
};
BPF_HASH(calls, u64, struct call_t);
BPF_HASH(letters, u32);
BPF_ARRAY(number, u64, 1);

/* Counts the letters of a string, by way of a copy that is not initialised. */
static int spell(const char *path, u32 seed)
{
	char letters_of[700];
	u32 length = bpf_probe_read_kernel_str(letters_of, sizeof(letters_of), path), i, key;

	for (i = 0; i < 24; i++) {
		if (!letters_of[i])
			break;
		key = seed + letters_of[i];
		letters.increment(key);
	}
	return length + letters_of[40];
}

int syscall__unlinkat(struct pt_regs *ctx, int folder, const char __user *path)
{
	struct call_t call = {.folder = folder}, *last;
	char large[1500];
	u32 zero = 0;
	u64 *n;

	if (!is_target())
		return 0;
	n = number.lookup(&zero);
	if (!n)
		return 0;
	*n += 1;
	call.length = bpf_probe_read_user_str(&call.path, sizeof(call.path), (void *)path);
	bpf_probe_read_user_str(large, sizeof(large), (void *)path);
	call.length += large[100] + large[1400];
	call.length += spell(call.path, 0) << 8;
	call.length += spell(large + 4, 1000) << 16;
	calls.update(n, &call);
	last = calls.lookup(n);
	if (last) {
		struct call_t twice = *last;

		*n += 1;
		twice.folder++;
		__builtin_memcpy(twice.copy, twice.path, sizeof(twice.copy));
		calls.update(n, &twice);
	}
	return 0;
}
