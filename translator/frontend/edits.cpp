// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The edit engine; edits.h says what it promises. */
#include "edits.h"

#include <algorithm>
#include <set>

namespace b2c {

using clang::FileID;
using clang::SourceLocation;
using clang::SourceManager;

namespace {

/// The places of one token, from where it stands in the innermost expansion out
/// to the file: each step goes from a macro's expansion to the place of its use.
std::vector<SourceLocation> callers(SourceLocation loc, bool is_end, const SourceManager &sources) {
	std::vector<SourceLocation> path;

	while (loc.isMacroID()) {
		path.push_back(loc);
		clang::CharSourceRange use = sources.getImmediateExpansionRange(loc);
		loc = is_end ? use.getEnd() : use.getBegin();
	}
	path.push_back(loc);
	return path;
}

/// Moves a token's place out to the expansion or file `level`.
bool climb(SourceLocation &place, bool is_end, FileID level, const SourceManager &sources) {
	for (SourceLocation step : callers(place, is_end, sources)) {
		if (sources.getFileID(step) != level)
			continue;
		place = step;
		return true;
	}
	return false;
}

/// The innermost pair of places of both tokens that share one expansion or file.
bool meet(SourceLocation &begin, SourceLocation &end, const SourceManager &sources) {
	std::vector<SourceLocation> ends = callers(end, true, sources);

	for (SourceLocation from : callers(begin, false, sources)) {
		for (SourceLocation to : ends) {
			if (sources.getFileID(from) != sources.getFileID(to))
				continue;
			begin = from;
			end = to;
			return true;
		}
	}
	return false;
}

std::string describe(const Edit &edit) {
	std::string text;

	for (const Piece &piece : edit.pieces)
		text += piece.hole.valid() ? std::string("...") : piece.text;
	return text;
}

bool holds(const Edit &edit, Span span) {
	return std::any_of(edit.pieces.begin(), edit.pieces.end(), [&](const Piece &piece) {
		return piece.hole.valid() && piece.hole.contains(span);
	});
}

/// Outer before inner, left before right; of two with one span the one that
/// holds the other. Independent of the order in which edits were added.
bool before(const Edit &a, const Edit &b) {
	if (a.span.file != b.span.file)
		return a.span.file < b.span.file;
	if (a.span.begin != b.span.begin)
		return a.span.begin < b.span.begin;
	if ((a.span.end == a.span.begin) != (b.span.end == b.span.begin))
		return a.span.end == a.span.begin; // an insertion stands before what it precedes
	if (a.span.end != b.span.end)
		return a.span.end > b.span.end;
	if (holds(a, b.span) != holds(b, a.span))
		return holds(a, b.span);
	return describe(a) < describe(b);
}

} // namespace

Span Edits::spelled(SourceLocation begin, SourceLocation end) const {
	while (begin.isValid() && end.isValid()) {
		if (!meet(begin, end, sources_))
			return {};
		if (begin.isFileID())
			return spanOfChars(begin, clang::Lexer::getLocForEndOfToken(end, 0, sources_, language_));
		// In a macro's body this leads to its definition, in an argument to the call.
		begin = sources_.getImmediateSpellingLoc(begin);
		end = sources_.getImmediateSpellingLoc(end);
	}
	return {};
}

Span Edits::spanOf(clang::SourceRange range) const {
	SourceLocation begin = range.getBegin(), end = range.getEnd();

	for (;;) {
		Span span = spelled(begin, end);
		SourceLocation start = span.valid() ? sources_.getLocForStartOfFile(span.file) : begin;
		// A word that ## made stands in no file.
		if (span.valid() && !sources_.isInSystemHeader(start) &&
		    !sources_.isWrittenInScratchSpace(start))
			return span;
		// What a macro of the prelude or of libbpf wrote stands where it is used.
		if (begin.isFileID() && end.isFileID())
			return {};
		if (begin.isMacroID())
			begin = sources_.getImmediateExpansionRange(begin).getBegin();
		if (end.isMacroID())
			end = sources_.getImmediateExpansionRange(end).getEnd();
	}
}

Span Edits::spanWithin(clang::SourceRange part, clang::SourceRange whole) const {
	SourceLocation begin = whole.getBegin(), end = whole.getEnd();
	SourceLocation from = part.getBegin(), to = part.getEnd();

	while (begin.isValid() && end.isValid() && meet(begin, end, sources_)) {
		FileID level = sources_.getFileID(begin);
		if (!climb(from, false, level, sources_) || !climb(to, true, level, sources_))
			break;
		if (begin.isFileID())
			return spanOfChars(from, clang::Lexer::getLocForEndOfToken(to, 0, sources_, language_));
		for (SourceLocation *place : {&begin, &end, &from, &to})
			*place = sources_.getImmediateSpellingLoc(*place);
	}
	return spanOf(part);
}

Span Edits::spanOfChars(SourceLocation begin, SourceLocation end) const {
	if (begin.isInvalid() || end.isInvalid() || begin.isMacroID() || end.isMacroID())
		return {};
	std::pair<FileID, unsigned> from = sources_.getDecomposedLoc(begin);
	std::pair<FileID, unsigned> to = sources_.getDecomposedLoc(end);
	if (from.first != to.first || from.second > to.second)
		return {};
	return {from.first, from.second, to.second};
}

bool Edits::inMacroBody(Span span) const {
	return std::any_of(macro_bodies_.begin(), macro_bodies_.end(),
			   [&](const Span &body) { return body.contains(span); });
}

void Edits::replace(Span span, std::vector<Piece> pieces) {
	Edit edit{span, std::move(pieces), pass_};

	// A macro that uses its argument twice shows one piece of source twice.
	for (const Edit &other : edits_)
		if (other.span == span && other.pass == edit.pass && other.pieces == edit.pieces)
			return;
	if (inMacroBody(span)) {
		for (const Edit &other : edits_) {
			if (!(other.span == span) || other.pass != edit.pass)
				continue;
			disagreements_.push_back({span, describe(other), describe(edit)});
			return;
		}
		if (std::find(kept_.begin(), kept_.end(), span) != kept_.end())
			disagreements_.push_back({span, text(span), describe(edit)});
	}
	edits_.push_back(std::move(edit));
}

void Edits::keep(Span span) {
	if (!inMacroBody(span))
		return;
	for (const Edit &other : edits_)
		if (other.span == span && other.pass == pass_)
			disagreements_.push_back({span, describe(other), text(span)});
	kept_.push_back(span);
}

void Edits::removeLine(Span span) {
	llvm::StringRef buffer = sources_.getBufferData(span.file);
	size_t end = buffer.find('\n', span.end);

	span.end = end == llvm::StringRef::npos ? buffer.size() : end + 1;
	remove(span);
}

std::string Edits::text(Span span) const {
	if (!span.valid())
		return "";
	return sources_.getBufferData(span.file).slice(span.begin, span.end).str();
}

struct Edits::Rendering {
	std::vector<const Edit *> sorted;
	std::set<const Edit *> done;
	std::string text;
	std::vector<std::string> conflicts;
};

void Edits::renderSpan(Span span, const Edit *outer, Rendering &rendering) const {
	llvm::StringRef buffer = sources_.getBufferData(span.file);
	bool passed_outer = !outer || !(outer->span == span);
	unsigned at = span.begin;

	for (const Edit *edit : rendering.sorted) {
		if (edit == outer) {
			passed_outer = true;
			continue;
		}
		// An insertion at the end of a hole belongs to what follows it.
		bool inside = span.contains(edit->span) &&
			      (edit->span.begin < span.end || span.begin == span.end || !outer);
		if (!inside || edit->span.begin < at || rendering.done.count(edit))
			continue;
		if (!passed_outer && edit->span == span)
			continue;
		rendering.text += buffer.slice(at, edit->span.begin).str();
		rendering.done.insert(edit);
		for (const Piece &piece : edit->pieces) {
			if (piece.hole.valid())
				renderSpan(piece.hole, edit, rendering);
			else
				rendering.text += piece.text;
		}
		at = edit->span.end;
	}
	rendering.text += buffer.slice(at, span.end).str();
}

std::string Edits::render(FileID file, std::vector<std::string> &ret_conflicts) const {
	unsigned size = static_cast<unsigned>(sources_.getBufferData(file).size());
	Rendering rendering;

	for (const Edit &edit : edits_)
		rendering.sorted.push_back(&edit);
	std::sort(rendering.sorted.begin(), rendering.sorted.end(),
		  [](const Edit *a, const Edit *b) { return before(*a, *b); });
	renderSpan({file, 0, size}, nullptr, rendering);
	for (const Edit *edit : rendering.sorted) {
		if (rendering.done.count(edit))
			continue;
		ret_conflicts.push_back("edit of pass '" + edit->pass + "' on '" + text(edit->span) +
					"' to '" + describe(*edit) + "' is lost in another edit");
	}
	return rendering.text;
}

} // namespace b2c
