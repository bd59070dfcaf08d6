// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Functions of the kernel by pattern. */
#ifndef B2C_MATCH_H
#define B2C_MATCH_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct b2c_functions {
	char **names; /* sorted, each once */
	size_t nr;
};

/*
 * Adds those functions of a file in the form of available_filter_functions, or of
 * kallsyms, that match from their start. Returns 0 or -ENOMEM.
 */
int b2c_functions_match(FILE *f, bool is_kallsyms, const regex_t *regex,
			struct b2c_functions *functions);
void b2c_functions_free(struct b2c_functions *functions);

#endif
