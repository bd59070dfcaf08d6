// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds the loads and writes that plain C can't do in BPF. */
#include "deref.h"

#include <set>

#include "clang/AST/ParentMapContext.h"
#include "llvm/Support/Casting.h"

#include "../frontend/network.h"
#include "../frontend/provenance.h"
#include "../frontend/walk.h"
#include "deref_memory.h"
#include "deref_moved.h"
#include "deref_path.h"
#include "deref_text.h"
#include "field_arithmetic.h"
#include "own_layout.h"
#include "read_size.h"
#include "whole_struct.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;
using llvm::isa;

namespace {

enum class Reader { Plain, Kernel, User, Refused };

class Rewriter {
public:
	explicit Rewriter(Session &session)
	    : session_(session), provenance_(session.provenance()), records_(session),
	      moved_(session, records_), own_(session), whole_(session),
	      arithmetic_(session, records_) {}

	void visit(const Stmt *stmt);
	void finish() { records_.markDeclared(); }

private:
	enum class Form { Read, PlainRead, Address, Array };

	Reader readerOf(const Expr *lvalue) const;
	void load(const Stmt *load, const Expr *lvalue);
	void write(const Expr *lvalue);
	void visitCall(const CallExpr *call);
	void assignField(const CallExpr *call, const Expr *field);
	void address(const Expr *whole, const Expr *lvalue, Form form);
	bool takeApart(const Expr *lvalue, Reader reader, DerefPath &ret_path) const;
	void rewrite(const Expr *whole, const Expr *lvalue, const DerefPath &path, Form form);
	bool rewriteRegister(const Expr *lvalue);
	bool rewriteBeside(const Expr *whole, const Expr *pointer, uint64_t size);
	uint64_t sizeOf(QualType type) const;
	void warnOwnLayout(const Expr *lvalue, const DerefPath &path);
	void refuse(const Expr *lvalue);

