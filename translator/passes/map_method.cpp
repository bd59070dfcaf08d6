// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* m.lookup(&k) and its kin become calls of BPF helpers, by the rows of map_methods.def. */
#include "map_method.h"

#include "clang/AST/RecursiveASTVisitor.h"

namespace b2c {

namespace {

constexpr unsigned bit(enum b2c_map_kind kind) { return 1u << kind; }

constexpr unsigned ELEMENTS = bit(B2C_MAP_HASH) | bit(B2C_MAP_PERCPU_HASH) | bit(B2C_MAP_LRU_HASH) |
			      bit(B2C_MAP_LRU_PERCPU_HASH) | bit(B2C_MAP_ARRAY) |
			      bit(B2C_MAP_PERCPU_ARRAY);
constexpr unsigned STACKS = bit(B2C_MAP_STACK_TRACE);
constexpr unsigned PERF = bit(B2C_MAP_PERF_OUTPUT);
constexpr unsigned RING = bit(B2C_MAP_RINGBUF);

struct Method {
	const char *name;
	unsigned kinds;
	unsigned least, most;
	const char *form;
};

const Method methods[] = {
#define METHOD(name, kinds, least, most, form) {#name, kinds, least, most, form},
#include "map_methods.def"
#undef METHOD
};

const char *const kind_words[] = {
#define X(id, type, word) word,
	B2C_MAP_KINDS(X)
#undef X
};

const Method *methodOf(llvm::StringRef name) {
	for (const Method &method : methods)
		if (name == method.name)
			return &method;
	return nullptr;
}

std::string methodsOf(enum b2c_map_kind kind) {
	std::string words;

	for (const Method &method : methods)
		if (method.kinds & bit(kind))
			words += std::string(words.empty() ? "" : ", ") + method.name;
	return words;
}

class Visitor : public clang::RecursiveASTVisitor<Visitor> {
public:
	explicit Visitor(Session &session) : session_(session) {}

	void traverse(const clang::FunctionDecl *function) {
		function_ = function;
		TraverseStmt(function->getBody());
	}

	bool VisitCallExpr(clang::CallExpr *call) {
		auto *member = llvm::dyn_cast<clang::MemberExpr>(call->getCallee()->IgnoreParenImpCasts());
		MapInfo *map = member ? session_.mapOf(member->getBase()) : nullptr;
		const Method *method = map ? methodOf(member->getMemberDecl()->getName()) : nullptr;

		if (method && fits(call, *map, *method))
			rewrite(call, *map, *method);
		return true;
	}

private:
	bool fits(clang::CallExpr *call, const MapInfo &map, const Method &method) {
		const char *name = arena_strdup(session_.arena(), map.var->getName().str().c_str());

		if (!(method.kinds & bit(map.kind))) {
			session_.report(B2C_DIAG_map_method_kind, call->getCallee()->getSourceRange(),
					"map '%s' is a %s and has no method '%s'", name,
					kind_words[map.kind], method.name);
			diag_note(session_.diag(), session_.loc(map.var->getLocation()),
				  "'%s' is declared here", name);
			diag_help(session_.diag(), "its methods are %s", methodsOf(map.kind).c_str());
			return false;
		}
		if (call->getNumArgs() < method.least || call->getNumArgs() > method.most) {
			session_.report(B2C_DIAG_map_method_arity, call->getSourceRange(),
					"method '%s' takes %u to %u arguments, not %u", method.name,
					method.least, method.most, call->getNumArgs());
			return false;
		}
		return true;
	}

	/// bcc's lookup_or_init hides a return from the enclosing function.
	std::string hiddenReturn(clang::CallExpr *call) {
		session_.report(B2C_DIAG_hidden_return, call->getSourceRange(),
				"as in bcc, this returns from '%s' when the map is full",
				function_->getName().str().c_str());
		return function_->getReturnType()->isVoidType() && !session_.programOf(function_)
			       ? ", )" : ", 0)";
	}

	std::string formOf(clang::CallExpr *call, const Method &method) {
		std::string form = method.form;

		if (llvm::StringRef(method.name) == "lookup_or_init")
			form.replace(form.size() - 1, 1, hiddenReturn(call));
		return form;
	}

	/// A key by value, by address: of itself, or of a literal of the key's type.
	void addKey(const MapInfo &map, const clang::Expr *key, std::vector<Piece> &pieces) {
		const clang::Expr *bare = key->IgnoreParenImpCasts();
		std::string type = map.key.getAsString(session_.ast().getPrintingPolicy());

		if (bare->isLValue() && !llvm::isa<clang::CompoundLiteralExpr>(bare)) {
			pieces.insert(pieces.end(), {"&", session_.span(key)});
			return;
		}
		type = map.key_text.empty() ? (type == "int" ? "u32" : type) : map.key_text;
		pieces.insert(pieces.end(), {"&(" + type + "){", session_.span(key), "}"});
	}

	/// One $ of a form: `at` is the character after it, and moves past what is used.
	void addHole(clang::CallExpr *call, const MapInfo &map, const std::string &form, size_t &at,
		     std::vector<Piece> &pieces) {
		unsigned number = static_cast<unsigned>(form[at] - '1');
		bool has_fallback = at + 2 < form.size() && form[at + 1] == '|';
		std::string fallback = has_fallback ? form.substr(at + 2, 1) : "";

		if (form[at] == 'm')
			pieces.push_back(map.var->getName().str());
		else if (form[at] == 'k')
			addKey(map, call->getArg(0), pieces);
		else if (number < call->getNumArgs())
			pieces.push_back(session_.span(call->getArg(number)));
		else
			pieces.push_back(fallback);
		at += has_fallback ? 3 : 1;
	}

	void rewrite(clang::CallExpr *call, const MapInfo &map, const Method &method) {
		std::vector<Piece> pieces;
		std::string form = formOf(call, method);
		size_t at = 0;

		while (at < form.size()) {
			size_t next = std::min(form.find('$', at), form.size());
			pieces.push_back(form.substr(at, next - at));
			at = next + 1;
			if (next < form.size())
				addHole(call, map, form, at, pieces);
		}
		if (form.find("b2c_") == 0)
			session_.needHelpers();
		session_.edits().replace(session_.span(call), pieces);
	}

	Session &session_;
	const clang::FunctionDecl *function_ = nullptr;
};

} // namespace

void MapMethodPass::run(Session &session) {
	Visitor visitor(session);

	for (const clang::FunctionDecl *function : session.userFunctions())
		visitor.traverse(function);
}

} // namespace b2c
