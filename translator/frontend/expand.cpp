// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Writes macro uses out, one level, where uses of one macro need different translations. */
#include "collect.h"

#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"

namespace b2c {

namespace {

bool bodyHas(Session &session, const MacroUse &use, Span span) {
	if (!use.info || use.ours || !use.info->getNumTokens())
		return false;
	Span body = session.edits().spanOf(clang::SourceRange(use.info->tokens().front().getLocation(),
							      use.info->tokens().back().getLocation()));
	return body.contains(span);
}

/// The macro's body with the arguments as they are written; "" when it pastes
/// or stringizes, which only the preprocessor can do.
std::string bodyText(clang::Preprocessor &preprocessor, const MacroUse &use) {
	std::string text;

	for (const clang::Token &token : use.info->tokens()) {
		if (token.isOneOf(clang::tok::hash, clang::tok::hashhash) || use.info->isVariadic())
			return "";
		const clang::IdentifierInfo *word = token.getIdentifierInfo();
		int number = word ? use.info->getParameterNum(word) : -1;
		if (!text.empty() && token.hasLeadingSpace())
			text += " ";
		if (number >= 0 && static_cast<size_t>(number) < use.args.size())
			text += use.args[number];
		else
			text += preprocessor.getSpelling(token);
	}
	return text;
}

} // namespace

bool expandDisagreeing(Session &session, clang::Preprocessor &preprocessor, std::string &ret_text) {
	Edits expanded(session.sources(), session.language());
	std::vector<std::string> conflicts;

	for (const Edits::Disagreement &both : session.edits().disagreements()) {
		bool found = false;
		for (const MacroUse &use : session.macroUses()) {
			if (!bodyHas(session, use, both.span))
				continue;
			Span span = expanded.spanOf(use.range);
			std::string text = bodyText(preprocessor, use);
			if (text.empty() || span.file != session.sources().getMainFileID() ||
			    !use.range.getBegin().isFileID())
				return false;
			expanded.replace(span, {text});
			found = true;
		}
		if (!found)
			return false;
	}
	ret_text = expanded.render(session.sources().getMainFileID(), conflicts);
	return conflicts.empty();
}

} // namespace b2c
