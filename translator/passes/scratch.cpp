// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * struct event event = {}; becomes a pointer to the one value of a per-CPU array, set to
 * zero where the variable was declared: what an earlier run left there must not get out,
 * whether or not the program initialises the variable. Then event.pid is event->pid,
 * &event is event, and event is *event.
 */
#include "scratch.h"

#include "clang/AST/ParentMapContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include <algorithm>
#include <map>
#include <set>

#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

const struct {
	enum b2c_attach_kind kind;
	const char *text;
} neutral_returns[] = {
#define NEUTRAL(kind, text) {B2C_ATTACH_##kind, text},
#include "../neutral_returns.def"
#undef NEUTRAL
};

/// LLVM clears this much by stores.
constexpr int64_t most_stored = 128 * 8;

/// Uses of a variable that became a pointer.
class Uses : public RecursiveASTVisitor<Uses> {
public:
	Uses(Session &session, const VarDecl *var)
	    : session_(session), edits_(session.edits()), var_(var) {}

	/// Of a declaration that is moved only the initialiser stays.
	bool TraverseVarDecl(VarDecl *var) {
		if (session_.scratchOf(var))
			return TraverseStmt(var->getInit());
		return RecursiveASTVisitor<Uses>::TraverseVarDecl(var);
	}

	bool VisitDeclRefExpr(DeclRefExpr *ref) {
		Span name = ref->getDecl() == var_ ? session_.span(ref) : Span();
		const Stmt *parent = parentOf(ref);

		if (!name.valid())
			return true;
		if (ref->getLocation().isMacroID())
			edits_.replace(name, {"(*" + var_->getName().str() + ")"});
		else if (Span dot = dotBehind(name);
			 llvm::isa_and_nonnull<MemberExpr>(parent) && dot.valid())
			edits_.replace(dot, {"->"});
		else if (auto *unary = dyn_cast_or_null<UnaryOperator>(parent);
			 unary && unary->getOpcode() == UO_AddrOf &&
			 !unary->getOperatorLoc().isMacroID())
			edits_.remove(edits_.spanOf(unary->getOperatorLoc()));
		else
			edits_.replace(name,
				       {needsParens(parent) ? "(*" + var_->getName().str() + ")"
							    : "*" + var_->getName().str()});
		return true;
	}

private:
	/// The dot behind a name; invalid when something else is there. Clang has no place for
	/// the one that leads to a member of an anonymous record.
	Span dotBehind(Span name) const {
		llvm::StringRef bytes = session_.sources().getBufferData(name.file);
		size_t at = bytes.find_first_not_of(" \t\n", name.end);

		if (at == llvm::StringRef::npos || bytes[at] != '.')
			return {};
		return {name.file, static_cast<unsigned>(at), static_cast<unsigned>(at) + 1};
	}

	const Stmt *parentOf(const Stmt *stmt) const {
		for (const DynTypedNode &parent : session_.ast().getParents(*stmt))
			if (const Stmt *found = parent.get<Stmt>())
				return llvm::isa<ImplicitCastExpr>(found) ? parentOf(found) : found;
		return nullptr;
	}

	static bool needsParens(const Stmt *parent) {
		return llvm::isa_and_nonnull<ArraySubscriptExpr, MemberExpr>(parent);
	}

	Session &session_;
	Edits &edits_;
	const VarDecl *var_;
};

/// Stores of an initialiser's values, one statement each; what is zero is there already.
class Stores {
public:
	Stores(Session &session, const std::string &indent) : session_(session), indent_(indent) {}

	/// Of `init` to the lvalue `path`; "*p" is what a pointer points to.
	void add(const Expr *init, const std::string &path) {
		const Expr *plain = init->IgnoreParenImpCasts();

		if (llvm::isa<ImplicitValueInitExpr>(init) || isZero(init))
			return;
		if (const auto *list = dyn_cast<InitListExpr>(init))
			addList(list, path);
		else if (const auto *string = dyn_cast<StringLiteral>(plain);
			 string && init->getType()->isArrayType())
			addString(string, path);
		else
			put({path + " = ", session_.span(init), ";"});
	}

