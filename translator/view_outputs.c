// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* View, outputs: the typed functions that print events, histograms, tables and stacks. */
#include <string.h>

#include "view_parts.h"

#define NUMBER_DIGITS 20 /* of the longest integer with its sign */

/* ---- values ---- */

static void add_puts(struct b2c_view *view, const struct b2c_plan_column *columns, size_t nr)
{
	struct view_statements puts = { .arena = view_arena(view) };
	size_t i;

	for (i = 0; i < nr; i++)
		view_add_statement(&puts, columns[i].loc, view_put(&columns[i], puts.arena));
	view_add_statements(view, "puts", &puts);
}

/* ---- what the functions get ---- */

/* "const struct key_t key = *(const struct key_t *)": arrays stay where they are. */
static void add_local(struct b2c_view *view, const char *name, const struct b2c_type *type)
{
	const char *c = view_type_name(type, view_arena(view));

	if (view_is_scalar(type))
		view_printf(view, name, "const %s %s = *(const %s *)", c, name, c);
	else
		view_printf(view, name, "const %s *%s = ", c, name);
}

const char *view_size_of(const struct b2c_type *type, struct b2c_arena *arena)
{
	if (view_is_scalar(type))
		return arena_printf(arena, "sizeof(%s)", view_type_name(type, arena));
	return arena_printf(arena, "%llu", (unsigned long long)type->size);
}

static void columns_locals(const struct b2c_plan_output *out, struct b2c_view *view)
{
	const char **expressions =
		arena_alloc(view_arena(view), (2 * out->nr_columns + 1) * sizeof(*expressions));
	size_t i, nr = 0;

	for (i = 0; i < out->nr_columns; i++) {
		expressions[nr++] = out->columns[i].value;
		if (out->columns[i].limit)
			expressions[nr++] = out->columns[i].limit->value;
	}
	view_locals(out, "puts", expressions, nr, view);
}

static void add_times(const struct b2c_plan_output *out, struct view_fields *fields)
{
	if (out->every_interval)
		view_field(fields, ".every_interval = true");
	if (out->every_seconds)
		view_field(fields, ".every = %llu", (unsigned long long)out->every_seconds);
	if (out->no_last)
		view_field(fields, ".no_last = true");
	if (out->clear)
		view_field(fields, ".clear = true");
	if (out->when)
		view_field(fields, ".when = %s_when", view_config_name(out, fields->arena));
	if (out->timestamp)
		view_field(fields, ".timestamp = %s_timestamp",
			   view_config_name(out, fields->arena));
	if (out->screen)
		view_field(fields, ".screen = %s_screen", view_config_name(out, fields->arena));
	if (out->above)
		view_field(fields, ".has_above = true");
	if (out->above && out->above->nr)
		view_field(fields, ".above = %s_above", view_config_name(out, fields->arena));
	if (out->below && out->below->nr)
		view_field(fields, ".below = %s_below", view_config_name(out, fields->arena));
}

/* Of events the condition stands in the function that prints, of tables in its own. */
static void filter_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct view_statements filter = { .arena = view_arena(view) };
	const char *expression;

	view_locals(out, "filter", out->filter ? &out->filter->value : NULL, out->filter != NULL,
		    view);
	if (out->filter) {
		expression = view_expression(out->filter->value, filter.arena);
		view_add_statement(&filter, out->filter->loc,
			      arena_printf(filter.arena,
					   out->kind == B2C_OUTPUT_EVENTS ? "if (!(%s))"
									  : "return %s;",
					   expression));
	}
	view_add_statements(view, "filter", &filter);
}

/* Whether a record is of this output. */
static void condition_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct view_statements condition = { .arena = view_arena(view) };
	const char *expression;

	if (out->condition) {
		expression = view_expression(out->condition->value, condition.arena);
		view_add_statement(&condition, out->condition->loc,
			      arena_printf(condition.arena, "if (!(%s))", expression));
	}
	view_add_statements(view, "condition", &condition);
	view_set(view, "otherwise",
		 out->is_shared ? "B2C_NOT_TAKEN" : "b2c_row_short(row, size)");
}

