// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds the kernel's records among those that the program declares. */
#include "kernel_records.h"

#include "clang/AST/Stmt.h"
#include "llvm/Support/Casting.h"

#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

void KernelRecords::noteObject(QualType type) {
	while (!type.isNull() && type->isArrayType())
		type = session_.ast().getAsArrayType(type)->getElementType();
	const RecordDecl *record = type.isNull() ? nullptr : type->getAsRecordDecl();
	record = record ? record->getDefinition() : nullptr;
	if (!record || !objects_.insert(record).second)
		return;
	for (const FieldDecl *field : record->fields())
		noteObject(field->getType());
}

KernelRecords::KernelRecords(Session &session) : session_(session) {
	for (const MapInfo &map : session.maps()) {
		noteObject(map.key);
		noteObject(map.value);
	}
	for (const FunctionDecl *function : session.userFunctions())
		walkVariables(function->getBody(),
			      [&](const VarDecl *var) { noteObject(var->getType()); });
}

/// A kernel record has its tag and the members that the program uses, and the
/// program has no object of it.
bool KernelRecords::isDeclared(const RecordDecl *definition) const {
	struct b2c_kernels *kernels = session_.request().kernels;
	std::string tag = definition->getNameAsString();
	bool uses = false;

	if (tag.empty() || objects_.count(definition) || !kernels_with_record(kernels, tag.c_str()))
		return false;
	for (const FieldDecl *field : definition->fields()) {
		if (!field->isReferenced() || field->getName().empty())
			continue;
		uses = true;
		if (!kernels_with_field(kernels, tag.c_str(), field->getNameAsString().c_str()))
			return false;
	}
	return uses;
}

bool KernelRecords::isKernel(const RecordDecl *record) {
	const RecordDecl *definition = record ? record->getDefinition() : nullptr;

	if (!record || session_.isKernelType(record))
		return record;
	if (!definition || !session_.isUser(definition))
		return false;
	auto known = declared_.find(definition);
	if (known == declared_.end())
		known = declared_.emplace(definition, isDeclared(definition)).first;
	return known->second;
}

void KernelRecords::markDeclared() {
	for (const auto &[definition, declared] : declared_) {
		Span brace = session_.edits().spanOf(definition->getBraceRange().getEnd());
		if (declared && brace.valid())
			session_.edits().insert(brace.file, brace.end,
						" __attribute__((preserve_access_index))");
	}
}

} // namespace b2c
