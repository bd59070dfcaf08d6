// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Writes aliases of members and tags out; see respell.h. */
#include "respell.h"

#include <map>

#include "scan.h"

namespace b2c {

using Aliases = std::map<std::string, std::string>;

static const Aliases members = {
#define MEMBER(word, path) {#word, path},
#define TAG(word, tag)
#include "aliases.def"
#undef MEMBER
#undef TAG
};

static const Aliases tags = {
#define MEMBER(word, path)
#define TAG(word, tag) {#word, tag},
#include "aliases.def"
#undef MEMBER
#undef TAG
};

static bool isTagWord(const std::string &word) {
	return word == "struct" || word == "union";
}

/// The aliases that `all` uses as members and tags alone: another use is a name of the program.
static Aliases aliasesOf(const std::vector<ScanToken> &all) {
	Aliases used;
	std::set<std::string> own;

	for (size_t i = 1; i < all.size(); i++) {
		const std::string &word = all[i].text, &before = all[i - 1].text;
		bool defines = i + 1 < all.size() && all[i + 1].text == "{";
		if (members.count(word) && (before == "." || before == "->"))
			used[word] = members.at(word);
		else if (tags.count(word) && isTagWord(before) && !defines)
			used[word] = tags.at(word);
		else if (members.count(word) || (tags.count(word) && isTagWord(before)))
			own.insert(word);
	}
	for (const std::string &word : own)
		used.erase(word);
	return used;
}

std::string respellAliases(const std::string &text) {
	std::vector<ScanToken> all = scanTokens(text);
	Aliases used = aliasesOf(all);
	std::string respelled;
	size_t at = 0;

	for (size_t i = 1; i < all.size() && !used.empty(); i++) {
		auto alias = used.find(all[i].text);
		bool stands = alias != used.end() &&
			      (members.count(all[i].text) || isTagWord(all[i - 1].text));
		if (!stands)
			continue;
		respelled += text.substr(at, all[i].offset - at) + alias->second;
		at = all[i].offset + all[i].text.size();
	}
	return respelled + text.substr(at);
}

} // namespace b2c
