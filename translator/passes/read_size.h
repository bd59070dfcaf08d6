// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Members whose size is not the same on every kernel, and reads of another size than
 * the member's. A plain read of a number that some kernel has in fewer bytes would
 * take what follows it along.
 */
#ifndef B2C_PASSES_READ_SIZE_H
#define B2C_PASSES_READ_SIZE_H

#include "../frontend/session.h"
#include "deref_path.h"
#include "kernel_records.h"

namespace b2c {

/// Sizes in bytes of what a path ends in, over all kernels and spellings.
struct FieldSizes {
	uint32_t least = 0, most = 0; ///< 0: not known
	bool has_bits = false;	      ///< a bit-field on some kernel
	std::string least_on;	      ///< a kernel that has it in `least`

	bool varies() const { return least != most || has_bits; }
};

FieldSizes fieldSizes(Session &session, KernelRecords &records, const DerefPath &path);

/// The member that `call`, a bpf_probe_read or bpf_probe_read_kernel, reads into a
/// number of another size than the member has on some kernel, while kernels differ: then
/// an assignment of the member does it. Else null.
const clang::Expr *varyingFieldOf(Session &session, const clang::CallExpr *call);

/// Warns when `call` reads more bytes than the member has.
void checkReadSize(Session &session, const clang::CallExpr *call);

/// x of a `call` that reads to &x, or null.
const clang::Expr *destinationOf(const clang::CallExpr *call);

} // namespace b2c

#endif
