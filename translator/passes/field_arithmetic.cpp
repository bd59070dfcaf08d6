// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds sums of a member's address and a constant. */
#include "field_arithmetic.h"

#include "llvm/Support/Casting.h"

#include "../frontend/provenance.h"
#include "../kernel_layout.h"
#include "deref_path.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

/// &p->member + offset, in bytes.
struct Sum {
	const Expr *member = nullptr;
	int64_t offset = 0;
};

int64_t unitOf(const ASTContext &ast, const Expr *pointer) {
	QualType type = pointer->getType();

	if (!type->isPointerType() || type->getPointeeType()->isVoidType())
		return 1;
	return type->getPointeeType()->isIncompleteType()
		       ? 1
		       : ast.getTypeSizeInChars(type->getPointeeType()).getQuantity();
}

/// Not for container_of: that goes from a member to its own record.
bool constantOf(const ASTContext &ast, const Expr *expr, int64_t &ret_value) {
	Expr::EvalResult value;

	if (llvm::isa<OffsetOfExpr>(expr->IgnoreParenCasts()) || !expr->EvaluateAsInt(value, ast))
		return false;
	ret_value = value.Val.getInt().getExtValue();
	return true;
}

bool isSum(const ASTContext &ast, const Stmt *stmt, Sum &ret_sum) {
	const auto *binary = dyn_cast<BinaryOperator>(stmt);

	if (!binary || (binary->getOpcode() != BO_Add && binary->getOpcode() != BO_Sub))
		return false;
	const auto *address = dyn_cast<UnaryOperator>(binary->getLHS()->IgnoreParenCasts());
	if (!address || address->getOpcode() != UO_AddrOf ||
	    !constantOf(ast, binary->getRHS(), ret_sum.offset))
		return false;
	ret_sum.member = address->getSubExpr();
	ret_sum.offset *= unitOf(ast, binary->getLHS());
	if (binary->getOpcode() == BO_Sub)
		ret_sum.offset = -ret_sum.offset;
	return true;
}

} // namespace

void checkFieldArithmetic(Session &session, KernelRecords &records, const Stmt *stmt) {
	struct b2c_kernels *kernels = session.request().kernels;
	auto never = [](const Expr *) { return false; };
	std::string path;
	DerefPath found;
	Sum sum;

	if (!isSum(session.ast(), stmt, sum) || !pathOf(sum.member, session.ast(), never, found) ||
	    found.accessors.empty() || found.accessors.back().hasIndex() ||
	    !records.isKernel(found.accessors.back().record))
		return;
	int64_t size = session.ast().getTypeSizeInChars(sum.member->getType()).getQuantity();
	if (sum.offset >= 0 && sum.offset < size)
		return;
	for (const Accessor::Step &step : found.accessors.back().steps)
		path += (path.empty() ? "" : ".") + step.name;
	std::string record = found.accessors.back().record->getName().str();
	if (kernels_agree_near(kernels, record.c_str(), path.c_str(), sum.offset))
		return;
	session.report(
		B2C_DIAG_field_arithmetic, stmt->getSourceRange(),
		"this is not in '%s'; what is %lld bytes from its start depends on the kernel",
		path.c_str(), static_cast<long long>(sum.offset));
	for (size_t i = 0; i < kernels_count(kernels); i++) {
		const char *there =
			kernel_members_near(kernels, i, record.c_str(), path.c_str(), sum.offset);
		if (there)
			diag_help(session.diag(), "on %s there is %s", kernel_name(kernels, i),
				  *there ? there : "nothing");
	}
	diag_help(session.diag(), "name the member; bit-fields are read by their names too");
}

} // namespace b2c
