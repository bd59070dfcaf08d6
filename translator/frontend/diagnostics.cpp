// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Clang's messages in our sink; a wrong map method is told in the map's words. */
#include "diagnostics.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "clang/Frontend/FrontendDiagnostic.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/LexDiagnostic.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/SemaDiagnostic.h"
#include "llvm/ADT/SmallString.h"

#include "compiler.h"

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

/// "no member named 'x' in 'struct R'": the record, or null.
const clang::RecordDecl *recordOfMissingMember(const clang::Diagnostic &info) {
	if (info.getID() != clang::diag::err_no_member &&
	    info.getID() != clang::diag::err_no_member_suggest)
		return nullptr;
	for (unsigned i = 0; i < info.getNumArgs(); i++) {
		if (info.getArgKind(i) != clang::DiagnosticsEngine::ak_declcontext)
			continue;
		auto *context = reinterpret_cast<clang::DeclContext *>(info.getRawArg(i));
		return llvm::dyn_cast_or_null<clang::RecordDecl>(context);
	}
	return nullptr;
}

std::string missingMember(const clang::Diagnostic &info) {
	for (unsigned i = 0; i < info.getNumArgs(); i++)
		if (info.getArgKind(i) == clang::DiagnosticsEngine::ak_declarationname)
			return clang::DeclarationName::getFromOpaqueInteger(info.getRawArg(i))
				.getAsString();
	return "";
}

const char *const method_names[] = {
#define METHOD(name, ...) #name,
#include "../passes/map_methods.def"
#undef METHOD
};

} // namespace

void DiagnosticsBridge::reportMethod(struct b2c_loc loc, const std::string &map,
				     const std::string &method) {
	const char *near = diag_nearest(method.c_str(), method_names,
					sizeof(method_names) / sizeof(method_names[0]));

	diag_report(diag_, B2C_DIAG_map_method_unknown, loc, "map '%s' has no method '%s'",
		    map.c_str(), method.c_str());
	if (near)
		diag_help(diag_, "did you mean '%s'?", near);
}

void DiagnosticsBridge::reportField(struct b2c_loc loc, const std::string &record,
				    const std::string &field) {
	const char *near = kernel_field_nearest(kernels_, record.c_str(), field.c_str());

	diag_report(diag_, B2C_DIAG_field_unknown, loc,
		    "no kernel of the data has a member '%s' in '%s'", field.c_str(),
		    record.c_str());
	if (near)
		diag_help(diag_, "did you mean '%s'?", near);
	diag_help(diag_, "looked at: %s", kernels_looked_at(kernels_));
}

/// A member that bcc's record of a tracepoint lacks.
bool DiagnosticsBridge::reportArgument(struct b2c_loc loc, llvm::StringRef record,
				       const std::string &field) {
	struct b2c_tracepoint tracepoint;

	if (!kernels_ || !record.consume_front("tracepoint__"))
		return false;
	auto [category, event] = record.split("__");
	if (kernel_tracepoint(kernels_, category.str().c_str(), event.str().c_str(), &tracepoint))
		return false;
	diag_report(diag_, B2C_DIAG_field_unknown, loc,
		    "no kernel of the data has a member '%s' in tracepoint '%s:%s'", field.c_str(),
		    tracepoint.category, tracepoint.event);
	std::vector<const char *> names;
	for (size_t i = 0; i < tracepoint.nr_fields; i++)
		names.push_back(tracepoint.fields[i].name);
	if (const char *near = diag_nearest(field.c_str(), names.data(), names.size()))
		diag_help(diag_, "did you mean '%s'?", near);
	diag_help(diag_, "looked at: %s", kernels_looked_at(kernels_));
	return true;
}

/// A string of a tracepoint that TP_DATA_LOC_READ and its kin ask for; `record` is bcc's name.
bool DiagnosticsBridge::reportString(struct b2c_loc loc, llvm::StringRef record,
				     llvm::StringRef member) {
	std::vector<const char *> names;
	struct b2c_tracepoint tracepoint;

	if (!kernels_ || !record.consume_front("tracepoint__") ||
	    !member.consume_front("data_loc_"))
		return false;
	auto [category, event] = record.split("__");
	if (kernel_tracepoint(kernels_, category.str().c_str(), event.str().c_str(), &tracepoint))
		return false;
	for (size_t i = 0; i < tracepoint.nr_fields; i++)
		if (tracepoint.fields[i].location != B2C_IN_PLACE)
			names.push_back(tracepoint.fields[i].name);
	loc.length = 0;
	diag_report(diag_, B2C_DIAG_field_unknown, loc, "tracepoint '%s:%s' has no string '%s'",
		    category.str().c_str(), event.str().c_str(), member.str().c_str());
	const char *near = diag_nearest(member.str().c_str(), names.data(), names.size());
	if (near)
		diag_help(diag_, "did you mean '%s'?", near);
	return true;
}

