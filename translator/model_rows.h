// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What rows of a manifest are made of beside one record or entry: other maps, and
 * records that came before. Part of model_manifest.h.
 */
#ifndef B2C_MODEL_ROWS_H
#define B2C_MODEL_ROWS_H

#include "model_tool.h"

/* A map that the expressions of a table read by a key of their own. */
struct b2c_join {
	struct b2c_word map;
	struct b2c_word key;	/* expression over key and value */
	struct b2c_word name;	/* of the value in expressions; the map's unless given */
	bool clear;
	bool rows;		/* what it alone has are rows, too */
};

/* What records that come before the last one of a row are kept for. */
struct b2c_gather_part {
	struct b2c_word name;	/* in expressions */
	struct b2c_word condition;	/* expression over e: the records that are kept */
	struct b2c_word text;	/* expression over e: joined; text NULL: the last record */
	struct b2c_word separator;	/* text NULL: a blank */
	bool path, first;
	struct b2c_word needed;	/* expression over e, the last record of a row */
};

/* Rows of several records. */
struct b2c_gather {
	struct b2c_word by, when;	/* expressions over e; text NULL: each record is a row */
	const struct b2c_gather_part *parts;
	size_t nr_parts;
};

/* A line of a stacks output that says them itself: a text, or the frames of a stack. */
struct b2c_stack_line {
	struct b2c_word text;	/* as it is, or... */
	struct b2c_word value;	/* ...expression over key, value and opt: a string, or... */
	struct b2c_word kernel, user;	/* ...expression: id of a stack */
	struct b2c_word pid;	/* user: expression, whose it is */
	struct b2c_word key;	/* of JSON; text NULL: of a stack "kernel" or "user" */
	struct b2c_word indent;	/* before each frame */
	int address;		/* width of a frame's address; 0: none */
	uint64_t skip;		/* so many innermost frames are left out */
	bool reversed;		/* outermost first */
	struct b2c_word when;	/* expression over key, value and opt */
	struct b2c_loc loc;
};

struct b2c_stack_lines {
	const struct b2c_stack_line *items;
	size_t nr;
};

#endif