/* ---- the kinds ---- */

static void events_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	const char *c = view_type_name(out->event, arena);

	view_printf(view, "event", "const %s *e", c);
	if (view_is_scalar(out->event))
		view_set(view, "event_size", "sizeof(*e)");
	else
		view_set(view, "event_size", view_size_of(out->event, arena));
	view_flag(view, "has_size", !out->asked || !out->asked->is_trace);
	view_columns(view, out);
	add_puts(view, out->columns, out->nr_columns);
	filter_view(out, view);
	condition_view(out, view);
	view_gather(out, view);
}

/* A section of several members is one text: "%llu %.*s". */
static void joined_section(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct b2c_text format = { 0 };
	struct b2c_arena *arena = view_arena(view);
	const char **args = NULL;
	size_t i, nr = 0, room = 0;

	*arena_append(arena, args, nr) = "text";
	*arena_append(arena, args, nr) = "sizeof(text)";
	*arena_append(arena, args, nr) = "";
	for (i = 0; i < out->nr_sections; i++) {
		const struct b2c_plan_column *column = &out->sections[i];
		bool is_signed = column->type == B2C_VALUE_SIGNED;
		const char *format_of = is_signed			? "%lld"
					: column->size			? "%.*s"
					: column->type == B2C_VALUE_HEX ? "%#llx"
									: "%llu";

		text_printf(&format, "%s%s", i ? " " : "", format_of);
		room += 1 + (column->size ? column->of->size : NUMBER_DIGITS);
		if (column->size)
			*arena_append(arena, args, nr) =
				arena_printf(arena, "(int)%s", column->size);
		*arena_append(arena, args, nr) =
			column->size ? column->value
				     : arena_printf(arena, "(%slong long)%s",
						    is_signed ? "" : "unsigned ", column->value);
	}
	args[2] = view_literal(text_string(&format), arena);
	text_free(&format);
	view_set(view, "joined", view_call("snprintf", args, nr, arena));
	view_printf(view, "joined_size", "%zu", room);
}

static const char *section_header(const struct b2c_plan_output *out, struct b2c_arena *arena)
{
	const char *header = out->sections[0].header;
	size_t i;

	for (i = 1; i < out->nr_sections; i++)
		header = arena_printf(arena, "%s, %s", header, out->sections[i].header);
	return header;
}

static void add_section_header(const struct b2c_plan_output *out, struct view_fields *fields)
{
	if (out->nr_sections == 1 && out->sections[0].headers)
		view_field(fields, ".section_header_of = %s",
			   view_text_function(out, "section_header", fields->arena));
	else
		view_field_literal(fields, "section_header",
				   section_header(out, fields->arena));
}

static void add_unit(const struct b2c_plan_output *out, struct view_fields *fields)
{
	if (out->units)
		view_field(fields, ".unit_of = %s", view_text_function(out, "unit", fields->arena));
	else if (out->unit)
		view_field_literal(fields, "unit", out->unit);
}

/* What prints by default has its map's name above it, for there may be several. */
static void add_title(const struct b2c_plan_output *out, struct view_fields *fields)
{
	if (out->titles)
		view_field(fields, ".title_of = %s",
			   view_text_function(out, "title", fields->arena));
	else if (out->title)
		view_field_literal(fields, "title", out->title);
	else if (!out->asked)
		view_field_literal(fields, "title",
				   arena_printf(fields->arena, "%s:", out->map->name));
}

