// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel symbols: which functions exist, and which one an address belongs to.
 */
#ifndef B2C_SYMBOLS_H
#define B2C_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What there is of a function. */
enum b2c_found { B2C_FOUND_NONE, B2C_FOUND_COPY, B2C_FOUND_ITSELF };

/*
 * Tells for each of `names` whether the kernel or a module has a function of that name, or
 * a copy of one (functions.h); one pass over /proc/kallsyms. Returns 0 or -errno.
 */
int b2c_functions_find(const char *const *names, enum b2c_found *ret_found, size_t nr_names);

/*
 * Splits a line of kallsyms, "ADDRESS TYPE NAME\t[MODULE]", in place. Returns the name;
 * NULL unless it is a function's.
 */
char *b2c_kallsyms_function(char *line, uint64_t *ret_address);

/* The function that `address` is in; NULL if unknown. Read once, at the first call. */
const char *b2c_kernel_symbol(uint64_t address, uint64_t *ret_offset);

/* What b2c_user_symbols is: see stacks.h. */
struct b2c_symbolizer {
	/* The function of process `pid` at `address`, until the next call; NULL if unknown. */
	const char *(*find)(uint32_t pid, uint64_t address);
	void (*release)(void);
};

/* Frees what b2c_kernel_symbol() has read. */
void b2c_kernel_symbols_free(void);

#endif
