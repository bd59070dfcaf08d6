// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* All passes of passes.def, in its order, or those that the request names. */
#ifndef B2C_PASSES_RUN_H
#define B2C_PASSES_RUN_H

namespace b2c {

class Session;

void runPasses(Session &session);

} // namespace b2c

#endif
