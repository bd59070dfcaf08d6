// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Check: the report of `bcc2core check` on a program that translates. */
#ifndef B2C_CHECK_H
#define B2C_CHECK_H

#include <stdio.h>

#include "kernel.h"
#include "model.h"

/* Programs with their targets and the kernels of the data that have them, maps and events. */
void check_report(const struct b2c_plan *plan, struct b2c_kernels *kernels, FILE *out);

/* The semantics ledger: a line for each place, or one object a line. */
void check_semantics(const struct b2c_unit *unit, bool json, FILE *out);

#endif
