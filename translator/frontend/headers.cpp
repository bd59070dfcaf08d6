// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Headers of #includes; see headers.h. */
#include "headers.h"

#include <algorithm>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace b2c {

bool isKernelHeader(const std::string &path) {
	static const char *const folders[] = {
		"linux/",  "uapi/",   "net/",	   "asm/",	 "asm-generic/", "bcc/",
		"trace/",  "crypto/", "scsi/",	   "rdma/",	 "sound/",	 "drm/",
		"video/",  "xen/",    "kvm/",	   "generated/", "config/",	 "bpf/",
		"memory/", "media/",  "acpi/",	   "soc/",	 "vdso/",	 "ras/",
		"target/", "misc/",   "math-emu/", "kernel/",	 "fs/",		 "mm/",
		"block/",  "drivers/"};

	return std::any_of(std::begin(folders), std::end(folders),
			   [&](const char *folder) { return path.rfind(folder, 0) == 0; });
}

/// Reads the first `path` below one of the folders.
static bool readHeader(const std::vector<std::string> &folders, const std::string &name,
		       Scan &ret_header) {
	for (const std::string &folder : folders) {
		llvm::SmallString<128> path(folder);
		llvm::sys::path::append(path, name);
		auto buffer = llvm::MemoryBuffer::getFile(path);
		if (!buffer)
			continue;
		scanSource((*buffer)->getBuffer().str(), ret_header);
		return true;
	}
	return false;
}

void scanHeaders(const b2c_request &request, Scan &scan) {
	std::vector<std::string> folders = {llvm::sys::path::parent_path(request.file).str()};
	std::set<std::string> seen;

	folders.insert(folders.end(), request.include_dirs,
		       request.include_dirs + request.nr_include_dirs);
	for (size_t i = 0; i < scan.includes.size(); i++) {
		const ScanInclude include = scan.includes[i];
		Scan header;
		if (!isKernelHeader(include.path) && seen.insert(include.path).second &&
		    readHeader(folders, include.path, header))
			scanAdd(header, include.offset, scan);
	}
}

} // namespace b2c
