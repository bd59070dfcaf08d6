// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Numbers that only the host knows (CPUs, size of a page, HZ) and its clock, jiffies. */
#ifndef B2C_PASSES_HOST_VALUE_H
#define B2C_PASSES_HOST_VALUE_H

#include "pass.h"

namespace b2c {

class HostValuePass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
