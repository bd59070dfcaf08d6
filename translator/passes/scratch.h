// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Variables that the stack has no room for become pointers to a per-CPU map's value. */
#ifndef B2C_PASSES_SCRATCH_H
#define B2C_PASSES_SCRATCH_H

#include "pass.h"

namespace b2c {

class ScratchPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
