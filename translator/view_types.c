// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * View, types: the C that user space declares for the records of the BPF side.
 * Only fixed-width types are used, so that nothing of the host's headers can
 * change a layout, and the layout is pinned by asserts.
 */
#include <string.h>

#include "view_parts.h"

/* ---- types ---- */

static const char *integer_name(const struct b2c_type *type)
{
	if (type->is_bool)
		return "bool";
	if (!strcmp(type->spelling, "char"))
		return "char";
	switch (type->size) {
	case 1:
		return type->is_signed ? "__s8" : "__u8";
	case 2:
		return type->is_signed ? "__s16" : "__u16";
	case 4:
		return type->is_signed ? "__s32" : "__u32";
	default:
		return type->is_signed ? "__s64" : "__u64";
	}
}

static bool is_bytes(const struct b2c_type *type)
{
	return type->kind == B2C_TYPE_RECORD && type->is_kernel;
}

bool view_is_scalar(const struct b2c_type *type)
{
	return type->kind != B2C_TYPE_STRING && type->kind != B2C_TYPE_ARRAY && !is_bytes(type);
}

const char *view_type_name(const struct b2c_type *type, struct b2c_arena *arena)
{
	switch (type->kind) {
	case B2C_TYPE_INT:
		return integer_name(type);
	case B2C_TYPE_INT128:
		return type->is_signed ? "__int128" : "unsigned __int128";
	case B2C_TYPE_POINTER:
		return "__u64";
	case B2C_TYPE_STRING:
		return "char";
	case B2C_TYPE_ARRAY:
		return view_type_name(type->element, arena);
	default:
		if (is_bytes(type))
			return "__u8";
		return arena_printf(arena, "%s %s", type->is_union ? "union" : "struct",
				    type->name);
	}
}

/* Anonymous records in full. */
static const char *declare_in(const struct b2c_type *type, const char *name, size_t depth,
			      struct b2c_arena *arena);

/* ---- records ---- */

/* How a record's members come to stand where the BPF side has them. */
struct layout {
	bool packed;	/* the natural layout is another one */
	uint64_t align; /* to say so; 0: natural */
};

static uint64_t round_up(uint64_t n, uint64_t align)
{
	return align ? (n + align - 1) / align * align : n;
}

static uint64_t natural_align(const struct b2c_type *type)
{
	switch (type->kind) {
	case B2C_TYPE_STRING:
		return 1;
	case B2C_TYPE_ARRAY:
		return natural_align(type->element);
	case B2C_TYPE_POINTER:
		return 8;
	case B2C_TYPE_RECORD:
		return type->align;
	default:
		return type->size;
	}
}

static struct layout record_layout(const struct b2c_type *record)
{
	uint64_t end = 0, align = 1, offset;
	struct layout layout = { 0 };
	size_t i;

	for (i = 0; i < record->nr_fields; i++) {
		const struct b2c_member *field = &record->fields[i];
		uint64_t own = natural_align(field->type);

		align = own > align ? own : align;
		offset = record->is_union ? 0 : round_up(end, own);
		if (!field->bit_width && field->offset != offset)
			layout.packed = true;
		if (field->offset + field->type->size > end)
			end = field->offset + field->type->size;
		if (field->bit_width)
			end = field->offset + (field->bit_offset + field->bit_width + 7) / 8;
	}
	if (record->align < align ||
	    (record->align == align && round_up(end, align) != record->size))
		layout.packed = true;
	if (layout.packed || record->align > align)
		layout.align = record->align;
	return layout;
}

static const char *layout_attribute(const struct layout *layout, struct b2c_arena *arena)
{
	if (layout->packed && layout->align > 1)
		return arena_printf(arena, " __attribute__((packed, aligned(%llu)))",
				    (unsigned long long)layout->align);
	if (layout->packed)
		return " __attribute__((packed))";
	if (layout->align)
		return arena_printf(arena, " __attribute__((aligned(%llu)))",
				    (unsigned long long)layout->align);
	return "";
}

/* Bytes or bits that the BPF side leaves out and C would not. */
static void write_gap(struct b2c_text *out, const struct b2c_member *field, uint64_t end_bits,
		      bool packed, const char *indent)
{
	uint64_t start_bits = field->offset * 8 + field->bit_offset;

	if (field->bit_width && start_bits > end_bits && field->offset * 8 <= end_bits)
		text_printf(out, "%s%s : %llu;\n", indent, integer_name(field->type),
			    (unsigned long long)(start_bits - end_bits));
	else if (packed && start_bits > end_bits)
		text_printf(out, "%s__u8 padding_%llu[%llu];\n", indent,
			    (unsigned long long)(end_bits / 8),
			    (unsigned long long)((start_bits - end_bits) / 8));
}

