// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The files that processes have mapped, each read once for all of them. They are opened
 * when they are first seen, since later they may be gone, and read when they are asked for.
 */
#ifndef B2C_USER_FILES_H
#define B2C_USER_FILES_H

#include "user_mappings.h"
#include "user_file.h"

/* Who has mapped a file. */
struct b2c_mapper {
	uint32_t pid;
	char root[32]; /* "/proc/PID/root"; "": it sees the files that we see */
};

/* Opens the file of a mapping unless it is known already. */
void b2c_user_file_see(const struct b2c_mapper *mapper, const struct b2c_mappings *mappings,
		       const struct b2c_mapping *mapping);

/* Its functions, until the next call; NULL: it is gone, or no ELF file. */
const struct b2c_functions_of *b2c_user_file(const struct b2c_mapper *mapper,
					     const struct b2c_mappings *mappings,
					     const struct b2c_mapping *mapping);

/* Functions of the vDSO, which is the same for every process of the tool's own kind. */
const struct b2c_functions_of *b2c_user_vdso(void);

void b2c_user_files_free(void);

#endif
