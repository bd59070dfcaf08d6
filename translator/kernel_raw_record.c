// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: which struct trace_event_raw_* is the record of a tracepoint.
 * The kernel names it after the event's class, which nothing states; it is
 * recognized by its layout, then by the arguments of the event's probe and by
 * its name.
 */
#include "kernel_data.h"

#include <stdio.h>

#define PREFIX "trace_event_raw_"
#define PROBE_PREFIX "trace_event_raw_event_"
#define MAX_NAME 512

static void raw_records_collect(struct kernel *kernel, struct b2c_arena *arena)
{
	for (size_t i = 1; i <= kernel->nr_entries; i++) {
		const struct kernel_entry *entry = &kernel->entries[i];
		const char *name = kernel_string(kernel, entry->name);

		if (!btf_is_struct(kernel_type(kernel, entry->id)) ||
		    strncmp(name, PREFIX, strlen(PREFIX)))
			continue;
		*arena_append(arena, kernel->raw_records, kernel->nr_raw_records) = entry->id;
	}
}

/* The member of the record that holds a field. */
static const char *field_member(const struct b2c_tracepoint_field *field, char buffer[MAX_NAME])
{
	static const char *const prefixes[] = {
		[B2C_IN_PLACE] = "",
		[B2C_DATA_LOC] = "__data_loc_",
		[B2C_REL_LOC] = "__rel_loc_",
	};

	snprintf(buffer, MAX_NAME, "%s%s", prefixes[field->location], field->name);
	return buffer;
}

/* The record's members but its head `ent` and its tail `__data`. */
static size_t record_members(const struct kernel *kernel, uint32_t record)
{
	const struct btf_type *type = kernel_type(kernel, record);
	size_t nr = btf_vlen(type);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		const char *name = kernel_string(kernel, btf_members(type)[i].name_off);

		nr -= !strcmp(name, "ent") || !strcmp(name, "__data");
	}
	return nr;
}

static bool record_fits(const struct kernel *kernel, uint32_t record,
			const struct b2c_tracepoint_field *fields, size_t nr_fields)
{
	if (record_members(kernel, record) != nr_fields)
		return false;
	for (size_t i = 0; i < nr_fields; i++) {
		struct kernel_member member;
		char name[MAX_NAME];

		if (!kernel_member_find(kernel, record, field_member(&fields[i], name), &member) ||
		    member.bit_offset != fields[i].offset * 8 ||
		    btf__resolve_size(kernel->btf, member.type) != fields[i].size)
			return false;
	}
	return true;
}

/* The prototype of the probes of an event: what `btf_trace_EVENT` points to. */
static const struct btf_type *event_prototype(const struct kernel *kernel, const char *event)
{
	char name[MAX_NAME];
	uint32_t id;

	snprintf(name, sizeof(name), "btf_trace_%s", event);
	id = kernel_strip(kernel, kernel_type_find(kernel, name, KIND(TYPEDEF)),
			  KIND(TYPEDEF) | KIND(PTR));
	return btf_is_func_proto(kernel_type(kernel, id)) ? kernel_type(kernel, id) : NULL;
}

/* The prototype of the function that fills the records of a class. */
static const struct btf_type *class_prototype(const struct kernel *kernel, const char *record)
{
	char name[MAX_NAME];
	uint32_t id;

	snprintf(name, sizeof(name), PROBE_PREFIX "%s", record + strlen(PREFIX));
	id = kernel_type_find(kernel, name, KIND(FUNC));
	return id ? kernel_type(kernel, kernel_type(kernel, id)->type) : NULL;
}

static bool prototypes_equal(const struct btf_type *a, const struct btf_type *b)
{
	if (!b || btf_vlen(a) != btf_vlen(b))
		return false;
	for (uint32_t i = 1; i < btf_vlen(a); i++) {
		if (btf_params(a)[i].type != btf_params(b)[i].type)
			return false;
	}
	return true;
}

static size_t common_ends(const char *a, const char *b)
{
	size_t length_a = strlen(a), length_b = strlen(b), prefix = 0, suffix = 0;
	size_t least = length_a < length_b ? length_a : length_b;

	while (prefix < least && a[prefix] == b[prefix])
		prefix++;
	while (suffix < least && a[length_a - 1 - suffix] == b[length_b - 1 - suffix])
		suffix++;
	return prefix + suffix;
}

/*
 * How well a record of the right layout suits an event. Best is one of its
 * name; then one whose probe takes the same arguments (BTF of old kernels
 * lacks these functions); then one that is not the record of another event of
 * its own name; then one whose name begins and ends alike.
 */
static size_t record_score(const struct kernel *kernel, const char *record, const char *event)
{
	const char *class = record + strlen(PREFIX);
	size_t score = 1 + common_ends(class, event);

	if (!strcmp(class, event))
		return SIZE_MAX;
	if (prototypes_equal(event_prototype(kernel, event), class_prototype(kernel, record)))
		score += 4 * MAX_NAME;
	if (!event_prototype(kernel, class))
		score += 2 * MAX_NAME;
	return score;
}

const char *kernel_raw_record(struct kernel *kernel, struct b2c_arena *arena,
			      const struct raw_event *event, size_t *ret_nr)
{
	const char *found = NULL;
	size_t best = 0;

	*ret_nr = 0;
	if (!event_prototype(kernel, event->name))
		return NULL;
	if (!kernel->raw_records)
		raw_records_collect(kernel, arena);
	for (size_t i = 0; i < kernel->nr_raw_records && best < SIZE_MAX; i++) {
		uint32_t id = kernel->raw_records[i];
		const char *name = kernel_string(kernel, kernel_type(kernel, id)->name_off);
		size_t score;

		if (!record_fits(kernel, id, event->fields, event->nr_fields))
			continue;
		score = record_score(kernel, name, event->name);
		*ret_nr = score == SIZE_MAX ? 1 : *ret_nr + 1;
		if (score <= best)
			continue;
		best = score;
		found = name;
	}
	return found;
}
