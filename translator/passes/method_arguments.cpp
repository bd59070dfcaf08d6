// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Methods have no prototypes, so that C takes any argument. What is wrong is told here,
 * where the program says it, and not by the compiler of the emitted source. A pointer
 * to another type than the map's is no error: bcc converts it.
 */
#include "method_arguments.h"

namespace b2c {

using namespace clang;

namespace {

/// What an argument has to be, by its word in map_methods.def.
enum class Sort { Address, AddressOrNull, Key, Number };

Sort sortOf(llvm::StringRef word) {
	static const char *const addresses[] = {"ctx", "sk", "inode", "task", "initial"};

	if (word.starts_with("&"))
		return Sort::Address;
	if (llvm::is_contained(addresses, word))
		return Sort::AddressOrNull;
	return word == "key" ? Sort::Key : Sort::Number;
}

bool isNull(const ASTContext &ast, const Expr *argument) {
	return argument->isNullPointerConstant(const_cast<ASTContext &>(ast),
					       Expr::NPC_ValueDependentIsNotNull);
}

bool isAddress(QualType type) {
	return type->isAnyPointerType() || type->isArrayType() || type->isFunctionType();
}

/// A key by value is converted as C converts what is assigned.
bool isKey(const MapInfo &map, QualType type) {
	if (map.key.isNull())
		return true;
	if (map.key->isRecordType())
		return type->getCanonicalTypeUnqualified() ==
		       map.key->getCanonicalTypeUnqualified();
	if (map.key->isIntegralOrEnumerationType())
		return type->isArithmeticType() || type->isEnumeralType();
	return !map.key->isPointerType() || isAddress(type);
}

bool fits(const ASTContext &ast, const MapInfo &map, Sort sort, const Expr *argument) {
	QualType type = argument->IgnoreParenImpCasts()->getType();

	switch (sort) {
	case Sort::Address:
		return isAddress(type) && !isNull(ast, argument);
	case Sort::AddressOrNull:
		return isAddress(type) || isNull(ast, argument);
	case Sort::Key:
		return isKey(map, type) || (map.key->isPointerType() && isNull(ast, argument));
	case Sort::Number:
		return type->isArithmeticType() || type->isEnumeralType();
	}
	return true;
}

const char *wanted(Sort sort) {
	return sort == Sort::Key      ? "a key by value"
	       : sort == Sort::Number ? "a number"
				      : "an address";
}

/// What is added to is a number.
bool holdsNumbers(Session &session, const CallExpr *call, const MapInfo &map,
		  const MethodWords &method) {
	bool adds = llvm::StringRef(method.arguments).ends_with(", number");

	if (!adds || map.value.isNull() || map.value->isArithmeticType())
		return true;
	session.report(B2C_DIAG_map_method_type, call->getCallee()->getSourceRange(),
		       "method '%s' adds to numbers, and the values of map '%s' are '%s'",
		       method.name, map.var->getName().str().c_str(),
		       map.value.getAsString().c_str());
	diag_help(session.diag(), "%s", "look the value up and add to its member");
	return false;
}

} // namespace

bool argumentsFit(Session &session, const CallExpr *call, const MapInfo &map,
		  const MethodWords &method) {
	llvm::SmallVector<llvm::StringRef, 4> words;
	bool all = holdsNumbers(session, call, map, method);

	llvm::StringRef(method.arguments).split(words, ", ");
	for (unsigned i = 0; i < call->getNumArgs() && i < words.size(); i++) {
		const Expr *argument = call->getArg(i);
		Sort sort = sortOf(words[i]);
		if (fits(session.ast(), map, sort, argument))
			continue;
		std::string type = argument->IgnoreParenImpCasts()->getType().getAsString();
		session.report(B2C_DIAG_map_method_type, argument->getSourceRange(),
			       "argument %u of method '%s' has to be %s, not %s'%s'", i + 1,
			       method.name, wanted(sort),
			       isNull(session.ast(), argument) ? "0 of type " : "", type.c_str());
		diag_help(session.diag(), "call it as '%s.%s(%s)'",
			  map.var->getName().str().c_str(), method.name, method.arguments);
		all = false;
	}
	return all;
}

} // namespace b2c
