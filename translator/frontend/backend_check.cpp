// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Looks through the optimized program; see backend_check.h. */
#include "backend_check.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Support/Casting.h"

namespace b2c {

namespace {

using namespace llvm;

constexpr unsigned most_arguments = 5;
/// LLVM writes memset and memcpy as 128 stores of at most 8 bytes.
constexpr uint64_t most_bytes = 128 * 8;

bool isFloat(const Instruction &instruction) {
	auto is = [](const Value *value) {
		return value->getType()->getScalarType()->isFloatingPointTy();
	};

	return is(&instruction) ||
	       any_of(instruction.operands(), [&](const Use &use) { return is(use.get()); });
}

bool isWide(const Instruction &instruction) {
	return instruction.getType()->isIntegerTy() &&
	       instruction.getType()->getIntegerBitWidth() > 64;
}

/// 128-bit arithmetic that takes a function of a library.
bool needsLibrary(const Instruction &instruction) {
	switch (instruction.getOpcode()) {
	case Instruction::Mul:
	case Instruction::UDiv:
	case Instruction::SDiv:
	case Instruction::URem:
	case Instruction::SRem:
		return isWide(instruction);
	case Instruction::Shl:
	case Instruction::LShr:
	case Instruction::AShr:
		return isWide(instruction) && !isa<ConstantInt>(instruction.getOperand(1));
	default:
		return false;
	}
}

bool isSignedDivision(const Instruction &instruction) {
	return instruction.getOpcode() == Instruction::SDiv ||
	       instruction.getOpcode() == Instruction::SRem;
}

/// A call of the compiler's that asks for what BPF has not; NULL if it is none.
const char *missingIntrinsic(const Instruction &instruction) {
	const auto *call = dyn_cast<IntrinsicInst>(&instruction);

	switch (call ? call->getIntrinsicID() : Intrinsic::not_intrinsic) {
	case Intrinsic::returnaddress:
	case Intrinsic::frameaddress:
		return "BPF has no frames to look into";
	case Intrinsic::trap:
	case Intrinsic::debugtrap:
		return "BPF has no trap";
	default:
		return nullptr;
	}
}

/// Bytes of the memory that an atomic operation works on; 0 when it is none.
uint64_t atomicBytes(const Instruction &instruction) {
	const Value *operand = nullptr;

	if (const auto *update = dyn_cast<AtomicRMWInst>(&instruction))
		operand = update->getValOperand();
	else if (const auto *exchange = dyn_cast<AtomicCmpXchgInst>(&instruction))
		operand = exchange->getNewValOperand();
	return operand ? instruction.getModule()->getDataLayout().getTypeStoreSize(
				 operand->getType())
		       : 0;
}

} // namespace

/// Where an instruction comes from; its function where it has several origins.
struct b2c_loc BackendCheck::placeOf(const Instruction &instruction) const {
	const DISubprogram *program = instruction.getFunction()->getSubprogram();
	struct b2c_loc loc = place(instruction.getDebugLoc());

	if (!loc.file && program) {
		loc.file = arena_strdup(arena_, program->getFilename().str().c_str());
		loc.line = program->getLine();
	}
	return loc;
}

struct b2c_loc BackendCheck::place(const DILocation *location) const {
	struct b2c_loc loc = {nullptr, 0, 0, 0};

