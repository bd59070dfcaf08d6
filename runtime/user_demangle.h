// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Names of C++ and Rust functions as their authors wrote them. */
#ifndef B2C_USER_DEMANGLE_H
#define B2C_USER_DEMANGLE_H

#include <stdbool.h>

#include "text.h"

/*
 * Appends the name that a symbol stands for, as bcc does for C++; Rust's of both forms lose
 * their hash.
 * A symbol that stands for itself, or for more than anybody reads, is appended as it is.
 * Names come from files that anybody may have written: time, stack and length have limits.
 */
void b2c_demangle(struct b2c_text *text, const char *symbol);

#endif
