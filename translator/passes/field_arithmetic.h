// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Addresses that are computed from a member's but lie outside of it: what is there is
 * another thing on some kernels. What is read from there is put together from the members
 * that the program means, which have names on every kernel:
 *
 *	static __always_inline unsigned char
 *	inet_sock_rcv_tos_minus_2(const struct inet_sock *inet_sock)
 */
#ifndef B2C_PASSES_FIELD_ARITHMETIC_H
#define B2C_PASSES_FIELD_ARITHMETIC_H

#include <set>
#include <string>

#include "../frontend/session.h"
#include "../kernel_layout.h"
#include "deref_path.h"
#include "kernel_records.h"

namespace b2c {

class FieldArithmetic {
public:
	/// &p->member + offset, in bytes.
	struct Sum {
		const clang::Expr *member = nullptr;
		int64_t offset = 0;
	};

	FieldArithmetic(Session &session, KernelRecords &records)
	    : session_(session), records_(records) {}

	/// The member that `pointer` is computed from, where it is one plus a constant.
	const clang::Expr *memberBeside(const clang::Expr *pointer) const;

	/// Leads `path`, of that member, to the function that reads the `size` bytes at
	/// `pointer`. False when they are not known by names, or the same everywhere.
	bool apply(const clang::Expr *pointer, uint64_t size, DerefPath &path);

	/// How the address of a value of so many bytes begins; it ends in "}".
	static std::string literal(uint64_t size);

	/// Warns about a sum that apply() could do nothing for.
	void check(const clang::Stmt *stmt);

private:
	bool isBeside(const Sum &sum, const DerefPath &path) const;
	std::string read(const std::string &record, const struct b2c_part &part,
			 const std::string &type) const;
	std::string functionFor(const std::string &record, const std::string &path,
				const int64_t range[2], const struct b2c_beside &beside);
	void help(const Sum &sum, const std::string &record, const std::string &path);

	Session &session_;
	KernelRecords &records_;
	std::set<std::string> functions_;
	std::set<const clang::Stmt *> known_;
};

} // namespace b2c

#endif
