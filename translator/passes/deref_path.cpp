// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Takes lvalues apart into access paths. */
#include "deref_path.h"

#include "clang/AST/ASTContext.h"
#include "llvm/Support/Casting.h"

#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

bool Accessor::hasIndex() const {
	for (const Step &step : steps)
		if (step.index)
			return true;
	return false;
}

bool DerefPath::isBitField() const {
	if (sized || accessors.empty())
		return sized;
	const Accessor &last = accessors.back();
	return last.function.empty() && last.leaf && last.leaf->isBitField();
}

namespace {

class PathBuilder {
public:
	PathBuilder(const ASTContext &ast, llvm::function_ref<bool(const Expr *)> folds,
		    DerefPath &path)
	    : ast_(ast), folds_(folds), path_(path) {}

	bool collect(const Expr *lvalue);

private:
	bool member(const MemberExpr *expr);
	bool subscript(const ArraySubscriptExpr *expr);
	bool arrow(const Expr *pointer);
	void root(const Expr *base, bool address_of) {
		path_.base = base;
		path_.address_of = address_of;
	}
	void open(QualType record);

	const ASTContext &ast_;
	llvm::function_ref<bool(const Expr *)> folds_;
	DerefPath &path_;
};

void PathBuilder::open(QualType record) {
	Accessor accessor;

	accessor.record = record->getAsRecordDecl();
	path_.accessors.push_back(accessor);
}

bool PathBuilder::arrow(const Expr *pointer) {
	const Expr *lvalue = loadedLvalue(strip(pointer));
	QualType record = pointer->getType()->getPointeeType();

	if (lvalue && folds_(lvalue)) {
		if (!collect(lvalue))
			return false;
		path_.folded.push_back(strip(pointer));
	} else {
		root(pointer, false);
	}
	open(record);
	return true;
}

bool PathBuilder::member(const MemberExpr *expr) {
	const auto *field = dyn_cast<FieldDecl>(expr->getMemberDecl());

	if (!field)
		return false;
	if (expr->isArrow()) {
		if (!arrow(expr->getBase()))
			return false;
	} else {
		if (!expr->getBase()->isGLValue() || !collect(expr->getBase()))
			return false;
		if (path_.accessors.empty())
			open(expr->getBase()->getType()); // (*p).x is p->x, p[i].x is (&p[i])->x
	}
	path_.accessors.back().leaf = field;
	if (!field->getName().empty()) // members of unnamed records are spelled through
		path_.accessors.back().steps.push_back({field->getNameAsString(), nullptr, field});
	return true;
}

bool PathBuilder::subscript(const ArraySubscriptExpr *expr) {
	const auto *decay = dyn_cast<ImplicitCastExpr>(expr->getBase()->IgnoreParens());
	const Expr *array = decay && decay->getCastKind() == CK_ArrayToPointerDecay
				    ? strip(decay->getSubExpr())
				    : nullptr;
	bool constant = expr->getIdx()->isIntegerConstantExpr(ast_);

	if (array && constant &&
	    (llvm::isa<MemberExpr>(array) || llvm::isa<ArraySubscriptExpr>(array))) {
		if (!collect(array))
			return false;
		if (!path_.accessors.empty()) {
			path_.folded.push_back(decay);
			path_.accessors.back().steps.push_back({"", expr->getIdx(), nullptr});
			return true;
		}
	}
	root(expr, true);
	return true;
}

bool PathBuilder::collect(const Expr *lvalue) {
	lvalue = strip(lvalue);
	if (const auto *expr = dyn_cast<MemberExpr>(lvalue))
		return member(expr);
	if (const auto *expr = dyn_cast<ArraySubscriptExpr>(lvalue))
		return subscript(expr);
	const auto *unary = dyn_cast<UnaryOperator>(lvalue);
	if (!unary || unary->getOpcode() != UO_Deref)
		return false;
	root(unary->getSubExpr(), false);
	return true;
}

} // namespace

bool pathOf(const Expr *lvalue, const ASTContext &ast, llvm::function_ref<bool(const Expr *)> folds,
	    DerefPath &ret_path) {
	return PathBuilder(ast, folds, ret_path).collect(lvalue);
}

} // namespace b2c
