// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Choosing and loading. Before the load each probe is asked which of its
 * alternatives this host has; programs without any are not loaded. What can only
 * be known by attaching is left to attach.c.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "map_setup.h"
#include "run.h"
#include "symbols.h"

static bool is_kprobe(const struct b2c_probe *probe)
{
	return probe->kind == B2C_KPROBE || probe->kind == B2C_KRETPROBE;
}

/* fentry, fexit, fmod_ret, tp_btf, lsm, iter: the target is part of the program that is loaded. */
static bool is_bound_at_load(const struct bpf_program *program)
{
	return bpf_program__type(program) == BPF_PROG_TYPE_TRACING ||
	       bpf_program__type(program) == BPF_PROG_TYPE_LSM;
}

int b2c_probe_failed(const struct b2c_run *run, const struct b2c_probe *probe, int err,
		     const char *format, ...)
{
	char message[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (!probe->optional) {
		b2c_error(run, "%s", message);
		return err;
	}
	b2c_note(run, "%s", message);
	return 0;
}

/* Reports that no alternative exists; the probe is off if it is optional. */
static int no_target(struct b2c_run *run, size_t index, const char *what)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	struct b2c_text names = { 0 };
	bool several = probe->targets[0] && probe->targets[1];
	int err;

	run->choices[index].off = true;
	b2c_text_names(&names, probe->targets);
	err = b2c_probe_failed(run, probe, -ENOENT,
			       several ? "program '%s': this kernel has none of the %ss %s"
				       : "program '%s': this kernel has no %s %s",
			       probe->program, what, b2c_text_string(&names));
	b2c_text_free(&names);
	return err;
}

static int choose_bound(struct b2c_run *run, size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	struct bpf_program *program = run->choices[index].program;
	size_t i;

	for (i = 0; i < index; i++) {
		if (run->choices[i].program == program && !run->choices[i].off) {
			b2c_error(run, "program '%s' can be attached to one function only",
				  probe->program);
			return -EINVAL;
		}
	}
	for (i = 0; probe->targets[i]; i++) {
		if (bpf_program__set_attach_target(program, 0, probe->targets[i]) == 0) {
			run->choices[index].target = i;
			return 0;
		}
	}
	return no_target(run, index,
			 probe->kind == B2C_RAW_TRACEPOINT ? "tracepoint"
			 : probe->kind == B2C_LSM	   ? "BPF security hook"
			 : probe->kind == B2C_ITER	   ? "iterator"
							   : "traceable function");
}

bool b2c_tracepoint_exists(const char *target)
{
	const char *tracefs = b2c_tracefs();
	size_t split = strcspn(target, ":");
	char path[512];

	snprintf(path, sizeof(path), "%s/events/%.*s/%s", tracefs ? tracefs : "", (int)split,
		 target, target[split] ? target + split + 1 : "");
	return tracefs && access(path, F_OK) == 0;
}

static int choose_tracepoint(struct b2c_run *run, size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	size_t i;

	if (!b2c_tracefs()) {
		run->choices[index].off = true;
		return b2c_probe_failed(run, probe, -ENOENT,
					"program '%s': tracefs is not mounted "
					"(mount -t tracefs tracefs /sys/kernel/tracing)",
					probe->program);
	}
	for (i = 0; probe->targets[i]; i++) {
		if (b2c_tracepoint_exists(probe->targets[i])) {
			run->choices[index].target = i;
			return 0;
		}
	}
	return no_target(run, index, "tracepoint");
}

bool b2c_has_arguments(const struct b2c_run *run, const struct b2c_probe *probe)
{
	size_t i;

	for (i = 0; i < run->nr_arguments; i++)
		if (!strcmp(run->arguments[i].program, probe->program))
			return true;
	return false;
}

/*
 * Functions are looked for in one pass over /proc/kallsyms, and only where the
 * answer decides something before the load: targets of which one has to exist
 * are just attached, best first.
 */
static bool needs_function(const struct b2c_run *run, size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];

	return !run->choices[index].off && is_kprobe(probe) && !probe->match &&
	       (probe->optional || b2c_has_arguments(run, probe));
}

/* A copy may have other parameters: with arguments a program is for the function itself. */
static int choose_function(struct b2c_run *run, size_t index, const enum b2c_found *found)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	enum b2c_found least = b2c_has_arguments(run, probe) ? B2C_FOUND_ITSELF : B2C_FOUND_COPY;
	size_t i;

	for (i = 0; probe->targets[i]; i++) {
		if (found[i] >= least) {
			run->choices[index].target = i;
			return 0;
		}
	}
	return no_target(run, index, "function");
}

