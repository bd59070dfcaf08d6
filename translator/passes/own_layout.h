// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Records that a program declares to get at members of a kernel record it can't include:
 * struct cfs_rq_partial for struct cfs_rq. Its name goes on where the kernel's ends, and
 * pointers to the kernel's record, and no others, are cast to pointers to it. Members that
 * the kernel's record has too are then read from that, wherever the host has them.
 */
#ifndef B2C_PASSES_OWN_LAYOUT_H
#define B2C_PASSES_OWN_LAYOUT_H

#include <map>

#include "../frontend/session.h"
#include "deref_path.h"

namespace b2c {

class OwnLayouts {
public:
	explicit OwnLayouts(Session &session);

	/// Leads a path through such a record to the kernel's. False when it is none.
	bool apply(DerefPath &path) const;

private:
	const clang::RecordDecl *kernelRecord(const clang::RecordDecl *own) const;

	Session &session_;
	/// By the program's record; null when pointers to several records are cast to it.
	std::map<const clang::RecordDecl *, const clang::RecordDecl *> sources_;
};

} // namespace b2c

#endif
