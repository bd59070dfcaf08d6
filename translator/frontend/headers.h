// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Which headers are the kernel's, and the program's own ones. */
#ifndef B2C_FRONTEND_HEADERS_H
#define B2C_FRONTEND_HEADERS_H

#include <string>

#include "../frontend.h"
#include "scan.h"

namespace b2c {

/// Whether an #include names a header of the kernel, by its first folder.
bool isKernelHeader(const std::string &path);

/// Reads the words of the program's own headers too, each once, beside those of the source.
void scanHeaders(const b2c_request &request, Scan &scan);

} // namespace b2c

#endif
