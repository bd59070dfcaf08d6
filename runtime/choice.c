// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Choices: of several rows of a tool's probes the first whose place this host has. They may be
 * of different kinds and programs; the programs of the others are not loaded. Hence the kernel
 * is asked before the load, as far as it can be with programs that do nothing.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run.h"
#include "symbols.h"

#ifdef __aarch64__
#define SYSCALL_PREFIX "__arm64_sys_"
#else
#define SYSCALL_PREFIX "__x64_sys_"
#endif

#define KPROBE_TYPE_FILE "/sys/bus/event_source/devices/kprobe/type"

/* "r0 = 0; exit" */
static const struct bpf_insn nothing[] = {
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
	{ .code = BPF_JMP | BPF_EXIT },
};

/* What is no answer about the place, such as a lack of rights, is left to the attach. */
static bool says_no(int err)
{
	return err == -ENOENT || err == -EINVAL || err == -EADDRNOTAVAIL || err == -EILSEQ ||
	       err == -ENOTSUP || err == -B2C_ENOTSUPP;
}

/* -1: this kernel makes kprobes in no other way than by tracefs. */
static int kprobe_type(void)
{
	struct b2c_text text = { 0 };
	int type = -1;

	if (b2c_text_read_file(&text, KPROBE_TYPE_FILE) == 0)
		type = (int)strtol(b2c_text_string(&text), NULL, 10);
	b2c_text_free(&text);
	return type;
}

/* Makes a probe without a program. Returns 0 or -errno. */
static int try_kprobe(const char *function, uint64_t offset)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.config1 = (uint64_t)(uintptr_t)function,
		.config2 = offset,
	};
	enum b2c_found found = B2C_FOUND_ITSELF;
	int fd, type = kprobe_type();

	if (type < 0) {
		b2c_functions_find(&function, &found, 1);
		return found == B2C_FOUND_ITSELF ? 0 : -ENOENT;
	}
	attr.type = (uint32_t)type;
	fd = (int)syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

bool b2c_can_probe(const char *function)
{
	return !says_no(try_kprobe(function, 0));
}

void b2c_find_function(struct b2c_run *run, const char *name, uint32_t *is_there)
{
	(void)run;
	*is_there = b2c_can_probe(name);
}

void b2c_find_tracepoint(struct b2c_run *run, const char *name, uint32_t *is_there)
{
	(void)run;
	*is_there = b2c_tracepoint_exists(name);
}

static bool has_function(const struct b2c_probe *probe)
{
	enum b2c_found found[B2C_MAX_TARGETS] = { 0 };
	size_t i, nr;

	for (nr = 0; probe->targets[nr]; nr++)
		if (!says_no(try_kprobe(probe->targets[nr], probe->offset)))
			return true;
	if (probe->offset || b2c_functions_find(probe->targets, found, nr))
		return false;
	for (i = 0; i < nr; i++)
		if (found[i] == B2C_FOUND_COPY)
			return true;
	return false;
}

/* The wrappers of system calls have had several names. */
static bool has_syscall(const struct b2c_probe *probe)
{
	static const char *const prefixes[] = { SYSCALL_PREFIX, "__se_sys_", "sys_" };
	char name[128];
	size_t i, k;

	for (i = 0; probe->targets[i]; i++) {
		for (k = 0; k < B2C_SIZE(prefixes); k++) {
			snprintf(name, sizeof(name), "%s%s", prefixes[k], probe->targets[i]);
			if (!says_no(try_kprobe(name, 0)))
				return true;
		}
	}
	return false;
}

static bool has_tracepoint(const struct b2c_probe *probe)
{
	size_t i;

	for (i = 0; probe->targets[i]; i++)
		if (b2c_tracepoint_exists(probe->targets[i]))
			return true;
	return false;
}

static bool has_raw_tracepoint(const struct b2c_probe *probe)
{
	int program = bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "b2c_try", "GPL", nothing,
				    B2C_SIZE(nothing), NULL);
	bool has = program < 0;
	size_t i;
	int fd;

	for (i = 0; probe->targets[i] && !has; i++) {
		fd = bpf_raw_tracepoint_open(probe->targets[i], program);
		has = fd >= 0 || !says_no(-errno);
		if (fd >= 0)
			close(fd);
	}
	if (program >= 0)
		close(program);
	return has;
}

