// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Finds the numbers of the host, which the prelude has as enumerators. In an
 * expression one is a variable of the same name, set before the load; where C wants
 * a constant, or a directive asks for it, there is no number for all hosts.
 */
#include "host_value.h"

#include <map>

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "llvm/ADT/StringExtras.h"

#include "../host_values.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

const struct {
	const char *variable, *what;
	int value;
} host_values[] = {
#define X(id, variable, value, what, function) {variable, what, value},
	B2C_HOST_VALUES(X)
#undef X
};

/// What libbpf takes from the configuration of the host's kernel.
const char *const host_options[] = {"CONFIG_HZ"};

bool isHostName(llvm::StringRef name) {
	for (const auto &row : host_values)
		if (name == row.variable)
			return true;
	return llvm::is_contained(host_options, name);
}

class Finder : public RecursiveASTVisitor<Finder> {
public:
	explicit Finder(Session &session) : session_(session) {}

	bool VisitDeclRefExpr(DeclRefExpr *ref);
	bool VisitImplicitCastExpr(ImplicitCastExpr *cast);
	bool TraverseFunctionDecl(FunctionDecl *function) {
		return in(true,
			  [&] { return RecursiveASTVisitor::TraverseFunctionDecl(function); });
	}
	bool TraverseConstantExpr(ConstantExpr *expr, DataRecursionQueue * = nullptr) {
		return in(false, [&] { return TraverseStmt(expr->getSubExpr()); });
	}
	bool TraverseConstantArrayTypeLoc(ConstantArrayTypeLoc loc) {
		return in(false,
			  [&] { return RecursiveASTVisitor::TraverseConstantArrayTypeLoc(loc); });
	}
	bool TraverseVarDecl(VarDecl *var) {
		bool runs = runs_ && !var->hasGlobalStorage();
		return in(runs, [&] { return RecursiveASTVisitor::TraverseVarDecl(var); });
	}

private:
	bool in(bool runs, llvm::function_ref<bool()> traverse);
	std::string wordOf(const DeclRefExpr *ref) const;
	void refuse(const DeclRefExpr *ref, const char *what, const char *way);

	Session &session_;
	bool runs_ = false; ///< what is looked at is computed when the program runs
	std::set<const DeclRefExpr *> loaded_;
};

bool Finder::in(bool runs, llvm::function_ref<bool()> traverse) {
	bool outer = runs_;

	runs_ = runs;
	bool done = traverse();
	runs_ = outer;
	return done;
}

/// The program's word for it: the macro that leads there, or its own name.
std::string Finder::wordOf(const DeclRefExpr *ref) const {
	const SourceManager &sources = session_.sources();
	std::string word = ref->getDecl()->getNameAsString();

	for (SourceLocation place = ref->getLocation(); place.isMacroID();) {
		if (sources.isMacroArgExpansion(place)) {
			place = sources.getImmediateSpellingLoc(place);
			continue;
		}
		word = Lexer::getImmediateMacroName(place, sources, session_.language()).str();
		place = sources.getImmediateExpansionRange(place).getBegin();
	}
	return word;
}

void Finder::refuse(const DeclRefExpr *ref, const char *what, const char *way) {
	session_.report(B2C_DIAG_host_value, ref->getSourceRange(), "'%s' %s", wordOf(ref).c_str(),
			what);
	diag_help(session_.diag(), "%s", way);
}

bool Finder::VisitImplicitCastExpr(ImplicitCastExpr *cast) {
	if (cast->getCastKind() == CK_LValueToRValue)
		if (const auto *ref = dyn_cast<DeclRefExpr>(cast->getSubExpr()->IgnoreParens()))
			loaded_.insert(ref);
	return true;
}

bool Finder::VisitDeclRefExpr(DeclRefExpr *ref) {
	const ValueDecl *decl = ref->getDecl();
	std::string name = decl->getNameAsString();
	bool is_clock = name == "jiffies" || name == "jiffies_64";

	if (session_.isUser(decl) || !(is_clock || isHostName(name)))
		return true;
	if (is_clock && !loaded_.count(ref))
		refuse(ref, "is a clock of the kernel, of which a program has the number alone",
		       "copy it to a variable first");
	else if (!runs_)
		refuse(ref, "is a number of the host, and a constant is wanted here",
		       "use it in an expression, or write the largest number that is meant");
	else if (is_clock)
		session_.edits().replace(session_.span(ref), {"bpf_jiffies64()"});
	else
		session_.needHostValue(name);
	return true;
}

/// The macros whose bodies lead to a number of the host.
class HostMacros {
public:
	explicit HostMacros(const Session &session) {
		for (const MacroUse &use : session.macroUses())
			infos_[use.name] = use.info;
	}

	bool has(const std::string &name) const {
		auto found = infos_.find(name);
		if (found == infos_.end() || seen_.count(name))
			return false;
		seen_.insert(name);
		bool leads = llvm::any_of(found->second->tokens(), [&](const Token &token) {
			const IdentifierInfo *word = token.getIdentifierInfo();
			return word && (isHostName(word->getName()) || has(word->getName().str()));
		});
		seen_.erase(name);
		return leads;
	}

private:
	std::map<std::string, const MacroInfo *> infos_;
	mutable std::set<std::string> seen_; ///< on the way, so that a circle ends
};

} // namespace

void HostValuePass::run(Session &session) {
	HostMacros macros(session);
	Finder finder(session);

	for (const MacroUse &use : session.macroUses()) {
		if (!session.inDirective(use.range.getBegin()) || !macros.has(use.name))
			continue;
		session.report(B2C_DIAG_host_value, use.range,
			       "'%s' is a number of the host, and a condition wants a constant",
			       use.name.c_str());
		diag_help(session.diag(), "ask with 'if', or say -D %s=...", use.name.c_str());
	}
	for (Decl *decl : session.ast().getTranslationUnitDecl()->decls())
		if (session.isUser(decl))
			finder.TraverseDecl(decl);
}

} // namespace b2c
