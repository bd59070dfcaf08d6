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

/// Some tokens in a row, by the first and the last.
struct Run {
	SourceLocation begin, end;
};

/// Moves a run out to the expansion or file `level`.
bool climb(Run &run, FileID level, const SourceManager &sources) {
	auto at = [&](SourceLocation place) { return sources.getFileID(place) == level; };
	std::vector<SourceLocation> begins = callers(run.begin, false, sources);
	std::vector<SourceLocation> ends = callers(run.end, true, sources);
	auto begin = std::find_if(begins.begin(), begins.end(), at);
	auto end = std::find_if(ends.begin(), ends.end(), at);

	if (begin == begins.end() || end == ends.end())
		return false;
	run = {*begin, *end};
	return true;
}

/// Where a token stands in the argument that `parameter` is given; invalid when it does not.
SourceLocation inArgument(SourceLocation loc, bool is_end, SourceLocation parameter,
			  const SourceManager &sources) {
	std::vector<SourceLocation> path = callers(loc, is_end, sources);

	for (size_t i = 1; i < path.size(); i++)
		if (path[i] == parameter && sources.isMacroArgExpansion(path[i - 1]))
			return sources.getImmediateSpellingLoc(path[i - 1]);
	return {};
}

/// Moves a run into the argument that `parameter` is given, if it is all of it.
bool descend(Run &run, SourceLocation parameter, const SourceManager &sources) {
	Run inside = {inArgument(run.begin, false, parameter, sources),
		      inArgument(run.end, true, parameter, sources)};

	if (inside.begin.isInvalid() || inside.end.isInvalid())
		return false;
	run = inside;
	return true;
}

/// The innermost pair of places of both ends that share one expansion or file.
bool shareLevel(Run &run, const SourceManager &sources) {
	std::vector<SourceLocation> ends = callers(run.end, true, sources);

	for (SourceLocation from : callers(run.begin, false, sources)) {
		for (SourceLocation to : ends) {
			if (sources.getFileID(from) != sources.getFileID(to))
				continue;
			run = {from, to};
			return true;
		}
	}
	return false;
}

/// Moves a run, and a part of it, to the innermost expansion or file that has all
/// of the run. An argument that uses macros itself is looked at as it is written.
bool meet(Run &run, Run &part, const SourceManager &sources) {
	for (;;) {
		Run met = run;
		if (!shareLevel(met, sources))
			return false;
		if (met.begin == met.end && descend(run, met.begin, sources)) {
			if (!descend(part, met.begin, sources))
				return false;
			continue;
		}
		run = met;
		return climb(part, sources.getFileID(met.begin), sources);
	}
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

Span Edits::spelled(SourceLocation begin, SourceLocation end, clang::SourceRange part) const {
	Run run = {begin, end}, inner = {part.getBegin(), part.getEnd()};

	while (run.begin.isValid() && run.end.isValid() && meet(run, inner, sources_)) {
		if (run.begin.isFileID())
			return spanOfChars(inner.begin, clang::Lexer::getLocForEndOfToken(
								inner.end, 0, sources_, language_));
		// In a macro's body this leads to its definition, in an argument to the call.
		for (SourceLocation *place : {&run.begin, &run.end, &inner.begin, &inner.end})
			*place = sources_.getImmediateSpellingLoc(*place);
	}
	return {};
}

Span Edits::spanOf(clang::SourceRange range) const {
	SourceLocation begin = range.getBegin(), end = range.getEnd();

	for (;;) {
		Span span = spelled(begin, end, {begin, end});
		SourceLocation start =
			span.valid() ? sources_.getLocForStartOfFile(span.file) : begin;
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
	Span span = spelled(whole.getBegin(), whole.getEnd(), part);

	return span.valid() ? span : spanOf(part);
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

bool Edits::isDropped(Span span) const {
	return std::any_of(dropped_.begin(), dropped_.end(),
			   [&](const Span &dropped) { return dropped.contains(span); });
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
		if (std::find(kept_.begin(), kept_.end(), std::make_pair(span, pass_)) !=
		    kept_.end())
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
	kept_.push_back({span, pass_});
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

/// A hole that stands twice among the pieces has its edits in both places.
void Edits::renderPieces(const Edit &edit, Rendering &rendering) const {
	const std::vector<Piece> &pieces = edit.pieces;
	std::map<size_t, std::set<const Edit *>>
		before; // what was done before a hole's first place

	for (size_t i = 0; i < pieces.size(); i++) {
		auto same = [&](const Piece &other) { return other.hole == pieces[i].hole; };
		if (!pieces[i].hole.valid()) {
			rendering.text += pieces[i].text;
			continue;
		}
		size_t first = std::find_if(pieces.begin(), pieces.end(), same) - pieces.begin();
		std::set<const Edit *> done;
		if (first < i) {
			done = rendering.done;
			rendering.done = before[first];
		} else if (std::count_if(pieces.begin(), pieces.end(), same) > 1) {
			before[first] = rendering.done;
		}
		renderSpan(pieces[i].hole, &edit, rendering);
		rendering.done.insert(done.begin(), done.end());
	}
}

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
		renderPieces(*edit, rendering);
		at = edit->span.end;
	}
	rendering.text += buffer.slice(at, span.end).str();
}

std::vector<std::string> Edits::render(const std::vector<FileID> &files,
				       std::vector<std::string> &ret_conflicts) const {
	std::vector<std::string> texts;
	Rendering rendering;

	for (const Edit &edit : edits_)
		rendering.sorted.push_back(&edit);
	std::sort(rendering.sorted.begin(), rendering.sorted.end(),
		  [](const Edit *a, const Edit *b) { return before(*a, *b); });
	for (FileID file : files) {
		unsigned size = static_cast<unsigned>(sources_.getBufferData(file).size());
		rendering.text.clear();
		renderSpan({file, 0, size}, nullptr, rendering);
		texts.push_back(rendering.text);
	}
	for (const Edit *edit : rendering.sorted) {
		if (rendering.done.count(edit) || isDropped(edit->span))
			continue;
		ret_conflicts.push_back("edit of pass '" + edit->pass + "' on '" +
					text(edit->span) + "' to '" + describe(*edit) +
					"' is lost in another edit");
	}
	return texts;
}

} // namespace b2c
