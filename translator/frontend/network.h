// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What the context of a program says about its kind, for all but tracing programs. */
#ifndef B2C_FRONTEND_NETWORK_H
#define B2C_FRONTEND_NETWORK_H

#include "session.h"

namespace b2c {

/// Kind and hook of a program whose context is a `record`; false for records that no
/// network hook and no iterator gives.
bool byNetworkContext(Session &session, const clang::FunctionDecl *function, llvm::StringRef record,
		      ProgramInfo &program);

/// Whether it is known where a program runs, as far as its SEC() says it. Reports.
bool checkHook(Session &session, const ProgramInfo &program);

/// SEC() of a kind's hook, as in attach_hooks.def; null when the kind has no such hook.
const char *hookSection(enum b2c_attach_kind kind, llvm::StringRef hook);

/// Whether a record is a header of a packet as bcc means it: BPF_PACKET_HEADER.
bool isPacketHeader(const clang::RecordDecl *record);

/// The access `header->member` of such a header that an lvalue is, or is an element
/// of; null for other lvalues.
const clang::MemberExpr *packetMember(const clang::Expr *lvalue);

} // namespace b2c

#endif
