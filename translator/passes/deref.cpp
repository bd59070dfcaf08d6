// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds the loads and writes that plain C can't do in BPF. */
#include "deref.h"

#include <set>

#include "llvm/Support/Casting.h"

#include "../frontend/provenance.h"
#include "../frontend/walk.h"
#include "deref_path.h"
#include "deref_text.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;
using llvm::isa;

namespace {

enum class Reader { Plain, Kernel, User, Refused };

class Rewriter {
public:
	explicit Rewriter(Session &session) : session_(session), provenance_(session.provenance()) {}

	void visit(const Stmt *stmt);

private:
	Reader readerOf(const Expr *lvalue) const;
	void load(const Stmt *load, const Expr *lvalue);
	void write(const Expr *lvalue);
	void rewrite(const Expr *lvalue, const DerefPath &path, Reader reader);
	bool rewriteRegister(const Expr *lvalue);
	void warnWholeStruct(const Expr *lvalue);
	void refuse(const Expr *lvalue);

	Session &session_;
	Provenance &provenance_;
	std::set<const Stmt *> done_;
};

/// Whether the memory behind an lvalue is a record that the kernel defines.
bool isKernelMemory(Session &session, const Expr *lvalue) {
	DerefPath path;
	auto never = [](const Expr *) { return false; };

	if (!pathOf(lvalue, session.ast(), never, path) || path.accessors.empty())
		return false;
	return session.isKernelType(path.accessors.front().record);
}

Reader Rewriter::readerOf(const Expr *lvalue) const {
	switch (provenance_.ofMemory(lvalue)) {
	case Origin::Kernel:
	case Origin::Unknown:
		return Reader::Kernel;
	case Origin::User:
		return Reader::User;
	case Origin::Mixed:
		return Reader::Refused;
	case Origin::None: // nothing flows here, so the type has to do
		return isKernelMemory(session_, lvalue) ? Reader::Kernel : Reader::Plain;
	default:
		return Reader::Plain;
	}
}

void Rewriter::refuse(const Expr *lvalue) {
	session_.report(B2C_DIAG_pointer_mixed, lvalue->getSourceRange(),
			"'%s' may be kernel or user memory", session_.text(lvalue).c_str());
	diag_help(session_.diag(), "use one variable for kernel addresses and another for user addresses");
}

void Rewriter::warnWholeStruct(const Expr *lvalue) {
	const RecordDecl *record = lvalue->getType()->getAsRecordDecl();

	if (!record || !session_.isKernelType(record))
		return;
	session_.report(B2C_DIAG_whole_struct, lvalue->getSourceRange(),
			"'%s' is copied as a whole, with the size it has in the kernel of the build",
			session_.text(lvalue).c_str());
	diag_help(session_.diag(), "read the members that are used one by one");
}

/// PT_REGS_PARM1(regs) of registers in kernel memory.
bool Rewriter::rewriteRegister(const Expr *lvalue) {
	Span span = userSpan(session_, lvalue->getSourceRange());
	std::string text = session_.edits().text(span);
	size_t open = text.find('(');

	if (text.rfind("PT_REGS_", 0) || open == std::string::npos || text.back() != ')')
		return false;
	Span argument = {span.file, span.begin + static_cast<unsigned>(open) + 1, span.end - 1};
	session_.edits().replace(span, {text.substr(0, open) + "_CORE(", argument, ")"});
	return true;
}

void Rewriter::rewrite(const Expr *lvalue, const DerefPath &path, Reader reader) {
	Span span = userSpan(session_, lvalue->getSourceRange());
	bool in_macro = session_.sources().isMacroBodyExpansion(accessLocation(lvalue));
	DerefText text(session_, path, {span, in_macro}, reader == Reader::User);
	Pieces pieces = span.valid() ? text.read(reader == Reader::Plain) : Pieces();

	if (!span.valid() || !text.ok()) {
		session_.report(B2C_DIAG_raw_deref, lvalue->getSourceRange(),
				"this read of kernel or user memory in a macro can't be rewritten");
		diag_help(session_.diag(), "write the member access outside of the macro");
		return;
	}
	session_.edits().replace(span, std::move(pieces));
}

void Rewriter::load(const Stmt *load, const Expr *lvalue) {
	Reader reader = readerOf(lvalue);
	DerefPath path;
	FileID place = session_.sources().getFileID(accessLocation(lvalue));
	// What one macro reads stays in it.
	auto folds = [&](const Expr *inner) {
		DerefPath whole;
		auto never = [](const Expr *) { return false; };
		return session_.sources().getFileID(accessLocation(inner)) == place && reader != Reader::Plain && readerOf(inner) == reader &&
		       pathOf(inner, session_.ast(), never, whole) && !whole.accessors.empty() &&
		       !whole.isBitField();
	};

	if (!done_.insert(load).second)
		return;
	if (reader == Reader::Refused)
		return refuse(lvalue);
	bool has_path = pathOf(lvalue, session_.ast(), folds, path);
	// A bit-field's place in its word is not relocated in a plain load.
	bool typed_bits = has_path && path.isBitField() &&
			  provenance_.ofMemory(lvalue) == Origin::Typed &&
			  session_.isKernelType(path.accessors.back().record);
	if (reader == Reader::Plain && !typed_bits) {
		if (lvalue->getBeginLoc().isMacroID() && has_path)
			session_.edits().keep(session_.span(lvalue));
		return;
	}
	if (!has_path)
		return;
	done_.insert(path.folded.begin(), path.folded.end());
	if (provenance_.ofMemory(lvalue) == Origin::Unknown)
		session_.report(B2C_DIAG_pointer_unknown, lvalue->getSourceRange(),
				"'%s' is read as kernel memory; where its pointer comes from is not known",
				session_.text(lvalue).c_str());
	if (rewriteRegister(lvalue))
		return;
	warnWholeStruct(lvalue);
	rewrite(lvalue, path, reader);
}

void Rewriter::write(const Expr *lvalue) {
	Origin origin = provenance_.ofMemory(lvalue);

	if (origin == Origin::Mixed)
		return refuse(lvalue);
	if (origin != Origin::Kernel && origin != Origin::User && origin != Origin::Typed)
		return;
	session_.report(B2C_DIAG_kernel_write, lvalue->getSourceRange(),
			"'%s' is %s memory, which a BPF program can't write", session_.text(lvalue).c_str(),
			origin == Origin::User ? "user" : "kernel");
	diag_help(session_.diag(), "copy what you need to a local variable or a map value");
}

void Rewriter::visit(const Stmt *stmt) {
	if (const Expr *lvalue = loadedLvalue(stmt))
		load(stmt, lvalue);
	else if (const Expr *written = writtenLvalue(stmt))
		write(written);
}

} // namespace

void DerefPass::run(Session &session) {
	Rewriter rewriter(session);

	for (const FunctionDecl *function : session.userFunctions())
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) { rewriter.visit(stmt); });
}

} // namespace b2c
