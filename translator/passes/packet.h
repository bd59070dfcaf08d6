// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Headers of packets as bcc means them: a pointer to one holds an offset in the
 * packet of the function's struct __sk_buff, and its fields are in host order.
 */
#ifndef B2C_PASSES_PACKET_H
#define B2C_PASSES_PACKET_H

#include "pass.h"

namespace b2c {

class PacketPass : public Pass {
public:
	void run(Session &session) override;
};

} // namespace b2c

#endif
