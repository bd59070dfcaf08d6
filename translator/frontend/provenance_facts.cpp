// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What the session tells the provenance analysis about a bcc program. */
#include "llvm/ADT/StringRef.h"

#include "provenance.h"
#include "session.h"

namespace b2c {

Origin argumentsOrigin(enum b2c_attach_kind kind, const std::string &target) {
	switch (kind) {
	case B2C_ATTACH_KSYSCALL:
	case B2C_ATTACH_KRETSYSCALL:
	case B2C_ATTACH_UPROBE:
	case B2C_ATTACH_URETPROBE:
	case B2C_ATTACH_USDT:
		return Origin::User;
	case B2C_ATTACH_TRACEPOINT:
		return llvm::StringRef(target).starts_with("syscalls:sys_enter_") ? Origin::User
										  : Origin::Kernel;
	case B2C_ATTACH_KPROBE:
	case B2C_ATTACH_KRETPROBE:
	case B2C_ATTACH_RAW_TRACEPOINT:
		return Origin::Kernel;
	case B2C_ATTACH_FENTRY:
	case B2C_ATTACH_FEXIT:
	case B2C_ATTACH_FMOD_RET:
	case B2C_ATTACH_LSM:
	case B2C_ATTACH_ITER:
		return Origin::Typed;
	case B2C_ATTACH_SOCKET_FILTER:
	case B2C_ATTACH_XDP:
	case B2C_ATTACH_TC:
	case B2C_ATTACH_CGROUP:
	case B2C_ATTACH_SOCKOPS:
	case B2C_ATTACH_SK_SKB:
	case B2C_ATTACH_SK_MSG:
	case B2C_ATTACH_SK_LOOKUP:
	case B2C_ATTACH_FLOW_DISSECTOR:
	case B2C_ATTACH_LWT:
		return Origin::Bpf; // packets, and what the verifier makes of the context
	default:
		return Origin::Unknown;
	}
}

namespace {

class SessionFacts : public ProvenanceFacts {
public:
	explicit SessionFacts(Session &session) : session_(session) {}

	clang::ASTContext &ast() const override { return session_.ast(); }
	std::vector<const clang::FunctionDecl *> functions() const override {
		return session_.userFunctions();
	}
	bool isProgram(const clang::FunctionDecl *function, Program &ret_program) const override {
		const ProgramInfo *program = session_.programOf(function);

		if (!program || program->kind == B2C_ATTACH_NONE)
			return false;
		ret_program.arguments = argumentsOrigin(program->kind, program->target);
		ret_program.takes_context = program->takes_context;
		return true;
	}
	bool isMap(const clang::VarDecl *var) const override {
		return session_.mapOf(var) != nullptr;
	}
	bool isKernelType(const clang::RecordDecl *record) const override {
		return session_.isKernelType(record);
	}
	bool isTracepointRecord(const clang::RecordDecl *record) const override {
		llvm::StringRef name = record->getName();
		auto takes = [&](const ProgramInfo &program) {
			if (program.kind != B2C_ATTACH_TRACEPOINT ||
			    !program.function->getNumParams())
				return false;
			clang::QualType context = program.function->getParamDecl(0)->getType();
			const clang::RecordDecl *own =
				context->isPointerType()
					? context->getPointeeType()->getAsRecordDecl()
					: nullptr;
			return own && own->getCanonicalDecl() == record->getCanonicalDecl();
		};

		return name.starts_with("tracepoint__") || name.starts_with("trace_event_raw_") ||
		       llvm::any_of(session_.programs(), takes);
	}

private:
	Session &session_;
};

} // namespace

Provenance::Provenance(Session &session) : Provenance(std::make_unique<SessionFacts>(session)) {
}

} // namespace b2c
