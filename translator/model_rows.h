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

#endif
