// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* args->field of a tracepoint becomes a member of its trace_event_raw record. */
#ifndef B2C_PASSES_TRACEPOINT_ARGS_H
#define B2C_PASSES_TRACEPOINT_ARGS_H

#include "pass.h"

namespace b2c {

class TracepointArgsPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
