// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The expressions of the provenance analysis: what an rvalue holds, what
 * memory an lvalue designates and what is loaded from there.
 */
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Stmt.h"
#include "llvm/Support/Casting.h"

#include "provenance_state.h"
#include "walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;
using llvm::dyn_cast_or_null;
using llvm::isa;

bool carriesAddress(QualType type) {
	type = type.getCanonicalType();
	if (const auto *builtin = dyn_cast<BuiltinType>(type))
		return builtin->getKind() == BuiltinType::ULong ||
		       builtin->getKind() == BuiltinType::Long ||
		       builtin->getKind() == BuiltinType::ULongLong ||
		       builtin->getKind() == BuiltinType::LongLong;
	if (const auto *array = dyn_cast<clang::ArrayType>(type))
		return carriesAddress(array->getElementType());
	return type->isPointerType() || type->isRecordType();
}

bool isUserTagged(QualType type) {
	const auto *pointer = type->getAs<PointerType>();
	QualType pointee = pointer ? pointer->getPointeeType() : QualType();

	while (!pointee.isNull()) {
		if (const auto *tagged = dyn_cast<BTFTagAttributedType>(pointee.getTypePtr())) {
			if (tagged->getAttr()->getBTFTypeTag() == "user")
				return true;
		}
		QualType next = pointee->getLocallyUnqualifiedSingleStepDesugaredType();
		if (next.getTypePtr() == pointee.getTypePtr())
			return false;
		pointee = next;
	}
	return false;
}

const RecordDecl *recordOf(QualType type) {
	const auto *record = type->getAs<RecordType>();

	return record ? cast<RecordDecl>(record->getDecl()->getCanonicalDecl()) : nullptr;
}

const RecordDecl *pointeeRecord(QualType type) {
	return type->isPointerType() ? recordOf(type->getPointeeType()) : nullptr;
}

bool isRegister(const Expr *expr) {
	expr = expr->IgnoreParenCasts();
	if (const auto *call = dyn_cast<CallExpr>(expr))
		return calleeName(call) == "__builtin_preserve_access_index" &&
		       isRegister(call->getArg(0));
	const auto *unary = dyn_cast<UnaryOperator>(expr);
	if (unary && unary->getOpcode() == UO_AddrOf)
		return isRegister(unary->getSubExpr());
	if (const auto *subscript = dyn_cast<ArraySubscriptExpr>(expr))
		return isRegister(subscript->getBase());
	const auto *member = dyn_cast<MemberExpr>(expr);
	if (!member)
		return false;
	const auto *record = dyn_cast<RecordDecl>(member->getMemberDecl()->getDeclContext());
	if (record && (record->getName() == "pt_regs" || record->getName() == "user_pt_regs"))
		return true;
	return !member->isArrow() && isRegister(member->getBase());
}

/// skb->data and the like: packet memory, although the member is a 32-bit number.
static bool isPacketAddress(const Expr *expr) {
	const auto *member = dyn_cast<MemberExpr>(expr->IgnoreParenCasts());
	const auto *field = member ? dyn_cast<FieldDecl>(member->getMemberDecl()) : nullptr;

	if (!field)
		return false;
	llvm::StringRef record = field->getParent()->getName(), name = field->getName();
	return (record == "__sk_buff" || record == "xdp_md") &&
	       (name == "data" || name == "data_end" || name == "data_meta");
}

static bool isZero(const Expr *expr, const ASTContext &ast) {
	Expr::EvalResult result;

	return expr->EvaluateAsInt(result, ast) && result.Val.getInt() == 0;
}

/// An array in the record of a tracepoint.
static bool isRecordArray(const ProvenanceFacts &facts, const Expr *lvalue) {
	const auto *member = dyn_cast<MemberExpr>(strip(lvalue));
	const auto *field = member ? dyn_cast<FieldDecl>(member->getMemberDecl()) : nullptr;

	return field && facts.isTracepointRecord(field->getParent());
}

