// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel symbols from /proc/kallsyms; see symbols.h. The table is read once:
 * functions of modules loaded later are shown as the function before them.
 */
#define _GNU_SOURCE
#include "functions.h"
#include "symbols.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

struct symbol {
	uint64_t address;
	size_t name; /* offset in `names` */
};

static struct {
	struct symbol *symbols;
	size_t nr;
	size_t room;
	struct b2c_text names;
	bool is_read;
} table;

char *b2c_kallsyms_function(char *line, uint64_t *ret_address)
{
	char *end, *name;

	*ret_address = strtoull(line, &end, 16);
	if (end == line || end[0] != ' ' || !end[1] || !strchr("tTwW", end[1]) || end[2] != ' ')
		return NULL;
	name = end + 3;
	name[strcspn(name, "\t \n")] = '\0';
	return name;
}

struct wanted {
	const char *name;
	size_t index;
};

static int wanted_compare(const void *a, const void *b)
{
	return strcmp(((const struct wanted *)a)->name, ((const struct wanted *)b)->name);
}

static void mark_name(const struct wanted *wanted, size_t nr, const char *name,
		      enum b2c_found what, enum b2c_found *found)
{
	const struct wanted key = { .name = name };
	const struct wanted *w = bsearch(&key, wanted, nr, sizeof(*wanted), wanted_compare);

	/* the same name may be wanted several times */
	while (w && w > wanted && strcmp(w[-1].name, name) == 0)
		w--;
	for (; w && w < wanted + nr && strcmp(w->name, name) == 0; w++)
		if (found[w->index] < what)
			found[w->index] = what;
}

static void wanted_mark(const struct wanted *wanted, size_t nr, char *name, enum b2c_found *found)
{
	size_t length = b2c_copy_of(name);

	mark_name(wanted, nr, name, B2C_FOUND_ITSELF, found);
	if (!length)
		return;
	name[length] = '\0';
	mark_name(wanted, nr, name, B2C_FOUND_COPY, found);
}

int b2c_functions_find(const char *const *names, enum b2c_found *ret_found, size_t nr_names)
{
	struct wanted *wanted = calloc(nr_names + 1, sizeof(*wanted));
	FILE *f = fopen("/proc/kallsyms", "re");
	char *line = NULL, *name;
	size_t room = 0, i;
	uint64_t address;
	int err = 0;

	if (!wanted || !f) {
		err = wanted ? -errno : -ENOMEM;
		goto out;
	}
	for (i = 0; i < nr_names; i++) {
		wanted[i] = (struct wanted){ .name = names[i], .index = i };
		ret_found[i] = B2C_FOUND_NONE;
	}
	qsort(wanted, nr_names, sizeof(*wanted), wanted_compare);
	while (getline(&line, &room, f) > 0) {
		name = b2c_kallsyms_function(line, &address);
		if (name)
			wanted_mark(wanted, nr_names, name, ret_found);
	}
out:
	free(line);
	if (f)
		fclose(f);
	free(wanted);
	return err;
}

void b2c_kernel_symbols_free(void)
{
	free(table.symbols);
	b2c_text_free(&table.names);
	memset(&table, 0, sizeof(table));
}

static int symbol_compare(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name; /* the first listed first */
}

static int table_add(uint64_t address, const char *name)
{
	struct symbol *symbols;

	if (table.nr == table.room) {
		table.room = table.room ? 2 * table.room : 65536;
		symbols = realloc(table.symbols, table.room * sizeof(*symbols));
		if (!symbols)
			return -ENOMEM;
		table.symbols = symbols;
	}
	table.symbols[table.nr++] = (struct symbol){ .address = address, .name = table.names.size };
	b2c_text_add(&table.names, name, strlen(name) + 1);
	return table.names.failed ? -ENOMEM : 0;
}

static void table_read(void)
{
	FILE *f = fopen("/proc/kallsyms", "re");
	char *line = NULL, *name;
	uint64_t address;
	size_t room = 0;

	b2c_kernel_symbols_free();
	table.is_read = true;
	if (!f)
		return;
	while (getline(&line, &room, f) > 0) {
		name = b2c_kallsyms_function(line, &address);
		/* addresses are 0 for those who may not see them */
		if (name && address && table_add(address, name)) {
			b2c_kernel_symbols_free();
			table.is_read = true;
			break;
		}
	}
	free(line);
	fclose(f);
	if (table.nr)
		qsort(table.symbols, table.nr, sizeof(*table.symbols), symbol_compare);
}

static const struct symbol *table_find(uint64_t address)
{
	size_t low = 0, high = table.nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table.symbols[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return NULL;
	low--;
	while (low > 0 && table.symbols[low - 1].address == table.symbols[low].address)
		low--;
	return &table.symbols[low];
}

const char *b2c_kernel_symbol(uint64_t address, uint64_t *ret_offset)
{
	const struct symbol *symbol;

	if (!table.is_read)
		table_read();
	symbol = table_find(address);
	if (!symbol)
		return NULL;
	if (ret_offset)
		*ret_offset = address - symbol->address;
	return table.names.data + symbol->name;
}

static void put_symbol(struct b2c_row *row, uint64_t address, bool with_offset)
{
	uint64_t offset = 0;
	const char *name = b2c_kernel_symbol(address, &offset);
	char text[512];

	if (!name) {
		b2c_put_hex(row, address);
		return;
	}
	if (with_offset)
		snprintf(text, sizeof(text), "%s+0x%llx", name, (unsigned long long)offset);
	b2c_put_text(row, with_offset ? text : name);
}

void b2c_put_ksym(struct b2c_row *row, uint64_t address)
{
	put_symbol(row, address, false);
}

void b2c_put_ksym_offset(struct b2c_row *row, uint64_t address)
{
	put_symbol(row, address, true);
}
