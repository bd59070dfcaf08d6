// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Kernel facts: constants that have another value on another kernel; data/sizes.def. */
#include "kernel_data.h"

#include <errno.h>

struct size_row {
	const char *word;
	const char *record;
	const char *const *paths;
};

static const struct size_row size_rows[] = {
#define SIZE(word, record, ...) { #word, record, (const char *const[]){ __VA_ARGS__, NULL } },
#include "sizes.def"
#undef SIZE
};

static uint32_t size_row_largest(struct b2c_kernels *kernels, const struct size_row *row)
{
	uint32_t largest = 0;

	for (const char *const *path = row->paths; *path; path++) {
		for (size_t i = 0; i < kernels->nr; i++) {
			struct b2c_field field;

			if (!kernel_field(kernels, i, row->record, *path, &field) &&
			    field.size > largest)
				largest = field.size;
		}
	}
	return largest;
}

const char *kernel_size_word(struct b2c_kernels *kernels, size_t row, uint32_t *ret_size)
{
	if (row >= sizeof(size_rows) / sizeof(size_rows[0]))
		return NULL;
	*ret_size = size_row_largest(kernels, &size_rows[row]);
	return size_rows[row].word;
}

uint32_t kernels_with_enum(struct b2c_kernels *kernels, const char *tag)
{
	const uint32_t kinds = 1u << BTF_KIND_ENUM | 1u << BTF_KIND_ENUM64;
	uint32_t found = 0;

	for (size_t i = 0; i < kernels->nr; i++)
		if (kernel_type_find(kernel_at(kernels, i), tag, kinds))
			found |= 1u << i;
	return found;
}

/*
 * BTF without 64-bit enums keeps the low half of a value, by which BPF_F_CURRENT_CPU
 * is -1 on old kernels and 0xffffffff on new ones.
 */
static bool is_cut(int64_t value, int64_t other)
{
	return value == (int32_t)other && other > INT32_MAX;
}

int kernel_enumerator_range(struct b2c_kernels *kernels, const char *name,
			    struct b2c_enumerator *ret_enumerator)
{
	struct b2c_enumerator range = { 0 };

	for (size_t i = 0; i < kernels->nr; i++) {
		const char *tag;
		int64_t value;

		if (kernel_enumerator(kernels, i, name, &tag, &value))
			continue;
		if (range.kernels && is_cut(value, range.least))
			value = range.least;
		if (!range.kernels || value < range.least || is_cut(range.least, value))
			range.least = value;
		if (!range.kernels || value > range.most)
			range.most = value;
		if (!range.tag || *tag)
			range.tag = tag;
		range.kernels |= 1u << i;
	}
	*ret_enumerator = range;
	return range.kernels ? 0 : -ENOENT;
}
