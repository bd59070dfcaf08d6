// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, symbols: statements for columns of functions and of stacks. */
#include "view_parts.h"

static bool has_process(const struct b2c_plan_column *columns, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (columns[i].pid)
			return true;
	return false;
}

bool view_has_user_columns(const struct b2c_plan *plan)
{
	const struct b2c_plan_output *out = plan->outputs;

	if (plan->asks_users)
		return true;
	for (; out < plan->outputs + plan->nr_outputs; out++)
		if (has_process(out->columns, out->nr_columns) ||
		    has_process(out->sections, out->nr_sections))
			return true;
	return false;
}

/* What is written beside the names of symbols; NULL: nothing. */
static const char *symbol_parts(const struct b2c_plan_column *column)
{
	if (column->offset && column->module)
		return "B2C_SYMBOL_OFFSET | B2C_SYMBOL_MODULE";
	return column->offset ? "B2C_SYMBOL_OFFSET" : column->module ? "B2C_SYMBOL_MODULE" : NULL;
}

bool view_is_symbol(const struct b2c_plan_column *column)
{
	return column->type == B2C_VALUE_USYM || column->type == B2C_VALUE_STACK ||
	       (column->type == B2C_VALUE_KSYM && symbol_parts(column));
}

const char *view_stack_id(const struct b2c_plan_column *column, struct b2c_arena *arena)
{
	const char *value = view_expression(column->value, arena);

	if (column->of && column->of->kind == B2C_TYPE_INT && !column->of->is_signed &&
	    column->of->size == 4)
		return arena_printf(arena, "(__s32)%s", value);
	return value;
}

const char *view_put_symbol(const struct b2c_plan_column *column, struct b2c_arena *arena)
{
	const char *parts = symbol_parts(column);
	const char *args[5] = { "row" };
	const char *name = "b2c_put_ksym_parts";
	size_t nr = 1;

	if (column->stack_map)
		args[nr++] = view_literal(column->stack_map, arena);
	if (column->type == B2C_VALUE_STACK)
		name = column->pid ? "b2c_put_user_stack" : "b2c_put_kernel_stack";
	else if (column->type == B2C_VALUE_USYM)
		name = "b2c_put_usym";
	if (column->pid)
		args[nr++] = view_expression(column->pid, arena);
	args[nr++] = column->type == B2C_VALUE_STACK ? view_stack_id(column, arena)
						      : view_expression(column->value, arena);
	args[nr++] = parts ? parts : "0";
	return view_call(name, args, nr, arena);
}
