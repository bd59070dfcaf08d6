// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Which headers are the kernel's, and the program's own ones. */
#ifndef B2C_FRONTEND_HEADERS_H
#define B2C_FRONTEND_HEADERS_H

#include <string>
#include <vector>

#include "../frontend.h"
#include "scan.h"

namespace b2c {

/// Whether an #include names a header of the kernel, by its first folder.
bool isKernelHeader(const std::string &path);

/// A header of the program: its path as Clang will ask for it.
struct OwnHeader {
	std::string path, text;
	unsigned offset; ///< of the program's #include that brings it in
};

/// The headers that the program includes, and those that they include, each once.
std::vector<OwnHeader> readHeaders(const b2c_request &request);

/// Adds the words of the headers to those of the source.
void scanHeaders(const std::vector<OwnHeader> &headers, Scan &scan);

} // namespace b2c

#endif
