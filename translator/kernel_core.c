// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: whether a CO-RE relocation of an object resolves, by the rules
 * that libbpf loads with: records by name without ___flavour, members by name
 * through anonymous ones, and types that are compatible where they lead to.
 */
#include "kernel_core.h"

#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernel_data.h"

#define MAX_NAME 256

static const struct btf_type *local_strip(const struct btf *btf, uint32_t id, uint32_t kinds)
{
	const struct btf_type *type = btf__type_by_id(btf, id);

	while (type && kind_is(type, kinds))
		type = btf__type_by_id(btf, type->type);
	return type;
}

static const char *local_name(const struct btf *btf, uint32_t offset)
{
	const char *name = btf__str_by_offset(btf, offset);

	return name ? name : "";
}

/* A type's name up to its ___flavour. */
static void essential_name(const char *name, char ret_name[MAX_NAME])
{
	const char *end = name + strlen(name), *p;

	for (p = name + 1; *name && *p; p++)
		if (!strncmp(p, "___", 3) && p[3] && p[3] != '_')
			end = p;
	snprintf(ret_name, MAX_NAME, "%.*s", (int)(end - name), name);
}

static bool same_kind(const struct btf_type *a, const struct btf_type *b)
{
	return btf_kind(a) == btf_kind(b) || (btf_is_any_enum(a) && btf_is_any_enum(b));
}

static bool enums_fit(const char *local, const char *target)
{
	char a[MAX_NAME], b[MAX_NAME];

	essential_name(local, a);
	essential_name(target, b);
	return !*a || !*b || !strcmp(a, b);
}

/* Whether a member of the local type may stand for one of the kernel's. */
static bool members_fit(const struct btf *btf, uint32_t local_id, const struct kernel *kernel,
			uint32_t id)
{
	for (;;) {
		const struct btf_type *local, *type;

		local = local_strip(btf, local_id, KIND(TYPEDEF) | KIND_MODIFIER);
		type = kernel_type(kernel, kernel_strip(kernel, id, KIND(TYPEDEF) | KIND_MODIFIER));
		if (!local || !type)
			return false;
		if (btf_is_composite(local) && btf_is_composite(type))
			return true;
		if (!same_kind(local, type))
			return false;
		if (btf_is_any_enum(local) || btf_is_fwd(local))
			return enums_fit(local_name(btf, local->name_off),
					 kernel_string(kernel, type->name_off));
		if (!btf_is_array(local))
			return btf_is_ptr(local) || btf_is_int(local) || btf_is_float(local);
		local_id = btf_array(local)->type;
		id = btf_array(type)->type;
	}
}

/* One step into an array of the kernel. */
static bool element_match(const struct kernel *kernel, uint32_t *id, uint32_t index)
{
	const struct btf_type *type;

	*id = kernel_strip(kernel, *id, KIND(TYPEDEF) | KIND_MODIFIER);
	type = kernel_type(kernel, *id);
	if (!btf_is_array(type))
		return false;
	/* One without a size is the last member of its record. */
	if (btf_array(type)->nelems && index >= btf_array(type)->nelems)
		return false;
	*id = btf_array(type)->type;
	return true;
}

/* One step of the access string, on the local type and on the kernel's. */
static bool step_match(const struct b2c_core_spec *spec, uint32_t index, uint32_t *local_id,
		       const struct kernel *kernel, uint32_t *id)
{
	const struct btf_type *local;
	const struct btf_member *member;
	struct kernel_member found;
	const char *name;

	local = local_strip(spec->local, *local_id, KIND(TYPEDEF) | KIND_MODIFIER);
	if (local && btf_is_array(local)) {
		*local_id = btf_array(local)->type;
		return element_match(kernel, id, index);
	}
	if (!local || !btf_is_composite(local) || index >= btf_vlen(local))
		return false;
	member = &btf_members(local)[index];
	name = local_name(spec->local, member->name_off);
	*local_id = member->type;
	if (!*name)
		return true;
	*id = kernel_strip(kernel, *id, KIND(TYPEDEF) | KIND_MODIFIER);
	if (!btf_is_composite(kernel_type(kernel, *id)) ||
	    !kernel_member_find(kernel, *id, name, &found) ||
	    !members_fit(spec->local, member->type, kernel, found.type))
		return false;
	*id = found.type;
	return true;
}

/* The first number of an access string counts whole records and always fits. */
static bool path_match(const struct b2c_core_spec *spec, const struct kernel *kernel, uint32_t id)
{
	const char *at = strchr(spec->access, ':');
	uint32_t local_id = spec->type;

	for (; at; at = strchr(at + 1, ':')) {
		uint32_t index = (uint32_t)strtoul(at + 1, NULL, 10);

		if (!step_match(spec, index, &local_id, kernel, &id))
			return false;
	}
	return true;
}

static const char *enumerator_name(const struct btf *btf, const struct btf_type *type,
				   uint32_t index)
{
	if (index >= btf_vlen(type))
		return "";
	return local_name(btf, btf_is_enum64(type) ? btf_enum64(type)[index].name_off :
						     btf_enum(type)[index].name_off);
}

