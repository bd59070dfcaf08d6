// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * A walk over the statements of a function that leaves out what is never
 * evaluated: operands of sizeof and of __builtin_preserve_field_info and its
 * kin, the arms that _Generic and __builtin_choose_expr do not take.
 */
#ifndef B2C_FRONTEND_WALK_H
#define B2C_FRONTEND_WALK_H

#include <string>

#include "clang/AST/Expr.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace b2c {

/// Calls `visit` for `stmt` and all below it, parents first.
void walkEvaluated(const clang::Stmt *stmt, llvm::function_ref<void(const clang::Stmt *)> visit);

/// Calls `visit` for every variable declared in `stmt` and below it.
void walkVariables(const clang::Stmt *stmt, llvm::function_ref<void(const clang::VarDecl *)> visit);

/// Name of the function, or of the variable that holds it, that a call names; or "".
std::string calleeName(const clang::CallExpr *call);

/// Without parentheses, __extension__, and the arms that are not taken.
const clang::Expr *strip(const clang::Expr *expr);

/// The lvalue that a load reads, or null when `stmt` is no load.
const clang::Expr *loadedLvalue(const clang::Stmt *stmt);

/// The lvalue that an assignment, ++ or -- writes, or null.
const clang::Expr *writtenLvalue(const clang::Stmt *stmt);

/// A call that the compiler turns into loads and stores, such as memcpy: bits of
/// the arguments whose targets it reads and writes. False for other calls.
bool isMemoryCall(const clang::CallExpr *call, unsigned &ret_reads, unsigned &ret_writes);

/// Where the operator stands that makes the access of an lvalue: ->, * or ].
clang::SourceLocation accessLocation(const clang::Expr *lvalue);

} // namespace b2c

#endif
