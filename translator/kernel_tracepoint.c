// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: tracepoints. The formats are text in pack.py's form, one per
 * kernel; an event is the merge of what all kernels say about it.
 */
#include "kernel_data.h"

#include <ctype.h>
#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>

#include "diag.h"

#define MAX_NAME 512
#define SYSCALL_ARGUMENTS 16	/* offset of args[] in struct trace_event_raw_sys_enter */
#define NEAR_LENGTH 3

static const struct {
	const char *word;
	enum b2c_location location;
} locations[] = {
	{ "__data_loc ", B2C_DATA_LOC },
	{ "__rel_loc ", B2C_REL_LOC },
};

/* What one kernel's format file says. */
struct format {
	struct b2c_tracepoint_field *fields;
	size_t nr_fields;
};

struct event_name {
	const char *category;
	const char *event;
};

/* The lines of an event, or NULL. */
static const char *format_find(const struct kernel *kernel, const struct event_name *name)
{
	char title[MAX_NAME];
	int length = snprintf(title, sizeof(title), "#%s/%s\n", name->category, name->event);
	const char *line = strchr(kernel->tracepoints, '#');

	while (line && strncmp(line, title, (size_t)length))
		line = strchr(line + 1, '#');
	return line ? line + length : NULL;
}

static bool format_exists(const struct kernel *kernel, const void *name)
{
	return format_find(kernel, name) != NULL;
}

/* "char comm[16]" or "char[] name": takes the brackets out of `text`. */
static bool brackets_take(char *text, char inside[MAX_NAME])
{
	char *open = strchr(text, '[');
	char *close = open ? strchr(open, ']') : NULL;

	if (!close)
		return false;
	snprintf(inside, MAX_NAME, "%.*s", (int)(close - open - 1), open + 1);
	memmove(open, close + 1, strlen(close + 1) + 1);
	return true;
}

/* Splits "unsigned int flags" into type and name. */
static void declaration_split(struct b2c_arena *arena, char *text,
			      struct b2c_tracepoint_field *field)
{
	size_t end = strlen(text), start;

	while (end && text[end - 1] == ' ')
		end--;
	for (start = end; start && (isalnum((unsigned char)text[start - 1]) ||
				    text[start - 1] == '_');)
		start--;
	field->name = arena_strndup(arena, text + start, end - start);
	while (start && text[start - 1] == ' ')
		start--;
	field->type = arena_strndup(arena, text, start);
}

/* "char prev_comm[16];8;16;1" */
static void field_parse(struct b2c_arena *arena, const char *line, size_t length,
			struct b2c_tracepoint_field *field)
{
	char *text = arena_strndup(arena, line, length);
	char inside[MAX_NAME] = "";
	char *numbers = strchr(text, ';');
	int is_signed = 0;

	*field = (struct b2c_tracepoint_field){ .syscall_argument = -1, .is_fixed = true };
	if (numbers) {
		*numbers++ = '\0';
		sscanf(numbers, "%u;%u;%d", &field->offset, &field->size, &is_signed);
	}
	field->is_signed = is_signed;
	for (size_t i = 0; i < sizeof(locations) / sizeof(locations[0]); i++) {
		size_t word = strlen(locations[i].word);

		if (strncmp(text, locations[i].word, word))
			continue;
		field->location = locations[i].location;
		text += word;
	}
	if (brackets_take(text, inside) && field->location == B2C_IN_PLACE) {
		char *end;

		field->nr_elements = (uint32_t)strtoul(inside, &end, 10);
		if (!field->nr_elements || *end)
			field->nr_elements = field->size;
	}
	declaration_split(arena, text, field);
}

static struct format format_parse(struct b2c_arena *arena, const char *lines)
{
	struct format format = { 0 };

	while (*lines && *lines != '#') {
		size_t length = strcspn(lines, "\n");

		field_parse(arena, lines, length,
			    arena_append(arena, format.fields, format.nr_fields));
		lines += length + (lines[length] == '\n');
	}
	return format;
}

/* "enter" or "exit" when the event is one of a system call, else NULL. */
static const char *syscall_side(const struct event_name *name)
{
	if (strcmp(name->category, "syscalls"))
		return NULL;
	if (!strncmp(name->event, "sys_enter_", strlen("sys_enter_")))
		return "enter";
	return strncmp(name->event, "sys_exit_", strlen("sys_exit_")) ? NULL : "exit";
}

