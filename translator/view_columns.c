// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, columns: the table that heads them, and the call that shows one value. */
#include <string.h>

#include "view_parts.h"

/* ---- one value ---- */

/* Which function of the runtime shows a type. */
static const char *const put_functions[B2C_NR_VALUE_TYPES] = {
	[B2C_VALUE_STRING] = "b2c_put_string",
	[B2C_VALUE_COMM] = "b2c_put_comm",
	[B2C_VALUE_SIGNED] = "b2c_put_int",
	[B2C_VALUE_UNSIGNED] = "b2c_put_uint",
	[B2C_VALUE_HEX] = "b2c_put_hex",
	[B2C_VALUE_FLOAT] = "b2c_put_float",
	[B2C_VALUE_PID] = "b2c_put_pid",
	[B2C_VALUE_IP4] = "b2c_put_ip4",
	[B2C_VALUE_IP6] = "b2c_put_ip6",
	[B2C_VALUE_PORT] = "b2c_put_port",
	[B2C_VALUE_ERRNO] = "b2c_put_errno",
	[B2C_VALUE_SIGNAL] = "b2c_put_signal",
	[B2C_VALUE_DEVICE] = "b2c_put_device",
	[B2C_VALUE_KSYM] = "b2c_put_ksym",
	[B2C_VALUE_BOOL] = "b2c_put_bool",
	[B2C_VALUE_SYSCALL] = "b2c_put_syscall",
	[B2C_VALUE_USER] = "b2c_put_user",
	[B2C_VALUE_CGROUP] = "b2c_put_cgroup",
	[B2C_VALUE_BYTES] = "b2c_put_bytes",
	[B2C_VALUE_TIME] = "b2c_put_time",
	[B2C_VALUE_SINCE_START] = "b2c_put_since_start",
	[B2C_VALUE_DELTA] = "b2c_put_delta",
	[B2C_VALUE_ENUM] = "b2c_put_enum",
	[B2C_VALUE_FLAGS] = "b2c_put_flags",
	[B2C_VALUE_HEXDUMP] = "b2c_put_hexdump",
};

static bool is_text(const struct b2c_plan_column *column)
{
	return column->type == B2C_VALUE_STRING || column->type == B2C_VALUE_COMM;
}

static const char *put_function(const struct b2c_plan_column *column)
{
	const struct b2c_column *asked = column->asked;

	if (asked && asked->kernel_enum.text)
		return "b2c_put_kernel_enum";
	if (is_text(column) && column->limit)
		return "b2c_put_chars";
	if (!put_functions[column->type] || (is_text(column) && !column->size))
		return "b2c_put";
	/* The C type says it already. */
	if (column->of && column->of->kind == B2C_TYPE_INT && !column->bit_width &&
	    ((column->type == B2C_VALUE_SIGNED && column->of->is_signed) ||
	     (column->type == B2C_VALUE_UNSIGNED && !column->of->is_signed) ||
	     (column->type == B2C_VALUE_BOOL && column->of->is_bool)))
		return "b2c_put";
	return put_functions[column->type];
}

/* How many bytes are shown; NULL where the function needs no such argument. */
static const char *put_size(const struct b2c_plan_column *column, struct b2c_arena *arena)
{
	if (!is_text(column) && column->type != B2C_VALUE_HEXDUMP)
		return NULL;
	if (!column->limit)
		return column->size;
	return arena_printf(arena, "b2c_at_most(%s, %s)",
			    view_expression(column->limit->value, arena),
			    column->size ? column->size : "SIZE_MAX");
}

const char *view_put(const struct b2c_plan_column *column, struct b2c_arena *arena)
{
	const char *args[3] = { "row", view_expression(column->value, arena) };
	const struct b2c_type *of = column->of;

	if (view_is_symbol(column))
		return view_put_symbol(column, arena);
	args[2] = put_size(column, arena);
	if (column->type == B2C_VALUE_IP6 && of && of->kind == B2C_TYPE_INT128)
		args[1] = arena_printf(arena, "&%s", args[1]);
	/* The sign of a number is no flag of a wider one. */
	if (column->type == B2C_VALUE_FLAGS && of && of->kind == B2C_TYPE_INT && of->is_signed &&
	    of->size < 8)
		args[1] = arena_printf(arena, "(__u%llu)%s", 8 * (unsigned long long)of->size,
				       args[1]);
	return view_call(put_function(column), args, args[2] ? 3 : 2, arena);
}

