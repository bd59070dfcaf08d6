// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What C has and BPF has not, found in the optimized program, before LLVM's back
 * end meets it: there its messages name no construct, and some of them end the
 * process. What the optimizer removes is no error.
 */
#ifndef B2C_FRONTEND_BACKEND_CHECK_H
#define B2C_FRONTEND_BACKEND_CHECK_H

#include <map>
#include <set>
#include <string>
#include <vector>

#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

#include "../diag.h"

namespace b2c {

/// What the kernel gives a program, with all functions that it calls.
constexpr uint64_t stack_bytes = 512;

class BackendCheck {
public:
	BackendCheck(struct b2c_arena *arena, struct b2c_diag *diag) : arena_(arena), diag_(diag) {}

	/// Reports all that can't be translated; then the functions are emptied.
	void run(llvm::Module &module);

	/// A local variable and the function that declares it.
	struct Variable {
		std::string function, name;
		uint64_t size;
		struct b2c_loc loc;
	};

	/// A function that the kernel calls, with the worst chain of those it calls.
	struct StackUse {
		std::string function;
		uint64_t size;
		struct b2c_loc loc;
		std::vector<Variable> variables; ///< the largest first
		bool calls;			 ///< functions that are not inlined
	};

	/// Whether run() reported what is no matter of the stack.
	bool foundErrors() const { return found_errors_; }

	/// What each program needs of the stack; `sizes` as the back end counted for each
	/// function.
	std::vector<StackUse> stackUses(const std::map<std::string, uint64_t> &sizes) const;

	/// Says that `use` is too much.
	void reportStack(const StackUse &use);

private:
	/// A function with what it inlines.
	struct Frame {
		struct b2c_loc loc;
		std::vector<Variable> variables;
		std::set<std::string> calls;
	};

	void check(const llvm::Instruction &instruction);
	void checkCall(const llvm::CallBase &call);
	void checkMemory(const llvm::MemIntrinsic &call);
	void checkRecursion(const llvm::Function &function);
	void checkLoops(llvm::Function &function);
	void noteFrame(llvm::Function &function);
	StackUse chainOf(const std::string &function, const std::map<std::string, uint64_t> &sizes,
			 unsigned depth) const;
	struct b2c_loc placeOf(const llvm::Instruction &instruction) const;
	struct b2c_loc place(const llvm::DILocation *location) const;

	struct b2c_arena *arena_;
	struct b2c_diag *diag_;
	std::map<std::string, Frame> frames_;
	bool found_errors_ = false;
};

} // namespace b2c

#endif
