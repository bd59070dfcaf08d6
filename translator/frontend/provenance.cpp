// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The fixpoint of the provenance analysis: what every statement stores where.
 * Runs twice: first with what is known, then with pointers that nothing was
 * stored to judged by their type.
 */
#include "provenance.h"

#include <cstdio>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Casting.h"

#include "provenance_state.h"
#include "walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;
using llvm::isa;

const char *originName(Origin origin) {
	static const char *const names[] = {"none",   "bpf",  "context", "typed",
					    "kernel", "user", "unknown", "mixed"};

	return names[static_cast<int>(origin)];
}

Origin join(Origin a, Origin b) {
	if (a == b || b == Origin::None)
		return a;
	if (a == Origin::None)
		return b;
	if (a == Origin::User || b == Origin::User || a == Origin::Mixed || b == Origin::Mixed)
		return Origin::Mixed;
	// What the verifier types may also be probe-read.
	if ((a == Origin::Typed && b == Origin::Kernel) ||
	    (a == Origin::Kernel && b == Origin::Typed))
		return Origin::Kernel;
	return Origin::Unknown;
}

Value Value::addressOf(const Decl *object) {
	Value value(Origin::Bpf);

	value.targets.insert(object);
	return value;
}

bool Value::join(const Value &other) {
	size_t size = targets.size() + owners.size();
	Origin old_origin = origin, old_context = context;

	origin = b2c::join(origin, other.origin);
	context = b2c::join(context, other.context);
	targets.insert(other.targets.begin(), other.targets.end());
	owners.insert(other.owners.begin(), other.owners.end());
	return origin != old_origin || context != old_context ||
	       targets.size() + owners.size() != size;
}

/// The functions of the file and all that they call, prelude's inlines included.
void Provenance::State::collectFunctions() {
	std::set<const FunctionDecl *> seen;

	functions = facts.functions();
	seen.insert(functions.begin(), functions.end());
	for (size_t i = 0; i < functions.size(); i++) {
		walkEvaluated(functions[i]->getBody(), [&](const Stmt *stmt) {
			const auto *call = dyn_cast<CallExpr>(stmt);
			const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;

			callee = callee ? callee->getDefinition() : nullptr;
			if (callee && seen.insert(callee).second)
				functions.push_back(callee);
		});
	}
}

/// Verifier-typed arguments are pointers to records; others are plain numbers to it.
static Origin argumentOrigin(Origin arguments, QualType type) {
	if (arguments == Origin::Typed && !pointeeRecord(type))
		return Origin::Kernel;
	return arguments;
}

void Provenance::State::seedPrograms() {
	for (const FunctionDecl *function : functions) {
		ProvenanceFacts::Program program;

		if (!facts.isProgram(function, program))
			continue;
		for (unsigned i = 0; i < function->getNumParams(); i++) {
			const ParmVarDecl *param = function->getParamDecl(i);
			Value value(argumentOrigin(program.arguments, param->getType()));

			if (i == 0 && program.takes_context) {
				value.origin = Origin::Context;
				value.context = program.arguments;
			} else if (!carriesAddress(param->getType())) {
				continue;
			}
			put(param, value);
		}
	}
}

void Provenance::State::pass() {
	for (const FunctionDecl *function : functions) {
		walkEvaluated(function->getBody(),
			      [&](const Stmt *stmt) { transfer(stmt, function); });
	}
}

void Provenance::State::solve() {
	collectFunctions();
	seedPrograms();
	for (bool by_type : {false, true}) {
		guess = by_type;
		do {
			changed = false;
			pass();
		} while (changed);
	}
}

void Provenance::State::put(const Decl *object, const Value &value) {
	changed |= contents[object->getCanonicalDecl()].join(value);
}

void Provenance::State::store(const Value &address, QualType type, const Value &value) {
	if (!carriesAddress(type))
		return;
	for (const Decl *object : address.targets)
		put(object, value);
	if (address.targets.empty() && address.origin == Origin::Bpf && recordOf(type))
		put(recordOf(type), value);
}

