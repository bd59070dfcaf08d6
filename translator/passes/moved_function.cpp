// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Writes the functions that read moved members; moved_function.h shows one. */
#include "moved_function.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace b2c {

using namespace clang;

/// q->disk to q_disk, se.statistics to se_statistics.
static std::string identifierOf(llvm::StringRef path) {
	std::string name;

	for (char c : path) {
		if (c == '>')
			continue;
		name += c == '.' || c == '-' ? '_' : c;
	}
	return name;
}

/// A name for the function that the program does not use.
static std::string unusedName(Session &session, std::string name) {
	while (session.ast().Idents.find(name) != session.ast().Idents.end())
		name += "_";
	return name;
}

/// struct request___rq_disk with nothing but the member; its type as libbpf's
/// relocation sees it is struct request.
std::string MovedFunction::flavour(const Hop &hop, const struct b2c_field &field) {
	std::string name = hop.record + "___" + identifierOf(hop.member);
	llvm::SmallVector<llvm::StringRef, 4> parts;
	std::string open, close, indent = "\t";

	llvm::StringRef(hop.member).split(parts, '.');
	for (size_t i = 0; i + 1 < parts.size(); i++) {
		open += indent + "struct {\n";
		close = indent + "} " + parts[i].str() + ";\n" + close;
		indent += "\t";
	}
	std::string text = "struct " + name + " {\n" + open + indent + field.declaration + ";\n" + close +
			   "} __attribute__((preserve_access_index));\n\n";
	if (flavours_.find(text) == std::string::npos)
		flavours_ += text;
	return name;
}

std::vector<MovedFunction::Hop> MovedFunction::hopsOf(const std::string &path) {
	struct b2c_kernels *kernels = session_.request().kernels;
	llvm::SmallVector<llvm::StringRef, 4> members;
	std::string record = record_;
	std::vector<Hop> hops;

	llvm::StringRef(path).split(members, "->");
	for (llvm::StringRef member : members) {
		struct b2c_field field = {};
		Hop hop = {record, member.str(), record, true};
		uint32_t having = kernels_with_field(kernels, record.c_str(), hop.member.c_str());
		if (!having)
			return {}; // only kernels older than the data have it
		hop.everywhere = !(kernels_with_record(kernels, record.c_str()) & ~having);
		size_t newest = kernels_count(kernels) - 1;
		while (newest && !(having & (1u << newest)))
			newest--;
		bool in_base = having & (1u << kernels_base(kernels));
		size_t kernel = in_base ? kernels_base(kernels) : newest;
		if (kernel_field(kernels, kernel, record.c_str(), hop.member.c_str(), &field))
			return {};
		if (!in_base)
			hop.type = flavour(hop, field);
		hops.push_back(hop);
		record = field.record ? field.record : "";
	}
	return hops;
}

std::string MovedFunction::condition(const std::vector<Hop> &hops) const {
	std::string text;

	for (const Hop &hop : hops) {
		if (hop.everywhere)
			continue;
		text += text.empty() ? "" : " && ";
		text += "bpf_core_field_exists(struct " + hop.type + ", " + hop.member + ")";
	}
	return text;
}

/// The pointer that hop `nr` starts from.
std::string MovedFunction::pointer(const std::vector<Hop> &hops, size_t nr) const {
	std::string text = record_;
	size_t from = 0;

	for (size_t i = 0; i <= nr; i++) {
		bool flavoured = i < hops.size() && hops[i].type != hops[i].record;
		if (i > from && (flavoured || i == nr)) {
			text = (from ? "b2c_core_read(" : "BPF_CORE_READ(") + text;
			for (; from < i; from++)
				text += ", " + hops[from].member;
			text += ")";
		}
		if (flavoured)
			text = "(const struct " + hops[i].type + " *)" + text;
	}
	return text;
}

std::string MovedFunction::access(const std::vector<Hop> &hops) const {
	if (!address_)
		return pointer(hops, hops.size());
	std::string base = pointer(hops, hops.size() - 1);
	if (base.find('(') == 0)
		base = "(" + base + ")";
	return "(const void *)&" + base + "->" + hops.back().member;
}

std::string MovedFunction::returnType(QualType type, const struct b2c_moved_field &moved) const {
	const PrintingPolicy &policy = session_.ast().getPrintingPolicy();

	if (!address_)
		return moved.type;
	if (const auto *array = session_.ast().getAsArrayType(type))
		type = array->getElementType();
	return "const " + type.getUnqualifiedType().getAsString(policy) + " *";
}

MovedFunction::MovedFunction(Session &session, const std::string &record,
			     const struct b2c_moved_field &moved, QualType type, bool address)
    : session_(session), record_(record), address_(address) {
	const char *oldest = moved.alternatives[moved.nr_alternatives - 1].path;
	std::string spellings, body, result = returnType(type, moved), last;

	bool scalar = !type->isRecordType() && !type->isArrayType();
	name_ = record + "_" + identifierOf(oldest) + (address && scalar ? "_address" : "");
	name_ = unusedName(session, name_);
	for (size_t i = 0; i < moved.nr_alternatives; i++) {
		std::vector<Hop> hops = hopsOf(moved.alternatives[i].path);
		spellings += (i ? ", before that " : "") + std::string(moved.alternatives[i].path);
		if (hops.empty())
			continue;
		body += last;
		std::string exists = condition(hops), read = "return " + access(hops) + ";\n";
		last = exists.empty() ? "\t" + read : "\tif (" + exists + ")\n\t\t" + read;
	}
	// Of several the last needs no test: one of them exists.
	if (!body.empty() && last.rfind("\tif", 0) == 0)
		last = "\t" + last.substr(last.find("\n\t\t") + 3);
	else if (last.rfind("\tif", 0) == 0)
		last += "\treturn 0;\n";
	if (result.back() != '*')
		result += " ";
	session.needText("/* struct " + record + ": " + spellings + " */\n" + flavours_ +
			 "static __always_inline " + result + name_ + "(const struct " + record + " *" +
			 record + ")\n{\n" + body + last + "}\n\n");
}

} // namespace b2c
