// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The access path of a load: a pointer and the members that lead from it to
 * what is read, one accessor for each arrow, as BPF_CORE_READ takes them.
 */
#ifndef B2C_PASSES_DEREF_PATH_H
#define B2C_PASSES_DEREF_PATH_H

#include <string>
#include <vector>

#include "clang/AST/Expr.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace b2c {

/// One arrow: the dotted members, with constant indices, behind it.
struct Accessor {
	struct Step {
		std::string name; ///< "" for an index
		const clang::Expr *index = nullptr;
		const clang::FieldDecl *field = nullptr;
	};
	const clang::RecordDecl *record = nullptr; ///< that the arrow's pointer points to
	std::vector<Step> steps;
	const clang::FieldDecl *leaf = nullptr; ///< the last member
	std::string function;	    ///< a call of it with the pointer stands for the arrow
	bool gives_address = false; ///< of where the member is, not of what it holds

	bool hasIndex() const;
};

struct DerefPath {
	const clang::Expr *base = nullptr; ///< a pointer; with `address_of` an lvalue
	bool address_of = false;
	std::string cast; ///< the type that `base` is to be taken for; "" for its own
	std::vector<Accessor> accessors;	 ///< none: what the pointer points to is read
	std::vector<const clang::Stmt *> folded; ///< what became a part of this path

	bool sized = false; ///< its last member, a number, has other sizes on other kernels

	/// Whether the read needs the relocated size and place of its last member.
	bool isBitField() const;
};

/// Takes `lvalue` apart. A pointer that is itself loaded becomes one more arrow
/// when `folds` says so of its lvalue. False when it is no memory behind a pointer.
bool pathOf(const clang::Expr *lvalue, const clang::ASTContext &ast,
	    llvm::function_ref<bool(const clang::Expr *)> folds, DerefPath &ret_path);

} // namespace b2c

#endif
