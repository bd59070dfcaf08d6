// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * p->slots[i] of a map's value becomes p->slots[b2c_below(i, SIZE)] where the
 * program compares what is in its index: the optimizer moves such a check, or makes
 * it one of another register, and old verifiers then know no bound. An index that
 * nothing checks stays for the verifier to refuse. Constants and counters of loops
 * keep their form, and so do arrays on the stack, whose offsets must be constant.
 */
#include "index_bound.h"

#include <set>

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"

#include "../frontend/provenance.h"
#include "../frontend/walk.h"

namespace b2c {

namespace {

/// Variables that a loop counts, and those that are compared or cut to a range.
class Counters : public clang::RecursiveASTVisitor<Counters> {
public:
	std::set<const clang::ValueDecl *> counted, checked;

	bool VisitBinaryOperator(clang::BinaryOperator *binary) {
		if (binary->isComparisonOp() || binary->getOpcode() == clang::BO_Rem)
			walkEvaluated(binary, [&](const clang::Stmt *stmt) {
				if (auto *ref = llvm::dyn_cast<clang::DeclRefExpr>(stmt))
					checked.insert(ref->getDecl());
			});
		return true;
	}

	bool VisitForStmt(clang::ForStmt *loop) { return note(loop->getInc()), true; }
	bool VisitWhileStmt(clang::WhileStmt *loop) { return note(loop->getBody()), true; }
	bool VisitDoStmt(clang::DoStmt *loop) { return note(loop->getBody()), true; }

private:
	void note(const clang::Stmt *changes) {
		walkEvaluated(changes, [&](const clang::Stmt *stmt) {
			const clang::Expr *written = writtenLvalue(stmt);
			auto *ref = llvm::dyn_cast_or_null<clang::DeclRefExpr>(
				written ? strip(written) : nullptr);
			if (ref)
				counted.insert(ref->getDecl());
		});
	}
};

/// The array that is indexed, reached through a pointer, or in a variable that becomes
/// one; else null.
const clang::Expr *arrayBehindPointer(const Session &session,
				      const clang::ArraySubscriptExpr *subscript) {
	const auto *decay = llvm::dyn_cast<clang::ImplicitCastExpr>(strip(subscript->getBase()));

	if (!decay || decay->getCastKind() != clang::CK_ArrayToPointerDecay)
		return nullptr;
	for (const clang::Expr *expr = strip(decay->getSubExpr());;) {
		const auto *member = llvm::dyn_cast<clang::MemberExpr>(expr);
		const auto *variable = llvm::dyn_cast<clang::DeclRefExpr>(expr);
		if (variable && session.scratchOf(variable->getDecl()))
			return strip(decay->getSubExpr());
		if (!member)
			return nullptr;
		if (member->isArrow())
			return strip(decay->getSubExpr());
		expr = strip(member->getBase());
	}
}

class Rewriter {
public:
	Rewriter(Session &session, const Counters &counters)
	    : session_(session), counters_(counters) {}

	void visit(const clang::Stmt *stmt) {
		const auto *subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(stmt);
		const clang::Expr *array =
			subscript ? arrayBehindPointer(session_, subscript) : nullptr;
		const clang::ConstantArrayType *type =
			array ? session_.ast().getAsConstantArrayType(array->getType()) : nullptr;

		if (!type || !needsBound(subscript->getIdx(), type->getSize().getZExtValue()) ||
		    session_.provenance().ofMemory(array) != Origin::Bpf)
			return;
		Span span = session_.edits().spanWithin(subscript->getIdx()->getSourceRange(),
							subscript->getSourceRange());
		if (!span.valid())
			return;
		session_.needHelpers();
		session_.edits().replace(
			span, {"b2c_below(", span,
			       ", " + sizeText(array, type->getSize().getZExtValue()) + ")"});
	}

private:
	bool needsBound(const clang::Expr *index, uint64_t size) const {
		const clang::Expr *plain = index->IgnoreParenImpCasts();
		const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(plain);
		unsigned bits = session_.ast().getTypeSize(plain->getType());
		bool counts = false, checked = false;

		if (index->isEvaluatable(session_.ast()))
			return false;
		// A mask, or a type too small to be out of bounds, is a bound.
		if (binary && binary->getOpcode() == clang::BO_And)
			return false;
		if (plain->getType()->isUnsignedIntegerType() && bits < 32 && size >> bits)
			return false;
		walkEvaluated(index, [&](const clang::Stmt *stmt) {
			auto *ref = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
			counts |= ref && counters_.counted.count(ref->getDecl());
			checked |= ref && counters_.checked.count(ref->getDecl());
		});
		return checked && !counts;
	}

	/// As the program spells it where that is one name or number.
	std::string sizeText(const clang::Expr *array, uint64_t size) const {
		const auto *member = llvm::dyn_cast<clang::MemberExpr>(array);
		const clang::ValueDecl *declared =
			member ? member->getMemberDecl()
			       : llvm::cast<clang::DeclRefExpr>(array)->getDecl();
		const auto *declarator = llvm::dyn_cast<clang::DeclaratorDecl>(declared);
		const clang::TypeSourceInfo *spelled =
			declarator ? declarator->getTypeSourceInfo() : nullptr;
		auto place = spelled ? spelled->getTypeLoc().getAs<clang::ArrayTypeLoc>()
				     : clang::ArrayTypeLoc();
		std::string text;

		if (place && place.getSizeExpr())
			text = clang::Lexer::getSourceText(
				       session_.sources().getExpansionRange(
					       place.getSizeExpr()->getSourceRange()),
				       session_.sources(), session_.language())
				       .str();
		if (!text.empty() && text.find_first_of(" ()+-*/<>") == std::string::npos)
			return text;
		return std::to_string(size);
	}

	Session &session_;
	const Counters &counters_;
};

} // namespace

void IndexBoundPass::run(Session &session) {
	for (const clang::FunctionDecl *function : session.userFunctions()) {
		Counters counters;
		counters.TraverseStmt(function->getBody());
		Rewriter rewriter(session, counters);
		walkEvaluated(function->getBody(),
			      [&](const clang::Stmt *stmt) { rewriter.visit(stmt); });
	}
}

} // namespace b2c
