// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* bpf_trace_printk(fmt, ...) becomes bpf_printk(fmt, ...). */
#ifndef B2C_PASSES_TRACE_PRINTK_H
#define B2C_PASSES_TRACE_PRINTK_H

#include "pass.h"

namespace b2c {

class TracePrintkPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
