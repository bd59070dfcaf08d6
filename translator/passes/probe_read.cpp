// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* bpf_probe_read to bpf_probe_read_kernel or bpf_probe_read_user. */
#include "probe_read.h"

#include "llvm/Support/Casting.h"

#include "../frontend/provenance.h"
#include "../frontend/walk.h"
#include "read_size.h"

namespace b2c {

using namespace clang;

namespace {

/// What the helper is called for one memory; "" for other functions.
std::string helperFor(const std::string &name, bool user) {
	if (name == "bpf_probe_read")
		return user ? "bpf_probe_read_user" : "bpf_probe_read_kernel";
	if (name == "bpf_probe_read_str")
		return user ? "bpf_probe_read_user_str" : "bpf_probe_read_kernel_str";
	return "";
}

void rewrite(Session &session, const CallExpr *call) {
	std::string name = calleeName(call);

	if (helperFor(name, false).empty() || call->getNumArgs() != 3)
		return;
	if (varyingFieldOf(session, call))
		return; // deref makes it an assignment
	const Expr *source = call->getArg(2);
	Origin origin = session.provenance().of(source);
	if (origin == Origin::Mixed) {
		session.report(B2C_DIAG_pointer_mixed, source->getSourceRange(),
			       "'%s' may be kernel or user memory", session.text(source).c_str());
		diag_help(session.diag(), "write bpf_probe_read_user or bpf_probe_read_kernel");
		return;
	}
	if (origin == Origin::Unknown)
		session.report(B2C_DIAG_pointer_unknown, source->getSourceRange(),
			       "'%s' is read as kernel memory; where it comes from is not known",
			       session.text(source).c_str());
	Span span = session.span(call->getCallee());
	if (session.edits().text(span) == name)
		session.edits().replace(span, {helperFor(name, origin == Origin::User)});
}

} // namespace

void ProbeReadPass::run(Session &session) {
	for (const FunctionDecl *function : session.userFunctions())
		walkEvaluated(function->getBody(), [&](const Stmt *stmt) {
			if (const auto *call = llvm::dyn_cast<CallExpr>(stmt))
				rewrite(session, call);
		});
}

} // namespace b2c
