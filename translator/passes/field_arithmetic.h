// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Addresses computed from a member's that lie outside of the member, as bcc tools
 * get at bit-fields, which have no address: what lies there differs between kernels.
 */
#ifndef B2C_PASSES_FIELD_ARITHMETIC_H
#define B2C_PASSES_FIELD_ARITHMETIC_H

#include "../frontend/session.h"
#include "kernel_records.h"

namespace b2c {

/// Warns when `stmt` adds a constant to the address of a member of the kernel's and
/// leaves the member with it.
void checkFieldArithmetic(Session &session, KernelRecords &records, const clang::Stmt *stmt);

} // namespace b2c

#endif
