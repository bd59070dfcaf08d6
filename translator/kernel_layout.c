// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: whether records have one layout on all kernels. A layout is
 * compared as text: every member's place, size and name, records within
 * written out.
 */
#include "kernel_layout.h"

#include <errno.h>

#include "kernel_data.h"

#define KIND_ALIAS (KIND(TYPEDEF) | KIND_MODIFIER)

static void record_describe(const struct kernel *kernel, uint32_t id, struct b2c_text *out)
{
	const struct btf_type *record = kernel_type(kernel, id);
	const struct btf_member *member = btf_members(record);

	text_printf(out, "{%u", record->size);
	for (uint32_t i = 0; i < btf_vlen(record); i++, member++) {
		uint32_t type = kernel_strip(kernel, member->type, KIND_ALIAS), element = type;

		text_printf(out, " %s@%u:%u/%lld", kernel_string(kernel, member->name_off),
			    btf_member_bit_offset(record, i), btf_member_bitfield_size(record, i),
			    (long long)btf__resolve_size(kernel->btf, type));
		while (btf_is_array(kernel_type(kernel, element)))
			element = kernel_strip(kernel,
					       btf_array(kernel_type(kernel, element))->type,
					       KIND_ALIAS);
		if (btf_is_composite(kernel_type(kernel, element)))
			record_describe(kernel, element, out);
	}
	text_append(out, "}");
}

static bool record_exists(const struct kernel *kernel, const void *tag)
{
	return kernel_record_find(kernel, tag) != 0;
}

static bool is_laid_out_alike(const struct kernel *one, const struct kernel *other,
			      const char *tag)
{
	struct b2c_text texts[2] = { { 0 }, { 0 } };
	uint32_t ids[2] = { kernel_record_find(one, tag), kernel_record_find(other, tag) };
	bool same = ids[0] && ids[1];

	if (same && one != other) {
		record_describe(one, ids[0], &texts[0]);
		record_describe(other, ids[1], &texts[1]);
		same = !strcmp(text_string(&texts[0]), text_string(&texts[1]));
	}
	text_free(&texts[0]);
	text_free(&texts[1]);
	return same;
}

bool kernels_agree_on_record(struct b2c_kernels *kernels, const char *record)
{
	const struct kernel *first = NULL;

	for (size_t i = 0; i < kernels->nr; i++) {
		const struct kernel *kernel =
			kernel_fact_source(kernels, i, record_exists, record);

		if (kernel && first && !is_laid_out_alike(first, kernel, record))
			return false;
		first = kernel && !first ? kernel : first;
	}
	return first != NULL;
}

int kernel_record_size(struct b2c_kernels *kernels, size_t i, const char *record,
		       uint32_t *ret_size)
{
	struct kernel *kernel = kernel_fact_source(kernels, i, record_exists, record);

	if (!kernel)
		return -ENOENT;
	*ret_size = kernel_type(kernel, kernel_record_find(kernel, record))->size;
	return 0;
}

/* ---- what lies around a member ---- */

struct byte_search {
	const struct kernel *kernel;
	int64_t first, last;	/* bits that are looked at */
	int64_t origin;		/* where the member starts that they are counted from */
	bool with_places;
	struct b2c_text names;
};

static void name_append(struct byte_search *search, const char *name, int64_t begin, int64_t bits)
{
	text_printf(&search->names, "%s'%s'", search->names.size ? ", " : "", name);
	if (search->with_places)
		text_printf(&search->names, "@%lld/%lld", (long long)(begin - search->origin),
			    (long long)bits);
}

/* Records within are looked into: what lies there is a member of theirs. */
static void members_at(struct byte_search *search, uint32_t id, int64_t base)
{
	const struct btf_type *record = kernel_type(search->kernel, id);
	const struct btf_member *member = btf_members(record);

	for (uint32_t i = 0; i < btf_vlen(record); i++, member++) {
		uint32_t type = kernel_strip(search->kernel, member->type, KIND_ALIAS);
		int64_t begin = base + btf_member_bit_offset(record, i);
		int64_t bits = btf_member_bitfield_size(record, i);

		if (!bits)
			bits = btf__resolve_size(search->kernel->btf, type) * 8;
		if (begin > search->last || begin + bits <= search->first)
			continue;
		if (btf_is_composite(kernel_type(search->kernel, type)))
			members_at(search, type, begin);
		else if (member->name_off)
			name_append(search, kernel_string(search->kernel, member->name_off), begin,
				    bits);
	}
}

/* What bytes from `first` to `last`, counted from the member, are; NULL without the member. */
static const char *names_near(struct b2c_kernels *kernels, size_t i, const struct field_path *path,
			      const int64_t bytes[2], bool with_places)
{
	struct kernel *kernel = kernel_fact_source(kernels, i, kernel_path_exists, path);
	struct byte_search search = { .kernel = kernel, .with_places = with_places };
	struct kernel_member member;
	const char *names;

	if (!kernel || !kernel_path_find(kernel, path->record, path->path, &member))
		return NULL;
	search.origin = member.bit_offset;
	search.first = search.origin + bytes[0] * 8;
	search.last = search.origin + bytes[1] * 8 + 7;
	members_at(&search, kernel_record_find(kernel, path->record), 0);
	names = arena_strdup(kernels->arena, text_string(&search.names));
	text_free(&search.names);
	return names;
}

const char *kernel_members_near(struct b2c_kernels *kernels, size_t i, const char *record,
				const char *path, int64_t offset)
{
	struct field_path field = { record, path };
	const int64_t bytes[2] = { offset, offset };

	return names_near(kernels, i, &field, bytes, false);
}

bool kernels_agree_near(struct b2c_kernels *kernels, const char *record, const char *path,
			int64_t offset)
{
	struct field_path field = { record, path };
	const int64_t bytes[2] = { offset, offset < 0 ? -1 : offset + 7 };
	const char *first = NULL;

	for (size_t i = 0; i < kernels->nr; i++) {
		const char *names = names_near(kernels, i, &field, bytes, true);

		if (names && (!*names || (first && strcmp(first, names))))
			return false;
		first = names ? names : first;
	}
	return first != NULL;
}
