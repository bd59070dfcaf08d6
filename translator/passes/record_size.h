// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Sizes of the kernel's records, and steps over arrays of them, where kernels differ. */
#ifndef B2C_PASSES_RECORD_SIZE_H
#define B2C_PASSES_RECORD_SIZE_H

#include "pass.h"

namespace b2c {

class RecordSizePass : public Pass {
public:
	void run(Session &session) override;
};

/// A record of the kernel, complete, that has not the same size on every kernel.
bool hasHostSize(Session &session, clang::QualType type);

/// Whether the address of `expr` is found by a step over such records, so that it is
/// written with b2c_element.
bool isHostStep(Session &session, const clang::Expr *expr);

} // namespace b2c

#endif
