// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The slice of kernel types that a program needs: kernel_types.c decides what
 * is in it, kernel_slice.c writes it as C.
 */
#ifndef B2C_KERNEL_SLICE_H
#define B2C_KERNEL_SLICE_H

#include "kernel_data.h"

/* How much of a type is needed; each level includes the one before. */
enum slice_need {
	NEED_NOTHING,
	NEED_NAME,		/* a declaration: pointers to a record */
	NEED_COMPLETE,		/* the definition: by value, in arrays */
	NEED_MEMBERS,		/* the program uses it: its members are followed by name */
};

/* A member or an enumerator that the type itself lacks. */
struct slice_extra {
	const char *name;
	struct kernel *kernel;	/* member: where its type is */
	uint32_t type;
	int64_t value;		/* enumerator */
};

struct slice_node {
	struct kernel *kernel;
	uint32_t id;
	uint32_t rank;		/* of the kernel: the base first, it takes the plain names */
	enum slice_need need;
	bool is_pointed_to;
	bool is_unnamed_member;	/* of a record, by -fms-extensions, though the type has a tag */
	struct slice_extra *extras;
	size_t nr_extras;
	uint32_t new_id;	/* in the slice's BTF */
	uint32_t unnamed_id;	/* a copy without the tag, for where it is an unnamed member */
	const struct slice_node *twin;	/* the definition that stands for this declaration */
	uint32_t pointee_id;	/* the same as pointers see it: the program's own, or new_id */
};

struct slice {
	struct b2c_kernels *kernels;
	struct kernel *base;
	struct b2c_arena *arena;
	const struct b2c_types_request *request;
	const char **words;		/* sorted */
	const char **own;		/* sorted */
	const char **own_tags;		/* sorted */
	struct slice_node **nodes;
	size_t nr_nodes;
	struct slice_node **by_id[MAX_KERNELS];	/* node of each type of a kernel */
	struct slice_node **work;		/* to be looked at (again) */
	size_t nr_work;
	const char **renamed;
	size_t nr_renamed;
};

/*
 * Follows type tags and typedefs that the program defines itself, and a named
 * type to the one of that name that stands for it.
 */
void slice_resolve(struct slice *slice, struct kernel **kernel, uint32_t *id,
		   enum slice_need need);

struct slice_node *slice_node_find(const struct slice *slice, const struct kernel *kernel,
				   uint32_t id);
bool slice_is_own(const struct slice *slice, const char *name);
bool slice_is_own_tag(const struct slice *slice, const char *tag);

/* Writes the slice as C definitions. Returns 0 or -errno. */
int slice_write(struct slice *slice, struct b2c_text *out);

#endif
