// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The edit engine. Passes match on one untouched AST and add edits; one
 * renderer sorts, nests and writes them, so the order of passes does not
 * matter. An edit is a span of a file and a list of pieces: literal text, or
 * a hole, a sub-span that is rendered with whatever edits fall inside it.
 * Contradictions are bugs of ours and are reported, never guessed away.
 */
#ifndef B2C_FRONTEND_EDITS_H
#define B2C_FRONTEND_EDITS_H

#include <map>
#include <string>
#include <vector>

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

namespace b2c {

/// A half-open range of bytes of one file of the user.
struct Span {
	clang::FileID file;
	unsigned begin = 0;
	unsigned end = 0;

	bool valid() const { return file.isValid(); }
	bool contains(const Span &other) const {
		return file == other.file && begin <= other.begin && other.end <= end;
	}
	bool operator==(const Span &other) const {
		return file == other.file && begin == other.begin && end == other.end;
	}
};

/// Literal text, or a hole when `hole` is valid.
struct Piece {
	std::string text;
	Span hole;

	Piece(std::string text) : text(std::move(text)) {}
	Piece(const char *text) : text(text) {}
	Piece(Span hole) : hole(hole) {}
	bool operator==(const Piece &other) const {
		return text == other.text && hole == other.hole;
	}
};

struct Edit {
	Span span;
	std::vector<Piece> pieces;
	std::string pass; ///< who asked for it, for messages
};

class Edits {
public:
	Edits(const clang::SourceManager &sources, const clang::LangOptions &language)
	    : sources_(sources), language_(language) {}

	/// The bytes that make up `range` in the file the user wrote: macro arguments
	/// map to their spelling at the call, what a macro of the user's wrote to its
	/// definition, what another macro wrote to the call. Invalid if there are none.
	Span spanOf(clang::SourceRange range) const;

	/// The same for a part of `whole`, at the level where `whole` has its bytes: in a
	/// macro's body a parameter is itself, not what a use gives for it.
	Span spanWithin(clang::SourceRange part, clang::SourceRange whole) const;

	/// The same for a range of characters.
	Span spanOfChars(clang::SourceLocation begin, clang::SourceLocation end) const;

	void replace(Span span, std::vector<Piece> pieces);
	void insert(clang::FileID file, unsigned offset, std::string text) {
		replace({file, offset, offset}, {std::move(text)});
	}
	void remove(Span span) { replace(span, {}); }
	void removeLine(Span span); ///< with the rest of its line, newline too

	/// Says that an edit leaves this span out, with whatever edits fall inside it.
	void drop(Span span) { dropped_.push_back(span); }

	/// Text of a span as the user wrote it.
	std::string text(Span span) const;

	void setPass(std::string name) { pass_ = std::move(name); }

	/// Text of each of these whole files with all edits done; edits of other files stand
	/// in them where an #include did. `ret_conflicts` gets one line for each
	/// contradiction: same span twice, spans that cross, an edit lost inside a replaced
	/// span or in no file.
	std::vector<std::string> render(const std::vector<clang::FileID> &files,
					std::vector<std::string> &ret_conflicts) const;

	/// Two uses of one macro asked for different translations of its body.
	struct Disagreement {
		Span span;
		std::string first, second;
	};
	const std::vector<Disagreement> &disagreements() const { return disagreements_; }

	/// Asks for the macro that brought in what stands here to be written out, since
	/// nothing in its body can be edited.
	void writeOut(clang::SourceLocation place) { written_out_.push_back(place); }
	const std::vector<clang::SourceLocation> &writtenOut() const { return written_out_; }

	/// Spans of the user's macro definitions: equal edits in them are one edit.
	void addMacroBody(Span span) { macro_bodies_.push_back(span); }

	/// Says that a use needs this span of a macro's body as it is, so that an edit of
	/// the same pass that another use asks for there is a disagreement.
	void keep(Span span);

private:
	struct Rendering;

	const clang::SourceManager &sources_;
	const clang::LangOptions &language_;
	std::vector<Edit> edits_;
	std::vector<std::pair<Span, std::string>> kept_; ///< and the pass that keeps it
	std::vector<Disagreement> disagreements_;
	std::vector<clang::SourceLocation> written_out_;
	std::vector<Span> macro_bodies_;
	std::vector<Span> dropped_;
	std::string pass_;

	Span spelled(clang::SourceLocation begin, clang::SourceLocation end,
		     clang::SourceRange part) const;
	bool inMacroBody(Span span) const;
	bool isDropped(Span span) const;
	void renderPieces(const Edit &edit, Rendering &rendering) const;
	void renderSpan(Span span, const Edit *outer, Rendering &rendering) const;
};

} // namespace b2c

#endif
