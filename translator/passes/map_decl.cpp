// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* BPF_HASH(m, K, V) and its kin become maps in section .maps. */
#include "map_decl.h"

#include <linux/bpf.h>
#include <set>

#include "clang/AST/RecursiveASTVisitor.h"

namespace b2c {

namespace {

const char *const map_types[] = {
#define X(id, type, word) type,
	B2C_MAP_KINDS(X)
#undef X
};

std::string typeText(Session &session, clang::QualType type, const std::string &written) {
	return written.empty() ? type.getAsString(session.ast().getPrintingPolicy()) : written;
}

/// How a map says what its elements are.
enum class Elements {
	Types, ///< key and value, with BTF
	Sizes, ///< their sizes: the kernel wants no BTF for this kind
	Value, ///< the value's size alone; the key has none
	Maps,  ///< inner maps
	None,
};

/// What the map is in the emitted source.
enum b2c_map_kind kindOf(const MapInfo &map) {
	return map.as_ring ? B2C_MAP_RINGBUF : map.kind;
}

Elements elementsOf(enum b2c_map_kind kind) {
	switch (kind) {
	case B2C_MAP_RINGBUF:
		return Elements::None;
	case B2C_MAP_QUEUE:
	case B2C_MAP_STACK:
		return Elements::Value;
	case B2C_MAP_ARRAY_OF_MAPS:
	case B2C_MAP_HASH_OF_MAPS:
		return Elements::Maps;
	case B2C_MAP_PERF_OUTPUT:
	case B2C_MAP_STACK_TRACE:
	case B2C_MAP_PROG_ARRAY:
	case B2C_MAP_PERF_ARRAY:
	case B2C_MAP_CGROUP_ARRAY:
	case B2C_MAP_DEVMAP:
	case B2C_MAP_CPUMAP:
	case B2C_MAP_XSKMAP:
	case B2C_MAP_SOCKMAP:
	case B2C_MAP_SOCKHASH:
		return Elements::Sizes;
	default:
		return Elements::Types;
	}
}

bool isOutput(const MapInfo &map) {
	return map.kind == B2C_MAP_PERF_OUTPUT || map.kind == B2C_MAP_RINGBUF;
}

std::string sizeText(const MapInfo &map) {
	if (kindOf(map) == B2C_MAP_RINGBUF && map.max_entries % 4096 == 0)
		return std::to_string(map.max_entries / 4096) + " * 4096";
	return map.size_text.empty() || map.kind == B2C_MAP_STACK_TRACE ||
			       map.kind == B2C_MAP_RINGBUF
		       ? std::to_string(map.max_entries)
		       : map.size_text;
}

std::string flagsText(const MapInfo &map) {
	if (!map.flags_text.empty())
		return map.flags_text;
	if (map.flags == BPF_F_NO_PREALLOC)
		return "BPF_F_NO_PREALLOC";
	return map.flags == BPF_F_STACK_BUILD_ID ? "BPF_F_STACK_BUILD_ID"
						 : std::to_string(map.flags);
}

/// Slots are numbers without sign; the kernel wants the key of a storage to be an int.
std::string keyText(Session &session, const MapInfo &map) {
	bool storage = map.kind == B2C_MAP_SK_STORAGE || map.kind == B2C_MAP_INODE_STORAGE ||
		       map.kind == B2C_MAP_TASK_STORAGE;

	if (map.key.isNull())
		return "u32";
	std::string text = typeText(session, map.key, map.key_text);
	return text == "int" && map.key_text.empty() && !storage ? "u32" : text;
}

std::string valueSize(const MapInfo &map) {
	if (map.kind == B2C_MAP_STACK_TRACE && map.flags & BPF_F_STACK_BUILD_ID)
		return "127 * sizeof(struct bpf_stack_build_id)";
	if (map.kind == B2C_MAP_STACK_TRACE)
		return "127 * sizeof(u64)";
	if (map.value.isNull() || map.value_text.empty())
		return "sizeof(u32)"; // a file descriptor
	return "sizeof(" + map.value_text + ")";
}

/// The members of a map's struct, one a line after `indent`.
std::string members(Session &session, const MapInfo &map, const std::string &indent);

/// What inner maps look like: the map that is named, or the same written out when it comes later.
std::string innerText(Session &session, const MapInfo &map, const std::string &indent) {
	for (const MapInfo &inner : session.maps()) {
		if (inner.var->getName() != map.inner)
			continue;
		if (inner.var->getLocation() < map.var->getLocation())
			return "typeof(" + map.inner + ")";
		return "struct {\n" + members(session, inner, indent + "\t") + indent + "}";
	}
	return "";
}

std::string members(Session &session, const MapInfo &map, const std::string &indent) {
	std::vector<std::string> lines = {std::string("__uint(type, BPF_MAP_TYPE_") +
					  map_types[kindOf(map)] + ")"};
	std::string key = keyText(session, map), text;
	Elements elements = elementsOf(kindOf(map));

	if (map.max_entries)
		lines.push_back("__uint(max_entries, " + sizeText(map) + ")");
	if (elements == Elements::Value)
		lines.push_back("__uint(key_size, 0)");
	if (elements == Elements::Sizes)
		lines.push_back("__uint(key_size, sizeof(" + key + "))");
	if (elements == Elements::Value)
		lines.push_back("__uint(value_size, sizeof(" +
				typeText(session, map.value, map.value_text) + "))");
	if (elements == Elements::Sizes)
		lines.push_back("__uint(value_size, " + valueSize(map) + ")");
	if (elements == Elements::Types || elements == Elements::Maps)
		lines.push_back("__type(key, " + key + ")");
	if (elements == Elements::Types)
		lines.push_back("__type(value, " + typeText(session, map.value, map.value_text) +
				")");
	if (elements == Elements::Maps)
		lines.push_back("__array(values, " + innerText(session, map, indent) + ")");
	if (map.flags)
		lines.push_back("__uint(map_flags, " + flagsText(map) + ")");
	for (const std::string &line : lines)
		text += indent + line + ";\n";
	return text;
}

/// What functions use of a map besides its methods: its type, and the types of its elements.
class UseFinder : public clang::RecursiveASTVisitor<UseFinder> {
public:
	explicit UseFinder(Session &session) : session_(session) {}