void Provenance::State::initializeRecord(const Value &address, const InitListExpr *list) {
	const RecordDecl *record = recordOf(list->getType());

	if (record->isUnion()) {
		const FieldDecl *field = list->getInitializedFieldInUnion();
		if (field && list->getNumInits())
			initialize(Value::addressOf(field), field->getType(), list->getInit(0));
		return;
	}
	unsigned i = 0;
	for (const FieldDecl *field : record->fields()) {
		if (i >= list->getNumInits())
			break;
		if (!field->isUnnamedBitField())
			initialize(Value::addressOf(field), field->getType(), list->getInit(i++));
	}
	(void)address;
}

void Provenance::State::initialize(const Value &address, QualType type, const Expr *init) {
	const auto *list = dyn_cast<InitListExpr>(init->IgnoreParens());

	if (!list)
		return store(address, type, eval(init));
	if (list->isSyntacticForm() && list->getSemanticForm())
		list = list->getSemanticForm();
	if (recordOf(list->getType()))
		return initializeRecord(address, list);
	for (const Expr *element : list->inits())
		initialize(address, element->getType(), element);
}

void Provenance::State::transfer(const Stmt *stmt, const FunctionDecl *function) {
	if (const auto *declaration = dyn_cast<DeclStmt>(stmt)) {
		for (const Decl *decl : declaration->decls()) {
			const auto *var = dyn_cast<VarDecl>(decl);
			if (var && var->getInit())
				initialize(Value::addressOf(var->getCanonicalDecl()),
					   var->getType(), var->getInit());
		}
	} else if (const auto *literal = dyn_cast<CompoundLiteralExpr>(stmt)) {
		initialize(Value(Origin::Bpf), literal->getType(), literal->getInitializer());
	} else if (const auto *binary = dyn_cast<BinaryOperator>(stmt)) {
		if (binary->isAssignmentOp())
			store(address(binary->getLHS()), binary->getLHS()->getType(), eval(binary));
	} else if (const auto *ret = dyn_cast<ReturnStmt>(stmt)) {
		if (ret->getRetValue() && carriesAddress(function->getReturnType()))
			put(function, eval(ret->getRetValue()));
	} else if (const auto *call = dyn_cast<CallExpr>(stmt)) {
		callEffects(call);
	}
}

Provenance::Provenance(std::unique_ptr<ProvenanceFacts> facts)
    : facts_(std::move(facts)), state_(std::make_unique<State>(*facts_)) {
	state_->solve();
}

Provenance::~Provenance() = default;

Origin Provenance::of(const Expr *pointer) const {
	return pointer->isGLValue() ? state_->load(pointer).origin : state_->eval(pointer).origin;
}

Origin Provenance::ofMemory(const Expr *lvalue) const {
	return state_->address(lvalue).origin;
}

std::set<const Decl *> Provenance::objectsBehind(const Expr *pointer) const {
	Value value = pointer->isGLValue() ? state_->load(pointer) : state_->eval(pointer);

	value.targets.insert(value.owners.begin(), value.owners.end());
	return value.targets;
}

void Provenance::dump() const {
	SourceManager &sources = facts_->ast().getSourceManager();
	auto print = [&](const VarDecl *var) {
		Origin origin = state_->contents[var->getCanonicalDecl()].origin;
		PresumedLoc loc =
			sources.getPresumedLoc(sources.getExpansionLoc(var->getLocation()));

		if (isUserTagged(var->getType()))
			origin = Origin::User;
		bool shown = var->getType()->isPointerType() || origin != Origin::None;
		if (shown && loc.isValid() && carriesAddress(var->getType()))
			printf("%s:%u: %s: %s\n", loc.getFilename(), loc.getLine(),
			       var->getNameAsString().c_str(), originName(origin));
	};

	for (const FunctionDecl *function : facts_->functions()) {
		for (const ParmVarDecl *param : function->parameters())
			print(param);
		walkVariables(function->getBody(), print);
	}
}

} // namespace b2c
