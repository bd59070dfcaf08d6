// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What has to be said in other words before Clang sees a program: macros of
 * kernel headers that stand for members (aliases.def), and conditionals that
 * ask for the kernel's version or configuration, in its own headers too. Lines
 * keep their numbers.
 */
#ifndef B2C_FRONTEND_RESPELL_H
#define B2C_FRONTEND_RESPELL_H

#include <string>

#include "../frontend.h"
#include "headers.h"
#include "scan.h"

namespace b2c {

/// The request's text, and each header's, with aliases of members and tags that the program
/// does not define itself written out, and with the conditionals decided that this translation
/// decides. A line that goes holds the mark alone until dropMarked. Reports what can't be decided.
std::string respell(const b2c_request &request, struct b2c_diag *diag,
		    std::vector<OwnHeader> &headers);

/// One text with its conditionals decided; `own` is what all of the program's files have.
std::string decideBranches(const b2c_request &request, const Scan &own, struct b2c_diag *diag);

/// Takes marked lines out.
std::string dropMarked(const std::string &text);

} // namespace b2c

#endif