static void write_members(struct b2c_text *out, const struct b2c_type *record, bool packed,
			  size_t depth, struct b2c_arena *arena)
{
	const char *indent = view_indent(depth * VIEW_TAB, arena);
	uint64_t end = 0;
	size_t i;

	for (i = 0; i < record->nr_fields; i++) {
		const struct b2c_member *field = &record->fields[i];

		if (!record->is_union)
			write_gap(out, field, end, packed, indent);
		end = field->offset * 8 + field->bit_offset +
		      (field->bit_width ? field->bit_width : field->type->size * 8);
		text_printf(out, "%s%s", indent,
			    declare_in(field->type, field->name, depth, arena));
		if (field->bit_width)
			text_printf(out, " : %u", field->bit_width);
		text_append(out, ";\n");
	}
	if (packed && !record->is_union && record->size * 8 > end && end % 8 == 0)
		text_printf(out, "%s__u8 padding_%llu[%llu];\n", indent,
			    (unsigned long long)(end / 8),
			    (unsigned long long)(record->size - end / 8));
}

/* A record without a name, written where it is used. */
static const char *declare_inline(const struct b2c_type *record, const char *name, size_t depth,
				  struct b2c_arena *arena)
{
	struct layout layout = record_layout(record);
	struct b2c_text out = { 0 };
	const char *text;

	text_printf(&out, "%s {\n", record->is_union ? "union" : "struct");
	write_members(&out, record, layout.packed, depth + 1, arena);
	text_printf(&out, "%s}%s%s%s", view_indent(depth * VIEW_TAB, arena),
		    layout_attribute(&layout, arena), *name ? " " : "", name);
	text = arena_strdup(arena, text_string(&out));
	text_free(&out);
	return text;
}

static const char *declare_in(const struct b2c_type *type, const char *name, size_t depth,
			      struct b2c_arena *arena)
{
	unsigned long long size = type->size, nr = type->nr_elements;

	if (type->kind == B2C_TYPE_STRING)
		return arena_printf(arena, "char %s[%llu]", name, nr ? nr : size);
	if (type->kind == B2C_TYPE_ARRAY)
		return declare_in(type->element, arena_printf(arena, "%s[%llu]", name, nr), depth,
				  arena);
	if (is_bytes(type) && type->align > 1)
		return arena_printf(arena, "__u8 %s[%llu] __attribute__((aligned(%llu)))", name,
				    size, (unsigned long long)type->align);
	if (is_bytes(type))
		return arena_printf(arena, "__u8 %s[%llu]", name, size);
	if (type->kind == B2C_TYPE_RECORD && !*type->name)
		return declare_inline(type, name, depth, arena);
	if (!*name)
		return view_type_name(type, arena);
	return arena_printf(arena, "%s %s", view_type_name(type, arena), name);
}

const char *view_declaration(const struct b2c_type *type, const char *name, size_t depth,
			     struct b2c_arena *arena)
{
	return declare_in(type, name, depth, arena);
}

static const struct b2c_member *last_member(const struct b2c_type *record)
{
	size_t i;

	for (i = record->nr_fields; i; i--)
		if (*record->fields[i - 1].name && !record->fields[i - 1].bit_width)
			return &record->fields[i - 1];
	return NULL;
}

const char *view_record(const struct b2c_type *record, struct b2c_arena *arena)
{
	const char *name = view_type_name(record, arena), *text;
	const struct b2c_member *last = last_member(record);
	struct layout layout = record_layout(record);
	struct b2c_text out = { 0 };

	text_printf(&out, "%s {\n", name);
	write_members(&out, record, layout.packed, 1, arena);
	text_printf(&out, "}%s;\n\n", layout_attribute(&layout, arena));
	text_printf(&out, "_Static_assert(sizeof(%s) == %llu, \"layout of the BPF side\");", name,
		    (unsigned long long)record->size);
	if (last && last->offset)
		text_printf(
			&out,
			"\n_Static_assert(offsetof(%s, %s) == %llu, \"layout of the BPF side\");",
			name, last->name, (unsigned long long)last->offset);
	text = arena_strdup(arena, text_string(&out));
	text_free(&out);
	return text;
}
