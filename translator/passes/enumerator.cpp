// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Finds the kernel's enumerators whose value is not the same on all kernels. In an
 * expression one becomes an enum-value relocation; in a case label the value that
 * the switch tests is turned into the one of vmlinux.h; as an array's size it
 * becomes the largest number. Elsewhere C wants a constant, and there is none.
 */
#include "enumerator.h"

#include <map>

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/StringExtras.h"

#include "../frontend/walk.h"
#include "enumerator_text.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;
using llvm::isa;

namespace {

enum class Place { Expression, Bits, Size, Fixed };

class Finder : public RecursiveASTVisitor<Finder> {
public:
	explicit Finder(Session &session) : session_(session), text_(session) {}

	bool VisitDeclRefExpr(DeclRefExpr *ref);
	bool TraverseSwitchStmt(SwitchStmt *stmt, DataRecursionQueue *queue = nullptr);
	bool TraverseCaseStmt(CaseStmt *stmt, DataRecursionQueue *queue = nullptr);
	bool TraverseConstantArrayTypeLoc(ConstantArrayTypeLoc loc);
	bool TraverseBinaryOperator(BinaryOperator *binary, DataRecursionQueue *queue = nullptr);
	bool TraverseVarDecl(VarDecl *var);
	bool TraverseFieldDecl(FieldDecl *field);
	bool TraverseEnumConstantDecl(EnumConstantDecl *decl);
	bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *,
					      DataRecursionQueue * = nullptr) {
		return true;
	}
	void finish() { text_.finish(); }

private:
	bool in(Place place, llvm::function_ref<bool()> traverse);
	bool moves(const Expr *expr, EnumeratorUse &ret_use) const;
	bool labelMoves(const Expr *label, EnumeratorUse &ret_use) const;
	void refuse(const EnumeratorUse &use);
	void size(const EnumeratorUse &use);

	Session &session_;
	EnumeratorText text_;
	Place place_ = Place::Expression;
};

bool Finder::in(Place place, llvm::function_ref<bool()> traverse) {
	Place outer = place_;

	place_ = outer == Place::Expression || outer == Place::Bits ? place : outer;
	bool done = traverse();
	place_ = outer;
	return done;
}

/// Whether `expr` names an enumerator of the kernel whose value differs.
bool Finder::moves(const Expr *expr, EnumeratorUse &ret_use) const {
	const auto *ref = dyn_cast<DeclRefExpr>(expr->IgnoreParenImpCasts());
	const auto *decl = ref ? dyn_cast<EnumConstantDecl>(ref->getDecl()) : nullptr;

	if (!decl || session_.isUser(decl))
		return false;
	ret_use.ref = ref;
	ret_use.name = decl->getNameAsString();
	ret_use.base = decl->getInitVal().getExtValue();
	return !kernel_enumerator_range(session_.request().kernels, ret_use.name.c_str(),
					&ret_use.range) &&
	       ret_use.range.least != ret_use.range.most;
}

/// The same for a case label, which may add a number to the enumerator, or take one off.
bool Finder::labelMoves(const Expr *label, EnumeratorUse &ret_use) const {
	const auto *sum = dyn_cast<BinaryOperator>(label->IgnoreParenImpCasts());
	Expr::EvalResult value;

	ret_use = {};
	if (!sum || (sum->getOpcode() != BO_Add && sum->getOpcode() != BO_Sub))
		return moves(label->IgnoreImplicit(), ret_use);
	const Expr *left = sum->getLHS(), *right = sum->getRHS();
	if (sum->getOpcode() == BO_Add && !moves(left, ret_use))
		std::swap(left, right);
	if (!moves(left, ret_use) || !isa<IntegerLiteral>(right->IgnoreParenImpCasts()) ||
	    !sum->EvaluateAsInt(value, session_.ast()))
		return false;
	ret_use.offset = value.Val.getInt().getExtValue() - ret_use.base;
	return true;
}

void Finder::refuse(const EnumeratorUse &use) {
	session_.report(B2C_DIAG_enumerator_moves, use.ref->getSourceRange(),
			"the value of '%s' is not the same on all kernels", use.name.c_str());
	diag_help(session_.diag(), "%s",
		  *use.range.tag ? "use it in an expression, where the host's value is taken"
				 : "its enum has no name to find it by: write the number");
}

