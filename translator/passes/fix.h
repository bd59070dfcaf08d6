// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The fixes of --fix=: where bcc's behaviour is questionable, a better one. Forms
 * of methods are rows of fixes.def; the pass does what is no method: additions
 * in place, and the variables that fixed forms need.
 */
#ifndef B2C_PASSES_FIX_H
#define B2C_PASSES_FIX_H

#include "pass.h"

namespace b2c {

/// The form of a method that a fix asks for, or null: the row of map_methods.def stands.
const char *fixedForm(Session &session, llvm::StringRef method, const MapInfo &map);

class FixPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
