// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Functions that the programs call are always inlined, as bcc does. */
#ifndef B2C_PASSES_HELPER_INLINE_H
#define B2C_PASSES_HELPER_INLINE_H

#include "pass.h"

namespace b2c {

class HelperInlinePass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
