// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* BPF_HASH(m, K, V) and its kin become maps in section .maps. */
#ifndef B2C_PASSES_MAP_DECL_H
#define B2C_PASSES_MAP_DECL_H

#include "pass.h"

namespace b2c {

class MapDeclPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
