// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Copies the kernel constants that a program uses from the prelude; drops __user. */
#ifndef B2C_PASSES_CONSTANT_H
#define B2C_PASSES_CONSTANT_H

#include "pass.h"

namespace b2c {

class ConstantPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
