// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * --check: the places of the probes. Each is looked up as attaching would find it: the
 * first of the alternatives is fine, a later one is a fallback.
 */
#define _GNU_SOURCE
#include "preflight.h"

#include <bpf/btf.h>
#include <dirent.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "elf_symbol.h"
#include "elf_usdt.h"
#include "run.h"
#include "probes.h"
#include "symbols.h"

/* Answers whether a target is there; *ret_reason says what is odd about it, or stays "". */
typedef bool is_there_fn(struct b2c_preflight *preflight, const struct b2c_probe *probe,
			 const char *target, const char **ret_reason);

static bool is_function(struct b2c_preflight *preflight, const struct b2c_probe *probe,
			const char *target, const char **ret_reason)
{
	enum b2c_found found = B2C_FOUND_NONE;
	int err = b2c_functions_find(&target, &found, 1);

	(void)preflight;
	(void)probe;
	if (err)
		*ret_reason = "/proc/kallsyms cannot be read: attaching will tell";
	else if (found == B2C_FOUND_COPY)
		*ret_reason = "only copies of it that the compiler made for some callers";
	return err || found != B2C_FOUND_NONE;
}

static bool is_syscall(struct b2c_preflight *preflight, const struct b2c_probe *probe,
		       const char *target, const char **ret_reason)
{
	static const char *const prefixes[] = { "__x64_sys_", "__arm64_sys_", "__se_sys_", "sys_" };
	char name[128];
	size_t i;

	for (i = 0; i < B2C_SIZE(prefixes); i++) {
		snprintf(name, sizeof(name), "%s%s", prefixes[i], target);
		if (is_function(preflight, probe, name, ret_reason))
			return true;
	}
	return false;
}

static bool is_tracepoint(struct b2c_preflight *preflight, const struct b2c_probe *probe,
			  const char *target, const char **ret_reason)
{
	const char *tracefs = b2c_tracefs();
	size_t split = strcspn(target, ":");
	char path[512];

	(void)preflight;
	(void)probe;
	(void)ret_reason;
	snprintf(path, sizeof(path), "%s/events/%.*s/%s", tracefs ? tracefs : "", (int)split,
		 target, target[split] ? target + split + 1 : "");
	return tracefs && access(path, F_OK) == 0;
}

/* Whether a category of tracefs has an event of this name. */
static bool has_event(const char *tracefs, const char *name)
{
	char path[512];
	struct dirent *entry;
	bool there = false;
	DIR *folder;

	snprintf(path, sizeof(path), "%s/events", tracefs);
	folder = opendir(path);
	while (folder && !there && (entry = readdir(folder))) {
		snprintf(path, sizeof(path), "%s/events/%s/%s", tracefs, entry->d_name, name);
		there = entry->d_name[0] != '.' && access(path, F_OK) == 0;
	}
	if (folder)
		closedir(folder);
	return there;
}

/* Those without an event in tracefs have a type in the kernel's BTF at least. */
static bool is_raw_tracepoint(struct b2c_preflight *preflight, const struct b2c_probe *probe,
			      const char *target, const char **ret_reason)
{
	const char *tracefs = b2c_tracefs();
	char name[512];
	struct btf *btf;
	bool there;

	(void)preflight;
	(void)probe;
	(void)ret_reason;
	if (tracefs && has_event(tracefs, target))
		return true;
	btf = btf__load_vmlinux_btf();
	snprintf(name, sizeof(name), "btf_trace_%s", target);
	there = btf && btf__find_by_name_kind(btf, name, BTF_KIND_TYPEDEF) > 0;
	btf__free(btf);
	return there;
}

static bool is_bound(struct b2c_preflight *preflight, const struct b2c_probe *probe,
		     const char *target, const char **ret_reason)
{
	struct bpf_program *program =
		bpf_object__find_program_by_name(preflight->object, probe->program);

	(void)ret_reason;
	return program && bpf_program__set_attach_target(program, 0, target) == 0;
}

static bool is_symbol(struct b2c_preflight *preflight, const struct b2c_probe *probe,
		      const char *target, const char **ret_reason)
{
	const char *binary = b2c_probe_binary(probe);
	char path[PATH_MAX];
	uint64_t offset;
	int err = b2c_elf_find(binary, path, sizeof(path));

	(void)preflight;
	if (probe->address)
		return b2c_has_symbol(probe);
	if (!err)
		err = b2c_elf_symbol(path, target, &offset);
	if (err == -ENOTSUP)
		*ret_reason = "an indirect function: probe the variant that is chosen";
	return !err;
}

