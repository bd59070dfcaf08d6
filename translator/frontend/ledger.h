// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What the semantics ledger and the fixes ask of a program: kinds of maps in
 * groups, what a change of memory is a change of, whether a result is used.
 */
#ifndef B2C_FRONTEND_LEDGER_H
#define B2C_FRONTEND_LEDGER_H

#include "session.h"

namespace b2c {

namespace kinds {

constexpr unsigned bit(enum b2c_map_kind kind) {
	return 1u << kind;
}

constexpr unsigned ANY = ~0u;
constexpr unsigned HASH = bit(B2C_MAP_HASH);
/// Every CPU sees the same value.
constexpr unsigned SHARED = HASH | bit(B2C_MAP_LRU_HASH) | bit(B2C_MAP_ARRAY);
/// increment() of bcc inserts in plain hashes only; an array has all its keys.
constexpr unsigned NEVER_INSERTED =
	bit(B2C_MAP_PERCPU_HASH) | bit(B2C_MAP_LRU_HASH) | bit(B2C_MAP_LRU_PERCPU_HASH);
/// The others make room, or have it.
constexpr unsigned CAN_BE_FULL = HASH | bit(B2C_MAP_PERCPU_HASH);

} // namespace kinds

/// The map and the method of a call such as counts.increment(key); null for other calls.
const MapInfo *methodOf(Session &session, const clang::CallExpr *call, std::string &ret_method);

/// Whether nothing takes the value of an expression.
bool isUnused(clang::ASTContext &ast, const clang::Expr *expr);

/// The map of one of the kinds whose value an lvalue is, or is a part of; null when there is none.
const MapInfo *mapOfValue(Session &session, const clang::Expr *lvalue, unsigned map_kinds);

/// An addition in place: `*v += n`, `v->count++`. Null when `stmt` is none.
const clang::Expr *addedLvalue(const clang::Stmt *stmt);

/// Whether BPF can do the addition atomically: integers of 4 and 8 bytes, result unused.
bool canAddAtomically(Session &session, const clang::Stmt *stmt);

/// Whether a map's value is small enough for a second one on the stack.
bool hasSmallValue(Session &session, const MapInfo &map);

} // namespace b2c

#endif
