// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* BPF_HASH(m, K, V) and its kin become maps in section .maps. */
#include "map_decl.h"

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

bool isOutput(const MapInfo &map) {
	return map.kind == B2C_MAP_PERF_OUTPUT || map.kind == B2C_MAP_RINGBUF;
}

std::string sizeText(const MapInfo &map) {
	if (map.kind == B2C_MAP_RINGBUF)
		return std::to_string(map.max_entries / 4096) + " * 4096";
	return map.size_text.empty() || map.kind == B2C_MAP_STACK_TRACE
		       ? std::to_string(map.max_entries)
		       : map.size_text;
}

std::string declaration(Session &session, const MapInfo &map) {
	std::string text = "struct {\n";
	text += std::string("\t__uint(type, BPF_MAP_TYPE_") + map_types[map.kind] + ");\n";

	if (map.kind == B2C_MAP_PERF_OUTPUT)
		text += "\t__uint(key_size, sizeof(u32));\n\t__uint(value_size, sizeof(u32));\n";
	else
		text += "\t__uint(max_entries, " + sizeText(map) + ");\n";
	if (map.kind == B2C_MAP_STACK_TRACE) {
		text += "\t__uint(key_size, sizeof(u32));\n\t__uint(value_size, 127 * "
			"sizeof(u64));\n";
	} else if (!isOutput(map)) {
		bool array = map.kind == B2C_MAP_ARRAY || map.kind == B2C_MAP_PERCPU_ARRAY;
		std::string key = array && map.key_text.empty()
					  ? "u32"
					  : typeText(session, map.key, map.key_text);
		text += "\t__type(key, " + key + ");\n";
		text += "\t__type(value, " + typeText(session, map.value, map.value_text) + ");\n";
	}
	if (map.flags)
		text += "\t__uint(map_flags, " + std::to_string(map.flags) + ");\n";
	text += "} " + map.var->getName().str() + " SEC(\".maps\");";
	if (isOutput(map))
		text += "\n__u64 " + map.var->getName().str() +
			"_lost;\t/* records that found no room */";
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
	for (const MapInfo &map : session.maps()) {
		if (!map.use) {
			session.edits().writeOut(map.var->getLocation());
			continue;
		}
		Span span = useSpan(session, map);
		std::string text = setOff(session, span, declaration(session, map));
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
