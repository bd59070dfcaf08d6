// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Loads through kernel and user pointers become probe reads; writes through
 * them are errors. Where a pointer comes from is the provenance analysis's to say.
 */
#ifndef B2C_PASSES_DEREF_H
#define B2C_PASSES_DEREF_H

#include "pass.h"

namespace b2c {

class DerefPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
