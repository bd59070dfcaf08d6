// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: types, functions, members and tracepoints of the kernels whose
 * data is compiled in (data/), so that a build needs no kernel headers and no
 * running kernel. Strings and arrays returned belong to `struct b2c_kernels`
 * and live until kernels_close. Kernels are unpacked on first use (about 30 ms
 * each). Sets of kernels are bit masks: bit i is kernel i.
 *
 * For arm64 the 6.1 arm64 kernel is the base and the other versions are
 * x86_64: such a kernel is believed only where the x86_64 and the arm64 6.1
 * kernel agree; where they differ (an arch-specific fact), the arm64 answer
 * stands for every version.
 */
#ifndef B2C_KERNEL_H
#define B2C_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "kernel_tracepoint.h"
#include "kernel_types.h"
#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

struct b2c_kernels;

/* ---- the kernels ---- */

/* Opens the data for "x86_64" or "arm64". Returns 0, or -EINVAL for another arch. */
int kernels_open(const char *arch, struct b2c_kernels **ret_kernels);
void kernels_close(struct b2c_kernels *kernels);

/*
 * Adds the BTF in `path` (raw or in an ELF file) as one more kernel, named by
 * the path, and makes it the base. Returns 0; -EINVAL when it is not the BTF
 * of a kernel; -EXDEV when it is of another architecture; else -errno.
 */
int kernels_add_file(struct b2c_kernels *kernels, const char *path);

/* Kernels are numbered from the oldest; the base's types are what a program sees. */
size_t kernels_count(const struct b2c_kernels *kernels);
size_t kernels_base(const struct b2c_kernels *kernels);
const char *kernel_name(const struct b2c_kernels *kernels, size_t i);	/* "6.1" */
uint32_t kernels_all(const struct b2c_kernels *kernels);

/* For messages: "5.10, 6.1, 6.12, 7.2 of x86_64". */
const char *kernels_looked_at(struct b2c_kernels *kernels);

/*
 * ---- functions ----
 *
 * Known are the FUNCs of BTF that the kernel's symbols name too, and of what
 * BTF lacks all that takes a kprobe: functions of the modules in the package,
 * aliases, and the compiler's copies ("finish_task_switch.isra.0", by that name
 * only). Assembly and what else has no call of ftrace take none, nor does a name
 * that several functions share. Of a kernel from a file only its BTF is known.
 */

struct b2c_parameter {
	const char *name;		/* "" when BTF has none */
	const char *type;		/* "struct sock *" */
	const char *declaration;	/* "struct sock *sk" */
	const char *record;		/* tag of the record that it points to, or NULL */
	bool is_pointer;
	bool is_record;			/* passed by value */
	uint32_t size;			/* in bytes */
};

struct b2c_prototype {
	const char *return_type;
	const struct b2c_parameter *parameters;
	size_t nr_parameters;
	bool is_variadic;
	bool returns_record;		/* by value */
	const char *text;		/* "int tcp_v4_connect(struct sock *sk, ...)" */
};

bool kernel_has_function(struct b2c_kernels *kernels, size_t i, const char *name);
uint32_t kernels_with_function(struct b2c_kernels *kernels, const char *name);

/* Those with a function that matches from its start; POSIX extended regular expression. */
uint32_t kernels_with_matching(struct b2c_kernels *kernels, const char *pattern);

/* "finish_task_switch.isra.0" when kernel i has no `name` but only such a copy, or NULL. */
const char *kernel_function_copy(struct b2c_kernels *kernels, size_t i, const char *name);

/* The module (one of them) that has the function on kernel i, or NULL. */
const char *kernel_function_module(struct b2c_kernels *kernels, size_t i, const char *name);

/* The function of any kernel whose name is nearest to `name`, or NULL. */
const char *kernel_function_nearest(struct b2c_kernels *kernels, const char *name);

/* Returns 0, or -ENOENT when kernel i has no such function or its BTF lacks it. */
int kernel_function_prototype(struct b2c_kernels *kernels, size_t i, const char *name,
			      struct b2c_prototype *ret_prototype);

