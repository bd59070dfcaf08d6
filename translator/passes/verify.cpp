// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The provenance analysis once more, over emitted code: programs are known by
 * their SEC(), and what is spelled in libbpf's and our own macros is trusted.
 */
#include "verify.h"

#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Casting.h"

#include "../frontend/diagnostics.h"
#include "../frontend/provenance.h"
#include "../frontend/walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

/// Section up to the first '/', and what its program's arguments are.
const struct {
	const char *section;
	Origin arguments;
} sections[] = {
	{"kprobe", Origin::Kernel},
	{"kretprobe", Origin::Kernel},
	{"kprobe.multi", Origin::Kernel},
	{"kretprobe.multi", Origin::Kernel},
	{"ksyscall", Origin::User},
	{"kretsyscall", Origin::User},
	{"uprobe", Origin::User},
	{"uretprobe", Origin::User},
	{"usdt", Origin::User},
	{"tp", Origin::Kernel},
	{"tracepoint", Origin::Kernel},
	{"raw_tp", Origin::Kernel},
	{"raw_tracepoint", Origin::Kernel},
	{"fentry", Origin::Typed},
	{"fexit", Origin::Typed},
	{"fmod_ret", Origin::Typed},
	{"tp_btf", Origin::Typed},
	{"lsm", Origin::Typed},
	{"iter", Origin::Typed},
	{"xdp", Origin::Bpf},
	{"tc", Origin::Bpf},
	{"action", Origin::Bpf},
	{"socket", Origin::Bpf},
	{"cgroup", Origin::Bpf},
	{"cgroup_skb", Origin::Bpf},
	{"sockops", Origin::Bpf},
	{"sk_skb", Origin::Bpf},
	{"sk_msg", Origin::Bpf},
	{"sk_lookup", Origin::Bpf},
	{"flow_dissector", Origin::Bpf},
	{"lwt_in", Origin::Bpf},
	{"lwt_out", Origin::Bpf},
	{"lwt_xmit", Origin::Bpf},
	{"lwt_seg6local", Origin::Bpf},
};

Origin sectionOrigin(llvm::StringRef section) {
	llvm::StringRef kind = section.split('/').first, target = section.split('/').second;

	if ((kind == "tp" || kind == "tracepoint") && target.starts_with("syscalls/sys_enter_"))
		return Origin::User;
	kind.consume_front("?"); // not loaded by itself
	kind.consume_back(".s"); // sleepable
	for (const auto &row : sections)
		if (kind == row.section)
			return row.arguments;
	return Origin::Unknown;
}

const SectionAttr *sectionOf(const Decl *decl) {
	return decl ? decl->getMostRecentDecl()->getAttr<SectionAttr>() : nullptr;
}

class EmittedFacts : public ProvenanceFacts {
public:
	explicit EmittedFacts(ASTContext &ast) : ast_(ast) {}

	ASTContext &ast() const override { return ast_; }
	std::vector<const FunctionDecl *> functions() const override;
	bool isProgram(const FunctionDecl *function, Program &ret_program) const override;
	bool isMap(const VarDecl *var) const override {
		const SectionAttr *section = sectionOf(var);
		return section && section->getName() == ".maps";
	}
	bool isKernelType(const RecordDecl *record) const override;
	bool isTracepointRecord(const RecordDecl *record) const override {
		return record->getName().starts_with("trace_event_raw_");
	}

private:
	const FunctionDecl *declaredAs(llvm::StringRef name) const;

	ASTContext &ast_;
};

std::vector<const FunctionDecl *> EmittedFacts::functions() const {
	SourceManager &sources = ast_.getSourceManager();
	std::vector<const FunctionDecl *> functions;

	for (const Decl *decl : ast_.getTranslationUnitDecl()->decls()) {
		const auto *function = dyn_cast<FunctionDecl>(decl);
		if (function && function->isThisDeclarationADefinition() &&
		    sources.isInMainFile(sources.getExpansionLoc(function->getLocation())))
			functions.push_back(function);
	}
	return functions;
}

