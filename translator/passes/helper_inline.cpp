// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Functions that the programs call become static __always_inline. bcc inlines
 * them all, and programs rely on it: the verifier checks a function of its own
 * with any arguments, knows no string literal behind a parameter, and gives all
 * frames of a call one stack. Functions that can't be inlined, or that ask not
 * to be, stay as they are.
 */
#include "helper_inline.h"

#include <map>
#include <set>

#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"

namespace b2c {

namespace {

using Functions = std::set<const clang::FunctionDecl *>;

/// Who calls whom, and whose address is taken.
class Calls : public clang::RecursiveASTVisitor<Calls> {
public:
	explicit Calls(Session &session) {
		for (const clang::Decl *decl : session.ast().getTranslationUnitDecl()->decls()) {
			auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl);
			if (!session.isUser(decl))
				continue;
			caller_ = function ? function->getCanonicalDecl() : nullptr;
			TraverseDecl(const_cast<clang::Decl *>(decl));
		}
	}

	bool VisitCallExpr(clang::CallExpr *call) {
		callees_.insert(call->getCallee()->IgnoreParenImpCasts());
		return true;
	}

	/// A call is visited before the name of what it calls.
	bool VisitDeclRefExpr(clang::DeclRefExpr *reference) {
		auto *function = llvm::dyn_cast<clang::FunctionDecl>(reference->getDecl());
		if (!function)
			return true;
		function = function->getCanonicalDecl();
		if (caller_ && callees_.count(reference))
			called_[caller_].insert(function);
		else
			pointed_.insert(function);
		return true;
	}

	bool isPointedTo(const clang::FunctionDecl *function) const {
		return pointed_.count(function->getCanonicalDecl());
	}

	bool isRecursive(const clang::FunctionDecl *function) const {
		Functions reached;
		reach(function->getCanonicalDecl(), reached);
		return reached.count(function->getCanonicalDecl());
	}

	bool isCalled(const clang::FunctionDecl *function) const {
		for (const auto &[caller, called] : called_)
			if (called.count(function->getCanonicalDecl()))
				return true;
		return false;
	}

private:
	void reach(const clang::FunctionDecl *from, Functions &ret_reached) const {
		auto called = called_.find(from);

		if (called == called_.end())
			return;
		for (const clang::FunctionDecl *function : called->second)
			if (ret_reached.insert(function).second)
				reach(function, ret_reached);
	}

	const clang::FunctionDecl *caller_ = nullptr;
	std::set<const clang::Expr *> callees_;
	std::map<const clang::FunctionDecl *, Functions> called_;
	Functions pointed_;
};

bool asksOtherwise(const clang::FunctionDecl *function) {
	return function->hasAttr<clang::AlwaysInlineAttr>() ||
	       function->hasAttr<clang::NoInlineAttr>() ||
	       function->hasAttr<clang::OptimizeNoneAttr>() ||
	       function->hasAttr<clang::SectionAttr>() || function->hasAttr<clang::WeakAttr>() ||
	       function->hasAttr<clang::UsedAttr>();
}

bool isHelper(Session &session, const clang::FunctionDecl *function, const Calls &calls) {
	return !session.programOf(function) && !asksOtherwise(function) &&
	       (calls.isCalled(function) || function->isInlineSpecified()) &&
	       !calls.isPointedTo(function) && !calls.isRecursive(function);
}

/// The first token of the signature, up to the name, that is one of `words`.
Span wordBefore(Session &session, Span begin, Span name,
		std::initializer_list<const char *> words) {
	llvm::StringRef text = session.sources().getBufferData(begin.file);
	clang::SourceLocation start = session.sources().getLocForStartOfFile(begin.file);
	clang::Lexer lexer(start, session.language(), text.begin(), text.begin() + begin.begin,
			   text.end());
	clang::Token token;

	for (;;) {
		lexer.LexFromRawLexer(token);
		unsigned at = session.sources().getFileOffset(token.getLocation());
		if (token.is(clang::tok::eof) || at >= name.begin)
			return {};
		for (const char *word : words)
			if (token.is(clang::tok::raw_identifier) &&
			    token.getRawIdentifier() == word)
				return {begin.file, at, at + token.getLength()};
	}
}

/// A prototype must agree on what is static.
void makeStatic(Session &session, const clang::FunctionDecl *definition) {
	for (const clang::FunctionDecl *other : definition->redecls()) {
		Span begin = session.edits().spanOf(other->getBeginLoc());
		if (other != definition && session.isUser(other) && begin.valid())
			session.edits().insert(begin.file, begin.begin, "static ");
	}
}

/// A function that a macro begins gets its qualifiers before the macro's use.
void makeInlineOfMacro(Session &session, const clang::FunctionDecl *function) {
	clang::SourceLocation begin = function->getBeginLoc(), use;

	if (!clang::Lexer::isAtStartOfMacroExpansion(begin, session.sources(), session.language(),
						     &use)) {
		session.edits().writeOut(begin);
		return;
	}
	Span span = session.edits().spanOf(use);
	bool is_static = function->getStorageClass() == clang::SC_Static;
	session.edits().insert(span.file, span.begin,
			       std::string(is_static ? "" : "static ") +
				       "__attribute__((always_inline)) ");
	if (!is_static)
		makeStatic(session, function);
}

void makeInline(Session &session, const clang::FunctionDecl *function) {
	static const std::string qualifier = "__always_inline";
	Span begin = session.edits().spanOf(function->getBeginLoc());
	Span name = session.edits().spanOf(function->getLocation());

	if (function->getBeginLoc().isMacroID()) {
		makeInlineOfMacro(session, function);
		return;
	}
	Span spelled_inline =
		wordBefore(session, begin, name, {"inline", "__inline", "__inline__"});
	Span spelled_static = wordBefore(session, begin, name, {"static"});
	if (spelled_inline.valid())
		session.edits().replace(spelled_inline, {qualifier});
	else if (spelled_static.valid())
		session.edits().replace(spelled_static, {"static " + qualifier});
	if (spelled_static.valid())
		return;
	session.edits().insert(begin.file, begin.begin,
			       spelled_inline.valid() ? "static " : "static " + qualifier + " ");
	makeStatic(session, function);
}

} // namespace

void HelperInlinePass::run(Session &session) {
	Calls calls(session);

	for (const clang::FunctionDecl *function : session.userFunctions())
		if (isHelper(session, function, calls))
			makeInline(session, function);
}

} // namespace b2c