Value Provenance::State::eval(const Expr *expr) const {
	expr = strip(expr);
	// The type of ?: has the tag when one arm does, so only what names a type counts.
	bool named = isa<ExplicitCastExpr>(expr) || isa<CallExpr>(expr);
	if (named && isUserTagged(expr->getType()))
		return Origin::User;
	if (isPacketAddress(expr))
		return Origin::Bpf;
	if (const auto *cast = dyn_cast<CastExpr>(expr))
		return evalCast(cast);
	if (const auto *unary = dyn_cast<UnaryOperator>(expr))
		return evalUnary(unary);
	if (const auto *binary = dyn_cast<BinaryOperator>(expr))
		return evalBinary(binary);
	if (const auto *call = dyn_cast<CallExpr>(expr))
		return callResult(call);
	if (const auto *opaque = dyn_cast<OpaqueValueExpr>(expr))
		return opaque->getSourceExpr() ? eval(opaque->getSourceExpr()) : Value();
	if (const auto *conditional = dyn_cast<AbstractConditionalOperator>(expr)) {
		Value value = eval(conditional->getTrueExpr());
		value.join(eval(conditional->getFalseExpr()));
		return value;
	}
	if (const auto *statements = dyn_cast<StmtExpr>(expr)) {
		const auto *last = dyn_cast_or_null<Expr>(statements->getSubStmt()->body_back());
		return last && !last->getType()->isVoidType() ? eval(last) : Value();
	}
	if (const auto *list = dyn_cast<InitListExpr>(expr))
		return list->getNumInits() == 1 && !recordOf(list->getType())
			       ? eval(list->getInit(0))
			       : Value();
	// A record that is used where it stands.
	return expr->isGLValue() ? load(expr) : Value();
}

Value Provenance::State::evalCast(const CastExpr *cast) const {
	const Expr *sub = cast->getSubExpr();

	switch (cast->getCastKind()) {
	case CK_LValueToRValue:
		return load(sub);
	case CK_ArrayToPointerDecay:
		return decay(sub);
	case CK_NoOp:
	case CK_BitCast:
	case CK_AddressSpaceConversion:
	case CK_IntegralToPointer:
	case CK_PointerToIntegral:
	case CK_IntegralCast:
		break;
	default:
		return {};
	}
	Value value;
	if (carriesAddress(cast->getType()) && carriesAddress(sub->getType()))
		value = eval(sub);
	// A computed number that is made a pointer is one from somewhere.
	if (guess && cast->getCastKind() == CK_IntegralToPointer && value.origin == Origin::None &&
	    !sub->isEvaluatable(facts.ast()))
		return Origin::Unknown;
	QualType type = cast->getType();
	if (value.origin != Origin::Typed || !type->isPointerType() || type->isVoidPointerType())
		return value;
	// The verifier knows the pointer by the type it came with.
	const RecordDecl *to = pointeeRecord(type), *from = pointeeRecord(sub->getType());
	if (!to || (from && from != to))
		value.origin = Origin::Kernel;
	return value;
}

/// The verifier takes loads from the context at offsets it knows. The offset of a
/// member is one after its relocation, one from there on is not: what is read by
/// the array's address is read as the kernel's memory, which the record is.
Value Provenance::State::decay(const Expr *array) const {
	Value value = address(array);

	if (value.origin == Origin::Context && isRecordArray(facts, array))
		value = Origin::Kernel;
	return value;
}

Value Provenance::State::evalUnary(const UnaryOperator *unary) const {
	switch (unary->getOpcode()) {
	case UO_AddrOf:
		return address(unary->getSubExpr());
	case UO_Deref:
	case UO_PreInc:
	case UO_PreDec:
	case UO_PostInc:
	case UO_PostDec:
		return load(unary->isIncrementDecrementOp() ? unary->getSubExpr() : unary);
	case UO_Plus:
	case UO_Extension:
		return eval(unary->getSubExpr());
	default:
		return {};
	}
}

Value Provenance::State::evalBinary(const BinaryOperator *binary) const {
	const Expr *left = binary->getLHS(), *right = binary->getRHS();
	BinaryOperatorKind opcode = binary->getOpcode();

	if (opcode == BO_Comma || opcode == BO_Assign)
		return eval(right);
	if (binary->isCompoundAssignmentOp())
		opcode = BinaryOperator::getOpForCompoundAssignment(opcode);
	bool keeps = opcode == BO_Add || opcode == BO_Sub || opcode == BO_And || opcode == BO_Or;
	if (!keeps || !carriesAddress(binary->getType()))
		return {};
	bool left_points = left->getType()->isPointerType();
	bool right_points = right->getType()->isPointerType();
	if (left_points && right_points)
		return {}; // a distance
	Value value;
	if (!right_points)
		value = left->isGLValue() ? load(left) : eval(left);
	if (!left_points)
		value.join(eval(right));
	if (value.origin == Origin::Typed && !isZero(left_points ? right : left, facts.ast()))
		value.origin = Origin::Kernel;
	return value;
}

