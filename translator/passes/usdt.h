// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* bpf_usdt_readarg() and bpf_usdt_readarg_p() to libbpf's bpf_usdt_arg(). */
#ifndef B2C_PASSES_USDT_H
#define B2C_PASSES_USDT_H

#include "pass.h"

namespace b2c {

class UsdtPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
