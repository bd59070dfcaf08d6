// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: a tracepoint's fields as the C struct that bcc programs see.
 * It uses only types that every program has: the format's other types are
 * replaced by ones of the same size, as bcc does where sizes differ.
 */
#include <string.h>

#include "kernel.h"

struct plain_type {
	const char *name;
	uint32_t size;
	bool is_signed;
};

static const struct plain_type plain_types[] = {
	{ "char", 1, true }, { "signed char", 1, true }, { "unsigned char", 1, false },
	{ "short", 2, true }, { "unsigned short", 2, false },
	{ "int", 4, true }, { "unsigned int", 4, false }, { "unsigned", 4, false },
	{ "long", 8, true }, { "unsigned long", 8, false },
	{ "long long", 8, true }, { "unsigned long long", 8, false },
	{ "bool", 1, false },
	{ "s8", 1, true }, { "s16", 2, true }, { "s32", 4, true }, { "s64", 8, true },
	{ "u8", 1, false }, { "u16", 2, false }, { "u32", 4, false }, { "u64", 8, false },
	{ "__s8", 1, true }, { "__s16", 2, true }, { "__s32", 4, true }, { "__s64", 8, true },
	{ "__u8", 1, false }, { "__u16", 2, false }, { "__u32", 4, false }, { "__u64", 8, false },
	{ "pid_t", 4, true }, { "uid_t", 4, false }, { "gid_t", 4, false }, { "dev_t", 4, false },
	{ "size_t", 8, false }, { "ssize_t", 8, true }, { "loff_t", 8, true },
	{ "ino_t", 8, false }, { "sector_t", 8, false }, { "umode_t", 2, false },
};

static const char *const fixed_types[2][9] = {
	{ [1] = "u8", [2] = "u16", [4] = "u32", [8] = "u64" },
	{ [1] = "s8", [2] = "s16", [4] = "s32", [8] = "s64" },
};

static const char *word_skip(const char *type, const char *word)
{
	size_t length = strlen(word);

	return strncmp(type, word, length) ? type : type + length;
}

static const struct plain_type *plain_find(const char *type, size_t length)
{
	for (size_t i = 0; i < sizeof(plain_types) / sizeof(plain_types[0]); i++) {
		const struct plain_type *plain = &plain_types[i];

		if (strlen(plain->name) == length && !strncmp(plain->name, type, length))
			return plain;
	}
	return NULL;
}

/* Whether the type before the first '*' needs no definition of the kernel's. */
static bool pointee_is_plain(const char *type)
{
	size_t length;

	type = word_skip(type, "const ");
	length = strcspn(type, "*");
	while (length && type[length - 1] == ' ')
		length--;
	return !strncmp(type, "struct ", strlen("struct ")) ||
	       !strncmp(type, "union ", strlen("union ")) ||
	       (length == strlen("void") && !strncmp(type, "void", length)) ||
	       plain_find(type, length) != NULL;
}

static void pointer_write(const struct b2c_tracepoint_field *field, struct b2c_text *out)
{
	if (pointee_is_plain(field->type))
		text_printf(out, "\t%s%s%s", field->type,
			    field->type[strlen(field->type) - 1] == '*' ? "" : " ", field->name);
	else
		text_printf(out, "\tvoid *%s", field->name);
	if (field->nr_elements)
		text_printf(out, "[%u]", field->nr_elements);
	text_append(out, ";\n");
}

static void value_write(const struct b2c_tracepoint_field *field, struct b2c_text *out)
{
	const char *type = word_skip(field->type, "const ");
	const struct plain_type *plain = plain_find(type, strlen(type));
	uint32_t nr = field->nr_elements, size = nr ? field->size / nr : field->size;
	bool is_signed = plain ? plain->is_signed : field->is_signed;

	if (plain && nr && field->size % plain->size == 0) {
		nr = field->size / plain->size;
		size = plain->size;
	}
	if (!plain || plain->size != size)
		type = size <= 8 ? fixed_types[is_signed][size] : NULL;
	if (!type) {
		type = "u8";
		nr = field->size;
	}
	text_printf(out, "\t%s %s", type, field->name);
	if (nr)
		text_printf(out, "[%u]", nr);
	text_append(out, ";\n");
}

void kernel_tracepoint_struct_write(const struct b2c_tracepoint *tracepoint, struct b2c_text *out)
{
	text_printf(out, "struct tracepoint__%s__%s {\n\tu64 __do_not_use__;\n",
		    tracepoint->category, tracepoint->event);
	for (size_t i = 0; i < tracepoint->nr_fields; i++) {
		const struct b2c_tracepoint_field *field = &tracepoint->fields[i];

		if (field->location != B2C_IN_PLACE)
			text_printf(out, "\tint data_loc_%s;\n", field->name);
		else if (strchr(field->type, '*'))
			pointer_write(field, out);
		else
			value_write(field, out);
	}
	text_append(out, "};\n");
}
