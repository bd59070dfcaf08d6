// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Kinds of programs by their context; see network.h. */
#include "network.h"

#include "clang/AST/Attr.h"
#include "llvm/Support/Casting.h"

#include "walk.h"

namespace b2c {

using namespace clang;
using llvm::dyn_cast;

namespace {

const struct {
	enum b2c_attach_kind kind;
	const char *word, *section;
} hooks[] = {
#define HOOK(kind, word, section) {B2C_ATTACH_##kind, word, section},
#include "../attach_hooks.def"
#undef HOOK
};

/// Contexts that one kind of program has; without a hook where several give it.
const struct {
	const char *record;
	enum b2c_attach_kind kind;
	const char *hook;
} contexts[] = {
	{"xdp_md", B2C_ATTACH_XDP, ""},
	{"bpf_sock_ops", B2C_ATTACH_SOCKOPS, ""},
	{"sk_msg_md", B2C_ATTACH_SK_MSG, ""},
	{"bpf_sk_lookup", B2C_ATTACH_SK_LOOKUP, ""},
	{"bpf_sysctl", B2C_ATTACH_CGROUP, "sysctl"},
	{"bpf_cgroup_dev_ctx", B2C_ATTACH_CGROUP, "device"},
	{"bpf_sock", B2C_ATTACH_CGROUP, ""},
	{"bpf_sock_addr", B2C_ATTACH_CGROUP, ""},
	{"bpf_sockopt", B2C_ATTACH_CGROUP, ""},
};

struct SkbWord {
	const char *name;
	bool is_member; ///< of struct __sk_buff; else what is called
	enum b2c_attach_kind kind;
};

const SkbWord skb_words[] = {
#define CALL(kind, name) {#name, false, B2C_ATTACH_##kind},
#define MEMBER(kind, name) {#name, true, B2C_ATTACH_##kind},
#include "skb_words.def"
#undef CALL
#undef MEMBER
};

/// The word's row, or null.
const SkbWord *skbWord(llvm::StringRef name, bool is_member) {
	for (const SkbWord &word : skb_words)
		if (name == word.name && is_member == word.is_member)
			return &word;
	return nullptr;
}

/// What is called: a function, or a map's method.
std::string calledName(const CallExpr *call) {
	const auto *method = dyn_cast<MemberExpr>(call->getCallee()->IgnoreParenImpCasts());

	return method ? method->getMemberDecl()->getNameAsString() : calleeName(call);
}

/// The word of skb_words.def that a statement is; a write to the packet is tc's.
const SkbWord *skbWordOf(const Stmt *stmt) {
	if (const Expr *written = writtenLvalue(stmt))
		return packetMember(written) ? skbWord("bpf_dins_pkt", false) : nullptr;
	if (const auto *call = dyn_cast<CallExpr>(stmt))
		return skbWord(calledName(call), false);
	const auto *member = dyn_cast<MemberExpr>(stmt);
	const auto *field = member ? dyn_cast<FieldDecl>(member->getMemberDecl()) : nullptr;
	return field && field->getParent()->getName() == "__sk_buff"
		       ? skbWord(field->getName(), true)
		       : nullptr;
}

/// The last row of the words that a function uses, itself or in what it calls; or null.
const SkbWord *lastWord(const FunctionDecl *function, std::set<const FunctionDecl *> &seen) {
	const FunctionDecl *definition = function->getDefinition();
	const SkbWord *last = nullptr;

	if (!definition || !seen.insert(definition).second)
		return nullptr;
	walkEvaluated(definition->getBody(), [&](const Stmt *stmt) {
		const auto *call = dyn_cast<CallExpr>(stmt);
		const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
		last = std::max(last, skbWordOf(stmt));
		if (callee)
			last = std::max(last, lastWord(callee, seen));
	});
	return last;
}

/// Whether it names TC_ACT_OK or the like, which no socket filter returns.
bool namesAction(Session &session, const FunctionDecl *function) {
	SourceManager &sources = session.sources();
	SourceRange range = function->getSourceRange();

	for (const MacroUse &use : session.macroUses()) {
		SourceLocation place = sources.getExpansionLoc(use.range.getBegin());
		if (llvm::StringRef(use.name).starts_with("TC_ACT_") &&
		    sources.isPointWithin(place, sources.getExpansionLoc(range.getBegin()),
					  sources.getExpansionLoc(range.getEnd())))
			return true;
	}
	return false;
}

} // namespace

bool isPacketHeader(const RecordDecl *record) {
	const RecordDecl *definition = record ? record->getDefinition() : nullptr;
	const auto *mark = definition ? definition->getAttr<AnnotateAttr>() : nullptr;

	return mark && mark->getAnnotation() == "packet";
}

const MemberExpr *packetMember(const Expr *lvalue) {
	lvalue = strip(lvalue);
	if (const auto *subscript = dyn_cast<ArraySubscriptExpr>(lvalue)) {
		const auto *decay = dyn_cast<ImplicitCastExpr>(strip(subscript->getBase()));
		if (!decay || decay->getCastKind() != CK_ArrayToPointerDecay)
			return nullptr;
		lvalue = strip(decay->getSubExpr());
	}
	const auto *member = dyn_cast<MemberExpr>(lvalue);
	const auto *field = member ? dyn_cast<FieldDecl>(member->getMemberDecl()) : nullptr;
	return field && member->isArrow() && isPacketHeader(field->getParent()) ? member : nullptr;
}

const char *hookSection(enum b2c_attach_kind kind, llvm::StringRef hook) {
	for (const auto &row : hooks)
		if (row.kind == kind && hook == row.word)
			return row.section;
	return nullptr;
}

bool byNetworkContext(Session &session, const FunctionDecl *function, llvm::StringRef record,
		      ProgramInfo &program) {
	std::set<const FunctionDecl *> seen;

	if (record == "__sk_buff") {
		const SkbWord *word = lastWord(function, seen);
		program.kind = word				? word->kind
			       : namesAction(session, function) ? B2C_ATTACH_TC
								: B2C_ATTACH_SOCKET_FILTER;
		program.target = program.kind == B2C_ATTACH_SK_SKB ? "verdict" : "";
		return true;
	}
	if (record.consume_front("bpf_iter__")) {
		program.kind = B2C_ATTACH_ITER;
		program.target = record.str();
		return true;
	}
	for (const auto &row : contexts) {
		if (record != row.record)
			continue;
		program.kind = row.kind;
		program.target = row.hook;
		return true;
	}
	return false;
}

bool checkHook(Session &session, const ProgramInfo &program) {
	const FunctionDecl *function = program.function;

	if (program.kind != B2C_ATTACH_CGROUP || !program.target.empty())
		return true;
	session.report(B2C_DIAG_program_hook, function->getLocation(),
		       "several hooks of a cgroup give what '%s' takes, so which one is not known",
		       function->getName().str().c_str());
	diag_help(session.diag(),
		  "say it in a manifest: 'attach: [{run: %s, cgroup: {hook: HOOK, path: CGROUP}}]'",
		  function->getName().str().c_str());
	return false;
}

} // namespace b2c
