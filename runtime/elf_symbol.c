// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Functions of ELF files; see elf_symbol.h. */
#define _GNU_SOURCE
#include "elf_symbol.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __aarch64__
#define MULTIARCH "aarch64-linux-gnu"
#else
#define MULTIARCH "x86_64-linux-gnu"
#endif

/* Folders of libraries, after $LD_LIBRARY_PATH. */
#define LIBRARY_FOLDERS \
	"/lib/" MULTIARCH ":/usr/lib/" MULTIARCH ":/lib64:/usr/lib64:/lib:/usr/lib:/usr/local/lib"

/* libNAME.so.6 of the folder, by its short name. glob(3) would bring users and hosts along. */
static int find_short(const char *folder, const char *name, char *ret_path, size_t size)
{
	size_t nr_name = strlen(name), nr_folder = strlen(folder);
	const char *found = NULL;
	struct dirent *entry;
	DIR *dir = opendir(folder);

	if (!dir)
		return -ENOENT;
	while ((entry = readdir(dir))) {
		const char *file = entry->d_name, *version = file + strlen("lib") + nr_name;

		if (strncmp(file, "lib", 3) || strncmp(file + 3, name, nr_name) ||
		    strncmp(version, ".so.", 4) || version[4] < '0' || version[4] > '9' ||
		    (found && strcmp(file, found) > 0))
			continue;
		if ((size_t)snprintf(ret_path, size, "%s/%s", folder, file) >= size) {
			closedir(dir);
			return -ENAMETOOLONG;
		}
		found = ret_path + nr_folder + 1;
	}
	closedir(dir);
	return found ? 0 : -ENOENT;
}

static int find_file(const char *folder, const char *name, char *ret_path, size_t size)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (access(path, F_OK))
		return -ENOENT;
	return (size_t)snprintf(ret_path, size, "%s", path) < size ? 0 : -ENAMETOOLONG;
}

typedef int (*find_fn)(const char *folder, const char *name, char *ret_path, size_t size);

/* The first that is found in the ':'-separated folders. */
static int find_in(const char *folders, find_fn find, const char *name, char *ret_path, size_t size)
{
	char folder[PATH_MAX];
	int err = -ENOENT;
	size_t n;

	for (; folders && *folders && err == -ENOENT; folders += n + (folders[n] == ':')) {
		n = strcspn(folders, ":");
		snprintf(folder, sizeof(folder), "%.*s", (int)n, folders);
		if (n)
			err = find(folder, name, ret_path, size);
	}
	return err;
}

static int find_library(find_fn find, const char *name, char *ret_path, size_t size)
{
	int err = find_in(getenv("LD_LIBRARY_PATH"), find, name, ret_path, size);

	return err ? find_in(LIBRARY_FOLDERS, find, name, ret_path, size) : 0;
}

int b2c_elf_find(const char *name, char *ret_path, size_t size)
{
	const char *path = getenv("PATH");
	int err;

	if (!*name)
		return -ENOENT;
	if (strchr(name, '/')) {
		if (access(name, R_OK))
			return -errno;
		return (size_t)snprintf(ret_path, size, "%s", name) < size ? 0 : -ENAMETOOLONG;
	}
	if (strstr(name, ".so"))
		return find_library(find_file, name, ret_path, size);
	err = find_in(path ? path : "/usr/sbin:/usr/bin:/sbin:/bin", find_file, name, ret_path,
		      size);
	return err ? find_library(find_short, name, ret_path, size) : 0;
}

/* The bytes of a file are mapped at other addresses: segments say where. */
int b2c_elf_offset(Elf *elf, uint64_t address, uint64_t *ret_offset)
{
	size_t nr, i;
	GElf_Phdr phdr;

	if (elf_getphdrnum(elf, &nr))
		return -ENOEXEC;
	for (i = 0; i < nr; i++) {
		if (!gelf_getphdr(elf, (int)i, &phdr) || phdr.p_type != PT_LOAD)
			continue;
		if (address >= phdr.p_vaddr && address - phdr.p_vaddr < phdr.p_filesz) {
			*ret_offset = address - phdr.p_vaddr + phdr.p_offset;
			return 0;
		}
	}
	return -ENOENT;
}

/* Versions other than the default one are marked as hidden. */
static bool is_hidden(Elf_Data *versions, size_t index)
{
	GElf_Versym version;

	return versions && gelf_getversym(versions, (int)index, &version) && version & 0x8000;
}

static Elf_Data *version_data(Elf *elf)
{
	Elf_Scn *section = NULL;
	GElf_Shdr shdr;

	while ((section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &shdr) && shdr.sh_type == SHT_GNU_versym)
			return elf_getdata(section, NULL);
	return NULL;
}

/* Looks `symbol` up in one table; a default version wins over old ones. */
static int find_in_table(Elf *elf, Elf_Scn *section, const char *symbol, GElf_Sym *ret_symbol)
{
	Elf_Data *data = elf_getdata(section, NULL), *versions = NULL;
	int err = -ENOENT;
	GElf_Shdr shdr;
	GElf_Sym sym;
	size_t i;

	if (!data || !gelf_getshdr(section, &shdr) || !shdr.sh_entsize)
		return -ENOEXEC;
	if (shdr.sh_type == SHT_DYNSYM)
		versions = version_data(elf);
	for (i = 0; i < shdr.sh_size / shdr.sh_entsize; i++) {
		const char *name;

		if (!gelf_getsym(data, (int)i, &sym) || sym.st_shndx == SHN_UNDEF)
			continue;
		if (GELF_ST_TYPE(sym.st_info) != STT_FUNC &&
		    GELF_ST_TYPE(sym.st_info) != STT_GNU_IFUNC)
			continue;
		name = elf_strptr(elf, shdr.sh_link, sym.st_name);
		if (!name || strcmp(name, symbol) != 0 || (!err && is_hidden(versions, i)))
			continue;
		*ret_symbol = sym;
		err = 0;
		if (!is_hidden(versions, i))
			break;
	}
	return err;
}

struct wanted {
	const char *symbol;
	uint64_t *ret_offset;
};

static int find_in_elf(Elf *elf, void *data)
{
	const struct wanted *wanted = data;
	Elf_Scn *section = NULL;
	int err = -ENOENT;
	GElf_Shdr shdr;
	GElf_Sym sym;

	while (err && (section = elf_nextscn(elf, section))) {
		if (!gelf_getshdr(section, &shdr))
			continue;
		if (shdr.sh_type == SHT_DYNSYM || shdr.sh_type == SHT_SYMTAB)
			err = find_in_table(elf, section, wanted->symbol, &sym);
	}
	if (err)
		return err;
	if (GELF_ST_TYPE(sym.st_info) == STT_GNU_IFUNC)
		return -ENOTSUP;
	return b2c_elf_offset(elf, sym.st_value, wanted->ret_offset);
}

int b2c_elf_with(const char *path, int (*look)(Elf *elf, void *data), void *data)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf;
	int err;

	if (fd < 0)
		return -errno;
	elf_version(EV_CURRENT);
	/* not mapped: its owner may make it shorter meanwhile */
	elf = elf_begin(fd, ELF_C_READ, NULL);
	err = elf_kind(elf) == ELF_K_ELF ? look(elf, data) : -ENOEXEC;
	elf_end(elf);
	close(fd);
	return err;
}

int b2c_elf_symbol(const char *path, const char *symbol, uint64_t *ret_offset)
{
	struct wanted wanted = { symbol, ret_offset };

	return b2c_elf_with(path, find_in_elf, &wanted);
}