static int choose_functions(struct b2c_run *run)
{
	const struct b2c_tool *tool = run->tool;
	size_t room = tool->nr_probes * B2C_MAX_TARGETS + 1, nr = 0, i, k;
	const char **names = calloc(room, sizeof(*names));
	enum b2c_found *found = calloc(room, sizeof(*found));
	int err = names && found ? 0 : -ENOMEM;

	for (i = 0; !err && i < tool->nr_probes; i++)
		for (k = 0; needs_function(run, i) && tool->probes[i].targets[k]; k++)
			names[nr++] = tool->probes[i].targets[k];
	/* where kallsyms cannot be read, attaching will tell */
	if (!err && nr && b2c_functions_find(names, found, nr))
		for (i = 0; i < nr; i++)
			found[i] = B2C_FOUND_ITSELF;
	nr = 0;
	for (i = 0; !err && i < tool->nr_probes; i++) {
		if (!needs_function(run, i))
			continue;
		err = choose_function(run, i, found + nr);
		for (k = 0; tool->probes[i].targets[k]; k++)
			nr++;
	}
	free(names);
	free(found);
	return err;
}

int b2c_find_program(struct b2c_run *run, struct bpf_object *object, size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	struct b2c_choice *choice = &run->choices[index];

	choice->program = bpf_object__find_program_by_name(object, probe->program);
	if (!choice->program) {
		b2c_error(run, "its BPF object has no program '%s'", probe->program);
		return -ENOENT;
	}
	choice->off = probe->when && !probe->when();
	return 0;
}

int b2c_choose_target(struct b2c_run *run, size_t index)
{
	struct b2c_choice *choice = &run->choices[index];

	if (choice->off || run->tool->probes[index].trampoline)
		return 0;
	if (is_bound_at_load(choice->program))
		return choose_bound(run, index);
	if (run->tool->probes[index].kind == B2C_TRACEPOINT && !run->tool->probes[index].match)
		return choose_tracepoint(run, index);
	return 0;
}

/* When it is known which rows are on. */
static void prepare_patterns(struct b2c_run *run)
{
	size_t i;

	for (i = 0; i < run->tool->nr_probes; i++)
		if (run->tool->probes[i].pattern && !run->choices[i].off)
			run->tool->probes[i].pattern->prepare(run, i);
}

/* For each row, or each choice of rows. */
static int choose_all(struct b2c_run *run, struct bpf_object *object)
{
	const struct b2c_probe *probes = run->tool->probes;
	size_t i;
	int err = 0;

	for (i = 0; i < run->tool->nr_probes && !err; i++) {
		if (probes[i].or_next) {
			err = probes[i].or_next(run, object, i);
			while (probes[i].or_next)
				i++;
			continue;
		}
		err = b2c_find_program(run, object, i);
		if (!err)
			err = b2c_choose_target(run, i);
	}
	return err;
}

/* A program is loaded if one of its probes is on; those without probes always are. */
static int set_autoload(struct b2c_run *run)
{
	size_t i, k;
	int err = 0;

	for (i = 0; i < run->tool->nr_probes && !err; i++) {
		bool on = false;

		for (k = 0; k < run->tool->nr_probes; k++)
			on |= run->choices[k].program == run->choices[i].program &&
			      !run->choices[k].off;
		err = bpf_program__set_autoload(run->choices[i].program, on);
	}
	return err;
}

static const char *hint(const struct b2c_run *run)
{
	if (run->settings.btf[0] && !b2c_log_has_verifier())
		return " (is the file of --btf right?)";
	if (!run->settings.verbose && b2c_log_has_verifier())
		return " (-v shows the verifier's log)";
	return "";
}

/* Of a record that the kernel itself does not have: it is one of a module. */
static const char *relocation_hint(const struct b2c_run *run, const char *relocation)
{
	struct btf *btf = run->settings.btf[0] ? NULL : btf__load_vmlinux_btf();
	char kind[8] = "", tag[128] = "", *flavour;
	bool known = true;

	sscanf(relocation, "%7s %127[A-Za-z0-9_]", kind, tag);
	flavour = strstr(tag, "___");
	if (flavour)
		*flavour = '\0';
	if (btf && tag[0] && (!strcmp(kind, "struct") || !strcmp(kind, "union")))
		known = btf__find_by_name_kind(btf, tag, BTF_KIND_STRUCT) > 0 ||
			btf__find_by_name_kind(btf, tag, BTF_KIND_UNION) > 0;
	btf__free(btf);
	return known ? "" : " (is its module loaded, with BTF?)";
}

