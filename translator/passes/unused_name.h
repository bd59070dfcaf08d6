// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Names for what the emitted source gets beside the program's own. */
#ifndef B2C_PASSES_UNUSED_NAME_H
#define B2C_PASSES_UNUSED_NAME_H

#include <string>

#include "../frontend/session.h"

namespace b2c {

/// `name`, with as many underscores behind it as it takes that the program does not use it.
std::string unusedName(Session &session, std::string name);

} // namespace b2c

#endif
