// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: the names of what programs reach by counting bytes from a member,
 * which is what bcc leaves them to get at a bit-field.
 */
#include "kernel_beside.h"

#include <errno.h>

#include "kernel_data.h"
#include "kernel_layout.h"

#define KIND_ALIAS (KIND(TYPEDEF) | KIND_MODIFIER)

const struct beside_row beside_rows[] = {
#define BESIDE(tag, path, offset, member, kernel) { #tag, path, offset, member, kernel },
#include "beside.def"
#undef BESIDE
};

const size_t nr_beside_rows = sizeof(beside_rows) / sizeof(beside_rows[0]);

struct search {
	struct b2c_arena *arena;
	const struct kernel *kernel;
	int64_t first, end; /* bits that are looked at */
	struct b2c_part *parts;
	size_t nr;
	bool is_odd; /* something else than an integer is there */
};

static void part_add(struct search *search, const char *path, int64_t begin, int64_t bits)
{
	int64_t first = begin > search->first ? begin : search->first;
	int64_t end = begin + bits < search->end ? begin + bits : search->end;

	*arena_append(search->arena, search->parts, search->nr) = (struct b2c_part){
		.path = path,
		.from = (uint32_t)(first - begin),
		.to = (uint32_t)(first - search->first),
		.bits = (uint32_t)(end - first),
	};
}

/* Records within are looked into. Of a union's members the first is taken. */
static void parts_find(struct search *search, uint32_t id, const char *prefix, int64_t base)
{
	const struct btf_type *record = kernel_type(search->kernel, id);
	const struct btf_member *member = btf_members(record);

	for (uint32_t i = 0; i < btf_vlen(record); i++, member++) {
		uint32_t type = kernel_strip(search->kernel, member->type, KIND_ALIAS);
		const struct btf_type *of = kernel_type(search->kernel, type);
		const char *name = kernel_string(search->kernel, member->name_off);
		int64_t begin = base + btf_member_bit_offset(record, i);
		int64_t bits = btf_member_bitfield_size(record, i);
		const char *path = arena_printf(search->arena, "%s%s%s", prefix,
						*prefix && *name ? "." : "", name);
		size_t before = search->nr;

		if (!bits)
			bits = btf__resolve_size(search->kernel->btf, type) * 8;
		if (begin >= search->end || begin + bits <= search->first)
			continue;
		if (btf_is_composite(of))
			parts_find(search, type, path, begin);
		else if (kind_is(of, KIND(INT) | KIND(ENUM) | KIND(ENUM64)) && *name && bits <= 64)
			part_add(search, path, begin, bits);
		else
			search->is_odd = true;
		if (btf_is_union(record) && search->nr > before)
			return;
	}
}

/* The parts on one kernel; false when it lacks the record or the member. */
static bool parts_on(struct b2c_kernels *kernels, size_t i, const struct field_path *path,
		     const int64_t range[2], struct search *ret_search)
{
	struct kernel *kernel = kernel_fact_source(kernels, i, kernel_path_exists, path);
	struct kernel_member member;

	if (!kernel || !kernel_path_find(kernel, path->record, path->path, &member))
		return false;
	*ret_search = (struct search){ .arena = kernels->arena, .kernel = kernel };
	ret_search->first = member.bit_offset + range[0] * 8;
	ret_search->end = ret_search->first + range[1] * 8;
	parts_find(ret_search, kernel_record_find(kernel, path->record), "", 0);
	return true;
}

static bool part_is_same(const struct b2c_part *one, const struct b2c_part *other)
{
	return !strcmp(one->path, other->path) && one->from == other->from &&
	       one->to == other->to && one->bits == other->bits;
}

static bool parts_overlap(const struct b2c_part *one, const struct b2c_part *other)
{
	return one->to < other->to + other->bits && other->to < one->to + one->bits;
}

/* Whether something else than the parts is where they are, on a kernel. */
static bool is_other(const struct search *search, const struct b2c_beside *beside)
{
	for (size_t i = 0; i < search->nr; i++) {
		for (size_t n = 0; n < beside->nr_parts; n++) {
			if (parts_overlap(&search->parts[i], &beside->parts[n]) &&
			    !part_is_same(&search->parts[i], &beside->parts[n]))
				return true;
		}
	}
	return search->is_odd;
}

static const struct beside_row *row_find(const char *record, const char *path,
					 const int64_t range[2])
{
	for (size_t i = 0; i < nr_beside_rows; i++) {
		const struct beside_row *row = &beside_rows[i];

		if (!strcmp(row->record, record) && !strcmp(row->path, path) &&
		    row->offset == range[0] && range[1] == 1)
			return row;
	}
	return NULL;
}

/* Whether every kernel has the member, under one of its names. */
static bool is_everywhere(struct b2c_kernels *kernels, const char *record, const char *path)
{
	struct b2c_moved_field moved;
	uint32_t having = 0;

	if (kernel_moved_field(kernels, record, path, &moved))
		return false;
	for (size_t i = 0; i < moved.nr_alternatives; i++)
		having |= moved.alternatives[i].kernels;
	return !(kernels_with_record(kernels, record) & ~having);
}

int kernel_members_beside(struct b2c_kernels *kernels, const char *record, const char *path,
			  const int64_t range[2], struct b2c_beside *ret_beside)
{
	const struct beside_row *row = row_find(record, path, range);
	struct b2c_beside beside = { 0 };
	struct field_path field = { record, path };
	struct search search = { .arena = kernels->arena };

	if (row) {
		search.end = 8;
		part_add(&search, row->member, 0, 8);
		beside = (struct b2c_beside){ search.parts, 1, row->kernel, true };
	}
	for (size_t i = 0; i < kernels->nr && !row; i++) {
		if (!parts_on(kernels, i, &field, range, &search))
			continue;
		if (search.is_odd && !beside.kernel)
			return -EINVAL;
		if (!beside.kernel)
			beside = (struct b2c_beside){ search.parts, search.nr,
						      kernels->kernels[i].name, false };
		beside.is_doubtful |= is_other(&search, &beside);
	}
	if (!beside.nr_parts)
		return -ENOENT;
	for (size_t n = 0; n < beside.nr_parts; n++) {
		if (!is_everywhere(kernels, record, beside.parts[n].path))
			return -EINVAL;
	}
	*ret_beside = beside;
	return 0;
}