	std::vector<Piece> take() { return std::move(pieces_); }

private:
	void put(std::vector<Piece> pieces) {
		pieces_.push_back("\n" + indent_);
		pieces_.insert(pieces_.end(), pieces.begin(), pieces.end());
	}

	bool isZero(const Expr *init) const {
		Expr::EvalResult value;

		return !init->getType()->isRecordType() && !init->getType()->isArrayType() &&
		       init->isEvaluatable(session_.ast()) &&
		       init->EvaluateAsRValue(value, session_.ast()) && value.Val.isInt() &&
		       value.Val.getInt() == 0;
	}

	void addString(const StringLiteral *string, const std::string &path) {
		if (string->getLength())
			put({"__builtin_memcpy(" + path + ", ", session_.span(string),
			     ", " + std::to_string(string->getByteLength()) + ");"});
	}

	void addList(const InitListExpr *list, const std::string &path) {
		const InitListExpr *values =
			list->isSemanticForm() ? list : list->getSemanticForm();
		const RecordDecl *record = values->getType()->getAsRecordDecl();
		unsigned i = 0;

		if (values->isTransparent() || values->isStringLiteralInit())
			return add(values->getInit(0), path);
		if (!record) {
			for (; i < values->getNumInits(); i++)
				add(values->getInit(i), path + "[" + std::to_string(i) + "]");
			return;
		}
		if (record->isUnion()) {
			if (values->getNumInits())
				addMember(values->getInitializedFieldInUnion(), values->getInit(0),
					  path);
			return;
		}
		for (const FieldDecl *field : record->fields())
			if (!field->isUnnamedBitField() && i < values->getNumInits())
				addMember(field, values->getInit(i++), path);
	}

	/// Members of an anonymous one are the record's own.
	void addMember(const FieldDecl *field, const Expr *init, const std::string &path) {
		if (field->isAnonymousStructOrUnion())
			return add(init, path);
		llvm::StringRef base = path;
		bool is_pointer = base.consume_front("*");
		add(init, base.str() + (is_pointer ? "->" : ".") + field->getName().str());
	}

	Session &session_;
	std::string indent_;
	std::vector<Piece> pieces_;
};

/// One declaration, with the variables in it that are moved.
class Mover {
public:
	/// Gives the declarations of the maps to `ret_maps`.
	Mover(Session &session, const DeclStmt *statement, std::vector<std::string> &ret_maps)
	    : session_(session), edits_(session.edits()), statement_(statement),
	      span_(session.span(statement)), maps_(ret_maps) {}

	void move() {
		const auto *first = llvm::cast<VarDecl>(*statement_->decl_begin());
		unsigned name = edits_.spanOf(first->getLocation()).begin;
		llvm::StringRef head = bytes().slice(span_.begin, name).rtrim(" \t\n*(");

		specifiers_ = head.str();
		at_ = span_.begin + head.size();
		for (const Decl *decl : statement_->decls()) {
			const auto *var = llvm::cast<VarDecl>(decl);
			unsigned end = edits_.spanOf(var->getSourceRange()).end;
			if (var != first)
				pieces_.push_back("\n" + indent());
			if (const ScratchInfo *info = session_.scratchOf(var))
				moveOne(*info);
			else
				keep({span_.file, at_, end});
			at_ = bytes().find(',', end) + 1;
		}
		// The statements that set it off from declarations below.
		if (!bytes().drop_front(span_.end).ltrim(" \t").starts_with("\n\n"))
			pieces_.push_back("\n");
		edits_.replace(span_, std::move(pieces_));
	}

private:
	llvm::StringRef bytes() const { return session_.sources().getBufferData(span_.file); }

	std::string indent() const {
		llvm::StringRef before = bytes().take_front(span_.begin);
		llvm::StringRef line = before.substr(before.rfind('\n') + 1);

		return line.take_while([](char c) { return c == ' ' || c == '\t'; }).str();
	}

