// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Programs of kinds that any kernel with BTF runs, for runtime_tool.py. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <b2c/b2c.bpf.h>

#include "probes.h"

#ifdef __TARGET_ARCH_x86
#define GETPGID 121
#else
#define GETPGID 155
#endif

#define MOST 1000 /* events of a call */

const volatile struct probes_options opt = {};
__u64 lost_events[B2C_NR_LOST];

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16384);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} perf_events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, struct slot_key);
	__type(value, __u64);
} dist SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, int);
	__type(value, __u64);
} pids SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, __u64);
} calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct stack_key);
	__type(value, __u64);
} counts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__uint(value_size, 127 * sizeof(__u64));
} stacks SEC(".maps");

/* one event and one count for every call of getpgid() by the chosen process */
SEC("tp_btf/first_that_does_not_exist")
int BPF_PROG(on_getpgid, struct pt_regs *regs, long id)
{
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct event e = { .ts = bpf_ktime_get_ns(), .pid = pid, .ret = -2, .address = 0x0100007f };
	struct task_struct *task = (void *)bpf_get_current_task();
	int slot = bpf_log2l(7), key = 3;
	__u32 i;
	__u64 zero = 0, *count, one = 1;

	if (id != GETPGID || (opt.pid && pid != opt.pid))
		return 0;
	if (b2c_deref(&task->tgid) != (int)pid)
		return 0;
	bpf_get_current_comm(e.comm, sizeof(e.comm));
	b2c_increment(&pids, &slot, 1);
	b2c_atomic_increment(&pids, &key, 2);
	count = b2c_lookup_or_init(&calls, &one, &zero);
	if (count)
		*count += 1;
	for (i = 0; i < MOST && i < opt.batch; i++) {
		if (opt.use_perf)
			b2c_perf_submit(ctx, &perf_events, &e, sizeof(e), lost_events);
		else
			b2c_ringbuf_output(&events, &e, sizeof(e), 0, lost_events);
	}
	return 0;
}

SEC("raw_tp")
int on_switch(void *ctx)
{
	struct slot_key key = { .cpu = bpf_get_smp_processor_id() };

	key.slot = bpf_log2l(bpf_ktime_get_ns() & 0xffff);
	b2c_atomic_increment(&dist, &key, 1);
	return 0;
}

SEC("uprobe")
int on_call(struct pt_regs *ctx)
{
	__u32 key = 5; /* narrower than the map's key: converted */

	b2c_increment(&pids, &key, 1);
	bpf_printk("called with %d", 42);
	return 0;
}

SEC("perf_event")
int on_sample(void *ctx)
{
	struct stack_key key = { .pid = bpf_get_current_pid_tgid() >> 32 };

	bpf_get_current_comm(key.comm, sizeof(key.comm));
	key.kernel = bpf_get_stackid(ctx, &stacks, 0);
	key.user = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	b2c_increment(&counts, &key, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
