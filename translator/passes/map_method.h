// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* m.lookup(\&k) and its kin become calls of BPF helpers. */
#ifndef B2C_PASSES_MAP_METHOD_H
#define B2C_PASSES_MAP_METHOD_H

#include "pass.h"

namespace b2c {

class MapMethodPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
