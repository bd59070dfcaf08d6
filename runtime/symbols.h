// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Symbols: which functions the kernel has, what an address belongs to in the
 * kernel or in a process, and how that is written.
 */
#ifndef B2C_SYMBOLS_H
#define B2C_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <b2c/b2c.h>

#include "text.h"

struct b2c_run;

/* What there is of a function. */
enum b2c_found { B2C_FOUND_NONE, B2C_FOUND_COPY, B2C_FOUND_ITSELF };

/*
 * Tells for each of `names` whether the kernel or a module has a function of that name, or
 * a copy of one (functions.h); one pass over /proc/kallsyms. Returns 0 or -errno.
 */
int b2c_functions_find(const char *const *names, enum b2c_found *ret_found, size_t nr_names);

/*
 * Splits a line of kallsyms, "ADDRESS TYPE NAME\t[MODULE]", in place. Returns the name;
 * NULL unless it is a function's. `ret_module` may be NULL, and gets "" for the kernel itself.
 */
char *b2c_kallsyms_function(char *line, uint64_t *ret_address, const char **ret_module);

/* What an address belongs to. Texts are valid until the next one is looked up. */
struct b2c_symbol {
	const char *name;   /* of the function; NULL: unknown */
	const char *module; /* "kernel", a kernel module, or the path of a file; NULL: unknown */
	uint64_t offset;    /* in the function, or without one in the module */
};

/* ---- kernel_symbols.c ---- */

/*
 * Reads a list of symbols in the form of /proc/kallsyms, in place of what was read before;
 * NULL: the kernel's own. Returns 0 or -errno; a list that hides its addresses is -EPERM.
 */
int b2c_kernel_symbols_read(const char *path);

/*
 * The function that `address` is in; reads /proc/kallsyms at the first call, and again for
 * an address that belongs to nothing it has, which a module loaded later may have. Of
 * several names at one address it is the first listed, which is the kernel's own choice.
 */
bool b2c_kernel_symbol(uint64_t address, struct b2c_symbol *ret_symbol);

/* Says once in a run, on stderr, why there are no symbols, if there are none. */
void b2c_kernel_symbols_explain(const struct b2c_run *run);

/* Frees what has been read. */
void b2c_kernel_symbols_free(void);

/* ---- symbol_text.c ---- */

/* Appends as bcc: "NAME+0xOFFSET [MODULE]", "[unknown]"; `parts` are b2c_symbol_part. Raw text. */
void b2c_symbol_text(struct b2c_text *text, const struct b2c_symbol *symbol, unsigned int parts);

/* The same as a string that the next call overwrites; "" without memory. */
const char *b2c_symbol_string(const struct b2c_symbol *symbol, unsigned int parts);

/* The cell of a column; an address that belongs to nothing is itself in JSON. */
void b2c_put_symbol(struct b2c_row *row, uint64_t address, const struct b2c_symbol *symbol,
		    unsigned int parts);

/* What b2c_user_symbols is, which references more libraries: see stacks.h. */
struct b2c_symbolizer {
	/* What `address` of process `pid` belongs to; its texts are valid until the next call. */
	void (*find)(uint32_t pid, uint64_t address, struct b2c_symbol *ret_symbol);
	/* Takes note of a process while it runs, so that it may end before it is asked about. */
	void (*see)(uint32_t pid);
	/* Takes note of all processes that start while the tool runs. */
	void (*watch)(struct b2c_run *run);
	/* Says on stderr what could not be found, and why. */
	void (*report)(const struct b2c_run *run);
	void (*release)(void);
};

#endif
