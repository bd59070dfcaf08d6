// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, slots: bcc's habits in naming the members of keys, as rules. */
#include "bind_parts.h"

#include <string.h>

static bool is_integer(const struct b2c_member *field)
{
	return field->type->kind == B2C_TYPE_INT && !field->bit_width && *field->name;
}

const struct b2c_member *bind_slot(const struct b2c_type *key)
{
	const struct b2c_member *last = NULL;
	size_t i;

	for (i = 0; i < key->nr_fields; i++) {
		const struct b2c_member *field = &key->fields[i];

		if (!is_integer(field))
			continue;
		if (!strcmp(field->name, "slot") || !strcmp(field->name, "bucket"))
			return field;
		if (i + 1 == key->nr_fields)
			last = field;
	}
	return last;
}

/* The first integer member whose name holds one of `words`, which end with NULL. */
static const struct b2c_member *member_like(const struct b2c_type *key, const char *const *words)
{
	size_t i;

	for (; *words; words++)
		for (i = 0; i < key->nr_fields; i++)
			if (is_integer(&key->fields[i]) && strstr(key->fields[i].name, *words))
				return &key->fields[i];
	return NULL;
}

static const struct b2c_member *string_member(const struct b2c_type *key)
{
	size_t i;

	for (i = 0; i < key->nr_fields; i++)
		if (key->fields[i].type->kind == B2C_TYPE_STRING)
			return &key->fields[i];
	return NULL;
}

static const struct b2c_plan_column *member_of_key(struct bind *b, const struct b2c_member *field)
{
	struct b2c_plan_column *column;

	if (!field)
		return NULL;
	column = arena_alloc(b->arena, sizeof(*column));
	*column = bind_own_column(b, arena_printf(b->arena, "key.%s", field->name), field->name,
				  field->type);
	return column;
}

void bind_stack_members(struct bind *b, const struct b2c_type *key, struct b2c_plan_stacks *ret)
{
	static const char *const user[] = { "user_stack", "userstack", "ustack", "u_stack", NULL };
	static const char *const kernel[] = { "kern_stack",  "kernel_stack", "kernstack",
					      "kernelstack", "kstack",	     "k_stack",
					      NULL };
	static const char *const any[] = { "stack_id", "stackid", "stack", NULL };
	static const char *const pid[] = { "tgid", "pid", NULL };
	const struct b2c_member *user_id, *kernel_id;

	if (!key || key->kind != B2C_TYPE_RECORD || key->is_kernel)
		return;
	user_id = member_like(key, user);
	kernel_id = member_like(key, kernel);
	if (!kernel_id && !user_id)
		kernel_id = member_like(key, any);
	if (!kernel_id && !user_id)
		return;
	ret->kernel = member_of_key(b, kernel_id);
	ret->user = member_of_key(b, user_id);
	ret->pid = member_of_key(b, member_like(key, pid));
	ret->comm = member_of_key(b, string_member(key));
}
