// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: members of records, where they moved, enumerators, and types
 * as C text. Which spellings of a member mean the same is data/fields.def.
 */
#include "kernel_data.h"

#include <ctype.h>
#include <errno.h>

#include "diag.h"

const struct field_row field_rows[] = {
#define FIELD(tag, ...) { #tag, (const char *const[]){ __VA_ARGS__, NULL } },
#include "fields.def"
#undef FIELD
};

const size_t nr_field_rows = sizeof(field_rows) / sizeof(field_rows[0]);

bool kernel_member_find(const struct kernel *kernel, uint32_t record, const char *name,
			struct kernel_member *ret_member)
{
	const struct btf_type *type = kernel_type(kernel, record);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		const struct btf_member *member = &btf_members(type)[i];
		uint32_t inner;

		if (member->name_off) {
			if (strcmp(kernel_string(kernel, member->name_off), name))
				continue;
			*ret_member = (struct kernel_member){
				.type = member->type,
				.bit_offset = btf_member_bit_offset(type, i),
				.bits = btf_member_bitfield_size(type, i),
				.record = record,
			};
			return true;
		}
		inner = kernel_strip(kernel, member->type, KIND_MODIFIER);
		if (!btf_is_composite(kernel_type(kernel, inner)) ||
		    !kernel_member_find(kernel, inner, name, ret_member))
			continue;
		ret_member->bit_offset += btf_member_bit_offset(type, i);
		ret_member->record = record;
		return true;
	}
	return false;
}

void kernel_members_walk(const struct kernel *kernel, uint32_t record, kernel_member_visit *visit,
			 void *context)
{
	const struct btf_type *type = kernel_type(kernel, record);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		const struct btf_member *member = &btf_members(type)[i];
		uint32_t inner = kernel_strip(kernel, member->type, KIND_MODIFIER);

		if (member->name_off)
			visit(context, kernel_string(kernel, member->name_off), member->type);
		else if (btf_is_composite(kernel_type(kernel, inner)))
			kernel_members_walk(kernel, inner, visit, context);
	}
}

uint32_t kernel_record_find(const struct kernel *kernel, const char *tag)
{
	uint32_t id = kernel_type_find(kernel, tag, KIND_RECORD);

	if (!id)
		id = kernel_strip(kernel, kernel_type_find(kernel, tag, KIND(TYPEDEF)),
				  KIND(TYPEDEF) | KIND_MODIFIER);
	return btf_is_composite(kernel_type(kernel, id)) ? id : 0;
}

bool kernel_path_find(const struct kernel *kernel, const char *record, const char *path,
		      struct kernel_member *ret_member)
{
	uint32_t id = kernel_record_find(kernel, record), offset = 0;

	while (id) {
		size_t length = strcspn(path, ".-#");
		bool is_arrow = path[length] == '-';
		char name[256];

		if (length >= sizeof(name) || !btf_is_composite(kernel_type(kernel, id)))
			return false;
		memcpy(name, path, length);
		name[length] = '\0';
		if (!kernel_member_find(kernel, id, name, ret_member))
			return false;
		ret_member->bit_offset += offset;
		if (!path[length] || path[length] == '#')
			return true;
		offset = is_arrow ? 0 : ret_member->bit_offset;
		path += length + (is_arrow ? strlen("->") : strlen("."));
		id = kernel_strip(kernel, ret_member->type, KIND(TYPEDEF) | KIND_MODIFIER);
		if (is_arrow && btf_is_ptr(kernel_type(kernel, id)))
			id = kernel_strip(kernel, kernel_type(kernel, id)->type,
					  KIND(TYPEDEF) | KIND_MODIFIER);
	}
	return false;
}

bool kernel_path_exists(const struct kernel *kernel, const void *field_path)
{
	const struct field_path *field = field_path;
	struct kernel_member member;

	return kernel_path_find(kernel, field->record, field->path, &member);
}

static bool record_exists(const struct kernel *kernel, const void *what)
{
	return kernel_record_find(kernel, what) != 0;
}

uint32_t kernels_with_field(struct b2c_kernels *kernels, const char *record, const char *path)
{
	struct field_path field = { record, path };
	uint32_t mask = 0;

	for (size_t i = 0; i < kernels->nr; i++)
		mask |= (uint32_t)kernel_fact_holds(kernels, i, kernel_path_exists, &field) << i;
	return mask;
}

