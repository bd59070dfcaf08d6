// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A tool as bcc2core emits it, with every kind of output; see runtime_tool.py. */
#include <b2c/b2c.h>

#include <linux/types.h>

#include "probes.h"
#include "probes.skel.h"

B2C_REQUIRE_ABI(3);

static struct probes_options opt = { .batch = 1 };
static bool use_perf, folded, sample, broken_symbol, trace, kernel_counts;

static bool when_sample(void)
{
	return sample;
}

static bool when_called(void)
{
	return opt.symbol[0];
}

static unsigned int form(void)
{
	return folded ? B2C_STACKS_FOLDED : 0;
}

static const struct b2c_option options[] = {
	{ .name = "pid",
	  .letter = 'p',
	  .type = B2C_OPTION_PID,
	  .value = &opt.pid,
	  .help = "trace this process only" },
	{ .name = "perf", .type = B2C_OPTION_FLAG, .value = &use_perf, .help = "perf buffer" },
	{ .name = "sample",
	  .letter = 's',
	  .type = B2C_OPTION_FLAG,
	  .value = &sample,
	  .help = "sample stacks" },
	{ .name = "folded",
	  .letter = 'f',
	  .type = B2C_OPTION_FLAG,
	  .value = &folded,
	  .help = "folded stacks" },
	{ .name = "batch",
	  .type = B2C_OPTION_U32,
	  .value = &opt.batch,
	  .help = "events of a call" },
	{ .name = "trace", .type = B2C_OPTION_FLAG, .value = &trace, .help = "trace pipe" },
	{ .name = "kernel-counts",
	  .type = B2C_OPTION_FLAG,
	  .value = &kernel_counts,
	  .help = "let the kernel count what is lost" },
	{ .name = "missing",
	  .type = B2C_OPTION_FLAG,
	  .value = &broken_symbol,
	  .help = "ask for a tracepoint that does not exist" },
	{ .name = "symbol",
	  .letter = 'S',
	  .type = B2C_OPTION_STRING,
	  .value = opt.symbol,
	  .size = sizeof(opt.symbol),
	  .help = "function to probe" },
	{ .name = "binary",
	  .letter = 'b',
	  .type = B2C_OPTION_STRING,
	  .value = opt.binary,
	  .size = sizeof(opt.binary),
	  .help = "program or library of the function" },
};

static bool when_missing(void)
{
	return broken_symbol;
}

static bool when_present(void)
{
	return !broken_symbol;
}

static const struct b2c_probe probes[] = {
	{ .program = "on_getpgid",
	  .kind = B2C_RAW_TRACEPOINT,
	  .when = when_present,
	  .targets = { "no_such_event", "sys_enter" } },
	{ .program = "on_getpgid",
	  .kind = B2C_RAW_TRACEPOINT,
	  .when = when_missing,
	  .targets = { "no_such_event", "neither_this_one" } },
	{ .program = "on_switch",
	  .kind = B2C_RAW_TRACEPOINT,
	  .targets = { "no_such_event", "sched_switch" } },
	{ .program = "on_call",
	  .kind = B2C_UPROBE,
	  .binary = "c",
	  .binary_option = opt.binary,
	  .symbol_option = opt.symbol,
	  .pid_option = &opt.pid,
	  .when = when_called },
	{ .program = "on_sample",
	  .kind = B2C_PERF_EVENT,
	  .event = "cpu-clock",
	  .frequency = 199,
	  .attach = b2c_attach_perf_event,
	  .when = when_sample },
};

static const struct b2c_column events_columns[] = {
	{ .header = "TIME(s)", .key = "time_s", .width = -9, .precision = 3 },
	{ .header = "COMM", .key = "comm", .width = -16 },
	{ .header = "PID", .key = "pid", .width = 7 },
	{ .header = "ERR", .key = "err", .width = -6 },
	{ .header = "ADDRESS", .key = "address" },
};

static int print_events(void *ctx, void *data, size_t size)
{
	struct b2c_row *row = ctx;
	const struct event *e = data;

	if (size < sizeof(*e))
		return b2c_row_short(row, size);
	b2c_row_begin(row);
	b2c_put(row, seconds_since_start(e->ts));
	b2c_put_comm(row, e->comm, sizeof(e->comm));
	b2c_put(row, e->pid);
	b2c_put_errno(row, e->ret);
	b2c_put_ip4(row, e->address);
	return b2c_row_end(row);
}

