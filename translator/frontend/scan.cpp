// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Bare tokens of a source; see scan.h. */
#include "scan.h"

#include <map>

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"

namespace b2c {

std::vector<ScanToken> scanTokens(const std::string &text) {
	clang::LangOptions language;
	clang::Lexer lexer(clang::SourceLocation::getFromRawEncoding(1), language, text.data(),
			   text.data(), text.data() + text.size());
	std::vector<ScanToken> all;
	clang::Token token;

	for (;;) {
		bool done = lexer.LexFromRawLexer(token);
		if (token.is(clang::tok::eof))
			break;
		ScanToken tok;
		tok.offset = token.getLocation().getRawEncoding() - 1;
		tok.text = text.substr(tok.offset, token.getLength());
		tok.is_word = token.is(clang::tok::raw_identifier);
		tok.starts_line = token.isAtStartOfLine();
		all.push_back(tok);
		if (done)
			break;
	}
	return all;
}

namespace {

using Tok = ScanToken;

/// Index of the first token after the directive that starts at `i`.
size_t directiveEnd(const std::vector<Tok> &all, size_t i) {
	for (i++; i < all.size() && !all[i].starts_line; i++)
		;
	return i;
}

void scanInclude(const std::string &text, const Tok &after, Scan &ret_scan) {
	char close = text[after.offset] == '<' ? '>' : '"';
	size_t end = text.find_first_of(std::string(1, close) + "\n", after.offset + 1);

	if (end == std::string::npos || text[end] != close)
		return;
	ret_scan.includes.push_back({text.substr(after.offset + 1, end - after.offset - 1),
				     close == '>', after.offset});
}

/// Names that the tokens after `enum` or `struct` at `i` define.
void scanTag(const std::vector<Tok> &all, size_t i, Scan &ret_scan) {
	bool is_enum = all[i].text == "enum";
	size_t at = i + 1;

	if (at < all.size() && all[at].is_word)
		at++;
	if (at >= all.size() || all[at].text != "{")
		return;
	if (at > i + 1) {
		ret_scan.own.insert(all[at - 1].text);
		ret_scan.tags.insert(all[at - 1].text);
	}
	if (!is_enum)
		return;
	for (; at + 1 < all.size() && all[at].text != "}"; at++)
		if ((all[at].text == "{" || all[at].text == ",") && all[at + 1].is_word)
			ret_scan.own.insert(all[at + 1].text);
}

/// A typedef's name: the last word before the semicolon that ends it.
void scanTypedef(const std::vector<Tok> &all, size_t i, Scan &ret_scan) {
	int depth = 0;

	for (size_t at = i + 1; at < all.size(); at++) {
		const std::string &text = all[at].text;
		depth += text == "{" || text == "(";
		depth -= text == "}" || text == ")";
		if (text != ";" || depth)
			continue;
		while (at > i && !all[at].is_word)
			at--;
		ret_scan.own.insert(all[at].text);
		return;
	}
}

/// How many arguments the macro use that starts at `i` has; only parentheses hide commas.
unsigned countArguments(const std::vector<Tok> &all, size_t i) {
	bool empty = i + 2 < all.size() && all[i + 2].text == ")";
	unsigned nr = !empty;
	int depth = 0;

	for (size_t at = i + 1; at < all.size(); at++) {
		const std::string &text = all[at].text;
		depth += text == "(";
		depth -= text == ")";
		if (!depth)
			break;
		nr += text == "," && depth == 1;
	}
	return nr;
}

void scanCall(const std::vector<Tok> &all, size_t i, Scan &ret_scan) {
	const std::string &name = all[i].text;

	if (name == "TRACEPOINT_PROBE" && i + 4 < all.size() && all[i + 3].text == ",")
		ret_scan.tracepoints.push_back(
			{all[i + 2].text, all[i + 4].text, all[i + 2].offset});
	else if (name.rfind("BPF_", 0) == 0)
		ret_scan.bpf_calls.push_back({name, all[i].offset, countArguments(all, i)});
	if (name == "BPF_ITER" && i + 2 < all.size())
		ret_scan.words.insert("bpf_iter__" + all[i + 2].text);
}

/// The map that BPF_HASH(NAME, ...) or BPF_TABLE(KIND, KEY, VALUE, NAME, ...) declares.
void scanMapName(const std::vector<Tok> &all, size_t i, Scan &ret_scan) {
	static const std::map<std::string, int> places = {
#define MAP_MACRO(macro, least, most, name, ...) {#macro, name},
#include "map_macros.def"
	};
	auto place = places.find(all[i].text);
	int commas = place == places.end() ? 0 : place->second;

	for (size_t at = i + 2; at < all.size() && all[at].text != ")"; at++) {
		if (!commas && all[at].is_word) {
			ret_scan.own.insert(all[at].text);
			return;
		}
		commas -= all[at].text == ",";
	}
}

/// struct tracepoint__CATEGORY__EVENT, as bcc names a tracepoint's record.
void scanTracepointWord(const Tok &tok, Scan &ret_scan) {
	static const std::string prefix = "tracepoint__";
	size_t middle = tok.text.find("__", prefix.size());

	if (tok.text.rfind(prefix, 0) != 0 || middle == std::string::npos)
		return;
	ret_scan.tracepoints.push_back({tok.text.substr(prefix.size(), middle - prefix.size()),
					tok.text.substr(middle + 2), tok.offset});
}

/// The directive that starts at `i`; returns the index of its last token.
size_t scanDirective(const std::string &text, const std::vector<Tok> &all, size_t i,
		     Scan &ret_scan) {
	size_t end = directiveEnd(all, i);

	if (all[i + 1].text == "include") {
		scanInclude(text, all[i + 2], ret_scan);
		return end - 1;
	}
	if (all[i + 1].text == "define")
		ret_scan.macros.insert(all[i + 2].text);
	bool tests = all[i + 1].text != "define";
	for (size_t at = i + 2; at < end; at++) {
		if (!all[at].is_word)
			continue;
		ret_scan.words.insert(all[at].text);
		if (tests || (at + 1 < end && all[at + 1].text == "("))
			ret_scan.called.insert(all[at].text);
	}
	return end - 1;
}

/// Variables of the file: the word before `;`, `=`, `,`, `[` or an attribute of a declaration, such
/// as the `all` of "} all SEC(...);". Takes the tokens that are in no braces in their order.
class Variables {
public:
	Variables(const std::vector<Tok> &all, std::set<std::string> &own) : all_(all), own_(own) {}

