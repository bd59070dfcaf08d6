// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The semantics ledger of a program, by the rows of semantics.def. */
#include "ledger.h"

#include <algorithm>
#include <tuple>

#include "clang/AST/ParentMapContext.h"
#include "clang/AST/RecordLayout.h"

#include "collect.h"
#include "provenance.h"
#include "walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

const MapInfo *methodOf(Session &session, const CallExpr *call, std::string &ret_method) {
	auto *member = dyn_cast<MemberExpr>(call->getCallee()->IgnoreParenImpCasts());
	const MapInfo *map = member ? session.mapOf(member->getBase()) : nullptr;

	if (map)
		ret_method = member->getMemberDecl()->getName().str();
	return map;
}

bool isUnused(ASTContext &ast, const Expr *expr) {
	DynTypedNodeList parents = ast.getParents(*expr);
	const Stmt *parent = parents.empty() ? nullptr : parents[0].get<Stmt>();

	if (!parent)
		return false;
	if (llvm::isa<ParenExpr>(parent))
		return isUnused(ast, llvm::cast<Expr>(parent));
	if (auto *cast = dyn_cast<CStyleCastExpr>(parent))
		return cast->getType()->isVoidType();
	if (auto *block = dyn_cast<CompoundStmt>(parent)) {
		DynTypedNodeList around = ast.getParents(*block);
		return block->body_back() != expr || around.empty() || !around[0].get<StmtExpr>();
	}
	if (auto *choice = dyn_cast<IfStmt>(parent))
		return choice->getCond() != expr;
	if (auto *loop = dyn_cast<ForStmt>(parent))
		return loop->getCond() != expr;
	if (auto *loop = dyn_cast<WhileStmt>(parent))
		return loop->getCond() != expr;
	return llvm::isa<LabelStmt, CaseStmt, DefaultStmt>(parent);
}

/// The pointer that leads to an lvalue; null for a variable's own memory.
static const Expr *pointerTo(const Expr *lvalue) {
	lvalue = strip(lvalue);
	if (auto *unary = dyn_cast<UnaryOperator>(lvalue))
		return unary->getOpcode() == UO_Deref ? unary->getSubExpr() : nullptr;
	if (auto *member = dyn_cast<MemberExpr>(lvalue))
		return member->isArrow() ? member->getBase() : pointerTo(member->getBase());
	if (auto *subscript = dyn_cast<ArraySubscriptExpr>(lvalue)) {
		const Expr *base = subscript->getBase();
		auto *decay = dyn_cast<ImplicitCastExpr>(base);
		bool is_array = decay && decay->getCastKind() == CK_ArrayToPointerDecay;
		return is_array ? pointerTo(decay->getSubExpr()) : base;
	}
	return nullptr;
}

const MapInfo *mapOfValue(Session &session, const Expr *lvalue, unsigned map_kinds) {
	const Expr *pointer = pointerTo(lvalue);
	std::set<const Decl *> objects;

	if (pointer)
		objects = session.provenance().objectsBehind(pointer);
	for (const MapInfo &map : session.maps())
		if (map_kinds & kinds::bit(map.kind) && objects.count(map.var->getCanonicalDecl()))
			return &map;
	return nullptr;
}

const Expr *addedLvalue(const Stmt *stmt) {
	if (auto *unary = dyn_cast<UnaryOperator>(stmt))
		return unary->isIncrementDecrementOp() ? unary->getSubExpr() : nullptr;
	auto *assign = dyn_cast<CompoundAssignOperator>(stmt);
	bool adds = assign &&
		    (assign->getOpcode() == BO_AddAssign || assign->getOpcode() == BO_SubAssign);
	return adds ? assign->getLHS() : nullptr;
}

bool canAddAtomically(Session &session, const Stmt *stmt) {
	const Expr *lvalue = addedLvalue(stmt);
	QualType type = lvalue ? lvalue->getType() : QualType();

	if (type.isNull() || !type->isIntegerType() || type->isBooleanType() ||
	    lvalue->refersToBitField() || !isUnused(session.ast(), llvm::cast<Expr>(stmt)))
		return false;
	// In a packed record it may stand at any address.
	for (const Expr *part = strip(lvalue); llvm::isa<MemberExpr>(part);
	     part = strip(llvm::cast<MemberExpr>(part)->getBase())) {
		auto *field = dyn_cast<FieldDecl>(llvm::cast<MemberExpr>(part)->getMemberDecl());
		if (!field || field->getParent()->hasAttr<PackedAttr>())
			return false;
	}
	uint64_t size = session.ast().getTypeSize(type);
	return size == 32 || size == 64;
}

bool hasSmallValue(Session &session, const MapInfo &map) {
	constexpr int64_t most = 128;

	return !map.value.isNull() && !map.value->isIncompleteType() &&
	       session.ast().getTypeSizeInChars(map.value).getQuantity() <= most;
}

