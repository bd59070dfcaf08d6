// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Writes access paths as BPF_CORE_READ and its kin. */
#include "deref_text.h"

#include "llvm/Support/Casting.h"

#include "../frontend/provenance.h"
#include "../frontend/walk.h"
#include "record_size.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;
using llvm::isa;

/// BPF_CORE_READ takes no more.
static constexpr size_t max_accessors = 9;

static SourceRange callerOf(SourceRange range, const SourceManager &sources) {
	SourceLocation begin = range.getBegin(), end = range.getEnd();

	if (begin.isMacroID())
		begin = sources.getImmediateExpansionRange(begin).getBegin();
	if (end.isMacroID())
		end = sources.getImmediateExpansionRange(end).getEnd();
	return {begin, end};
}

Span userSpan(Session &session, SourceRange range) {
	const SourceManager &sources = session.sources();

	for (;;) {
		Span span = session.edits().spanOf(range);
		if (span.valid() && session.isUser(sources.getLocForStartOfFile(span.file)))
			return span;
		if (!range.getBegin().isMacroID() && !range.getEnd().isMacroID())
			return {};
		range = callerOf(range, sources);
	}
}

static Span spanWithin(Session &session, Span outer, SourceRange range) {
	const SourceManager &sources = session.sources();

	for (;;) {
		SourceLocation begin = range.getBegin(), end = range.getEnd();
		Span span = session.edits().spanOf(range);
		if (span.valid() && outer.contains(span))
			return span;
		// The argument of a macro, as it is written, may use macros itself.
		if (sources.isMacroArgExpansion(begin) && sources.isMacroArgExpansion(end))
			span = spanWithin(session, outer,
					  {sources.getImmediateSpellingLoc(begin),
					   sources.getImmediateSpellingLoc(end)});
		if (span.valid() && outer.contains(span))
			return span;
		if (!begin.isMacroID() && !end.isMacroID())
			return {};
		range = callerOf(range, sources);
	}
}

Span spanWithin(Session &session, Span outer, const Expr *inner) {
	return spanWithin(session, outer, inner->getSourceRange());
}

Piece DerefText::hole(const Expr *expr) {
	Span span = spanWithin(session_, outer_, expr);

	ok_ &= span.valid();
	return span.valid() ? Piece(span) : Piece("");
}

/// libbpf's read macros write their first argument inside
/// __builtin_preserve_access_index, which may not nest and relocates every
/// member in it, the program's own included.
bool DerefText::isSimple(const Expr *expr) {
	expr = strip(expr);
	if (isHostStep(session_, expr))
		return false;
	if (isa<DeclRefExpr>(expr) || isa<IntegerLiteral>(expr))
		return true;
	if (const Expr *lvalue = loadedLvalue(expr)) {
		Origin origin = session_.provenance().ofMemory(lvalue);
		bool plain = origin == Origin::Bpf || origin == Origin::Context ||
			     origin == Origin::Typed;
		return plain && isSimple(lvalue);
	}
	if (const auto *cast = dyn_cast<CastExpr>(expr))
		return isSimple(cast->getSubExpr());
	if (const auto *member = dyn_cast<MemberExpr>(expr)) {
		const auto *record =
			dyn_cast<RecordDecl>(member->getMemberDecl()->getDeclContext());
		return record && !session_.isUser(record) && isSimple(member->getBase());
	}
	const auto *unary = dyn_cast<UnaryOperator>(expr);
	if (unary && unary->getOpcode() == UO_Deref)
		return isSimple(unary->getSubExpr());
	if (const auto *binary = dyn_cast<BinaryOperator>(expr))
		return !binary->isAssignmentOp() && isSimple(binary->getLHS()) &&
		       isSimple(binary->getRHS());
	if (const auto *subscript = dyn_cast<ArraySubscriptExpr>(expr))
		return isSimple(subscript->getBase()) && isSimple(subscript->getIdx());
	const auto *call = dyn_cast<CallExpr>(expr);
	if (!call || calleeName(call).empty())
		return false;
	for (const Expr *argument : call->arguments())
		if (!isSimple(argument))
			return false;
	return true;
}

/// The parentheses of ((struct inet_sock *)sk)->x are not needed in a macro's argument.
static const Expr *withoutParens(const Expr *expr) {
	const Expr *inner = strip(expr);

	if (const Expr *lvalue = loadedLvalue(inner))
		return strip(lvalue);
	return isa<BinaryOperator>(inner) || isa<AbstractConditionalOperator>(inner) ? expr : inner;
}

DerefText::Expression DerefText::base() {
	// Another use of a macro may have a longer argument.
	bool simple = !in_macro_ && isSimple(path_.base);
	if (path_.address_of)
		return {{"&", hole(path_.base)}, simple};
	const Expr *pointer = withoutParens(path_.base);
	if (!spanWithin(session_, outer_, pointer).valid())
		pointer = path_.base;
	if (path_.cast.empty())
		return {{hole(pointer)}, simple};
	return {{"(" + path_.cast + ")", hole(pointer)}, simple};
}

