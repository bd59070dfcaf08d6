// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* m.lookup(&k) and its kin become calls of BPF helpers, by the rows of map_methods.def. */
#include "map_method.h"

#include "clang/AST/ParentMapContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "../frontend/collect.h"
#include "../frontend/walk.h"
#include "fix.h"
#include "method_arguments.h"

namespace b2c {

namespace {

constexpr unsigned bit(enum b2c_map_kind kind) {
	return 1u << kind;
}

constexpr unsigned ELEMENTS = bit(B2C_MAP_HASH) | bit(B2C_MAP_PERCPU_HASH) | bit(B2C_MAP_LRU_HASH) |
			      bit(B2C_MAP_LRU_PERCPU_HASH) | bit(B2C_MAP_ARRAY) |
			      bit(B2C_MAP_PERCPU_ARRAY) | bit(B2C_MAP_LPM_TRIE);
constexpr unsigned READABLE =
	bit(B2C_MAP_ARRAY_OF_MAPS) | bit(B2C_MAP_HASH_OF_MAPS) | bit(B2C_MAP_XSKMAP);
constexpr unsigned STACKS = bit(B2C_MAP_STACK_TRACE);
constexpr unsigned PERF = bit(B2C_MAP_PERF_OUTPUT);
constexpr unsigned COUNTERS = bit(B2C_MAP_PERF_ARRAY);
constexpr unsigned RING = bit(B2C_MAP_RINGBUF);
constexpr unsigned QUEUES = bit(B2C_MAP_QUEUE) | bit(B2C_MAP_STACK);
constexpr unsigned PROGRAMS = bit(B2C_MAP_PROG_ARRAY);
constexpr unsigned CGROUPS = bit(B2C_MAP_CGROUP_ARRAY);
constexpr unsigned TARGETS = bit(B2C_MAP_DEVMAP) | bit(B2C_MAP_CPUMAP) | bit(B2C_MAP_XSKMAP);
constexpr unsigned SOCKETS = bit(B2C_MAP_SOCKMAP);
constexpr unsigned SOCKET_HASHES = bit(B2C_MAP_SOCKHASH);
constexpr unsigned SK_STORAGES = bit(B2C_MAP_SK_STORAGE);
constexpr unsigned INODE_STORAGES = bit(B2C_MAP_INODE_STORAGE);
constexpr unsigned TASK_STORAGES = bit(B2C_MAP_TASK_STORAGE);
constexpr unsigned CGROUP_STORAGES =
	bit(B2C_MAP_CGROUP_STORAGE) | bit(B2C_MAP_PERCPU_CGROUP_STORAGE);
static_assert(B2C_NR_MAP_KINDS <= 32, "a set of kinds is 32 bits");

struct Method {
	const char *name;
	unsigned kinds;
	unsigned least, most;
	const char *arguments;
	const char *form;
};

const Method methods[] = {
#define METHOD(name, kinds, least, most, arguments, form)                                          \
	{#name, kinds, least, most, arguments, form},
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

const char *articleOf(llvm::StringRef word) {
	return word.starts_with("a") || word.starts_with("i") || word.starts_with("x") ? "an" : "a";
}

/// "1 argument", "1 to 2 arguments"
std::string arityOf(const Method &method) {
	std::string most = std::to_string(method.most);
	std::string range =
		method.least < method.most ? std::to_string(method.least) + " to " + most : most;

	return range + (method.most == 1 ? " argument" : " arguments");
}

/// A call of a method, where it stands.
struct Use {
	clang::CallExpr *call;
	const MapInfo *map;
	const Method *method;
	const clang::FunctionDecl *function;
	Span span;
};

class Finder : public clang::RecursiveASTVisitor<Finder> {
public:
	Finder(Session &session, std::vector<Use> &uses) : session_(session), uses_(uses) {}

	void traverse(const clang::FunctionDecl *function) {
		function_ = function;
		TraverseStmt(function->getBody());
	}

	bool VisitCallExpr(clang::CallExpr *call) {
		auto *member =
			llvm::dyn_cast<clang::MemberExpr>(call->getCallee()->IgnoreParenImpCasts());
		MapInfo *map = member ? session_.mapOf(member->getBase()) : nullptr;
		const Method *method = map ? methodOf(member->getMemberDecl()->getName()) : nullptr;

		if (method && fits(call, *map, *method))
			uses_.push_back({call, map, method, function_, session_.span(call)});
		return true;
	}

private:
	bool fits(clang::CallExpr *call, const MapInfo &map, const Method &method) {
		const char *name = arena_strdup(session_.arena(), map.var->getName().str().c_str());

		if (!(method.kinds & bit(map.kind))) {
			session_.report(
				B2C_DIAG_map_method_kind, call->getCallee()->getSourceRange(),
				"map '%s' is %s %s and has no method '%s'", name,
				articleOf(kind_words[map.kind]), kind_words[map.kind], method.name);
			diag_note(session_.diag(), session_.loc(map.var->getLocation()),
				  "'%s' is declared here", name);
			diag_help(session_.diag(), "its methods are %s",
				  methodsOf(map.kind).c_str());
			return false;
		}
		if (call->getNumArgs() < method.least || call->getNumArgs() > method.most) {
			session_.report(B2C_DIAG_map_method_arity, call->getSourceRange(),
					"method '%s' takes %s, not %u", method.name,
					arityOf(method).c_str(), call->getNumArgs());
			diag_help(session_.diag(), "call it as '%s.%s(%s)'", name, method.name,
				  method.arguments);
			return false;
		}
		return argumentsFit(session_, call, map, {method.name, method.arguments});
	}

	Session &session_;
	std::vector<Use> &uses_;
	const clang::FunctionDecl *function_ = nullptr;
};

/// Whether what stands around a pointer takes a void * as well as a typed one.
bool typeIsLost(clang::ASTContext &ast, const clang::Stmt *stmt) {
	clang::DynTypedNodeList parents = ast.getParents(*stmt);

	if (parents.empty())
		return true;
	if (auto *var = parents[0].get<clang::VarDecl>())
		return var->getType()->getContainedAutoType() != nullptr;
	const clang::Stmt *parent = parents[0].get<clang::Stmt>();
	if (!parent)
		return true;
	if (llvm::isa<clang::ParenExpr, clang::ImplicitCastExpr>(parent))
		return typeIsLost(ast, parent);
	if (auto *unary = llvm::dyn_cast<clang::UnaryOperator>(parent))
		return unary->getOpcode() != clang::UO_LNot;
	if (auto *call = llvm::dyn_cast<clang::CallExpr>(parent)) // lock_xadd and its kin
		return llvm::StringRef(calleeName(call)).starts_with("__sync_");
	if (auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(parent))
		return choice->getCond() != stmt && typeIsLost(ast, parent);
	if (auto *binary = llvm::dyn_cast<clang::BinaryOperator>(parent))
		return !binary->isAssignmentOp() && !binary->isLogicalOp() &&
		       !binary->isComparisonOp();
	if (auto *block = llvm::dyn_cast<clang::CompoundStmt>(parent))
		return block->body_back() == stmt &&
		       ast.getParents(*block)[0].get<clang::StmtExpr>();
	return !llvm::isa<clang::IfStmt, clang::ForStmt, clang::WhileStmt, clang::DoStmt,
			  clang::ReturnStmt, clang::CStyleCastExpr, clang::CallExpr,
			  clang::InitListExpr, clang::DesignatedInitExpr, clang::LabelStmt,
			  clang::SwitchCase>(parent);
}

bool isZero(clang::ASTContext &ast, const clang::Expr *expr) {
	clang::Expr::EvalResult value;

	return expr->EvaluateAsInt(value, ast) && value.Val.getInt() == 0;
}

/// Whether more is looked at of what a call gives than that it is 0 or not.
bool isNumberUsed(clang::ASTContext &ast, const clang::Stmt *stmt) {
	clang::DynTypedNodeList parents = ast.getParents(*stmt);
	const clang::Stmt *parent = parents.empty() ? nullptr : parents[0].get<clang::Stmt>();

	if (!parent)
		return !parents.empty();
	if (llvm::isa<clang::ParenExpr, clang::ImplicitCastExpr>(parent))
		return isNumberUsed(ast, parent);
	if (auto *block = llvm::dyn_cast<clang::CompoundStmt>(parent))
		return block->body_back() == stmt &&
		       ast.getParents(*block)[0].get<clang::StmtExpr>();
	if (auto *unary = llvm::dyn_cast<clang::UnaryOperator>(parent))
		return unary->getOpcode() != clang::UO_LNot;
	if (auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(parent))
		return choice->getCond() != stmt;
	if (auto *binary = llvm::dyn_cast<clang::BinaryOperator>(parent))
		return !binary->isLogicalOp() &&
		       !(binary->isEqualityOp() &&
			 (isZero(ast, binary->getLHS()) || isZero(ast, binary->getRHS())));
	if (auto *cast = llvm::dyn_cast<clang::CStyleCastExpr>(parent))
		return !cast->getType()->isVoidType();
	return !llvm::isa<clang::IfStmt, clang::ForStmt, clang::WhileStmt, clang::DoStmt,
			  clang::LabelStmt, clang::SwitchCase>(parent);
}

/// Whether an lvalue has an address whatever the passes make of it: what a
/// pointer leads to may become a read.
bool staysLvalue(Session &session, const clang::Expr *expr) {
	expr = expr->IgnoreParenImpCasts();
	if (llvm::isa<clang::DeclRefExpr>(expr))
		return expr->isLValue();
	if (auto *subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(expr))
		return subscript->getBase()->IgnoreParenImpCasts()->getType()->isArrayType() &&
		       staysLvalue(session, subscript->getBase());
	auto *member = llvm::dyn_cast<clang::MemberExpr>(expr);
	if (!member || member->refersToBitField())
		return false;
	if (!member->isArrow())
		return staysLvalue(session, member->getBase());
	const clang::RecordDecl *record =
		member->getBase()->getType()->getPointeeType()->getAsRecordDecl();
	return expr->getType()->isRecordType() && record && !session.isKernelType(record);
}

/// Whether an expression has a local variable, which may be used for nothing else.
bool namesVariable(const clang::Expr *expr) {
	bool names = false;

	walkEvaluated(expr, [&](const clang::Stmt *stmt) {
		auto *name = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
		auto *var = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
		names |= var && var->isLocalVarDecl();
	});
	return names;
}

class Rewriter {
public:
	Rewriter(Session &session, const Use &use) : session_(session), use_(use) {}

	/// `is_typed`: a pointer that has to keep its type; `is_number`: an error whose sign
	/// counts.
	void rewrite(bool is_typed, bool is_number) {
		std::string form = formOf(is_number);
		size_t at = 0;

		if (is_typed)
			pieces_.push_back("((" + valueType() + " *)");
		// Before Linux 6.4 an error has 32 bits, and libbpf declares 64.
		if (is_number && givesError(form))
			pieces_.push_back("(int)");
		while (at < form.size()) {
			size_t next = std::min(form.find('$', at), form.size());
			pieces_.push_back(form.substr(at, next - at));
			at = next + 1;
			if (next < form.size())
				addHole(form, at);
		}
		if (is_typed)
			pieces_.push_back(")");
		if (isMacro())
			session_.needHelpers();
		session_.edits().replace(use_.span, pieces_);
	}

private:
	/// Calls that the verifier replaces by those of the map's kind.
	bool givesError(llvm::StringRef form) const {
		return form.starts_with("$u(") ? !counts()
					       : form.starts_with("bpf_map_") &&
							 !form.starts_with("bpf_map_lookup_");
	}

	/// Whether the insert counts when the map is full.
	bool counts() const { return mayFindFull(*use_.map, use_.method->name); }

	bool isMacro() const {
		llvm::StringRef form = use_.method->form;
		return form.starts_with("b2c_") || (form.starts_with("$u") && counts());
	}

	std::string typeText(clang::QualType type) const {
		return type.getAsString(session_.ast().getPrintingPolicy());
	}

	std::string valueType() const {
		return use_.map->value_text.empty() ? typeText(use_.map->value)
						    : use_.map->value_text;
	}

	/// As map_decl writes it: u32 for the slots of an array.
	std::string keyType() const {
		std::string type = typeText(use_.map->key);
		return use_.map->key_text.empty() ? (type == "int" ? "u32" : type)
						  : use_.map->key_text;
	}

	/// bcc's lookup_or_init hides a return from the enclosing function.
	std::string hiddenReturn() {
		const clang::FunctionDecl *function = use_.function;

		session_.report(B2C_DIAG_hidden_return, use_.call->getSourceRange(),
				"as in bcc, this returns from '%s' when the map is full",
				function->getName().str().c_str());
		return function->getReturnType()->isVoidType() && !session_.programOf(function)
			       ? ", "
			       : ", 0";
	}

	/// perf_submit to a ring buffer, which takes no context. What the result says is
	/// that of a perf buffer.
	std::string ringForm(bool is_number) {
		std::string form = "b2c_ringbuf_output(&$m, $2, $3, 0, $l)";
		const clang::Expr *context = use_.call->getArg(0);

		if (is_number)
			form = "b2c_perf_error(" + form + ")";
		if (namesVariable(context))
			return "((void)$1, " + form + ")";
		session_.edits().drop(spanOf(context));
		return form;
	}

	std::string formOf(bool is_number) {
		const char *fixed = fixedForm(session_, use_.method->name, *use_.map);
		std::string form = fixed ? fixed : use_.method->form;

		if (use_.map->as_ring)
			form = ringForm(is_number);

		return callee()->isArrow() ? byPointer(form) : form;
	}

	/// The form with a pointer to the map; what is named after the map keeps its name.
	std::string byPointer(std::string form) const {
		size_t map = form.find("&$m,"), scratch = form.rfind("$m_scratch");

		if (scratch != std::string::npos)
			form.replace(scratch, 2, use_.map->var->getName().str());
		if (map != std::string::npos)
			form.erase(map, 1);
		return form;
	}

	Span spanOf(const clang::Expr *expr) {
		return session_.edits().spanWithin(expr->getSourceRange(),
						   use_.call->getSourceRange());
	}

	const clang::MemberExpr *callee() const {
		return llvm::cast<clang::MemberExpr>(use_.call->getCallee()->IgnoreParenImpCasts());
	}

	void addMap() {
		Span span = spanOf(callee()->getBase()->IgnoreParenImpCasts());

		pieces_.push_back(use_.span.contains(span) ? session_.edits().text(span)
							   : use_.map->var->getName().str());
	}

	/// A macro of b2c.bpf.h takes commas within braces for its own.
	void addArgument(const clang::Expr *argument) {
		Span span = spanOf(argument);
		bool guarded =
			isMacro() && session_.edits().text(span).find('{') != std::string::npos;

		if (guarded)
			pieces_.push_back("(");
		pieces_.push_back(span);
		if (guarded)
			pieces_.push_back(")");
	}

	/// A key by value, by address: of itself, or of a copy of the key's type.
	void addKey(const clang::Expr *key) {
		const clang::Expr *bare = key->IgnoreParenImpCasts();

		if (staysLvalue(session_, key))
			pieces_.insert(pieces_.end(), {"&", spanOf(key)});
		else if (llvm::isa<clang::CompoundLiteralExpr>(bare))
			pieces_.insert(pieces_.end(), {"(&", spanOf(bare), ")"});
		else if (bare->getType()->isRecordType())
			pieces_.insert(pieces_.end(), {"(" + keyType() + "[]){", spanOf(key), "}"});
		else
			pieces_.insert(pieces_.end(), {"&(" + keyType() + "){", spanOf(key), "}"});
	}

	/// What a hole of one letter stands for, but the map and the key.
	std::string wordOf(char letter) {
		std::string name = use_.map->var->getName().str();

		if (letter == 'l')
			return name + "_lost";
		if (letter == 'u')
			return counts() ? "b2c_update" : "bpf_map_update_elem";
		if (letter == 'f')
			return counts() ? ", &" + name + "_full" : "";
		return letter == 'r' ? hiddenReturn() : "";
	}

	/// One $ of a form: `at` is the character after it, and moves past what is used.
	void addHole(const std::string &form, size_t &at) {
		clang::CallExpr *call = use_.call;
		unsigned number = static_cast<unsigned>(form[at] - '1');
		bool has_fallback = at + 2 < form.size() && form[at + 1] == '|';
		std::string fallback = has_fallback ? form.substr(at + 2, 1) : "";

		if (form[at] == 'm')
			addMap();
		else if (llvm::StringRef("lufr").contains(form[at]))
			pieces_.push_back(wordOf(form[at]));
		else if (form[at] == 'k')
			addKey(call->getArg(0));
		else if (number < call->getNumArgs())
			addArgument(call->getArg(number));
		else
			pieces_.push_back(fallback);
		at += has_fallback ? 3 : 1;
	}

	Session &session_;
	const Use &use_;
	std::vector<Piece> pieces_;
};

} // namespace

void MapMethodPass::run(Session &session) {
	std::vector<Use> uses;
	Finder finder(session, uses);
	std::vector<Span> typed, numbers; ///< of all uses that one piece of source stands for

	for (const clang::FunctionDecl *function : session.userFunctions())
		finder.traverse(function);
	for (const Use &use : uses)
		if (llvm::StringRef(use.method->name) == "lookup" &&
		    typeIsLost(session.ast(), use.call))
			typed.push_back(use.span);
		else if (isNumberUsed(session.ast(), use.call))
			numbers.push_back(use.span);
	for (const Use &use : uses)
		Rewriter(session, use)
			.rewrite(llvm::is_contained(typed, use.span),
				 llvm::is_contained(numbers, use.span));
}

} // namespace b2c