/// The size of an array: nothing is cut off with the largest value.
void Finder::size(const EnumeratorUse &use) {
	Span span = session_.span(use.ref);

	if (use.base == use.range.most)
		return;
	if (!span.valid() || span.file != session_.sources().getMainFileID())
		return refuse(use);
	session_.respell(span, std::to_string(use.range.most) + " /* " + use.name + " */");
}

bool Finder::VisitDeclRefExpr(DeclRefExpr *ref) {
	EnumeratorUse use;

	if (!moves(ref, use))
		return true;
	if (place_ == Place::Size)
		size(use);
	else if (place_ == Place::Fixed || !*use.range.tag || !session_.span(ref).valid())
		refuse(use);
	else
		session_.edits().replace(session_.span(ref),
					 {text_.value(use, place_ == Place::Bits)});
	return true;
}

/// A label that is such an enumerator, or a sum with one; in another its value stands fixed.
bool Finder::TraverseCaseStmt(CaseStmt *stmt, DataRecursionQueue *) {
	EnumeratorUse use;

	if (stmt->getRHS() || !labelMoves(stmt->getLHS(), use)) {
		in(Place::Fixed, [&] { return TraverseStmt(stmt->getLHS()); });
		in(Place::Fixed, [&] { return TraverseStmt(stmt->getRHS()); });
	}
	return TraverseStmt(stmt->getSubStmt());
}

bool Finder::TraverseSwitchStmt(SwitchStmt *stmt, DataRecursionQueue *) {
	std::vector<EnumeratorUse> moving;
	EnumeratorUse use;

	for (const SwitchCase *label = stmt->getSwitchCaseList(); label;
	     label = label->getNextSwitchCase())
		if (const auto *one = dyn_cast<CaseStmt>(label))
			if (!one->getRHS() && labelMoves(one->getLHS(), use))
				moving.push_back(use);
	if (!moving.empty()) {
		Span span = session_.span(stmt->getCond());
		bool named = true;
		for (const EnumeratorUse &one : moving)
			named &= *one.range.tag &&
				 !llvm::StringRef(one.range.tag).compare(moving[0].range.tag);
		if (!span.valid() || !named)
			refuse(moving[0]);
		else
			session_.edits().replace(span, {text_.known(moving) + "(", span, ")"});
	}
	return TraverseStmt(stmt->getInit()) && TraverseStmt(stmt->getCond()) &&
	       TraverseStmt(stmt->getBody());
}

bool Finder::TraverseConstantArrayTypeLoc(ConstantArrayTypeLoc loc) {
	return in(Place::Size,
		  [&] { return RecursiveASTVisitor::TraverseConstantArrayTypeLoc(loc); });
}

bool Finder::TraverseBinaryOperator(BinaryOperator *binary, DataRecursionQueue *) {
	bool bits = binary->isBitwiseOp() || binary->isShiftOp() ||
		    binary->getOpcode() == BO_AndAssign || binary->getOpcode() == BO_OrAssign;

	return in(bits ? Place::Bits : Place::Expression,
		  [&] { return TraverseStmt(binary->getLHS()) && TraverseStmt(binary->getRHS()); });
}

bool Finder::TraverseVarDecl(VarDecl *var) {
	if (!var->hasGlobalStorage())
		return RecursiveASTVisitor::TraverseVarDecl(var);
	if (TypeSourceInfo *type = var->getTypeSourceInfo())
		TraverseTypeLoc(type->getTypeLoc());
	return in(Place::Fixed, [&] { return TraverseStmt(var->getInit()); });
}

bool Finder::TraverseFieldDecl(FieldDecl *field) {
	if (field->isBitField())
		in(Place::Fixed, [&] { return TraverseStmt(field->getBitWidth()); });
	return TraverseTypeLoc(field->getTypeSourceInfo()->getTypeLoc());
}

bool Finder::TraverseEnumConstantDecl(EnumConstantDecl *decl) {
	return in(Place::Fixed, [&] { return TraverseStmt(decl->getInitExpr()); });
}

} // namespace

void EnumeratorPass::run(Session &session) {
	Finder finder(session);

	for (Decl *decl : session.ast().getTranslationUnitDecl()->decls())
		if (session.isUser(decl))
			finder.TraverseDecl(decl);
	finder.finish();
}

} // namespace b2c