static void add_scale(const struct b2c_plan_output *out, struct view_fields *fields)
{
	static const char *const scales[] = {
		[B2C_SCALE_LOG2] = "B2C_LOG2",
		[B2C_SCALE_LINEAR] = "B2C_LINEAR",
		[B2C_SCALE_BUCKETS] = "B2C_BUCKETS",
	};

	view_field(fields, ".scale = %s", scales[out->scale]);
	if (out->scale == B2C_SCALE_BUCKETS) {
		view_field(fields, ".buckets = %s_buckets", out->map->name);
		view_field(fields, ".nr_buckets = B2C_SIZE(%s_buckets)", out->map->name);
	}
	if (out->asked && out->asked->step)
		view_field(fields, ".step = %llu", (unsigned long long)out->asked->step);
	if (out->asked && out->asked->from)
		view_field(fields, ".from = %llu", (unsigned long long)out->asked->from);
}

static void add_percentiles(const struct b2c_plan_output *out, struct view_fields *fields)
{
	const char *list = "";
	size_t i;

	if (!out->asked || !out->asked->nr_percentiles)
		return;
	for (i = 0; i < out->asked->nr_percentiles; i++)
		list = arena_printf(fields->arena, "%s%s%.15g", list, i ? ", " : "",
				    out->asked->percentiles[i]);
	view_field(fields, ".percentiles = (const double[]){ %s }", list);
	view_field(fields, ".nr_percentiles = %zu", out->asked->nr_percentiles);
}

static void buckets_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	size_t i;

	view_list(view, "buckets");
	for (i = 0; out->asked && i < out->asked->nr_buckets; i++)
		view_printf(view_add(view, "buckets"), "text", "[%zu] = %llu", i,
			    (unsigned long long)out->asked->buckets[i]);
}

static void histogram_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	struct view_fields fields = { .arena = arena, .depth = 1 };
	const char *key = view_type_name(out->key, arena);

	add_local(view, "key", out->key);
	add_puts(view, out->sections, out->nr_sections);
	buckets_view(out, view);
	view_set(view, "joined", NULL);
	if (out->nr_sections > 1)
		joined_section(out, view);
	view_field_literal(&fields, "name", out->map->name);
	add_title(out, &fields);
	add_scale(out, &fields);
	add_percentiles(out, &fields);
	add_unit(out, &fields);
	view_field(&fields, ".key_size = %s", view_size_of(out->key, arena));
	if (out->slot) {
		view_field(&fields, ".slot_offset = offsetof(%s, %s)", key, out->slot);
		view_field(&fields, ".slot_size = sizeof(((%s *)0)->%s)", key, out->slot);
	} else {
		view_field(&fields, ".slot_size = %s", view_size_of(out->key, arena));
	}
	if (out->nr_sections) {
		add_section_header(out, &fields);
		if (out->nr_sections == 1)
			view_field_literal(&fields, "section_key", out->sections[0].key);
		view_field(&fields, ".section = put_%s_section", out->map->name);
	}
	add_times(out, &fields);
	view_add_fields(view, "fields", &fields);
}

static void order_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct view_statements order = { .arena = view_arena(view) };
	const char *expression;

	view_locals(out, "orders", out->sort ? &out->sort->value : NULL, out->sort != NULL, view);
	if (out->sort) {
		expression = view_expression(out->sort->value, order.arena);
		view_add_statement(&order, out->sort->loc,
			      arena_printf(order.arena,
					   out->ascending ? "return -(double)(%s);" : "return %s;",
					   expression));
	}
	view_add_statements(view, "order", &order);
}

/* Which rows there are of a table, and how often their headers. */
static void add_rows(const struct b2c_plan_output *out, struct view_fields *fields)
{
	if (out->no_header)
		view_field(fields, ".no_header = true");
	if (out->header_once)
		view_field(fields, ".header_once = true");
	if (out->reversed)
		view_field(fields, ".reversed = true");
	if (out->summary)
		view_field(fields, ".summary = true");
}

