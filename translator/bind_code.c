// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bind, code: the file of C functions that columns call, which stands beside what is emitted. */
#include <ctype.h>
#include <string.h>

#include "bind_parts.h"
#include "text.h"

static bool is_file_name(const char *name)
{
	const char *dot = strrchr(name, '.'), *p;

	for (p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("_-.", *p))
			return false;
	return dot > name && (!strcmp(dot, ".c") || !strcmp(dot, ".h"));
}

/* Whether emit writes a file of that name itself. */
static bool is_emitted(struct bind *b, const char *name)
{
	static const char *const suffixes[] = { ".c", ".h", ".bpf.c", ".skel.h" };
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (!strcmp(name, arena_printf(b->arena, "%s%s", b->plan->tool, suffixes[i])))
			return true;
	return !strcmp(name, "vmlinux.h");
}

/* A path in the manifest begins where the manifest is. */
static const char *path_of(struct bind *b, const char *name)
{
	const char *file = b->manifest->file, *slash = file ? strrchr(file, '/') : NULL;

	if (*name == '/' || !slash)
		return name;
	return arena_printf(b->arena, "%.*s/%s", (int)(slash - file), file, name);
}

static void read_code(struct bind *b)
{
	const struct b2c_word *word = &b->manifest->code;
	const char *slash = word->text ? strrchr(word->text, '/') : NULL;
	const char *name = slash ? slash + 1 : word->text, *path;
	struct b2c_text text = { 0 };
	int err;

	if (!name)
		return;
	if (!is_file_name(name) || is_emitted(b, name)) {
		diag_report(b->diag, B2C_DIAG_manifest_value, word->loc,
			    is_emitted(b, name) ? "the tool has a file '%s' of its own" :
						  "'%s' is no name for a file of C",
			    name);
		diag_help(b->diag, "call it for instance '%s_columns.c'", b->plan->tool);
		return;
	}
	path = path_of(b, word->text);
	err = text_read_file(&text, path);
	if (err)
		diag_report(b->diag, B2C_DIAG_manifest_value, word->loc, "can't read '%s': %s",
			    path, strerror(-err));
	b->plan->code_file = name;
	b->plan->code_path = path;
	b->plan->code_text = arena_strdup(b->arena, text_string(&text));
	diag_add_source(b->diag, path, b->plan->code_text);
	text_free(&text);
}

/* Functions of processes are found while these run, for which the tool has to watch. */
static bool asks_users(const struct b2c_plan *plan)
{
	const struct b2c_plan_output *out = plan->outputs;
	size_t i;

	if (plan->code_text && bind_uses(plan->code_text, "user_symbol_at"))
		return true;
	for (; out < plan->outputs + plan->nr_outputs; out++)
		for (i = 0; i < out->nr_columns; i++)
			if (bind_uses(out->columns[i].value, "user_symbol_at"))
				return true;
	return false;
}

void bind_code(struct bind *b)
{
	read_code(b);
	b->plan->asks_users = asks_users(b->plan);
}
