// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds the kernel's record behind one of the program's; own_layout.h has the rule. */
#include "own_layout.h"

#include "llvm/Support/Casting.h"

#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

static const RecordDecl *pointee(QualType type) {
	const RecordDecl *record =
		type->isPointerType() ? type->getPointeeType()->getAsRecordDecl() : nullptr;

	return record && record->getDefinition() ? record->getDefinition() : nullptr;
}

OwnLayouts::OwnLayouts(Session &session) : session_(session) {
	for (const FunctionDecl *function : session.userFunctions())
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
			const auto *cast = dyn_cast<ExplicitCastExpr>(stmt);
			const RecordDecl *to = cast ? pointee(cast->getType()) : nullptr;
			if (!to || !session.isUser(to))
				return;
			const Expr *from = cast->getSubExpr()->IgnoreParenCasts();
			const RecordDecl *record = pointee(from->getType());
			bool first = sources_.emplace(to, record).second;
			if (!first && sources_[to] != record)
				sources_[to] = nullptr;
		});
}

const RecordDecl *OwnLayouts::kernelRecord(const RecordDecl *own) const {
	auto source = sources_.find(own ? own->getDefinition() : nullptr);
	const RecordDecl *kernel = source == sources_.end() ? nullptr : source->second;

	if (!kernel || !session_.isKernelType(kernel) || kernel->getName().empty())
		return nullptr;
	llvm::StringRef rest = own->getName();
	return rest.consume_front(kernel->getName()) && rest.starts_with("_") ? kernel : nullptr;
}

/// The member of that name, also of an unnamed record within.
static const FieldDecl *fieldOf(const RecordDecl *record, llvm::StringRef name) {
	record = record ? record->getDefinition() : nullptr;
	if (!record)
		return nullptr;
	for (const FieldDecl *field : record->fields()) {
		if (field->getName() == name)
			return field;
		if (!field->isAnonymousStructOrUnion())
			continue;
		if (const FieldDecl *inner = fieldOf(field->getType()->getAsRecordDecl(), name))
			return inner;
	}
	return nullptr;
}

/// Whether a value of the one type is as good as one of the other.
static bool isLike(const ASTContext &ast, QualType own, QualType kernel) {
	if (own->isIntegerType() && kernel->isIntegerType())
		return own->isSignedIntegerType() == kernel->isSignedIntegerType();
	return ast.hasSameUnqualifiedType(own, kernel);
}

bool OwnLayouts::apply(DerefPath &path) const {
	if (path.accessors.empty() || path.address_of)
		return false;
	Accessor accessor = path.accessors.front();
	const RecordDecl *kernel = kernelRecord(accessor.record), *record = kernel;

	if (!kernel || accessor.steps.empty())
		return false;
	for (Accessor::Step &step : accessor.steps) {
		const FieldDecl *field = step.index ? nullptr : fieldOf(record, step.name);
		if (!field || !step.field)
			return false;
		bool last = &step == &accessor.steps.back();
		if (last && !isLike(session_.ast(), step.field->getType(), field->getType()))
			return false;
		step.field = field;
		record = field->getType()->getAsRecordDecl();
	}
	accessor.record = kernel;
	accessor.leaf = accessor.steps.back().field;
	path.accessors.front() = accessor;
	path.cast = "struct " + kernel->getName().str() + " *";
	return true;
}

} // namespace b2c
