// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: writes a slice of types as C. The needed types are copied into
 * a BTF of their own, with new ids, added members and flavours, and libbpf
 * prints that.
 */
#include "kernel_slice.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FLAVOUR "___kernel"

static int node_compare(const void *a, const void *b)
{
	const struct slice_node *x = *(struct slice_node *const *)a;
	const struct slice_node *y = *(struct slice_node *const *)b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static const char *node_name(const struct slice_node *node)
{
	return kernel_string(node->kernel, kernel_type(node->kernel, node->id)->name_off);
}

/* Defined in full, while the program defines another type of that tag. */
static bool node_is_flavour(const struct slice *slice, const struct slice_node *node)
{
	const struct btf_type *type = kernel_type(node->kernel, node->id);

	return type->name_off && node->need >= NEED_COMPLETE &&
	       kind_is(type, KIND_RECORD | KIND_ENUM) &&
	       slice_is_own_tag(slice, node_name(node));
}

static bool node_is_declared_only(const struct slice_node *node)
{
	const struct btf_type *type = kernel_type(node->kernel, node->id);

	return btf_is_fwd(type) || (btf_is_composite(type) && node->need < NEED_COMPLETE);
}

/* C has no unnamed member of a type with a tag; there a copy of the type without one stands. */
static bool node_needs_unnamed(const struct slice_node *node)
{
	const struct btf_type *type = kernel_type(node->kernel, node->id);

	return node->is_unnamed_member && type->name_off && btf_is_composite(type);
}

/* Another definition of the same tag, which a mere declaration would be confused with. */
static const struct slice_node *node_twin(const struct slice *slice, const struct slice_node *node)
{
	uint32_t name = kernel_type(node->kernel, node->id)->name_off;

	for (size_t i = 0; i < slice->nr_nodes; i++) {
		const struct slice_node *twin = slice->nodes[i];

		if (twin->kernel == node->kernel && twin->need >= NEED_COMPLETE &&
		    btf_is_composite(kernel_type(twin->kernel, twin->id)) &&
		    kernel_type(twin->kernel, twin->id)->name_off == name)
			return twin;
	}
	return NULL;
}

/* Ids of the slice's BTF, in the order in which slice_copy adds the types. */
static void slice_number(struct slice *slice)
{
	uint32_t id = 0;

	qsort(slice->nodes, slice->nr_nodes, sizeof(*slice->nodes), node_compare);
	for (size_t i = 0; i < slice->nr_nodes; i++) {
		struct slice_node *node = slice->nodes[i];

		if (node_is_declared_only(node))
			node->twin = node_twin(slice, node);
		if (node->twin)
			continue;
		node->new_id = node->pointee_id = ++id;
		if (node_is_flavour(slice, node) && node->is_pointed_to &&
		    btf_is_composite(kernel_type(node->kernel, node->id)))
			node->pointee_id = ++id;
		if (node_needs_unnamed(node))
			node->unnamed_id = ++id;
	}
	for (size_t i = 0; i < slice->nr_nodes; i++) {
		struct slice_node *node = slice->nodes[i];

		if (node->twin)
			node->new_id = node->pointee_id = node->twin->pointee_id;
	}
}

/* The new id of a type that `kernel`'s types refer to. */
static uint32_t slice_id(struct slice *slice, struct kernel *kernel, uint32_t id,
			 enum slice_need need)
{
	const struct slice_node *node;

	slice_resolve(slice, &kernel, &id, need);
	node = id ? slice_node_find(slice, kernel, id) : NULL;
	if (!node)
		return 0;
	return need > NEED_NAME ? node->new_id : node->pointee_id;
}

/* The same for a member that may be unnamed. */
static uint32_t slice_member_id(struct slice *slice, struct kernel *kernel, uint32_t id,
				bool is_unnamed)
{
	const struct slice_node *node;

	slice_resolve(slice, &kernel, &id, NEED_COMPLETE);
	node = slice_node_find(slice, kernel, id);
	if (is_unnamed && node && node->unnamed_id)
		return node->unnamed_id;
	return slice_id(slice, kernel, id, NEED_COMPLETE);
}

/* The type added last; libbpf hands out what it owns as const. */
static struct btf_type *copy_last(struct btf *btf)
{
	return (struct btf_type *)btf__type_by_id(btf, btf__type_cnt(btf) - 1);
}

static void copy_members(struct slice *slice, struct btf *btf, const struct slice_node *node)
{
	struct btf_type *type = copy_last(btf);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct btf_member *member = &btf_members(type)[i];

		member->type = slice_member_id(slice, node->kernel, member->type,
					       !member->name_off);
	}
}

