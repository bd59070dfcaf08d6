// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: which types a program needs. Starts at the types that its
 * words name and follows, to a fixpoint, what C needs to be complete and the
 * members that the words name; kernel_slice.c writes the result.
 */
#include "kernel_slice.h"

#include <errno.h>
#include <stdlib.h>

/* Types that every BPF program and libbpf's own headers use. */
static const char *const always[] = {
	"__s8", "__u8", "__s16", "__u16", "__s32", "__u32", "__s64", "__u64",
	"s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64",
	"int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t", "int64_t", "uint64_t",
	"u_int8_t", "u_int16_t", "u_int32_t", "u_int64_t", "uint", "ulong", "ushort", "uintptr_t",
	"__be16", "__be32", "__be64", "__le16", "__le32", "__le64", "__sum16", "__wsum",
	"bool", "size_t", "ssize_t", "loff_t", "off_t", "pid_t", "uid_t", "gid_t", "dev_t",
	"umode_t", "mode_t", "ino_t", "sector_t", "gfp_t", "fmode_t", "clockid_t", "ktime_t",
	"bpf_map_type", "pt_regs", "user_pt_regs",
};

static int string_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **strings_sort(struct b2c_arena *arena, const char *const *strings, size_t nr)
{
	const char **sorted = arena_alloc(arena, (nr + 1) * sizeof(*sorted));

	if (nr)
		memcpy(sorted, strings, nr * sizeof(*sorted));
	qsort(sorted, nr, sizeof(*sorted), string_compare);
	return sorted;
}

static bool strings_have(const char *const *sorted, size_t nr, const char *name)
{
	return bsearch(&name, sorted, nr, sizeof(*sorted), string_compare) != NULL;
}

static bool slice_is_word(const struct slice *slice, const char *name)
{
	return strings_have(slice->words, slice->request->nr_words, name);
}

bool slice_is_own(const struct slice *slice, const char *name)
{
	return strings_have(slice->own, slice->request->nr_own, name);
}

bool slice_is_own_tag(const struct slice *slice, const char *tag)
{
	return strings_have(slice->own_tags, slice->request->nr_own_tags, tag);
}

static size_t kernel_number(const struct slice *slice, const struct kernel *kernel)
{
	return (size_t)(kernel - slice->kernels->kernels);
}

struct slice_node *slice_node_find(const struct slice *slice, const struct kernel *kernel,
				   uint32_t id)
{
	struct slice_node **by_id = slice->by_id[kernel_number(slice, kernel)];

	return by_id ? by_id[id] : NULL;
}

static struct slice_node *slice_node_get(struct slice *slice, struct kernel *kernel, uint32_t id)
{
	struct slice_node ***by_id = &slice->by_id[kernel_number(slice, kernel)];

	if (!*by_id)
		*by_id = arena_alloc(slice->arena, btf__type_cnt(kernel->btf) * sizeof(**by_id));
	if (!(*by_id)[id]) {
		struct slice_node *node = arena_alloc(slice->arena, sizeof(*node));

		node->kernel = kernel;
		node->id = id;
		node->rank = kernel == slice->base ? 0 : 1 + (uint32_t)kernel_number(slice, kernel);
		(*by_id)[id] = node;
		*arena_append(slice->arena, slice->nodes, slice->nr_nodes) = node;
	}
	return (*by_id)[id];
}

/* The kinds that a name of this type's kind may be found under. */
static uint32_t kinds_alike(const struct btf_type *type)
{
	if (btf_is_fwd(type))
		return btf_kflag(type) ? KIND(UNION) : KIND(STRUCT);
	if (btf_is_any_enum(type))
		return KIND_ENUM;
	return 1u << btf_kind(type);
}

/* A number type that was given another width under the same name. */
static bool typedef_differs(const struct slice *slice, const struct kernel *kernel,
			    const struct btf_type *type)
{
	uint32_t id = kernel_type_find(slice->base, kernel_string(kernel, type->name_off),
				       KIND(TYPEDEF));
	uint32_t number = kernel_strip(kernel, type->type, KIND(TYPEDEF) | KIND_MODIFIER);

	return id && kernel != slice->base && btf_is_int(kernel_type(kernel, number)) &&
	       btf__resolve_size(slice->base->btf, id) != btf__resolve_size(kernel->btf, number);
}

void slice_resolve(struct slice *slice, struct kernel **kernel, uint32_t *id,
		   enum slice_need need)
{
	const struct btf_type *type;
	const char *name;
	uint32_t found;

