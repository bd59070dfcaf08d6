// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Records the macros that the user's files use and define. */
#include "collect.h"

#include "clang/Lex/MacroArgs.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

namespace b2c {

namespace {

class Watcher : public clang::PPCallbacks {
public:
	Watcher(clang::Preprocessor &preprocessor, Preprocessed &seen)
	    : preprocessor_(preprocessor), sources_(preprocessor.getSourceManager()), seen_(seen) {}

	void MacroDefined(const clang::Token &name,
			  const clang::MacroDirective *directive) override {
		const clang::MacroInfo *info = directive->getMacroInfo();
		if (isUser(name.getLocation()) && info->getNumTokens())
			seen_.bodies.push_back({info->tokens().front().getLocation(),
						info->tokens().back().getLocation()});
	}

	void MacroExpands(const clang::Token &name, const clang::MacroDefinition &definition,
			  clang::SourceRange range, const clang::MacroArgs *args) override {
		clang::SourceLocation place = sources_.getExpansionLoc(range.getBegin());
		if (!isUser(place) || !definition.getMacroInfo())
			return;
		MacroUse use;
		use.name = name.getIdentifierInfo()->getName().str();
		use.range = range;
		use.info = definition.getMacroInfo();
		use.definition = use.info->getDefinitionLoc();
		use.ours = !isUser(use.definition);
		for (unsigned i = 0; args && i < args->getNumMacroArguments(); i++)
			addArgument(args->getUnexpArgument(i), use);
		seen_.uses.push_back(use);
	}

	void InclusionDirective(clang::SourceLocation hash, const clang::Token &, llvm::StringRef,
				bool, clang::CharSourceRange name, clang::OptionalFileEntryRef,
				llvm::StringRef, llvm::StringRef, const clang::Module *, bool,
				clang::SrcMgr::CharacteristicKind) override {
		if (!isUser(hash))
			return;
		std::pair<clang::FileID, unsigned> begin = sources_.getDecomposedLoc(hash);
		std::pair<clang::FileID, unsigned> end = sources_.getDecomposedLoc(name.getEnd());
		seen_.includes.push_back({{begin.first, begin.second, end.second}, {}});
	}

	void FileChanged(clang::SourceLocation place, FileChangeReason reason,
			 clang::SrcMgr::CharacteristicKind, clang::FileID) override {
		if (reason != EnterFile || !isUser(place) || seen_.includes.empty())
			return;
		clang::FileID file = sources_.getFileID(place);
		if (file != sources_.getMainFileID())
			seen_.includes.back().entered = file;
	}

private:
	bool isUser(clang::SourceLocation place) const {
		return place.isValid() && !sources_.isInSystemHeader(place) &&
		       !sources_.isWrittenInBuiltinFile(place) &&
		       !sources_.isWrittenInCommandLineFile(place);
	}

	/// A variadic argument is one argument with commas; it is split into several.
	void addArgument(const clang::Token *token, MacroUse &use) {
		clang::SourceRange range;
		std::string text;
		int depth = 0;

		for (; token->isNot(clang::tok::eof); token++) {
			std::string spelling = preprocessor_.getSpelling(*token);
			depth += token->is(clang::tok::l_paren);
			depth -= token->is(clang::tok::r_paren);
			if (token->is(clang::tok::comma) && !depth) {
				use.args.push_back(text);
				use.arg_ranges.push_back(range);
				text.clear();
				range = {};
				continue;
			}
			if (range.isInvalid())
				range.setBegin(token->getLocation());
			range.setEnd(token->getLocation());
			if (!text.empty() && token->hasLeadingSpace())
				text += " ";
			text += spelling;
		}
		use.args.push_back(text);
		use.arg_ranges.push_back(range);
	}

	clang::Preprocessor &preprocessor_;
	clang::SourceManager &sources_;
	Preprocessed &seen_;
};

} // namespace

void watchPreprocessor(clang::Preprocessor &preprocessor, Preprocessed &ret_preprocessed) {
	preprocessor.addPPCallbacks(std::make_unique<Watcher>(preprocessor, ret_preprocessed));
}

} // namespace b2c
