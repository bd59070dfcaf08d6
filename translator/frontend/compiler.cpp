// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Clang for the BPF target over files in memory; see compiler.h. */
#include "compiler.h"

#include "clang/Basic/FileManager.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "llvm/Support/MemoryBuffer.h"

#include "../embedded.h"

namespace b2c {

const char *const memory_folder = "/bcc2core";

void addFile(llvm::vfs::InMemoryFileSystem &memory, const std::string &path, const char *text) {
	memory.addFile(path, 0, llvm::MemoryBuffer::getMemBuffer(text, path));
}

void addHeaders(llvm::vfs::InMemoryFileSystem &memory) {
	std::string folder = std::string(memory_folder) + "/";

	for (size_t i = 0; i < b2c_nr_bpf_headers; i++)
		addFile(memory, folder + b2c_bpf_headers[i].name, b2c_bpf_headers[i].text);
	// What usdt.bpf.h takes from the host; the numbers are those of both architectures.
	addFile(memory, folder + "linux/errno.h",
		"#define ENOENT 2\n#define ESRCH 3\n#define EINVAL 22\n");
	for (size_t i = 0; i < b2c_nr_runtime_files; i++) {
		llvm::StringRef name = b2c_runtime_files[i].name;
		if (name.consume_front("include/") && name.ends_with(".bpf.h"))
			addFile(memory, folder + name.str(), b2c_runtime_files[i].text);
	}
}

std::unique_ptr<clang::CompilerInstance>
makeCompiler(const CompilerSetup &setup,
	     llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> memory,
	     struct b2c_arena *arena, struct b2c_diag *diag) {
	auto compiler = std::make_unique<clang::CompilerInstance>();
	std::vector<std::string> args = {"-triple",
					 "bpf",
					 "-std=gnu11",
					 "-O2",
					 "-nostdsysteminc",
					 "-nobuiltininc",
					 "-fgnuc-version=4.2.1",
					 "-mrelocation-model",
					 "static",
					 "-ferror-limit",
					 "20",
					 "-Wall",
					 "-Wextra",
					 "-Wno-unused-function",
					 "-Wno-unused-parameter",
					 "-x",
					 "c"};
	args.push_back(setup.arch == "arm64" ? "-D__TARGET_ARCH_arm64" : "-D__TARGET_ARCH_x86");
	args.insert(args.end(), {"-internal-isystem", std::string(memory_folder)});
	args.insert(args.end(), setup.args.begin(), setup.args.end());
	args.push_back(setup.main_file);
	std::vector<const char *> words;
	for (const std::string &arg : args)
		words.push_back(arg.c_str());

	diag_begin_parse(diag);
	compiler->setVerboseOutputStream(llvm::nulls());
	compiler->createDiagnostics(new DiagnosticsBridge(arena, diag, setup.error, setup.kernels),
				    true);
	if (!clang::CompilerInvocation::CreateFromArgs(compiler->getInvocation(), words,
						       compiler->getDiagnostics()))
		return nullptr;
	// Again, now that the options say which warnings are wanted.
	compiler->createDiagnostics(new DiagnosticsBridge(arena, diag, setup.error, setup.kernels),
				    true);

	llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files = memory;
	if (setup.own_files) {
		auto overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
			llvm::vfs::getRealFileSystem());
		overlay->pushOverlay(memory);
		files = overlay;
	}
	compiler->createFileManager(files);
	compiler->createSourceManager(compiler->getFileManager());
	return compiler;
}

} // namespace b2c
