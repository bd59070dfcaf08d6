// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Sets up Clang for the BPF target over files in memory: no header of the host
 * is ever read, only the user's own.
 */
#ifndef B2C_FRONTEND_COMPILER_H
#define B2C_FRONTEND_COMPILER_H

#include <memory>
#include <string>
#include <vector>

#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/VirtualFileSystem.h"

#include "diagnostics.h"

namespace b2c {

/// Where the files in memory stand: the prelude, libbpf's headers, vmlinux.h.
extern const char *const memory_folder;

struct CompilerSetup {
	std::string main_file;
	std::vector<std::string> args; ///< for cc1, besides what every run needs
	std::string arch;	       ///< "x86_64" or "arm64"
	enum b2c_diag_id error = B2C_DIAG_clang;
	struct b2c_kernels *kernels = nullptr; ///< for messages
	bool own_files = false;		       ///< the host's files too, for the user's headers
};

/// Null when the arguments are wrong; that is reported.
std::unique_ptr<clang::CompilerInstance>
makeCompiler(const CompilerSetup &setup,
	     llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> memory,
	     struct b2c_arena *arena, struct b2c_diag *diag);

void addFile(llvm::vfs::InMemoryFileSystem &memory, const std::string &path, const char *text);

/// libbpf's headers for BPF, and ours.
void addHeaders(llvm::vfs::InMemoryFileSystem &memory);

} // namespace b2c

#endif