/* The type of a map that this kernel can't make, since it does not know it; or NULL. */
static const char *missing_map_type(const struct bpf_object *object, const char *name)
{
	const struct bpf_map *map = *name ? bpf_object__find_map_by_name(object, name) : NULL;

	if (!map || libbpf_probe_bpf_map_type(bpf_map__type(map), NULL))
		return NULL;
	return libbpf_bpf_map_type_str(bpf_map__type(map));
}

static int load_failed(const struct b2c_run *run, const struct bpf_object *object, int err)
{
	const char *program = b2c_log_failed_program();
	const char *map = b2c_log_failed_map();
	const char *type = missing_map_type(object, map);

	if (*b2c_log_relocation())
		b2c_error(run, "program '%s': this kernel lacks %s%s", program,
			  b2c_log_relocation(), relocation_hint(run, b2c_log_relocation()));
	else if (*b2c_log_helper())
		b2c_error(run, "program '%s': this kernel has no helper %s for it%s", program,
			  b2c_log_helper(),
			  b2c_host_is_locked_down() ? ", since it is locked down" : "");
	else if (type)
		b2c_error(run, "map '%s': this kernel lacks map type %s", map, type);
	else if (*program && b2c_log_advice())
		b2c_error(run, "the kernel refuses program '%s': %s; %s%s", program,
			  b2c_log_reason(), b2c_log_advice(), hint(run));
	else if (*program)
		b2c_error(run, "the kernel refuses program '%s': %s%s", program,
			  b2c_log_has_verifier() ? b2c_strerror(err)
						 : b2c_reason(B2C_STEP_PROGRAM, err),
			  hint(run));
	else if (*b2c_log_failed_pin())
		b2c_error(run, "the map pinned at '%s' has another type, size or flags than '%s'",
			  b2c_log_failed_pin(), map);
	else if (*map)
		b2c_error(run, "the kernel refuses map '%s': %s%s", map,
			  b2c_reason(B2C_STEP_MAP, err), hint(run));
	else
		b2c_error(run, "cannot load its BPF object: %s%s%s%s",
			  b2c_reason(B2C_STEP_PROGRAM, err),
			  *b2c_log_last_warning() ? ": " : "", b2c_log_last_warning(),
			  hint(run));
	return err;
}

/*
 * Puts the maps of global variables where the skeleton's pointers lead, which
 * bpf_object__load() alone does not do before libbpf 1.5.
 */
static int map_globals(const struct b2c_run *run, struct bpf_object *object)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), size;
	struct bpf_map *map;

	for (map = bpf_object__next_map(object, NULL); map;
	     map = bpf_object__next_map(object, map)) {
		void *memory = (void *)bpf_map__initial_value(map, &size);
		uint32_t flags = bpf_map__map_flags(map);
		int prot = flags & BPF_F_RDONLY_PROG ? PROT_READ : PROT_READ | PROT_WRITE;

		if (!memory || !bpf_map__is_internal(map) || !(flags & BPF_F_MMAPABLE))
			continue;
		size = (size + page - 1) / page * page;
		if (mmap(memory, size, prot, MAP_SHARED | MAP_FIXED, bpf_map__fd(map), 0) ==
		    MAP_FAILED) {
			b2c_error(run, "cannot map the variables of '%s': %s", bpf_map__name(map),
				  strerror(errno));
			return -errno;
		}
	}
	return 0;
}

void b2c_read_globals(struct b2c_run *run)
{
	struct bpf_map *map;
	uint32_t key = 0;
	size_t size;

	for (map = run->object ? bpf_object__next_map(run->object, NULL) : NULL; map;
	     map = bpf_object__next_map(run->object, map)) {
		void *memory = (void *)bpf_map__initial_value(map, &size);
		uint32_t flags = bpf_map__map_flags(map);

		if (memory && bpf_map__is_internal(map) &&
		    !(flags & (BPF_F_MMAPABLE | BPF_F_RDONLY_PROG)))
			bpf_map_lookup_elem(bpf_map__fd(map), &key, memory);
	}
}

int b2c_load(struct b2c_run *run, struct bpf_object *object)
{
	int err = run->err;

	btf__free(run->member_btf); /* every fact is known by now */
	run->member_btf = NULL;
	if (run->settings.check)
		return b2c_preflight(run, object);
	if (!err)
		err = choose_all(run, object);
	if (!err)
		err = choose_functions(run);
	if (!err && run->place_arguments)
		err = run->place_arguments(run);
	if (!err) {
		prepare_patterns(run);
		err = set_autoload(run);
	}
	if (!err)
		err = b2c_maps_setup(run, object);
	if (err)
		return err;
	b2c_log_start(run->settings.verbose); /* forget what the choice made libbpf say */
	err = bpf_object__load(object);
	run->object = err ? NULL : object;
	return err ? load_failed(run, object, err) : map_globals(run, object);
}
