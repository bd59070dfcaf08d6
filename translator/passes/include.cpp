// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Drops #includes of kernel headers, whose types vmlinux.h carries, and inlines the user's. */
#include "include.h"

namespace b2c {

void IncludePass::run(Session &session) {
	for (const IncludeUse &use : session.includes()) {
		if (!use.entered.isValid()) {
			session.edits().removeLine(use.span);
			continue;
		}
		unsigned size = session.sources().getBufferData(use.entered).size();
		session.edits().replace(use.span, {Span{use.entered, 0, size}});
	}
}

} // namespace b2c
