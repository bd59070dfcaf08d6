// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Functions of ELF files, sorted for looking up; see user_file.h. */
#define _GNU_SOURCE
#include "user_file.h"

#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_TABLE (64u << 20)  /* bytes of one table of symbols */
#define MAX_NAMES (256u << 20) /* bytes of its names */
#define MAX_FUNCTIONS (1u << 20)
#define MAX_NESTED 8
#define LOCAL 256 /* ranks from here on are of functions that only their own file may call */

void b2c_functions_of_free(struct b2c_functions_of *functions)
{
	free(functions->items);
	b2c_text_free(&functions->names);
	memset(functions, 0, sizeof(*functions));
}

/* ---- one table of symbols ---- */

/* A function as found; of several at one address the best stays. */
struct found {
	uint64_t start;
	uint64_t size;
	const char *name; /* of the table's data */
	unsigned int rank; /* lower is better */
};

struct finds {
	struct found *items;
	size_t nr;
	size_t room;
};

static int add_found(struct finds *finds, const struct found *one)
{
	size_t room = finds->room ? finds->room + finds->room / 2 : 1024;
	struct found *items;

	if (finds->nr == MAX_FUNCTIONS)
		return -E2BIG;
	if (finds->nr == finds->room) {
		items = realloc(finds->items, room * sizeof(*items));
		if (!items)
			return -ENOMEM;
		finds->items = items;
		finds->room = room;
	}
	finds->items[finds->nr++] = *one;
	return 0;
}

/* What others may call comes first, and of those the name with the fewest underscores before it. */
static unsigned int rank_of(const GElf_Sym *symbol, const char *name)
{
	unsigned int underscores = (unsigned int)strspn(name, "_");

	return (GELF_ST_BIND(symbol->st_info) == STB_LOCAL ? LOCAL : 0) +
	       (underscores < LOCAL ? underscores : LOCAL - 1);
}

/* A name within the table of names that ends there; NULL: none. */
static const char *name_at(const Elf_Data *names, uint32_t at)
{
	const char *name = (const char *)names->d_buf + at;

	if (!names->d_buf || at >= names->d_size || !*name ||
	    !memchr(name, '\0', names->d_size - at))
		return NULL;
	return name;
}

static int add_symbols(struct finds *finds, Elf_Data *symbols, const Elf_Data *names)
{
	struct found one;
	GElf_Sym symbol;
	const char *name;
	int i, err = 0;

	for (i = 0; !err && gelf_getsym(symbols, i, &symbol); i++) {
		unsigned int type = GELF_ST_TYPE(symbol.st_info);

		if ((type != STT_FUNC && type != STT_GNU_IFUNC) ||
		    symbol.st_shndx == SHN_UNDEF || !symbol.st_value)
			continue;
		name = name_at(names, symbol.st_name);
		if (!name)
			continue;
		one = (struct found){ .start = symbol.st_value, .size = symbol.st_size,
				      .name = name, .rank = rank_of(&symbol, name) };
		/* what assembler has no size for reaches up to the next one; but crt's parts not */
		if (!one.size && one.rank >= LOCAL)
			one.size = 1;
		err = add_found(finds, &one);
	}
	return err == -E2BIG ? 0 : err;
}

/* Adds the functions of the table of this type; nothing without one. */
static int add_table(struct finds *finds, Elf *elf, uint32_t type, bool *ret_found)
{
	Elf_Scn *section = NULL, *strings;
	Elf_Data *symbols, *names;
	GElf_Shdr header, of_names;

	while ((section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &header) && header.sh_type == type)
			break;
	if (!section || header.sh_size > MAX_TABLE)
		return 0;
	strings = elf_getscn(elf, header.sh_link);
	if (!strings || !gelf_getshdr(strings, &of_names) || of_names.sh_type != SHT_STRTAB ||
	    of_names.sh_size > MAX_NAMES)
		return 0;
	symbols = elf_getdata(section, NULL);
	names = elf_getdata(strings, NULL);
	if (!symbols || !symbols->d_buf || !names)
		return 0;
	*ret_found = true;
	return add_symbols(finds, symbols, names);
}

/* ---- from what was found to what is kept ---- */

