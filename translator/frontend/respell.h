// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What has to be said in other words before Clang sees a program: macros of
 * kernel headers that stand for members (aliases.def), and conditionals that
 * ask for the kernel's version or configuration. Lines keep their numbers.
 */
#ifndef B2C_FRONTEND_RESPELL_H
#define B2C_FRONTEND_RESPELL_H

#include <string>

#include "../frontend.h"

namespace b2c {

/// `text` with the aliases of members and tags that it does not define itself written out.
std::string respellAliases(const std::string &text);

/// The request's text with the conditionals that this translation decides. A line that
/// goes holds the mark alone until dropMarked. Reports what can't be decided.
std::string decideBranches(const b2c_request &request, struct b2c_diag *diag);

/// Takes marked lines out.
std::string dropMarked(const std::string &text);

} // namespace b2c

#endif
