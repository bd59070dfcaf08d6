// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Import: hands a script to the importer, a program in Python that is part of
 * the command (importer/), with what the kernels of the data would answer to it.
 */
#ifndef B2C_IMPORT_H
#define B2C_IMPORT_H

#include "diag.h"
#include "kernel.h"
#include "options.h"

/*
 * Becomes the importer, whose exit status is the command's. Returns only when
 * that failed: -errno, reported.
 */
int import_script(const struct b2c_command *command, struct b2c_kernels *kernels,
		  struct b2c_diag *diag);

#endif
