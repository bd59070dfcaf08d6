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

/// Reads the first of `folders` that has the header; empty when none has it.
static std::string readHeader(const std::vector<std::string> &folders, const std::string &name,
			      std::string &ret_text) {
	for (const std::string &folder : folders) {
		llvm::SmallString<128> path(folder);
		llvm::sys::path::append(path, name);
		auto buffer = llvm::MemoryBuffer::getFile(path);
		if (!buffer)
			continue;
		ret_text = (*buffer)->getBuffer().str();
		return path.str().str();
	}
	return "";
}

/// Reads what `scan` of the file at `path` includes; `offset` is for headers of headers.
static void readIncludes(const b2c_request &request, const Scan &scan, const std::string &path,
			 const unsigned *offset, std::vector<OwnHeader> &ret_headers) {
	for (const ScanInclude &include : scan.includes) {
		std::vector<std::string> folders(request.include_dirs,
						 request.include_dirs + request.nr_include_dirs);
		OwnHeader header;
		if (isKernelHeader(include.path))
			continue;
		if (!include.angled)
			folders.insert(folders.begin(), llvm::sys::path::parent_path(path).str());
		header.path = readHeader(folders, include.path, header.text);
		header.offset = offset ? *offset : include.offset;
		auto is = [&](const OwnHeader &other) { return other.path == header.path; };
		if (header.path.empty() || std::any_of(ret_headers.begin(), ret_headers.end(), is))
			continue;
		ret_headers.push_back(std::move(header));
	}
}

std::vector<OwnHeader> readHeaders(const b2c_request &request) {
	std::vector<OwnHeader> headers;
	Scan scan;

	scanSource(request.text, scan);
	readIncludes(request, scan, request.file, nullptr, headers);
	for (size_t i = 0; i < headers.size(); i++) {
		Scan inner;
		unsigned offset = headers[i].offset;
		scanSource(headers[i].text, inner);
		readIncludes(request, inner, std::string(headers[i].path), &offset, headers);
	}
	return headers;
}

void scanHeaders(const std::vector<OwnHeader> &headers, Scan &scan) {
	for (const OwnHeader &header : headers) {
		Scan inner;
		scanSource(header.text, inner);
		scanAdd(inner, header.offset, scan);
	}
}

} // namespace b2c
