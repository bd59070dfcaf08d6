// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * One parsed program: the AST, what is known about its maps and programs, the
 * edits asked for so far and the way to report. Passes see nothing else.
 */
#ifndef B2C_FRONTEND_SESSION_H
#define B2C_FRONTEND_SESSION_H

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Frontend/CompilerInstance.h"

#include "../frontend.h"
#include "edits.h"
#include "program_info.h"

namespace b2c {

class Provenance;

class Session {
public:
	Session(clang::CompilerInstance &compiler, const b2c_request &request,
		struct b2c_arena *arena, struct b2c_diag *diag, const Preprocessed &preprocessed);
	~Session();

	clang::ASTContext &ast() const;
	clang::SourceManager &sources() const;
	const clang::LangOptions &language() const;
	const b2c_request &request() const { return request_; }
	struct b2c_arena *arena() const { return arena_; }
	struct b2c_diag *diag() const { return diag_; }
	Edits &edits() { return edits_; }
	bool fixes(enum b2c_fix fix) const { return request_.fixes >> fix & 1; }

	const std::vector<MapInfo> &maps() const { return maps_; }
	const std::vector<ProgramInfo> &programs() const { return programs_; }
	const std::vector<MacroUse> &macroUses() const { return preprocessed_.uses; }
	const std::vector<IncludeUse> &includes() const { return preprocessed_.includes; }

	/// The map that an expression names or, by its type, points to; or null.
	MapInfo *mapOf(const clang::Expr *expr);
	MapInfo *mapOf(clang::QualType type);
	MapInfo *mapOf(const clang::VarDecl *var);
	const std::vector<ScratchInfo> &scratch() const { return scratch_; }
	const ScratchInfo *scratchOf(const clang::ValueDecl *var) const;
	const ProgramInfo *programOf(const clang::FunctionDecl *function) const;

	/// Whose declaration it is: the user's files, or the kernel's types.
	bool isUser(const clang::Decl *decl) const;
	bool isUser(clang::SourceLocation location) const;
	bool isKernelType(const clang::RecordDecl *record) const;

	/// All functions with a body in the user's files, in source order; of the kernel's
	/// inline functions those that are called.
	std::vector<const clang::FunctionDecl *> userFunctions() const;

	/// Where a range stands, for messages: the place that the user wrote.
	struct b2c_loc loc(clang::SourceRange range) const;
	struct b2c_loc loc(clang::SourceLocation location) const;

	/// Text of an expression as the user wrote it.
	std::string text(clang::SourceRange range) const;
	std::string text(const clang::Expr *expr) const { return text(expr->getSourceRange()); }
	Span span(const clang::Stmt *stmt) const { return edits_.spanOf(stmt->getSourceRange()); }

	/// Reports at the range; message as for printf.
	void report(enum b2c_diag_id id, clang::SourceRange range, const char *fmt, ...)
		__attribute__((format(printf, 4, 5)));

	/// Where every pointer comes from; computed at the first call.
	Provenance &provenance();

	/// The emitted source needs b2c.bpf.h, bpf_endian.h, packet.bpf.h, usdt.bpf.h.
	void needHelpers() { needs_helpers_ = true; }
	void needEndian() { needs_endian_ = true; }
	void needPacket() { needs_packet_ = true; }
	void needUsdt() { needs_usdt_ = true; }
	bool needsHelpers() const { return needs_helpers_; }
	bool needsEndian() const { return needs_endian_; }
	bool needsPacket() const { return needs_packet_; }
	bool needsUsdt() const { return needs_usdt_; }

	/// Text that the emitted source needs before the first line of the user's:
	/// flavours of kernel types, constants of the prelude. Same text is kept once.
	void needText(const std::string &text);
	const std::vector<std::string> &neededTexts() const { return needed_texts_; }

	/// The emitted source has the number of the host that `name` is (B2C_HOST_VALUES, or an
	/// option of its kernel) as a variable.
	void needHostValue(llvm::StringRef name);
	uint32_t hostValues() const { return host_values_; }

	/// Whether what stands at `place` is part of a directive.
	bool inDirective(clang::SourceLocation place) const;

	/// Asks for other text of the program before it is translated: the translation
	/// starts again with it. Of the main file; spans apart.
	void respell(Span span, std::string text) { respelled_.push_back({span, std::move(text)}); }
	const std::vector<std::pair<Span, std::string>> &respelled() const { return respelled_; }

	/// Used by the session's builders, maps.cpp and programs.cpp.
	std::vector<MapInfo> &editMaps() { return maps_; }
	std::vector<ProgramInfo> &editPrograms() { return programs_; }
	std::vector<ScratchInfo> &editScratch() { return scratch_; }
	/// What BPF_LICENSE says.
	void setLicense(std::string license) { license_ = std::move(license); }
	const std::string &license() const { return license_; }
	bool usesTracePrintk() const { return uses_trace_printk_; }
	void setUsesTracePrintk() { uses_trace_printk_ = true; }

private:
	clang::CompilerInstance &compiler_;
	const b2c_request &request_;
	struct b2c_arena *arena_;
	struct b2c_diag *diag_;
	Edits edits_;
	std::vector<MapInfo> maps_;
	std::vector<ProgramInfo> programs_;
	std::vector<ScratchInfo> scratch_;
	const Preprocessed &preprocessed_;
	std::unique_ptr<Provenance> provenance_;
	std::vector<std::string> needed_texts_;
	std::vector<std::pair<Span, std::string>> respelled_;
	std::string license_ = "GPL";
	bool needs_helpers_ = false;
	bool needs_endian_ = false;
	bool needs_usdt_ = false;
	bool needs_packet_ = false;
	bool uses_trace_printk_ = false;
	uint32_t host_values_ = 0; ///< of enum b2c_host_value
};

} // namespace b2c

#endif
