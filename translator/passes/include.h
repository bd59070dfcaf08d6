// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Drops #includes of kernel headers, whose types vmlinux.h carries, and inlines the user's. */
#ifndef B2C_PASSES_INCLUDE_H
#define B2C_PASSES_INCLUDE_H

#include "pass.h"

namespace b2c {

class IncludePass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
