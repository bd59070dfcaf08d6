// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* How C calls the words of an option with choices; see variant_choice.h. */
#include "variant_choice.h"

#include <ctype.h>
#include <string.h>

static char *plain_name(const struct b2c_option *option, size_t i, struct b2c_arena *arena)
{
	char *name = arena_printf(arena, "OPT_%s_%s", option->name.text, option->choices[i].text);
	char *p;

	for (p = name; *p; p++)
		*p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
	return name;
}

const char *choice_name(const struct b2c_option *option, size_t i, struct b2c_arena *arena)
{
	const char *name = plain_name(option, i, arena);
	size_t k;

	for (k = 0; k < i; k++)
		if (!strcmp(plain_name(option, k, arena), name))
			return arena_printf(arena, "%s_%zu", name, i);
	return name;
}
