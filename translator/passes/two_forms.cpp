// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The rules; two_forms.h says what for. */
#include "two_forms.h"

#include <algorithm>

#include "../frontend/provenance.h"
#include "../frontend/walk.h"
#include "unused_name.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

/// What a trampoline of x86-64 takes on every kernel that has them.
constexpr unsigned most_arguments = 6;

const char *const program_calls[] = {
#define PREFIX(text) text,
#include "program_calls.def"
#undef PREFIX
};

/// The wrappers of system calls: their one argument are the registers of the caller.
const char *const wrappers[] = {"__x64_sys_", "__arm64_sys_", "__ia32_", "__se_sys_", "sys_"};

/// Calls that take the context of any program and do the same with it.
const char *const any_context[] = {"perf_submit", "perf_submit_skb", "bpf_perf_event_output",
				   "bpf_skb_output"};

template <typename Rows> bool beginsWithAny(llvm::StringRef name, const Rows &rows) {
	return std::any_of(std::begin(rows), std::end(rows),
			   [&](const char *row) { return name.starts_with(row); });
}

/// The function, map method or helper that a call names.
std::string calledName(const CallExpr *call) {
	if (auto *member = dyn_cast<MemberExpr>(call->getCallee()->IgnoreParenImpCasts()))
		return member->getMemberDecl()->getNameAsString();
	return calleeName(call);
}

const ValueDecl *namedBy(const Expr *expr) {
	expr = expr->IgnoreParenCasts();
	if (auto *ref = dyn_cast<DeclRefExpr>(expr))
		return ref->getDecl();
	if (auto *member = dyn_cast<MemberExpr>(expr))
		return member->getMemberDecl();
	return nullptr;
}

/// Operators that the verifier refuses for pointers that it knows.
bool isForNumbers(BinaryOperatorKind kind) {
	return (BinaryOperator::isMultiplicativeOp(kind) || BinaryOperator::isShiftOp(kind) ||
		BinaryOperator::isBitwiseOp(kind) ||
		(kind >= BO_MulAssign && kind <= BO_OrAssign && kind != BO_AddAssign &&
		 kind != BO_SubAssign));
}

} // namespace

TwoForms::TwoForms(Session &session, ProgramInfo &program)
    : session_(session), program_(program), kernels_(session.request().kernels),
      at_return_(program.kind == B2C_ATTACH_KRETPROBE) {
}

/* ---- where it is attached ---- */

void TwoForms::collectTargets() {
	const b2c_request &request = session_.request();

	for (size_t i = 0; i < request.nr_attaches; i++) {
		const struct b2c_attach &attach = request.attaches[i];
		if (program_.function->getName() != attach.run.text)
			continue;
		attach_ = &attach;
		nr_attaches_++;
		for (size_t k = 0; k < attach.nr_targets; k++)
			targets_.push_back(attach.targets[k].text);
	}
	if (!nr_attaches_ && program_.self_attach)
		targets_.push_back(program_.target);
}

bool TwoForms::isCalled() const {
	const b2c_request &request = session_.request();
	bool called = false;

	for (size_t i = 0; i < request.nr_called; i++)
		called |= program_.function->getName() == request.called[i].text;
	for (const FunctionDecl *function : session_.userFunctions())
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
			auto *ref = dyn_cast<DeclRefExpr>(stmt);
			called |= ref && ref->getDecl()->getCanonicalDecl() ==
						 program_.function->getCanonicalDecl();
		});
	return called;
}

std::string TwoForms::troubleWithPlace() {
	if (attach_ && !attach_->trampoline)
		return "the manifest says 'trampoline: false'";
	if (nr_attaches_ > 1)
		return "it is attached more than once";
	if (attach_ && (attach_->match.text || attach_->offset))
		return "it is not for the start of one function";
	if (targets_.empty() || targets_[0].empty())
		return "no function is named";
	if (isCalled())
		return "other programs call it";
	for (const std::string &target : targets_) {
		std::string trouble = troubleWithTarget(target);
		if (!trouble.empty())
			return trouble;
	}
	return is_known_ ? "" : "no kernel of the data has the prototype of its function";
}

std::string TwoForms::troubleWithTarget(const std::string &name) {
	struct b2c_prototype prototype;

	if (beginsWithAny(name, wrappers))
		return "'" + name + "' is the wrapper of a system call";
	if (beginsWithAny(name, program_calls))
		return "programs may get to '" + name + "' themselves";
	for (size_t i = 0; i < kernels_count(kernels_); i++) {
		if (kernel_function_copy(kernels_, i, name.c_str()))
			return std::string("there are only copies of its function on ") +
			       kernel_name(kernels_, i);
		if (kernel_function_prototype(kernels_, i, name.c_str(), &prototype))
			continue;
		std::string trouble = troubleWithPrototype(prototype);
		if (!trouble.empty())
			return trouble + " on " + kernel_name(kernels_, i);
		if (is_known_)
			counts_differ_ |= nr_arguments_ != prototype.nr_parameters;
		nr_arguments_ = static_cast<unsigned>(prototype.nr_parameters);
		is_known_ = true;
	}
	return "";
}