namespace {

struct Row {
	const char *id;
	unsigned fixes;
	const char *text, *help;
};

const Row rows[] = {
#define SEMANTICS(identifier, id, fixes, text, help) {id, fixes, text, help},
#include "semantics.def"
};

enum RowNumber {
#define SEMANTICS(identifier, id, fixes, text, help) ROW_##identifier,
#include "semantics.def"
};

enum When {
	ALWAYS,
	UNUSED,	    ///< the result
	NOT_REUSED, ///< the flags of get_stackid lack BPF_F_REUSE_STACKID
};

const struct {
	const char *method;
	unsigned map_kinds;
	When when;
	RowNumber row;
} on_methods[] = {
#define ON_METHOD(method, map_kinds, when, identifier)                                             \
	{#method, kinds::map_kinds, when, ROW_##identifier},
#include "semantics.def"
};

const char *const fix_words[] = {
#define X(id, word) word,
	B2C_FIXES(X)
#undef X
};

/// `text` with $1 and $2 replaced.
std::string filled(const char *text, const std::string &first, const std::string &second) {
	std::string out;

	for (const char *p = text; *p; p++) {
		if (*p == '$' && (p[1] == '1' || p[1] == '2'))
			out += *++p == '1' ? first : second;
		else
			out += *p;
	}
	return out;
}

/// On one line, without runs of blanks.
std::string oneLine(const std::string &text) {
	std::string out;

	for (char c : text) {
		bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
		if (!blank)
			out += c;
		else if (!out.empty() && out.back() != ' ')
			out += ' ';
	}
	return out;
}

/// By place; of one place, by what is said of it.
std::tuple<unsigned, unsigned, std::string> orderOf(const struct b2c_semantics &line) {
	return {line.loc.line, line.loc.column, std::string(line.id) + line.text};
}

class Ledger {
public:
	explicit Ledger(Session &session) : session_(session) {}

	std::vector<struct b2c_semantics> collect() {
		for (const MapInfo &map : session_.maps())
			addMap(map);
		for (const ScratchInfo &info : session_.scratch())
			add(ROW_stack_scratch, info.var->getLocation(),
			    info.var->getName().str(), info.function->getName().str());
		for (const FunctionDecl *function : session_.userFunctions()) {
			function_ = function;
			walkEvaluated(function->getBody(), [&](const Stmt *stmt) { visit(stmt); });
		}
		std::sort(lines_.begin(), lines_.end(),
			  [](const b2c_semantics &a, const b2c_semantics &b) {
				  return orderOf(a) < orderOf(b);
			  });
		return std::move(lines_);
	}

private:
	/// What the user can do about a row; nothing is said of one that a fix took away.
	std::string helpOf(const Row &row, bool fixable) {
		std::string help;

		for (unsigned i = 0; fixable && i < B2C_NR_FIXES; i++)
			if (row.fixes >> i & 1)
				help = std::string("--fix=") + fix_words[i] +
				       (help.empty() ? "" : " or " + help);
		return help.empty() ? row.help : help;
	}

	void add(RowNumber number, SourceRange range, const std::string &first,
		 const std::string &second = "", bool fixable = true) {
		const Row &row = rows[number];
		struct b2c_semantics line = {};

		if (fixable && row.fixes & session_.request().fixes)
			return;
		line.id = row.id;
		line.loc = session_.loc(range);
		line.text = copy(filled(row.text, first, second));
		line.help = copy(helpOf(row, fixable));
		for (const struct b2c_semantics &other : lines_)
			if (other.id == line.id && other.loc.line == line.loc.line &&
			    other.loc.column == line.loc.column &&
			    std::string(other.text) == line.text)
				return;
		lines_.push_back(line);
	}

	void addMap(const MapInfo &map) {
		constexpr uint64_t no_prealloc = 1; // BPF_F_NO_PREALLOC
		if (kinds::bit(map.kind) & kinds::CAN_BE_FULL && !(map.flags & no_prealloc))
			add(ROW_hash_prealloc, map.var->getLocation(), map.var->getName().str(),
			    std::to_string(map.max_entries));
	}

	void visit(const Stmt *stmt) {
		if (auto *call = dyn_cast<CallExpr>(stmt)) {
			std::string method;
			const MapInfo *map = methodOf(session_, call, method);
			if (map)
				visitMethod(call, *map, method);
			else
				visitRead(call);
		}
		if (auto *lvalue = addedLvalue(stmt))
			visitAddition(stmt, lvalue);
	}

	void visitMethod(const CallExpr *call, const MapInfo &map, const std::string &method) {
		std::string name = map.var->getName().str();

		for (const auto &on : on_methods) {
			if (method != on.method || !(on.map_kinds & kinds::bit(map.kind)) ||
			    !applies(call, on.when))
				continue;
			bool in_function = on.row == ROW_hidden_return;
			add(on.row, call->getSourceRange(), name + "." + method,
			    in_function ? function_->getName().str() : name, fixable(on.row, map));
		}
		if (method == "delete" && call->getNumArgs())
			visitDelete(call, map);
	}

	bool fixable(RowNumber row, const MapInfo &map) {
		if (row == ROW_hidden_return)
			return hasSmallValue(session_, map);
		if (row != ROW_increment_race)
			return true;
		uint64_t bits =
			map.value->isIntegerType() ? session_.ast().getTypeSize(map.value) : 0;
		return bits == 32 || bits == 64;
	}

	bool applies(const CallExpr *call, When when) {
		constexpr uint64_t reuse = 1 << 10; // BPF_F_REUSE_STACKID
		Expr::EvalResult flags;

		if (when == UNUSED)
			return isUnused(session_.ast(), call);
		if (when == NOT_REUSED)
			return call->getNumArgs() < 2 ||
			       !call->getArg(1)->EvaluateAsInt(flags, session_.ast()) ||
			       !(flags.Val.getInt().getZExtValue() & reuse);
		return true;
	}

	void visitAddition(const Stmt *stmt, const Expr *lvalue) {
		const MapInfo *map = mapOfValue(session_, lvalue, kinds::SHARED);

		if (map)
			add(ROW_value_race, stmt->getSourceRange(),
			    oneLine(session_.text(stmt->getSourceRange())),
			    map->var->getName().str(), canAddAtomically(session_, stmt));
	}

	/// bpf_probe_read and its kin.
	void visitRead(const CallExpr *call) {
		std::string name = calleeName(call);

		if (!llvm::StringRef(name).starts_with("bpf_probe_read") || call->getNumArgs() != 3)
			return;
		if (isUnused(session_.ast(), call))
			add(ROW_read_ignored, call->getSourceRange(), name);
		if (!llvm::StringRef(name).ends_with("_str"))
			visitSize(call, name);
	}

	/// &p->member read with more bytes than the member has.
	void visitSize(const CallExpr *call, const std::string &name) {
		auto *address = dyn_cast<UnaryOperator>(call->getArg(2)->IgnoreParenCasts());
		const Expr *lvalue = address && address->getOpcode() == UO_AddrOf
					     ? address->getSubExpr()->IgnoreParens()
					     : nullptr;
		Expr::EvalResult size;

		if (!llvm::isa_and_nonnull<MemberExpr>(lvalue) ||
		    lvalue->getType()->isIncompleteType() ||
		    !call->getArg(1)->EvaluateAsInt(size, session_.ast()))
			return;
		uint64_t has = session_.ast().getTypeSizeInChars(lvalue->getType()).getQuantity();
		if (has && size.Val.getInt().getZExtValue() > has)
			add(ROW_wide_read, call->getSourceRange(), name,
			    oneLine(session_.text(lvalue)));
	}

	/// Pointers to the map's values that are used on the way on from `call`.
	void visitDelete(const CallExpr *call, const MapInfo &map) {
		const Stmt *inner = call;

		for (;;) {
			DynTypedNodeList parents = session_.ast().getParents(*inner);
			const Stmt *parent = parents.empty() ? nullptr : parents[0].get<Stmt>();
			if (!parent)
				return;
			auto *block = dyn_cast<CompoundStmt>(parent);
			if (block && visitRest(block, inner, map))
				return;
			inner = parent;
		}
	}

	/// What follows `inner` in its block. True when the way ends there.
	bool visitRest(const CompoundStmt *block, const Stmt *inner, const MapInfo &map) {
		bool after = false;

		for (const Stmt *stmt : block->body()) {
			if (after &&
			    (reportUses(stmt, map) ||
			     llvm::isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt>(stmt)))
				return true;
			after |= stmt == inner;
		}
		return false;
	}

	/// True when the uses end here: one was reported, or a pointer got another value.
	bool reportUses(const Stmt *stmt, const MapInfo &map) {
		bool done = false;

		walkEvaluated(stmt, [&](const Stmt *part) {
			const Expr *lvalue = writtenLvalue(part);
			lvalue = lvalue ? lvalue : loadedLvalue(part);
			const Expr *pointer = lvalue ? pointerTo(lvalue) : nullptr;
			auto *variable =
				pointer ? dyn_cast<DeclRefExpr>(pointer->IgnoreParenCasts())
					: nullptr;
			if (const Expr *written = writtenLvalue(part))
				done |= llvm::isa<DeclRefExpr>(strip(written)) &&
					written->getType()->isPointerType();
			bool leads = variable && session_.provenance().objectsBehind(pointer).count(
							 map.var->getCanonicalDecl());
			if (done || !leads)
				return;
			add(ROW_use_after_delete, part->getSourceRange(),
			    variable->getDecl()->getName().str(), map.var->getName().str());
			done = true;
		});
		return done;
	}

	const char *copy(const std::string &text) {
		return arena_strdup(session_.arena(), text.c_str());
	}

	Session &session_;
	const FunctionDecl *function_ = nullptr;
	std::vector<struct b2c_semantics> lines_;
};

} // namespace

std::vector<struct b2c_semantics> collectSemantics(Session &session) {
	return Ledger(session).collect();
}

} // namespace b2c
