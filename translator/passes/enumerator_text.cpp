// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Writes the host's values of enumerators; see enumerator_text.h. */
#include "enumerator_text.h"

#include <algorithm>
#include <cstdlib>

#include "llvm/ADT/StringRef.h"

#include "unused_name.h"

namespace b2c {

/// What stands behind an enumerator, or its relocation, in a label.
static std::string added(const EnumeratorUse &use) {
	if (!use.offset)
		return "";
	return (use.offset < 0 ? " - " : " + ") + std::to_string(std::abs(use.offset));
}

std::string EnumeratorText::label(const EnumeratorUse &use) const {
	return use.name + added(use);
}

std::string EnumeratorText::relocation(const EnumeratorUse &use) const {
	return "bpf_core_enum_value(enum " + std::string(use.range.tag) + ", " + use.name + ")";
}

bool EnumeratorText::isEverywhere(const EnumeratorUse &use) const {
	return use.range.kernels == kernels_all(session_.request().kernels);
}

/// The test that `use` is there, with what follows it in a condition.
static std::string existence(const EnumeratorUse &use) {
	return "bpf_core_enum_value_exists(enum " + std::string(use.range.tag) + ", " + use.name +
	       ")";
}

std::string EnumeratorText::value(const EnumeratorUse &use, bool bits) {
	if (isEverywhere(use))
		return relocation(use);
	std::string name =
		unusedName(session_, llvm::StringRef(use.name).lower() + (bits ? "_bits" : ""));
	session_.needText("/* " + use.name + " of this kernel; some have none */\n" +
			  "static __always_inline s64 " + name + "(void)\n{\n" + "\tif (!" +
			  existence(use) + ")\n\t\treturn " + (bits ? "0" : "-1") + ";\n\treturn " +
			  relocation(use) + ";\n}\n\n");
	return name + "()";
}

std::string EnumeratorText::known(const std::vector<EnumeratorUse> &uses) {
	std::string tag = uses[0].range.tag, key = tag;
	bool sums = std::any_of(uses.begin(), uses.end(),
				[](const EnumeratorUse &use) { return use.offset; });

	for (const EnumeratorUse &use : uses)
		key += sums ? "," + label(use) : "";
	Known &known = known_[key];

	if (known.function.empty())
		known.function = unusedName(
			session_,
			tag + "_of_vmlinux" + (sums ? "_" + std::to_string(known_.size()) : ""));
	for (const EnumeratorUse &use : uses)
		known.labels[label(use)] = use;
	return known.function;
}

void EnumeratorText::finish() {
	for (const auto &[key, known] : known_) {
		std::string tag = known.labels.begin()->second.range.tag, body, taken;
		for (const auto &[name, use] : known.labels) {
			std::string indent = isEverywhere(use) ? "" : "\t";
			if (!isEverywhere(use))
				body += "\tif (" + existence(use) + ")\n";
			body += indent + "\tif (value == " + (use.offset ? "(s64)" : "") +
				relocation(use) + added(use) + ")\n\t" + indent + "\treturn " +
				name + ";\n";
			taken += "\tcase " + name + ":\n";
		}
		session_.needText("/* A value of enum " + tag +
				  " on this kernel as the one that vmlinux.h has for its name */\n"
				  "static __always_inline s64 " +
				  known.function + "(s64 value)\n{\n" + body +
				  "\tswitch (value) {\n" + taken +
				  "\t\treturn -1;\n\tdefault:\n\t\treturn value;\n\t}\n}\n\n");
	}
}

} // namespace b2c