	type = kernel_type(*kernel, *id);
	while (kind_is(type, KIND(TYPE_TAG)) ||
	       (btf_is_typedef(type) &&
		(slice_is_own(slice, kernel_string(*kernel, type->name_off)) ||
		 typedef_differs(slice, *kernel, type)))) {
		*id = type->type;
		type = kernel_type(*kernel, *id);
	}
	if (!type->name_off || !kind_is(type, KIND_TYPE | KIND(FWD)))
		return;
	name = kernel_string(*kernel, type->name_off);
	if (*kernel != slice->base) {
		found = kernel_type_find(slice->base, name, kinds_alike(type));
		if (found) {
			*kernel = slice->base;
			*id = found;
			return;
		}
	}
	if (need > NEED_NAME && !btf_is_fwd(type))
		return;
	found = kernel_type_find(*kernel, name, kinds_alike(type));
	if (found)
		*id = found;
}

static struct slice_node *slice_need(struct slice *slice, struct kernel *kernel, uint32_t id,
				     enum slice_need need)
{
	const struct btf_type *type;
	struct slice_node *node;

	slice_resolve(slice, &kernel, &id, need);
	if (!id)
		return NULL;
	type = kernel_type(kernel, id);
	if (need < NEED_COMPLETE && (btf_is_any_enum(type) ||
				     (btf_is_composite(type) && !type->name_off)))
		need = NEED_COMPLETE;
	node = slice_node_get(slice, kernel, id);
	node->is_pointed_to |= need == NEED_NAME;
	if (node->need >= need)
		return node;
	node->need = need;
	*arena_append(slice->arena, slice->work, slice->nr_work) = node;
	return node;
}

/* The record that a member of this type leads to: itself, a pointer to it, an array of it. */
static void slice_follow(struct slice *slice, struct kernel *kernel, uint32_t type)
{
	uint32_t record = kernel_strip(kernel, type, KIND(PTR) | KIND(ARRAY) | KIND(TYPEDEF) |
				       KIND_MODIFIER);

	if (kind_is(kernel_type(kernel, record), KIND_RECORD | KIND(FWD)))
		slice_need(slice, kernel, record, NEED_MEMBERS);
}

struct slice_walk {
	struct slice *slice;
	struct slice_node *node;
	const char *tag;
	size_t i;			/* the kernel whose members are walked */
};

static bool slice_has_member(const struct slice_node *node, const char *name)
{
	struct kernel_member member;

	for (size_t i = 0; i < node->nr_extras; i++) {
		if (!strcmp(node->extras[i].name, name))
			return true;
	}
	return kernel_member_find(node->kernel, node->id, name, &member);
}

static void slice_member_add(struct slice *slice, struct slice_node *node, const char *name,
			     struct kernel *kernel, uint32_t type)
{
	*arena_append(slice->arena, node->extras, node->nr_extras) = (struct slice_extra){
		.name = name,
		.kernel = kernel,
		.type = type,
	};
	slice_need(slice, kernel, type, NEED_COMPLETE);
	slice_follow(slice, kernel, type);
}

static void slice_member_visit(void *context, const char *name, uint32_t type)
{
	struct slice_walk *walk = context;
	struct b2c_kernels *kernels = walk->slice->kernels;
	struct field_path field = { walk->tag, name };

	if (!slice_is_word(walk->slice, name) || slice_has_member(walk->node, name) ||
	    !kernel_fact_holds(kernels, walk->i, kernel_path_exists, &field))
		return;
	slice_member_add(walk->slice, walk->node, name, kernel_at(kernels, walk->i), type);
}

/* The type of the newest of a row's paths that a kernel has; the base is asked first. */
static bool row_type_find(struct slice *slice, const struct field_row *row,
			  struct kernel **ret_kernel, uint32_t *ret_type)
{
	struct b2c_kernels *kernels = slice->kernels;
	struct kernel_member member;

	for (size_t n = 0; n <= kernels->nr; n++) {
		struct kernel *kernel = n ? kernel_at(kernels, kernels->nr - n) : slice->base;

		for (const char *const *path = row->paths; *path; path++) {
			if (!kernel_path_find(kernel, row->record, *path, &member))
				continue;
			*ret_kernel = kernel;
			*ret_type = member.type;
			return true;
		}
	}
	return false;
}

