// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Words that macros of a program make of their arguments, which a scan of its tokens does not see.
 */
#ifndef B2C_FRONTEND_PASTED_H
#define B2C_FRONTEND_PASTED_H

#include <vector>

#include "../frontend.h"
#include "headers.h"
#include "scan.h"

namespace b2c {

/// Adds the words, and the tracepoints that they name, to those of the scan; does nothing for a
/// program whose macros make none.
void scanPasted(const b2c_request &request, const std::vector<OwnHeader> &headers,
		struct b2c_arena *arena, Scan &scan);

} // namespace b2c

#endif
