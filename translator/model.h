// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The three models a translation passes through, all plain C in one arena:
 *
 *   struct b2c_unit      what the source is          model_unit.h
 *   struct b2c_manifest  what the user asks for      model_manifest.h
 *   struct b2c_plan      what will be emitted        model_plan.h
 *
 * Strings are NUL-terminated and owned by the arena. `loc` is where a thing
 * stands in the user's files.
 */
#ifndef B2C_MODEL_H
#define B2C_MODEL_H

#include "model_plan.h"

#endif
