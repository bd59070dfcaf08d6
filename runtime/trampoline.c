// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Programs of trampolines (fentry, fexit) that stand for a kprobe or kretprobe where the host
 * allows. The kernel is asked with programs that do nothing but read the same arguments. To
 * libbpf these programs are of another type until they are loaded: it would parse all of the
 * kernel's BTF for them, when the number of a function is all that a load needs.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "function_ids.h"
#include "run.h"

#define KERNEL_BTF "/sys/kernel/btf/vmlinux"
#define MAX_READS 13 /* arguments, a result, two that end the program */

/* One for each row of the tool's probes. */
struct b2c_trampolines {
	struct b2c_function_id *functions; /* of all targets */
	size_t nr;
	bool asked, stops_recursion;
	struct b2c_entered {
		uint32_t id;
		unsigned int nr_arguments;
		int trial; /* link of the program that asks; -1: none */
	} *entered;
};

static void add_targets(struct b2c_trampolines *all, const struct b2c_probe *probe)
{
	size_t i;

	for (i = 0; probe->trampoline && probe->targets[i]; i++)
		all->functions[all->nr++].name = probe->targets[i];
}

/* The numbers of all functions of the tool, in one pass over the kernel's BTF. */
static struct b2c_trampolines *find_all(struct b2c_run *run)
{
	const struct b2c_tool *tool = run->tool;
	struct b2c_trampolines *all = calloc(1, sizeof(*all));
	size_t i, room = tool->nr_probes * B2C_MAX_TARGETS;
	int err;

	if (!all)
		return NULL;
	all->functions = calloc(room, sizeof(*all->functions));
	all->entered = calloc(tool->nr_probes, sizeof(*all->entered));
	for (i = 0; all->functions && all->entered && i < tool->nr_probes; i++) {
		all->entered[i].trial = -1;
		add_targets(all, &tool->probes[i]);
	}
	err = b2c_function_ids(KERNEL_BTF, all->functions, all->nr);
	if (err)
		b2c_note(run, "no trampolines: %s: %s", KERNEL_BTF, strerror(-err));
	for (i = 0; err && i < all->nr; i++)
		all->functions[i].id = 0;
	return all;
}

static const struct b2c_function_id *find(struct b2c_run *run, const char *name)
{
	struct b2c_trampolines *all = run->trampolines;
	size_t i;

	if (!all)
		all = run->trampolines = find_all(run);
	for (i = 0; all && i < all->nr; i++)
		if (!strcmp(all->functions[i].name, name) && all->functions[i].id)
			return &all->functions[i];
	return NULL;
}

/* ---- asking ---- */

static enum bpf_attach_type attach_type(const struct b2c_probe *probe)
{
	return probe->kind == B2C_FEXIT ? BPF_TRACE_FEXIT : BPF_TRACE_FENTRY;
}

/* "r2 = *(u64 *)(r1 + 8 * i)" for each argument, "r0 = 0; exit" */
static size_t write_trial(struct bpf_insn *insns, uint32_t reads)
{
	size_t nr = 0;
	int16_t i;

	for (i = 0; i < MAX_READS; i++)
		if (reads >> i & 1)
			insns[nr++] = (struct bpf_insn){
				.code = BPF_LDX | BPF_MEM | BPF_DW,
				.dst_reg = BPF_REG_2,
				.src_reg = BPF_REG_1,
				.off = (int16_t)(8 * i),
			};
	insns[nr++] = (struct bpf_insn){ .code = BPF_ALU64 | BPF_MOV | BPF_K };
	insns[nr++] = (struct bpf_insn){ .code = BPF_JMP | BPF_EXIT };
	return nr;
}

/* Attaches a program that does nothing. Returns its link or -errno. */
static int try_function(const struct b2c_run *run, const struct b2c_probe *probe,
			const struct b2c_function_id *function)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = attach_type(probe),
		    .attach_btf_id = function->id);
	struct bpf_insn insns[MAX_READS + 2];
	uint32_t reads = probe->reads;
	int program, link;

	if (b2c_has_arguments(run, probe) && function->nr_arguments < MAX_READS)
		reads |= 1U << function->nr_arguments;
	program = bpf_prog_load(BPF_PROG_TYPE_TRACING, "b2c_try", "GPL", insns,
				write_trial(insns, reads), &opts);
	if (program < 0)
		return program;
	link = bpf_raw_tracepoint_open(NULL, program);
	if (link < 0)
		link = -errno;
	close(program);
	return link;
}

/*
 * Since Linux 5.12 the kernel does not start a program of a trampoline within itself, and
 * counts where it did not. Before, one on a function that its own helpers get to runs
 * within itself until the stack is gone.
 */
static bool stops_recursion(void)
{
	struct bpf_insn insns[MAX_READS];
	struct bpf_prog_info info = { 0 };
	uint32_t size = sizeof(info);
	int program, err;

	program = bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, "b2c_try", "GPL", insns,
				write_trial(insns, 0), NULL);
	if (program < 0)
		return false;
	err = bpf_obj_get_info_by_fd(program, &info, &size);
	close(program);
	return !err && size > offsetof(struct bpf_prog_info, recursion_misses);
}

