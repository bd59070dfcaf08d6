// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Bind, trace: the lines of bpf_trace_printk as records that expressions see as `e`. They are
 * struct b2c_trace_line of the runtime (b2c/events.h), in a buffer that no map has.
 */
#include "bind_parts.h"

#define NUMBER(c_name, bytes, sign) \
	{ .kind = B2C_TYPE_INT, .spelling = c_name, .size = bytes, .is_signed = sign }
#define STRING(bytes) \
	{ .kind = B2C_TYPE_STRING, .spelling = "char", .size = bytes, .nr_elements = bytes }

static const struct b2c_type name_type = STRING(16);
static const struct b2c_type number_type = NUMBER("int", 4, true);
static const struct b2c_type time_type = NUMBER("u64", 8, false);
static const struct b2c_type text_type = STRING(8192);

static const struct b2c_member fields[] = {
	{ .name = "task", .type = &name_type },	  { .name = "pid", .type = &number_type },
	{ .name = "cpu", .type = &number_type },  { .name = "flags", .type = &name_type },
	{ .name = "time", .type = &time_type },	  { .name = "text", .type = &text_type },
};

const struct b2c_map *bind_trace_map(struct bind *b, const struct b2c_output *asked)
{
	struct b2c_type *line;
	struct b2c_map *map;
	size_t i;

	for (i = 0; i < b->plan->nr_outputs; i++)
		if (b->plan->outputs[i].asked->is_trace)
			return b->plan->outputs[i].map;
	line = arena_alloc(b->arena, sizeof(*line));
	map = arena_alloc(b->arena, sizeof(*map));
	*line = (struct b2c_type){
		.kind = B2C_TYPE_RECORD,
		.spelling = "struct b2c_trace_line",
		.name = "b2c_trace_line",
		.fields = fields,
		.nr_fields = sizeof(fields) / sizeof(fields[0]),
		.loc = asked->loc,
	};
	*map = (struct b2c_map){
		.name = B2C_TRACE_LINES,
		.kind = B2C_MAP_PERF_OUTPUT,
		.event = line,
		.loc = asked->loc,
	};
	return map;
}
