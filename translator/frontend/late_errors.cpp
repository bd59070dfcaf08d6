// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Errors of Clang in better words; see late_errors.h. */
#include "late_errors.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "clang/Sema/SemaDiagnostic.h"

#include "diagnostics.h"

namespace b2c {

using namespace clang;

namespace {

/// The member that stands in a range, and the variables and parameters of a name.
class Finder : public RecursiveASTVisitor<Finder> {
public:
	Finder(SourceRange range, std::string name) : range_(range), name_(std::move(name)) {}

	bool VisitMemberExpr(MemberExpr *expr) {
		if (expr->getSourceRange() == range_)
			member = dyn_cast<FieldDecl>(expr->getMemberDecl());
		return true;
	}

	bool VisitVarDecl(VarDecl *var) {
		if (!declaration && var->getDeclName().isIdentifier() && var->getName() == name_ &&
		    isa<FunctionDecl>(var->getDeclContext()))
			declaration = var;
		return true;
	}

	const FieldDecl *member = nullptr;
	const VarDecl *declaration = nullptr;

private:
	SourceRange range_;
	std::string name_;
};

std::string wordAt(SourceLocation place, const SourceManager &sources) {
	LangOptions language;

	return Lexer::getSourceText(CharSourceRange::getTokenRange(place), sources, language).str();
}

/// The name that an error is about; in a macro it stands nowhere.
std::string nameIn(const Diagnostic &info) {
	for (unsigned i = 0; i < info.getNumArgs(); i++)
		if (info.getArgKind(i) == DiagnosticsEngine::ak_declarationname)
			return DeclarationName::getFromOpaqueInteger(info.getRawArg(i))
				.getAsString();
	return "";
}

} // namespace

bool LateErrors::take(const Diagnostic &info, struct b2c_loc loc, const std::string &text) {
	Held held;

	held.id = info.getID();
	held.loc = loc;
	held.text = text;
	if (held.id == diag::err_typecheck_member_reference_struct_union && info.getNumRanges()) {
		held.base = info.getRange(0).getAsRange();
		if (info.getNumRanges() > 1)
			held.name = wordAt(info.getRange(1).getBegin(), info.getSourceManager());
	} else if (held.id == diag::err_undeclared_var_use) {
		held.name = nameIn(info);
	} else {
		return false;
	}
	held_.push_back(held);
	return true;
}

bool LateErrors::reportMember(const Held &held, ASTContext &ast) {
	Finder finder(held.base, "");

	finder.TraverseDecl(ast.getTranslationUnitDecl());
	if (!finder.member || held.name.empty())
		return false;
	std::string record = finder.member->getParent()->getName().str();
	std::string field = finder.member->getName().str();
	std::string path = field + "." + held.name;
	if (!kernels_with_field(kernels_, record.c_str(), field.c_str()) ||
	    kernels_with_field(kernels_, record.c_str(), path.c_str()))
		return false;
	diag_report(diag_, B2C_DIAG_field_unknown, held.loc,
		    "no kernel of the data has a member '%s' in '%s' of '%s', a '%s'",
		    held.name.c_str(), field.c_str(), record.c_str(),
		    finder.member->getType().getAsString(ast.getPrintingPolicy()).c_str());
	diag_help(diag_, "looked at: %s", kernels_looked_at(kernels_));
	return true;
}

bool LateErrors::reportName(const Held &held, ASTContext &ast) {
	Finder finder({}, held.name);

	finder.TraverseDecl(ast.getTranslationUnitDecl());
	if (!finder.declaration || held.name.empty())
		return false;
	const auto *function = cast<FunctionDecl>(finder.declaration->getDeclContext());
	SourceLocation place = finder.declaration->getLocation();
	diag_report(diag_, B2C_DIAG_name_elsewhere, held.loc,
		    "'%s' is not declared here, but in other functions", held.name.c_str());
	diag_note(diag_, locOf(ast.getSourceManager(), ast.getLangOpts(), place, arena_),
		  "'%s' has one of its own", function->getNameAsString().c_str());
	return true;
}

void LateErrors::report(ASTContext *ast) {
	for (const Held &held : held_) {
		bool told =
			ast && kernels_ &&
			(held.base.isValid() ? reportMember(held, *ast) : reportName(held, *ast));
		if (!told)
			diag_report(diag_, B2C_DIAG_clang, held.loc, "%s", held.text.c_str());
	}
	held_.clear();
}

} // namespace b2c
