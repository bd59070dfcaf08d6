// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* A signed division becomes an unsigned one with the sign put right. */
#ifndef B2C_PASSES_SIGNED_DIVISION_H
#define B2C_PASSES_SIGNED_DIVISION_H

#include "pass.h"

namespace b2c {

class SignedDivisionPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
