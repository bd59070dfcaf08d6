// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds the maps that the prelude's macros declared. */
#include "collect.h"

#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"

namespace b2c {

namespace {

const struct {
	const char *word;
	enum b2c_map_kind kind;
} kinds[] = {
#define X(id, type, word) {word, B2C_MAP_##id},
	B2C_MAP_KINDS(X)
#undef X
};

std::string kindWords() {
	std::string words;

	for (const auto &row : kinds)
		words += std::string(words.empty() ? "" : ", ") + row.word;
	return words;
}

const clang::FieldDecl *member(const clang::VarDecl *var, llvm::StringRef name) {
	for (const clang::FieldDecl *field : var->getType()->getAsRecordDecl()->fields())
		if (field->getName() == name)
			return field;
	return nullptr;
}

/// The N of a member declared as `char (*name)[N]`.
uint64_t numberOf(const clang::VarDecl *var, llvm::StringRef name, clang::ASTContext &ast) {
	const clang::FieldDecl *field = member(var, name);
	auto *array =
		field ? ast.getAsConstantArrayType(field->getType()->getPointeeType()) : nullptr;

	return array ? array->getSize().getZExtValue() : 0;
}

uint64_t powerOfTwo(uint64_t n) {
	uint64_t power = 1;

	while (power < n)
		power *= 2;
	return power;
}

const MacroUse *useOf(Session &session, const clang::VarDecl *var) {
	clang::SourceLocation place = session.sources().getExpansionLoc(var->getLocation());

	for (const MacroUse &use : session.macroUses())
		if (use.ours && use.range.getBegin() == place)
			return &use;
	return nullptr;
}

/// BPF_QUEUESTACK and its kin declare what is pushed to and popped from.
bool fitsMacro(Session &session, const MapInfo &map, llvm::StringRef word) {
	bool queue = map.kind == B2C_MAP_QUEUE || map.kind == B2C_MAP_STACK;

	if (!map.use || queue || !llvm::StringRef(map.use->name).starts_with("BPF_QUEUESTACK"))
		return true;
	session.report(B2C_DIAG_map_kind_unsupported, map.var->getLocation(),
		       "'%s' declares a queue or a stack, not '%s'", map.use->name.c_str(),
		       word.str().c_str());
	diag_help(session.diag(), "%s", "declare it with BPF_TABLE");
	return false;
}

bool findKind(Session &session, MapInfo &map, llvm::StringRef word) {
	clang::ASTContext &ast = session.ast();

	if (word == "histogram") {
		map.histogram = true;
		map.kind = ast.hasSameType(map.key, ast.IntTy) ? B2C_MAP_ARRAY : B2C_MAP_HASH;
		return true;
	}
	for (const auto &row : kinds) {
		if (word != row.word)
			continue;
		map.kind = row.kind;
		return fitsMacro(session, map, word);
	}
	if (word == "extern") {
		session.report(B2C_DIAG_map_extern, map.var->getLocation(),
			       "map '%s' is another module's, and a tool has no other modules",
			       map.var->getName().str().c_str());
		diag_help(session.diag(), "declare it here, or share it by a path with "
					  "BPF_TABLE_PINNED in both programs");
		return false;
	}
	session.report(B2C_DIAG_map_kind_unsupported, map.var->getLocation(),
		       "map kind '%s' is not supported", word.str().c_str());
	diag_help(session.diag(), "one of %s", kindWords().c_str());
	return false;
}

/// The user's spelling of argument `i`, or "" when the default applies.
std::string argument(const MacroUse *use, int i) {
	size_t at = static_cast<size_t>(i);
	std::string text = i >= 0 && at < use->args.size() ? use->args[at] : "";

	return text.rfind('"', 0) == 0 ? "" : text; // a name or path, where a type may stand
}

void takeTexts(MapInfo &map) {
	static const struct {
		const char *macro;
		int key, value, size, flags;
	} places[] = {
#define MAP_MACRO(macro, least, most, name, key, value, size, flags)                               \
	{#macro, key, value, size, flags},
#include "map_macros.def"
	};

	for (const auto &place : places) {
		if (!map.use || map.use->name != place.macro)
			continue;
		map.key_text = argument(map.use, place.key);
		map.value_text = argument(map.use, place.value);
		map.size_text = argument(map.use, place.size);
		map.flags_text = argument(map.use, place.flags);
	}
}

/// Kinds whose size is the kernel's or libbpf's to decide.
bool isSizeless(enum b2c_map_kind kind) {
	return kind == B2C_MAP_PERF_OUTPUT || kind == B2C_MAP_SK_STORAGE ||
	       kind == B2C_MAP_INODE_STORAGE || kind == B2C_MAP_TASK_STORAGE ||
	       kind == B2C_MAP_CGROUP_STORAGE || kind == B2C_MAP_PERCPU_CGROUP_STORAGE;
}

bool fillSizes(Session &session, MapInfo &map) {
	map.max_entries = numberOf(map.var, "max_entries", session.ast());
	map.flags = numberOf(map.var, "flags", session.ast()) - 1;
	if (!map.max_entries) {
		session.report(B2C_DIAG_map_size, map.var->getLocation(),
			       "the size of map '%s' is no positive constant",
			       map.var->getName().str().c_str());
		return false;
	}
	if (map.kind == B2C_MAP_STACK_TRACE || map.kind == B2C_MAP_RINGBUF)
		map.max_entries = powerOfTwo(map.max_entries);
	if (isSizeless(map.kind))
		map.max_entries = 0;
	return true;
}

/// The section after "maps/": KIND, KIND$INNER, KIND:PATH.
bool fillMap(Session &session, const clang::VarDecl *var, llvm::StringRef section,
	     MapInfo &ret_map) {
	llvm::StringRef word;

	std::tie(section, ret_map.pin) = section.split(':');
	std::tie(word, ret_map.inner) = section.split('$');
	ret_map.var = var;
	ret_map.key = member(var, "key")->getType();
	ret_map.value = member(var, "leaf")->getType();
	ret_map.use = useOf(session, var);
	if (!findKind(session, ret_map, word) || !fillSizes(session, ret_map))
		return false;
	if (ret_map.kind == B2C_MAP_PERF_OUTPUT || ret_map.kind == B2C_MAP_RINGBUF)
		ret_map.key = ret_map.value = clang::QualType();
	if (ret_map.kind == B2C_MAP_QUEUE || ret_map.kind == B2C_MAP_STACK)
		ret_map.key = clang::QualType();
	takeTexts(ret_map);
	return true;
}

bool isOfMaps(const MapInfo &map) {
	return map.kind == B2C_MAP_ARRAY_OF_MAPS || map.kind == B2C_MAP_HASH_OF_MAPS;
}

/// Maps of maps name a map that is none itself.
void checkInner(Session &session) {
	for (const MapInfo &map : session.maps()) {
		const MapInfo *inner = nullptr;
		for (const MapInfo &other : session.maps())
			if (!isOfMaps(other) && other.var->getName() == map.inner)
				inner = &other;
		if (!isOfMaps(map) || inner)
			continue;
		session.report(B2C_DIAG_map_inner, map.var->getLocation(),
			       "map '%s' is to hold maps like '%s', which is no map of the program "
			       "that can be held",
			       map.var->getName().str().c_str(), map.inner.c_str());
		diag_help(session.diag(), "declare the inner map, and name it by a string");
	}
}

/// Notes the record that each perf_submit and ringbuf call sends, and who empties queues.
class UseFinder : public clang::RecursiveASTVisitor<UseFinder> {
public:
	explicit UseFinder(Session &session) : session_(session) {}

	bool VisitCallExpr(clang::CallExpr *call) {
		auto *method =
			llvm::dyn_cast<clang::MemberExpr>(call->getCallee()->IgnoreParenImpCasts());
		MapInfo *map = method ? session_.mapOf(method->getBase()) : nullptr;
		if (!map)
			return true;
		llvm::StringRef name = method->getMemberDecl()->getName();
		map->pops |= name == "pop";
		map->inserts |= mayFindFull(*map, name);
		if (name == "perf_submit" && call->getNumArgs() > 1)
			note(map, call->getArg(1));
		if (name == "perf_submit_skb" && call->getNumArgs() > 2)
			note(map, call->getArg(2));
		if (name == "ringbuf_output" && call->getNumArgs() > 0)
			note(map, call->getArg(0));
		if (name == "ringbuf_reserve" && call->getNumArgs() > 0)
			noteSizeof(map, call->getArg(0));
		return true;
	}

private:
	void note(MapInfo *map, const clang::Expr *pointer) {
		clang::QualType type = pointer->IgnoreParenCasts()->getType();
		if (!type->isPointerType() && !type->isArrayType())
			return;
		type = type->isPointerType() ? type->getPointeeType() : type;
		if (!type->isVoidType() && !type->isIncompleteType())
			add(map, type.getUnqualifiedType());
	}

	void noteSizeof(MapInfo *map, const clang::Expr *size) {
		auto *trait =
			llvm::dyn_cast<clang::UnaryExprOrTypeTraitExpr>(size->IgnoreParenCasts());
		if (trait && trait->getKind() == clang::UETT_SizeOf)
			add(map, trait->getTypeOfArgument().getUnqualifiedType());
	}

	void add(MapInfo *map, clang::QualType type) {
		map->event = type;
		for (clang::QualType known : map->events)
			if (session_.ast().hasSameType(known, type))
				return;
		map->events.push_back(type);
	}

	Session &session_;
};

} // namespace

bool mayFindFull(const MapInfo &map, llvm::StringRef method) {
	bool plain = map.kind == B2C_MAP_HASH;

	if (method == "increment" || method == "atomic_increment")
		return plain; // others have no element that is absent, or keep it so
	return (plain || map.kind == B2C_MAP_PERCPU_HASH) &&
	       (method == "update" || method == "insert" || method == "lookup_or_init" ||
		method == "lookup_or_try_init");
}

bool mapArguments(const std::string &macro, unsigned &ret_least, unsigned &ret_most) {
	static const struct {
		const char *macro;
		unsigned least, most;
	} rows[] = {
#define MAP_MACRO(macro, least, most, ...) {#macro, least, most},
#include "map_macros.def"
	};

	for (const auto &row : rows) {
		ret_least = row.least;
		ret_most = row.most;
		if (macro == row.macro)
			return true;
	}
	return false;
}

void collectMaps(Session &session) {
	for (const clang::Decl *decl : session.ast().getTranslationUnitDecl()->decls()) {
		auto *var = llvm::dyn_cast<clang::VarDecl>(decl);
		auto *section = var ? var->getAttr<clang::SectionAttr>() : nullptr;
		llvm::StringRef name = section ? section->getName() : "";
		MapInfo map;
		if (name.consume_front("maps/") && fillMap(session, var, name, map))
			session.editMaps().push_back(map);
	}
	checkInner(session);
	UseFinder finder(session);
	for (const clang::FunctionDecl *function : session.userFunctions())
		finder.TraverseStmt(function->getBody());
}

} // namespace b2c
