// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What old verifiers are particular about, with values that show that it computes the same. */
enum fact {
	EXIT_COMM = 1,	/* an array of a tracepoint's record, by address */
	EXIT_LETTER,	/* an element of it */
	FREED,		/* members of a record that has another name on 5.10 */
	FREED_WRONG,
	DIVIDED,	/* signed division */
	INDEXED,	/* computed indices into a map's value */
	PRINTED,	/* a line of four values and two strings */
	LITERAL,	/* a string literal given to a helper that copies more of it */
};

struct slots {
	u64 slots[5];
	u64 next;
};

BPF_HASH(facts, u32);
BPF_HASH(slotted, u32, struct slots);

static int starts_with(const char *word, const char *start)
{
	char copy[6] = {};

	__builtin_memcpy(copy, start, sizeof(copy));
	return word[0] == copy[0] && word[5] == copy[5];
}

static void count(u32 fact)
{
	facts.increment(fact);
}

TRACEPOINT_PROBE(sched, sched_process_exit)
{
	char comm[TASK_COMM_LEN], mine[TASK_COMM_LEN];

	if ((u32)args->pid != opt.pid)
		return 0;
	bpf_get_current_comm(mine, sizeof(mine));
	__builtin_memcpy(comm, args->comm, sizeof(comm));
	if (comm[0] == mine[0] && comm[5] == mine[5])
		count(EXIT_COMM);
	if (args->comm[1] == mine[1])
		count(EXIT_LETTER);
	if (starts_with(comm, "workload"))
		count(LITERAL);
	return 0;
}

TRACEPOINT_PROBE(kmem, kfree)
{
	if ((u64)args->call_site >> 63)
		count(FREED);
	else
		count(FREED_WRONG);
	return 0;
}

static void divide(s64 n)
{
	s64 quotient = n / 10, remainder = n % 10;

	if (quotient < 0 && remainder <= 0 && quotient * 10 + remainder == n)
		count(DIVIDED);
}

static void use_slots(u32 key)
{
	struct slots zero = {}, *value = slotted.lookup_or_try_init(&key, &zero);

	if (!value || value->next >= 5)
		return;
	value->slots[value->next]++;
	value->next = (value->next + 1) % 5;
	if (value->slots[0] >= value->slots[4])
		count(INDEXED);
}

int syscall__getppid(struct pt_regs *ctx)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	char comm[TASK_COMM_LEN];

	if (pid != opt.pid)
		return 0;
	bpf_get_current_comm(comm, sizeof(comm));
	divide(-100 - (s64)pid);
	use_slots(7);
	if (bpf_trace_printk("%d %d %d %d %s %s\n", pid, 2, 3, 4, comm, comm) > 0)
		count(PRINTED);
	return 0;
}
