// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel symbols: which function an address is in. A symbol takes 8 bytes and its
 * name: the lower half of its address, in the segment of those with the same upper
 * half, and where its name is. Symbols of one module are listed together, so that
 * the place of a name says which module it belongs to.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run.h"
#include "symbols.h"

/* No function is that large: an address further on belongs to none. */
#define MAX_FUNCTION (1u << 20)
/* Far more than any kernel has; a list without end must not take all memory. */
#define MAX_SYMBOLS (1u << 22)
#define MAX_NAMES (1u << 28)
#define REREAD_S 10
#define CAP_SYSLOG_BIT 34

struct symbol {
	uint32_t low;
	uint32_t name; /* offset in `names` */
};

struct segment {
	uint32_t high;
	bool is_unsorted;
	struct symbol *symbols;
	size_t nr;
	size_t room;
};

/* The names from `first_name` on are of this module. */
struct module {
	uint32_t first_name;
	uint32_t name; /* offset in `module_names` */
};

static struct {
	struct segment *segments; /* few: a kernel's text and its modules are near each other */
	size_t nr_segments;
	struct module *modules;
	size_t nr_modules;
	struct b2c_text names;
	struct b2c_text module_names;
	size_t nr;
	int err; /* of the last reading */
	time_t read_at;
	bool is_read;
	bool is_explained;
} table;

void b2c_kernel_symbols_free(void)
{
	size_t i;

	for (i = 0; i < table.nr_segments; i++)
		free(table.segments[i].symbols);
	free(table.segments);
	free(table.modules);
	b2c_text_free(&table.names);
	b2c_text_free(&table.module_names);
	memset(&table, 0, sizeof(table));
}

/* ---- reading ---- */

static struct segment *segment_of(uint32_t high)
{
	struct segment *segments;
	size_t i;

	for (i = 0; i < table.nr_segments; i++)
		if (table.segments[i].high == high)
			return &table.segments[i];
	segments = realloc(table.segments, (table.nr_segments + 1) * sizeof(*segments));
	if (!segments)
		return NULL;
	table.segments = segments;
	segments[table.nr_segments] = (struct segment){ .high = high };
	return &segments[table.nr_segments++];
}

/* Adds half as many again, so that what is left over in the end is little to give back. */
static int segment_grow(struct segment *segment)
{
	size_t room = segment->room ? segment->room + segment->room / 2 : 4096;
	struct symbol *symbols = realloc(segment->symbols, room * sizeof(*symbols));

	if (!symbols)
		return -ENOMEM;
	segment->symbols = symbols;
	segment->room = room;
	return 0;
}

static int add_module(const char *name)
{
	struct module *modules, *last;

	if (table.nr_modules) {
		last = &table.modules[table.nr_modules - 1];
		if (!strcmp(table.module_names.data + last->name, name))
			return 0;
	}
	modules = realloc(table.modules, (table.nr_modules + 1) * sizeof(*modules));
	if (!modules)
		return -ENOMEM;
	table.modules = modules;
	modules[table.nr_modules++] = (struct module){
		.first_name = (uint32_t)table.names.size,
		.name = (uint32_t)table.module_names.size,
	};
	b2c_text_add(&table.module_names, name, strlen(name) + 1);
	return table.module_names.failed ? -ENOMEM : 0;
}

static int add_symbol(uint64_t address, const char *name, const char *module)
{
	struct segment *segment = segment_of((uint32_t)(address >> 32));
	struct symbol symbol = { (uint32_t)address, (uint32_t)table.names.size };
	int err;

	if (table.nr == MAX_SYMBOLS || table.names.size > MAX_NAMES)
		return -E2BIG;
	err = segment ? add_module(*module ? module : "kernel") : -ENOMEM;
	if (!err && segment->nr == segment->room)
		err = segment_grow(segment);
	if (err)
		return err;
	if (segment->nr && symbol.low < segment->symbols[segment->nr - 1].low)
		segment->is_unsorted = true;
	segment->symbols[segment->nr++] = symbol;
	table.nr++;
	b2c_text_add(&table.names, name, strlen(name) + 1);
	return table.names.failed ? -ENOMEM : 0;
}

static int symbol_compare(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name; /* the first listed first */
}

/* Sorts, and gives back what was not needed. */
static void finish_segment(struct segment *segment)
{
	struct symbol *symbols;

	if (segment->is_unsorted)
		qsort(segment->symbols, segment->nr, sizeof(*segment->symbols), symbol_compare);
	symbols = realloc(segment->symbols, segment->nr * sizeof(*symbols));
	if (symbols)
		segment->symbols = symbols;
	segment->room = segment->nr;
}

static void finish_names(void)
{
	char *data = realloc(table.names.data, table.names.size + 1);

	if (data) {
		table.names.data = data;
		table.names.room = table.names.size + 1;
	}
}

/*
 * Bytes before a function that compilers leave room in have a name of their own, and
 * take half of the list. What seems to be in them returns from the function before.
 */
static bool is_padding(const char *name)
{
	return !strncmp(name, "__pfx_", strlen("__pfx_")) ||
	       !strncmp(name, "__cfi_", strlen("__cfi_"));
}

