// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Which perf buffers of the source become ring buffers: all, unless something needs
 * the perf form, the manifest or the command line wants it, or a program may be
 * unable to wait for the ring's lock.
 */
#include "clang/AST/RecursiveASTVisitor.h"

#include "collect.h"

namespace b2c {

namespace {

/// What a perf buffer is used for besides perf_submit.
struct Uses {
	std::set<const clang::VarDecl *> packets;   ///< sent with the record
	std::set<const clang::VarDecl *> addresses; ///< of the map itself
	std::set<const clang::VarDecl *> samples;   ///< by programs that an NMI may run
};

class UseFinder : public clang::RecursiveASTVisitor<UseFinder> {
public:
	UseFinder(Session &session, Uses &uses) : session_(session), uses_(uses) {}

	bool VisitMemberExpr(clang::MemberExpr *member) {
		const MapInfo *map = session_.mapOf(member->getBase());

		methods_.insert(member->getBase()->IgnoreParenImpCasts());
		if (map && member->getMemberDecl()->getName() == "perf_submit_skb")
			uses_.packets.insert(map->var);
		return true;
	}

	bool VisitDeclRefExpr(clang::DeclRefExpr *name) {
		auto *var = llvm::dyn_cast<clang::VarDecl>(name->getDecl());
		const MapInfo *map = var ? session_.mapOf(var) : nullptr;

		if (map && !methods_.count(name))
			uses_.addresses.insert(map->var);
		return true;
	}

private:
	Session &session_;
	Uses &uses_;
	std::set<const clang::Expr *> methods_; ///< what they are called of
};

/// The maps that a function and all that it calls have methods of.
class Reached : public clang::RecursiveASTVisitor<Reached> {
public:
	Reached(Session &session, Uses &uses) : session_(session), uses_(uses) {}

	void traverse(const clang::FunctionDecl *function) {
		function = function->getDefinition();
		if (function && seen_.insert(function).second)
			TraverseStmt(function->getBody());
	}

	bool VisitCallExpr(clang::CallExpr *call) {
		auto *method =
			llvm::dyn_cast<clang::MemberExpr>(call->getCallee()->IgnoreParenImpCasts());

		if (const MapInfo *map = method ? session_.mapOf(method->getBase()) : nullptr)
			uses_.samples.insert(map->var);
		if (const clang::FunctionDecl *callee = call->getDirectCallee())
			traverse(callee);
		return true;
	}

private:
	Session &session_;
	Uses &uses_;
	std::set<const clang::FunctionDecl *> seen_;
};

Uses findUses(Session &session) {
	Uses uses;
	UseFinder finder(session, uses);
	Reached reached(session, uses);

	for (const clang::Decl *decl : session.ast().getTranslationUnitDecl()->decls())
		if (session.isUser(decl))
			finder.TraverseDecl(const_cast<clang::Decl *>(decl));
	for (const ProgramInfo &program : session.programs())
		if (program.kind == B2C_ATTACH_PERF_EVENT && !program.idle)
			reached.traverse(program.function);
	return uses;
}

/// Maps of maps hold maps of one type.
bool areHeld(Session &session) {
	for (const MapInfo &outer : session.maps())
		for (const MapInfo &inner : session.maps())
			if (inner.kind == B2C_MAP_PERF_OUTPUT &&
			    inner.var->getName() == outer.inner)
				return true;
	return false;
}

bool isShared(const MapInfo &map) {
	llvm::StringRef macro = map.use ? llvm::StringRef(map.use->name) : "";

	return !map.pin.empty() || macro == "BPF_TABLE_PUBLIC" || macro == "BPF_TABLE_SHARED";
}

/// Why the map can't be a ring buffer, or null.
const char *needOf(Session &session, const MapInfo &map, const Uses &uses) {
	if (isShared(map))
		return "other programs use it too, and know it as one";
	if (uses.packets.count(map.var))
		return "'perf_submit_skb' sends a packet behind the record";
	if (uses.addresses.count(map.var))
		return "it is used otherwise than by its methods";
	return areHeld(session) ? "a map of maps holds perf buffers" : nullptr;
}

const struct b2c_map_rule *ruleOf(const b2c_request &request, const MapInfo &map) {
	for (size_t i = 0; i < request.nr_map_rules; i++)
		if (request.map_rules[i].buffer.text &&
		    map.var->getName() == request.map_rules[i].map.text)
			return &request.map_rules[i];
	return nullptr;
}

bool isRing(Session &session, const MapInfo &map, const Uses &uses) {
	const struct b2c_map_rule *rule = ruleOf(session.request(), map);
	const char *need = needOf(session, map, uses);
	std::string name = map.var->getName().str();

	if (rule && need && llvm::StringRef(rule->buffer.text) == "ring") {
		diag_report(session.diag(), B2C_DIAG_manifest_map_kind, rule->buffer.loc,
			    "map '%s' can't be a ring buffer: %s", name.c_str(), need);
		diag_note(session.diag(), session.loc(map.var->getLocation()),
			  "'%s' is declared here", name.c_str());
		return false;
	}
	if (rule)
		return llvm::StringRef(rule->buffer.text) == "ring";
	if (session.request().keeps_perf)
		return false;
	if (!need && uses.samples.count(map.var))
		need = "an interrupt that can't wait for a ring buffer's lock may send to it";
	if (need)
		session.report(B2C_DIAG_perf_buffer, map.var->getLocation(),
			       "'%s' stays a perf buffer: %s", name.c_str(), need);
	return !need;
}

} // namespace

void chooseBuffers(Session &session) {
	Uses uses = findUses(session);

	for (MapInfo &map : session.editMaps()) {
		if (map.kind != B2C_MAP_PERF_OUTPUT || !isRing(session, map, uses))
			continue;
		map.as_ring = true;
		map.max_entries = perf_ring_pages * 4096;
	}
}

} // namespace b2c