/* Spellings of fields.def that no kernel of the data has. */
static void slice_rows_add(struct slice *slice, struct slice_node *node, const char *tag)
{
	for (size_t i = 0; i < nr_field_rows; i++) {
		const struct field_row *row = &field_rows[i];
		struct kernel *kernel;
		uint32_t type;

		if (strcmp(row->record, tag))
			continue;
		for (const char *const *path = row->paths; *path; path++) {
			if (strpbrk(*path, ".-") || !slice_is_word(slice, *path) ||
			    slice_has_member(node, *path) ||
			    !row_type_find(slice, row, &kernel, &type))
				continue;
			slice_member_add(slice, node, *path, kernel, type);
		}
	}
}

/* Members that the words name and only other kernels have. */
static void slice_members_add(struct slice *slice, struct slice_node *node)
{
	const struct btf_type *type = kernel_type(node->kernel, node->id);
	struct slice_walk walk = {
		.slice = slice,
		.node = node,
		.tag = kernel_string(node->kernel, type->name_off),
	};

	if (!*walk.tag)
		return;
	for (walk.i = slice->kernels->nr; walk.i--;) {
		struct kernel *kernel = kernel_at(slice->kernels, walk.i);
		uint32_t record = kernel_type_find(kernel, walk.tag, kinds_alike(type));

		if (record && kernel != node->kernel)
			kernel_members_walk(kernel, record, slice_member_visit, &walk);
	}
	slice_rows_add(slice, node, walk.tag);
}

static void slice_expand_record(struct slice *slice, struct slice_node *node)
{
	const struct btf_type *type = kernel_type(node->kernel, node->id);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		const struct btf_member *member = &btf_members(type)[i];
		struct slice_node *inner = slice_need(slice, node->kernel, member->type,
						      NEED_COMPLETE);

		if (!member->name_off && inner)
			inner->is_unnamed_member = true;
		if (node->need == NEED_MEMBERS &&
		    (!member->name_off ||
		     slice_is_word(slice, kernel_string(node->kernel, member->name_off))))
			slice_follow(slice, node->kernel, member->type);
	}
	if (node->need == NEED_MEMBERS && slice->request->parse)
		slice_members_add(slice, node);
}

static void slice_expand(struct slice *slice, struct slice_node *node)
{
	const struct btf_type *type = kernel_type(node->kernel, node->id);
	enum slice_need element = node->need < NEED_COMPLETE ? NEED_COMPLETE : node->need;

	switch (btf_kind(type)) {
	case BTF_KIND_PTR:
		slice_need(slice, node->kernel, type->type, NEED_NAME);
		break;
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_CONST:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_RESTRICT:
		slice_need(slice, node->kernel, type->type, node->need);
		break;
	case BTF_KIND_ARRAY:
		slice_need(slice, node->kernel, btf_array(type)->index_type, NEED_NAME);
		slice_need(slice, node->kernel, btf_array(type)->type, element);
		break;
	case BTF_KIND_FUNC_PROTO:
		slice_need(slice, node->kernel, type->type, NEED_NAME);
		for (uint32_t i = 0; i < btf_vlen(type); i++)
			slice_need(slice, node->kernel, btf_params(type)[i].type, NEED_NAME);
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		if (node->need >= NEED_COMPLETE)
			slice_expand_record(slice, node);
		break;
	default:
		break;
	}
}

static bool type_exists(const struct kernel *kernel, const void *what)
{
	return kernel_type_find(kernel, what, KIND_TYPE) != 0;
}

/* The types called `word` on one kernel: a record, an enum and a typedef may share the name. */
static bool slice_seed_types(struct slice *slice, struct kernel *kernel, const char *word)
{
	static const uint32_t kinds[] = { KIND_RECORD, KIND_ENUM, KIND(TYPEDEF) };
	bool found = false;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		bool own = kinds[i] == KIND(TYPEDEF) ? slice_is_own(slice, word) :
						       slice_is_own_tag(slice, word);
		uint32_t id = kernel_type_find(kernel, word, kinds[i]);

		if (id && !own)
			slice_need(slice, kernel, id, NEED_MEMBERS);
		found |= id != 0;
	}
	return found;
}

/* Makes the base's enum of that tag, if there is one, say the enumerator too. */
static void slice_seed_enumerator(struct slice *slice, struct kernel *kernel, size_t i,
				  const char *word)
{
	uint32_t id = kernel->entries[kernel_enumerator_find(kernel, word)].id;
	struct slice_node *node;
	const char *tag;
	int64_t value;

	slice_resolve(slice, &kernel, &id, NEED_COMPLETE);
	slice_need(slice, kernel, id, NEED_COMPLETE);
	if (kernel != slice->base || kernel_enumerator_find(kernel, word) ||
	    kernel_enumerator(slice->kernels, i, word, &tag, &value))
		return;
	node = slice_node_get(slice, kernel, id);
	*arena_append(slice->arena, node->extras, node->nr_extras) = (struct slice_extra){
		.name = word,
		.value = value,
	};
}

