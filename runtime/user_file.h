// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The functions of a program or library: from its own tables, or from what its
 * distribution has put into a separate or a compressed file. Everything comes from
 * files that anybody may have written: nothing is mapped, and sizes have limits.
 */
#ifndef B2C_USER_FILE_H
#define B2C_USER_FILE_H

#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

struct b2c_function {
	uint32_t start; /* from the first address that is loaded */
	uint32_t size;	/* 0: up to the next one */
	uint32_t name;	/* offset in the names */
};

/* Bytes of the file that are loaded. */
struct b2c_loaded {
	uint64_t offset;
	uint64_t size;
	uint64_t address;
};

#define B2C_MAX_LOADED 8

/* Zero-initialise to start. */
struct b2c_functions_of {
	struct b2c_loaded loaded[B2C_MAX_LOADED];
	size_t nr_loaded;
	uint64_t base; /* what starts are counted from */
	struct b2c_function *items;
	size_t nr;
	struct b2c_text names;
};

/*
 * Where files are for a process: `root` is "" or "/proc/PID/root", `path` is the file's own
 * in there. Descriptors stay with the caller.
 */
struct b2c_file_place {
	const char *root;
	const char *path;
};

/* Reads the functions of an open file. Returns 0, -ENOEXEC for what is no ELF file, or -errno. */
int b2c_functions_of_file(struct b2c_functions_of *functions, int fd,
			  const struct b2c_file_place *place);

/* The same of a file in memory, such as the vDSO. */
int b2c_functions_of_image(struct b2c_functions_of *functions, char *image, size_t size);

/*
 * The function at an offset of the file; NULL: unknown. `ret_offset` is then the address in
 * the file, which tools such as addr2line take.
 */
const char *b2c_function_at(const struct b2c_functions_of *functions, uint64_t file_offset,
			    uint64_t *ret_offset);

void b2c_functions_of_free(struct b2c_functions_of *functions);

/* ---- user_debug_file.c ---- */

/*
 * Opens the separate file with the symbols of `elf`, by its build id or its debug link, below
 * the process's root and the host's. Returns a descriptor or -ENOENT.
 */
int b2c_debug_file_open(Elf *elf, const struct b2c_file_place *place);

/* Unpacks section .gnu_debugdata. Returns 0, -ENOENT without one, or -errno; free() the image. */
int b2c_debug_data(Elf *elf, char **ret_image, size_t *ret_size);

/* The data of a section by name; NULL: none, or larger than `most`. */
Elf_Data *b2c_elf_section(Elf *elf, const char *name, size_t most);

#endif