static void table_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct b2c_arena *arena = view_arena(view);
	struct view_fields fields = { .arena = arena, .depth = 1 };
	const char *map = out->name;

	view_set(view, "key", NULL);
	if (out->key)
		add_local(view, "key", out->key);
	add_local(view, "value", out->value);
	view_columns(view, out);
	add_puts(view, out->columns, out->nr_columns);
	columns_locals(out, view);
	order_view(out, view);
	filter_view(out, view);
	view_joins(out, view);
	view_totals(out, view);
	add_title(out, &fields);
	view_field(&fields, ".columns = %s_columns", map);
	view_field(&fields, ".nr_columns = B2C_SIZE(%s_columns)", map);
	view_field(&fields, ".put = put_%s", map);
	if (out->sort)
		view_field(&fields, ".order = order_%s", map);
	if (out->filter)
		view_field(&fields, ".filter = filter_%s", map);
	add_rows(out, &fields);
	if (out->nr_joins) {
		view_field(&fields, ".joins = %s_joins", map);
		view_field(&fields, ".nr_joins = B2C_SIZE(%s_joins)", map);
	}
	if (out->nr_totals) {
		view_field(&fields, ".add = add_%s", map);
		view_field(&fields, ".totals = %s_totals", map);
		view_field(&fields, ".nr_totals = B2C_SIZE(%s_totals)", map);
	}
	if (out->sort_key)
		view_field_literal(&fields, "sort_key", out->sort_key);
	if (out->sort_option)
		view_field(&fields, ".sort_key = %s", out->sort_option);
	if (out->ascending && !out->sort)
		view_field(&fields, ".ascending = true");
	if (out->key)
		view_field(&fields, ".key_size = %s", view_size_of(out->key, arena));
	view_field(&fields, ".value_size = %s", view_size_of(out->value, arena));
	if (out->outer) {
		view_field(&fields, ".read = b2c_read_inner_maps");
		view_field(&fields, ".outer_size = %s", view_size_of(out->outer, arena));
	}
	if (out->sum_size)
		view_field(&fields, ".sum_size = sizeof(__u%llu)",
			   8 * (unsigned long long)out->sum_size);
	if (out->percpu_list)
		view_field(&fields, ".lists_cpus = true");
	if (out->top)
		view_field(&fields, ".top = %llu", (unsigned long long)out->top);
	if (out->top_value)
		view_field(&fields, ".top_of = %s_top", view_config_name(out, arena));
	if (out->rows)
		view_field(&fields, ".rows_of = %s_rows", view_config_name(out, arena));
	add_times(out, &fields);
	view_add_fields(view, "fields", &fields);
}

/* ---- stacks ---- */

static void add_stack_id(struct view_statements *statements, const char *member,
			 const struct b2c_plan_column *column)
{
	if (column)
		view_add_statement(statements, column->loc,
				   arena_printf(statements->arena, "ret_stack->%s = %s;", member,
						view_stack_id(column, statements->arena)));
}

static void add_stack_member(struct view_statements *statements, const char *member,
			     const struct b2c_plan_column *column)
{
	if (column)
		view_add_statement(statements, column->loc,
			      arena_printf(statements->arena, "ret_stack->%s = %s;", member,
					   view_expression(column->value, statements->arena)));
}

static void add_stack_comm(struct view_statements *statements, const struct b2c_plan_column *column)
{
	const char *args[3] = { "ret_stack" };

	if (!column)
		return;
	args[1] = view_expression(column->value, statements->arena);
	args[2] = column->size ? column->size : "B2C_COMM_SIZE";
	view_add_statement(statements, column->loc,
		      view_call("b2c_stack_comm", args, 3, statements->arena));
}

static void stacks_uses(const struct b2c_plan_stacks *stacks, struct b2c_view *view)
{
	const struct b2c_plan_column *all[] = { stacks->kernel, stacks->user, stacks->pid,
						stacks->comm, stacks->count };
	bool key = false, value = false;
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		key |= all[i] && view_uses(all[i]->value, "key");
		value |= all[i] && view_uses(all[i]->value, "value");
	}
	view_flag(view, "puts_key", key);
	view_flag(view, "puts_value", value);
}

