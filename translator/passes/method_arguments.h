// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Checks what a program gives a method of a map, in the method's own words. */
#ifndef B2C_PASSES_METHOD_ARGUMENTS_H
#define B2C_PASSES_METHOD_ARGUMENTS_H

#include "../frontend/session.h"

namespace b2c {

struct MethodWords {
	const char *name;
	const char *arguments; ///< as map_methods.def has them: "ctx, &record, size"
};

/// Whether each argument of the call is of the sort that the method takes; reports those that are
/// not.
bool argumentsFit(Session &session, const clang::CallExpr *call, const MapInfo &map,
		  const MethodWords &method);

} // namespace b2c

#endif
