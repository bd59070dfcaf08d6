// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Cells for enums of the kernel, whose names and numbers are those of the host:
 * read from its BTF when the first value of an enum is shown.
 */
#define _GNU_SOURCE
#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel_enums.h"
#include "run.h"

struct kernel_enum {
	struct kernel_enum *next;
	const struct b2c_column *column; /* that shows it */
	struct b2c_name *names;
	size_t nr_names;
};

static struct kernel_enum *enums;

/* The enumerator as the column has it, without the text that all begin with. */
static char *short_name(const struct b2c_column *column, const char *name)
{
	size_t n = column->prefix ? strlen(column->prefix) : 0;

	if (n && !strncmp(name, column->prefix, n) && name[n])
		name += n;
	return strdup(name);
}

static uint64_t value_of(const struct btf_type *type, unsigned int i)
{
	if (btf_is_enum64(type))
		return btf_enum64_value(&btf_enum64(type)[i]);
	if (btf_kflag(type))
		return (uint64_t)(int64_t)btf_enum(type)[i].val;
	return (uint32_t)btf_enum(type)[i].val;
}

static const char *name_of(const struct btf *btf, const struct btf_type *type, unsigned int i)
{
	return btf__name_by_offset(btf, btf_is_enum64(type) ? btf_enum64(type)[i].name_off
							    : btf_enum(type)[i].name_off);
}

static bool has_enumerator(const struct btf *btf, const struct btf_type *type, const char *name)
{
	unsigned int i;

	for (i = 0; i < btf_vlen(type); i++)
		if (!strcmp(name_of(btf, type, i), name))
			return true;
	return false;
}

/* By its tag, or by an enumerator: many enums of the kernel have no tag. */
static const struct btf_type *find_enum(const struct btf *btf, const char *name)
{
	int id = btf__find_by_name_kind(btf, name, BTF_KIND_ENUM);
	const struct btf_type *type;
	uint32_t i;

	if (id < 0)
		id = btf__find_by_name_kind(btf, name, BTF_KIND_ENUM64);
	if (id > 0)
		return btf__type_by_id(btf, (uint32_t)id);
	for (i = 1; i < btf__type_cnt(btf); i++) {
		type = btf__type_by_id(btf, i);
		if (btf_is_any_enum(type) && has_enumerator(btf, type, name))
			return type;
	}
	return NULL;
}

int b2c_enum_read(const struct btf *btf, const struct b2c_column *column,
		  struct b2c_name **ret_names, size_t *ret_nr)
{
	const struct btf_type *type = find_enum(btf, column->kernel_enum);
	unsigned int i, nr = type ? btf_vlen(type) : 0;
	struct b2c_name *names = calloc(nr + 1, sizeof(*names));

	*ret_nr = 0;
	*ret_names = names;
	if (!type)
		return -ENOENT;
	for (i = 0; names && i < nr; i++) {
		names[i].number = value_of(type, i);
		names[i].name = short_name(column, name_of(btf, type, i));
		if (!names[i].name)
			return -ENOMEM;
		*ret_nr = i + 1;
	}
	return names ? 0 : -ENOMEM;
}

/* Numbers alone are shown of an enum that the host does not have. */
static void read_host(const struct b2c_row *row, struct kernel_enum *found)
{
	const char *file = row->run->settings.btf;
	struct btf *btf = *file ? btf__parse(file, NULL) : btf__load_vmlinux_btf();

	if (!btf || b2c_enum_read(btf, found->column, &found->names, &found->nr_names))
		b2c_note(row->run, "this kernel has no enum '%s'; its numbers are shown",
			 found->column->kernel_enum);
	btf__free(btf);
}

void b2c_put_kernel_enum(struct b2c_row *row, long long value)
{
	const struct b2c_column *column = b2c_row_column(row);
	struct kernel_enum *found = enums;

	while (found && found->column != column)
		found = found->next;
	if (!found && !b2c_row_skips(row)) {
		found = calloc(1, sizeof(*found));
		if (found) {
			*found = (struct kernel_enum){ .next = enums, .column = column };
			enums = found;
			read_host(row, found);
		}
	}
	b2c_put_named(row, found ? found->names : NULL, found ? found->nr_names : 0, value);
}