/* The arguments of a system call stand in args[] of a record that all calls share. */
static void syscall_arguments(struct format *format)
{
	for (size_t i = 0; i < format->nr_fields; i++) {
		struct b2c_tracepoint_field *field = &format->fields[i];

		if (field->location == B2C_IN_PLACE && field->offset >= SYSCALL_ARGUMENTS)
			field->syscall_argument = (int)(field->offset - SYSCALL_ARGUMENTS) / 8;
	}
}

static bool formats_agree(const struct format *one, const struct format *other)
{
	if (one->nr_fields != other->nr_fields)
		return false;
	for (size_t i = 0; i < one->nr_fields; i++)
		if (strcmp(one->fields[i].name, other->fields[i].name))
			return false;
	return true;
}

/*
 * The kernel whose format is kernel i's, or NULL. Where the architectures have
 * different fields at one version, another version's come from this one's too.
 */
static struct kernel *format_source(struct b2c_kernels *kernels, size_t i,
				    const struct event_name *name)
{
	struct kernel *kernel = kernel_fact_source(kernels, i, format_exists, name);
	struct kernel *native, *reference;
	struct format one, other;

	if (!kernel || !kernel_is_foreign(kernels, i))
		return kernel;
	native = kernel_at(kernels, kernels->native);
	reference = kernel_reference(kernels);
	if (!format_exists(native, name) || !format_exists(reference, name))
		return kernel;
	one = format_parse(kernels->arena, format_find(native, name));
	other = format_parse(kernels->arena, format_find(reference, name));
	return formats_agree(&one, &other) ? kernel : native;
}

static const char *record_find(struct b2c_kernels *kernels, struct kernel *kernel,
			       const struct event_name *name, const struct format *format,
			       size_t *ret_nr)
{
	const char *side = syscall_side(name);

	*ret_nr = 1;
	if (side)
		return strcmp(side, "enter") ? "trace_event_raw_sys_exit" :
					       "trace_event_raw_sys_enter";
	return kernel_raw_record(kernel, kernels->arena,
				 &(struct raw_event){
					 .name = name->event,
					 .fields = format->fields,
					 .nr_fields = format->nr_fields,
				 },
				 ret_nr);
}

static bool record_exists(const struct kernel *kernel, const void *record)
{
	return kernel_type_find(kernel, record, KIND(STRUCT)) != 0;
}

static void fields_merge(struct b2c_arena *arena, struct b2c_tracepoint *tracepoint,
			 const struct format *format, uint32_t bit)
{
	struct b2c_tracepoint_field *fields = (struct b2c_tracepoint_field *)tracepoint->fields;

	for (size_t i = 0; i < format->nr_fields; i++) {
		const struct b2c_tracepoint_field *field = &format->fields[i];
		size_t at = 0;

		while (at < tracepoint->nr_fields && (strcmp(fields[at].name, field->name) ||
						      fields[at].location != field->location))
			at++;
		if (at == tracepoint->nr_fields)
			*arena_append(arena, fields, tracepoint->nr_fields) = *field;
		fields[at].kernels |= bit;
		fields[at].is_fixed &= fields[at].offset == field->offset &&
				       fields[at].size == field->size;
	}
	tracepoint->fields = fields;
}

/* Adds what kernel i knows of the event. Returns its record there. */
static const char *event_add(struct b2c_kernels *kernels, size_t i, const struct event_name *name,
			     struct b2c_tracepoint *tracepoint)
{
	struct kernel *kernel = format_source(kernels, i, name);
	struct format format;
	const char *record;
	size_t nr;

	if (!kernel)
		return NULL;
	format = format_parse(kernels->arena, format_find(kernel, name));
	if (syscall_side(name) && !strcmp(syscall_side(name), "enter"))
		syscall_arguments(&format);
	record = record_find(kernels, kernel, name, &format, &nr);
	tracepoint->kernels |= 1u << i;
	tracepoint->ambiguous |= (uint32_t)(nr > 1) << i;
	fields_merge(kernels->arena, tracepoint, &format, 1u << i);
	return record && kernel_fact_holds(kernels, i, record_exists, record) ? record : NULL;
}