	if (!location)
		return loc;
	loc.file = arena_strdup(arena_, location->getFilename().str().c_str());
	loc.line = location->getLine();
	loc.column = location->getColumn();
	return loc;
}

void BackendCheck::checkMemory(const MemIntrinsic &call) {
	bool copies = isa<MemTransferInst>(call);
	const auto *length = dyn_cast<ConstantInt>(call.getLength());
	const char *name = isa<MemSetInst>(call)    ? "memset"
			   : isa<MemMoveInst>(call) ? "memmove"
						    : "memcpy";

	if (length && length->getZExtValue() <= most_bytes)
		return;
	struct b2c_loc loc = placeOf(call);
	if (length)
		diag_report(diag_, B2C_DIAG_bpf_memory, loc,
			    "%s of %llu bytes is more than the %llu that BPF can do in place", name,
			    (unsigned long long)length->getZExtValue(),
			    (unsigned long long)most_bytes);
	else
		diag_report(diag_, B2C_DIAG_bpf_memory, loc,
			    "%s of a number of bytes that is not constant", name);
	diag_help(diag_, copies ? "copy with bpf_probe_read_kernel, which takes any size"
				: "bpf_probe_read_kernel from NULL sets any size to zero");
}

void BackendCheck::checkCall(const CallBase &call) {
	const Value *target = call.getCalledOperand()->stripPointerCasts();
	const auto *callee = dyn_cast<Function>(target);
	auto loc = [&] { return placeOf(call); };
	std::string name = callee ? callee->getName().str() : "";

	if (call.isInlineAsm() || (callee && callee->isIntrinsic()) ||
	    (callee && callee->isDeclaration() && callee->hasSection()))
		return;
	if (!callee && !isa<Constant>(target)) {
		diag_report(diag_, B2C_DIAG_bpf_call, loc(),
			    "a function is called through a pointer, which BPF can't do");
		diag_help(diag_, "call it by its name, in a switch where there are several");
	} else if (callee && callee->isDeclaration()) {
		diag_report(diag_, B2C_DIAG_bpf_call, loc(),
			    "'%s' is called, but neither defined nor a BPF helper", name.c_str());
	} else if (callee && callee->isVarArg()) {
		diag_report(diag_, B2C_DIAG_bpf_call, loc(),
			    "'%s' takes a variable number of arguments, which BPF can't pass",
			    name.c_str());
	} else if (callee && (callee->hasStructRetAttr() ||
			      any_of(callee->args(), [](const Argument &argument) {
				      return argument.hasByValAttr();
			      }))) {
		diag_report(diag_, B2C_DIAG_bpf_call, loc(),
			    "'%s' takes or returns a struct, which BPF can't pass", name.c_str());
		diag_help(diag_, "pass a pointer to it, or drop 'noinline'");
	} else if (callee && call.arg_size() > most_arguments) {
		diag_report(diag_, B2C_DIAG_bpf_call, loc(),
			    "'%s' has %u arguments; a function that is not inlined has %u at most",
			    name.c_str(), call.arg_size(), most_arguments);
		diag_help(diag_, "pass a pointer to a struct, or drop 'noinline'");
	}
}

void BackendCheck::check(const Instruction &instruction) {
	auto loc = [&] { return placeOf(instruction); };
	const auto *stack = dyn_cast<AllocaInst>(&instruction);
	uint64_t bytes = atomicBytes(instruction);

	if (const auto *memory = dyn_cast<MemIntrinsic>(&instruction))
		return checkMemory(*memory);
	if (isFloat(instruction)) {
		diag_report(diag_, B2C_DIAG_bpf_float, loc(), "BPF has no floating point");
		diag_help(diag_, "count in a smaller unit, such as thousandths");
	} else if (needsLibrary(instruction)) {
		diag_report(diag_, B2C_DIAG_bpf_operation, loc(),
			    "BPF can't multiply, divide or shift by a variable in 128 bits");
	} else if (isSignedDivision(instruction)) {
		diag_report(diag_, B2C_DIAG_bpf_division, loc(), "BPF has no signed division");
		diag_help(diag_, "cast both sides to u64 where they can't be negative");
	} else if (stack && !stack->isStaticAlloca()) {
		diag_report(diag_, B2C_DIAG_bpf_stack, loc(),
			    "the size of a local variable is not constant");
		diag_help(diag_, "give the array the largest size it can need");
	} else if (isa<IndirectBrInst>(instruction)) {
		diag_report(diag_, B2C_DIAG_bpf_operation, loc(), "BPF has no computed goto");
	} else if (missingIntrinsic(instruction)) {
		diag_report(diag_, B2C_DIAG_bpf_operation, loc(), "%s",
			    missingIntrinsic(instruction));
	} else if (bytes && bytes != 4 && bytes != 8) {
		diag_report(diag_, B2C_DIAG_bpf_operation, loc(),
			    "an atomic operation on %llu bytes; BPF has them on 4 and 8",
			    (unsigned long long)bytes);
	} else if (const auto *call = dyn_cast<CallBase>(&instruction)) {
		checkCall(*call);
	}
}

void BackendCheck::checkRecursion(const Function &function) {
	std::vector<const Function *> waiting = {&function};
	std::set<const Function *> seen;

	while (!waiting.empty()) {
		const Function *from = waiting.back();
		waiting.pop_back();
		for (const Instruction &instruction : instructions(*from)) {
			const auto *call = dyn_cast<CallBase>(&instruction);
			const Function *callee = call ? call->getCalledFunction() : nullptr;
			if (callee == &function) {
				diag_report(diag_, B2C_DIAG_bpf_call, placeOf(*call),
					    "'%s' calls itself, which the verifier refuses",
					    function.getName().str().c_str());
				diag_help(diag_, "write it as a loop with a bound");
				return;
			}
			if (callee && seen.insert(callee).second)
				waiting.push_back(callee);
		}
	}
}

/// A loop that nothing leaves. Whether others end is the verifier's to find out.
void BackendCheck::checkLoops(Function &function) {
	DominatorTree tree(function);
	LoopInfo loops(tree);

	for (const Loop *loop : loops.getLoopsInPreorder()) {
		SmallVector<BasicBlock *> exits;
		loop->getExitBlocks(exits);
		if (!exits.empty())
			continue;
		struct b2c_loc loc = place(loop->getStartLoc());
		if (!loc.line)
			loc = placeOf(*loop->getHeader()->getTerminator());
		diag_report(diag_, B2C_DIAG_bpf_loop, loc, "this loop never ends");
		diag_help(diag_, "give it a bound: for (i = 0; i < MOST; i++)");
	}
}

/// The variable that lives in a part of the stack, or null. Others may hold its address.
static const DILocalVariable *variableIn(AllocaInst *stack, const DILocation *&ret_place) {
	SmallVector<DbgVariableIntrinsic *> calls;
	SmallVector<DbgVariableRecord *> records;

	findDbgUsers(calls, stack, &records);
	for (DbgVariableRecord *record : at::getDVRAssignmentMarkers(stack))
		records.push_back(record);
	for (DbgVariableRecord *record : records) {
		if (!record->isDbgDeclare() && !record->getExpression()->startsWithDeref() &&
		    !(record->isDbgAssign() && record->getAddress() == stack))
			continue;
		ret_place = record->getDebugLoc();
		return record->getVariable();
	}
	return nullptr;
}

void BackendCheck::noteFrame(Function &function) {
	std::map<std::pair<const DILocalVariable *, const DILocation *>, Variable> variables;
	const DISubprogram *program = function.getSubprogram();
	Frame &frame = frames_[function.getName().str()];

	frame.loc = {nullptr, 0, 0, 0};
	if (program) {
		frame.loc.file = arena_strdup(arena_, program->getFilename().str().c_str());
		frame.loc.line = program->getLine();
	}
	for (Instruction &instruction : instructions(function)) {
		auto *stack = dyn_cast<AllocaInst>(&instruction);
		const auto *call = dyn_cast<CallBase>(&instruction);
		const DILocation *declared = nullptr;
		if (call && call->getCalledFunction())
			frame.calls.insert(call->getCalledFunction()->getName().str());
		auto size =
			stack ? stack->getAllocationSize(function.getDataLayout()) : std::nullopt;
		const DILocalVariable *variable = size ? variableIn(stack, declared) : nullptr;
		if (!variable)
			continue;
		// The parts that a variable was split into are one again.
		Variable &entry =
			variables[{variable, declared ? declared->getInlinedAt() : nullptr}];
		entry.function = variable->getScope()->getSubprogram()->getName().str();
		entry.name = variable->getName().str();
		entry.size += size->getFixedValue();
		entry.loc = frame.loc;
		entry.loc.line = variable->getLine();
	}
	for (auto &[key, variable] : variables)
		frame.variables.push_back(std::move(variable));
}

/// Kernels before 6.9 count frames of a chain in steps of 32 bytes. Where the back end did
/// not get to see the program, its variables alone count.
BackendCheck::StackUse BackendCheck::chainOf(const std::string &function,
					     const std::map<std::string, uint64_t> &sizes,
					     unsigned depth) const {
	constexpr unsigned most_frames = 8;
	constexpr uint64_t step = 32;
	auto frame = frames_.find(function);
	auto size = sizes.find(function);
	StackUse use = {function, size == sizes.end() ? 0 : size->second, {}, {}, false}, worst;

	if (frame == frames_.end() || depth == most_frames)
		return use;
	worst.size = 0;
	use.loc = frame->second.loc;
	use.variables = frame->second.variables;
	for (const Variable &variable : use.variables)
		use.size += found_errors_ ? variable.size : 0;
	for (const std::string &callee : frame->second.calls) {
		if (!frames_.count(callee))
			continue;
		StackUse below = chainOf(callee, sizes, depth + 1);
		below.size = std::max<uint64_t>((below.size + step - 1) / step * step, step);
		use.calls = true;
		if (below.size > worst.size)
			worst = below;
	}
	if (use.calls)
		use.size = std::max<uint64_t>((use.size + step - 1) / step * step, step);
	use.size += worst.size;
	use.variables.insert(use.variables.end(), worst.variables.begin(), worst.variables.end());
	return use;
}

std::vector<BackendCheck::StackUse>
BackendCheck::stackUses(const std::map<std::string, uint64_t> &sizes) const {
	std::vector<StackUse> uses;
	std::set<std::string> called;

	for (const auto &[name, frame] : frames_)
		called.insert(frame.calls.begin(), frame.calls.end());
	for (const auto &[name, frame] : frames_)
		if (!called.count(name))
			uses.push_back(chainOf(name, sizes, 0));
	for (StackUse &use : uses)
		std::sort(use.variables.begin(), use.variables.end(),
			  [](const Variable &a, const Variable &b) {
				  return std::tie(b.size, a.name, a.function) <
					 std::tie(a.size, b.name, b.function);
			  });
	return uses;
}

void BackendCheck::reportStack(const StackUse &use) {
	uint64_t declared = 0;

	for (const Variable &variable : use.variables)
		declared += variable.size;
	diag_report(diag_, B2C_DIAG_bpf_stack, use.loc,
		    "'%s'%s takes %llu bytes of the stack, which has %llu", use.function.c_str(),
		    use.calls ? " with what it calls" : "", (unsigned long long)use.size,
		    (unsigned long long)stack_bytes);
	if (use.variables.empty())
		return;
	const Variable &largest = use.variables.front();
	diag_note(diag_, largest.loc, "'%s' is the largest of its variables, with %llu bytes",
		  largest.name.c_str(), (unsigned long long)largest.size);
	if (declared < use.size / 2)
		diag_help(diag_, "the compiler keeps intermediate values there: unroll less, "
				 "or keep fewer values at a time");
	else
		diag_help(diag_, "make it smaller, or keep it in a BPF_PERCPU_ARRAY of one "
				 "element");
}

void BackendCheck::run(Module &module) {
	size_t before = diag_count(diag_, B2C_ERROR);

	for (Function &function : module) {
		if (function.isDeclaration())
			continue;
		for (const Instruction &instruction : instructions(function))
			check(instruction);
		checkRecursion(function);
		checkLoops(function);
		noteFrame(function);
	}
	found_errors_ = diag_count(diag_, B2C_ERROR) > before;
	if (!found_errors_)
		return;
	for (Function &function : module)
		if (!function.isDeclaration())
			function.deleteBody();
}

} // namespace b2c
