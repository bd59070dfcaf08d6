// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, columns: the table that heads them, and the call that shows one value. */
#include <string.h>

#include "view_parts.h"

/* ---- one value ---- */

/* id, function of the runtime */
static const char *put_function(const struct b2c_plan_column *column)
{
	static const char *const functions[B2C_NR_VALUE_TYPES] = {
		[B2C_VALUE_STRING] = "b2c_put_string", [B2C_VALUE_COMM] = "b2c_put_comm",
		[B2C_VALUE_SIGNED] = "b2c_put_int",    [B2C_VALUE_UNSIGNED] = "b2c_put_uint",
		[B2C_VALUE_HEX] = "b2c_put_hex",       [B2C_VALUE_FLOAT] = "b2c_put_float",
		[B2C_VALUE_PID] = "b2c_put_pid",       [B2C_VALUE_IP4] = "b2c_put_ip4",
		[B2C_VALUE_IP6] = "b2c_put_ip6",       [B2C_VALUE_PORT] = "b2c_put_port",
		[B2C_VALUE_ERRNO] = "b2c_put_errno",   [B2C_VALUE_SIGNAL] = "b2c_put_signal",
		[B2C_VALUE_DEVICE] = "b2c_put_device", [B2C_VALUE_KSYM] = "b2c_put_ksym",
		[B2C_VALUE_BOOL] = "b2c_put_bool",
	};
	bool is_text = column->type == B2C_VALUE_STRING || column->type == B2C_VALUE_COMM;

	if (!functions[column->type] || (is_text && !column->size))
		return "b2c_put";
	/* The C type says it already. */
	if (column->of && column->of->kind == B2C_TYPE_INT && !column->bit_width &&
	    ((column->type == B2C_VALUE_SIGNED && column->of->is_signed) ||
	     (column->type == B2C_VALUE_UNSIGNED && !column->of->is_signed) ||
	     (column->type == B2C_VALUE_BOOL && column->of->is_bool)))
		return "b2c_put";
	return functions[column->type];
}

const char *view_put(const struct b2c_plan_column *column, struct b2c_arena *arena)
{
	const char *args[3] = { "row", view_expression(column->value, arena), column->size };
	bool is_text = column->type == B2C_VALUE_STRING || column->type == B2C_VALUE_COMM;

	if (column->type == B2C_VALUE_IP6 && column->of && column->of->kind == B2C_TYPE_INT128)
		args[1] = arena_printf(arena, "&%s", args[1]);
	return view_call(put_function(column), args, is_text && column->size ? 3 : 2, arena);
}

/* ---- the table ---- */

/* A function that says whether the column is there; returns its name. */
static const char *add_condition(struct b2c_view *view, const struct b2c_plan_output *out,
				 const struct b2c_plan_column *column)
{
	struct b2c_arena *arena = view_arena(view);
	struct b2c_view *item = view_add(view, "conditions");
	const char *name = arena_printf(arena, "when_%s_%s", out->map->name, column->key);

	view_set(item, "function", name);
	view_printf(item, "header", "%s", view_comment(column->header, arena));
	view_printf(item, "manifest_line", "%u", column->when->loc.line);
	view_set(item, "expression", view_expression(column->when->value, arena));
	return name;
}

void view_columns(struct b2c_view *view, const struct b2c_plan_output *out)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	view_list(view, "columns");
	view_list(view, "conditions");
	for (i = 0; i < out->nr_columns; i++) {
		const struct b2c_plan_column *column = &out->columns[i];
		struct view_fields fields = { .arena = arena, .depth = 2 };

		view_field_literal(&fields, "header", column->header);
		view_field_literal(&fields, "key", column->key);
		if (column->width)
			view_field(&fields, ".width = %d", column->width);
		if (column->precision == 0)
			view_field(&fields, ".precision = B2C_NO_DECIMALS");
		else if (column->precision > 0)
			view_field(&fields, ".precision = %d", column->precision);
		if (column->when)
			view_field(&fields, ".when = %s", add_condition(view, out, column));
		view_set(view_add(view, "columns"), "braces", view_braces(&fields));
	}
}