/* A user's file has no formats: the record that some kernel of the data has says it is there. */
static const char *event_add_file(struct b2c_kernels *kernels, size_t i,
				  const struct event_name *name, const char *const *records,
				  struct b2c_tracepoint *tracepoint)
{
	const struct kernel *kernel = kernel_at(kernels, i);

	if (syscall_side(name) &&
	    !kernel_has_syscall(kernels, i, strchr(name->event + strlen("sys_"), '_') + 1))
		return NULL;
	for (size_t other = kernels->nr; other--;) {
		if (other == i || !records[other] || !record_exists(kernel, records[other]))
			continue;
		tracepoint->kernels |= 1u << i;
		return records[other];
	}
	return NULL;
}

int kernel_tracepoint(struct b2c_kernels *kernels, const char *category, const char *event,
		      struct b2c_tracepoint *ret_tracepoint)
{
	struct b2c_arena *arena = kernels->arena;
	struct event_name name = { category, event };
	struct b2c_tracepoint tracepoint = {
		.category = arena_strdup(arena, category),
		.event = arena_strdup(arena, event),
	};
	const char **records = arena_alloc(arena, kernels->nr * sizeof(*records));

	records[kernels->base] = event_add(kernels, kernels->base, &name, &tracepoint);
	for (size_t i = kernels->nr; i--;) {
		if (i != kernels->base && kernels->kernels[i].data)
			records[i] = event_add(kernels, i, &name, &tracepoint);
	}
	if (!tracepoint.kernels)
		return -ENOENT;
	for (size_t i = 0; i < kernels->nr; i++) {
		if (!kernels->kernels[i].data)
			records[i] = event_add_file(kernels, i, &name, records, &tracepoint);
	}
	tracepoint.records = records;
	*ret_tracepoint = tracepoint;
	return 0;
}

struct event_list {
	struct b2c_arena *arena;
	const char **names;	/* "sched:sched_switch" */
	size_t nr;
};

/* Adds the events of one kernel that are about as long as the word. */
static void events_collect(struct event_list *list, const char *text, size_t length)
{
	for (const char *line = strchr(text, '#'); line; line = strchr(line + 1, '#')) {
		size_t n = strcspn(line + 1, "\n");
		char *name;

		if (n + NEAR_LENGTH < length || n > length + NEAR_LENGTH)
			continue;
		name = arena_strndup(list->arena, line + 1, n);
		name[strcspn(name, "/")] = ':';
		*arena_append(list->arena, list->names, list->nr) = name;
	}
}

const char *kernel_tracepoint_nearest(struct b2c_kernels *kernels, const char *category,
				      const char *event)
{
	struct event_list list = { .arena = arena_new() };
	const char *word = arena_printf(list.arena, "%s:%s", category, event);
	const char *nearest;

	for (size_t i = 0; i < kernels->nr; i++) {
		if (!kernel_is_foreign(kernels, i))
			events_collect(&list, kernel_at(kernels, i)->tracepoints, strlen(word));
	}
	nearest = diag_nearest(word, list.names, list.nr);
	if (nearest)
		nearest = arena_strdup(kernels->arena, nearest);
	arena_free(list.arena);
	return nearest;
}

static bool has_matching_event(const struct kernel *kernel, const void *regex)
{
	const char *text = kernel->tracepoints;
	regmatch_t where;
	char name[256];

	for (const char *line = strchr(text, '#'); line; line = strchr(line + 1, '#')) {
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(line + 1, "\n"), line + 1);
		name[strcspn(name, "/")] = ':';
		if (!regexec(regex, name, 1, &where, 0) && where.rm_so == 0)
			return true;
	}
	return false;
}

uint32_t kernels_with_matching_tracepoint(struct b2c_kernels *kernels, const char *pattern)
{
	uint32_t mask = 0;
	regex_t regex;

	if (regcomp(&regex, pattern, REG_EXTENDED))
		return 0;
	for (size_t i = 0; i < kernels->nr; i++)
		mask |= (uint32_t)kernel_fact_holds(kernels, i, has_matching_event, &regex) << i;
	regfree(&regex);
	return mask;
}
