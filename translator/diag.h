// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Diagnostics: one sink for Clang's messages, ours and the manifest's. They
 * are collected and printed together, in source order, with the line and a
 * caret. Every id of ours is a row of diagnostics.def and a page in
 * docs/diagnostics.
 */
#ifndef B2C_DIAG_H
#define B2C_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "arena.h"

/* A place in a user's file. line 0: no place; column counts bytes from 1. */
struct b2c_loc {
	const char *file;
	unsigned int line;
	unsigned int column;
	unsigned int length;	/* bytes to underline; 0 or 1: a caret alone */
};

enum b2c_severity {
	B2C_REMARK,		/* shown under -v only */
	B2C_WARNING,
	B2C_ERROR,		/* the input is wrong: exit status 1 */
	B2C_ENVIRONMENT,	/* a file, memory or tool failed: exit status 2 */
	B2C_BUG,		/* ours: exit status 70 */
};

enum b2c_diag_id {
#define DIAG(id, text, severity, summary) B2C_DIAG_##id,
#include "diagnostics.def"
#undef DIAG
	B2C_NR_DIAG,
};

#ifdef __cplusplus
extern "C" {
#endif

struct b2c_diag;

struct b2c_diag *diag_new(struct b2c_arena *arena, bool verbose);

/*
 * Says that the program is parsed from now on, perhaps again. A warning that an earlier parse
 * gave is not repeated, wherever its text stands now: places differ between a source, the
 * same with its macros written out, and what is emitted.
 */
void diag_begin_parse(struct b2c_diag *diag);

/* Gives the text that carets are drawn under; both must outlive `diag`. */
void diag_add_source(struct b2c_diag *diag, const char *file, const char *text);

/*
 * Reports one message: lower case, no full stop, the user's words in 'quotes'.
 * Severity comes from the id's row.
 */
void diag_report(struct b2c_diag *diag, enum b2c_diag_id id, struct b2c_loc loc,
		 const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Adds to the message reported last: another place, or the way out. */
void diag_note(struct b2c_diag *diag, struct b2c_loc loc, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void diag_help(struct b2c_diag *diag, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Messages of severity `least` or worse so far. */
size_t diag_count(const struct b2c_diag *diag, enum b2c_severity least);

/* 0, 1, 2 or 70: the exit status that the messages so far ask for. */
int diag_status(const struct b2c_diag *diag);

/* Prints all in source order and empties the sink, keeping the counts. */
void diag_flush(struct b2c_diag *diag, FILE *out);

const char *diag_id_text(enum b2c_diag_id id);

/*
 * The candidate nearest to `word` by edit distance, for "did you mean";
 * NULL when none is near.
 */
const char *diag_nearest(const char *word, const char *const *candidates, size_t nr);

#ifdef __cplusplus
}
#endif

#endif
