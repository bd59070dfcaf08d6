// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel facts: the tracepoint part of kernel.h, which includes it. What the
 * formats of all kernels say of an event, merged.
 */
#ifndef B2C_KERNEL_TRACEPOINT_H
#define B2C_KERNEL_TRACEPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

struct b2c_kernels;

enum b2c_location {
	B2C_IN_PLACE,
	B2C_DATA_LOC,		/* u32: length << 16 | offset from the start of the record */
	B2C_REL_LOC,		/* the same, offset from the end of this word */
};

struct b2c_tracepoint_field {
	const char *name;
	const char *type;		/* as the format spells it; the element's for arrays */
	uint32_t offset;		/* in the record; of the base, else the newest kernel */
	uint32_t size;
	uint32_t nr_elements;		/* of an array in place; 0: no array */
	bool is_signed;
	bool is_fixed;			/* same offset and size on every kernel that has it */
	enum b2c_location location;
	int syscall_argument;		/* index in args[] of trace_event_raw_sys_enter, or -1 */
	uint32_t kernels;		/* that have the field, in this location */
};

struct b2c_tracepoint {
	const char *category;
	const char *event;
	uint32_t kernels;		/* that have the event */
	const struct b2c_tracepoint_field *fields;	/* the base's first, then the others' */
	size_t nr_fields;
	/*
	 * Per kernel the tag of its record ("trace_event_raw_sched_switch");
	 * NULL where the event is absent or a module's, whose types are not here.
	 */
	const char *const *records;
	uint32_t ambiguous;		/* kernels where the name told the record */
};

/* Returns 0, or -ENOENT when no kernel has the event. */
int kernel_tracepoint(struct b2c_kernels *kernels, const char *category, const char *event,
		      struct b2c_tracepoint *ret_tracepoint);

/* "sched:sched_switch": the event nearest to the misspelled one, or NULL. */
const char *kernel_tracepoint_nearest(struct b2c_kernels *kernels, const char *category,
				      const char *event);

/* A bit for each kernel with an event "category:event" that matches, as kernels_with_matching. */
uint32_t kernels_with_matching_tracepoint(struct b2c_kernels *kernels, const char *pattern);

/*
 * Writes `struct tracepoint__CATEGORY__EVENT` as bcc programs see it. It is
 * for parsing: names and types are bcc's, offsets are not the kernel's.
 */
void kernel_tracepoint_struct_write(const struct b2c_tracepoint *tracepoint,
				    struct b2c_text *out);

#ifdef __cplusplus
}
#endif

#endif
