// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Lines of text around what a tool prints, as the manifest has them. Part of model.h. */
#ifndef B2C_MODEL_LINES_H
#define B2C_MODEL_LINES_H

#include "model_tool.h"

/* A line of text that is printed: as it is, or what an expression gives. */
struct b2c_line {
	struct b2c_word text;
	struct b2c_word value;	/* expression over opt, a string; one of the two */
	struct b2c_word when;	/* over opt; text NULL: always */
	struct b2c_loc loc;
};

struct b2c_lines {
	const struct b2c_line *items;
	size_t nr;
	bool given;		/* though there may be none */
};

#endif
