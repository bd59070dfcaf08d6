// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, types: which records the tool's user-space side has to know. */
#include "bind_parts.h"

#include <string.h>

const struct b2c_type *bind_named_type(struct bind *b, const struct b2c_type *type,
				       const char *fallback)
{
	struct b2c_type *named;

	if (!type || type->kind != B2C_TYPE_RECORD || *type->name)
		return type;
	named = arena_alloc(b->arena, sizeof(*named));
	*named = *type;
	named->name = fallback;
	return named;
}

static bool is_shared(const struct b2c_plan *plan, const struct b2c_type *type)
{
	size_t i;

	for (i = 0; i < plan->nr_types; i++)
		if (plan->types[i] == type || !strcmp(plan->types[i]->name, type->name))
			return true;
	return false;
}

void bind_share_type(struct bind *b, const struct b2c_type *type)
{
	const struct b2c_type **types = (const struct b2c_type **)b->plan->types;
	size_t i;

	while (type && type->kind == B2C_TYPE_ARRAY)
		type = type->element;
	if (!type || type->kind != B2C_TYPE_RECORD || type->is_kernel)
		return;
	for (i = 0; i < type->nr_fields; i++)
		bind_share_type(b, type->fields[i].type);
	types = (const struct b2c_type **)b->plan->types;
	if (!*type->name || is_shared(b->plan, type))
		return;
	*arena_append(b->arena, types, b->plan->nr_types) = type;
	b->plan->types = types;
}
