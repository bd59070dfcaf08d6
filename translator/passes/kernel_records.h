// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Which records are the kernel's: those of vmlinux.h, and private ones of the
 * kernel that the program declares itself (struct mount, struct mnt_namespace)
 * to get at their members. CO-RE relocates both by name.
 */
#ifndef B2C_PASSES_KERNEL_RECORDS_H
#define B2C_PASSES_KERNEL_RECORDS_H

#include <map>
#include <set>

#include "../frontend/session.h"

namespace b2c {

class KernelRecords {
public:
	explicit KernelRecords(Session &session);

	bool isKernel(const clang::RecordDecl *record);

	/// Has Clang relocate the members of the declared ones that were asked for.
	void markDeclared();

private:
	bool isDeclared(const clang::RecordDecl *definition) const;
	void noteObject(clang::QualType type);

	Session &session_;
	std::set<const clang::RecordDecl *> objects_; ///< that exist in BPF memory
	std::map<const clang::RecordDecl *, bool> declared_;
};

} // namespace b2c

#endif