static int found_compare(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int keep(struct b2c_functions_of *functions, struct finds *finds)
{
	const struct found *one = finds->items;
	size_t i;

	if (!finds->nr)
		return 0;
	qsort(finds->items, finds->nr, sizeof(*finds->items), found_compare);
	functions->items = calloc(finds->nr, sizeof(*functions->items));
	if (!functions->items)
		return -ENOMEM;
	for (i = 0; i < finds->nr; i++, one++) {
		uint64_t start = one->start - functions->base;

		if ((i && one->start == one[-1].start) || start > UINT32_MAX)
			continue;
		if (functions->names.size > UINT32_MAX / 2)
			break;
		functions->items[functions->nr++] = (struct b2c_function){
			.start = (uint32_t)start,
			.size = one->size > UINT32_MAX ? UINT32_MAX : (uint32_t)one->size,
			.name = (uint32_t)functions->names.size,
		};
		/* without the version: "read@@GLIBC_2.2.5" */
		b2c_text_add(&functions->names, one->name, 1 + strcspn(one->name + 1, "@"));
		b2c_text_add(&functions->names, "", 1);
	}
	return functions->names.failed ? -ENOMEM : 0;
}

static int read_loaded(struct b2c_functions_of *functions, Elf *elf)
{
	struct b2c_loaded *one;
	GElf_Phdr header;
	size_t i, nr;

	if (elf_getphdrnum(elf, &nr))
		return -ENOEXEC;
	functions->base = UINT64_MAX;
	for (i = 0; i < nr && functions->nr_loaded < B2C_MAX_LOADED; i++) {
		if (!gelf_getphdr(elf, (int)i, &header) || header.p_type != PT_LOAD)
			continue;
		one = &functions->loaded[functions->nr_loaded++];
		one->offset = header.p_offset;
		one->size = header.p_filesz;
		one->address = header.p_vaddr;
		if (one->address < functions->base)
			functions->base = one->address;
	}
	return functions->nr_loaded ? 0 : -ENOEXEC;
}

/* ---- files ---- */

/* Symbols that a stripped file has elsewhere: their data must live until they are kept. */
struct elsewhere {
	Elf *elf;
	char *image;
	int fd;
};

static int add_elsewhere(struct finds *finds, Elf *elf, const struct b2c_file_place *place,
			 struct elsewhere *ret)
{
	bool has_symbols = false;
	size_t size;

	ret->fd = place ? b2c_debug_file_open(elf, place) : -ENOENT;
	if (ret->fd >= 0)
		ret->elf = elf_begin(ret->fd, ELF_C_READ, NULL);
	else if (!b2c_debug_data(elf, &ret->image, &size))
		ret->elf = elf_memory(ret->image, size);
	return ret->elf ? add_table(finds, ret->elf, SHT_SYMTAB, &has_symbols) : 0;
}

static int read_functions(struct b2c_functions_of *functions, Elf *elf,
			  const struct b2c_file_place *place)
{
	struct elsewhere elsewhere = { .fd = -1 };
	bool has_symbols = false, is_dynamic = false;
	struct finds finds = { 0 };
	int err;

	if (elf_kind(elf) != ELF_K_ELF)
		return -ENOEXEC;
	err = read_loaded(functions, elf);
	if (!err)
		err = add_table(&finds, elf, SHT_SYMTAB, &has_symbols);
	if (!err && !has_symbols)
		err = add_table(&finds, elf, SHT_DYNSYM, &is_dynamic);
	if (!err && !has_symbols)
		err = add_elsewhere(&finds, elf, place, &elsewhere);
	if (!err)
		err = keep(functions, &finds);
	free(finds.items);
	elf_end(elsewhere.elf);
	free(elsewhere.image);
	if (elsewhere.fd >= 0)
		close(elsewhere.fd);
	return err;
}

static int read_elf(struct b2c_functions_of *functions, Elf *elf,
		    const struct b2c_file_place *place)
{
	int err = elf ? read_functions(functions, elf, place) : -ENOEXEC;

	elf_end(elf);
	if (err)
		b2c_functions_of_free(functions);
	return err;
}

int b2c_functions_of_file(struct b2c_functions_of *functions, int fd,
			  const struct b2c_file_place *place)
{
	elf_version(EV_CURRENT);
	return read_elf(functions, elf_begin(fd, ELF_C_READ, NULL), place);
}

int b2c_functions_of_image(struct b2c_functions_of *functions, char *image, size_t size)
{
	elf_version(EV_CURRENT);
	return read_elf(functions, elf_memory(image, size), NULL);
}

/* ---- looking up ---- */

static bool address_of(const struct b2c_functions_of *functions, uint64_t file_offset,
		       uint64_t *ret_address)
{
	const struct b2c_loaded *one = functions->loaded;

	for (; one < functions->loaded + functions->nr_loaded; one++) {
		if (file_offset < one->offset || file_offset - one->offset >= one->size)
			continue;
		*ret_address = file_offset - one->offset + one->address;
		return true;
	}
	return false;
}

/* Functions may lie within others: the innermost that has the address. */
static const struct b2c_function *find(const struct b2c_functions_of *functions, uint32_t at)
{
	size_t first = 0, last = functions->nr, i;

	while (first < last) {
		size_t middle = first + (last - first) / 2;

		if (functions->items[middle].start <= at)
			first = middle + 1;
		else
			last = middle;
	}
	for (i = 0; i < MAX_NESTED && i < first; i++) {
		const struct b2c_function *one = &functions->items[first - 1 - i];

		if (at - one->start < one->size || (!one->size && !i))
			return one;
	}
	return NULL;
}

const char *b2c_function_at(const struct b2c_functions_of *functions, uint64_t file_offset,
			    uint64_t *ret_offset)
{
	const struct b2c_function *one = NULL;
	uint64_t address;

	*ret_offset = file_offset;
	if (!address_of(functions, file_offset, &address))
		return NULL;
	*ret_offset = address;
	if (address - functions->base <= UINT32_MAX)
		one = find(functions, (uint32_t)(address - functions->base));
	if (!one)
		return NULL;
	*ret_offset = address - functions->base - one->start;
	return functions->names.data + one->name;
}
