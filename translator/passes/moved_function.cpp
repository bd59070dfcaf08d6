// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Writes the functions that read moved members; moved_function.h shows one. */
#include "moved_function.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include "unused_name.h"

namespace b2c {

using namespace clang;

/// q->disk to q_disk, se.statistics to se_statistics.
static std::string identifierOf(llvm::StringRef path) {
	std::string name;

	for (char c : path.split('#').first) {
		if (c == '>')
			continue;
		name += c == '.' || c == '-' ? '_' : c;
	}
	return name;
}

/// What follows ___ in a flavour's name: libbpf wants no fourth underscore there.
static std::string suffixOf(llvm::StringRef member) {
	std::string suffix = identifierOf(member.ltrim('_'));

	for (size_t at; (at = suffix.find("__")) != std::string::npos;)
		suffix.erase(at, 1);
	return member.starts_with("_") ? suffix + "_" : suffix;
}

static unsigned columns(llvm::StringRef line) {
	return static_cast<unsigned>(line.size() + 7 * line.count('\t'));
}

/// Blanks up to the column after the last parenthesis that `head` leaves open.
static std::string alignment(llvm::StringRef head) {
	size_t at = head.size();
	int closed = 0;

	while (at && closed >= 0) {
		at--;
		closed += head[at] == ')' ? 1 : head[at] == '(' ? -1 : 0;
	}
	unsigned width = columns(head.take_front(at + 1));
	return std::string(width / 8, '\t') + std::string(width % 8, ' ');
}

std::string wrapped(llvm::StringRef text) {
	std::string lines;

	while (!text.empty()) {
		llvm::StringRef line = text.split('\n').first;
		text = text.drop_front(line.size() + 1);
		if (columns(line) > 100 && line.starts_with("/*")) {
			size_t at = line.rfind(' ', 98);
			lines += line.take_front(at).str() + "\n *";
			line = line.drop_front(at);
		} else if (columns(line) > 100) {
			size_t at =
				line.starts_with("\t")
					? line.rfind(", ") + 1
					: line.take_front(line.find('(')).find_last_of("* ") + 1;
			llvm::StringRef head = line.take_front(at);
			lines += head.rtrim(' ').str() + "\n" +
				 (line.starts_with("\t") ? alignment(head) : "");
			line = line.drop_front(at).ltrim(' ');
		}
		lines += line.str() + "\n";
	}
	return lines;
}

/// struct request___rq_disk with nothing but the member; to libbpf's relocation it
/// is struct request.
std::string MovedFunction::flavour(const Hop &hop, const std::string &declaration) {
	std::string name = hop.record + "___" + suffixOf(hop.member);
	llvm::SmallVector<llvm::StringRef, 4> parts;
	std::string open, close, indent = "\t";

	llvm::StringRef(hop.member).split(parts, '.');
	for (size_t i = 0; i + 1 < parts.size(); i++) {
		open += indent + "struct {\n";
		close = indent + "} " + parts[i].str() + ";\n" + close;
		indent += "\t";
	}
	session_.needText("struct " + name + " {\n" + open + indent + declaration + ";\n" + close +
			  "} __attribute__((preserve_access_index));\n\n");
	return name;
}

/// The member on the base or else the newest kernel that has it.
bool MovedFunction::findHop(Hop &hop, struct b2c_field &ret_field) const {
	struct b2c_kernels *kernels = session_.request().kernels;
	uint32_t having = kernels_with_field(kernels, hop.record.c_str(), hop.member.c_str());
	size_t kernel = kernels_base(kernels);

	hop.everywhere = !(kernels_with_record(kernels, hop.record.c_str()) & ~having);
	if (!(having & (1u << kernel))) {
		kernel = kernels_count(kernels);
		while (kernel-- && !(having & (1u << kernel)))
			;
		hop.type = "";
	}
	return having &&
	       !kernel_field(kernels, kernel, hop.record.c_str(), hop.member.c_str(), &ret_field);
}

std::vector<MovedFunction::Hop> MovedFunction::hopsOf(llvm::StringRef path) {
	llvm::SmallVector<llvm::StringRef, 4> members;
	std::string record = record_;
	std::vector<Hop> hops;

	auto [place, bit] = path.split('#');
	place.split(members, "->");
	for (llvm::StringRef member : members) {
		Hop hop = {record, member.str(), record, bit.str(), true, false};
		struct b2c_field field = {};
		std::string declaration;
		if (findHop(hop, field))
			declaration = field.declaration;
		else if (members.size() == 1 && !address_) // of a kernel that the data lacks
			declaration = result_ + " " + member.rsplit('.').second.str();
		else
			return {};
		hop.is_bitfield = field.bits != 0;
		if (hop.is_bitfield)
			declaration += " : " + std::to_string(field.bits);
		if (hop.type.empty())
			hop.type = flavour(hop, declaration);
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
	const Hop &last = hops.back();
	struct b2c_enumerator place = {};

	if (!last.bit.empty()) {
		kernel_enumerator_range(session_.request().kernels, last.bit.c_str(), &place);
		return pointer(hops, hops.size()) + " >> " + std::to_string(place.least) +
		       " & 1; /* " + last.bit + " */";
	}
	if (!address_ && !last.is_bitfield)
		return pointer(hops, hops.size()) + ";";
	std::string base = pointer(hops, hops.size() - 1);
	if (!address_)
		return "BPF_CORE_READ_BITFIELD_PROBED(" + base + ", " + last.member + ");";
	if (base.find('(') == 0)
		base = "(" + base + ")";
	return (is_array_ ? "" : "&") + base + "->" + last.member + ";";
}

std::string MovedFunction::returnType(QualType type, const struct b2c_moved_field &moved) const {
	bool is_bit = llvm::StringRef(moved.alternatives[0].path).contains('#');
	const char *newest = moved.alternatives[is_bit ? moved.nr_alternatives - 1 : 0].path;
	struct b2c_moved_field same = moved;

	if (address_) {
		if (is_array_)
			type = session_.ast().getAsArrayType(type)->getElementType();
		type = type.getUnqualifiedType();
		return "const " + type.getAsString(session_.ast().getPrintingPolicy()) + " *";
	}
	// Whatever spelling the program uses, the function is the same.
	kernel_moved_field(session_.request().kernels, record_.c_str(), newest, &same);
	llvm::StringRef text = same.type;
	if (!text.contains('*'))
		while (text.consume_front("volatile ") || text.consume_front("const "))
			;
	return text.str();
}

std::string MovedFunction::body(const struct b2c_moved_field &moved) {
	std::vector<std::pair<std::string, std::string>> ways; // condition, access
	std::string text;

	for (size_t i = 0; i < moved.nr_alternatives; i++) {
		std::vector<Hop> hops = hopsOf(moved.alternatives[i].path);
		if (hops.empty())
			continue;
		ways.push_back({condition(hops), access(hops)});
		if (ways.back().first.empty())
			break;
	}
	for (size_t i = 0; i < ways.size(); i++) {
		// Of several one exists, so the last needs no test.
		bool tests = !ways[i].first.empty() && (ways.size() == 1 || i + 1 < ways.size());
		if (tests)
			text += "\tif (" + ways[i].first + ")\n\t";
		text += "\treturn " + ways[i].second + "\n";
	}
	return ways.size() == 1 && !ways[0].first.empty() ? text + "\treturn 0;\n" : text;
}

MovedFunction::MovedFunction(Session &session, const std::string &record,
			     const struct b2c_moved_field &moved, QualType type, bool address)
    : session_(session), record_(record), address_(address), is_array_(type->isArrayType()) {
	const char *oldest = moved.alternatives[moved.nr_alternatives - 1].path;
	bool scalar = !type->isRecordType() && !is_array_;
	std::string spellings;

	for (size_t i = 0; i < moved.nr_alternatives; i++) {
		auto [path, bit] = llvm::StringRef(moved.alternatives[i].path).split('#');
		spellings += (i ? ", before that " : "") + (bit.empty() ? "" : bit.str() + " of ") +
			     path.str();
	}
	result_ = returnType(type, moved);
	name_ = record + "_" + identifierOf(oldest) + (address && scalar ? "_address" : "");
	name_ = unusedName(session, name_);
	std::string text = body(moved), space = result_.back() == '*' ? "" : " ";
	std::string head = "static __always_inline " + result_ + space + name_ + "(const struct " +
			   record + " *" + record + ")";
	session.needText(wrapped("/* struct " + record + ": " + spellings + " */\n" + head +
				 "\n{\n" + text + "}\n\n"));
}

} // namespace b2c
