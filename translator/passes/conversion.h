// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Conversions between numbers and addresses that the program leaves to the compiler. */
#ifndef B2C_PASSES_CONVERSION_H
#define B2C_PASSES_CONVERSION_H

#include "pass.h"

namespace b2c {

class ConversionPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
