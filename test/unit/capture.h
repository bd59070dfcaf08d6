// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What a test of messages needs: an arena, a sink and what it prints. */
#ifndef B2C_TEST_CAPTURE_H
#define B2C_TEST_CAPTURE_H

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "diag.h"

struct capture {
	struct b2c_arena *arena;
	struct b2c_diag *diag;
	char *printed;
};

static inline void capture_begin(struct capture *capture, bool verbose)
{
	capture->arena = arena_new();
	capture->diag = diag_new(capture->arena, verbose);
	capture->printed = NULL;
}

/* All messages as text, until the next call or the end. */
static inline const char *capture_flush(struct capture *capture)
{
	size_t size;
	FILE *out;

	free(capture->printed);
	out = open_memstream(&capture->printed, &size);
	assert_non_null(out);
	diag_flush(capture->diag, out);
	fclose(out);
	return capture->printed;
}

static inline void capture_end(struct capture *capture)
{
	free(capture->printed);
	arena_free(capture->arena);
}

#endif
