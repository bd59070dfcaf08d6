// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, gather: rows of events that are made of several records. */
#include "bind_parts.h"

void bind_gather(struct bind *b, struct b2c_plan_output *out, struct bind_scope *scope)
{
	const struct b2c_gather *asked = out->asked ? &out->asked->gather : NULL;
	const struct bind_scope own = *scope;
	struct b2c_plan_part_of_row *parts = NULL;
	size_t i;

	if (!asked || !asked->by.text)
		return;
	out->gather.by = bind_expression(b, &asked->by, &own);
	out->gather.when = bind_expression(b, &asked->when, &own);
	for (i = 0; i < asked->nr_parts; i++)
		*arena_append(b->arena, parts, out->gather.nr) = (struct b2c_plan_part_of_row){
			.asked = &asked->parts[i],
			.name = asked->parts[i].name.text,
			.condition = bind_expression(b, &asked->parts[i].condition, &own),
			.text = bind_expression(b, &asked->parts[i].text, &own),
			.needed = bind_expression(b, &asked->parts[i].needed, &own),
		};
	out->gather.parts = parts;
	scope->gather = &out->gather;
}