const FunctionDecl *EmittedFacts::declaredAs(llvm::StringRef name) const {
	IdentifierInfo &identifier = ast_.Idents.get(name);

	for (const NamedDecl *decl : ast_.getTranslationUnitDecl()->lookup(&identifier))
		if (const auto *function = dyn_cast<FunctionDecl>(decl))
			return function;
	return nullptr;
}

/// BPF_KPROBE and its kin split NAME into the program and ____NAME, which takes
/// the context and the arguments.
bool EmittedFacts::isProgram(const FunctionDecl *function, Program &ret_program) const {
	llvm::StringRef name = function->getName();
	const SectionAttr *section = sectionOf(function);

	if (!section && name.consume_front("____"))
		section = sectionOf(declaredAs(name));
	if (!section)
		return false;
	ret_program.arguments = sectionOrigin(section->getName());
	return true;
}

bool EmittedFacts::isKernelType(const RecordDecl *record) const {
	SourceManager &sources = ast_.getSourceManager();
	const RecordDecl *definition = record->getDefinition();
	SourceLocation place = (definition ? definition : record)->getLocation();

	if (definition && definition->hasAttr<BPFPreserveAccessIndexAttr>())
		return true;
	return place.isValid() &&
	       sources.getFilename(sources.getExpansionLoc(place)).ends_with("vmlinux.h");
}

/// A pointer that nothing flows to: the type of what it points to decides.
bool isKernelMemory(const EmittedFacts &facts, const Expr *lvalue) {
	const auto *member = dyn_cast<MemberExpr>(strip(lvalue));

	if (!member)
		return false;
	if (!member->isArrow())
		return isKernelMemory(facts, member->getBase());
	const RecordDecl *record =
		member->getBase()->getType()->getPointeeType()->getAsRecordDecl();
	return record && facts.isKernelType(record);
}

bool isRaw(const EmittedFacts &facts, Origin origin, const Expr *lvalue) {
	switch (origin) {
	case Origin::Kernel:
	case Origin::User:
	case Origin::Unknown:
	case Origin::Mixed:
		return true;
	case Origin::None:
		return isKernelMemory(facts, lvalue);
	default:
		return false;
	}
}

} // namespace

void verifyDerefs(ASTContext &ast, struct b2c_arena *arena, struct b2c_diag *diag) {
	SourceManager &sources = ast.getSourceManager();
	auto owned = std::make_unique<EmittedFacts>(ast);
	const EmittedFacts &facts = *owned;
	Provenance provenance(std::move(owned));

	auto report = [&](Origin origin, const Expr *expr, SourceLocation place) {
		if (sources.isInMainFile(sources.getSpellingLoc(place)))
			diag_report(
				diag, B2C_DIAG_raw_deref,
				locOf(sources, ast.getLangOpts(), expr->getSourceRange(), arena),
				"a load from %s memory is left in the emitted code",
				originName(origin));
	};
	auto check = [&](const Stmt *stmt) {
		const auto *call = dyn_cast<CallExpr>(stmt);
		unsigned reads = 0, writes = 0;
		if (const Expr *lvalue = loadedLvalue(stmt)) {
			Origin origin = provenance.ofMemory(lvalue);
			if (isRaw(facts, origin, lvalue))
				report(origin, lvalue, accessLocation(lvalue));
		}
		if (!call || !isMemoryCall(call, reads, writes))
			return;
		for (unsigned i = 0; i < call->getNumArgs() && i < 2; i++) {
			Origin origin = provenance.of(call->getArg(i));
			if (reads & (1u << i) && origin != Origin::None &&
			    isRaw(facts, origin, call->getArg(i)))
				report(origin, call->getArg(i), call->getBeginLoc());
		}
	};
	for (const FunctionDecl *function : facts.functions())
		walkEvaluated(function->getBody(), check);
}

} // namespace b2c
