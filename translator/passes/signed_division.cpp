// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * a / b of signed numbers becomes b2c_div(a, b), and a % b b2c_rem(a, b), since
 * BPF divides unsigned numbers only (before 6.6). Constants and numbers that can't
 * be negative divide as they are.
 */
#include "signed_division.h"

#include "../frontend/walk.h"

namespace b2c {

namespace {

class Rewriter {
public:
	explicit Rewriter(Session &session) : session_(session), ast_(session.ast()) {}

	void visit(const clang::Stmt *stmt) {
		const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(stmt);

		if (!binary || !isDivision(binary->getOpcode()) || !isSigned(binary) ||
		    binary->isEvaluatable(ast_) ||
		    (isNatural(binary->getLHS()) && isNatural(binary->getRHS())))
			return;
		rewrite(binary);
	}

private:
	static bool isDivision(clang::BinaryOperatorKind opcode) {
		return opcode == clang::BO_Div || opcode == clang::BO_Rem ||
		       opcode == clang::BO_DivAssign || opcode == clang::BO_RemAssign;
	}

	bool isSigned(const clang::BinaryOperator *binary) const {
		const auto *compound = llvm::dyn_cast<clang::CompoundAssignOperator>(binary);
		clang::QualType type =
			compound ? compound->getComputationResultType() : binary->getType();

		return type->isSignedIntegerType() && ast_.getTypeSize(type) <= 64;
	}

	/// Whether the value can't be negative: a constant, or an unsigned one that was widened.
	bool isNatural(const clang::Expr *expr) const {
		clang::Expr::EvalResult result;
		clang::QualType from = expr->IgnoreParenImpCasts()->getType();

		if (expr->EvaluateAsInt(result, ast_))
			return !result.Val.getInt().isNegative();
		return from->isUnsignedIntegerType() &&
		       ast_.getTypeSize(from) < ast_.getTypeSize(expr->getType());
	}

	void rewrite(const clang::BinaryOperator *binary) {
		clang::SourceRange range = binary->getSourceRange();
		Span left = session_.edits().spanWithin(binary->getLHS()->getSourceRange(), range);
		Span right = session_.edits().spanWithin(binary->getRHS()->getSourceRange(), range);
		bool remainder = binary->getOpcode() == clang::BO_Rem ||
				 binary->getOpcode() == clang::BO_RemAssign;
		std::string call = remainder ? "b2c_rem(" : "b2c_div(";

		if (!left.valid() || !right.valid())
			return;
		// What is evaluated twice must be a name.
		if (binary->isCompoundAssignmentOp()) {
			if (!llvm::isa<clang::DeclRefExpr>(binary->getLHS()->IgnoreParens()))
				return;
			call = session_.edits().text(left) + " = " + call;
		}
		session_.needHelpers();
		session_.edits().replace(session_.span(binary), {call, left, ", ", right, ")"});
	}

	Session &session_;
	clang::ASTContext &ast_;
};

} // namespace

void SignedDivisionPass::run(Session &session) {
	Rewriter rewriter(session);

	for (const clang::FunctionDecl *function : session.userFunctions())
		walkEvaluated(function->getBody(),
			      [&](const clang::Stmt *stmt) { rewriter.visit(stmt); });
}

} // namespace b2c
