// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Functions that the kernel calls get their SEC() and the signature libbpf wants. */
#ifndef B2C_PASSES_PROGRAM_H
#define B2C_PASSES_PROGRAM_H

#include "pass.h"

namespace b2c {

class ProgramPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
