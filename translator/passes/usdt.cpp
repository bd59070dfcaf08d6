// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * bpf_usdt_readarg() and bpf_usdt_readarg_p() to libbpf's bpf_usdt_arg(), which
 * counts arguments from 0 and gives each as a long.
 */
#include "usdt.h"

#include "../frontend/walk.h"

namespace b2c {

using namespace clang;

namespace {

/// bcc's word, and the macro of b2c/usdt.bpf.h that does the same.
const struct {
	const char *name, *macro;
	bool has_size;
} words[] = {
	{"bpf_usdt_readarg", "b2c_usdt_arg", false},
	{"bpf_usdt_readarg_p", "b2c_usdt_arg_p", true},
};

/// As many as libbpf keeps of one probe, and the kernel's tracing header writes.
constexpr int64_t most_arguments = 12;

class Rewriter {
public:
	Rewriter(Session &session, const FunctionDecl *function)
	    : session_(session), edits_(session.edits()), program_(session.programOf(function)) {}

	void visit(const CallExpr *call) {
		std::string name = calleeName(call);

		for (const auto &word : words)
			if (name == word.name && isRight(call, word.has_size))
				rewrite(call, word.macro);
	}

private:
	bool refuse(const Expr *where, const std::string &message, const char *help) {
		session_.report(B2C_DIAG_usdt_arg, where->getSourceRange(), "%s", message.c_str());
		diag_help(session_.diag(), "%s", help);
		return false;
	}

	bool isRight(const CallExpr *call, bool has_size) {
		Expr::EvalResult number;
		const Expr *first = call->getArg(0);

		if (program_ && program_->kind != B2C_ATTACH_USDT)
			return refuse(
				call,
				"'" + program_->function->getName().str() +
					"' is no handler of a USDT probe",
				"attach it with 'usdt:', or use PT_REGS_PARM1(ctx) and so on");
		if (!first->EvaluateAsInt(number, session_.ast()) || number.Val.getInt() < 1 ||
		    number.Val.getInt() > most_arguments)
			return refuse(
				first,
				"'" + session_.text(first) +
					"' is no constant from 1 to 12, the number of an argument",
				"arguments of a USDT probe are counted from 1");
		QualType to = call->getArg(2)->IgnoreParenImpCasts()->getType();
		QualType target = to->isArrayType()
					  ? QualType(to->getArrayElementTypeNoTypeQual(), 0)
					  : to->getPointeeType();
		if (has_size || target.isNull() || target->isScalarType())
			return true;
		return refuse(call->getArg(2),
			      "an argument can't be stored as '" + target.getAsString() + "'",
			      "give the address of an integer or a pointer; "
			      "bpf_usdt_readarg_p reads the memory behind the argument");
	}

	/// f(N, ctx, to) to b2c_f(ctx, N - 1, to).
	void rewrite(const CallExpr *call, const char *macro) {
		Expr::EvalResult number;
		const Expr *first = call->getArg(0), *context = call->getArg(1);
		Span inner = edits_.spanWithin(context->getSourceRange(), call->getSourceRange());
		Span whole = edits_.spanWithin({first->getBeginLoc(), context->getEndLoc()},
					       call->getSourceRange());

		first->EvaluateAsInt(number, session_.ast());
		edits_.replace(edits_.spanWithin(call->getCallee()->getSourceRange(),
						 call->getSourceRange()),
			       {macro});
		edits_.replace(
			whole,
			{inner, ", " + std::to_string(number.Val.getInt().getExtValue() - 1)});
		session_.needUsdt();
	}

	Session &session_;
	Edits &edits_;
	const ProgramInfo *program_;
};

} // namespace

void UsdtPass::run(Session &session) {
	// libbpf attaches by its maps, whether arguments are read or not
	for (const ProgramInfo &program : session.programs())
		if (program.kind == B2C_ATTACH_USDT)
			session.needUsdt();
	for (const FunctionDecl *function : session.userFunctions()) {
		Rewriter rewriter(session, function);
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
			if (const auto *call = llvm::dyn_cast<CallExpr>(stmt))
				rewriter.visit(call);
		});
	}
}

} // namespace b2c