static bool enumerator_match(const struct b2c_core_spec *spec, const struct kernel *kernel,
			     uint32_t id)
{
	const struct btf_type *local = btf__type_by_id(spec->local, spec->type);
	const struct btf_type *type = kernel_type(kernel, id);
	char wanted[MAX_NAME], has[MAX_NAME];

	if (!btf_is_any_enum(local))
		return false;
	essential_name(enumerator_name(spec->local, local,
				       (uint32_t)strtoul(spec->access, NULL, 10)), wanted);
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		essential_name(enumerator_name(kernel->btf, type, i), has);
		if (!strcmp(wanted, has))
			return true;
	}
	return false;
}

static bool candidate_match(const struct b2c_core_spec *spec, const struct kernel *kernel,
			    uint32_t id)
{
	switch (spec->kind) {
	case BPF_CORE_TYPE_ID_TARGET:
	case BPF_CORE_TYPE_EXISTS:
	case BPF_CORE_TYPE_SIZE:
	case BPF_CORE_TYPE_MATCHES:
		return true;
	case BPF_CORE_ENUMVAL_EXISTS:
	case BPF_CORE_ENUMVAL_VALUE:
		return enumerator_match(spec, kernel, id);
	default:
		return path_match(spec, kernel, id);
	}
}

static bool core_resolves(const struct kernel *kernel, const void *what)
{
	const struct b2c_core_spec *spec = what;
	const struct btf_type *local = btf__type_by_id(spec->local, spec->type);
	char name[MAX_NAME];
	uint32_t entry = 0;

	if (!local)
		return false;
	essential_name(local_name(spec->local, local->name_off), name);
	while (*name && (entry = kernel_entry_next(kernel, name, entry))) {
		const struct kernel_entry *found = &kernel->entries[entry];

		if (!found->is_enumerator && same_kind(local, kernel_type(kernel, found->id)) &&
		    candidate_match(spec, kernel, found->id))
			return true;
	}
	return false;
}

bool kernel_core_resolves(struct b2c_kernels *kernels, size_t i, const struct b2c_core_spec *spec)
{
	if (spec->kind == BPF_CORE_TYPE_ID_LOCAL)
		return true;
	return kernel_fact_holds(kernels, i, core_resolves, spec);
}

static void append_step(const struct b2c_core_spec *spec, uint32_t index, uint32_t *id,
			struct b2c_text *out)
{
	const struct btf_type *type = local_strip(spec->local, *id, KIND(TYPEDEF) | KIND_MODIFIER);
	const char *name;

	if (type && btf_is_array(type)) {
		*id = btf_array(type)->type;
		return;
	}
	if (!type || !btf_is_composite(type) || index >= btf_vlen(type))
		return;
	name = local_name(spec->local, btf_members(type)[index].name_off);
	*id = btf_members(type)[index].type;
	if (*name)
		text_printf(out, ".%s", name);
}

void kernel_core_name(const struct b2c_core_spec *spec, struct b2c_text *out)
{
	const struct btf_type *type = btf__type_by_id(spec->local, spec->type);
	const char *at = strchr(spec->access, ':');
	uint32_t id = spec->type;
	char name[MAX_NAME];

	if (spec->kind == BPF_CORE_ENUMVAL_EXISTS || spec->kind == BPF_CORE_ENUMVAL_VALUE) {
		text_append(out, enumerator_name(spec->local, type,
					       (uint32_t)strtoul(spec->access, NULL, 10)));
		return;
	}
	essential_name(type ? local_name(spec->local, type->name_off) : "", name);
	text_append(out, name);
	for (; at; at = strchr(at + 1, ':'))
		append_step(spec, (uint32_t)strtoul(at + 1, NULL, 10), &id, out);
}

const char *kernel_enum_value(struct b2c_kernels *kernels, size_t i, const char *tag,
			      uint32_t value)
{
	const struct kernel *kernel = kernel_at(kernels, i);
	uint32_t id = kernel_type_find(kernel, tag, KIND(ENUM));
	const struct btf_type *type = kernel_type(kernel, id);

	for (uint32_t k = 0; id && k < btf_vlen(type); k++) {
		const char *name = kernel_string(kernel, btf_enum(type)[k].name_off);

		/* Counts such as __BPF_FUNC_MAX_ID stand at the end. */
		if ((uint32_t)btf_enum(type)[k].val == value && strncmp(name, "__", 2))
			return name;
	}
	return NULL;
}

static bool raw_tracepoint_exists(const struct kernel *kernel, const void *name)
{
	char type[MAX_NAME];

	snprintf(type, sizeof(type), "btf_trace_%s", (const char *)name);
	return kernel_type_find(kernel, type, KIND(TYPEDEF)) != 0;
}

bool kernel_has_raw_tracepoint(struct b2c_kernels *kernels, size_t i, const char *name)
{
	return kernel_fact_holds(kernels, i, raw_tracepoint_exists, name);
}
