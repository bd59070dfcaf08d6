// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Lists of the kernel's functions, and the copies that its compiler made of some. */
#ifndef B2C_FUNCTIONS_H
#define B2C_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct b2c_probe;
struct b2c_run;
struct bpf_program;

struct b2c_functions {
	char **names; /* sorted, each once */
	size_t nr;
};

typedef bool b2c_name_fits(const char *name, const void *context);

/*
 * Adds those functions of a file in the form of available_filter_functions, or of
 * kallsyms, whose names fit. Returns 0 or -ENOMEM.
 */
int b2c_functions_read(FILE *f, bool is_kallsyms, b2c_name_fits *fits, const void *context,
		       struct b2c_functions *functions);

/* Adds a name. Returns 0 or -ENOMEM. */
int b2c_functions_add(struct b2c_functions *functions, const char *name);

/*
 * Puts the names in their order, each once: static functions may share one, which to the
 * kernel stands for one of them.
 */
void b2c_functions_sort(struct b2c_functions *functions);

/*
 * As b2c_functions_read() for the host. What ftrace can trace is what exists and can be
 * probed; kallsyms, which is read without it, has more than that. Returns 0 or -errno.
 */
int b2c_functions_of_host(b2c_name_fits *fits, const void *context,
			  struct b2c_functions *functions);
void b2c_functions_free(struct b2c_functions *functions);

/*
 * The length of the name of which `name` is a copy for some callers: 3 for "foo.isra.0" or
 * "foo.constprop.0.isra.1". 0 if it is none; "foo.part.0" is only a part of its function.
 */
size_t b2c_copy_of(const char *name);

/* Attaches to all copies of the first target that has any instead of itself; copies.c. */
int b2c_attach_copies(struct b2c_run *run, const struct b2c_probe *probe,
		      struct bpf_program *program);

#endif
