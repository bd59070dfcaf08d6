// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Clang's messages in our sink; a wrong map method is told in the map's words. */
#include "diagnostics.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/LexDiagnostic.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/SemaDiagnostic.h"
#include "llvm/ADT/SmallString.h"

namespace b2c {

struct b2c_loc locOf(const clang::SourceManager &sources, const clang::LangOptions &language,
		     clang::SourceRange range, struct b2c_arena *arena) {
	struct b2c_loc loc = {nullptr, 0, 0, 0};

	if (range.isInvalid())
		return loc;
	clang::CharSourceRange chars = sources.getExpansionRange(range);
	clang::SourceLocation begin = sources.getFileLoc(range.getBegin());
	clang::SourceLocation end = chars.getEnd();
	clang::PresumedLoc place = sources.getPresumedLoc(begin, false);

	if (place.isInvalid())
		return loc;
	loc.file = arena_strdup(arena, place.getFilename());
	loc.line = place.getLine();
	loc.column = place.getColumn();
	end = clang::Lexer::getLocForEndOfToken(end, 0, sources, language);
	std::pair<clang::FileID, unsigned> from = sources.getDecomposedLoc(begin);
	if (end.isInvalid())
		return loc;
	std::pair<clang::FileID, unsigned> to = sources.getDecomposedLoc(end);
	if (from.first == to.first && to.second > from.second)
		loc.length = to.second - from.second;
	return loc;
}

namespace {

/// "no member named 'x' in 'struct NAME_table_t'": the map's name, or "".
std::string mapOfMissingMember(const clang::Diagnostic &info) {
	static const std::string suffix = "_table_t";

	if (info.getID() != clang::diag::err_no_member && info.getID() != clang::diag::err_no_member_suggest)
		return "";
	for (unsigned i = 0; i < info.getNumArgs(); i++) {
		if (info.getArgKind(i) != clang::DiagnosticsEngine::ak_declcontext)
			continue;
		auto *context = reinterpret_cast<clang::DeclContext *>(info.getRawArg(i));
		auto *record = llvm::dyn_cast_or_null<clang::RecordDecl>(context);
		std::string name = record ? record->getName().str() : "";
		if (name.size() > suffix.size() &&
		    name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0)
			return name.substr(0, name.size() - suffix.size());
	}
	return "";
}

std::string missingMember(const clang::Diagnostic &info) {
	for (unsigned i = 0; i < info.getNumArgs(); i++)
		if (info.getArgKind(i) == clang::DiagnosticsEngine::ak_declarationname)
			return clang::DeclarationName::getFromOpaqueInteger(info.getRawArg(i)).getAsString();
	return "";
}

const char *const method_names[] = {
#define METHOD(name, ...) #name,
#include "../passes/map_methods.def"
#undef METHOD
};

void reportMethod(struct b2c_diag *diag, struct b2c_loc loc, const std::string &map,
		  const std::string &method) {
	const char *near = diag_nearest(method.c_str(), method_names,
					sizeof(method_names) / sizeof(method_names[0]));

	loc.length = static_cast<unsigned>(method.size());
	diag_report(diag, B2C_DIAG_map_method_unknown, loc, "map '%s' has no method '%s'",
		    map.c_str(), method.c_str());
	if (near)
		diag_help(diag, "did you mean '%s'?", near);
}

} // namespace

void DiagnosticsBridge::HandleDiagnostic(clang::DiagnosticsEngine::Level level,
					 const clang::Diagnostic &info) {
	DiagnosticConsumer::HandleDiagnostic(level, info);
	llvm::SmallString<256> text;
	clang::LangOptions language;
	struct b2c_loc loc = {nullptr, 0, 0, 0};

	info.FormatDiagnostic(text);
	if (info.hasSourceManager() && info.getLocation().isValid())
		loc = locOf(info.getSourceManager(), language, info.getLocation(), arena_);
	// Some of Clang's places lie behind a macro's last token, where no text is.
	if (!loc.line && preprocessor_ && preprocessor_->getCurrentFileLexer()) {
		auto *lexer = static_cast<clang::Lexer *>(preprocessor_->getCurrentFileLexer());
		loc = locOf(preprocessor_->getSourceManager(), language, lexer->getSourceLocation(), arena_);
	}
	if (level == clang::DiagnosticsEngine::Note) {
		if (note_belongs_)
			diag_note(diag_, loc, "%s", text.c_str());
		return;
	}
	note_belongs_ = level >= clang::DiagnosticsEngine::Warning;
	if (!note_belongs_)
		return;
	if (level == clang::DiagnosticsEngine::Warning) {
		diag_report(diag_, B2C_DIAG_clang_warning, loc, "%s", text.c_str());
		return;
	}
	if (info.getID() == clang::diag::err_pp_file_not_found) {
		diag_report(diag_, B2C_DIAG_include_missing, loc, "%s", text.c_str());
		diag_help(diag_, "name its folder with -I; headers of the kernel need none");
		return;
	}
	std::string map = mapOfMissingMember(info);
	if (!map.empty())
		reportMethod(diag_, loc, map, missingMember(info));
	else
		diag_report(diag_, error_, loc, "%s", text.c_str());
}

} // namespace b2c
