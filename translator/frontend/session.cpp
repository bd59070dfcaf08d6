// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What passes see of a parsed program; see session.h. */
#include "session.h"

#include <algorithm>
#include <cstdarg>

#include "../host_values.h"
#include "diagnostics.h"
#include "provenance.h"
#include "words.h"

namespace b2c {

Session::Session(clang::CompilerInstance &compiler, const b2c_request &request,
		 struct b2c_arena *arena, struct b2c_diag *diag, const Preprocessed &preprocessed)
    : compiler_(compiler), request_(request), arena_(arena), diag_(diag),
      edits_(compiler.getSourceManager(), compiler.getLangOpts()), preprocessed_(preprocessed) {
	for (clang::SourceRange body : preprocessed.bodies)
		edits_.addMacroBody(edits_.spanOf(body));
}

Session::~Session() = default;

clang::ASTContext &Session::ast() const {
	return compiler_.getASTContext();
}
clang::SourceManager &Session::sources() const {
	return compiler_.getSourceManager();
}
const clang::LangOptions &Session::language() const {
	return compiler_.getLangOpts();
}

MapInfo *Session::mapOf(const clang::VarDecl *var) {
	for (MapInfo &map : maps_)
		if (var && map.var->getCanonicalDecl() == var->getCanonicalDecl())
			return &map;
	return nullptr;
}

MapInfo *Session::mapOf(const clang::Expr *expr) {
	auto *ref = llvm::dyn_cast_or_null<clang::DeclRefExpr>(expr ? expr->IgnoreParenImpCasts()
								    : nullptr);
	MapInfo *map = ref ? mapOf(llvm::dyn_cast<clang::VarDecl>(ref->getDecl())) : nullptr;
	if (map || !expr)
		return map;
	clang::QualType type = expr->IgnoreParenImpCasts()->getType();
	return mapOf(type->isPointerType() ? type->getPointeeType() : type);
}

MapInfo *Session::mapOf(clang::QualType type) {
	const clang::RecordDecl *record = type->getAsRecordDecl();

	for (MapInfo &map : maps_)
		if (record && map.var->getType()->getAsRecordDecl() == record)
			return &map;
	return nullptr;
}

const ScratchInfo *Session::scratchOf(const clang::ValueDecl *var) const {
	for (const ScratchInfo &info : scratch_)
		if (info.var == var)
			return &info;
	return nullptr;
}

const ProgramInfo *Session::programOf(const clang::FunctionDecl *function) const {
	for (const ProgramInfo &program : programs_)
		if (function &&
		    program.function->getCanonicalDecl() == function->getCanonicalDecl())
			return &program;
	return nullptr;
}

bool Session::isUser(clang::SourceLocation location) const {
	if (location.isInvalid())
		return false;
	clang::SourceLocation place = sources().getExpansionLoc(location);
	return !sources().isInSystemHeader(place) && place.isFileID();
}

bool Session::isUser(const clang::Decl *decl) const {
	return isUser(decl->getLocation());
}

bool Session::isKernelType(const clang::RecordDecl *record) const {
	const clang::RecordDecl *definition = record->getDefinition();
	clang::SourceLocation place = (definition ? definition : record)->getLocation();

	if (place.isInvalid())
		return false;
	return sources().getFilename(sources().getExpansionLoc(place)).ends_with("vmlinux.h");
}

std::vector<const clang::FunctionDecl *> Session::userFunctions() const {
	std::vector<const clang::FunctionDecl *> functions;

	for (const clang::Decl *decl : ast().getTranslationUnitDecl()->decls()) {
		auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl);
		if (!function || !function->isThisDeclarationADefinition() || !isUser(function))
			continue;
		if (function->isReferenced() ||
		    sources().getFilename(function->getLocation()) != Words::functions_file)
			functions.push_back(function);
	}
	return functions;
}

struct b2c_loc Session::loc(clang::SourceRange range) const {
	return locOf(sources(), language(), range, arena_);
}

struct b2c_loc Session::loc(clang::SourceLocation location) const {
	return loc(clang::SourceRange(location));
}

std::string Session::text(clang::SourceRange range) const {
	return edits_.text(edits_.spanOf(range));
}

void Session::report(enum b2c_diag_id id, clang::SourceRange range, const char *fmt, ...) {
	va_list args;
	va_start(args, fmt);
	const char *text = arena_vprintf(arena_, fmt, args);
	va_end(args);
	diag_report(diag_, id, loc(range), "%s", text);
}

Provenance &Session::provenance() {
	if (!provenance_)
		provenance_ = std::make_unique<Provenance>(*this);
	return *provenance_;
}

void Session::needHostValue(llvm::StringRef name) {
	if (name.starts_with("CONFIG_"))
		return needText(("extern int " + name + " __kconfig;\n\n").str());
#define X(id, variable, value, what, function)                                                     \
	if (name == variable) {                                                                    \
		host_values_ |= 1U << B2C_HOST_##id;                                               \
		needText("/* " what " on the host; set before the load. */\n"                      \
			 "const volatile int " variable " = " #value ";\n");                       \
	}
	B2C_HOST_VALUES(X)
#undef X
}

bool Session::inDirective(clang::SourceLocation place) const {
	std::pair<clang::FileID, unsigned> at =
		sources().getDecomposedLoc(sources().getExpansionLoc(place));
	llvm::StringRef buffer = sources().getBufferData(at.first).take_front(at.second);

	return buffer.rsplit('\n').second.ltrim().starts_with("#");
}

void Session::needText(const std::string &text) {
	if (std::find(needed_texts_.begin(), needed_texts_.end(), text) == needed_texts_.end())
		needed_texts_.push_back(text);
}

} // namespace b2c
