// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * bpf_probe_read and bpf_probe_read_str, which mean either memory, become the
 * helper of the memory that they read.
 */
#ifndef B2C_PASSES_PROBE_READ_H
#define B2C_PASSES_PROBE_READ_H

#include "pass.h"

namespace b2c {

class ProbeReadPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
