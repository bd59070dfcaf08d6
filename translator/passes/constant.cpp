// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Copies the kernel constants that a program uses from the prelude; drops __user. */
#include "constant.h"

#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"

namespace b2c {

namespace {

/// The macro's own #define line, as the prelude's constants have it; "" for others.
std::string definitionOf(Session &session, const MacroUse &use) {
	clang::SourceManager &sources = session.sources();
	clang::SourceLocation begin = use.definition;

	llvm::StringRef file = begin.isValid() ? sources.getFilename(begin) : "";
	if (!file.ends_with("b2c/constants.h") && !file.ends_with("b2c/network.h"))
		return "";
	std::pair<clang::FileID, unsigned> place = sources.getDecomposedLoc(begin);
	llvm::StringRef buffer = sources.getBufferData(place.first);
	size_t from = buffer.rfind('\n', place.second) + 1;
	size_t to = buffer.find('\n', place.second);
	while (to != llvm::StringRef::npos && buffer[to - 1] == '\\')
		to = buffer.find('\n', to + 1);
	return buffer.slice(from, to + 1).str();
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

/// One tool runs on every kernel, so no branch can be taken while it is made.
void refuseVersion(Session &session, const MacroUse &use) {
	if (session.sources().isWrittenInCommandLineFile(use.definition))
		return;
	session.report(B2C_DIAG_macro_unsupported, use.range,
		       "'%s' is not known: the tool is for every kernel", use.name.c_str());
	diag_help(session.diag(),
		  "test bpf_core_field_exists() or bpf_core_type_exists(), or take one "
		  "branch with -D %s=...",
		  use.name.c_str());
}

} // namespace

void ConstantPass::run(Session &session) {
	for (const MacroUse &use : session.macroUses()) {
		if (!use.ours)
			continue;
		if (use.name == "BPF_LICENSE")
			dropLicense(session, use);
		if (use.name == "LINUX_VERSION_CODE")
			refuseVersion(session, use);
		if (use.name == "__user" && use.range.getBegin().isFileID())
			dropUser(session, use);
		std::string text = definitionOf(session, use);
		if (text.find("bpf_ntoh") != std::string::npos ||
		    text.find("bpf_hton") != std::string::npos)
			session.needEndian();
		if (!text.empty())
			session.needText(text);
	}
}

} // namespace b2c
