// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Which local variables can be kept in a per-CPU map of one element instead of on
 * the stack. Passes see them by Session::scratch; passes/scratch.cpp moves them.
 */
#include <map>
#include <set>

#include "clang/AST/ParentMapContext.h"

#include "collect.h"
#include "provenance.h"
#include "walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

/// What a CPU's part of a per-CPU map can hold.
constexpr uint64_t most_bytes = 32768;

using Programs = std::set<const ProgramInfo *>;

/// Programs of these kinds never interrupt each other on one CPU: the kernel runs no
/// second one there while bpf_prog_active is set.
bool excludesOthers(enum b2c_attach_kind kind) {
	return kind == B2C_ATTACH_KPROBE || kind == B2C_ATTACH_KRETPROBE ||
	       kind == B2C_ATTACH_KSYSCALL || kind == B2C_ATTACH_KRETSYSCALL ||
	       kind == B2C_ATTACH_TRACEPOINT || kind == B2C_ATTACH_PERF_EVENT;
}

/// The functions of the file by what they call.
class Callers {
public:
	explicit Callers(Session &session) : session_(session) {
		for (const FunctionDecl *function : session.userFunctions())
			walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
				auto *call = dyn_cast<CallExpr>(stmt);
				const FunctionDecl *callee =
					call ? call->getDirectCallee() : nullptr;
				if (callee && callee->getDefinition())
					calls_[function].push_back(callee->getDefinition());
			});
	}

	/// The programs that run `function`.
	Programs programsOf(const FunctionDecl *function) const {
		Programs programs;

		for (const ProgramInfo &program : session_.programs())
			if (reaches(program.function, function, 0))
				programs.insert(&program);
		return programs;
	}

	uint64_t bytesOf(const FunctionDecl *function, unsigned depth) const {
		uint64_t bytes = 0;
		auto found = calls_.find(function);

		walkVariables(function->getBody(), [&](const VarDecl *var) {
			QualType type = var->getType();
			if (var->hasLocalStorage() && !type->isIncompleteType() &&
			    type->isConstantSizeType())
				bytes += session_.ast().getTypeSizeInChars(type).getQuantity();
		});
		if (found == calls_.end() || depth == most_depth)
			return bytes;
		for (const FunctionDecl *callee : found->second)
			bytes += bytesOf(callee, depth + 1);
		return bytes;
	}

private:
	static constexpr unsigned most_depth = 16;

	bool reaches(const FunctionDecl *from, const FunctionDecl *to, unsigned depth) const {
		auto found = calls_.find(from);

		if (from == to)
			return true;
		if (found == calls_.end() || depth == most_depth)
			return false;
		for (const FunctionDecl *callee : found->second)
			if (reaches(callee, to, depth + 1))
				return true;
		return false;
	}

	Session &session_;
	std::map<const FunctionDecl *, std::vector<const FunctionDecl *>> calls_;
};

/// The records that a type has inside.
void addRecords(QualType type, const ASTContext &ast, std::set<const RecordDecl *> &records) {
	const RecordDecl *record = ast.getBaseElementType(type)->getAsRecordDecl();

	record = record ? record->getDefinition() : nullptr;
	if (!record || !records.insert(record).second)
		return;
	for (const FieldDecl *field : record->fields())
		addRecords(field->getType(), ast, records);
}

class Collector {
public:
	explicit Collector(Session &session) : session_(session), callers_(session) {}

	void collect(const struct b2c_local &local) {
		llvm::StringRef name = local.function;

		name.consume_front("____"); // as libbpf's macros call a program's body
		for (const FunctionDecl *function : session_.userFunctions())
			if (function->getName() == name)
				return collectFrom(function, local.name);
		name.consume_front("handle_"); // as program calls what two forms of one share
		for (const FunctionDecl *function : session_.userFunctions())
			if (function->getName() == name)
				collectFrom(function, local.name);
	}