static bool is_usdt(struct b2c_preflight *preflight, const struct b2c_probe *probe,
		    const char *target, const char **ret_reason)
{
	const char *binary = b2c_probe_binary(probe);
	struct b2c_elf_usdts all = { 0 };
	bool there = false;
	char path[PATH_MAX];
	size_t i;

	(void)preflight;
	if (!*binary) {
		*ret_reason = "what the process runs is looked into when it attaches";
		return b2c_probe_pid(probe) > 0;
	}
	if (!b2c_elf_find(binary, path, sizeof(path)) && !b2c_elf_usdts(path, &all))
		for (i = 0; i < all.nr; i++)
			there |= !strcmp(all.items[i].name, target) &&
				 (!probe->provider ||
				  !strcmp(all.items[i].provider, probe->provider));
	b2c_elf_usdts_free(&all);
	return there;
}

/* Interfaces, folders of cgroups, files of network namespaces. */
static bool is_place(struct b2c_preflight *preflight, const struct b2c_probe *probe,
		     const char *target, const char **ret_reason)
{
	(void)preflight;
	(void)ret_reason;
	switch (probe->kind) {
	case B2C_SOCKET_FILTER:
	case B2C_XDP:
	case B2C_TC:
		return if_nametoindex(target) != 0;
	case B2C_SK_SKB:
	case B2C_SK_MSG:
		return true; /* a map of the tool */
	default:
		return access(target, R_OK) == 0;
	}
}

static bool is_bpf_hook(struct b2c_preflight *preflight, const struct b2c_probe *probe,
			const char *target, const char **ret_reason)
{
	struct b2c_text modules = { 0 };
	bool on = b2c_text_read_file(&modules, "/sys/kernel/security/lsm") != 0 ||
		  strstr(b2c_text_string(&modules), "bpf");

	b2c_text_free(&modules);
	if (!on)
		*ret_reason = "the LSM of BPF is off: boot with lsm=...,bpf";
	return on && is_bound(preflight, probe, target, ret_reason);
}

/* Opened as the attach would; a tool that links no events has no such rows. */
static bool is_event(struct b2c_preflight *preflight, const struct b2c_probe *probe,
		     const char *target, const char **ret_reason)
{
	const char *hint = "";
	int err = probe->ask ? probe->ask(probe, &hint) : 0;

	(void)target;
	if (!err)
		return true;
	snprintf(preflight->said, sizeof(preflight->said), "%s%s", strerror(-err), hint);
	*ret_reason = preflight->said;
	return false;
}

static const struct {
	const char *need;
	is_there_fn *is_there; /* NULL: only attaching can tell */
} kinds[] = {
	[B2C_KPROBE] = { "kprobe", is_function },
	[B2C_KRETPROBE] = { "kretprobe", is_function },
	[B2C_KSYSCALL] = { "ksyscall", is_syscall },
	[B2C_KRETSYSCALL] = { "kretsyscall", is_syscall },
	[B2C_TRACEPOINT] = { "tracepoint", is_tracepoint },
	[B2C_RAW_TRACEPOINT] = { "raw_tracepoint", is_raw_tracepoint },
	[B2C_FENTRY] = { "fentry", is_bound },
	[B2C_FEXIT] = { "fexit", is_bound },
	[B2C_UPROBE] = { "uprobe", is_symbol },
	[B2C_URETPROBE] = { "uretprobe", is_symbol },
	[B2C_USDT] = { "usdt", is_usdt },
	[B2C_PERF_EVENT] = { "perf_event", is_event },
	[B2C_FMOD_RET] = { "fmod_ret", is_bound },
	[B2C_LSM] = { "lsm", is_bpf_hook },
	[B2C_ITER] = { "iter", is_bound },
	[B2C_SOCKET_FILTER] = { "socket_filter", is_place },
	[B2C_XDP] = { "xdp", is_place },
	[B2C_TC] = { "tc", is_place },
	[B2C_CGROUP] = { "cgroup", is_place },
	[B2C_SOCKOPS] = { "sockops", is_place },
	[B2C_SK_SKB] = { "sk_skb", is_place },
	[B2C_SK_MSG] = { "sk_msg", is_place },
	[B2C_SK_LOOKUP] = { "sk_lookup", is_place },
	[B2C_FLOW_DISSECTOR] = { "flow_dissector", is_place },
};

/* Of a user probe that has one instead of a symbol. */
#define ADDRESS "its address"

/* What is looked for: the targets, or one thing in their stead; NULL-terminated. */
static const char *const *wanted(const struct b2c_probe *probe, const char *single[2])
{
	single[0] = NULL;
	single[1] = NULL;
	if (kinds[probe->kind].is_there == is_place)
		single[0] = probe->place_option && *probe->place_option ? probe->place_option
									: probe->place;
	else if (probe->symbol_option && *probe->symbol_option)
		single[0] = probe->symbol_option;
	else if (probe->kind == B2C_PERF_EVENT)
		single[0] = probe->event;
	else if (probe->address)
		single[0] = ADDRESS;
	return single[0] ? single : probe->targets;
}

