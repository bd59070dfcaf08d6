// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Kernel records that are read as a whole. The copy has the size of the build's
 * kernel, and members of the copy are relocated as those behind a pointer are. So
 * it is right while every member that is used lies within that size on every
 * kernel. Where one does not, the variable shrinks to the members that are used and
 * these are read one by one; what can't be followed is a warning.
 */
#ifndef B2C_PASSES_WHOLE_STRUCT_H
#define B2C_PASSES_WHOLE_STRUCT_H

#include <map>
#include <set>
#include <string>

#include "../frontend/session.h"

namespace b2c {

class WholeStruct {
public:
	explicit WholeStruct(Session &session);

	/// `load` reads a record of the kernel from `lvalue`.
	void checkLoad(const clang::Stmt *load, const clang::Expr *lvalue);

	/// `call` is a bpf_probe_read or bpf_probe_read_kernel.
	void checkRead(const clang::CallExpr *call);

private:
	/// What the program does with a copy.
	struct Uses {
		std::set<std::string> members;
		bool escapes = false;  ///< elsewhere than to its members
		bool assigned = false; ///< also by plain C
	};

	/// A record, where it is copied from, and the variable it goes to; or null.
	struct Copy {
		const clang::Expr *from;
		const clang::RecordDecl *record;
		const clang::VarDecl *to;
		const clang::CallExpr *read; ///< null: by a load
	};

	void check(const Copy &copy);
	bool readMembers(const Copy &copy, const std::string &tag, const Uses &uses);
	std::string partOf(const std::string &tag, const Uses &uses);
	bool usesOf(const clang::VarDecl *copy, Uses &ret_uses) const;
	std::string troubleWith(const std::string &tag, const std::string &member) const;
	uint32_t sizeOf(const std::string &tag) const;

	Session &session_;
	std::map<const clang::Stmt *, const clang::VarDecl *> copies_; ///< by their loads
	std::map<const clang::VarDecl *, const clang::FunctionDecl *> owners_;
	std::map<const clang::VarDecl *, const clang::DeclStmt *> declared_;
	std::set<const clang::VarDecl *> shrunk_;
};

} // namespace b2c

#endif