	/// In source order, whichever variable was asked for first.
	void nameMaps() {
		std::vector<ScratchInfo> &infos = session_.editScratch();

		std::sort(infos.begin(), infos.end(),
			  [](const ScratchInfo &a, const ScratchInfo &b) {
				  return a.var->getLocation() < b.var->getLocation();
			  });
		for (ScratchInfo &info : infos) {
			std::string name = info.var->getName().str();
			info.map = isUnique(info) ? name + "_scratch"
						  : info.function->getName().str() + "_" + name +
							    "_scratch";
		}
	}

private:
	void collectFrom(const FunctionDecl *function, llvm::StringRef name) {
		std::vector<ScratchInfo> found;

		walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
			auto *statement = dyn_cast<DeclStmt>(stmt);
			for (const Decl *decl : statement ? statement->decls() : DeclGroupRef()) {
				auto *var = dyn_cast<VarDecl>(decl);
				if (var && var->hasLocalStorage() && var->getName() == name &&
				    (var->getType()->isRecordType() ||
				     var->getType()->isArrayType()))
					found.push_back({var, statement, function, ""});
			}
		});
		for (const ScratchInfo &info : found) {
			std::string trouble = troubleWith(info);
			for (const ScratchInfo &other : found)
				if (trouble.empty() && !canShareMap(info, other))
					trouble = "another variable there has its name";
			if (trouble.empty())
				session_.editScratch().push_back(info);
			session_.report(B2C_DIAG_stack_scratch, info.var->getLocation(),
					"'%s' %s kept in a per-CPU map%s%s", name.str().c_str(),
					trouble.empty() ? "is" : "can't be",
					trouble.empty() ? "" : ": ", trouble.c_str());
		}
	}

	const CompoundStmt *blockOf(const ScratchInfo &info) const {
		const CompoundStmt *block = nullptr;

		for (const DynTypedNode &parent : session_.ast().getParents(*info.statement))
			block = parent.get<CompoundStmt>();
		return block;
	}

	/// Variables of one name in blocks apart are never there at the same time.
	bool canShareMap(const ScratchInfo &one, const ScratchInfo &other) const {
		const SourceManager &sources = session_.sources();
		const CompoundStmt *blocks[] = {blockOf(one), blockOf(other)};

		if (one.var == other.var)
			return true;
		if (!blocks[0] || !blocks[1] ||
		    !session_.ast().hasSameType(one.var->getType(), other.var->getType()))
			return false;
		return sources.isBeforeInTranslationUnit(blocks[0]->getEndLoc(),
							 blocks[1]->getBeginLoc()) ||
		       sources.isBeforeInTranslationUnit(blocks[1]->getEndLoc(),
							 blocks[0]->getBeginLoc());
	}

	/// Why the variable must stay on the stack; "" if it need not.
	std::string troubleWith(const ScratchInfo &info) {
		QualType type = info.var->getType();
		std::set<const RecordDecl *> records;

		if (!blockOf(info) || info.var->getBeginLoc().isMacroID() ||
		    info.var->getLocation().isMacroID() || info.statement->getEndLoc().isMacroID())
			return "it is declared by a macro or in the head of a loop";
		for (const DynTypedNode &parent : session_.ast().getParents(*blockOf(info)))
			if (parent.get<SwitchStmt>())
				return "a case of a switch can jump over its declaration";
		for (const Decl *decl : info.statement->decls())
			if (!llvm::isa<VarDecl>(decl) || decl->hasAttrs())
				return "it is declared with attributes or with its type";
		if (type->getAs<TypeOfExprType>())
			return "it is declared by typeof";
		if (type->getAs<BTFTagAttributedType>() || type->getAs<AttributedType>())
			return "it is declared with attributes";
		if (!type->isConstantSizeType() || isConst(type) || type.isVolatileQualified())
			return "it is const, volatile or of a variable size";
		if (session_.ast().getTypeSizeInChars(type).getQuantity() >
		    static_cast<int64_t>(most_bytes))
			return "a map has at most 32 KB for a CPU";
		addRecords(type, session_.ast(), records);
		for (const RecordDecl *record : records)
			if (record->getParentFunctionOrMethod())
				return "its type is declared in a function";
		if (const RecordDecl *record =
			    session_.ast().getBaseElementType(type)->getAsRecordDecl())
			if (record->getName().empty() && !record->getTypedefNameForAnonDecl())
				return "its type has no name";
		if (holdsPointers(records, type))
			return "the verifier loses sight of pointers in a map";
		return troubleWithPrograms(info);
	}

	bool isConst(QualType type) const {
		return session_.ast().getBaseElementType(type).isConstQualified();
	}

	/// A function that several programs run has one map, so that they must not meet.
	std::string troubleWithPrograms(const ScratchInfo &info) {
		Programs programs = callers_.programsOf(info.function);
		bool meet = false;

		for (const ProgramInfo *program : programs)
			meet |= programs.size() > 1 && !excludesOthers(program->kind);
		return meet ? "'" + info.function->getName().str() +
				       "' belongs to programs that can interrupt each other"
			    : "";
	}

	/// Whether the program goes on with pointers that it takes out of such a variable, to
	/// memory of its own: from a map they are numbers.
	bool holdsPointers(const std::set<const RecordDecl *> &records, QualType type) {
		bool holds = session_.ast().getBaseElementType(type)->isPointerType();

		for (const FunctionDecl *function : session_.userFunctions())
			walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
				const Expr *lvalue = loadedLvalue(stmt);
				auto *member =
					lvalue ? dyn_cast<MemberExpr>(strip(lvalue)) : nullptr;
				if (!member || !member->getType()->isPointerType())
					return;
				auto *field = dyn_cast<FieldDecl>(member->getMemberDecl());
				if (!field || !records.count(field->getParent()->getDefinition()))
					return;
				Origin origin = session_.provenance().of(llvm::cast<Expr>(stmt));
				holds |= origin == Origin::Bpf || origin == Origin::Context ||
					 origin == Origin::Typed;
			});
		return holds;
	}

	bool isUnique(const ScratchInfo &info) const {
		std::string name = info.var->getName().str() + "_scratch";

		for (const ScratchInfo &other : session_.scratch())
			if (other.function != info.function &&
			    other.var->getName() == info.var->getName())
				return false;
		for (const Decl *decl : session_.ast().getTranslationUnitDecl()->decls()) {
			auto *named = dyn_cast<NamedDecl>(decl);
			if (named && named->getIdentifier() && named->getName() == name)
				return false;
		}
		return true;
	}

	Session &session_;
	Callers callers_;
};

} // namespace

void collectScratch(Session &session) {
	const b2c_request &request = session.request();

	if (!request.nr_scratch)
		return;
	Collector collector(session);
	for (size_t i = 0; i < request.nr_scratch; i++)
		collector.collect(request.scratch[i]);
	collector.nameMaps();
}

uint64_t localBytes(Session &session) {
	Callers callers(session);
	uint64_t most = 0;

	for (const ProgramInfo &program : session.programs())
		most = std::max(most, callers.bytesOf(program.function, 0));
	return most;
}

} // namespace b2c