void DerefText::append(Pieces &pieces, const Accessor &accessor) {
	std::string text;

	for (const Accessor::Step &step : accessor.steps) {
		if (!step.index) {
			text += (text.empty() ? "" : ".") + step.name;
			continue;
		}
		pieces.push_back(text + "[");
		pieces.push_back(hole(step.index));
		text = "]";
	}
	pieces.push_back(text);
}

static Pieces operator+(Pieces left, const Pieces &right) {
	left.insert(left.end(), right.begin(), right.end());
	return left;
}

DerefText::Expression DerefText::deref(Expression pointer) {
	session_.needHelpers();
	return {Pieces{user_ ? "b2c_deref_user(" : "b2c_deref("} + pointer.pieces + Pieces{")"},
		false};
}

/// One macro for accessors of one sort.
DerefText::Expression DerefText::group(Expression pointer, size_t from, size_t to) {
	bool core = isCore(from), wraps = core && !pointer.simple;
	std::string macro = core ? "BPF_CORE_READ" : "BPF_PROBE_READ";

	if (wraps) {
		macro = "b2c_core_read";
		session_.needHelpers();
	}
	if (user_)
		macro += wraps ? "_user" : "_USER";
	Pieces pieces = Pieces{macro + "("} + pointer.pieces;
	for (size_t i = from; i < to; i++) {
		pieces.push_back(", ");
		append(pieces, path_.accessors[i]);
	}
	pieces.push_back(")");
	return {pieces, false};
}

bool DerefText::goTogether(size_t from, size_t to) const {
	return to - from < max_accessors && isCore(to) == isCore(from) &&
	       path_.accessors[to].function.empty() && !path_.accessors[to].gives_address;
}

/// The address of a record within what `pointer` leads to.
DerefText::Expression DerefText::within(Expression pointer, size_t nr) {
	const Expr *written = strip(path_.base);
	const Expr *lvalue = loadedLvalue(written);
	bool is_word =
		nr || (!path_.address_of && isa<DeclRefExpr>(lvalue ? strip(lvalue) : written));
	Pieces pieces =
		Pieces{is_word ? "&" : "&("} + pointer.pieces + Pieces{is_word ? "->" : ")->"};

	append(pieces, path_.accessors[nr]);
	return {pieces, false};
}

DerefText::Expression DerefText::chain(size_t nr_accessors) {
	Expression pointer = base();
	size_t from = 0;

	while (from < nr_accessors) {
		const std::string &function = path_.accessors[from].function;
		size_t to = from + 1;
		if (!function.empty()) {
			pointer.pieces = Pieces{function + "("} + pointer.pieces + Pieces{")"};
			from = to;
			continue;
		}
		if (path_.accessors[from].gives_address) {
			pointer = within(pointer, from);
			from = to;
			continue;
		}
		while (to < nr_accessors && goTogether(from, to))
			to++;
		pointer = group(pointer, from, to);
		from = to;
	}
	return pointer;
}

/// libbpf's bit-field macros have variables `p` and `val` of their own, and do not
/// put their argument in parentheses.
static bool mayStandInBitField(const Expr *pointer) {
	const Expr *lvalue = loadedLvalue(strip(pointer));
	const auto *ref = dyn_cast<DeclRefExpr>(strip(lvalue ? lvalue : pointer));

	return ref && ref->getDecl()->getName() != "p" && ref->getDecl()->getName() != "val";
}

Pieces DerefText::bitField(bool plain) {
	size_t last = path_.accessors.size() - 1;
	Expression pointer = chain(last);
	const FieldDecl *field = path_.accessors[last].leaf;
	bool direct = last == 0 && !path_.address_of && mayStandInBitField(path_.base);
	std::string macro = plain ? "BPF_CORE_READ_BITFIELD" : "BPF_CORE_READ_BITFIELD_PROBED";
	Pieces pieces;

	if (!isCore(last) || user_) {
		pieces = deref(pointer).pieces;
		pieces.push_back(".");
		append(pieces, path_.accessors[last]);
		return pieces;
	}
	if (!direct) {
		session_.needHelpers();
		macro = plain ? "b2c_core_bitfield" : "b2c_core_read_bitfield";
	}
	// The macros give an unsigned 64-bit number.
	if (field->getType()->isSignedIntegerType())
		macro = "(" + field->getType().getAsString(session_.ast().getPrintingPolicy()) +
			")" + macro;
	pieces = Pieces{macro + "("} + pointer.pieces + Pieces{", "};
	append(pieces, path_.accessors[last]);
	pieces.push_back(")");
	return pieces;
}

Pieces DerefText::read(bool plain) {
	if (path_.isBitField())
		return bitField(plain);
	Expression pointer = chain(path_.accessors.size());
	if (path_.accessors.empty() || path_.accessors.back().gives_address)
		return deref(pointer).pieces;
	return pointer.pieces;
}

Pieces DerefText::address(bool decays) {
	size_t last = path_.accessors.size() - 1;

	if (path_.accessors[last].gives_address)
		return chain(last + 1).pieces;
	bool casts = last == 0 && !path_.cast.empty();
	Pieces pieces = Pieces{decays ? "" : "&"} + Pieces{casts ? "(" : ""} + chain(last).pieces +
			Pieces{casts ? ")->" : "->"};
	append(pieces, path_.accessors[last]);
	return pieces;
}

} // namespace b2c