/* Returns 0, -EPERM if all addresses are hidden, or -errno. */
static int read_lines(FILE *f)
{
	char *line = NULL, *name;
	const char *module;
	bool is_hidden = false;
	uint64_t address;
	size_t room = 0;
	int err = 0;

	while (!err && getline(&line, &room, f) > 0) {
		name = b2c_kallsyms_function(line, &address, &module);
		/* addresses are 0 for those who may not see them */
		if (name && address && !is_padding(name))
			err = add_symbol(address, name, module);
		else if (name && !address)
			is_hidden = true;
	}
	free(line);
	return err ? err : table.nr ? 0 : is_hidden ? -EPERM : -ENODATA;
}

static time_t now_s(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

int b2c_kernel_symbols_read(const char *path)
{
	FILE *f = fopen(path ? path : "/proc/kallsyms", "re");
	bool is_explained = table.is_explained;
	size_t i;
	int err = f ? 0 : -errno;

	b2c_kernel_symbols_free();
	if (f) {
		err = read_lines(f);
		fclose(f);
	}
	if (err)
		b2c_kernel_symbols_free();
	for (i = 0; i < table.nr_segments; i++)
		finish_segment(&table.segments[i]);
	if (table.nr)
		finish_names();
	table.is_read = true;
	table.is_explained = is_explained;
	table.read_at = now_s();
	table.err = err;
	return err;
}

/* ---- looking up ---- */

static const struct symbol *find_in(const struct segment *segment, uint32_t low)
{
	size_t first = 0, last = segment->nr;

	while (first < last) {
		size_t middle = first + (last - first) / 2;

		if (segment->symbols[middle].low <= low)
			first = middle + 1;
		else
			last = middle;
	}
	if (!first)
		return NULL;
	first--;
	while (first > 0 && segment->symbols[first - 1].low == segment->symbols[first].low)
		first--;
	return &segment->symbols[first];
}

static const struct symbol *find(uint64_t address)
{
	const struct symbol *symbol = NULL;
	size_t i;

	for (i = 0; i < table.nr_segments && !symbol; i++)
		if (table.segments[i].high == address >> 32)
			symbol = find_in(&table.segments[i], (uint32_t)address);
	return symbol && (uint32_t)address - symbol->low <= MAX_FUNCTION ? symbol : NULL;
}

static const char *module_of(const struct symbol *symbol)
{
	size_t first = 0, last = table.nr_modules;

	while (last - first > 1) {
		size_t middle = first + (last - first) / 2;

		if (table.modules[middle].first_name <= symbol->name)
			first = middle;
		else
			last = middle;
	}
	return table.module_names.data + table.modules[first].name;
}

bool b2c_kernel_symbol(uint64_t address, struct b2c_symbol *ret_symbol)
{
	const struct symbol *symbol;

	*ret_symbol = (struct b2c_symbol){ .offset = address };
	if (!table.is_read)
		b2c_kernel_symbols_read(NULL);
	symbol = find(address);
	if (!symbol && table.nr && address >> 63 && now_s() - table.read_at >= REREAD_S) {
		b2c_kernel_symbols_read(NULL);
		symbol = find(address);
	}
	if (!symbol)
		return false;
	ret_symbol->name = table.names.data + symbol->name;
	ret_symbol->module = module_of(symbol);
	ret_symbol->offset = (uint32_t)address - symbol->low;
	return true;
}

/* ---- why there are none ---- */

static bool may_see_addresses(void)
{
	struct b2c_text status = { 0 };
	const char *line = NULL;
	bool may = false;

	if (!b2c_text_read_file(&status, "/proc/self/status"))
		line = strstr(b2c_text_string(&status), "\nCapEff:");
	if (line)
		may = strtoull(line + strlen("\nCapEff:"), NULL, 16) >> CAP_SYSLOG_BIT & 1;
	b2c_text_free(&status);
	return may;
}

static void explain_hidden(const struct b2c_run *run)
{
	struct b2c_text restriction = { 0 };
	bool is_closed;

	b2c_text_read_file(&restriction, "/proc/sys/kernel/kptr_restrict");
	is_closed = b2c_text_string(&restriction)[0] == '2';
	b2c_text_free(&restriction);
	if (is_closed)
		b2c_error(run, "kernel functions have no names: kptr_restrict hides their "
			       "addresses from everybody; 'sysctl kernel.kptr_restrict=1' "
			       "shows them to root");
	else if (!may_see_addresses())
		b2c_error(run, "kernel functions have no names: their addresses are hidden from "
			       "this user; run as root or with CAP_SYSLOG");
	else
		b2c_error(run, "kernel functions have no names: this kernel hides their "
			       "addresses");
}

void b2c_kernel_symbols_explain(const struct b2c_run *run)
{
	if (!table.is_read || !table.err || table.is_explained)
		return;
	table.is_explained = true;
	if (table.err == -EPERM)
		explain_hidden(run);
	else
		b2c_error(run, "kernel functions have no names: cannot read /proc/kallsyms: %s",
			  strerror(-table.err));
}
