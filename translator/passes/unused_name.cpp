// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
#include "unused_name.h"

namespace b2c {

std::string unusedName(Session &session, std::string name) {
	while (session.ast().Idents.find(name) != session.ast().Idents.end())
		name += "_";
	return name;
}

} // namespace b2c