/* `name` as in "openat", without a prefix: whether kernel i has the system call. */
bool kernel_has_syscall(struct b2c_kernels *kernels, size_t i, const char *name);
const char *kernel_syscall_nearest(struct b2c_kernels *kernels, const char *name);

/*
 * Writes the names that kernel i has, unless it is of another architecture: lines "kernel
 * 6.1-x86_64", "function NAME", "record TAG MEMBER...", "tracepoint CATEGORY/EVENT".
 */
void kernel_facts_write(struct b2c_kernels *kernels, size_t i, FILE *out);

/* Writes the members that moved: lines "moved RECORD PATH PATH..." of paths to the same. */
void kernel_moved_write(FILE *out);

/* Whether a record of kernel i has "request.rq_disk" itself, not in an unnamed member. */
bool kernel_has_member(struct b2c_kernels *kernels, size_t i, const char *name);

/* ---- types ---- */

struct b2c_field {
	const char *type;		/* "unsigned int", "char[16]" */
	const char *declaration;	/* "unsigned int __state", "char comm[16]" */
	const char *record;		/* tag of the record it is or leads to, or NULL */
	uint32_t offset;		/* in bytes from the start of the path's last record */
	uint32_t size;			/* in bytes */
	uint32_t bits;			/* width of a bit-field; 0: none */
};

/*
 * Looks up a member of `struct record` or `union record` on kernel i, through
 * anonymous members. `path` may go on: "q->disk", "se.statistics"; what follows
 * a '#' is a bit's name. Returns 0 or -ENOENT.
 */
int kernel_field(struct b2c_kernels *kernels, size_t i, const char *record, const char *path,
		 struct b2c_field *ret_field);
uint32_t kernels_with_field(struct b2c_kernels *kernels, const char *record, const char *path);
uint32_t kernels_with_record(struct b2c_kernels *kernels, const char *record);

/* Whether all kernels that have the record lay it out alike, records within it too. */
bool kernels_agree_on_record(struct b2c_kernels *kernels, const char *record);

/* In bytes. Returns 0, or -ENOENT when kernel i has no such record. */
int kernel_record_size(struct b2c_kernels *kernels, size_t i, const char *record,
		       uint32_t *ret_size);

/* The member of `record` on any kernel whose name is nearest to `name`, or NULL. */
const char *kernel_field_nearest(struct b2c_kernels *kernels, const char *record,
				 const char *name);

/* Value of an enumerator and its enum's tag ("" for none): 0 or -ENOENT. */
int kernel_enumerator(struct b2c_kernels *kernels, size_t i, const char *name,
		      const char **ret_tag, int64_t *ret_value);

/* Those with an enum of that tag. */
uint32_t kernels_with_enum(struct b2c_kernels *kernels, const char *tag);

struct b2c_enumerator {
	uint32_t kernels;
	const char *tag;		/* of its enum, "" for none */
	int64_t least, most;		/* of its values; equal: it never moved */
};
/* An enumerator over all kernels: 0 or -ENOENT. */
int kernel_enumerator_range(struct b2c_kernels *kernels, const char *name,
			    struct b2c_enumerator *ret_enumerator);
/* Row of data/sizes.def: its word (NULL after the last) and the largest of all kernels. */
const char *kernel_size_word(struct b2c_kernels *kernels, size_t row, uint32_t *ret_size);

struct b2c_alternative {
	const char *path;		/* "q->disk" */
	uint32_t kernels;		/* that have it; 0: only kernels older than the data */
};

struct b2c_moved_field {
	uint32_t kernels;		/* that have the member as it is spelled */
	bool is_moved;			/* some kernel that has the record lacks the spelling */
	const char *declaration;	/* newest known, under the path's last name */
	const char *type;
	const struct b2c_alternative *alternatives;	/* newest first, the spelling among them */
	size_t nr_alternatives;
};

/*
 * What became of a member over the kernels: its other spellings from
 * data/fields.def and who has which. `path` is one of the spellings. Returns
 * 0, or -ENOENT when neither a kernel nor fields.def knows it.
 */
int kernel_moved_field(struct b2c_kernels *kernels, const char *record, const char *path,
		       struct b2c_moved_field *ret_moved);

#ifdef __cplusplus
}
#endif

#endif