static void copy_parameters(struct slice *slice, struct btf *btf, const struct slice_node *node)
{
	struct btf_type *type = copy_last(btf);

	type->type = slice_id(slice, node->kernel, type->type, NEED_NAME);
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct btf_param *parameter = &btf_params(type)[i];

		parameter->type = slice_id(slice, node->kernel, parameter->type, NEED_NAME);
	}
}

static void copy_references(struct slice *slice, struct btf *btf, const struct slice_node *node)
{
	struct btf_type *type = copy_last(btf);
	struct btf_array *array = btf_array(type);

	switch (btf_kind(type)) {
	case BTF_KIND_PTR:
		type->type = slice_id(slice, node->kernel, type->type, NEED_NAME);
		break;
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_CONST:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_RESTRICT:
		type->type = slice_id(slice, node->kernel, type->type, node->need);
		break;
	case BTF_KIND_ARRAY:
		array->index_type = slice_id(slice, node->kernel, array->index_type, NEED_NAME);
		array->type = slice_id(slice, node->kernel, array->type, NEED_COMPLETE);
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		copy_members(slice, btf, node);
		break;
	case BTF_KIND_FUNC_PROTO:
		copy_parameters(slice, btf, node);
		break;
	default:
		break;
	}
}

/* Gives the type added last, or one of its enumerators, the flavour suffix. */
static int copy_flavour(struct slice *slice, struct btf *btf, const char *name, int enumerator)
{
	const char *flavour = arena_printf(slice->arena, "%s" FLAVOUR, name);
	int offset = btf__add_str(btf, flavour);
	struct btf_type *type = copy_last(btf);

	if (offset < 0)
		return offset;
	if (enumerator < 0)
		type->name_off = (uint32_t)offset;
	else if (btf_is_enum64(type))
		btf_enum64(type)[enumerator].name_off = (uint32_t)offset;
	else
		btf_enum(type)[enumerator].name_off = (uint32_t)offset;
	return 0;
}

static int copy_enumerators(struct slice *slice, struct btf *btf, const struct slice_node *node)
{
	bool is_wide = btf_is_enum64(copy_last(btf));
	int err = 0;

	for (int i = 0; i < btf_vlen(copy_last(btf)) && !err; i++) {
		struct btf_type *type = copy_last(btf);
		const char *name = btf__str_by_offset(btf, is_wide ? btf_enum64(type)[i].name_off :
							   btf_enum(type)[i].name_off);

		if (slice_is_own(slice, name))
			err = copy_flavour(slice, btf, name, i);
	}
	for (size_t i = 0; i < node->nr_extras && !err; i++) {
		const struct slice_extra *extra = &node->extras[i];

		err = is_wide ? btf__add_enum64_value(btf, extra->name, (uint64_t)extra->value) :
				btf__add_enum_value(btf, extra->name, extra->value);
	}
	return err;
}

static uint32_t round_up(uint32_t n, uint32_t unit)
{
	return unit ? (n + unit - 1) / unit * unit : n;
}

/* Members that the record lacks go behind its own; CO-RE goes by name, so any place will do. */
static int copy_extras(struct slice *slice, struct btf *btf, const struct slice_node *node)
{
	uint32_t unit = (uint32_t)btf__align_of(node->kernel->btf, node->id);
	bool is_union = btf_is_union(copy_last(btf));
	uint32_t size = copy_last(btf)->size;
	int err = 0;

	for (size_t i = 0; i < node->nr_extras && !err; i++) {
		const struct slice_extra *extra = &node->extras[i];
		const struct btf *source = extra->kernel->btf;
		uint32_t align = (uint32_t)btf__align_of(source, extra->type);
		uint32_t more = (uint32_t)btf__resolve_size(source, extra->type);
		uint32_t at = is_union ? 0 : round_up(size, align);
		uint32_t id = slice_id(slice, extra->kernel, extra->type, NEED_COMPLETE);

		err = btf__add_field(btf, extra->name, (int)id, at * 8, 0);
		size = at + more > size ? at + more : size;
		unit = align > unit ? align : unit;
	}
	copy_last(btf)->size = round_up(size, unit);
	return err;
}

