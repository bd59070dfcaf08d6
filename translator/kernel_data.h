// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Inside of kernel*.c: one kernel's unpacked data and the look-ups on it. A
 * BTF type is named by its id in that kernel; id 0 is void or "not found".
 */
#ifndef B2C_KERNEL_DATA_H
#define B2C_KERNEL_DATA_H

#include <string.h>

#include <bpf/btf.h>

#include "arena.h"
#include "blobs.h"
#include "kernel.h"

#define KIND(name) (1u << BTF_KIND_##name)
#define KIND_RECORD (KIND(STRUCT) | KIND(UNION))
#define KIND_ENUM (KIND(ENUM) | KIND(ENUM64))
#define KIND_TYPE (KIND_RECORD | KIND_ENUM | KIND(TYPEDEF))
#define KIND_MODIFIER (KIND(CONST) | KIND(VOLATILE) | KIND(RESTRICT) | KIND(TYPE_TAG))

/* One name of the index: a named type, or an enumerator of the type `id`. */
struct kernel_entry {
	uint32_t id;
	uint32_t name;		/* offset in the BTF strings */
	uint32_t next;		/* entry of the same hash, by id; 0: none */
	bool is_enumerator;
};

/* A function that BTF lacks, or lacks though BTF has it. */
struct kernel_symbol {
	const char *name;
	const char *module;	/* NULL: of the kernel itself */
};

/* By name; unpacked when first asked for. */
struct kernel_symbols {
	const struct kernel_symbol *items;	/* NULL until then */
	size_t nr;
};

struct kernel {
	const struct b2c_kernel_data *data;	/* NULL for the user's own file */
	const char *name;
	const char *arch;
	struct btf *btf;			/* NULL until kernel_at */
	struct kernel_entry *entries;		/* the first is unused */
	size_t nr_entries;
	uint32_t *heads;
	uint32_t mask;
	const char *tracepoints;		/* formats of all events in pack.py's form */
	struct kernel_symbols *functions;	/* that BTF lacks; NULL for the user's own file */
	struct kernel_symbols *absent;		/* that only BTF has; likewise */
	struct b2c_arena *arena;		/* of the kernels */
	uint32_t *raw_records;			/* struct trace_event_raw_*; NULL until asked */
	size_t nr_raw_records;
	struct btf_dump *dump;			/* NULL until kernel_declaration */
	struct b2c_text dump_text;
};

#define MAX_KERNELS 16

struct b2c_kernels {
	struct b2c_arena *arena;
	const char *arch;
	struct kernel kernels[MAX_KERNELS];
	size_t nr;
	size_t base;
	size_t native;			/* the compiled-in base of this arch */
	struct kernel reference;	/* arm64: the x86_64 kernel of the native one's version */
};

/* Kernel i with its BTF unpacked and indexed. */
struct kernel *kernel_at(struct b2c_kernels *kernels, size_t i);
struct kernel *kernel_reference(struct b2c_kernels *kernels);

static inline bool kernel_is_foreign(const struct b2c_kernels *kernels, size_t i)
{
	return strcmp(kernels->kernels[i].arch, kernels->arch) != 0;
}

/*
 * Whether a fact holds on kernel i; for a foreign kernel by the rule of
 * kernel.h. `holds` is asked for single kernels.
 */
typedef bool kernel_fact(const struct kernel *kernel, const void *what);
bool kernel_fact_holds(struct b2c_kernels *kernels, size_t i, kernel_fact *holds,
		       const void *what);

/*
 * The kernel to read such a fact from when it holds on i: i itself, or the
 * native one where i is foreign and lacks it.
 */
struct kernel *kernel_fact_source(struct b2c_kernels *kernels, size_t i, kernel_fact *holds,
				  const void *what);

/* A frame's content with a NUL behind it; one that does not unpack ends the process. */
void *kernel_blob_unpack(const struct kernel *kernel, const struct b2c_blob *blob,
			 struct b2c_arena *arena, size_t *ret_size);

/* The functions that BTF lacks, by name. */
const struct kernel_symbols *kernel_functions(const struct kernel *kernel);
const struct kernel_symbol *kernel_symbol_find(const struct kernel *kernel, const char *name);

/* Whether the kernel has nothing to probe under a FUNC of its BTF. */
bool kernel_is_absent(const struct kernel *kernel, const char *name);

/* The full copy of a function that the compiler made (not a .part), .isra first; or NULL. */
const char *kernel_symbol_copy(const struct kernel *kernel, const char *name);

/* Entries called `name`, lowest type first; start with 0, ends with 0. */
uint32_t kernel_entry_next(const struct kernel *kernel, const char *name, uint32_t entry);

/* The first type of one of `kinds` called `name`, or 0. */
uint32_t kernel_type_find(const struct kernel *kernel, const char *name, uint32_t kinds);

const struct btf_type *kernel_type(const struct kernel *kernel, uint32_t id);
const char *kernel_string(const struct kernel *kernel, uint32_t offset);
uint32_t kernel_strip(const struct kernel *kernel, uint32_t id, uint32_t kinds);

static inline bool kind_is(const struct btf_type *type, uint32_t kinds)
{
	return kinds >> btf_kind(type) & 1;
}

/* The record of `kernel` with this tag, through a typedef of that name too; or 0. */
uint32_t kernel_record_find(const struct kernel *kernel, const char *tag);

/* A member found by name; bits are counted from the record that was asked. */
struct kernel_member {
	uint32_t type;
	uint32_t bit_offset;
	uint32_t bits;		/* width of a bit-field or 0 */
	uint32_t record;	/* the record that was asked */
};

/* Finds a member through anonymous ones. */
bool kernel_member_find(const struct kernel *kernel, uint32_t record, const char *name,
			struct kernel_member *ret_member);
bool kernel_path_find(const struct kernel *kernel, const char *record, const char *path,
		      struct kernel_member *ret_member);

/* Calls `visit` for each named member, through anonymous ones. */
typedef void kernel_member_visit(void *context, const char *name, uint32_t type);
void kernel_members_walk(const struct kernel *kernel, uint32_t record,
			 kernel_member_visit *visit, void *context);

/* The C declaration of `name` ("" for the type alone), owned by `arena`. */
const char *kernel_declaration(struct kernel *kernel, struct b2c_arena *arena, uint32_t type,
			       const char *name);

/* Whether the enumerator exists; for kernel_fact_holds. */
bool kernel_enumerator_exists(const struct kernel *kernel, const void *name);

/* The entry of an enumerator, or 0. */
uint32_t kernel_enumerator_find(const struct kernel *kernel, const char *name);

/* A member as `holds` of kernel_fact_holds asks for it. */
struct field_path {
	const char *record;
	const char *path;
};

bool kernel_path_exists(const struct kernel *kernel, const void *field_path);

/* What the format of an event says. */
struct raw_event {
	const char *name;
	const struct b2c_tracepoint_field *fields;
	size_t nr_fields;
};

/*
 * The record of an event whose fields have this layout, or NULL. *ret_nr says
 * how many have it; 1 where one of them is called after the event.
 */
const char *kernel_raw_record(struct kernel *kernel, struct b2c_arena *arena,
			      const struct raw_event *event, size_t *ret_nr);

/* A row of data/fields.def. */
struct field_row {
	const char *record;
	const char *const *paths;	/* newest first, NULL at the end */
};

extern const struct field_row field_rows[];
extern const size_t nr_field_rows;

#endif