	bool VisitRecordTypeLoc(clang::RecordTypeLoc loc) {
		if (const MapInfo *map = session_.mapOf(loc.getType()))
			tagged_.insert(map->var);
		return true;
	}

	/// The members that bcc gives a map; in .maps they are pointers.
	bool VisitMemberExpr(clang::MemberExpr *member) {
		llvm::StringRef name = member->getMemberDecl()->getName();
		const MapInfo *map = session_.mapOf(member->getBase());
		if (!map || elementsOf(map->kind) != Elements::Types)
			return true;
		Span base = session_.span(member->getBase());
		const char *dot = member->isArrow() ? "->" : ".";
		if (name == "key")
			session_.edits().replace(session_.span(member), {"(*", base, dot, "key)"});
		if (name == "leaf")
			session_.edits().replace(session_.span(member),
						 {"(*", base, dot, "value)"});
		return true;
	}

	/// "struct NAME_table_t" where the program names it, else "struct".
	std::string head(const MapInfo &map) const {
		return tagged_.count(map.var) ? "struct " + map.var->getName().str() + "_table_t"
					      : "struct";
	}

private:
	Session &session_;
	std::set<const clang::VarDecl *> tagged_;
};

std::string declaration(Session &session, const MapInfo &map, const std::string &head) {
	std::string name = map.var->getName().str();
	std::string text =
		head + " {\n" + members(session, map, "\t") + "} " + name + " SEC(\".maps\");";

	if (!map.pin.empty())
		text += "\t/* pinned at " + map.pin + " */";
	if (isOutput(map))
		text += "\n__u64 " + name + "_lost[B2C_NR_LOST];\t/* records that found no room */";
	if (map.inserts)
		text += "\n__u64 " + name + "_full;\t/* elements that found it full */";
	return text;
}

/// The macro's use and the semicolon after it, if any.
Span useSpan(Session &session, const MapInfo &map) {
	Span span = session.edits().spanOf(map.use->range);
	llvm::StringRef rest = session.sources().getBufferData(span.file).substr(span.end);
	size_t blank = rest.find_first_not_of(" \t");

	if (blank != llvm::StringRef::npos && rest[blank] == ';')
		span.end += blank + 1;
	return span;
}

/// Whether the last line of `above` is a comment that explains what follows, or a directive.
bool belongsBelow(llvm::StringRef above) {
	llvm::StringRef line = above.substr(above.rfind('\n') + 1).ltrim();

	if (line.starts_with("//") || line.starts_with("#"))
		return true;
	size_t comment = line.find("/*");
	return line.ends_with("*/") && (comment == 0 || comment == llvm::StringRef::npos);
}

/// A one-line declaration becomes many lines: blank ones set it off from what
/// the user wrote close to it, a comment that explains it excepted.
std::string setOff(Session &session, Span span, const std::string &text) {
	llvm::StringRef buffer = session.sources().getBufferData(span.file);
	llvm::StringRef above = buffer.take_front(span.begin).rtrim(" \t");
	llvm::StringRef below = buffer.drop_front(span.end).ltrim(" \t");
	bool first_of_line = above.consume_back("\n");
	std::string result = text;

	if (first_of_line && !above.ends_with("\n") && !above.empty() && !belongsBelow(above))
		result = "\n" + result;
	if (below.consume_front("\n") && !below.starts_with("\n") && !below.empty() &&
	    !below.starts_with("BPF_") && !below.starts_with("#"))
		result += "\n";
	return result;
}

} // namespace

void MapDeclPass::run(Session &session) {
	UseFinder uses(session);

	for (const clang::FunctionDecl *function : session.userFunctions())
		uses.TraverseDecl(const_cast<clang::FunctionDecl *>(function));
	for (const MapInfo &map : session.maps()) {
		if (!map.use) {
			session.edits().writeOut(map.var->getLocation());
			continue;
		}
		Span span = useSpan(session, map);
		if (isOutput(map) || map.inserts)
			session.needHelpers();
		std::string text = setOff(session, span, declaration(session, map, uses.head(map)));
		llvm::StringRef above =
			session.sources().getBufferData(span.file).take_front(span.begin);
		// After something else on its line.
		if (!above.rtrim(" \t").empty() && !above.rtrim(" \t").ends_with("\n")) {
			span.begin = above.rtrim(" \t").size();
			text = "\n\n" + text;
		}
		session.edits().replace(span, {text});
	}
}

} // namespace b2c