/* Files, sockets and disks: no helper of a tracing program gets to these. */
static bool is_beyond_helpers(const char *function)
{
	static const char *const prefixes[] = {
		"vfs_", "do_sys_", "do_filp_", "ext4_", "xfs_", "btrfs_", "f2fs_",
		"nfs",	"tcp_",	   "udp_",     "inet",	"ip_",	"ip6_",	  "blk_",
	};
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (!strncmp(function, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

static bool is_safe(struct b2c_run *run, const char *function)
{
	struct b2c_trampolines *all = run->trampolines;

	if (is_beyond_helpers(function))
		return true;
	if (!all->asked)
		all->stops_recursion = stops_recursion();
	all->asked = true;
	return all->stops_recursion;
}

/* Of targets a kprobe takes the first that is there; a trampoline must not take another. */
static bool has(struct b2c_run *run, size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	size_t i;

	for (i = 0; probe->targets[i]; i++) {
		const struct b2c_function_id *function = find(run, probe->targets[i]);
		int link = function && is_safe(run, probe->targets[i])
				   ? try_function(run, probe, function)
				   : -ENOENT;

		if (link >= 0) {
			run->trampolines->entered[index] = (struct b2c_entered){
				.id = function->id,
				.nr_arguments = function->nr_arguments,
				.trial = link,
			};
			run->choices[index].target = i;
			return true;
		}
		if (probe->targets[i + 1] && b2c_can_probe(probe->targets[i]))
			return false;
	}
	return false;
}

/* ---- loading ---- */

/* The row of a program that is this file's, or -1. */
static int row_of(const struct b2c_run *run, const struct bpf_program *program)
{
	const struct b2c_tool *tool = run->tool;
	size_t i;

	for (i = 0; i < tool->nr_probes; i++)
		if (tool->probes[i].trampoline &&
		    !strcmp(tool->probes[i].program, bpf_program__name(program)))
			return (int)i;
	return -1;
}

/* What the program itself calls fentry is libbpf's as before. */
static int set_up(struct bpf_program *program, long cookie)
{
	const struct b2c_run *run = (const struct b2c_run *)cookie;

	return row_of(run, program) < 0 ? bpf_program__set_type(program, BPF_PROG_TYPE_TRACING) : 0;
}

static int prepare_load(struct bpf_program *program, struct bpf_prog_load_opts *opts, long cookie)
{
	const struct b2c_run *run = (const struct b2c_run *)cookie;
	int row = row_of(run, program);

	if (row < 0)
		return 0; /* its function was set already */
	if (!run->trampolines)
		return -EINVAL;
	opts->attach_btf_id = run->trampolines->entered[row].id;
	return bpf_program__set_type(program, BPF_PROG_TYPE_TRACING);
}

static void prepare(struct b2c_run *run)
{
	LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .cookie = (long)run, .prog_setup_fn = set_up,
		    .prog_prepare_load_fn = prepare_load);

	libbpf_register_prog_handler("fentry+", BPF_PROG_TYPE_RAW_TRACEPOINT, BPF_TRACE_FENTRY,
				     &opts);
	libbpf_register_prog_handler("fexit+", BPF_PROG_TYPE_RAW_TRACEPOINT, BPF_TRACE_FEXIT,
				     &opts);
}

static unsigned int nr_arguments(const struct b2c_run *run, size_t index)
{
	return run->trampolines->entered[index].nr_arguments;
}

/* ---- attaching ---- */

static void end_trial(struct b2c_entered *entered)
{
	if (entered->trial >= 0)
		close(entered->trial);
	entered->trial = -1;
}

/* The trial goes when the program is there: the kernel has to change code less often so. */
static int attach(struct b2c_run *run, const struct b2c_probe *probe, struct bpf_program *program)
{
	size_t index = (size_t)(probe - run->tool->probes);
	const char *target = probe->targets[run->choices[index].target];
	struct bpf_link *link = bpf_program__attach_trace(program);
	int err = link ? 0 : -errno;

	end_trial(&run->trampolines->entered[index]);
	if (err)
		return b2c_probe_failed(run, probe, err,
					"cannot attach program '%s' to %s '%s': %s", probe->program,
					b2c_kind_word(probe->kind), target,
					b2c_reason(B2C_STEP_ATTACH, err));
	b2c_tell_attached(run, probe, &(struct b2c_attached){ .target = target });
	return b2c_keep_link(run, link);
}

static void release(struct b2c_run *run)
{
	struct b2c_trampolines *all = run->trampolines;
	size_t i;

	for (i = 0; all && all->entered && i < run->tool->nr_probes; i++)
		end_trial(&all->entered[i]);
	if (!all)
		return;
	free(all->functions);
	free(all->entered);
	free(all);
	run->trampolines = NULL;
}

const struct b2c_trampoline b2c_trampoline = {
	.prepare = prepare,
	.has = has,
	.nr_arguments = nr_arguments,
	.attach = attach,
	.release = release,
};
