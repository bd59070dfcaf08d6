// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Enumerators of the kernel whose value depends on the host become CO-RE reads of it. */
#ifndef B2C_PASSES_ENUMERATOR_H
#define B2C_PASSES_ENUMERATOR_H

#include "pass.h"

namespace b2c {

class EnumeratorPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
