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
