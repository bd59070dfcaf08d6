// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The walk; walk.h says what it leaves out. */
#include "walk.h"

#include "clang/AST/Decl.h"
#include "llvm/Support/Casting.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;
using llvm::isa;

static bool isUnevaluated(const Stmt *stmt) {
	if (isa<UnaryExprOrTypeTraitExpr>(stmt))
		return true;
	const auto *call = dyn_cast<CallExpr>(stmt);
	if (!call)
		return false;
	std::string name = calleeName(call);
	return name == "__builtin_preserve_field_info" || name == "__builtin_preserve_type_info" ||
	       name == "__builtin_preserve_enum_value" || name == "__builtin_btf_type_id";
}

void walkEvaluated(const Stmt *stmt, llvm::function_ref<void(const Stmt *)> visit) {
	if (!stmt || isUnevaluated(stmt))
		return;
	visit(stmt);
	if (const auto *choose = dyn_cast<ChooseExpr>(stmt))
		return walkEvaluated(choose->getChosenSubExpr(), visit);
	if (const auto *generic = dyn_cast<GenericSelectionExpr>(stmt))
		return walkEvaluated(generic->getResultExpr(), visit);
	if (const auto *conditional = dyn_cast<BinaryConditionalOperator>(stmt)) {
		walkEvaluated(conditional->getCommon(), visit);
		return walkEvaluated(conditional->getFalseExpr(), visit);
	}
	for (const Stmt *child : stmt->children())
		walkEvaluated(child, visit);
}

void walkVariables(const Stmt *stmt, llvm::function_ref<void(const VarDecl *)> visit) {
	walkEvaluated(stmt, [&](const Stmt *inner) {
		const auto *declaration = dyn_cast<DeclStmt>(inner);
		if (!declaration)
			return;
		for (const Decl *decl : declaration->decls())
			if (const auto *var = dyn_cast<VarDecl>(decl))
				visit(var);
	});
}

std::string calleeName(const CallExpr *call) {
	const auto *ref = dyn_cast<DeclRefExpr>(call->getCallee()->IgnoreParenImpCasts());

	return ref ? ref->getDecl()->getNameAsString() : "";
}

const Expr *strip(const Expr *expr) {
	for (;;) {
		const Expr *inner = expr->IgnoreParens();

		// C keeps qualifier changes of lvalues and of pointers as casts.
		if (const auto *cast = dyn_cast<ImplicitCastExpr>(inner))
			if (cast->getCastKind() == CK_NoOp)
				inner = cast->getSubExpr();
		if (inner == expr)
			return expr;
		expr = inner;
	}
}

const Expr *loadedLvalue(const Stmt *stmt) {
	const auto *cast = llvm::dyn_cast_or_null<ImplicitCastExpr>(stmt);

	return cast && cast->getCastKind() == CK_LValueToRValue ? cast->getSubExpr() : nullptr;
}

const Expr *writtenLvalue(const Stmt *stmt) {
	if (const auto *binary = llvm::dyn_cast_or_null<BinaryOperator>(stmt))
		return binary->isAssignmentOp() ? binary->getLHS() : nullptr;
	if (const auto *unary = llvm::dyn_cast_or_null<UnaryOperator>(stmt))
		return unary->isIncrementDecrementOp() ? unary->getSubExpr() : nullptr;
	return nullptr;
}

bool isMemoryCall(const CallExpr *call, unsigned &ret_reads, unsigned &ret_writes) {
	static const struct {
		const char *name;
		unsigned reads, writes;
	} rows[] = {
		{"memcpy", 2, 1}, {"memmove", 2, 1}, {"memset", 0, 1}, {"memcmp", 3, 0},
		{"strcmp", 3, 0}, {"strncmp", 3, 0}, {"strlen", 1, 0},
	};
	std::string callee = calleeName(call);
	llvm::StringRef name = callee;

	ret_reads = 0;
	ret_writes = name.starts_with("__sync_") ? 1 : 0;
	name.consume_front("__builtin_");
	for (const auto &row : rows) {
		if (name != row.name)
			continue;
		ret_reads = row.reads;
		ret_writes = row.writes;
	}
	return ret_reads || ret_writes;
}

SourceLocation accessLocation(const Expr *lvalue) {
	lvalue = strip(lvalue);
	if (const auto *member = dyn_cast<MemberExpr>(lvalue)) {
		if (!member->isArrow() && member->getBase()->isGLValue())
			return accessLocation(member->getBase());
		// An unnamed record that is spelled through has no operator of its own.
		return member->getOperatorLoc().isValid() ? member->getOperatorLoc()
							  : member->getMemberLoc();
	}
	if (const auto *subscript = dyn_cast<ArraySubscriptExpr>(lvalue))
		return subscript->getRBracketLoc();
	return lvalue->getBeginLoc();
}

} // namespace b2c
