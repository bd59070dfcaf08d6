// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* What becomes of bcc's words that are no map, program or method: BPF_LICENSE, __user. */
#include "constant.h"

#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"

namespace b2c {

namespace {

/// Whether it is a word of bpf_endian.h.
bool swapsBytes(llvm::StringRef name) {
	for (const char *word : {"bpf_ntoh", "bpf_hton", "bpf_be", "bpf_cpu_to_be"})
		if (name.starts_with(word))
			return true;
	return false;
}

/// __user and the blanks after it.
void dropUser(Session &session, const MacroUse &use) {
	Span span = session.edits().spanOf(use.range);
	if (!span.valid())
		return;
	llvm::StringRef rest = session.sources().getBufferData(span.file).substr(span.end);
	span.end += rest.size() - rest.ltrim(" \t").size();
	session.edits().remove(span);
}

/// BPF_LICENSE(GPL): the emitted source says it in libbpf's way.
void dropLicense(Session &session, const MacroUse &use) {
	Span span = session.edits().spanOf(use.range);

	session.setLicense(use.args.empty() ? "" : use.args[0]);
	session.edits().removeLine(span);
}

/// The version in an expression is the host's. In a condition that is left it can't be known.
void replaceVersion(Session &session, const MacroUse &use) {
	if (session.sources().isWrittenInCommandLineFile(use.definition))
		return;
	Span span = session.edits().spanOf(use.range);
	if (!session.inDirective(use.range.getBegin()) && span.valid()) {
		session.needText("extern int LINUX_KERNEL_VERSION __kconfig;\n\n");
		session.edits().replace(span, {"LINUX_KERNEL_VERSION"});
		return;
	}
	session.report(B2C_DIAG_version_branch, use.range,
		       "'%s' stands in a condition with macros of the program", use.name.c_str());
	diag_help(session.diag(), "ask for the version alone, or take one branch with -D %s=...",
		  use.name.c_str());
}

} // namespace

void ConstantPass::run(Session &session) {
	for (const MacroUse &use : session.macroUses()) {
		if (swapsBytes(use.name))
			session.needEndian();
		if (!use.ours)
			continue;
		if (use.name == "BPF_LICENSE")
			dropLicense(session, use);
		if (use.name == "LINUX_VERSION_CODE")
			replaceVersion(session, use);
		if (use.name == "__user" && use.range.getBegin().isFileID())
			dropUser(session, use);
	}
}

} // namespace b2c
