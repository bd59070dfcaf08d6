// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, lines of stacks: what the elements of a stacks output are printed as. */
#include "bind_parts.h"

static struct b2c_plan_stack_line bind_line(struct bind *b, const struct b2c_stack_line *asked,
					    const struct bind_scope *scope)
{
	const char *own = asked->user.text ? "user" : asked->kernel.text ? "kernel" : NULL;

	return (struct b2c_plan_stack_line){
		.asked = asked,
		.key = asked->key.text ? asked->key.text : own,
		.value = bind_expression(b, &asked->value, scope),
		.id = bind_expression(b, asked->user.text ? &asked->user : &asked->kernel, scope),
		.pid = bind_expression(b, &asked->pid, scope),
		.when = bind_expression(b, &asked->when, scope),
		.loc = asked->loc,
	};
}

struct b2c_plan_stack_lines bind_stack_lines(struct bind *b, const struct b2c_stack_lines *asked,
					     const struct bind_scope *scope)
{
	struct b2c_plan_stack_line *items = NULL;
	struct b2c_plan_stack_lines lines = { 0 };
	size_t i;

	for (i = 0; i < asked->nr; i++)
		*arena_append(b->arena, items, lines.nr) = bind_line(b, &asked->items[i], scope);
	lines.items = items;
	return lines;
}