static bool has_forms(const struct b2c_plan_stacks *stacks)
{
	size_t i;

	for (i = 0; i < B2C_NR_STACK_FORMS; i++)
		if (stacks->forms[i])
			return true;
	return false;
}

/* "if (opt.folded) form |= B2C_STACKS_FOLDED;" for each that is asked for. */
static void add_forms(const struct b2c_plan_stacks *stacks, struct b2c_view *view)
{
	static const char *const bits[] = {
#define X(id, word, bit) bit,
		B2C_STACK_FORMS(X)
#undef X
	};
	struct view_statements forms = { .arena = view_arena(view) };
	size_t i;

	for (i = 0; i < B2C_NR_STACK_FORMS; i++)
		if (stacks->forms[i])
			view_add_statement(&forms, stacks->forms[i]->loc,
				      arena_printf(forms.arena, "if (%s)\n\t\tform |= %s;",
						   view_expression(stacks->forms[i]->value,
								   forms.arena),
						   bits[i]));
	view_add_statements(view, "forms", &forms);
}

static void stacks_fields(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct view_fields fields = { .arena = view_arena(view), .depth = 1 };
	const struct b2c_plan_stacks *stacks = &out->stacks;

	view_field(&fields, ".get = get_%s", out->map->name);
	view_field(&fields, ".key_size = %s", view_size_of(out->key, fields.arena));
	view_field(&fields, ".value_size = %s", view_size_of(out->value, fields.arena));
	if (stacks->kernel)
		view_field(&fields, ".has_kernel = true");
	if (stacks->user)
		view_field(&fields, ".has_user = true");
	if (stacks->pid || stacks->comm)
		view_field(&fields, ".has_task = true");
	if (view_has_user_stack(stacks))
		view_field(&fields, ".users = &b2c_user_symbols");
	add_unit(out, &fields);
	if (has_forms(stacks))
		view_field(&fields, ".form = form_%s", out->map->name);
	view_stack_fields(out, &fields);
	if (out->sort)
		view_field(&fields, ".order = order_%s", out->map->name);
	if (out->top)
		view_field(&fields, ".top = %llu", (unsigned long long)out->top);
	add_times(out, &fields);
	view_add_fields(view, "fields", &fields);
}

static void stacks_view(const struct b2c_plan_output *out, struct b2c_view *view)
{
	struct view_statements puts = { .arena = view_arena(view) };
	const struct b2c_plan_stacks *stacks = &out->stacks;

	add_local(view, "key", out->key);
	add_local(view, "value", out->value);
	stacks_uses(stacks, view);
	add_stack_id(&puts, "kernel", stacks->kernel);
	add_stack_id(&puts, "user", stacks->user);
	add_stack_member(&puts, "pid", stacks->pid);
	add_stack_comm(&puts, stacks->comm);
	add_stack_member(&puts, "count", stacks->count);
	view_add_statements(view, "puts", &puts);
	add_forms(stacks, view);
	view_stack_lines(out, view);
	order_view(out, view);
	stacks_fields(out, view);
}

struct b2c_view *view_of_output(const struct b2c_plan *plan, const struct b2c_plan_output *out,
				struct b2c_arena *arena)
{
	static void (*const kinds[])(const struct b2c_plan_output *, struct b2c_view *) = {
		[B2C_OUTPUT_HISTOGRAM] = histogram_view,
		[B2C_OUTPUT_EVENTS] = events_view,
		[B2C_OUTPUT_TABLE] = table_view,
		[B2C_OUTPUT_STACKS] = stacks_view,
	};
	struct b2c_view *view = view_new(arena);

	view_set(view, "tool", plan->tool);
	view_c_file(plan, view);
	view_set(view, "manifest_file", plan->manifest_file);
	view_set(view, "map", out->name);
	view_set(view, "origin", view_origin(plan, out->map->name, out->map->loc, arena));
	view_settings(out, view);
	kinds[out->kind](out, view);
	return view;
}
