// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Where kernels have a record in different sizes, sizeof(struct zone) becomes
 * bpf_core_type_size(struct zone), and zone + n, zone[n], zone++ and zone - first become
 * steps of the host's size. Indices that are constants within an array that a member is
 * are relocated with the member. What C wants constant, such as the size of an array, and
 * the size of what is copied to memory of the program stay the base kernel's.
 */
#include "record_size.h"

#include <set>

#include "clang/AST/ParentMapContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "../frontend/provenance.h"
#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

bool hasHostSize(Session &session, QualType type) {
	struct b2c_kernels *kernels = session.request().kernels;
	const RecordDecl *record = type.isNull() ? nullptr : type->getAsRecordDecl();
	std::set<uint32_t> sizes;

	if (!record || !session.isKernelType(record) || type->isIncompleteType() ||
	    record->getName().empty())
		return false;
	for (size_t i = 0; i < kernels_count(kernels); i++) {
		uint32_t size;
		if (!kernel_record_size(kernels, i, record->getName().str().c_str(), &size))
			sizes.insert(size);
	}
	return sizes.size() > 1;
}

/// Memory of the program has the size that the program was compiled with.
static bool isOwnMemory(Session &session, const Expr *pointer) {
	Origin origin = session.provenance().of(pointer);

	return origin == Origin::Bpf || origin == Origin::Context || origin == Origin::User;
}

/// The array that is the member behind an element, or null.
static const Expr *memberArray(const ArraySubscriptExpr *subscript) {
	const auto *decay = dyn_cast<ImplicitCastExpr>(subscript->getBase()->IgnoreParens());

	return decay && decay->getCastKind() == CK_ArrayToPointerDecay ? decay->getSubExpr()
								       : nullptr;
}

static bool isZero(Session &session, const Expr *index) {
	Expr::EvalResult value;

	return index->EvaluateAsInt(value, session.ast()) && value.Val.getInt() == 0;
}

/// A step of `index` elements from `pointer`.
static bool isStep(Session &session, const Expr *pointer, const Expr *index) {
	QualType type = pointer->getType();

	return type->isPointerType() && hasHostSize(session, type->getPointeeType()) &&
	       !isZero(session, index) && !isOwnMemory(session, pointer);
}

bool isHostStep(Session &session, const Expr *expr) {
	expr = strip(expr);
	if (const auto *subscript = dyn_cast<ArraySubscriptExpr>(expr)) {
		bool relocated = memberArray(subscript) &&
				 subscript->getIdx()->isIntegerConstantExpr(session.ast());
		return !relocated && isStep(session, subscript->getBase(), subscript->getIdx());
	}
	const auto *binary = dyn_cast<BinaryOperator>(expr);
	if (!binary || (binary->getOpcode() != BO_Add && binary->getOpcode() != BO_Sub))
		return false;
	return isStep(session, binary->getLHS(), binary->getRHS()) ||
	       isStep(session, binary->getRHS(), binary->getLHS());
}

namespace {

class Rewriter {
public:
	explicit Rewriter(Session &session) : session_(session), edits_(session.edits()) {}

	void visit(const Stmt *stmt) {
		if (const auto *unary = dyn_cast<UnaryOperator>(stmt))
			visitUnary(unary);
		else if (const auto *binary = dyn_cast<BinaryOperator>(stmt))
			visitBinary(binary);
		else if (const auto *subscript = dyn_cast<ArraySubscriptExpr>(stmt))
			visitSubscript(subscript);
	}

	/// sizeof is not evaluated, so that a walk over what is does not meet it.
	void visitSize(const UnaryExprOrTypeTraitExpr *size) {
		QualType type = size->getTypeOfArgument();
		Span span = session_.span(size);

		if (size->getKind() != UETT_SizeOf || !hasHostSize(session_, type) ||
		    isOfObject(size))
			return;
		const Stmt *user = userOf(size);
		if (!user || llvm::isa<ConstantExpr>(user)) {
			session_.report(
				B2C_DIAG_record_size, size->getSourceRange(),
				"kernels have '%s' in different sizes, and C wants a constant here",
				nameOf(type).c_str());
			diag_help(session_.diag(), "give it the largest size that it can need");
		} else if (!copiesToOwnMemory(user) && span.valid()) {
			edits_.replace(span, {"bpf_core_type_size(" + nameOf(type) + ")"});
		}
	}

