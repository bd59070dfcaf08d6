// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Decides which kprobe and kretprobe programs get a second form, as fentry or fexit: those
 * that do the same in both. Whatever is in doubt stays a kprobe alone. Whether a host can have
 * the second form is for the tool to find out.
 */
#ifndef B2C_PASSES_TWO_FORMS_H
#define B2C_PASSES_TWO_FORMS_H

#include <set>
#include <string>
#include <vector>

#include "../frontend/session.h"

namespace b2c {

class TwoForms {
public:
	TwoForms(Session &session, ProgramInfo &program);

	/// Fills program.fast. The places of parameters are known (ParameterBinder).
	void decide();

	/// Where the program reads its result; of a program whose second form exists.
	const std::set<const MacroUse *> &results() const { return results_; }

private:
	std::string troubleWithPlace();
	std::string troubleWithTarget(const std::string &name);
	std::string troubleWithPrototype(const struct b2c_prototype &prototype);
	std::string troubleWithContext(const clang::FunctionDecl *function, unsigned index);
	std::string troubleWithUse(const clang::CallExpr *call, const clang::ParmVarDecl *context,
				   std::set<const clang::Expr *> &fine);
	std::string troubleWithArithmetic();
	void collectTargets();
	void collectReached(const clang::FunctionDecl *function);
	void collectNumbers();
	bool isPlace(const clang::Expr *expr) const;
	bool isResult(const clang::DeclRefExpr *ref);
	bool isCalled() const;
	void name();

	Session &session_;
	ProgramInfo &program_;
	struct b2c_kernels *kernels_;
	bool at_return_;
	std::vector<std::string> targets_;
	size_t nr_attaches_ = 0;
	const struct b2c_attach *attach_ = nullptr; ///< null: by its name
	bool is_known_ = false;			    ///< the prototype of one target
	bool counts_differ_ = false;		    ///< of arguments, between kernels or targets
	unsigned nr_arguments_ = 0;		    ///< on the newest kernel that has it
	std::set<const clang::FunctionDecl *> contexts_; ///< whose context was looked at
	std::set<const clang::FunctionDecl *> reached_;	 ///< the program and what it calls
	std::set<const clang::ValueDecl *> numbers_;	 ///< that hold a pointer's value
	std::set<const MacroUse *> results_;
};

} // namespace b2c

#endif
