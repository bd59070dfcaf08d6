// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The USDT probes of ELF files, from their notes. */
#ifndef B2C_ELF_USDT_H
#define B2C_ELF_USDT_H

#include <stddef.h>

struct b2c_elf_usdt {
	char *provider;
	char *name;
};

struct b2c_elf_usdts {
	struct b2c_elf_usdt *items;
	size_t nr;
};

/*
 * Adds the probes of a file, each once however many places it has. Returns 0,
 * -ENOEXEC for what is no ELF file, or -errno.
 */
int b2c_elf_usdts(const char *path, struct b2c_elf_usdts *usdts);

void b2c_elf_usdts_free(struct b2c_elf_usdts *usdts);

#endif
