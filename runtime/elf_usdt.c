// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The USDT probes of ELF files; see elf_usdt.h. */
#define _GNU_SOURCE
#include "elf_usdt.h"

#include <errno.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>

#include "elf_symbol.h"

#define NOTE_NAME "stapsdt"
#define NOTE_TYPE 3
#define NOTE_ADDRESSES 3 /* of the place, of the section .stapsdt.base, of the semaphore */

static int add(struct b2c_elf_usdts *usdts, const char *provider, const char *name)
{
	struct b2c_elf_usdt *items;
	struct b2c_elf_usdt usdt;
	size_t i;

	for (i = 0; i < usdts->nr; i++)
		if (!strcmp(usdts->items[i].provider, provider) &&
		    !strcmp(usdts->items[i].name, name))
			return 0;
	items = realloc(usdts->items, (usdts->nr + 1) * sizeof(*items));
	if (!items)
		return -ENOMEM;
	usdts->items = items;
	usdt.provider = strdup(provider);
	usdt.name = strdup(name);
	items[usdts->nr++] = usdt;
	return usdt.provider && usdt.name ? 0 : -ENOMEM;
}

/* A note's text is "provider\0name\0arguments\0" after the addresses. */
static int add_note(const char *text, size_t size, struct b2c_elf_usdts *usdts)
{
	size_t provider = strnlen(text, size), name;

	if (provider == size)
		return 0;
	name = strnlen(text + provider + 1, size - provider - 1);
	if (provider + 1 + name == size)
		return 0;
	return add(usdts, text, text + provider + 1);
}

static int add_section(Elf *elf, Elf_Scn *section, struct b2c_elf_usdts *usdts)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t addresses = NOTE_ADDRESSES * gelf_fsize(elf, ELF_T_ADDR, 1, EV_CURRENT);
	size_t at = 0, name, desc;
	GElf_Nhdr note;
	int err = 0;

	while (data && !err && (at = gelf_getnote(data, at, &note, &name, &desc)) > 0) {
		const char *bytes = data->d_buf;

		if (note.n_type != NOTE_TYPE || note.n_namesz != sizeof(NOTE_NAME) ||
		    memcmp(bytes + name, NOTE_NAME, sizeof(NOTE_NAME)) != 0 ||
		    note.n_descsz < addresses)
			continue;
		err = add_note(bytes + desc + addresses, note.n_descsz - addresses, usdts);
	}
	return err;
}

static int add_elf(Elf *elf, void *data)
{
	Elf_Scn *section = NULL;
	GElf_Shdr shdr;
	int err = 0;

	while (!err && (section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &shdr) && shdr.sh_type == SHT_NOTE)
			err = add_section(elf, section, data);
	return err;
}

int b2c_elf_usdts(const char *path, struct b2c_elf_usdts *usdts)
{
	return b2c_elf_with(path, add_elf, usdts);
}

void b2c_elf_usdts_free(struct b2c_elf_usdts *usdts)
{
	size_t i;

	for (i = 0; i < usdts->nr; i++) {
		free(usdts->items[i].provider);
		free(usdts->items[i].name);
	}
	free(usdts->items);
	*usdts = (struct b2c_elf_usdts){ 0 };
}