	/// A declarator becomes a declaration of its own.
	void keep(Span declarator) {
		while (bytes()[declarator.begin] == ' ' || bytes()[declarator.begin] == '\n' ||
		       bytes()[declarator.begin] == '\t')
			declarator.begin++;
		pieces_.push_back(specifiers_ + " ");
		pieces_.push_back(declarator);
		pieces_.push_back(";");
	}

	/// "[16][64]" of an array, as the program writes it where that may stand elsewhere.
	std::string dimensions(const VarDecl *var) const {
		TypeLoc loc = var->getTypeSourceInfo()->getTypeLoc();
		auto array = loc.getAs<ArrayTypeLoc>();
		std::string text, numbers;

		for (auto inner = array; inner;
		     inner = inner.getElementLoc().getAs<ArrayTypeLoc>()) {
			auto *type = session_.ast().getAsConstantArrayType(inner.getType());
			text += edits_.text(edits_.spanOf(inner.getBracketsRange()));
			numbers += "[" + std::to_string(type->getSize().getZExtValue()) + "]";
		}
		// [] has its size from a string, [sizeof(event)] from another variable.
		bool moves = text.find("[]") == std::string::npos &&
			     text.find("sizeof") == std::string::npos;
		return moves ? text : numbers;
	}

	std::string neutralReturn(const FunctionDecl *function) const {
		const ProgramInfo *program = session_.programOf(function);

		for (const auto &row : neutral_returns)
			if (program && program->kind == row.kind)
				return std::string("return ") + row.text + ";";
		return function->getReturnType()->isVoidType() && !program ? "return;"
									   : "return 0;";
	}

	void moveOne(const ScratchInfo &info) {
		const VarDecl *var = info.var;
		std::string name = var->getName().str(), array = dimensions(var);
		std::string line = "\n" + indent();
		std::string head =
			specifiers_ + (array.empty() ? " *" + name : " (*" + name + ")" + array);
		std::string lookup = "bpf_map_lookup_elem(&" + info.map + ", &(u32){ 0 });";
		bool fits = indent().size() * 8 + head.size() + 3 + lookup.size() <= 100;

		declareMap(info, array);
		pieces_.push_back(head + (fits ? " = " : " =" + line + "\t") + lookup + "\n" +
				  line + "if (!" + name + ")" + line + "\t" +
				  neutralReturn(info.function));
		initialize(var);
	}

	void initialize(const VarDecl *var) {
		std::string name = var->getName().str(), line = "\n" + indent();
		const Expr *init = var->getInit();
		bool is_small = session_.ast().getTypeSizeInChars(var->getType()).getQuantity() <=
				most_stored;
		Stores stores(session_, indent());

		if (init && !llvm::isa<InitListExpr>(init) && init->getType()->isRecordType()) {
			pieces_.push_back(line);
			copy(name, init, is_small);
			return;
		}
		pieces_.push_back(
			line +
			(is_small ? "__builtin_memset(" + name + ", 0, sizeof(*" + name + "));"
				  : "bpf_probe_read_kernel(" + name + ", sizeof(*" + name +
					    "), (void *)0); /* all zero */"));
		if (init)
			stores.add(init,
				   var->getType()->isArrayType() ? "(*" + name + ")" : "*" + name);
		for (Piece &piece : stores.take())
			pieces_.push_back(std::move(piece));
	}

	/// From another record of its type, in BPF memory.
	void copy(const std::string &name, const Expr *from, bool is_small) {
		const Expr *lvalue = loadedLvalue(from->IgnoreParens());
		const auto *deref = lvalue ? dyn_cast<UnaryOperator>(strip(lvalue)) : nullptr;
		std::string call = "bpf_probe_read_kernel(" + name + ", sizeof(*" + name + "), ";

		if (is_small || !lvalue) {
			pieces_.push_back("*" + name + " = ");
			pieces_.push_back(session_.span(from));
			pieces_.push_back(";");
		} else if (deref && deref->getOpcode() == UO_Deref) {
			pieces_.push_back(call);
			pieces_.push_back(session_.span(deref->getSubExpr()));
			pieces_.push_back(");");
		} else {
			pieces_.push_back(call + "&(");
			pieces_.push_back(session_.span(lvalue));
			pieces_.push_back("));");
		}
	}

