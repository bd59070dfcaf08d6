// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * --check: the host against what the tool needs, one line each, without loading it.
 * Types and helpers are asked of the kernel by libbpf, with programs that do nothing.
 */
#define _GNU_SOURCE
#include "preflight.h"

#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run.h"

static const char *const verdicts[] = {
	[B2C_OK] = "ok",
	[B2C_FALLBACK] = "fallback",
	[B2C_MISSING] = "missing",
};

static void add_json(struct b2c_text *line, const char *key, const char *value)
{
	b2c_text_printf(line, "%s\"%s\":", line->size ? "," : "{", key);
	b2c_text_json(line, value, strlen(value));
}

void b2c_verdict(struct b2c_preflight *preflight, enum b2c_verdict verdict, const char *need,
		 const char *name)
{
	struct b2c_text line = { 0 };
	const char *reason = b2c_text_string(&preflight->reason);

	preflight->is_missing |= verdict == B2C_MISSING;
	if (preflight->run->settings.json) {
		add_json(&line, "verdict", verdicts[verdict]);
		add_json(&line, "need", need);
		add_json(&line, "name", name);
		add_json(&line, "reason", reason);
		b2c_text_puts(&line, "}\n");
	} else {
		b2c_text_printf(&line, "%-8s  %-19s  ", verdicts[verdict], need);
		b2c_text_escaped(&line, name, strlen(name));
		b2c_text_puts(&line, *reason ? ": " : "");
		b2c_text_escaped(&line, reason, strlen(reason));
		b2c_text_puts(&line, "\n");
	}
	b2c_write_text(preflight->run, &line);
	b2c_text_free(&line);
	b2c_text_clear(&preflight->reason);
}

/* ---- the host ---- */

/* A need with the reason for the verdict, which is B2C_OK where there is none. */
static void check(struct b2c_preflight *preflight, const char *missing, const char *need,
		  const char *name)
{
	if (missing)
		b2c_text_puts(&preflight->reason, missing);
	b2c_verdict(preflight, missing ? B2C_MISSING : B2C_OK, need, name);
}

static void check_privileges(struct b2c_preflight *preflight, const struct b2c_host *host)
{
	const char *lacks = b2c_missing_caps(host->caps);
	bool is_admin = b2c_has_cap(host->caps, B2C_CAP_SYS_ADMIN);

	check(preflight, lacks ? "run it as root, or with CAP_BPF and CAP_PERFMON" : NULL,
	      "capabilities",
	      lacks	 ? lacks
	      : is_admin ? "CAP_SYS_ADMIN"
			 : "CAP_BPF and CAP_PERFMON");
	check(preflight,
	      host->locked_down
		      ? "programs may not read the kernel's memory: boot it without that"
		      : NULL,
	      "lockdown", host->locked_down ? "confidentiality" : "allows tracing");
}

/* Probes of the kernel and of programs, and perf buffers, are events of perf. */
static bool may_use_perf(void)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_DUMMY,
		.disabled = 1,
	};
	int fd = (int)syscall(__NR_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0 || (errno != EACCES && errno != EPERM);
}

static void check_perf(struct b2c_preflight *preflight, const struct b2c_host *host)
{
	bool may = may_use_perf();
	char level[16];

	snprintf(level, sizeof(level), "%d", host->perf_paranoid);
	if (may)
		b2c_text_puts(&preflight->reason, "does not hinder it");
	check(preflight, may ? NULL : b2c_advice_on_error(host, B2C_STEP_ATTACH, -EACCES),
	      "perf_event_paranoid", level);
}

static void check_btf(struct b2c_preflight *preflight)
{
	char path[PATH_MAX];
	int err = b2c_host_btf(preflight->run, path, sizeof(path));

	if (err)
		b2c_text_printf(&preflight->reason, "%s; ", strerror(-err));
	check(preflight, err ? "give one with --btf FILE" : NULL, "BTF", path);
}

static bool has_tracepoints(const struct b2c_run *run)
{
	size_t i;

	for (i = 0; i < run->tool->nr_probes; i++)
		if (run->tool->probes[i].kind == B2C_TRACEPOINT)
			return true;
	return false;
}

static void check_tracefs(struct b2c_preflight *preflight)
{
	const char *tracefs = b2c_tracefs();

	if (tracefs || has_tracepoints(preflight->run))
		check(preflight, tracefs ? NULL : "mount -t tracefs tracefs /sys/kernel/tracing",
		      "tracefs", tracefs ? tracefs : "/sys/kernel/tracing");
}

/* ---- what the object has ---- */

/* A program is loaded if it has no row or one that is on and taken; see set_autoload(). */
static bool is_loaded(const struct b2c_run *run, const struct bpf_program *program)
{
	bool has_row = false;
	size_t i;

	for (i = 0; i < run->tool->nr_probes; i++) {
		const struct b2c_probe *probe = &run->tool->probes[i];

		if (strcmp(probe->program, bpf_program__name(program)))
			continue;
		has_row = true;
		if ((!probe->when || probe->when()) && !run->choices[i].off)
			return true;
	}
	return !has_row && bpf_program__autoload(program);
}