static void slice_seed(struct slice *slice, const char *word)
{
	struct b2c_kernels *kernels = slice->kernels;
	bool has_type = slice_seed_types(slice, slice->base, word);
	bool has_enumerator = slice_is_own(slice, word);

	if (!has_enumerator && kernel_enumerator_find(slice->base, word)) {
		has_enumerator = true;
		slice_seed_enumerator(slice, slice->base, kernels->base, word);
	}
	for (size_t i = kernels->nr; i-- && !(has_type && has_enumerator);) {
		struct kernel *kernel = kernel_at(kernels, i);

		if (!has_type && type_exists(kernel, word) &&
		    kernel_fact_holds(kernels, i, type_exists, word))
			has_type = slice_seed_types(slice, kernel, word);
		if (!has_enumerator && kernel_enumerator_exists(kernel, word) &&
		    kernel_fact_holds(kernels, i, kernel_enumerator_exists, word)) {
			slice_seed_enumerator(slice, kernel, i, word);
			has_enumerator = true;
		}
	}
}

/* The constants of uapi/linux/bpf.h that are unnamed enums. */
static void slice_seed_bpf(struct slice *slice)
{
	struct kernel *base = slice->base;

	for (uint32_t id = 1; id < btf__type_cnt(base->btf); id++) {
		const struct btf_type *type = kernel_type(base, id);
		uint32_t name;

		if (!btf_is_any_enum(type) || type->name_off || !btf_vlen(type))
			continue;
		name = btf_is_enum64(type) ? btf_enum64(type)->name_off : btf_enum(type)->name_off;
		if (!strncmp(kernel_string(base, name), "BPF_", strlen("BPF_")))
			slice_need(slice, base, id, NEED_COMPLETE);
	}
}

static void slice_collect(struct slice *slice)
{
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		slice_seed_types(slice, slice->base, always[i]);
	slice_seed_bpf(slice);
	for (size_t i = 0; i < slice->request->nr_words; i++) {
		if (!i || strcmp(slice->words[i], slice->words[i - 1]))
			slice_seed(slice, slice->words[i]);
	}
	for (size_t i = 0; i < slice->nr_work; i++)
		slice_expand(slice, slice->work[i]);
}

static void slice_report(const struct slice *slice, struct b2c_types_report *report)
{
	struct b2c_arena *arena = slice->kernels->arena;
	struct b2c_member_name *added = NULL;
	const char **renamed = NULL;

	*report = (struct b2c_types_report){ 0 };
	for (size_t i = 0; i < slice->nr_nodes; i++) {
		const struct slice_node *node = slice->nodes[i];
		const struct btf_type *type = kernel_type(node->kernel, node->id);

		if (!btf_is_composite(type))
			continue;
		report->nr_records += node->need >= NEED_COMPLETE && type->name_off;
		for (size_t e = 0; e < node->nr_extras; e++) {
			*arena_append(arena, added, report->nr_added) = (struct b2c_member_name){
				.record = kernel_string(node->kernel, type->name_off),
				.field = arena_strdup(arena, node->extras[e].name),
			};
		}
	}
	for (size_t i = 0; i < slice->nr_renamed; i++)
		*arena_append(arena, renamed, report->nr_renamed) = slice->renamed[i];
	report->added = added;
	report->renamed = renamed;
}

int kernel_types_write(struct b2c_kernels *kernels, const struct b2c_types_request *request,
		       struct b2c_text *out, struct b2c_types_report *ret_report)
{
	struct b2c_arena *arena = arena_new();
	struct slice slice = {
		.kernels = kernels,
		.base = kernel_at(kernels, kernels->base),
		.arena = arena,
		.request = request,
		.words = strings_sort(arena, request->words, request->nr_words),
		.own = strings_sort(arena, request->own, request->nr_own),
		.own_tags = strings_sort(arena, request->own_tags, request->nr_own_tags),
	};
	int err;

	slice_collect(&slice);
	err = slice_write(&slice, out);
	if (!err && ret_report)
		slice_report(&slice, ret_report);
	arena_free(arena);
	return err;
}
