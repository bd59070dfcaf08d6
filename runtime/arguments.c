// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Where the traced function has its arguments on this host. Handlers that need to
 * know register with b2c_find_argument(); before the load the prototypes in the
 * host's BTF are asked, those of modules too.
 */
#include <bpf/btf.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "run.h"

#define NAME_ROOM 128

/* "struct dentry *dentry" taken apart; the tag is "" for what is known by its name alone. */
struct wanted {
	char tag[NAME_ROOM];
	const char *name;
};

static void take_apart(const char *what, struct wanted *ret_wanted)
{
	const char *tag = strchr(what, ' '), *star = strchr(what, '*');
	size_t n;

	*ret_wanted = (struct wanted){ .name = star ? star + 1 : what };
	if (!tag || !star)
		return;
	n = strcspn(++tag, " ");
	if (n < NAME_ROOM)
		memcpy(ret_wanted->tag, tag, n);
}

static const struct btf_type *strip(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, id);

	while (type && (btf_is_mod(type) || btf_is_typedef(type) || btf_is_type_tag(type)))
		type = btf__type_by_id(btf, type->type);
	return type;
}

static bool points_to(const struct btf *btf, const struct btf_param *parameter, const char *tag)
{
	const struct btf_type *type = strip(btf, parameter->type);

	type = type && btf_is_ptr(type) ? strip(btf, type->type) : NULL;
	return type && (btf_is_composite(type) || btf_is_fwd(type)) &&
	       !strcmp(btf__name_by_offset(btf, type->name_off), tag);
}

int b2c_argument_position(const struct btf *btf, uint32_t function, const char *what,
			  unsigned int *position)
{
	const struct btf_type *proto =
		btf__type_by_id(btf, btf__type_by_id(btf, function)->type);
	const struct btf_param *parameters = btf_params(proto);
	unsigned int nr = btf_vlen(proto), nr_fit = 0, only = 0, i;
	struct wanted wanted;

	take_apart(what, &wanted);
	if (!strcmp(what, B2C_RESULT)) {
		*position = nr;
		return 0;
	}
	for (i = 0; i < nr; i++) {
		if (wanted.tag[0] && !points_to(btf, &parameters[i], wanted.tag))
			continue;
		if (!strcmp(btf__name_by_offset(btf, parameters[i].name_off), wanted.name)) {
			*position = i;
			return 0;
		}
		only = i;
		nr_fit++;
	}
	if (wanted.tag[0] && nr_fit == 1)
		*position = only;
	else if (*position >= nr ||
		 (wanted.tag[0] && !points_to(btf, &parameters[*position], wanted.tag)))
		return -ENOENT;
	return 0;
}

/* ---- the host's BTF ---- */

/* The file of --btf, or what the kernel gives; NULL: there is none. */
static struct btf *load_btf(const struct b2c_run *run)
{
	struct btf *btf = NULL;

	if (run->settings.btf[0])
		btf = btf__parse(run->settings.btf, NULL);
	return btf ? btf : btf__load_vmlinux_btf();
}

static uint32_t find_function(const struct btf *btf, const char *name)
{
	int id = btf ? btf__find_by_name_kind(btf, name, BTF_KIND_FUNC) : -ENOENT;

	return id > 0 ? (uint32_t)id : 0;
}

/* The BTF of the module that has the function, or NULL. */
static struct btf *find_module(struct btf *kernel, const char *name)
{
	DIR *folder = kernel ? opendir("/sys/kernel/btf") : NULL;
	struct btf *found = NULL;
	struct dirent *entry;

	while (folder && !found && (entry = readdir(folder))) {
		struct btf *module = NULL;

		if (entry->d_name[0] != '.' && strcmp(entry->d_name, "vmlinux"))
			module = btf__load_module_btf(entry->d_name, kernel);
		if (find_function(module, name))
			found = module;
		else
			btf__free(module);
	}
	if (folder)
		closedir(folder);
	return found;
}

/* ---- placing ---- */

static int place(struct b2c_run *run, struct btf *kernel, const struct b2c_argument *argument,
		 size_t index)
{
	const struct b2c_probe *probe = &run->tool->probes[index];
	const char *function = probe->targets[run->choices[index].target];
	const struct btf *btf;
	struct btf *module;
	uint32_t id;
	int err = 0;

	if (probe->trampoline) {
		*argument->position = probe->trampoline->nr_arguments(run, index);
		return 0;
	}
	id = find_function(kernel, function);
	module = id ? NULL : find_module(kernel, function);
	btf = module ? module : kernel;

	if (module)
		id = find_function(module, function);
	if (id)
		err = b2c_argument_position(btf, id, argument->what, argument->position);
	btf__free(module);
	if (!err) {
		b2c_note(run, "program '%s' takes '%s' of '%s' from position %u",
			 argument->program, argument->what, function, *argument->position);
		return 0;
	}
	run->choices[index].off = true;
	return b2c_probe_failed(run, probe, err,
				"program '%s': '%s' of this kernel has no parameter '%s'",
				argument->program, function, argument->what);
}

/* All probes of one program read the same variable. */
static int place_argument(struct b2c_run *run, struct btf *kernel,
			  const struct b2c_argument *argument)
{
	unsigned int before = *argument->position, first = 0;
	bool is_first = true;
	size_t i;
	int err;

	for (i = 0; i < run->tool->nr_probes; i++) {
		if (run->choices[i].off || strcmp(run->tool->probes[i].program, argument->program))
			continue;
		*argument->position = before;
		err = place(run, kernel, argument, i);
		if (err)
			return err;
		if (run->choices[i].off)
			continue;
		if (!is_first && *argument->position != first) {
			b2c_error(run,
				  "program '%s': its functions have '%s' at different positions",
				  argument->program, argument->what);
			return -EINVAL;
		}
		first = *argument->position;
		is_first = false;
	}
	return 0;
}

/* Trampolines know already, and tools of these alone do not read the kernel's BTF. */
static bool needs_btf(const struct b2c_run *run)
{
	const struct b2c_probe *probes = run->tool->probes;
	size_t i;

	for (i = 0; i < run->tool->nr_probes; i++)
		if (!run->choices[i].off && !probes[i].trampoline &&
		    b2c_has_arguments(run, &probes[i]))
			return true;
	return false;
}

static int place_arguments(struct b2c_run *run)
{
	struct btf *kernel = needs_btf(run) ? load_btf(run) : NULL;
	size_t i;
	int err = 0;

	for (i = 0; i < run->nr_arguments && !err; i++)
		err = place_argument(run, kernel, &run->arguments[i]);
	btf__free(kernel);
	return err;
}

void b2c_find_argument(struct b2c_run *run, const char *program, const char *what,
		       unsigned int *position)
{
	struct b2c_argument *arguments =
		realloc(run->arguments, (run->nr_arguments + 1) * sizeof(*arguments));

	if (!arguments) {
		run->err = run->err ? run->err : -ENOMEM;
		return;
	}
	run->arguments = arguments;
	run->place_arguments = place_arguments;
	arguments[run->nr_arguments++] =
		(struct b2c_argument){ .program = program, .what = what, .position = position };
}
