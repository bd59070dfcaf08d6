// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Preprocesses a program that has macros with '##', or with those of bcc that paste
 * names together, and takes the words that come out; see pasted.h. Nothing is
 * reported: the parse that follows does.
 */
#include "pasted.h"

#include <algorithm>

#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/Preprocessor.h"

#include "compiler.h"

namespace b2c {

namespace {

/// What the prelude's macros paste together that types are asked for by.
const char *const pastes = "#define TRACEPOINT_PROBE(c, e) tracepoint__##c##__##e\n"
			   "#define BPF_ITER(t) bpf_iter__##t\n";

class Lex : public clang::PreprocessorFrontendAction {
public:
	explicit Lex(Scan &scan) : scan_(scan) {}

protected:
	void ExecuteAction() override {
		clang::Preprocessor &preprocessor = getCompilerInstance().getPreprocessor();
		clang::Token token;

		preprocessor.EnterMainSourceFile();
		for (preprocessor.Lex(token); token.isNot(clang::tok::eof); preprocessor.Lex(token))
			if (const clang::IdentifierInfo *word = token.getIdentifierInfo())
				if (token.getLocation().isMacroID())
					scanWord(word->getName().str(), scan_);
	}

private:
	Scan &scan_;
};

bool pastesNames(const std::string &text) {
	static const char *const words[] = {"##", "TRACEPOINT_PROBE", "BPF_ITER"};
	std::vector<ScanToken> all = scanTokens(text);
	bool defines = false;

	for (size_t i = 0; i + 1 < all.size(); i++) {
		if (all[i].starts_line)
			defines = all[i].text == "#" && all[i + 1].text == "define";
		if (defines && std::count(std::begin(words), std::end(words), all[i].text))
			return true;
	}
	return false;
}

} // namespace

void scanPasted(const b2c_request &request, const std::vector<OwnHeader> &headers,
		struct b2c_arena *arena, Scan &scan) {
	llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> memory(
		new llvm::vfs::InMemoryFileSystem());
	std::string folder = std::string(memory_folder) + "/";
	CompilerSetup setup;
	bool pastes_names = pastesNames(request.text);

	for (const OwnHeader &header : headers)
		pastes_names |= pastesNames(header.text);
	if (!pastes_names)
		return;
	if (auto here = llvm::vfs::getRealFileSystem()->getCurrentWorkingDirectory())
		memory->setCurrentWorkingDirectory(*here);
	addFile(*memory, request.file, request.text);
	addFile(*memory, folder + "b2c/pastes.h", pastes);
	for (const OwnHeader &header : headers)
		addFile(*memory, header.path, header.text.c_str());
	for (const ScanInclude &include : scan.includes)
		if (isKernelHeader(include.path) && !memory->exists(folder + include.path))
			addFile(*memory, folder + include.path, "");
	setup.main_file = request.file;
	setup.arch = request.arch;
	setup.own_files = true;
	setup.args = {"-include", "b2c/pastes.h", "-Eonly"};
	for (size_t i = 0; i < request.nr_defines; i++)
		setup.args.push_back(std::string("-D") + request.defines[i]);
	for (size_t i = 0; i < request.nr_include_dirs; i++)
		setup.args.push_back(std::string("-I") + request.include_dirs[i]);
	auto compiler = makeCompiler(setup, memory, arena, diag_new(arena, false));
	Lex lex(scan);
	if (compiler)
		compiler->ExecuteAction(lex);
}

} // namespace b2c
