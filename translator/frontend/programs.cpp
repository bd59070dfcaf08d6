// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Finds the functions that the kernel calls: by name, by macro, by the manifest. */
#include "collect.h"
#include "network.h"

#include "clang/AST/RecursiveASTVisitor.h"

#include "walk.h"

namespace b2c {

namespace {

/// Names with bcc's special meaning; longer prefixes first.
const struct {
	const char *prefix;
	enum b2c_attach_kind kind;
} prefixes[] = {
	{"kprobe__", B2C_ATTACH_KPROBE},
	{"kretprobe__", B2C_ATTACH_KRETPROBE},
	{"syscall__", B2C_ATTACH_KSYSCALL},
	{"raw_tracepoint__", B2C_ATTACH_RAW_TRACEPOINT},
	{"tracepoint__", B2C_ATTACH_TRACEPOINT},
	{"kfunc__", B2C_ATTACH_FENTRY},
	{"kretfunc__", B2C_ATTACH_FEXIT},
	{"kmod_ret__", B2C_ATTACH_FMOD_RET},
	{"lsm__", B2C_ATTACH_LSM},
	{"bpf_iter__", B2C_ATTACH_ITER},
};

/// bcc puts the host's prefix in place of these in the name of a kprobe.
const char *const syscall_prefixes[] = {
	"sys_",		 "__x64_sys_",	 "__x32_compat_sys_", "__ia32_compat_sys_",
	"__arm64_sys_", "__s390x_sys_", "__s390_sys_",
};

/// Contexts that say what a function is when nothing else does.
const struct {
	const char *record;
	enum b2c_attach_kind kind;
} contexts[] = {
	{"pt_regs", B2C_ATTACH_KPROBE},
	{"bpf_perf_event_data", B2C_ATTACH_PERF_EVENT},
	{"bpf_raw_tracepoint_args", B2C_ATTACH_RAW_TRACEPOINT},
};

/// category__event to category:event.
std::string tracepointTarget(llvm::StringRef name) {
	std::pair<llvm::StringRef, llvm::StringRef> parts = name.split("__");

	return (parts.first + ":" + parts.second).str();
}

std::string contextRecord(const clang::FunctionDecl *function) {
	if (!function->getNumParams())
		return "";
	clang::QualType type = function->getParamDecl(0)->getType();
	const clang::RecordDecl *record =
		type->isPointerType() ? type->getPointeeType()->getAsRecordDecl() : nullptr;

	return record ? record->getName().str() : "";
}

bool isSyscall(struct b2c_kernels *kernels, llvm::StringRef name) {
	for (size_t i = 0; i < kernels_count(kernels); i++)
		if (kernel_has_syscall(kernels, i, name.str().c_str()))
			return true;
	return false;
}

/// kprobe__sys_clone is a probe of the system call, unless only a function has the name.
void bySyscallPrefix(struct b2c_kernels *kernels, ProgramInfo &program) {
	llvm::StringRef name = program.target;

	if (program.kind != B2C_ATTACH_KPROBE && program.kind != B2C_ATTACH_KRETPROBE)
		return;
	for (const char *prefix : syscall_prefixes) {
		if (!name.consume_front(prefix))
			continue;
		if (!isSyscall(kernels, name) &&
		    kernels_with_function(kernels, program.target.c_str()))
			return;
		program.kind = program.kind == B2C_ATTACH_KPROBE ? B2C_ATTACH_KSYSCALL
								 : B2C_ATTACH_KRETSYSCALL;
		program.target = name.str();
		return;
	}
}

bool byName(struct b2c_kernels *kernels, const clang::FunctionDecl *function,
	    ProgramInfo &program) {
	for (const auto &row : prefixes) {
		llvm::StringRef name = function->getName();
		if (!name.consume_front(row.prefix))
			continue;
		program.kind = row.kind;
		program.target =
			row.kind == B2C_ATTACH_TRACEPOINT ? tracepointTarget(name) : name.str();
		program.self_attach = true;
		bySyscallPrefix(kernels, program);
		return true;
	}
	return false;
}

bool byManifest(const b2c_request &request, ProgramInfo &program) {
	for (size_t i = 0; i < request.nr_hints; i++) {
		const b2c_hint &hint = request.hints[i];
		if (program.function->getName() != hint.function)
			continue;
		program.kind = hint.kind;
		program.target = hint.target;
		program.self_attach = false;
		return true;
	}
	return false;
}

/// Whether the function reads arguments of a USDT probe.
bool readsUsdt(const clang::FunctionDecl *function) {
	bool found = false;

	walkEvaluated(function->getBody(), [&](const clang::Stmt *stmt) {
		const auto *call = llvm::dyn_cast<clang::CallExpr>(stmt);
		found |= call && llvm::StringRef(calleeName(call)).starts_with("bpf_usdt_readarg");
	});
	return found;
}

bool byContext(Session &session, const clang::FunctionDecl *function, ProgramInfo &program) {
	std::string name = contextRecord(function);
	llvm::StringRef record = name;

	if (record.consume_front("tracepoint__")) {
		program.kind = B2C_ATTACH_TRACEPOINT;
		program.target = tracepointTarget(record);
		return true;
	}
	if (byNetworkContext(session, function, record, program))
		return true;
	for (const auto &row : contexts) {
		if (name != row.record)
			continue;
		program.kind = row.kind;
		if (row.kind == B2C_ATTACH_KPROBE && readsUsdt(function))
			program.kind = B2C_ATTACH_USDT;
		return true;
	}
	return false;
}

/// Programs that a map of the manifest holds are loaded, whoever attaches them.
bool isCalled(const b2c_request &request, const clang::FunctionDecl *function) {
	for (size_t i = 0; i < request.nr_called; i++)
		if (function->getName() == request.called[i].text)
			return true;
	return false;
}

const MacroUse *probeMacro(Session &session, const clang::FunctionDecl *function) {
	clang::SourceLocation place = session.sources().getExpansionLoc(function->getBeginLoc());

	if (function->getBeginLoc().isFileID())
		return nullptr;
	for (const MacroUse &use : session.macroUses())
		if (use.ours && use.range.getBegin() == place)
			return &use;
	return nullptr;
}

/// TRACEPOINT_PROBE and the like say how a function is attached; the manifest may not say
/// otherwise.
bool macroAgrees(Session &session, const ProgramInfo &program) {
	ProgramInfo named;

	named.function = program.function;
	if (!program.use || !byName(session.request().kernels, program.function, named) ||
	    named.kind == program.kind)
		return true;
	for (size_t i = 0; i < session.request().nr_hints; i++) {
		const b2c_hint &hint = session.request().hints[i];
		if (program.function->getName() != hint.function)
			continue;
		diag_report(session.diag(), B2C_DIAG_attach_conflict, hint.loc,
			    "'%s' is declared by %s and can't be attached in another way",
			    hint.function, program.use->name.c_str());
		diag_help(session.diag(), "write it as a plain function, or drop this entry");
	}
	return false;
}

/// Functions that other functions of the file call.
class Callees : public clang::RecursiveASTVisitor<Callees> {
public:
	std::set<const clang::FunctionDecl *> called;

	bool VisitCallExpr(clang::CallExpr *call) {
		if (const clang::FunctionDecl *callee = call->getDirectCallee())
			called.insert(callee->getCanonicalDecl());
		return true;
	}
};

} // namespace

void collectPrograms(Session &session) {
	Callees callees;

	for (const clang::FunctionDecl *function : session.userFunctions())
		callees.TraverseStmt(function->getBody());
	for (const clang::FunctionDecl *function : session.userFunctions()) {
		ProgramInfo program;
		program.function = function;
		if (function->isStatic() || function->isInlineSpecified())
			continue;
		bool found = byManifest(session.request(), program) ||
			     byName(session.request().kernels, function, program);
		if (!found && !callees.called.count(function->getCanonicalDecl())) {
			found = byContext(session, function, program);
			program.idle = session.request().attaches_all &&
				       !isCalled(session.request(), function);
		}
		if (!found)
			continue;
		if (!checkHook(session, program))
			continue;
		program.use = probeMacro(session, function);
		if (!macroAgrees(session, program))
			continue;
		program.takes_context = function->getNumParams() > 0;
		session.editPrograms().push_back(program);
	}
}

} // namespace b2c
