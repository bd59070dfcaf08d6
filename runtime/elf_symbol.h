// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Where a function of a program or library is, for user probes. */
#ifndef B2C_ELF_SYMBOL_H
#define B2C_ELF_SYMBOL_H

#include <libelf.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Path of `name`: itself when it has a '/'; a library for "libc.so.6" or "c";
 * a program of $PATH. Returns 0 or -ENOENT.
 */
int b2c_elf_find(const char *name, char *ret_path, size_t size);

/*
 * What `look` returns for the open file. Returns -ENOEXEC for what is no ELF
 * file, or -errno when it can't be opened.
 */
int b2c_elf_with(const char *path, int (*look)(Elf *elf, void *data), void *data);

/* Where the byte at an address is in the file. Returns 0, -ENOENT or -ENOEXEC. */
int b2c_elf_offset(Elf *elf, uint64_t address, uint64_t *ret_offset);

/*
 * Offset in the file of a function. Returns 0, -ENOENT, -ENOTSUP for an
 * indirect function (IFUNC), -ENOEXEC for what is no ELF file, or -errno.
 */
int b2c_elf_symbol(const char *path, const char *symbol, uint64_t *ret_offset);

#endif