	/// A map's elements have the layout of the kernel that the program is compiled for.
	void visitMap(const MapInfo &map) {
		for (QualType type : {map.key, map.value})
			if (hasHostSize(session_, type))
				session_.report(B2C_DIAG_record_size, map.var->getLocation(),
						"kernels have '%s' in different sizes, and the "
						"elements of '%s' have one",
						nameOf(type).c_str(),
						map.var->getName().str().c_str());
	}

private:
	std::string nameOf(QualType type) const {
		return session_.ast()
			.getTypeDeclType(type->getAsRecordDecl())
			.getAsString(session_.ast().getPrintingPolicy());
	}

	/// sizeof of a variable of the program, or of a part of one.
	bool isOfObject(const UnaryExprOrTypeTraitExpr *size) const {
		if (size->isArgumentType())
			return false;
		Origin origin = session_.provenance().ofMemory(size->getArgumentExpr());
		return origin == Origin::Bpf || origin == Origin::User || origin == Origin::Context;
	}

	/// What becomes of a number: the first thing around it that is no arithmetic. Null when
	/// it is no part of a statement.
	const Stmt *userOf(const Expr *expr) const {
		DynTypedNodeList parents = session_.ast().getParents(*expr);
		const Stmt *parent = parents.empty() ? nullptr : parents[0].get<Stmt>();
		const VarDecl *var = parents.empty() ? nullptr : parents[0].get<VarDecl>();

		if (var)
			return var->isStaticLocal() || var->hasGlobalStorage() ? nullptr : expr;
		const auto *inner = dyn_cast_or_null<Expr>(parent);
		bool arithmetic = inner && !inner->getType()->isPointerType() &&
				  llvm::isa<ParenExpr, CastExpr, BinaryOperator, UnaryOperator,
					    ConditionalOperator>(inner) &&
				  !llvm::isa<ConstantExpr>(inner);
		return arithmetic ? userOf(inner) : parent;
	}

	/// A helper takes the size of the memory that it is given, which is the program's; so
	/// do the methods of outputs.
	static bool copiesToOwnMemory(const Stmt *user) {
		const auto *call = dyn_cast<CallExpr>(user);
		const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
		const auto *method =
			call ? dyn_cast<MemberExpr>(call->getCallee()->IgnoreParenImpCasts())
			     : nullptr;

		if (method) {
			llvm::StringRef name = method->getMemberDecl()->getName();
			return name.starts_with("perf_submit") || name.starts_with("ringbuf_");
		}
		return call && !(callee && callee->getDefinition());
	}

	bool isStatement(const Expr *expr) const {
		for (const DynTypedNode &parent : session_.ast().getParents(*expr)) {
			const auto *loop = parent.get<ForStmt>();
			if (parent.get<CompoundStmt>() || (loop && loop->getInc() == expr))
				return true;
		}
		return false;
	}

	std::vector<Piece> element(const Expr *pointer, std::vector<Piece> index) {
		std::vector<Piece> pieces = {"b2c_element(", session_.span(pointer), ", "};

		session_.needHelpers();
		pieces.insert(pieces.end(), index.begin(), index.end());
		pieces.push_back(")");
		return pieces;
	}

	void visitUnary(const UnaryOperator *unary) {
		const Expr *pointer = unary->getSubExpr();

		if (unary->getOpcode() == UO_AddrOf)
			return visitAddress(unary);
		if (!unary->isIncrementDecrementOp() || !pointer->getType()->isPointerType() ||
		    !hasHostSize(session_, pointer->getType()->getPointeeType()) ||
		    isOwnMemory(session_, pointer))
			return;
		if (!isStatement(unary))
			return refuse(unary);
		assign(unary, pointer, {unary->isIncrementOp() ? "1" : "-1"});
	}

	/// &p[i] is the element's address, without the detour.
	void visitAddress(const UnaryOperator *unary) {
		const auto *subscript =
			dyn_cast<ArraySubscriptExpr>(unary->getSubExpr()->IgnoreParens());

		if (!subscript || !isHostStep(session_, subscript) ||
		    !taken_.insert(subscript).second)
			return;
		edits_.replace(session_.span(unary),
			       element(subscript->getBase(), {session_.span(subscript->getIdx())}));
	}

