// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Calls in the provenance analysis: helpers and map methods by the rows of
 * provenance_calls.def, functions with a body by what they return.
 */
#include <string>

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"

#include "provenance_state.h"
#include "walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

struct ResultRow {
	const char *name;
	Origin origin;
};

struct ReadRow {
	const char *name;
	unsigned to, from;
	Origin origin;
};

/// LOOKUP has no `other`; that of a store is read, that of a fetch is written.
struct MapRow {
	const char *name;
	unsigned map, other;
};

const ResultRow results[] = {
#define RESULT(name, origin) {name, Origin::origin},
#include "provenance_calls.def"
};

const ReadRow reads[] = {
#define READ(name, to, from, origin) {name, to, from, Origin::origin},
#include "provenance_calls.def"
};

const ReadRow writes[] = {
#define WRITE(name, to, origin) {name, to, 0, Origin::origin},
#include "provenance_calls.def"
};

const MapRow lookups[] = {
#define LOOKUP(name, map) {name, map, 0},
#include "provenance_calls.def"
};

const MapRow updates[] = {
#define UPDATE(name, map, from) {name, map, from},
#include "provenance_calls.def"
};

const MapRow fetches[] = {
#define FETCH(name, map, to) {name, map, to},
#include "provenance_calls.def"
};

const ResultRow method_results[] = {
#define METHOD_LOOKUP(name) {name, Origin::None},
#define METHOD_MEMORY(name) {name, Origin::Bpf},
#include "provenance_calls.def"
};

const MapRow method_stores[] = {
#define METHOD_STORE(name, from) {name, 0, from},
#include "provenance_calls.def"
};

const MapRow method_fetches[] = {
#define METHOD_FETCH(name, to) {name, 0, to},
#include "provenance_calls.def"
};

template <typename Row, size_t N> const Row *find(const Row (&rows)[N], const std::string &name) {
	for (const Row &row : rows)
		if (name == row.name)
			return &row;
	return nullptr;
}

bool has(const CallExpr *call, unsigned argument) {
	return argument < call->getNumArgs();
}

/// Type of what an argument points to, before it was converted to void *.
QualType pointeeOf(const Expr *argument) {
	QualType type = argument->IgnoreParenCasts()->getType();

	if (type->isArrayType())
		return type;
	return type->isPointerType() ? type->getPointeeType() : QualType();
}

} // namespace

const VarDecl *Provenance::State::methodMap(const CallExpr *call, std::string &ret_method) const {
	const auto *member = dyn_cast<MemberExpr>(call->getCallee()->IgnoreParenImpCasts());
	const VarDecl *map = nullptr;

	if (!member)
		return nullptr;
	if (const auto *ref = dyn_cast<DeclRefExpr>(member->getBase()->IgnoreParens()))
		map = dyn_cast<VarDecl>(ref->getDecl());
	// By a pointer to the map.
	if (member->isArrow())
		for (const Decl *target : eval(member->getBase()).targets)
			map = dyn_cast<VarDecl>(target);
	if (!map || !facts.isMap(map))
		return nullptr;
	ret_method = member->getMemberDecl()->getNameAsString();
	return map->getCanonicalDecl();
}

Value Provenance::State::callResult(const CallExpr *call) const {
	std::string name = calleeName(call);

	if (const VarDecl *map = methodMap(call, name)) {
		const ResultRow *row = find(method_results, name);
		if (row && row->origin == Origin::None)
			return Value::addressOf(map);
		return row ? Value(row->origin) : Value();
	}
	if (const ResultRow *row = find(results, name))
		return row->origin;
	if (const MapRow *row = find(lookups, name)) {
		Value value(Origin::Bpf);
		if (has(call, row->map))
			value.targets = eval(call->getArg(row->map)).targets;
		return value;
	}
	bool passes = name == "__builtin_preserve_access_index" || name == "__builtin_expect" ||
		      name == "__builtin_memcpy" || name == "__builtin_assume_aligned";
	if (passes && has(call, 0))
		return eval(call->getArg(0));
	if (!carriesAddress(call->getType()))
		return {};
	const FunctionDecl *callee = call->getDirectCallee();
	if (callee && callee->getDefinition()) {
		auto content = contents.find(callee->getCanonicalDecl());
		return content == contents.end() ? Value() : content->second;
	}
	return call->getType()->isPointerType() ? Origin::Unknown : Origin::None;
}

void Provenance::State::passArguments(const CallExpr *call) {
	const FunctionDecl *callee = call->getDirectCallee();

	callee = callee ? callee->getDefinition() : nullptr;
	if (!callee)
		return;
	for (unsigned i = 0; i < callee->getNumParams() && has(call, i); i++) {
		const ParmVarDecl *param = callee->getParamDecl(i);
		Value value = eval(call->getArg(i));

		// A verifier-typed number is a pointer to no record.
		if (value.origin == Origin::Typed && param->getType()->isPointerType() &&
		    !param->getType()->isVoidPointerType() && !pointeeRecord(param->getType()))
			value.origin = Origin::Kernel;
		if (carriesAddress(param->getType()))
			put(param, value);
	}
}

/// The call copies memory: pointers in it are of the origin of the memory.
void Provenance::State::readEffect(const CallExpr *call, unsigned to, unsigned from,
				   Origin origin) {
	if (!has(call, to) || !has(call, from))
		return;
	QualType type = pointeeOf(call->getArg(to));
	Value source = eval(call->getArg(from));
	Value value(origin);

	if (type.isNull())
		return;
	if (source.origin == Origin::Bpf || origin == Origin::None)
		value = loadThrough(source, type);
	if (value.origin == Origin::Typed)
		value.origin = Origin::Kernel;
	bool saved = source.origin != Origin::Context && source.origin != Origin::Bpf;
	if (saved && isRegister(call->getArg(from)))
		value = Origin::User;
	store(eval(call->getArg(to)), type, value);
}

/// The call copies an element of a map to where `to` points.
void Provenance::State::fetch(const Value &map, const Expr *to) {
	QualType type = pointeeOf(to);

	if (!type.isNull())
		store(eval(to), type, loadThrough(map, type));
}

void Provenance::State::callEffects(const CallExpr *call) {
	std::string name = calleeName(call);

	if (const VarDecl *map = methodMap(call, name)) {
		const MapRow *row = find(method_stores, name);
		if (row && has(call, row->other))
			put(map, loadThrough(eval(call->getArg(row->other)),
					     pointeeOf(call->getArg(row->other))));
		row = find(method_fetches, name);
		if (row && has(call, row->other))
			fetch(Value::addressOf(map), call->getArg(row->other));
		return;
	}
	if (const ReadRow *row = find(reads, name))
		return readEffect(call, row->to, row->from, row->origin);
	if (const ReadRow *row = find(writes, name)) {
		if (has(call, row->to) && !pointeeOf(call->getArg(row->to)).isNull())
			store(eval(call->getArg(row->to)), pointeeOf(call->getArg(row->to)),
			      row->origin);
		return;
	}
	const MapRow *row = find(fetches, name);
	if (row && has(call, row->other))
		return fetch(eval(call->getArg(row->map)), call->getArg(row->other));
	row = find(updates, name);
	if (row && has(call, row->other) && has(call, row->map)) {
		Value stored = loadThrough(eval(call->getArg(row->other)),
					   pointeeOf(call->getArg(row->other)));
		for (const Decl *map : eval(call->getArg(row->map)).targets)
			put(map, stored);
		return;
	}
	passArguments(call);
}

} // namespace b2c
