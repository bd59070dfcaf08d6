// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: the functions that a kernel has beyond its BTF, and those
 * that only its BTF has. Both lists are text in pack.py's form, sorted by
 * name, and are unpacked when first asked for, a few milliseconds a kernel.
 */
#include "kernel_data.h"

#include <stdlib.h>

/* Cuts `text` into its lines "NAME" or "NAME MODULE". */
static void symbols_parse(struct kernel_symbols *symbols, struct b2c_arena *arena, char *text)
{
	struct kernel_symbol *items;
	size_t nr = 0;

	for (const char *c = text; *c; c++)
		nr += *c == '\n';
	items = arena_alloc(arena, (nr + 1) * sizeof(*items));
	symbols->items = items;
	symbols->nr = nr;
	for (; nr; nr--, items++) {
		char *end = strchr(text, '\n');
		char *blank = memchr(text, ' ', (size_t)(end - text));

		*end = '\0';
		items->name = text;
		if (blank) {
			*blank = '\0';
			items->module = blank + 1;
		}
		text = end + 1;
	}
}

static const struct kernel_symbols *symbols_load(const struct kernel *kernel,
						 struct kernel_symbols *symbols,
						 const struct b2c_blob *blob)
{
	size_t size;

	if (!symbols->items)
		symbols_parse(symbols, kernel->arena,
			      kernel_blob_unpack(kernel, blob, kernel->arena, &size));
	return symbols;
}

const struct kernel_symbols *kernel_functions(const struct kernel *kernel)
{
	static const struct kernel_symbols none;

	return kernel->data ? symbols_load(kernel, kernel->functions, &kernel->data->functions)
			    : &none;
}

static int symbol_compare(const void *name, const void *symbol)
{
	return strcmp(name, ((const struct kernel_symbol *)symbol)->name);
}

static const struct kernel_symbol *symbols_find(const struct kernel_symbols *symbols,
						const char *name)
{
	if (!symbols->nr)
		return NULL;
	return bsearch(name, symbols->items, symbols->nr, sizeof(*symbols->items), symbol_compare);
}

const struct kernel_symbol *kernel_symbol_find(const struct kernel *kernel, const char *name)
{
	return symbols_find(kernel_functions(kernel), name);
}

bool kernel_is_absent(const struct kernel *kernel, const char *name)
{
	if (!kernel->data)
		return false;
	return symbols_find(symbols_load(kernel, kernel->absent, &kernel->data->absent), name);
}

/* The number of symbols before `name` in the order of the list. */
static size_t symbols_before(const struct kernel_symbols *symbols, const char *name)
{
	size_t low = 0, high = symbols->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(symbols->items[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const char *kernel_symbol_copy(const struct kernel *kernel, const char *name)
{
	const struct kernel_symbols *symbols = kernel_functions(kernel);
	size_t length = strlen(name);
	const char *copy = NULL;

	if (!length)
		return NULL;
	for (size_t i = symbols_before(symbols, name); i < symbols->nr; i++) {
		const char *other = symbols->items[i].name;

		/* '.' sorts before what a name is made of */
		if (strncmp(other, name, length) || other[length] > '.')
			break;
		if (!other[length] || strstr(other + length, ".part."))
			continue;
		if (!strncmp(other + length, ".isra.", strlen(".isra.")))
			return other;
		copy = copy ? copy : other;
	}
	return copy;
}