	void at(size_t i) {
		const std::string &text = all_[i].text;

		parens_ += text == "(";
		parens_ -= text == ")";
		if (parens_)
			return;
		if (text == "=")
			in_value_ = true;
		if (text == ";" || text == ",")
			in_value_ = false;
		if (!in_value_ && all_[i].is_word && i && i + 1 < all_.size() && isDeclared(i))
			own_.insert(text);
	}

private:
	bool isDeclared(size_t i) const {
		static const std::set<std::string> ends = {";", "=",   ",",
							   "[", "SEC", "__attribute__"};
		static const std::set<std::string> tag_words = {"struct", "union", "enum"};
		const Tok &before = all_[i - 1];

		return ends.count(all_[i + 1].text) && !tag_words.count(before.text) &&
		       (before.is_word || before.text == "*" || before.text == "," ||
			before.text == "}");
	}

	const std::vector<Tok> &all_;
	std::set<std::string> &own_;
	int parens_ = 0;
	bool in_value_ = false;
};

} // namespace

void scanSource(const std::string &text, Scan &ret_scan) {
	std::vector<Tok> all = scanTokens(text);
	Variables variables(all, ret_scan.own);
	int depth = 0;

	for (size_t i = 0; i < all.size(); i++) {
		const Tok &tok = all[i];
		if (tok.text == "#" && tok.starts_line && i + 2 < all.size()) {
			i = scanDirective(text, all, i, ret_scan);
			continue;
		}
		depth += tok.text == "{";
		depth -= tok.text == "}";
		if (!depth)
			variables.at(i);
		if (!tok.is_word)
			continue;
		ret_scan.words.insert(tok.text);
		scanTracepointWord(tok, ret_scan);
		bool call = i + 1 < all.size() && all[i + 1].text == "(";
		// Not the u32 of a parameter "u32 (*rows)[4]".
		if (call && !depth && (i + 2 >= all.size() || all[i + 2].text != "*"))
			ret_scan.own.insert(tok.text);
		if (call) {
			ret_scan.called.insert(tok.text);
			scanCall(all, i, ret_scan);
		}
		if (call && !depth && tok.text.rfind("BPF_", 0) == 0)
			scanMapName(all, i, ret_scan);
		if (tok.text == "struct" || tok.text == "union" || tok.text == "enum")
			scanTag(all, i, ret_scan);
		if (tok.text == "typedef")
			scanTypedef(all, i, ret_scan);
	}
}

void scanWord(const std::string &word, Scan &ret_scan) {
	ScanToken token;

	token.text = word;
	ret_scan.words.insert(word);
	ret_scan.called.insert(word); // whether it was is not looked at
	scanTracepointWord(token, ret_scan);
}

void scanAdd(const Scan &header, unsigned offset, Scan &ret_scan) {
	ret_scan.words.insert(header.words.begin(), header.words.end());
	ret_scan.called.insert(header.called.begin(), header.called.end());
	ret_scan.own.insert(header.own.begin(), header.own.end());
	ret_scan.tags.insert(header.tags.begin(), header.tags.end());
	ret_scan.macros.insert(header.macros.begin(), header.macros.end());
	for (const ScanInclude &include : header.includes)
		ret_scan.includes.push_back({include.path, include.angled, offset});
	for (const ScanTracepoint &use : header.tracepoints)
		ret_scan.tracepoints.push_back({use.category, use.event, offset});
	for (const ScanCall &call : header.bpf_calls)
		ret_scan.bpf_calls.push_back({call.name, offset, call.nr_args});
}

void scanMacroWords(const std::string &text,
		    std::vector<std::pair<std::string, std::set<std::string>>> &ret_macros) {
	std::vector<Tok> all = scanTokens(text);

	for (size_t i = 0; i + 2 < all.size(); i++) {
		if (all[i].text != "#" || !all[i].starts_line || all[i + 1].text != "define")
			continue;
		std::set<std::string> words;
		size_t end = directiveEnd(all, i);
		for (size_t at = i + 3; at < end; at++)
			if (all[at].is_word)
				words.insert(all[at].text);
		ret_macros.push_back({all[i + 2].text, words});
	}
}

/// The function whose first token is `i`: up to the brace that closes its body.
static size_t functionEnd(const std::vector<Tok> &all, size_t i) {
	int depth = 0;

	for (; i < all.size(); i++) {
		depth += all[i].text == "{";
		depth -= all[i].text == "}";
		if (all[i].text == "}" && !depth)
			return i + 1;
	}
	return i;
}

std::vector<ScanDefinition> scanDefinitions(const std::string &text) {
	std::vector<Tok> all = scanTokens(text);
	std::vector<ScanDefinition> definitions;

	for (size_t i = 0, end; i + 2 < all.size(); i = end) {
		ScanDefinition definition;
		definition.is_function = all[i].text != "#";
		end = definition.is_function ? functionEnd(all, i) : directiveEnd(all, i);
		size_t name = i + 2;
		if (definition.is_function)
			for (name = i; all[name + 1].text != "("; name++)
				;
		definition.name = all[name].text;
		const Tok &last = all[end - 1];
		definition.text =
			text.substr(all[i].offset, last.offset + last.text.size() - all[i].offset) +
			"\n";
		definition.takes_arguments =
			all[name + 1].text == "(" &&
			all[name + 1].offset == all[name].offset + all[name].text.size();
		for (size_t at = i; at < end; at++) {
			if (!all[at].is_word || at == name)
				continue;
			definition.words.insert(all[at].text);
			if (at + 1 < end && all[at + 1].text == "(")
				definition.called.insert(all[at].text);
		}
		definitions.push_back(definition);
	}
	return definitions;
}

void scanPlace(const std::string &text, unsigned offset, unsigned &ret_line, unsigned &ret_column) {
	ret_line = ret_column = 1;
	for (unsigned i = 0; i < offset && i < text.size(); i++) {
		ret_column = text[i] == '\n' ? 1 : ret_column + 1;
		ret_line += text[i] == '\n';
	}
}

size_t scanFirstToken(const std::string &text) {
	std::vector<Tok> all = scanTokens(text);

	if (all.empty())
		return text.size();
	size_t newline = text.rfind('\n', all[0].offset);
	return newline == std::string::npos ? 0 : newline + 1;
}

} // namespace b2c
