// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * A number given where an address is wanted, or an address where a number is: a
 * warning of the Clang that bcc had before 15, an error of today's. The emitted
 * source has the cast.
 */
#include "conversion.h"

#include "clang/AST/ParentMapContext.h"

#include "../frontend/walk.h"

namespace b2c {

namespace {

class Rewriter {
public:
	explicit Rewriter(Session &session) : session_(session), ast_(session.ast()) {}

	void visit(const clang::Stmt *stmt) {
		const auto *cast = llvm::dyn_cast<clang::ImplicitCastExpr>(stmt);

		if (!cast || cast->isPartOfExplicitCast() || isOfMacro(cast))
			return;
		if (cast->getCastKind() == clang::CK_PointerToIntegral ||
		    cast->getCastKind() == clang::CK_IntegralToPointer)
			rewrite(cast);
	}

private:
	/// Whether a macro of libbpf or of the prelude converts, which it knows to do.
	bool isOfMacro(const clang::ImplicitCastExpr *cast) const {
		clang::DynTypedNodeList parents = ast_.getParents(*cast);
		const auto *parent = parents.empty() ? nullptr : parents[0].get<clang::Stmt>();
		const auto *binary = llvm::dyn_cast_or_null<clang::BinaryOperator>(parent);
		clang::SourceManager &sources = session_.sources();

		if (!parent)
			return false;
		return sources.isInSystemHeader(sources.getSpellingLoc(
			binary ? binary->getOperatorLoc() : parent->getBeginLoc()));
	}

	/// Whether a cast in front of it is of all of it.
	static bool bindsTighter(const clang::Expr *expr) {
		const clang::Expr *written = expr->IgnoreImpCasts();

		return !llvm::isa<clang::BinaryOperator>(written) &&
		       !llvm::isa<clang::AbstractConditionalOperator>(written);
	}

	bool isNarrow(clang::QualType number) const {
		return ast_.getTypeSize(number) < ast_.getTypeSize(ast_.VoidPtrTy);
	}

	/// A number of fewer bits than an address becomes one by way of a long.
	std::string castOf(const clang::ImplicitCastExpr *cast) const {
		bool widens = cast->getCastKind() == clang::CK_IntegralToPointer &&
			      isNarrow(cast->getSubExpr()->getType());
		std::string type = cast->getType().getAsString(ast_.getPrintingPolicy());

		return "(" + type + ")" + (widens ? "(unsigned long)" : "");
	}

	void rewrite(const clang::ImplicitCastExpr *cast) {
		Span span = session_.span(cast);

		if (!span.valid())
			return;
		if (cast->getCastKind() == clang::CK_PointerToIntegral &&
		    isNarrow(cast->getType())) {
			session_.needHelpers();
			session_.edits().replace(span,
						 {castOf(cast) + "b2c_low_address(", span, ")"});
			return;
		}
		if (bindsTighter(cast->getSubExpr()))
			session_.edits().replace(span, {castOf(cast), span});
		else
			session_.edits().replace(span, {castOf(cast) + "(", span, ")"});
	}

	Session &session_;
	clang::ASTContext &ast_;
};

} // namespace

void ConversionPass::run(Session &session) {
	Rewriter rewriter(session);

	for (const clang::FunctionDecl *function : session.userFunctions())
		walkEvaluated(function->getBody(),
			      [&](const clang::Stmt *stmt) { rewriter.visit(stmt); });
}

} // namespace b2c