/// A member that is not there, in the words of the map or the kernel it was looked for in.
bool DiagnosticsBridge::reportMember(const clang::Diagnostic &info, struct b2c_loc loc) {
	const clang::RecordDecl *record = recordOfMissingMember(info);
	llvm::StringRef map = record ? record->getName() : "";
	std::string member = missingMember(info);

	loc.length = static_cast<unsigned>(member.size());
	if (map.consume_back("_table_t")) {
		reportMethod(loc, map.str(), member);
		return true;
	}
	if (reportString(loc, map, member) || reportArgument(loc, map, member))
		return true;
	if (map.empty() || !kernels_ || !kernels_with_record(kernels_, map.str().c_str()) ||
	    !info.getSourceManager().isInSystemHeader(record->getLocation()))
		return false;
	reportField(loc, map.str(), member);
	return true;
}

/// Two maps of one name: a second definition of the record and of the variable that a map's
/// macro makes. The first of the errors tells, the others are dropped.
bool DiagnosticsBridge::reportDuplicate(const clang::Diagnostic &info, llvm::StringRef text,
					struct b2c_loc loc) {
	llvm::StringRef name = text;

	if (!name.consume_front("redefinition of '") || !name.consume_back("'"))
		return false;
	if (duplicates_.count(name.str()))
		return true;
	if (info.getID() != clang::diag::err_redefinition || !name.consume_back("_table_t"))
		return false;
	duplicates_.insert(name.str());
	loc.length = 0;
	diag_report(diag_, B2C_DIAG_map_duplicate, loc, "map '%s' is declared twice",
		    name.str().c_str());
	return true;
}

/// The back end says of each function how much stack it takes, and where that is too much
/// of each instruction that uses it.
bool DiagnosticsBridge::isStack(const clang::Diagnostic &info, llvm::StringRef text) {
	if (info.getID() == clang::diag::warn_fe_frame_larger_than) {
		stack_sizes_[info.getArgStdStr(2)] = info.getRawArg(0);
		return true;
	}
	return text.contains("stack limit is exceeded");
}

void DiagnosticsBridge::HandleDiagnostic(clang::DiagnosticsEngine::Level level,
					 const clang::Diagnostic &info) {
	DiagnosticConsumer::HandleDiagnostic(level, info);
	llvm::SmallString<256> text;
	clang::LangOptions language;
	struct b2c_loc loc = {nullptr, 0, 0, 0};

	info.FormatDiagnostic(text);
	text.truncate(text.str().rtrim().size());
	if (info.hasSourceManager() && info.getLocation().isValid())
		loc = locOf(info.getSourceManager(), language, info.getLocation(), arena_);
	// Some of Clang's places lie behind a macro's last token, where no text is.
	if (!loc.line && preprocessor_ && preprocessor_->getCurrentFileLexer()) {
		auto *lexer = static_cast<clang::Lexer *>(preprocessor_->getCurrentFileLexer());
		loc = locOf(preprocessor_->getSourceManager(), language, lexer->getSourceLocation(),
			    arena_);
	}
	if (level == clang::DiagnosticsEngine::Note) {
		// A declaration of ours says nothing to the user.
		bool ours = loc.file && llvm::StringRef(loc.file).starts_with(memory_folder);
		if (note_belongs_ && !ours)
			diag_note(diag_, loc, "%s", text.c_str());
		return;
	}
	if (error_ == B2C_DIAG_object && isStack(info, text.str())) {
		note_belongs_ = false;
		return;
	}
	note_belongs_ = level >= clang::DiagnosticsEngine::Warning;
	if (!note_belongs_)
		return;
	if (level == clang::DiagnosticsEngine::Warning) {
		// Of the emitted source, whose program was warned about; or of two maps with one
		// name, which is told already.
		if (error_ == B2C_DIAG_object ||
		    (!duplicates_.empty() &&
		     info.getID() == clang::diag::warn_mismatched_section)) {
			note_belongs_ = false;
			return;
		}
		diag_report(diag_, B2C_DIAG_clang_warning, loc, "%s", text.c_str());
		return;
	}
	if (info.getID() == clang::diag::err_pp_file_not_found) {
		diag_report(diag_, B2C_DIAG_include_missing, loc, "%s", text.c_str());
		diag_help(diag_, "name its folder with -I; headers of the kernel need none");
		return;
	}
	if (error_ == B2C_DIAG_clang && late_.take(info, loc, text.str().str())) {
		note_belongs_ = false;
		return;
	}
	// Clang's note on what it suggests leads to a declaration of ours.
	note_belongs_ = !reportMember(info, loc) && !reportDuplicate(info, text, loc);
	if (note_belongs_)
		diag_report(diag_, error_, loc, "%s", text.c_str());
}

} // namespace b2c