/* ---- the table ---- */

const char *view_header_function(const struct b2c_plan_output *out,
				 const struct b2c_plan_column *column, struct b2c_arena *arena)
{
	return arena_printf(arena, "header_%s_%s", out->name, column->key);
}

/* A function that says whether the column is there; returns its name. */
static const char *add_condition(struct b2c_view *view, const struct b2c_plan_output *out,
				 const struct b2c_plan_column *column)
{
	struct b2c_arena *arena = view_arena(view);
	struct b2c_view *item = view_add(view, "conditions");
	const char *name = arena_printf(arena, "when_%s_%s", out->name, column->key);

	view_set(item, "function", name);
	view_printf(item, "header", "%s", view_comment(column->header, arena));
	view_printf(item, "manifest_line", "%u", column->when->loc.line);
	view_set(item, "expression", view_expression(column->when->value, arena));
	return name;
}

/* The table of what numbers are called; returns its name. */
static const char *add_names(struct b2c_view *view, const struct b2c_plan_output *out,
			     const struct b2c_plan_column *column)
{
	struct b2c_arena *arena = view_arena(view);
	struct b2c_view *item = view_add(view, "name_tables"), *row;
	const char *table = arena_printf(arena, "%s_%s_names", out->name, column->key);
	const struct b2c_number_name *name;
	size_t i;

	view_set(item, "table", table);
	view_list(item, "names");
	for (i = 0; i < column->asked->nr_names; i++) {
		name = &column->asked->names[i];
		row = view_add(item, "names");
		view_set(row, "number", name->text);
		view_set(row, "name", view_literal(name->name.text, arena));
	}
	return table;
}

/* What the type of a column needs beside the value. */
static void add_type_fields(struct b2c_view *view, const struct b2c_plan_output *out,
			    const struct b2c_plan_column *column, struct view_fields *fields)
{
	const struct b2c_column *asked = column->asked;
	const char *table;

	if (!asked)
		return;
	if (asked->format.text)
		view_field_literal(fields, "format", asked->format.text);
	if (asked->kernel_enum.text)
		view_field_literal(fields, "kernel_enum", asked->kernel_enum.text);
	if (asked->prefix.text)
		view_field_literal(fields, "prefix", asked->prefix.text);
	if (asked->unnamed.text)
		view_field_literal(fields, "unnamed", asked->unnamed.text);
	if (!asked->nr_names)
		return;
	table = add_names(view, out, column);
	view_field(fields, ".names = %s", table);
	view_field(fields, ".nr_names = B2C_SIZE(%s)", table);
}

void view_columns(struct b2c_view *view, const struct b2c_plan_output *out)
{
	struct b2c_arena *arena = view_arena(view);
	size_t i;

	view_list(view, "columns");
	view_list(view, "conditions");
	view_list(view, "name_tables");
	for (i = 0; i < out->nr_columns; i++) {
		const struct b2c_plan_column *column = &out->columns[i];
		struct view_fields fields = { .arena = arena, .depth = 2 };

		if (column->headers)
			view_field(&fields, ".header_of = %s",
				   view_header_function(out, column, arena));
		else
			view_field_literal(&fields, "header", column->header);
		view_field_literal(&fields, "key", column->key);
		if (column->width)
			view_field(&fields, ".width = %d", column->width);
		if (column->asked && column->asked->indent)
			view_field(&fields, ".indent = %llu",
				   (unsigned long long)column->asked->indent);
		if (column->precision == 0)
			view_field(&fields, ".precision = B2C_NO_DECIMALS");
		else if (column->precision > 0)
			view_field(&fields, ".precision = %d", column->precision);
		if (column->is_label)
			view_field(&fields, ".label = true");
		if (column->is_total)
			view_field(&fields, ".total = true");
		add_type_fields(view, out, column, &fields);
		if (column->type == B2C_VALUE_STACK)
			view_field(&fields, ".below = true");
		if (column->when)
			view_field(&fields, ".when = %s", add_condition(view, out, column));
		view_set(view_add(view, "columns"), "braces", view_braces(&fields));
	}
}
