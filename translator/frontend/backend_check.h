// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * What C has and BPF has not, found in the optimized program, before LLVM's back
 * end meets it: there its messages name no construct, and some of them end the
 * process. What the optimizer removes is no error.
 */
#ifndef B2C_FRONTEND_BACKEND_CHECK_H
#define B2C_FRONTEND_BACKEND_CHECK_H

#include <string>
#include <vector>

#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

#include "../diag.h"

namespace b2c {

class BackendCheck {
public:
	BackendCheck(struct b2c_arena *arena, struct b2c_diag *diag) : arena_(arena), diag_(diag) {}

	/// Reports all that can't be translated; then the functions are emptied.
	void run(llvm::Module &module);

	/// Says which functions have large variables, once the back end has run out of stack.
	void reportStack();

private:
	struct Variable {
		std::string name;
		uint64_t size;
		struct b2c_loc loc;
	};
	struct Frame {
		std::string function;
		uint64_t size;
		struct b2c_loc loc;
		std::vector<Variable> variables; ///< the largest first
	};

	void check(const llvm::Instruction &instruction);
	void checkCall(const llvm::CallBase &call);
	void checkMemory(const llvm::MemIntrinsic &call);
	void checkRecursion(const llvm::Function &function);
	void noteFrame(llvm::Function &function);
	void reportFrame(const Frame &frame);
	struct b2c_loc placeOf(const llvm::Instruction &instruction) const;
	struct b2c_loc place(const llvm::DILocation *location) const;

	struct b2c_arena *arena_;
	struct b2c_diag *diag_;
	std::vector<Frame> frames_;
};

} // namespace b2c

#endif