uint32_t kernels_with_record(struct b2c_kernels *kernels, const char *record)
{
	uint32_t mask = 0;

	for (size_t i = 0; i < kernels->nr; i++)
		mask |= (uint32_t)kernel_fact_holds(kernels, i, record_exists, record) << i;
	return mask;
}

/* A path's last name. */
static const char *path_name(const char *path)
{
	for (const char *p = path; *p; p++) {
		if (*p == '.' || *p == '>')
			path = p + 1;
	}
	return path;
}

static const char *record_tag(const struct kernel *kernel, uint32_t type)
{
	const struct btf_type *record;

	record = kernel_type(kernel, kernel_strip(kernel, type, KIND(PTR) | KIND(ARRAY) |
						  KIND(TYPEDEF) | KIND_MODIFIER));
	if (!record->name_off || !kind_is(record, KIND_RECORD | KIND(FWD)))
		return NULL;
	return kernel_string(kernel, record->name_off);
}

int kernel_field(struct b2c_kernels *kernels, size_t i, const char *record, const char *path,
		 struct b2c_field *ret_field)
{
	struct field_path field = { record, path };
	struct kernel *kernel = kernel_fact_source(kernels, i, kernel_path_exists, &field);
	struct kernel_member member;

	if (!kernel || !kernel_path_find(kernel, record, path, &member))
		return -ENOENT;
	*ret_field = (struct b2c_field){
		.type = kernel_declaration(kernel, kernels->arena, member.type, ""),
		.declaration = kernel_declaration(kernel, kernels->arena, member.type,
						  path_name(path)),
		.record = record_tag(kernel, member.type),
		.offset = member.bit_offset / 8,
		.size = (uint32_t)btf__resolve_size(kernel->btf, member.type),
		.bits = member.bits,
	};
	return 0;
}

struct member_names {
	struct b2c_arena *arena;
	const char **names;
	size_t nr;
};

static void member_names_add(void *context, const char *name, uint32_t type)
{
	struct member_names *list = context;

	(void)type;
	*arena_append(list->arena, list->names, list->nr) = name;
}

const char *kernel_field_nearest(struct b2c_kernels *kernels, const char *record,
				 const char *name)
{
	struct member_names list = { .arena = arena_new() };
	const char *nearest;

	for (size_t i = kernels->nr; i--;) {
		const struct kernel *kernel = kernel_at(kernels, i);
		uint32_t id = kernel_record_find(kernel, record);

		if (id && !kernel_is_foreign(kernels, i))
			kernel_members_walk(kernel, id, member_names_add, &list);
	}
	nearest = diag_nearest(name, list.names, list.nr);
	arena_free(list.arena);
	return nearest;
}

uint32_t kernel_enumerator_find(const struct kernel *kernel, const char *name)
{
	uint32_t entry = 0;

	do {
		entry = kernel_entry_next(kernel, name, entry);
	} while (entry && !kernel->entries[entry].is_enumerator);
	return entry;
}

bool kernel_enumerator_exists(const struct kernel *kernel, const void *name)
{
	return kernel_enumerator_find(kernel, name) != 0;
}

/*
 * 32 bits mean a sign only under kflag, which BTF of older kernels never has;
 * there the range of an errno is taken for negative.
 */
static int64_t enum_value(const struct btf_type *type, __s32 value)
{
	if (btf_kflag(type) || (value < 0 && value > -4096))
		return value;
	return (uint32_t)value;
}

static int64_t enumerator_value(const struct kernel *kernel, const struct btf_type *type,
				const char *name)
{
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		if (btf_is_enum64(type)) {
			const struct btf_enum64 *value = &btf_enum64(type)[i];

			if (!strcmp(kernel_string(kernel, value->name_off), name))
				return (int64_t)btf_enum64_value(value);
		} else if (!strcmp(kernel_string(kernel, btf_enum(type)[i].name_off), name)) {
			return enum_value(type, btf_enum(type)[i].val);
		}
	}
	return 0;
}

