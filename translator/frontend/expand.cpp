// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Writes macro uses out, one level, where uses of one macro need different translations. */
#include "collect.h"

#include <algorithm>

#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"

namespace b2c {

namespace {

bool bodyHas(Session &session, const MacroUse &use, Span span) {
	if (!use.info || use.ours || !use.info->getNumTokens())
		return false;
	Span body = session.edits().spanOf(clang::SourceRange(
		use.info->tokens().front().getLocation(), use.info->tokens().back().getLocation()));
	return body.contains(span);
}

/// An argument as it is written; of the last parameter of a variadic macro all that are left.
std::string argumentOf(const MacroUse &use, unsigned number) {
	std::string text = number < use.args.size() ? use.args[number] : "";

	if (use.info->isVariadic() && number + 1 == use.info->getNumParams())
		for (size_t i = number + 1; i < use.args.size(); i++)
			text += ", " + use.args[i];
	return text;
}

/// The macro's body with the arguments as they are written.
std::string bodyText(clang::Preprocessor &preprocessor, const MacroUse &use) {
	std::string text;
	bool pasted = false, quoted = false, spaced = false;

	for (const clang::Token &token : use.info->tokens()) {
		if (use.info->isFunctionLike() && token.is(clang::tok::hash)) {
			quoted = true;
			spaced = token.hasLeadingSpace();
			continue;
		}
		if (token.is(clang::tok::hashhash)) {
			pasted = true;
			continue;
		}
		const clang::IdentifierInfo *word = token.getIdentifierInfo();
		int number = word ? use.info->getParameterNum(word) : -1;
		bool after_comma = pasted && number >= 0 && llvm::StringRef(text).ends_with(",");
		if (after_comma ||
		    (!text.empty() && (quoted ? spaced : token.hasLeadingSpace()) && !pasted))
			text += " ";
		std::string piece = number >= 0 ? argumentOf(use, static_cast<unsigned>(number))
						: preprocessor.getSpelling(token);
		text += quoted ? "\"" + clang::Lexer::Stringify(piece) + "\"" : piece;
		pasted = quoted = false;
	}
	return text;
}

/// The use of a macro of the user's, in the main file, that brought in what stands at `place`.
const MacroUse *outermost(Session &session, clang::SourceLocation place) {
	place = session.sources().getExpansionLoc(place);
	for (const MacroUse &use : session.macroUses())
		if (!use.ours && use.range.getBegin() == place)
			return session.sources().isInMainFile(place) ? &use : nullptr;
	return nullptr;
}

} // namespace

bool expandDisagreeing(Session &session, clang::Preprocessor &preprocessor, std::string &ret_text) {
	Edits expanded(session.sources(), session.language());
	std::vector<std::string> conflicts;
	std::vector<const MacroUse *> uses;

	for (const Edits::Disagreement &both : session.edits().disagreements()) {
		size_t before = uses.size();
		for (const MacroUse &use : session.macroUses())
			if (bodyHas(session, use, both.span))
				uses.push_back(outermost(session, use.range.getBegin()));
		if (uses.size() == before)
			return false;
	}
	for (clang::SourceLocation place : session.edits().writtenOut())
		uses.push_back(outermost(session, place));
	for (const MacroUse *use : uses) {
		std::string text = use && use->info ? bodyText(preprocessor, *use) : "";
		if (text.empty())
			return false;
		// One in the argument of another has its turn in the next round.
		Span span = expanded.spanOf(use->range);
		bool inner = std::any_of(uses.begin(), uses.end(), [&](const MacroUse *other) {
			Span outer = other ? expanded.spanOf(other->range) : Span();
			return outer.contains(span) && !(outer == span);
		});
		if (!inner)
			expanded.replace(span, {text});
	}
	std::string text = expanded.render({session.sources().getMainFileID()}, conflicts)[0];
	if (conflicts.empty())
		ret_text = text;
	return conflicts.empty();
}

} // namespace b2c
