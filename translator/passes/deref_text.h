// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Writes access paths as reads: which macro, around which pointer. A pointer
 * stays a hole, so that what is inside it is rendered with its own edits.
 */
#ifndef B2C_PASSES_DEREF_TEXT_H
#define B2C_PASSES_DEREF_TEXT_H

#include "../frontend/session.h"
#include "deref_path.h"
#include "kernel_records.h"

namespace b2c {

using Pieces = std::vector<Piece>;

/// The bytes of the user's files that `range` stands for: where the prelude's or
/// libbpf's macro made it, the call of that macro.
Span userSpan(Session &session, clang::SourceRange range);

/// The bytes of `inner` within those of its parent `outer`: in a macro's body the
/// name of the parameter, not the argument of one call. Invalid when there are none.
Span spanWithin(Session &session, Span outer, const clang::Expr *inner);

class DerefText {
public:
	struct Place {
		Span span;     ///< that the read will replace
		bool in_macro; ///< in the body of one
	};

	DerefText(Session &session, KernelRecords &records, const DerefPath &path, Place place,
		  bool user)
	    : session_(session), records_(records), path_(path), outer_(place.span),
	      in_macro_(place.in_macro), user_(user) {}

	/// The read of the whole path, or of a bit-field at its end. With `plain` the
	/// pointers are followed by loads and the bit-field alone is special.
	Pieces read(bool plain);

	/// The address of what the path ends in; for an array that decays, itself.
	Pieces address(bool decays);

	/// False when the source of a pointer could not be found.
	bool ok() const { return ok_; }

private:
	struct Expression {
		Pieces pieces;
		bool simple; ///< may stand in libbpf's macros, which relocate all that is in them
	};

	Expression base();
	Expression chain(size_t nr_accessors);
	Expression group(Expression pointer, size_t from, size_t to);
	Expression within(Expression pointer, size_t nr);
	Pieces bitField(bool plain);
	void append(Pieces &pieces, const Accessor &accessor);
	Piece hole(const clang::Expr *expr);
	bool isSimple(const clang::Expr *expr);
	bool isCore(size_t i) const { return records_.isKernel(path_.accessors[i].record); }
	bool goTogether(size_t from, size_t to) const;
	Expression deref(Expression pointer);

	Session &session_;
	KernelRecords &records_;
	const DerefPath &path_;
	Span outer_;
	bool in_macro_;
	bool user_;
	bool ok_ = true;
};

} // namespace b2c

#endif