/* A program of BTF has its place found by BTF, whatever the kind is called (tp_btf). */
static is_there_fn *question_of(struct b2c_preflight *preflight, const struct b2c_probe *probe)
{
	struct bpf_program *program =
		bpf_object__find_program_by_name(preflight->object, probe->program);

	if (probe->kind == B2C_RAW_TRACEPOINT && program &&
	    bpf_program__type(program) == BPF_PROG_TYPE_TRACING)
		return is_bound;
	return kinds[probe->kind].is_there;
}

static void check_match(struct b2c_preflight *preflight, const struct b2c_probe *probe)
{
	int nr = probe->pattern->count(probe);
	enum b2c_verdict verdict = nr > 0	     ? B2C_OK
				   : probe->optional ? B2C_FALLBACK
						     : B2C_MISSING;

	if (nr > 0)
		b2c_text_printf(&preflight->reason, "matches %d %ss", nr, probe->pattern->noun);
	else
		b2c_text_printf(&preflight->reason, "matches no %s of this host",
				probe->pattern->noun);
	b2c_verdict(preflight, verdict, kinds[probe->kind].need, probe->match);
}

static void check_targets(struct b2c_preflight *preflight, const struct b2c_probe *probe)
{
	const char *need = kinds[probe->kind].need, *single[2], *odd = "";
	is_there_fn *is_there = question_of(preflight, probe);
	const char *const *targets = wanted(probe, single);
	enum b2c_verdict verdict = B2C_OK;
	struct b2c_text names = { 0 };
	size_t i;

	for (i = 0; targets[i]; i++) {
		odd = "";
		if (!is_there || is_there(preflight, probe, targets[i], &odd))
			break;
	}
	b2c_text_names(&names, targets);
	b2c_text_printf(&preflight->reason, "program '%s'%s%s", probe->program, *odd ? ": " : "",
			odd);
	if (!targets[i])
		b2c_text_printf(&preflight->reason, ": this host does not have it%s",
				probe->optional ? "; the tool does without" : "");
	else if (i)
		b2c_text_printf(&preflight->reason, ": this host has no '%s'", targets[0]);
	if (!targets[i] && !probe->optional)
		verdict = B2C_MISSING;
	else if (!targets[i] || i || *odd)
		verdict = B2C_FALLBACK;
	b2c_verdict(preflight, verdict, need, targets[i] ? targets[i] : b2c_text_string(&names));
	b2c_text_free(&names);
}

/*
 * Which row of a choice the tool would take; asked as before a load, which says on stderr
 * when there is none. Returns false then.
 */
static bool check_choice(struct b2c_preflight *preflight, size_t first, size_t last)
{
	struct b2c_run *run = preflight->run;
	const struct b2c_probe *probes = run->tool->probes;
	int err = probes[first].or_next(run, preflight->object, first);
	struct b2c_text name = { 0 };
	size_t i, nr = 0, place = 0;

	for (i = first; i <= last; i++) {
		if (probes[i].when && !probes[i].when())
			continue;
		nr += !probes[i].trampoline;
		if (run->choices[i].off || place)
			continue;
		place = nr + !!probes[i].trampoline;
		b2c_text_place(&name, &probes[i]);
		b2c_text_printf(&preflight->reason, "program '%s' is taken, ", probes[i].program);
	}
	if (!nr)
		return true;
	if (place)
		b2c_text_printf(&preflight->reason, "number %zu of %zu", place, nr);
	else
		b2c_text_printf(&preflight->reason, "this host has none of %zu%s", nr,
				err ? "" : "; the tool does without");
	b2c_verdict(preflight, place == 1 ? B2C_OK : err ? B2C_MISSING : B2C_FALLBACK, "choice",
		    place ? b2c_text_string(&name) : "none");
	b2c_text_free(&name);
	return !err;
}

/* Of a choice one place is enough: where one is there, the tool does without the others. */
static void check_rows(struct b2c_preflight *preflight, size_t first, size_t last)
{
	const struct b2c_probe *probes = preflight->run->tool->probes;
	bool is_optional = probes[last].optional;
	size_t i;

	/* that a kprobe is a trampoline somewhere is no need of the tool */
	if (first + !!probes[first].trampoline < last)
		is_optional = check_choice(preflight, first, last);
	for (i = first; i <= last; i++) {
		struct b2c_probe probe = probes[i];

		probe.optional = is_optional;
		if (probe.trampoline || (probe.when && !probe.when()))
			continue;
		if (probe.match)
			check_match(preflight, &probe);
		else
			check_targets(preflight, &probe);
	}
}

void b2c_preflight_probes(struct b2c_preflight *preflight)
{
	const struct b2c_tool *tool = preflight->run->tool;
	size_t first, last;

	for (first = 0; first < tool->nr_probes; first = last + 1) {
		for (last = first; tool->probes[last].or_next; last++)
			;
		check_rows(preflight, first, last);
	}
}
