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

/// Adds what one file uses as members and tags to `used`, and as names of its own to `own`.
static void findAliases(const std::vector<ScanToken> &all, Aliases &used,
			std::set<std::string> &own) {
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
}

/// The aliases that the files use as members and tags alone: another use is a name of the program.
static Aliases aliasesOf(const std::vector<std::string> &texts) {
	Aliases used;
	std::set<std::string> own;

	for (const std::string &text : texts)
		findAliases(scanTokens(text), used, own);
	for (const std::string &word : own)
		used.erase(word);
	return used;
}

static std::string writeOut(const Aliases &used, const std::string &text) {
	std::vector<ScanToken> all = scanTokens(text);
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

std::string respell(const b2c_request &request, struct b2c_diag *diag,
		    std::vector<OwnHeader> &headers) {
	std::vector<std::string> texts = {request.text};
	Scan own;

	for (const OwnHeader &header : headers)
		texts.push_back(header.text);
	for (const std::string &text : texts)
		scanSource(text, own);
	Aliases used = aliasesOf(texts);
	for (size_t i = 0; i < texts.size(); i++) {
		std::string spelled = writeOut(used, texts[i]);
		b2c_request file = request;
		file.file = i ? headers[i - 1].path.c_str() : request.file;
		file.text = spelled.c_str();
		texts[i] = decideBranches(file, own, diag);
		if (i)
			headers[i - 1].text = texts[i];
	}
	return texts[0];
}

} // namespace b2c
