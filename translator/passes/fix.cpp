// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What --fix= changes; see fix.h. */
#include "fix.h"

#include "../frontend/ledger.h"
#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

const struct {
	enum b2c_fix fix;
	const char *method;
	unsigned map_kinds;
	const char *form;
} fixed_forms[] = {
#define FIXED_FORM(fix, method, map_kinds, form) {B2C_FIX_##fix, #method, kinds::map_kinds, form},
#include "fixes.def"
#undef FIXED_FORM
};

/// Whether the map's values are such that the fix can be done.
bool isPossible(Session &session, enum b2c_fix fix, const MapInfo &map) {
	if (fix == B2C_FIX_LOOKUP_OR_INIT)
		return hasSmallValue(session, map);
	uint64_t bits = map.value->isIntegerType() ? session.ast().getTypeSize(map.value) : 0;
	return fix != B2C_FIX_ATOMIC_INCREMENT || bits == 32 || bits == 64;
}

/// *v += n to __sync_fetch_and_add(v, n).
void addAtomically(Session &session, const Stmt *stmt) {
	Edits &edits = session.edits();
	const Expr *lvalue = addedLvalue(stmt)->IgnoreParens();
	auto *deref = dyn_cast<UnaryOperator>(lvalue);
	bool is_deref = deref && deref->getOpcode() == UO_Deref;
	const Expr *place = is_deref ? deref->getSubExpr() : lvalue;
	std::vector<Piece> pieces = {
		is_deref ? "__sync_fetch_and_add(" : "__sync_fetch_and_add(&",
		edits.spanWithin(place->getSourceRange(), stmt->getSourceRange())};

	if (auto *unary = dyn_cast<UnaryOperator>(stmt)) {
		pieces.push_back(unary->isIncrementOp() ? ", 1)" : ", -1)");
	} else {
		auto *assign = llvm::cast<CompoundAssignOperator>(stmt);
		bool adds = assign->getOpcode() == BO_AddAssign;
		pieces.push_back(adds ? ", " : ", -(");
		pieces.push_back(edits.spanWithin(assign->getRHS()->getSourceRange(),
						  stmt->getSourceRange()));
		pieces.push_back(adds ? ")" : "))");
	}
	edits.replace(session.span(stmt), pieces);
}

/// The variable that stands in for a value that a full map does not take.
std::string scratchOf(Session &session, const MapInfo &map) {
	std::string name = map.var->getName().str() + "_scratch";
	std::string type = map.value_text.empty()
				   ? map.value.getAsString(session.ast().getPrintingPolicy())
				   : map.value_text;

	return type + " " + name + ";";
}

/// Declares variables at the head of a function's body.
void declare(Session &session, const FunctionDecl *function,
	     const std::set<std::string> &declarations) {
	SourceLocation brace =
		session.sources().getExpansionLoc(function->getBody()->getBeginLoc());
	Span body = session.edits().spanOf(brace);
	std::string text;

	for (const std::string &declaration : declarations)
		text += "\n\t" + declaration;
	if (!text.empty())
		session.edits().insert(body.file, body.end, text);
}

} // namespace

const char *fixedForm(Session &session, llvm::StringRef method, const MapInfo &map) {
	for (const auto &row : fixed_forms)
		if (session.fixes(row.fix) && method == row.method &&
		    row.map_kinds & kinds::bit(map.kind) && isPossible(session, row.fix, map))
			return row.form;
	return nullptr;
}

void FixPass::run(Session &session) {
	for (const FunctionDecl *function : session.userFunctions()) {
		std::set<std::string> declarations;
		auto visit = [&](const Stmt *stmt) {
			std::string method;
			auto *call = dyn_cast<CallExpr>(stmt);
			const MapInfo *map = call ? methodOf(session, call, method) : nullptr;
			const char *form = map ? fixedForm(session, method, *map) : nullptr;
			if (form && llvm::StringRef(form).contains("$m_scratch"))
				declarations.insert(scratchOf(session, *map));
			if (session.fixes(B2C_FIX_ATOMIC_ADD) && canAddAtomically(session, stmt) &&
			    mapOfValue(session, addedLvalue(stmt), kinds::SHARED))
				addAtomically(session, stmt);
		};
		walkEvaluated(function->getBody(), visit);
		declare(session, function, declarations);
	}
}

} // namespace b2c
