// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Dumps of unit and plan as stable text, one thing a line: --dump=unit and --dump=plan. */
#ifndef B2C_PLAN_DUMP_H
#define B2C_PLAN_DUMP_H

#include <stdio.h>

#include "model.h"

/* Maps, programs and types, then the rewritten source after a line "source:". */
void unit_dump(const struct b2c_unit *unit, FILE *out);

/* Probes, outputs with their columns, and the records that both sides share. */
void plan_dump(const struct b2c_plan *plan, FILE *out);

#endif