	Session &session_;
	Provenance &provenance_;
	mutable KernelRecords records_;
	MovedFields moved_;
	OwnLayouts own_;
	WholeStruct whole_;
	FieldArithmetic arithmetic_;
	std::set<const Stmt *> done_;
};

/// Whether the memory behind an lvalue is a record that the kernel defines.
bool isKernelMemory(Session &session, KernelRecords &records, const Expr *lvalue) {
	DerefPath path;
	auto never = [](const Expr *) { return false; };

	if (!pathOf(lvalue, session.ast(), never, path) || path.accessors.empty())
		return false;
	return records.isKernel(path.accessors.front().record);
}

Reader Rewriter::readerOf(const Expr *lvalue) const {
	switch (provenance_.ofMemory(lvalue)) {
	case Origin::Kernel:
		return Reader::Kernel;
	case Origin::Unknown: // a header without memory is the packet pass's
		return packetMember(lvalue) ? Reader::Plain : Reader::Kernel;
	case Origin::User:
		return Reader::User;
	case Origin::Mixed:
		return Reader::Refused;
	case Origin::None: // nothing flows here, so the type has to do
		return isKernelMemory(session_, records_, lvalue) ? Reader::Kernel : Reader::Plain;
	default:
		return Reader::Plain;
	}
}

void Rewriter::refuse(const Expr *lvalue) {
	session_.report(B2C_DIAG_pointer_mixed, lvalue->getSourceRange(),
			"'%s' may be kernel or user memory", session_.text(lvalue).c_str());
	diag_help(session_.diag(),
		  "use one variable for kernel addresses and another for user addresses");
}

/// A record of the program where the kernel's memory is read: nothing relocates it.
void Rewriter::warnOwnLayout(const Expr *lvalue, const DerefPath &path) {
	for (const Accessor &accessor : path.accessors) {
		if (!accessor.record || records_.isKernel(accessor.record))
			continue;
		session_.report(
			B2C_DIAG_own_layout, lvalue->getSourceRange(),
			"'%s' is read from kernel memory with the layout the program gives '%s'",
			session_.text(lvalue).c_str(), accessor.record->getName().str().c_str());
		diag_help(session_.diag(), "use the kernel's own type where BTF has it");
		return;
	}
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

void Rewriter::rewrite(const Expr *whole, const Expr *lvalue, const DerefPath &path, Form form) {
	Span span = userSpan(session_, whole->getSourceRange());
	bool in_macro = session_.sources().isMacroBodyExpansion(accessLocation(lvalue));
	DerefText text(session_, records_, path, {span, in_macro},
		       readerOf(lvalue) == Reader::User);
	Pieces pieces;

	if (span.valid() && (form == Form::Address || form == Form::Array))
		pieces = text.address(form == Form::Array);
	else if (span.valid())
		pieces = text.read(form == Form::PlainRead);
	if (!span.valid() || !text.ok()) {
		session_.report(B2C_DIAG_raw_deref, lvalue->getSourceRange(),
				"this read of kernel or user memory in a macro can't be rewritten");
		diag_help(session_.diag(), "write the member access outside of the macro");
		return;
	}
	session_.edits().replace(span, std::move(pieces));
}

/// The path of an lvalue, with the pointers that are read the same way as arrows of it.
bool Rewriter::takeApart(const Expr *lvalue, Reader reader, DerefPath &ret_path) const {
	const SourceManager &sources = session_.sources();
	FileID place = sources.getFileID(accessLocation(lvalue));
	// What one macro reads stays in it.
	auto folds = [&](const Expr *inner) {
		DerefPath whole;
		auto never = [](const Expr *) { return false; };
		return reader != Reader::Plain && readerOf(inner) == reader &&
		       sources.getFileID(accessLocation(inner)) == place &&
		       pathOf(inner, session_.ast(), never, whole) && !whole.accessors.empty() &&
		       !whole.isBitField();
	};

	return pathOf(lvalue, session_.ast(), folds, ret_path);
}

void Rewriter::load(const Stmt *load, const Expr *lvalue) {
	Reader reader = readerOf(lvalue);
	Origin origin = provenance_.ofMemory(lvalue);
	DerefPath path;

	if (!done_.insert(load).second)
		return;
	if (reader == Reader::Refused)
		return refuse(lvalue);
	const auto *star = dyn_cast<UnaryOperator>(lvalue);
	if (reader == Reader::Kernel && star && star->getOpcode() == UO_Deref &&
	    rewriteBeside(lvalue, star->getSubExpr(), sizeOf(lvalue->getType())))
		return;
	bool special = false;
	if (takeApart(lvalue, reader, path) &&
	    (reader == Reader::Kernel || origin == Origin::Typed)) {
		own_.apply(path);
		if (moved_.hasElement(path)) {
			path = DerefPath();
			path.base = lvalue;
			path.address_of = special = true;
		} else {
			special = moved_.apply(path, false);
		}
		if (reader == Reader::Kernel && !special && !path.isBitField() &&
		    lvalue->getType()->isIntegerType())
			path.sized = fieldSizes(session_, records_, path).varies();
		// A bit-field's place in its word is not relocated in a plain load.
		special |= path.isBitField() && records_.isKernel(path.accessors.back().record);
	}
	if (!path.base || (reader == Reader::Plain && !special)) {
		if (lvalue->getBeginLoc().isMacroID() && path.base)
			session_.edits().keep(session_.span(lvalue));
		return;
	}
	done_.insert(path.folded.begin(), path.folded.end());
	if (origin == Origin::Unknown)
		session_.report(
			B2C_DIAG_pointer_unknown, lvalue->getSourceRange(),
			"'%s' is read as kernel memory; where its pointer comes from is not known",
			session_.text(lvalue).c_str());
	if (rewriteRegister(lvalue))
		return;
	if (reader == Reader::Kernel)
		whole_.checkLoad(load, lvalue);
	if (origin == Origin::Kernel)
		warnOwnLayout(lvalue, path);
	rewrite(lvalue, lvalue, path, reader == Reader::Plain ? Form::PlainRead : Form::Read);
}

uint64_t Rewriter::sizeOf(QualType type) const {
	return static_cast<uint64_t>(session_.ast().getTypeSizeInChars(type).getQuantity());
}

/// Reads bits beside a member by their names; `whole` is the read, or the address that is read.
bool Rewriter::rewriteBeside(const Expr *whole, const Expr *pointer, uint64_t size) {
	const Expr *member = arithmetic_.memberBeside(pointer);
	Span span = userSpan(session_, whole->getSourceRange());
	bool in_macro = session_.sources().isMacroBodyExpansion(accessLocation(pointer));
	DerefPath path;

	if (!member || !span.valid() || !takeApart(member, Reader::Kernel, path) ||
	    !arithmetic_.apply(pointer, size, path))
		return false;
	DerefText text(session_, records_, path, {span, in_macro}, false);
	Pieces pieces = text.read(false);
	if (!text.ok())
		return false;
	if (whole == pointer) {
		pieces.insert(pieces.begin(), FieldArithmetic::literal(size));
		pieces.push_back("}");
	}
	done_.insert(path.folded.begin(), path.folded.end());
	for (const Expr *inner = pointer; inner && inner != member;) {
		const auto *cast = dyn_cast<CastExpr>(inner);
		const auto *paren = dyn_cast<ParenExpr>(inner);
		const auto *sum = dyn_cast<BinaryOperator>(inner);
		done_.insert(inner);
		inner = cast	? cast->getSubExpr()
			: paren ? paren->getSubExpr()
			: sum	? sum->getLHS()
				: nullptr;
	}
	session_.edits().replace(span, std::move(pieces));
	return true;
}

/// Addresses stay as they are but for members that moved.
void Rewriter::address(const Expr *whole, const Expr *lvalue, Form form) {
	Reader reader = readerOf(lvalue);
	DerefPath path;

	if (reader != Reader::Kernel && provenance_.ofMemory(lvalue) != Origin::Typed)
		return;
	if (!done_.insert(whole).second || !takeApart(lvalue, reader, path))
		return;
	bool own = own_.apply(path);
	if (moved_.hasElement(path) || (!moved_.apply(path, true) && !own))
		return;
	done_.insert(path.folded.begin(), path.folded.end());
	rewrite(whole, lvalue, path, form);
}

void Rewriter::write(const Expr *lvalue) {
	Origin origin = provenance_.ofMemory(lvalue);

	if (origin == Origin::Mixed)
		return refuse(lvalue);
	if (origin != Origin::Kernel && origin != Origin::User && origin != Origin::Typed)
		return;
	session_.report(B2C_DIAG_kernel_write, lvalue->getSourceRange(),
			"'%s' is %s memory, which a BPF program can't write",
			session_.text(lvalue).c_str(), origin == Origin::User ? "user" : "kernel");
	diag_help(session_.diag(), "copy what you need to a local variable or a map value");
}

void Rewriter::visitCall(const CallExpr *call) {
	std::string name = calleeName(call);

	rewriteMemoryCall(session_, call);
	if ((name != "bpf_probe_read" && name != "bpf_probe_read_kernel") ||
	    call->getNumArgs() != 3)
		return;
	Origin origin = provenance_.of(call->getArg(2));
	Expr::EvalResult size;
	if (origin != Origin::User && origin != Origin::Bpf &&
	    call->getArg(1)->EvaluateAsInt(size, session_.ast()) &&
	    rewriteBeside(call->getArg(2), call->getArg(2), size.Val.getInt().getZExtValue()))
		return;
	if (origin != Origin::User && origin != Origin::Bpf)
		whole_.checkRead(call);
	if (const Expr *field = varyingFieldOf(session_, call))
		assignField(call, field);
	else
		checkReadSize(session_, call);
}

/// bpf_probe_read_kernel(&state, sizeof(state), &task->state) to the assignment, where
/// kernels have the member in different sizes.
void Rewriter::assignField(const CallExpr *call, const Expr *field) {
	Span span = userSpan(session_, call->getSourceRange());
	bool in_macro = session_.sources().isMacroBodyExpansion(accessLocation(field));
	DerefPath path;

	if (!span.valid() || !takeApart(field, Reader::Kernel, path))
		return;
	Span to = spanWithin(session_, span, destinationOf(call));
	path.sized = !moved_.apply(path, false);
	DerefText text(session_, records_, path, {span, in_macro}, false);
	Pieces pieces = text.read(false);
	if (!to.valid() || !text.ok())
		return;
	bool is_statement = false;
	for (const DynTypedNode &parent : session_.ast().getParents(*call))
		is_statement |= parent.get<CompoundStmt>() != nullptr;
	pieces.insert(pieces.begin(), {is_statement ? Piece("") : Piece("("), to, " = "});
	pieces.push_back(is_statement ? "" : ", 0)");
	for (const Stmt *stmt = call->getArg(2); stmt;) {
		done_.insert(stmt);
		const auto *cast = dyn_cast<CastExpr>(stmt);
		const auto *paren = dyn_cast<ParenExpr>(stmt);
		stmt = cast ? cast->getSubExpr() : paren ? paren->getSubExpr() : nullptr;
	}
	done_.insert(path.folded.begin(), path.folded.end());
	session_.edits().replace(span, std::move(pieces));
}

void Rewriter::visit(const Stmt *stmt) {
	const auto *unary = dyn_cast<UnaryOperator>(stmt);
	const auto *cast = dyn_cast<ImplicitCastExpr>(stmt);

	arithmetic_.check(stmt);
	// Parentheses may be a macro's, around its argument.
	if (const Expr *lvalue = loadedLvalue(stmt))
		load(stmt, strip(lvalue));
	else if (const Expr *written = writtenLvalue(stmt))
		write(written);
	else if (const auto *call = dyn_cast<CallExpr>(stmt))
		visitCall(call);
	else if (unary && unary->getOpcode() == UO_AddrOf)
		address(unary, unary->getSubExpr(), Form::Address);
	else if (cast && cast->getCastKind() == CK_ArrayToPointerDecay)
		address(cast, cast->getSubExpr(), Form::Array);
}

} // namespace

void DerefPass::run(Session &session) {
	Rewriter rewriter(session);

	for (const FunctionDecl *function : session.userFunctions())
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) { rewriter.visit(stmt); });
	rewriter.finish();
}

} // namespace b2c