/// Whether a trampoline takes the function, and finds there what the registers have.
std::string TwoForms::troubleWithPrototype(const struct b2c_prototype &prototype) {
	std::string function = std::string("'") + prototype.text + "'";

	if (prototype.is_variadic || prototype.nr_parameters > most_arguments)
		return function + " has too many arguments";
	if (prototype.returns_record)
		return function + " returns a record by value";
	for (size_t i = 0; i < prototype.nr_parameters; i++)
		if (prototype.parameters[i].is_record || prototype.parameters[i].size > 8)
			return function + " takes a record by value";
	for (unsigned i = 1; !at_return_ && i < program_.function->getNumParams(); i++) {
		const ParmVarDecl *parameter = program_.function->getParamDecl(i);
		if (!parameter->isReferenced())
			continue;
		std::string name = "'" + parameter->getName().str() + "'";
		if (i > prototype.nr_parameters)
			return function + " has no " + name;
		const struct b2c_parameter &there = prototype.parameters[i - 1];
		if (session_.ast().getTypeSize(parameter->getType()) > 8 * there.size)
			return name + " is larger than what " + function + " has there";
		if (!there.is_pointer || parameter->getType()->isPointerType())
			continue;
		if (session_.ast().getTypeSize(parameter->getType()) < 64)
			return name + " is a part of a pointer of " + function;
		numbers_.insert(parameter);
	}
	return "";
}

/* ---- what it does with its context ---- */

/// PT_REGS_RC(ctx) of a kretprobe, written in the program's own text.
bool TwoForms::isResult(const DeclRefExpr *ref) {
	SourceLocation place = session_.sources().getExpansionLoc(ref->getLocation());

	if (!at_return_ || ref->getLocation().isFileID())
		return false;
	for (const MacroUse &use : session_.macroUses()) {
		if (!use.ours || use.name != "PT_REGS_RC" || use.range.getBegin() != place)
			continue;
		results_.insert(&use);
		return true;
	}
	return false;
}

std::string TwoForms::troubleWithUse(const CallExpr *call, const ParmVarDecl *context,
				     std::set<const Expr *> &fine) {
	std::string name = calledName(call);

	for (unsigned i = 0; i < call->getNumArgs(); i++) {
		const Expr *argument = call->getArg(i)->IgnoreParenCasts();
		auto *ref = dyn_cast<DeclRefExpr>(argument);
		if (!ref || ref->getDecl() != context)
			continue;
		const FunctionDecl *callee = call->getDirectCallee();
		callee = callee ? callee->getDefinition() : nullptr;
		fine.insert(ref);
		if (std::find(std::begin(any_context), std::end(any_context), name) !=
		    std::end(any_context))
			continue;
		if (!callee || i >= callee->getNumParams())
			return "it gives its context to '" + name + "'";
		size_t nr = results_.size();
		std::string trouble = contexts_.count(callee) ? "" : troubleWithContext(callee, i);
		if (trouble.empty() && results_.size() > nr)
			trouble = "'" + name + "' reads its result";
		if (!trouble.empty())
			return trouble;
	}
	return "";
}

std::string TwoForms::troubleWithContext(const FunctionDecl *function, unsigned index) {
	const ParmVarDecl *context =
		index < function->getNumParams() ? function->getParamDecl(index) : nullptr;
	std::set<const Expr *> fine;
	std::string trouble;

	contexts_.insert(function);
	walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
		auto *call = dyn_cast<CallExpr>(stmt);
		auto *ref = dyn_cast<DeclRefExpr>(stmt);
		if (!trouble.empty() || !context)
			return;
		if (call)
			trouble = troubleWithUse(call, context, fine);
		else if (ref && ref->getDecl() == context && !fine.count(ref) && !isResult(ref))
			trouble = "it reads registers";
	});
	return trouble;
}

/* ---- what it does with pointers ---- */

void TwoForms::collectReached(const FunctionDecl *function) {
	reached_.insert(function);
	walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
		auto *call = dyn_cast<CallExpr>(stmt);
		const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
		callee = callee ? callee->getDefinition() : nullptr;
		if (callee && !reached_.count(callee))
			collectReached(callee);
	});
}

