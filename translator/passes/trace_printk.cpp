// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* bpf_trace_printk(fmt, ...) becomes bpf_printk(fmt, ...), which keeps the format in rodata. */
#include "trace_printk.h"

#include "clang/AST/RecursiveASTVisitor.h"

namespace b2c {

namespace {

class Visitor : public clang::RecursiveASTVisitor<Visitor> {
public:
	explicit Visitor(Session &session) : session_(session) {}

	bool VisitCallExpr(clang::CallExpr *call) {
		const clang::FunctionDecl *callee = call->getDirectCallee();

		if (!callee || callee->getName() != "bpf_trace_printk")
			return true;
		session_.setUsesTracePrintk();
		if (!llvm::isa<clang::StringLiteral>(call->getArg(0)->IgnoreParenImpCasts())) {
			session_.report(B2C_DIAG_trace_printk, call->getArg(0)->getSourceRange(),
					"the format of bpf_trace_printk is no string literal");
			return true;
		}
		// Before 5.16 the kernel takes three values at most.
		if (call->getNumArgs() > 4) {
			session_.report(
				B2C_DIAG_trace_printk, call->getSourceRange(),
				"bpf_trace_printk with %u values; kernels before 5.16 take 3",
				call->getNumArgs() - 1);
			diag_help(session_.diag(),
				  "print in two calls, or send a record with perf_submit");
			return true;
		}
		session_.edits().replace(
			session_.edits().spanOf(call->getCallee()->getSourceRange()),
			{"bpf_printk"});
		dropNewline(
			llvm::cast<clang::StringLiteral>(call->getArg(0)->IgnoreParenImpCasts()));
		return true;
	}

private:
	/// Since 5.9 the kernel ends each line by itself; another newline makes a blank one.
	void dropNewline(const clang::StringLiteral *format) {
		Span span = session_.edits().spanOf(
			format->getStrTokenLoc(format->getNumConcatenated() - 1));
		std::string spelled = session_.edits().text(span);
		llvm::StringRef text = spelled;

		if (text.ends_with("\\n\"") && !text.ends_with("\\\\n\""))
			session_.edits().remove({span.file, span.end - 3, span.end - 1});
	}

	Session &session_;
};

} // namespace

void TracePrintkPass::run(Session &session) {
	Visitor visitor(session);

	for (const clang::FunctionDecl *function : session.userFunctions())
		visitor.TraverseStmt(function->getBody());
}

} // namespace b2c
