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

static void put_default(char *bytes, size_t size, const struct b2c_option *option)
{
	const char *text = option->default_text.text;

	if (option->list)
		return;
	if (option->type != B2C_OPTION_STRING && option->type != B2C_OPTION_COMM)
		memcpy(bytes, &option->default_number,
		       size < sizeof(option->default_number) ? size :
							       sizeof(option->default_number));
	else if (text && strlen(text) < size)
		memcpy(bytes, text, strlen(text));
}

void report_options_read(struct report *report)
{
	const struct b2c_manifest *manifest = report->plan->manifest;
	const struct btf *btf = report->object.btf;
	int id = btf__find_by_name_kind(btf, REPORT_OPTIONS, BTF_KIND_VAR);
	const struct btf_type *type = id > 0 ? btf__type_by_id(btf, (uint32_t)id) : NULL;
	const struct btf_member *member;
	char *bytes;
	size_t i, k;

	while (type && (btf_is_var(type) || btf_is_mod(type) || btf_is_typedef(type)))
		type = btf__type_by_id(btf, type->type);
	if (!type || !btf_is_struct(type))
		return;
	bytes = arena_alloc(report->arena, type->size);
	member = btf_members(type);
	for (i = 0; i < btf_vlen(type); i++, member++)
		for (k = 0; k < manifest->nr_options; k++)
			if (is_member_of(btf__str_by_offset(btf, member->name_off),
					 manifest->options[k].name.text))
				put_default(bytes + member->offset / 8,
					    (size_t)btf__resolve_size(btf, member->type),
					    &manifest->options[k]);
	report->options = bytes;
	report->options_size = type->size;
}
