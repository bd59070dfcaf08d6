// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * memcpy and its kin, which the compiler turns into plain loads: from kernel or
 * user memory a copy becomes a probe read, anything else is an error.
 */
#ifndef B2C_PASSES_DEREF_MEMORY_H
#define B2C_PASSES_DEREF_MEMORY_H

#include "../frontend/session.h"

namespace b2c {

void rewriteMemoryCall(Session &session, const clang::CallExpr *call);

} // namespace b2c

#endif
