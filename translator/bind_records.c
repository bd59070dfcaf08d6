// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, records: which of the records that come through one buffer an output shows. */
#include "bind_parts.h"

#include <ctype.h>
#include <string.h>

/* "event" of "struct event". */
static const char *bare_name(const char *spelling)
{
	static const char *const tags[] = { "struct", "union" };
	size_t i, n;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		n = strlen(tags[i]);
		if (!strncmp(spelling, tags[i], n) && isspace((unsigned char)spelling[n]))
			return spelling + n + strspn(spelling + n, " \t");
	}
	return spelling;
}

static const char *list_types(struct bind *b, const struct b2c_map *map)
{
	const char *list = map->nr_events ? map->events[0]->spelling : map->event->spelling;
	size_t i;

	for (i = 1; i < map->nr_events; i++)
		list = arena_printf(b->arena, "%s, %s", list, map->events[i]->spelling);
	return list;
}

static const struct b2c_type *find_record(struct bind *b, const struct b2c_map *map,
					  const struct b2c_word *word)
{
	const char *name = bare_name(word->text);
	size_t i;

	if (!strcmp(bare_name(map->event->spelling), name))
		return map->event;
	for (i = 0; i < map->nr_events; i++)
		if (!strcmp(bare_name(map->events[i]->spelling), name))
			return map->events[i];
	diag_report(b->diag, B2C_DIAG_manifest_column, word->loc, "nothing submits a '%s' to '%s'",
		    word->text, map->name);
	diag_help(b->diag, "it gets: %s", list_types(b, map));
	return map->event;
}

/* Without a manifest all records are shown as one type, which may be wrong for some. */
static void check_single(struct bind *b, const struct b2c_plan_output *out)
{
	static const char *const help = "give each an output of its own in the manifest, with "
					"'record:' and 'if:'";

	if (out->map->nr_events < 2)
		return;
	if (out->asked)
		diag_report(b->diag, B2C_DIAG_manifest_missing, out->asked->map.loc,
			    "'%s' gets records of several types: %s", out->map->name,
			    list_types(b, out->map));
	else
		diag_report(b->diag, B2C_DIAG_map_unshown, out->map->loc,
			    "the tool prints all records of '%s' as '%s', and it gets: %s",
			    out->map->name, out->map->event->spelling, list_types(b, out->map));
	diag_help(b->diag, "%s", help);
}

static bool name_taken(const struct b2c_plan *plan, const char *name)
{
	size_t i;

	for (i = 0; i < plan->nr_outputs; i++)
		if (plan->outputs[i].name && !strcmp(plan->outputs[i].name, name))
			return true;
	return false;
}

/* "events_open_event": with the record, and a number where that is not enough. */
static const char *own_name(struct bind *b, const struct b2c_plan_output *out)
{
	const char *base = arena_printf(b->arena, "%s_%s", out->map->name,
					bare_name(out->event->spelling));
	const char *name = base;
	unsigned int n;

	for (n = 2; name_taken(b->plan, name); n++)
		name = arena_printf(b->arena, "%s_%u", base, n);
	return name;
}

void bind_record(struct bind *b, struct b2c_plan_output *out)
{
	const struct b2c_output *asked = out->asked;
	struct b2c_plan_output *outputs = (struct b2c_plan_output *)b->plan->outputs, *before;

	out->event = out->map->event;
	if (asked && asked->record.text)
		out->event = find_record(b, out->map, &asked->record);
	else
		check_single(b, out);
	out->event = bind_named_type(b, out->event,
				     arena_printf(b->arena, "%s_event", out->map->name));
	out->is_shared = asked && asked->condition.text;
	for (before = outputs; before < out; before++) {
		if (before->map != out->map || before->kind != out->kind)
			continue;
		out->is_shared = true;
		out->is_first = false;
	}
	if (out->is_shared)
		out->name = own_name(b, out);
}