	void declareMap(const ScratchInfo &info, const std::string &array) {
		std::string text = "/* '" + info.var->getName().str() + "' of " +
				   info.function->getName().str() +
				   "(): the stack has no room for it. */\n"
				   "struct {\n"
				   "\t__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);\n"
				   "\t__uint(max_entries, 1);\n"
				   "\t__type(key, u32);\n"
				   "\t__type(value, " +
				   specifiers_ + array + ");\n} " + info.map + " SEC(\".maps\");\n";

		// Variables of one name in blocks apart share it.
		if (std::find(maps_.begin(), maps_.end(), text) == maps_.end())
			maps_.push_back(text);
	}

	Session &session_;
	Edits &edits_;
	const DeclStmt *statement_;
	Span span_;
	std::vector<std::string> &maps_;
	unsigned at_ = 0; ///< where the next declarator starts
	std::string specifiers_;
	std::vector<Piece> pieces_;
};

/// Where a function begins, with the comment above it.
Span startOf(Session &session, const FunctionDecl *function) {
	const ProgramInfo *program = session.programOf(function);
	SourceLocation begin =
		program && program->use ? program->use->range.getBegin() : function->getBeginLoc();
	Span span = session.edits().spanOf(session.sources().getExpansionLoc(begin));
	llvm::StringRef before = session.sources().getBufferData(span.file).take_front(span.begin);

	while (before.ends_with("\n")) {
		llvm::StringRef above = before.drop_back();
		llvm::StringRef line = above.substr(above.rfind('\n') + 1).trim();
		bool is_comment = line.starts_with("//") || line.starts_with("/*") ||
				  line.starts_with("*") ||
				  (line.ends_with("*/") && !line.contains("/*"));
		if (!is_comment)
			break;
		before = above.substr(0, above.rfind('\n') + 1);
	}
	span.begin = before.size();
	return span;
}

/// Puts the maps before the function, set off by blank lines.
void insertMaps(Session &session, const FunctionDecl *function,
		const std::vector<std::string> &maps) {
	Span start = startOf(session, function);
	llvm::StringRef before =
		session.sources().getBufferData(start.file).take_front(start.begin);
	std::string text;

	for (const std::string &map : maps)
		text += "\n" + map;
	if (before.ends_with("\n\n"))
		session.edits().insert(start.file, start.begin - 1, text);
	else
		session.edits().insert(start.file, start.begin, text + "\n");
}

/// Uses in macros of other variables that have the name of one that is moved.
class Others : public RecursiveASTVisitor<Others> {
public:
	explicit Others(Session &session) : session_(session) {}

	bool VisitDeclRefExpr(DeclRefExpr *ref) {
		if (ref->getLocation().isMacroID() && !session_.scratchOf(ref->getDecl()) &&
		    isName(ref->getDecl()))
			session_.edits().keep(session_.span(ref));
		return true;
	}

private:
	bool isName(const ValueDecl *decl) const {
		for (const ScratchInfo &info : session_.scratch())
			if (info.var->getDeclName() == decl->getDeclName())
				return true;
		return false;
	}

	Session &session_;
};

} // namespace

void ScratchPass::run(Session &session) {
	std::map<const FunctionDecl *, std::vector<std::string>> maps;
	std::set<const DeclStmt *> moved;
	Others others(session);

	for (const ScratchInfo &info : session.scratch()) {
		Uses uses(session, info.var);
		uses.TraverseStmt(info.function->getBody());
		if (moved.insert(info.statement).second)
			Mover(session, info.statement, maps[info.function]).move();
	}
	for (const auto &[function, texts] : maps)
		insertMaps(session, function, texts);
	if (!session.scratch().empty())
		for (const FunctionDecl *function : session.userFunctions())
			others.TraverseStmt(function->getBody());
}

} // namespace b2c
