// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* An index into an array of a map's value keeps its bound where the verifier sees it. */
#ifndef B2C_PASSES_INDEX_BOUND_H
#define B2C_PASSES_INDEX_BOUND_H

#include "pass.h"

namespace b2c {

class IndexBoundPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