/* Whether one of the programs before `end` has this type. */
static bool is_seen(const struct b2c_preflight *preflight, const struct bpf_program *end)
{
	struct bpf_program *program = NULL;

	while ((program = bpf_object__next_program(preflight->object, program)) &&
	       program != end)
		if (is_loaded(preflight->run, program) &&
		    bpf_program__type(program) == bpf_program__type(end))
			return true;
	return false;
}

static void check_type(struct b2c_preflight *preflight, enum bpf_prog_type type)
{
	/* 0 is an answer; an error is none, and the load will tell */
	check(preflight,
	      libbpf_probe_bpf_prog_type(type, NULL)
		      ? NULL
		      : "this kernel is too old, or built without it",
	      "program type", libbpf_bpf_prog_type_str(type));
}

#define MAX_HELPERS 512

static const char *helper_name(unsigned int id)
{
	static const char *const names[] = {
#define HELPER_NAME(name) "bpf_" #name
		__BPF_FUNC_MAPPER(HELPER_NAME)
#undef HELPER_NAME
	};

	return id < B2C_SIZE(names) ? names[id] : "unknown";
}

static void find_helpers(const struct bpf_program *program, bool *helpers)
{
	const struct bpf_insn *insns = bpf_program__insns(program);
	size_t i, nr = bpf_program__insn_cnt(program);

	for (i = 0; i < nr; i++)
		if (insns[i].code == (BPF_JMP | BPF_CALL) && !insns[i].src_reg &&
		    insns[i].imm > 0 && insns[i].imm < MAX_HELPERS)
			helpers[insns[i].imm] = true;
}

/* Types that libbpf cannot ask about: what they may call, a kprobe may too, or theirs alone. */
static enum bpf_prog_type type_to_ask(enum bpf_prog_type type)
{
	return type == BPF_PROG_TYPE_TRACING || type == BPF_PROG_TYPE_LSM ? BPF_PROG_TYPE_KPROBE
									   : type;
}

static void check_helpers(struct b2c_preflight *preflight, enum bpf_prog_type type)
{
	bool helpers[MAX_HELPERS] = { false };
	struct bpf_program *program = NULL;
	enum bpf_prog_type asked = type_to_ask(type);
	unsigned int id;
	bool there;

	while ((program = bpf_object__next_program(preflight->object, program)))
		if (bpf_program__type(program) == type && is_loaded(preflight->run, program))
			find_helpers(program, helpers);
	for (id = 1; id < MAX_HELPERS; id++) {
		if (!helpers[id])
			continue;
		there = libbpf_probe_bpf_helper(asked, (enum bpf_func_id)id, NULL) != 0;
		if (!there && asked != type)
			continue;
		if (!there)
			b2c_text_printf(&preflight->reason, "for %s programs ",
					libbpf_bpf_prog_type_str(type));
		check(preflight, there ? NULL : "this kernel does not have it", "helper",
		      helper_name(id));
	}
}

static void check_programs(struct b2c_preflight *preflight)
{
	struct bpf_program *program = NULL;

	while ((program = bpf_object__next_program(preflight->object, program))) {
		if (!is_loaded(preflight->run, program) || is_seen(preflight, program))
			continue;
		check_type(preflight, bpf_program__type(program));
		check_helpers(preflight, bpf_program__type(program));
	}
}

static void check_maps(struct b2c_preflight *preflight)
{
	bool seen[64] = { false };
	struct bpf_map *map = NULL;

	while ((map = bpf_object__next_map(preflight->object, map))) {
		enum bpf_map_type type = bpf_map__type(map);
		bool there;

		if (!bpf_map__autocreate(map) || type >= B2C_SIZE(seen) || seen[type])
			continue;
		seen[type] = true;
		there = libbpf_probe_bpf_map_type(type, NULL) != 0;
		if (!there)
			b2c_text_printf(&preflight->reason, "map '%s' is one; ",
					bpf_map__name(map));
		check(preflight, there ? NULL : "this kernel is too old for it", "map type",
		      libbpf_bpf_map_type_str(type));
	}
}

int b2c_preflight(struct b2c_run *run, struct bpf_object *object)
{
	struct b2c_preflight preflight = { .run = run, .object = object };
	struct b2c_host host;

	b2c_host_read(&host);
	check_privileges(&preflight, &host);
	check_perf(&preflight, &host);
	check_btf(&preflight);
	check_tracefs(&preflight);
	b2c_preflight_probes(&preflight);
	/* without capabilities the kernel answers nothing about these */
	if (!b2c_missing_caps(host.caps)) {
		check_programs(&preflight);
		check_maps(&preflight);
	}
	b2c_text_free(&preflight.reason);
	if (b2c_flush(run))
		return -EIO;
	return preflight.is_missing ? -ENOENT : B2C_DONE;
}
