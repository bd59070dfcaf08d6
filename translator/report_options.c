// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Report: what `opt` holds in a tool that is started without options. */
#include <string.h>

#include "report_parts.h"

/* The member of an option has '_' where its name has '-'. */
static bool is_member_of(const char *member, const char *name)
{
	for (; *member && *name; member++, name++)
		if (*member != (*name == '-' ? '_' : *name))
			return false;
	return !*member && !*name;
}

/* What follows an option's name in a member that belongs to it: "_ino" of opt.NAME_ino. */
static const char *beside(const char *member, const char *name)
{
	for (; *name; member++, name++)
		if (*member != (*name == '-' ? '_' : *name))
			return "";
	return member;
}

/* One member of `opt`, as the tool begins with it. */
struct place {
	const struct report *report;
	const struct btf_member *member;
	char *bytes, *unknown;
	size_t size;
};

static const char *member_name(const struct place *place)
{
	return btf__str_by_offset(place->report->object.btf, place->member->name_off);
}

/* Values with commas between them. */
static void put_list(const struct place *place, const struct b2c_option *option)
{
	struct b2c_arena *arena = place->report->arena;
	const char *text = option->default_text.text;
	size_t size = place->size / option->list, n;
	size_t nr = 0;

	for (; text && nr < option->list; text = text[n] ? text + n + 1 : NULL, nr++) {
		n = strcspn(text, ",");
		if (report_default_read(option, arena_strndup(arena, text, n),
					place->bytes + nr * size, size))
			memset(place->unknown + nr * size, true, size);
	}
}

static void put_default(const struct place *place, const struct b2c_option *option)
{
	const char *text = option->default_text.text;
	size_t size = place->size;

	if (option->list)
		put_list(place, option);
	else if (!text)
		memcpy(place->bytes, &option->default_number,
		       size < sizeof(option->default_number) ? size :
							       sizeof(option->default_number));
	else if (report_default_read(option, text, place->bytes, size))
		memset(place->unknown, true, size);
}

/* opt.nr_NAME of lists, and what opt.NAME_ino and the like say of a path's file. */
static void put_beside(const struct place *place, const struct b2c_option *option)
{
	const char *name = member_name(place);
	const char *text = option->default_text.text;
	uint32_t nr = 1;

	if (option->list && !strncmp(name, "nr_", 3) &&
	    is_member_of(name + 3, option->name.text)) {
		for (; text && *text; text++)
			nr += *text == ',';
		nr = option->default_text.text ? nr : 0;
		memcpy(place->bytes, &nr, place->size < sizeof(nr) ? place->size : sizeof(nr));
	}
	if (option->type == B2C_OPTION_PATH && text && *text &&
	    *beside(name, option->name.text) == '_')
		memset(place->unknown, true, place->size);
}

static void put_member(const struct place *place)
{
	const struct b2c_manifest *manifest = place->report->plan->manifest;
	size_t k;

	for (k = 0; k < manifest->nr_options; k++) {
		if (is_member_of(member_name(place), manifest->options[k].name.text))
			put_default(place, &manifest->options[k]);
		else
			put_beside(place, &manifest->options[k]);
	}
}

void report_options_read(struct report *report)
{
	const struct btf *btf = report->object.btf;
	int id = btf__find_by_name_kind(btf, REPORT_OPTIONS, BTF_KIND_VAR);
	const struct btf_type *type = id > 0 ? btf__type_by_id(btf, (uint32_t)id) : NULL;
	const struct btf_member *member;
	char *bytes, *unknown;
	size_t i;

	while (type && (btf_is_var(type) || btf_is_mod(type) || btf_is_typedef(type)))
		type = btf__type_by_id(btf, type->type);
	if (!type || !btf_is_struct(type))
		return;
	bytes = arena_alloc(report->arena, type->size);
	unknown = arena_alloc(report->arena, type->size);
	member = btf_members(type);
	for (i = 0; i < btf_vlen(type); i++, member++) {
		struct place place = {
			report, member, bytes + member->offset / 8, unknown + member->offset / 8,
			(size_t)btf__resolve_size(btf, member->type),
		};

		put_member(&place);
	}
	report->options = bytes;
	report->options_unknown = unknown;
	report->options_size = type->size;
}