Value Provenance::State::address(const Expr *lvalue) const {
	lvalue = strip(lvalue);
	if (const auto *ref = dyn_cast<DeclRefExpr>(lvalue)) {
		if (const auto *var = dyn_cast<VarDecl>(ref->getDecl()))
			return Value::addressOf(var->getCanonicalDecl());
		return {};
	}
	if (const auto *member = dyn_cast<MemberExpr>(lvalue))
		return addressOfMember(member);
	if (const auto *subscript = dyn_cast<ArraySubscriptExpr>(lvalue)) {
		Value value = eval(subscript->getBase());
		const auto *decay = dyn_cast<ImplicitCastExpr>(strip(subscript->getBase()));
		bool in_array = decay && decay->getCastKind() == CK_ArrayToPointerDecay &&
				subscript->getIdx()->isEvaluatable(facts.ast());

		if (in_array && isRecordArray(facts, decay->getSubExpr()))
			return address(decay->getSubExpr());
		if (value.origin == Origin::Typed && !in_array &&
		    !isZero(subscript->getIdx(), facts.ast()))
			value.origin = Origin::Kernel;
		return value;
	}
	const auto *unary = dyn_cast<UnaryOperator>(lvalue);
	if (unary && unary->getOpcode() == UO_Deref)
		return eval(unary->getSubExpr());
	return Origin::Bpf; // literals, and records that calls and statements give
}

Value Provenance::State::addressOfMember(const MemberExpr *member) const {
	const Expr *base = member->getBase();
	const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl());
	Value value;

	if (member->isArrow())
		value = eval(base);
	else if (base->isGLValue())
		value = address(base);
	else
		value = Origin::Bpf;
	if (!field || (value.targets.empty() && value.origin != Origin::Bpf))
		return value;
	value.owners.insert(value.targets.begin(), value.targets.end());
	value.owners.insert(field->getParent()->getCanonicalDecl());
	value.targets = {field->getCanonicalDecl()};
	return value;
}

/// Whether a member lies in a union behind another one. The verifier takes what stands first
/// at an offset for the type of what is loaded there.
static bool isBehindInUnion(const Expr *lvalue) {
	const auto *member = dyn_cast<MemberExpr>(strip(lvalue));

	for (; member; member = dyn_cast<MemberExpr>(strip(member->getBase()))) {
		const auto *field = dyn_cast<FieldDecl>(member->getMemberDecl());

		if (field && field->getParent()->isUnion() && field->getFieldIndex())
			return true;
		if (member->isArrow())
			return false;
	}
	return false;
}

Value Provenance::State::load(const Expr *lvalue) const {
	QualType type = lvalue->getType();

	if (isUserTagged(type))
		return Origin::User; // whatever flows in
	if (!carriesAddress(type))
		return {};
	Value memory = address(lvalue);
	// Registers that the kernel saved are those of a process.
	if (memory.origin != Origin::Context && memory.origin != Origin::Bpf && isRegister(lvalue))
		return Origin::User;
	if (memory.origin == Origin::Typed && isBehindInUnion(lvalue))
		return Origin::Kernel;
	return loadThrough(memory, type);
}

Value Provenance::State::loadThrough(const Value &address, QualType type) const {
	if (!type.isNull() && isUserTagged(type))
		return Origin::User;
	if (address.origin == Origin::Context)
		return address.context;
	if (address.origin == Origin::Typed)
		return !type.isNull() && pointeeRecord(type) ? Origin::Typed : Origin::Kernel;
	if (address.origin == Origin::Kernel || address.origin == Origin::User)
		return address.origin;
	Value value(address.origin == Origin::Bpf ? Origin::None : address.origin);
	for (const auto *objects : {&address.targets, &address.owners}) {
		for (const Decl *object : *objects) {
			auto content = contents.find(object->getCanonicalDecl());
			if (content != contents.end())
				value.join(content->second);
		}
	}
	return value.origin == Origin::None ? guessed(address, type) : value;
}

/// A pointer that nothing traceable was stored to: the type decides.
Value Provenance::State::guessed(const Value &address, QualType type) const {
	bool is_local = !address.targets.empty();

	for (const Decl *object : address.targets) {
		const auto *var = dyn_cast<VarDecl>(object);
		is_local &= var && !facts.isMap(var);
	}
	if (!guess || is_local || type.isNull() || !type->isPointerType())
		return {};
	const RecordDecl *record = pointeeRecord(type);
	if (record && facts.isKernelType(record))
		return Origin::Kernel;
	return address.origin == Origin::None ? Origin::None : Origin::Unknown;
}

} // namespace b2c