/* Whether programs can be put between a function and its callers, tried on one made for tests. */
static bool has_trampolines(void)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = BPF_TRACE_FENTRY);
	int id = libbpf_find_vmlinux_btf_id("bpf_fentry_test1", BPF_TRACE_FENTRY);
	int program, fd;
	bool has;

	if (id <= 0)
		return true; /* made without it, or no BTF: the load will tell */
	opts.attach_btf_id = (uint32_t)id;
	program = bpf_prog_load(BPF_PROG_TYPE_TRACING, "b2c_try", "GPL", nothing,
				B2C_SIZE(nothing), &opts);
	if (program < 0)
		return !says_no(-errno);
	fd = bpf_raw_tracepoint_open(NULL, program);
	has = fd >= 0 || !says_no(-errno);
	if (fd >= 0)
		close(fd);
	close(program);
	return has;
}

static bool calls_lsm_programs(void)
{
	struct b2c_text modules = { 0 };
	bool calls = b2c_text_read_file(&modules, "/sys/kernel/security/lsm") != 0 ||
		     strstr(b2c_text_string(&modules), "bpf");

	b2c_text_free(&modules);
	return calls;
}

static bool has_bound(const struct b2c_probe *probe, struct bpf_program *program)
{
	size_t i;

	for (i = 0; probe->targets[i]; i++) {
		if (bpf_program__set_attach_target(program, 0, probe->targets[i]))
			continue;
		if (probe->kind == B2C_RAW_TRACEPOINT || probe->kind == B2C_ITER)
			return true;
		return (probe->kind != B2C_LSM || calls_lsm_programs()) && has_trampolines();
	}
	return false;
}

static bool has_place(struct b2c_run *run, size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	struct bpf_program *program = run->choices[index].program;
	enum bpf_prog_type type = bpf_program__type(program);

	if (probe->trampoline)
		return probe->trampoline->has(run, index);
	if (probe->pattern)
		return probe->pattern->count(probe) > 0;
	if (type == BPF_PROG_TYPE_TRACING || type == BPF_PROG_TYPE_LSM)
		return has_bound(probe, program);
	switch (probe->kind) {
	case B2C_KPROBE:
	case B2C_KRETPROBE:
		return has_function(probe);
	case B2C_KSYSCALL:
	case B2C_KRETSYSCALL:
		return has_syscall(probe);
	case B2C_TRACEPOINT:
		return has_tracepoint(probe);
	case B2C_RAW_TRACEPOINT:
		return has_raw_tracepoint(probe);
	case B2C_UPROBE:
	case B2C_URETPROBE:
		return b2c_has_symbol(probe);
	case B2C_USDT:
		return b2c_has_usdt(run, probe);
	case B2C_PERF_EVENT:
		return b2c_has_perf_event(probe);
	default:
		return true;
	}
}

static int none_there(const struct b2c_run *run, size_t first, size_t last)
{
	const struct b2c_probe *probes = run->tool->probes;
	struct b2c_text text = { 0 };
	size_t i;
	int err;

	for (i = first; i <= last; i++) {
		if (probes[i].when && !probes[i].when())
			continue;
		b2c_text_puts(&text, text.size ? ", " : "");
		b2c_text_place(&text, &probes[i]);
		b2c_text_printf(&text, " (program '%s')", probes[i].program);
	}
	err = b2c_probe_failed(run, &probes[last], -ENOENT, "this host has none of: %s",
			       b2c_text_string(&text));
	b2c_text_free(&text);
	return err;
}

static void note_absent(const struct b2c_run *run, const struct b2c_probe *probe)
{
	struct b2c_text text = { 0 };

	b2c_text_place(&text, probe);
	b2c_note(run, "program '%s' is not loaded: this host has no %s", probe->program,
		 b2c_text_string(&text));
	b2c_text_free(&text);
}

int b2c_choose_first(struct b2c_run *run, struct bpf_object *object, size_t first)
{
	const struct b2c_probe *probes = run->tool->probes;
	bool is_taken = false, is_wanted = false;
	size_t i, last = first, taken = first;
	int err;

	while (probes[last].or_next)
		last++;
	for (i = first; i <= last; i++) {
		struct b2c_choice *choice = &run->choices[i];

		err = b2c_find_program(run, object, i);
		if (err)
			return err;
		if (choice->off)
			continue;
		is_wanted = true;
		choice->off = true;
		if (is_taken)
			continue;
		is_taken = has_place(run, i);
		if (is_taken)
			taken = i;
		else
			note_absent(run, &probes[i]);
	}
	if (is_taken) {
		run->choices[taken].off = false;
		return b2c_choose_target(run, taken);
	}
	return is_wanted ? none_there(run, first, last) : 0;
}
