// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Members that moved between kernels (data/fields.def): the part of an access
 * path that spells one becomes the call of a small function, written once to
 * the head of the emitted source, that takes the member which the host has.
 */
#ifndef B2C_PASSES_DEREF_MOVED_H
#define B2C_PASSES_DEREF_MOVED_H

#include <map>
#include <string>

#include "../frontend/session.h"
#include "deref_path.h"
#include "kernel_records.h"

namespace b2c {

class MovedFields {
public:
	MovedFields(Session &session, KernelRecords &records)
	    : session_(session), records_(records) {}

	/// Puts calls into `path` for the members that moved. `address`: of what the
	/// path ends in only the address is wanted. True when it found any.
	bool apply(DerefPath &path, bool address);

	/// Whether `path` has an element of an array that moved: that takes the
	/// array's address first.
	bool hasElement(const DerefPath &path);

private:
	/// Steps that spell a moved member: from step `start` of an accessor, which is
	/// within another record unless 0, up to step `steps` of accessor `last`.
	struct Match {
		size_t start = 0, last = 0, steps = 0;
		const clang::FieldDecl *field = nullptr;
		struct b2c_moved_field moved = {};
	};

	bool find(const DerefPath &path, size_t first, Match &ret_match);
	bool findFrom(const DerefPath &path, size_t first, size_t start, Match &ret_match);
	bool isMoved(const std::string &record, const std::string &spelling,
		     struct b2c_moved_field &ret_moved);
	std::string functionFor(const std::string &record, const Match &match, bool address);

	Session &session_;
	KernelRecords &records_;
	std::map<std::string, bool> known_;
	std::map<std::string, struct b2c_moved_field> moved_;
};

} // namespace b2c

#endif
