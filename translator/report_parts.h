// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Inside of report*.c: a compiled object as read, what its programs need, and
 * the verdict for each kernel.
 */
#ifndef B2C_REPORT_PARTS_H
#define B2C_REPORT_PARTS_H

#include <linux/bpf.h>

#include "kernel_core.h"
#include "report.h"
#include "variant.h"

/* ---- the object (report_object.c) ---- */

/* What an instruction refers to besides its own fields. */
struct report_note {
	const struct b2c_core_spec *core;	/* NULL: no CO-RE relocation */
	const char *symbol;			/* of its ELF relocation; NULL: none */
	size_t symbol_section;			/* 0: the symbol is not defined here */
	size_t symbol_insn;			/* its place there */
};

/* A section of instructions. */
struct report_section {
	const char *name;			/* "kprobe/vfs_read"; NULL: holds no code */
	const struct bpf_insn *insns;
	size_t nr_insns;
	struct report_note *notes;		/* one for each instruction */
	int lowest_taken;			/* of the stack: whose address is taken */
};

struct report_program {
	const char *name;
	size_t section;
	size_t insn;
};

struct report_map {
	const char *name;
	uint32_t type;				/* enum bpf_map_type */
	uint64_t bytes;				/* taken when it is made, on a host of one CPU */
};

struct report_object {
	struct btf *btf;
	struct report_section *sections;	/* by ELF's numbers */
	size_t nr_sections;
	const struct report_program *programs;
	size_t nr_programs;
	const struct report_map *maps;
	size_t nr_maps;
};

/* Reads an object of ours. Returns 0 or -EINVAL; either way report_object_free. */
int report_object_read(const void *data, size_t size, struct b2c_arena *arena,
		       struct report_object *ret_object);
void report_object_free(struct report_object *object);

/* ---- needs (report_needs.c) ---- */

/* id, word */
#define REPORT_NEEDS(X) \
	X(FIELD, "field") X(TYPE, "type") X(ENUMERATOR, "enumerator") X(HELPER, "helper") \
	X(MAP_TYPE, "map-type") X(PROGRAM_TYPE, "program-type") X(ATTACH_TYPE, "attach-type") \
	X(PLACE, "place") X(MEMORY, "memory")

enum report_need_kind {
#define X(id, word) NEED_##id,
	REPORT_NEEDS(X)
#undef X
};

struct report_need {
	enum report_need_kind kind;
	const char *name;
	bool guarded;		/* the program asks itself whether the kernel has it */
	uint32_t has;		/* kernels that have it */
	uint32_t unknown;	/* kernels of which the data can't tell */
	uint32_t used;		/* kernels on which the program gets there, with some options */
	uint32_t always;	/* of these: also with none */
};

struct report_needs {
	struct report_need *items;
	size_t nr;
};

/* A program of the object over all kernels. */
struct report_verdicts {
	const struct report_program *program;
	const struct b2c_plan_probe *const *probes;	/* that attach it */
	size_t nr_probes;
	struct report_needs needs;
};

struct report {
	const struct b2c_plan *plan;
	struct b2c_kernels *kernels;
	uint32_t chosen;	/* kernels to print */
	struct b2c_arena *arena;
	struct report_object object;
	struct report_verdicts *programs;
	size_t nr_programs;
	const char *arch;
	const char *options;	/* what `opt` holds in a tool without options; NULL: no `opt` */
	const char *options_unknown;	/* of each of these bytes: whether only the host knows it */
	size_t options_size;
};

/* The need, added when it is new; facts are asked by the caller then. */
struct report_need *report_need_get(struct report *report, struct report_needs *needs,
				    enum report_need_kind kind, const char *name);

/* The tool's options in its program. */
#define REPORT_OPTIONS "opt"

/* Fills report->options. (report_options.c) */
void report_options_read(struct report *report);

/*
 * The bytes of one value of an option, which are zero before. Returns -ENOENT when they are
 * the host's: numbers of users, name spaces and cgroups. (report_default.c)
 */
int report_default_read(const struct b2c_option *option, const char *text, void *bytes,
			size_t size);

/* Fills report->programs. */
void report_needs_collect(struct report *report);

/* What keeps the program from being loaded on kernel i, or NULL; with some options only. */
const struct report_need *report_refusal(const struct report_verdicts *program, size_t i);
const struct report_need *report_option_refusal(const struct report_verdicts *program, size_t i);

/* What the data can't tell and loading depends on, or NULL. */
const struct report_need *report_doubt(const struct report_verdicts *program, size_t i);

/* ---- the way through a program (report_walk.c) ---- */

/* What is known before a program runs. */
struct report_way {
	size_t kernel;
	bool no_options;	/* the tool has none; else any may be given */
};

/* Called for each instruction that may be executed. */
typedef void report_visit(void *context, const struct report_note *note,
			  const struct bpf_insn *insn, const struct report_way *way);

/* Follows a program from its first instruction as the verifier does, with what it knows. */
void report_walk(const struct report *report, const struct report_program *program,
		 const struct report_way *way, report_visit *visit, void *context);

/* ---- attaching (report_attach.c) ---- */

enum report_answer { REPORT_NO, REPORT_YES, REPORT_UNKNOWN };

/* Adds what a program's section needs to be loaded: types and, for fentry, the function. */
void report_section_needs(struct report *report, struct report_verdicts *verdicts);

/* Target k of a probe as messages name it: "vfs_read", "vfs_read+0x10". */
const char *report_target_name(const struct report *report, const struct b2c_plan_probe *probe,
			       size_t k);

/* Whether the program has a place on kernel i; *ret_target is the one that is taken or "". */
enum report_answer report_attaches(const struct report *report,
				   const struct report_verdicts *program, size_t i,
				   const char **ret_target);

/* Of a choice the probe that kernel i takes and where to, when it is not `probe`; else NULL. */
const struct b2c_plan_probe *report_taken_instead(const struct report *report,
						  const struct b2c_plan_probe *probe, size_t i,
						  const char **ret_target);

/* What comes before `probe` in its choice and may be there on kernel i, or NULL. */
const struct b2c_plan_probe *report_maybe_instead(const struct report *report,
						  const struct b2c_plan_probe *probe, size_t i);

/* ---- attaches with `when` (report_when.c) ---- */

/* Whether a probe is attached on kernel i as far as the data says; true without `when`. */
enum b2c_truth report_when(const struct report *report, const struct b2c_plan_probe *probe,
			   size_t i);

/* Why nothing attaches the program on kernel i, NULL where something may. */
const char *report_left_out(const struct report *report, const struct report_verdicts *program,
			    size_t i);

/* ---- printing ---- */

void report_print_text(const struct report *report, bool every_need, FILE *out);
void report_print_json(const struct report *report, FILE *out);

#endif
