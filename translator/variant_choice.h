// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* How C calls the words of an option with choices. */
#ifndef B2C_VARIANT_CHOICE_H
#define B2C_VARIANT_CHOICE_H

#include "arena.h"
#include "model_manifest.h"

/*
 * "OPT_MODE_READ" of word `i`. One that has the letters of a word before it, in other cases,
 * has its number behind it: "OPT_UNIT_B_3".
 */
const char *choice_name(const struct b2c_option *option, size_t i, struct b2c_arena *arena);

#endif
