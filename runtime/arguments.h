// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The rule by which a parameter of a handler is found in a prototype of BTF. */
#ifndef B2C_ARGUMENTS_H
#define B2C_ARGUMENTS_H

#include <stdint.h>

struct btf;

/* What a handler calls the value that the function returns. */
#define B2C_RESULT "return"

/*
 * The position of `what`, as b2c_find_argument() describes it, in the FUNC with the
 * id `function`. Several of one type without the name: *position, if that is one of
 * them. Returns 0, or -ENOENT and leaves *position.
 */
int b2c_argument_position(const struct btf *btf, uint32_t function, const char *what,
			  unsigned int *position);

#endif