static int slice_declare(struct btf *btf, const struct slice_node *node)
{
	const struct btf_type *type = kernel_type(node->kernel, node->id);
	bool is_union = btf_is_union(type) || (btf_is_fwd(type) && btf_kflag(type));
	int id = btf__add_fwd(btf, node_name(node), is_union ? BTF_FWD_UNION : BTF_FWD_STRUCT);

	return id < 0 ? id : 0;
}

static int slice_copy_type(struct slice *slice, struct btf *btf, const struct slice_node *node)
{
	const struct btf_type *type = kernel_type(node->kernel, node->id);
	int err = btf__add_type(btf, node->kernel->btf, type);

	if (err < 0)
		return err;
	copy_references(slice, btf, node);
	if (kind_is(type, KIND_ENUM))
		return copy_enumerators(slice, btf, node);
	return node->nr_extras ? copy_extras(slice, btf, node) : 0;
}

/* Renames the type added last and declares the program's own of that tag. */
static int slice_copy_flavour(struct slice *slice, struct btf *btf, const struct slice_node *node)
{
	int err = copy_flavour(slice, btf, node_name(node), -1);

	if (btf_is_composite(kernel_type(node->kernel, node->id)))
		*arena_append(slice->arena, slice->renamed, slice->nr_renamed) = node_name(node);
	if (err || node->pointee_id == node->new_id)
		return err;
	return slice_declare(btf, node);
}

/* Adds the types that slice_number counted for a node, in its order. */
static int slice_copy_node(struct slice *slice, struct btf *btf, const struct slice_node *node)
{
	int err;

	if (node_is_declared_only(node))
		return slice_declare(btf, node);
	err = slice_copy_type(slice, btf, node);
	if (!err && node_is_flavour(slice, node))
		err = slice_copy_flavour(slice, btf, node);
	if (err || !node->unnamed_id)
		return err;
	err = slice_copy_type(slice, btf, node);
	copy_last(btf)->name_off = 0;
	return err;
}

static int slice_copy(struct slice *slice, struct btf *btf)
{
	int err = 0;

	for (size_t i = 0; i < slice->nr_nodes && !err; i++) {
		if (!slice->nodes[i]->twin)
			err = slice_copy_node(slice, btf, slice->nodes[i]);
	}
	return err;
}

static void slice_print(void *context, const char *fmt, va_list args)
{
	text_vprintf(context, fmt, args);
}

static int slice_dump(const struct btf *btf, struct b2c_text *out)
{
	struct btf_dump *dump = btf_dump__new(btf, slice_print, out, NULL);
	int err = dump ? 0 : -errno;

	for (uint32_t id = 1; id < btf__type_cnt(btf) && !err; id++)
		err = btf_dump__dump_type(dump, id);
	btf_dump__free(dump);
	return err;
}

static const char head[] =
	"#ifndef __VMLINUX_H__\n"
	"#define __VMLINUX_H__\n\n";

/* How the members of a record are read. */
enum reading {
	READ_PLAIN,
	READ_RELOCATED,
	READ_FIXED,
};

static const char *const push[] = {
	[READ_RELOCATED] =
		"#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n"
		"#pragma clang attribute push (__attribute__((preserve_access_index)), "
		"apply_to = record)\n"
		"#endif\n\n",
	[READ_FIXED] =
		"#if __has_attribute(preserve_static_offset)\n"
		"#pragma clang attribute push (__attribute__((preserve_static_offset)), "
		"apply_to = record)\n"
		"#endif\n\n",
};

