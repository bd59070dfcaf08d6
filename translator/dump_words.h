// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Words of the model's enums, for the dumps. */
#ifndef B2C_DUMP_WORDS_H
#define B2C_DUMP_WORDS_H

#include "model.h"

static const char *const attach_kinds[] = {
#define X(id, word, section, has_target) word,
	B2C_ATTACH_KINDS(X)
#undef X
};

static const char *const value_types[] = {
#define X(id, word) word,
	B2C_VALUE_TYPES(X)
#undef X
};

static const char *const stack_forms[] = {
#define X(id, word, bit) word,
	B2C_STACK_FORMS(X)
#undef X
};

static const char *const output_kinds[] = {
	[B2C_OUTPUT_HISTOGRAM] = "histogram",
	[B2C_OUTPUT_EVENTS] = "events",
	[B2C_OUTPUT_TABLE] = "table",
	[B2C_OUTPUT_STACKS] = "stacks",
};

static const char *const fill_kinds[] = {
	"",
#define X(id, word) word,
	B2C_FILL_KINDS(X)
#undef X
};

static const char *const filter_words[] = {
#define X(id, word, type, letter, help) word,
	B2C_FILTERS(X)
#undef X
};

#endif
