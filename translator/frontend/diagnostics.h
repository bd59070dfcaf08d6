// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The bridge that carries Clang's messages into the one sink of diag.h. */
#ifndef B2C_FRONTEND_DIAGNOSTICS_H
#define B2C_FRONTEND_DIAGNOSTICS_H

#include <map>
#include <set>
#include <string>

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceManager.h"

#include "../diag.h"
#include "../kernel.h"
#include "late_errors.h"

namespace b2c {

class DiagnosticsBridge : public clang::DiagnosticConsumer {
public:
	/// With `kernels`, a member that a kernel's record lacks is told in their words.
	DiagnosticsBridge(struct b2c_arena *arena, struct b2c_diag *diag, enum b2c_diag_id error,
			  struct b2c_kernels *kernels)
	    : arena_(arena), diag_(diag), error_(error), kernels_(kernels),
	      late_(arena, diag, kernels) {}
	void BeginSourceFile(const clang::LangOptions &,
			     const clang::Preprocessor *preprocessor) override {
		preprocessor_ = preprocessor;
	}
	void EndSourceFile() override {
		preprocessor_ = nullptr;
		late_.report(nullptr);
	}
	void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
			      const clang::Diagnostic &info) override;
	/// Reports what waits for the whole program.
	void reportLate(clang::ASTContext &ast) { late_.report(&ast); }
	/// Bytes of the stack that each function takes, with those it inlines.
	const std::map<std::string, uint64_t> &stackSizes() const { return stack_sizes_; }

private:
	bool reportDuplicate(const clang::Diagnostic &info, llvm::StringRef text,
			     struct b2c_loc loc);
	bool isStack(const clang::Diagnostic &info, llvm::StringRef text);
	bool reportString(struct b2c_loc loc, llvm::StringRef record, llvm::StringRef member);
	bool reportMember(const clang::Diagnostic &info, struct b2c_loc loc);
	void reportMethod(struct b2c_loc loc, const std::string &map, const std::string &method);
	void reportField(struct b2c_loc loc, const std::string &record, const std::string &field);
	bool reportArgument(struct b2c_loc loc, llvm::StringRef record, const std::string &field);

	struct b2c_arena *arena_;
	struct b2c_diag *diag_;
	enum b2c_diag_id error_; ///< id for Clang's errors
	struct b2c_kernels *kernels_;
	LateErrors late_;
	const clang::Preprocessor *preprocessor_ = nullptr;
	std::set<std::string> duplicates_; ///< maps that were told to be declared twice
	std::map<std::string, uint64_t> stack_sizes_;
	bool note_belongs_ = false; ///< the message before a note was shown
};

/// Where a range stands: the file position that the user wrote.
struct b2c_loc locOf(const clang::SourceManager &sources, const clang::LangOptions &language,
		     clang::SourceRange range, struct b2c_arena *arena);

} // namespace b2c

#endif