static void put_dist_section(struct b2c_row *row, const void *key_data)
{
	const struct slot_key key = *(const struct slot_key *)key_data;

	b2c_put(row, key.cpu);
}

static const struct b2c_histogram dist_histogram = {
	.name = "dist",
	.scale = B2C_LOG2,
	.unit = "ns",
	.section_header = "cpu",
	.section_key = "cpu",
	.key_size = sizeof(struct slot_key),
	.slot_offset = offsetof(struct slot_key, slot),
	.slot_size = sizeof(((struct slot_key *)0)->slot),
	.section = put_dist_section,
	.every_interval = true,
	.clear = true,
};

static const struct b2c_histogram pids_histogram = {
	.name = "pids",
	.scale = B2C_LINEAR,
	.key_size = 4,
	.slot_size = 4,
	.clear = true,
};

static const struct b2c_column calls_columns[] = {
	{ .header = "KEY", .key = "key", .width = 6 },
	{ .header = "COUNT", .key = "count", .width = 8 },
};

static void put_calls(struct b2c_row *row, const void *key_data, const void *value_data)
{
	const __u64 key = *(const __u64 *)key_data;
	const __u64 value = *(const __u64 *)value_data;

	b2c_row_begin(row);
	b2c_put(row, key);
	b2c_put(row, value);
	b2c_row_end(row);
}

static double order_calls(const void *key_data, const void *value_data)
{
	(void)key_data;
	return (double)*(const __u64 *)value_data;
}

static const struct b2c_table calls_table = {
	.name = "calls",
	.columns = calls_columns,
	.nr_columns = B2C_SIZE(calls_columns),
	.put = put_calls,
	.order = order_calls,
	.key_size = sizeof(__u64),
	.value_size = sizeof(__u64),
	.sum_size = 8,
	.clear = true,
};

static void get_counts(const void *key_data, const void *value_data, struct b2c_stack *ret_stack)
{
	const struct stack_key key = *(const struct stack_key *)key_data;

	ret_stack->kernel = key.kernel;
	ret_stack->user = key.user;
	ret_stack->pid = key.pid;
	ret_stack->count = *(const __u64 *)value_data;
	b2c_stack_comm(ret_stack, key.comm, sizeof(key.comm));
}

static const struct b2c_stacks counts_stacks = {
	.get = get_counts,
	.key_size = sizeof(struct stack_key),
	.value_size = sizeof(__u64),
	.has_kernel = true,
	.has_user = true,
	.has_task = true,
	.users = USER_SYMBOLS,
	.form = form,
	.clear = true,
};

static const struct b2c_tool tool = {
	.name = "probes",
	.version = "0.1.0",
	.summary = "Every kind of output once.",
	.options = options,
	.nr_options = B2C_SIZE(options),
	.probes = probes,
	.nr_probes = B2C_SIZE(probes),
	.arguments = "interval count",
};

int main(int argc, char **argv)
{
	struct b2c_run *run = NULL;
	struct probes_bpf *skel = NULL;
	int err;

	err = b2c_start(&tool, argc, argv, &run);
	if (err)
		goto out;
	skel = probes_bpf__open_opts(b2c_open_opts(run));
	if (!skel) {
		err = b2c_fail_open(run);
		goto out;
	}
	opt.use_perf = use_perf;
	skel->rodata->opt = opt;
	err = b2c_load(run, skel->obj);
	if (err)
		goto out;
	b2c_print_events(run, use_perf ? skel->maps.perf_events : skel->maps.events, print_events,
			 events_columns, B2C_SIZE(events_columns));
	if (!kernel_counts)
		b2c_count_lost(run, skel->bss->lost_events);
	b2c_print_histogram(run, skel->maps.dist, &dist_histogram);
	b2c_print_histogram(run, skel->maps.pids, &pids_histogram);
	b2c_print_table(run, skel->maps.calls, &calls_table);
	if (sample)
		b2c_print_stacks(run, skel->maps.counts, skel->maps.stacks, &counts_stacks);
	if (trace)
		b2c_print_trace(run);
	err = b2c_trace(run);
out:
	probes_bpf__destroy(skel);
	return b2c_finish(run, err);
}