int kernel_enumerator(struct b2c_kernels *kernels, size_t i, const char *name,
		      const char **ret_tag, int64_t *ret_value)
{
	struct kernel *kernel = kernel_fact_source(kernels, i, kernel_enumerator_exists, name);
	const struct btf_type *type;

	if (!kernel)
		return -ENOENT;
	type = kernel_type(kernel, kernel->entries[kernel_enumerator_find(kernel, name)].id);
	*ret_tag = kernel_string(kernel, type->name_off);
	*ret_value = enumerator_value(kernel, type, name);
	return 0;
}

static const struct field_row *field_row_find(const char *record, const char *path)
{
	for (size_t i = 0; i < nr_field_rows; i++) {
		const struct field_row *row = &field_rows[i];

		if (strcmp(row->record, record))
			continue;
		for (const char *const *p = row->paths; *p; p++) {
			if (!strcmp(*p, path))
				return row;
		}
	}
	return NULL;
}

/* The member's declaration: by its own path, else by the first alternative some kernel has. */
static void moved_field_declare(struct b2c_kernels *kernels, const char *record, const char *path,
				struct b2c_moved_field *moved)
{
	for (size_t a = 0; a <= moved->nr_alternatives && !moved->declaration; a++) {
		struct field_path field = { record, a ? moved->alternatives[a - 1].path : path };

		for (size_t i = kernels->nr; i-- && !moved->declaration;) {
			struct kernel *kernel = kernel_fact_source(kernels, i, kernel_path_exists,
								   &field);
			struct kernel_member member;

			if (!kernel || !kernel_path_find(kernel, record, field.path, &member))
				continue;
			moved->type = kernel_declaration(kernel, kernels->arena, member.type, "");
			moved->declaration = kernel_declaration(kernel, kernels->arena,
								member.type, path_name(path));
		}
	}
}

int kernel_moved_field(struct b2c_kernels *kernels, const char *record, const char *path,
		       struct b2c_moved_field *ret_moved)
{
	const char *const alone[] = { path, NULL };
	const struct field_row *row = field_row_find(record, path);
	const char *const *paths = row ? row->paths : alone;
	struct b2c_alternative *alternatives = NULL;
	struct b2c_moved_field moved = { 0 };
	bool is_newer = true;

	moved.kernels = kernels_with_field(kernels, record, path);
	moved.is_moved = (kernels_with_record(kernels, record) & ~moved.kernels) != 0;
	if (!moved.kernels && !row)
		return -ENOENT;
	for (; *paths; paths++) {
		struct b2c_alternative *alternative =
			arena_append(kernels->arena, alternatives, moved.nr_alternatives);

		*alternative = (struct b2c_alternative){
			.path = arena_strdup(kernels->arena, *paths),
			.kernels = kernels_with_field(kernels, record, *paths),
		};
		/* a number that became a record keeps its spelling */
		is_newer &= strcmp(*paths, path) != 0;
		moved.is_moved |= is_newer && (alternative->kernels & moved.kernels);
	}
	moved.alternatives = alternatives;
	moved_field_declare(kernels, record, path, &moved);
	*ret_moved = moved;
	return 0;
}

static void dump_append(void *context, const char *fmt, va_list args)
{
	struct kernel *kernel = context;

	text_vprintf(&kernel->dump_text, fmt, args);
}

/* Removes the ___2 that libbpf puts behind a name which several types have. */
static void duplicates_unmark(char *text)
{
	char *to = text;

	for (const char *from = text; *from;) {
		if (!strncmp(from, "___", 3) && isdigit((unsigned char)from[3])) {
			for (from += 3; isdigit((unsigned char)*from); from++)
				;
			continue;
		}
		*to++ = *from++;
	}
	*to = '\0';
}

const char *kernel_declaration(struct kernel *kernel, struct b2c_arena *arena, uint32_t type,
			       const char *name)
{
	LIBBPF_OPTS(btf_dump_emit_type_decl_opts, opts, .field_name = name);
	char *text;

	if (!kernel->dump)
		kernel->dump = btf_dump__new(kernel->btf, dump_append, kernel, NULL);
	kernel->dump_text.size = 0;
	if (!kernel->dump || btf_dump__emit_type_decl(kernel->dump, type, &opts))
		return "";
	text = arena_strndup(arena, text_string(&kernel->dump_text), kernel->dump_text.size);
	duplicates_unmark(text);
	return text;
}
