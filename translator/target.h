// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Attach targets and the kernels of the data: shared by bind and check. */
#ifndef B2C_TARGET_H
#define B2C_TARGET_H

#include "kernel.h"
#include "model.h"

/*
 * The kernels that have the target of an attach. Returns false where the data
 * can't tell: user-space probes, raw tracepoints, perf events.
 */
bool target_kernels(struct b2c_kernels *kernels, enum b2c_attach_kind kind, const char *target,
		    uint32_t *ret_kernels);

/* The same for places by pattern. */
bool target_kernels_matching(struct b2c_kernels *kernels, enum b2c_attach_kind kind,
			     const char *pattern, uint32_t *ret_kernels);

/* The target nearest to a misspelled one, or NULL. */
const char *target_nearest(struct b2c_kernels *kernels, enum b2c_attach_kind kind,
			   const char *target);

#endif
