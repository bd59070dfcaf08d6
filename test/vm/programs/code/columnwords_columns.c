// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What the columns of columnwords call. */
#include <stdio.h>

/* "odd-3", or without the number. */
static const char *parity(unsigned int seq)
{
	static char text[32];

	snprintf(text, sizeof(text), opt.rows ? "%s" : "%s-%u", seq % 2 ? "odd" : "even", seq);
	return text;
}

static bool is_wanted(const struct event *e)
{
	return e->seq >= opt.min;
}
