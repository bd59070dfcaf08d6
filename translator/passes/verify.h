// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The last look at emitted code, as it is compiled: no load through a kernel
 * or user pointer may be left. No pass of passes.def: frontend_compile runs it.
 */
#ifndef B2C_PASSES_VERIFY_H
#define B2C_PASSES_VERIFY_H

#include "clang/AST/ASTContext.h"

#include "../diag.h"

namespace b2c {

/// Reports every such load in the functions of the main file as raw-deref.
void verifyDerefs(clang::ASTContext &ast, struct b2c_arena *arena, struct b2c_diag *diag);

} // namespace b2c

#endif
