// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Errors of Clang that can be told in better words once the whole program is
 * parsed: a member of what is no record, on the kernel's side; a name that only
 * other functions declare. They are held back until then.
 */
#ifndef B2C_FRONTEND_LATE_ERRORS_H
#define B2C_FRONTEND_LATE_ERRORS_H

#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/Basic/Diagnostic.h"

#include "../diag.h"
#include "../kernel.h"

namespace b2c {

class LateErrors {
public:
	LateErrors(struct b2c_arena *arena, struct b2c_diag *diag, struct b2c_kernels *kernels)
	    : arena_(arena), diag_(diag), kernels_(kernels) {}

	/// Takes the error if it is one of these. It stands at `loc`, in Clang's words `text`.
	bool take(const clang::Diagnostic &info, struct b2c_loc loc, const std::string &text);

	/// Reports what was taken; without a program in Clang's words.
	void report(clang::ASTContext *ast);

private:
	struct Held {
		unsigned id = 0;
		struct b2c_loc loc = {};
		std::string text;
		clang::SourceRange base; ///< of what has no members
		std::string name;	 ///< the member or the undeclared name
	};

	bool reportMember(const Held &held, clang::ASTContext &ast);
	bool reportName(const Held &held, clang::ASTContext &ast);

	struct b2c_arena *arena_;
	struct b2c_diag *diag_;
	struct b2c_kernels *kernels_;
	std::vector<Held> held_;
};

} // namespace b2c

#endif
