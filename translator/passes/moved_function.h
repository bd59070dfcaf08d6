// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Writes the function that reads a moved member:
 *
 *	static __always_inline struct gendisk *request_rq_disk(const struct request *request)
 *	{
 *		if (bpf_core_field_exists(struct request_queue, disk))
 *			return BPF_CORE_READ(request, q, disk);
 *		return BPF_CORE_READ((const struct request___rq_disk *)request, rq_disk);
 *	}
 */
#ifndef B2C_PASSES_MOVED_FUNCTION_H
#define B2C_PASSES_MOVED_FUNCTION_H

#include <string>
#include <vector>

#include "../frontend/session.h"

namespace b2c {

/// Breaks the lines of `text` that are longer than 100 columns: a declaration after
/// its type, a comment before its last words, a statement between arguments.
std::string wrapped(llvm::StringRef text);

class MovedFunction {
public:
	/// `type` is the member's in the program; with `address` the function gives
	/// the member's address. Its text goes to the session.
	MovedFunction(Session &session, const std::string &record,
		      const struct b2c_moved_field &moved, clang::QualType type, bool address);

	const std::string &name() const { return name_; }

private:
	/// One arrow of an alternative.
	struct Hop {
		std::string record, member;
		std::string type;	///< of the pointer that it is read through, for a flavour
		std::string bit;	///< enumerator: the bit of it that is meant; "" for all
		bool everywhere = true; ///< on all kernels that have the record
		bool is_bitfield = false;
	};

	std::vector<Hop> hopsOf(llvm::StringRef path);
	bool findHop(Hop &hop, struct b2c_field &ret_field) const;
	std::string flavour(const Hop &hop, const std::string &declaration);
	std::string condition(const std::vector<Hop> &hops) const;
	std::string access(const std::vector<Hop> &hops) const;
	std::string pointer(const std::vector<Hop> &hops, size_t nr) const;
	std::string returnType(clang::QualType type, const struct b2c_moved_field &moved) const;
	std::string body(const struct b2c_moved_field &moved);

	Session &session_;
	std::string record_, name_, result_;
	bool address_, is_array_;
};

} // namespace b2c

#endif