static const char *const pop[] = {
	[READ_RELOCATED] = "#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n"
			   "#pragma clang attribute pop\n"
			   "#endif\n\n",
	[READ_FIXED] = "#if __has_attribute(preserve_static_offset)\n"
		       "#pragma clang attribute pop\n"
		       "#endif\n\n",
};

static const char tail[] = "#endif /* __VMLINUX_H__ */\n";

/*
 * Records that are a program's context and the same on every kernel. Verifiers refuse to
 * read a context by an address that was computed, which the compiler makes of relocated
 * reads, and of two reads on ways that meet, unless it is told to keep the offsets.
 */
static const char *const contexts[] = {
	"pt_regs",	  "user_pt_regs",     "bpf_raw_tracepoint_args", "bpf_perf_event_data",
	"__sk_buff",	  "xdp_md",	      "sk_msg_md",		 "sk_reuseport_md",
	"bpf_sock_ops",	  "bpf_sock_addr",    "bpf_sockopt",		 "bpf_sk_lookup",
	"bpf_sysctl",	  "bpf_cgroup_dev_ctx",
};

/* Whether a record is defined, at the top: members are further in. */
static bool line_begins_record(const char *line, size_t length)
{
	if (!strncmp(line, "typedef ", strlen("typedef "))) {
		line += strlen("typedef ");
		length -= strlen("typedef ");
	}
	return (!strncmp(line, "struct ", 7) || !strncmp(line, "union ", 6)) &&
	       memchr(line, '{', length);
}

static enum reading reading_of(const char *line, size_t length)
{
	size_t i, name;

	if (strncmp(line, "struct ", 7))
		return READ_RELOCATED;
	name = length - 7 - strlen(" {");
	for (i = 0; i < sizeof(contexts) / sizeof(contexts[0]); i++)
		if (name == strlen(contexts[i]) && !memcmp(line + 7, contexts[i], name))
			return READ_FIXED;
	return READ_RELOCATED;
}

/* Whether a line is `struct NAME;` or `union NAME;` of a record that the program defines. */
static bool line_declares_own(const struct slice *slice, const char *line, size_t length)
{
	char name[128];
	size_t start = strncmp(line, "union ", 6) ? strlen("struct ") : strlen("union ");

	if (length <= start + 1 || length - start > sizeof(name) || line[length - 1] != ';' ||
	    (strncmp(line, "struct ", 7) && strncmp(line, "union ", 6)))
		return false;
	memcpy(name, line + start, length - start - 1);
	name[length - start - 1] = '\0';
	return slice_is_own_tag(slice, name);
}

/*
 * Appends the lines of `types` that declare records of the program, or all the
 * others. A record takes over the attributes that stand before its definition,
 * so the program's own are declared outside of the pragma: their members must
 * not be relocated.
 */
static void slice_append_lines(const struct slice *slice, const char *types, bool own,
			       struct b2c_text *out)
{
	enum reading now = READ_PLAIN, next;
	size_t length;

	for (; *types; types += length + (types[length] == '\n')) {
		length = strcspn(types, "\n");
		if (line_declares_own(slice, types, length) != own)
			continue;
		next = !own && line_begins_record(types, length) ? reading_of(types, length) : now;
		if (next != now) {
			text_append(out, now == READ_PLAIN ? "" : pop[now]);
			text_append(out, push[next]);
			now = next;
		}
		text_append_n(out, types, length);
		text_append(out, "\n");
	}
	if (now != READ_PLAIN)
		text_append(out, pop[now]);
}

int slice_write(struct slice *slice, struct b2c_text *out)
{
	struct btf *btf = btf__new_empty();
	struct b2c_text types = { 0 };
	int err;

	if (!btf)
		return -ENOMEM;
	slice_number(slice);
	err = btf__set_pointer_size(btf, 8);
	if (!err)
		err = slice_copy(slice, btf);
	if (!err)
		err = slice_dump(btf, &types);
	text_append(out, head);
	slice_append_lines(slice, text_string(&types), true, out);
	slice_append_lines(slice, text_string(&types), false, out);
	text_append(out, tail);
	text_free(&types);
	btf__free(btf);
	return err;
}
