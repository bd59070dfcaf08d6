// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The interface of a pass. A pass looks at the untouched AST of a session,
 * adds edits and reports what it can't translate. It sees no other pass's
 * work; passes.def lists them all.
 */
#ifndef B2C_PASSES_PASS_H
#define B2C_PASSES_PASS_H

#include "../frontend/session.h"

namespace b2c {

class Pass {
public:
	virtual ~Pass() = default;
	virtual void run(Session &session) = 0;
};

} // namespace b2c

#endif
