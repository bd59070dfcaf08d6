// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Kernel facts as text: names alone, for the importer. */
#include <stdio.h>
#include <string.h>

#include "kernel_data.h"

static void write_record(const struct kernel *kernel, const struct btf_type *type, FILE *out)
{
	const struct btf_member *members = btf_members(type);
	int i;

	fprintf(out, "record %s", kernel_string(kernel, type->name_off));
	for (i = 0; i < btf_vlen(type); i++)
		if (members[i].name_off)
			fprintf(out, " %s", kernel_string(kernel, members[i].name_off));
	fputc('\n', out);
}

static void write_types(const struct kernel *kernel, FILE *out)
{
	uint32_t id, nr = btf__type_cnt(kernel->btf);

	for (id = 1; id < nr; id++) {
		const struct btf_type *type = kernel_type(kernel, id);
		const char *name = kernel_string(kernel, type->name_off);

		if (btf_is_func(type) && !kernel_is_absent(kernel, name))
			fprintf(out, "function %s\n", name);
		else if (btf_is_composite(type) && *name)
			write_record(kernel, type, out);
	}
}

static void write_tracepoints(const struct kernel *kernel, FILE *out)
{
	const char *head;

	for (head = kernel->tracepoints; head && (head = strstr(head, "\n#")); head += 2)
		fprintf(out, "tracepoint %.*s\n", (int)strcspn(head + 2, "\n"), head + 2);
}

void kernel_moved_write(FILE *out)
{
	size_t i, k;

	for (i = 0; i < nr_field_rows; i++) {
		fprintf(out, "moved %s", field_rows[i].record);
		for (k = 0; field_rows[i].paths[k]; k++)
			fprintf(out, " %s", field_rows[i].paths[k]);
		fputc('\n', out);
	}
}

bool kernel_has_member(struct b2c_kernels *kernels, size_t i, const char *name)
{
	const struct kernel *kernel = kernel_at(kernels, i);
	size_t k, n = strcspn(name, ".");
	const struct btf_member *members;
	const struct btf_type *type;
	char record[128];
	uint32_t id;

	if (!kernel || n >= sizeof(record))
		return false;
	memcpy(record, name, n);
	record[n] = '\0';
	id = kernel_record_find(kernel, record);
	if (!id)
		return false;
	type = kernel_type(kernel, id);
	members = btf_members(type);
	for (k = 0; k < btf_vlen(type); k++)
		if (!strcmp(kernel_string(kernel, members[k].name_off), name + n + 1))
			return true;
	return false;
}

void kernel_facts_write(struct b2c_kernels *kernels, size_t i, FILE *out)
{
	const struct kernel_symbols *functions;
	const struct kernel *kernel;
	size_t k;

	if (kernel_is_foreign(kernels, i))
		return;
	kernel = kernel_at(kernels, i);
	fprintf(out, "kernel %s-%s\n", kernel->name, kernel->arch);
	write_types(kernel, out);
	functions = kernel_functions(kernel);
	for (k = 0; k < functions->nr; k++)
		fprintf(out, "function %s\n", functions->items[k].name);
	write_tracepoints(kernel, out);
}
