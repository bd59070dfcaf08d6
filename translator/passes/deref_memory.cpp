// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* memcpy from kernel memory to bpf_probe_read_kernel. */
#include "deref_memory.h"

#include "llvm/ADT/StringRef.h"

#include "../frontend/provenance.h"
#include "../frontend/walk.h"
#include "deref_text.h"

namespace b2c {

using namespace clang;

static bool isRemote(Origin origin) {
	return origin == Origin::Kernel || origin == Origin::User || origin == Origin::Unknown ||
	       origin == Origin::Mixed;
}

static bool isCopy(const CallExpr *call) {
	std::string name = calleeName(call);

	return (name == "__builtin_memcpy" || name == "memcpy") && call->getNumArgs() == 3;
}

static void copy(Session &session, const CallExpr *call, Origin origin) {
	Span span = userSpan(session, call->getSourceRange());
	Pieces pieces = {origin == Origin::User ? "bpf_probe_read_user("
						: "bpf_probe_read_kernel("};

	for (unsigned argument : {0u, 2u, 1u}) {
		Span hole = spanWithin(session, span, call->getArg(argument));
		if (!hole.valid())
			return;
		pieces.push_back(hole);
		pieces.push_back(argument == 1 ? ")" : ", ");
	}
	session.edits().replace(span, std::move(pieces));
}

static void refuse(Session &session, const Expr *argument, Origin origin, bool writes) {
	const char *whose = origin == Origin::User ? "user" : "kernel";

	if (writes) {
		session.report(B2C_DIAG_kernel_write, argument->getSourceRange(),
			       "'%s' is %s memory, which a BPF program can't write",
			       session.text(argument).c_str(), whose);
		return;
	}
	session.report(B2C_DIAG_raw_deref, argument->getSourceRange(),
		       "'%s' is %s memory, which this call can't read",
		       session.text(argument).c_str(), whose);
	diag_help(session.diag(), "copy it to a local variable with bpf_probe_read_%s first",
		  whose);
}

void rewriteMemoryCall(Session &session, const CallExpr *call) {
	unsigned reads = 0, writes = 0;

	if (!isMemoryCall(call, reads, writes))
		return;
	for (unsigned i = 0; i < call->getNumArgs() && i < 2; i++) {
		Origin origin = session.provenance().of(call->getArg(i));
		bool is_read = reads & (1u << i), is_written = writes & (1u << i);
		bool known = origin == Origin::Kernel || origin == Origin::User ||
			     origin == Origin::Typed;
		if (is_written && known)
			refuse(session, call->getArg(i), origin, true);
		else if (is_read && isRemote(origin) && isCopy(call) && origin != Origin::Mixed)
			copy(session, call, origin);
		else if (is_read && isRemote(origin))
			refuse(session, call->getArg(i), origin, false);
	}
}

} // namespace b2c
