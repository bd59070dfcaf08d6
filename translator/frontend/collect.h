// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds what a program declares, before the passes run. */
#ifndef B2C_FRONTEND_COLLECT_H
#define B2C_FRONTEND_COLLECT_H

#include <algorithm>

#include "session.h"

namespace b2c {

/// The items in memory of the arena; null when there are none.
template <typename T> const T *arenaCopy(struct b2c_arena *arena, const std::vector<T> &items) {
	if (items.empty())
		return nullptr;
	T *copy = static_cast<T *>(arena_alloc(arena, items.size() * sizeof(T)));
	std::copy(items.begin(), items.end(), copy);
	return copy;
}

/// Records the macros and includes of the user's files while they are parsed.
void watchPreprocessor(clang::Preprocessor &preprocessor, Preprocessed &ret_preprocessed);

/// Whether a method puts elements into the map and may find no room for them there.
bool mayFindFull(const MapInfo &map, llvm::StringRef method);

/// How many arguments a macro that declares a map takes; false for other macros.
bool mapArguments(const std::string &macro, unsigned &ret_least, unsigned &ret_most);

/// The maps that the prelude's macros declared, and what is submitted to them.
void collectMaps(Session &session);

/// The functions that the kernel calls, and how.
void collectPrograms(Session &session);

/// Pages of 4096 bytes of a ring buffer in place of a perf buffer; a tool gives it as
/// many for each CPU.
constexpr unsigned perf_ring_pages = 64;

/// Which perf buffers become ring buffers. After maps and programs.
void chooseBuffers(Session &session);

/// The local variables of the request that can go to per-CPU maps.
void collectScratch(Session &session);

/// Bytes of the local variables of a program and of what it calls; of the largest program.
uint64_t localBytes(Session &session);

/// What bcc does in the program that a reader may not expect; see semantics.def.
std::vector<struct b2c_semantics> collectSemantics(Session &session);

/// The main file's text with every use of a macro written out whose uses need
/// different translations. False when that can't be done by substitution alone.
bool expandDisagreeing(Session &session, clang::Preprocessor &preprocessor, std::string &ret_text);

/// The programs, with their second forms, for the C side.
void fillPrograms(Session &session, struct b2c_unit &unit);

/// The layout of a type, for the C side. Null for a null type.
const struct b2c_type *layoutOf(Session &session, clang::QualType type);

} // namespace b2c

#endif