/// An expression for a pointer of the kernel that became a number.
bool TwoForms::isPlace(const Expr *expr) const {
	const ValueDecl *named = namedBy(expr);
	const Expr *inner = expr->IgnoreParenCasts();

	if (named && numbers_.count(named))
		return true;
	return inner->getType()->isPointerType() && !expr->getType()->isPointerType() &&
	       session_.provenance().of(inner) != Origin::None &&
	       session_.provenance().of(inner) != Origin::Bpf;
}

/// The variables, members and parameters that get the number of a pointer.
void TwoForms::collectNumbers() {
	auto add = [&](const ValueDecl *to, const Expr *from) {
		if (to && from && !to->getType()->isPointerType() && isPlace(from))
			numbers_.insert(to);
	};
	for (size_t before = ~size_t(0); before != numbers_.size();) {
		before = numbers_.size();
		for (const FunctionDecl *function : reached_)
			walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
				auto *binary = dyn_cast<BinaryOperator>(stmt);
				auto *call = dyn_cast<CallExpr>(stmt);
				const FunctionDecl *callee =
					call ? call->getDirectCallee() : nullptr;
				if (binary && binary->isAssignmentOp())
					add(namedBy(binary->getLHS()), binary->getRHS());
				for (unsigned i = 0; callee && i < callee->getNumParams(); i++)
					add(callee->getDefinition()
						    ? callee->getDefinition()->getParamDecl(i)
						    : nullptr,
					    call->getArg(i));
				walkVariables(stmt, [&](const VarDecl *var) {
					add(var, var->getInit());
				});
			});
	}
}

/// A trampoline's arguments are pointers to the verifier, those of registers numbers: it lets
/// numbers be cut short, shifted and multiplied.
std::string TwoForms::troubleWithArithmetic() {
	std::string trouble;

	collectReached(program_.function);
	collectNumbers();
	for (const FunctionDecl *function : reached_)
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
			auto *binary = dyn_cast<BinaryOperator>(stmt);
			auto *cast = dyn_cast<CastExpr>(stmt);
			auto *index = dyn_cast<ArraySubscriptExpr>(stmt);
			bool refused = binary && isForNumbers(binary->getOpcode()) &&
				       (isPlace(binary->getLHS()) || isPlace(binary->getRHS()));
			refused |= cast && cast->getType()->isIntegerType() &&
				   session_.ast().getTypeSize(cast->getType()) < 64 &&
				   !cast->getType()->isBooleanType() && isPlace(cast);
			auto *base =
				index ? dyn_cast<DeclRefExpr>(index->getBase()->IgnoreParenCasts())
				      : nullptr;
			refused |= base && llvm::isa<ParmVarDecl>(base->getDecl()) &&
				   base->getDecl()->getType()->isPointerType() &&
				   !index->getIdx()->isEvaluatable(session_.ast()) &&
				   session_.provenance().of(base) != Origin::Bpf;
			if (refused)
				trouble = "it computes with a pointer";
		});
	return trouble;
}

/* ---- the decision ---- */

void TwoForms::name() {
	std::string name = program_.function->getName().str();
	FastForm &fast = program_.fast;

	fast.body = unusedName(session_, "handle_" + name);
	fast.name = unusedName(session_, name + (at_return_ ? "_fexit" : "_fentry"));
	for (unsigned i = 1; i < program_.function->getNumParams(); i++)
		if (!at_return_ && program_.function->getParamDecl(i)->isReferenced())
			fast.reads |= 1u << (i - 1);
	if (results_.empty())
		return;
	fast.result = unusedName(session_, "result");
	fast.position.variable = unusedName(session_, name + "_result");
	fast.position.what = "return";
	fast.position.position = nr_arguments_;
}

void TwoForms::decide() {
	FastForm &fast = program_.fast;

	if ((program_.kind != B2C_ATTACH_KPROBE && !at_return_) || program_.idle || program_.use ||
	    session_.request().no_trampolines)
		return;
	collectTargets();
	fast.trouble = troubleWithPlace();
	if (fast.trouble.empty() && !program_.bound.empty())
		fast.trouble = "parameters of its function moved between kernels";
	for (unsigned i = 1; at_return_ && i < program_.function->getNumParams(); i++)
		if (program_.function->getParamDecl(i)->isReferenced())
			fast.trouble = "it reads registers";
	if (fast.trouble.empty())
		fast.trouble = troubleWithContext(program_.function, 0);
	if (fast.trouble.empty() && !results_.empty() && counts_differ_)
		fast.trouble = "its function has more arguments on some kernels";
	if (fast.trouble.empty())
		fast.trouble = troubleWithArithmetic();
	fast.exists = fast.trouble.empty();
	if (fast.exists)
		name();
}

} // namespace b2c