	void visitSubscript(const ArraySubscriptExpr *subscript) {
		Span span = session_.span(subscript);

		if (!isHostStep(session_, subscript) || !taken_.insert(subscript).second)
			return;
		std::vector<Piece> pieces =
			element(subscript->getBase(), {session_.span(subscript->getIdx())});
		pieces.front() = "b2c_at(";
		edits_.replace(span, std::move(pieces));
	}

	void visitBinary(const BinaryOperator *binary) {
		const Expr *left = binary->getLHS(), *right = binary->getRHS();
		BinaryOperatorKind opcode = binary->getOpcode();
		bool minus = opcode == BO_Sub || opcode == BO_SubAssign;
		std::vector<Piece> steps = {session_.span(right)};

		if (minus)
			steps = {"-(", session_.span(right), ")"};
		if (opcode == BO_Sub && right->getType()->isPointerType())
			return visitDifference(binary);
		if (opcode == BO_Add && right->getType()->isPointerType()) {
			std::swap(left, right);
			steps = {session_.span(right)};
		}
		if (opcode != BO_Add && opcode != BO_Sub && opcode != BO_AddAssign &&
		    opcode != BO_SubAssign)
			return;
		if (!isStep(session_, left, right))
			return;
		if (opcode == BO_Add || opcode == BO_Sub)
			edits_.replace(session_.span(binary), element(left, steps));
		else if (isStatement(binary))
			assign(binary, left, steps);
		else
			refuse(binary);
	}

	/// p += n; to p = b2c_element(p, n);
	void assign(const Expr *whole, const Expr *pointer, std::vector<Piece> steps) {
		std::string name = session_.text(pointer);
		std::vector<Piece> pieces = {session_.span(pointer),
					     " = b2c_element(" + name + ", "};

		if (!llvm::isa<DeclRefExpr>(pointer->IgnoreParens()))
			return refuse(whole);
		session_.needHelpers();
		pieces.insert(pieces.end(), steps.begin(), steps.end());
		pieces.push_back(")");
		edits_.replace(session_.span(whole), std::move(pieces));
	}

	void visitDifference(const BinaryOperator *binary) {
		QualType type = binary->getLHS()->getType();

		if (!type->isPointerType() || !hasHostSize(session_, type->getPointeeType()) ||
		    isOwnMemory(session_, binary->getLHS()))
			return;
		session_.needHelpers();
		edits_.replace(
			session_.span(binary),
			{"b2c_div((void *)(", session_.span(binary->getLHS()), ") - (void *)(",
			 session_.span(binary->getRHS()),
			 "), (long)bpf_core_type_size(" + nameOf(type->getPointeeType()) + "))"});
	}

	void refuse(const Expr *expr) {
		session_.report(B2C_DIAG_record_size, expr->getSourceRange(),
				"kernels have '%s' in different sizes, and this step has the "
				"base kernel's",
				nameOf(expr->getType()->getPointeeType()).c_str());
		diag_help(session_.diag(), "make the step a statement of its own: 'p = p + 1;'");
	}

	Session &session_;
	Edits &edits_;
	std::set<const Stmt *> taken_; ///< elements that are written
};

/// sizeof, wherever the program has it.
class Sizes : public RecursiveASTVisitor<Sizes> {
public:
	explicit Sizes(Rewriter &rewriter) : rewriter_(rewriter) {}

	bool VisitUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *size) {
		rewriter_.visitSize(size);
		return true;
	}

private:
	Rewriter &rewriter_;
};

} // namespace

void RecordSizePass::run(Session &session) {
	Rewriter rewriter(session);
	Sizes sizes(rewriter);

	for (const MapInfo &map : session.maps())
		rewriter.visitMap(map);
	for (const Decl *decl : session.ast().getTranslationUnitDecl()->decls())
		if (session.isUser(decl))
			sizes.TraverseDecl(const_cast<Decl *>(decl));
	for (const FunctionDecl *function : session.userFunctions())
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) { rewriter.visit(stmt); });
}

} // namespace b2c
